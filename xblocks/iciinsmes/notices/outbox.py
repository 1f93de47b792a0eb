"""Mails on their way: stored with what they tell about, sent once, tried again when the server fails."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import parseaddr
from smtplib import SMTPRecipientsRefused
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import F
from django.utils import timezone, translation
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.templating import render_plain
from iciinsmes.platform import host

from . import rules
from .data import COURSE_HEADER
from .errors import BadTemplate
from .links import one_click_link
from .models import OutgoingMail

log = logging.getLogger(__name__)

#: The job that sends a mail at once.
DELIVER = "notices.deliver"

#: Who has claimed a mail has so long to send it; far more than the mail server may take.
_CLAIM = timedelta(hours=1)
#: A server that does not answer must not keep all other mails waiting.
_SECONDS_TO_ANSWER = 10
#: A run gives up on a server that fails so often in a row; the next run tries again.
_FAILURES_IN_A_ROW = 3
_SUBJECT = 255


def send_mail(
    *,
    to: str,
    language: str,
    template: str,
    context: Mapping[str, Any],
    course_key: CourseKey | None,
    user_id: int | None = None,
) -> None:
    """Store a mail and have it sent when the transaction is committed, outside of the request.

    A failing mail server is never the caller's problem, and a mail that nobody sends then is sent by the schedule.

    Args:
        to: one address.
        language: of the text, as a Django language code.
        template: name of a text template; its first line is ``Subject: …``, the second is empty.
        context: for the template; nothing in it is escaped, because the mail is plain text.
        course_key: the course run it belongs to, None for several.
        user_id: the receiver's account; mail programs then offer to stop the mails. None for people without one.

    Raises:
        BadTemplate: the template does not begin with a subject.
    """
    with translation.override(language):
        text = render_plain(template, context)
    first, _newline, rest = text.lstrip().partition("\n")
    label, colon, subject = first.partition(":")
    body = rest.strip()
    if label != "Subject" or not colon or not subject.strip() or not body:
        raise BadTemplate(template)
    now = timezone.now()
    mail = OutgoingMail.objects.create(
        to=to,
        user_id=user_id,
        subject=" ".join(subject.split())[:_SUBJECT],
        body=body + "\n",
        course_key=course_key,
        created_at=now,
        next_try=now,
    )
    host().defer(DELIVER, str(mail.id))


def deliver_due(*, limit: int = 500) -> int:
    """Send at most ``limit`` mails whose time has come, oldest first; return how many left."""
    due = OutgoingMail.objects.filter(next_try__lte=timezone.now()).order_by("next_try").values_list("id", flat=True)
    sent = failures = 0
    for mail_id in list(due[:limit]):
        outcome = _deliver(mail_id)
        sent += outcome is True
        failures = failures + 1 if outcome is False else 0
        if failures == _FAILURES_IN_A_ROW:
            break
    return sent


def deliver_soon(mail_id: str) -> None:
    """Send a mail at once, unless the server failed lately: then no job waits for it, and the schedule tries."""
    if not OutgoingMail.objects.exclude(error="").filter(next_try__isnull=False).exists():
        _deliver(UUID(mail_id))


def _deliver(mail_id: UUID) -> bool | None:
    """Claim and send a mail; return whether it left, None if it is not this caller's to send."""
    now = timezone.now()
    mail = OutgoingMail.objects.filter(id=mail_id, next_try__lte=now).first()
    if mail is None:
        return None
    mine = OutgoingMail.objects.filter(id=mail_id, next_try=mail.next_try)
    if not mine.update(next_try=now + _CLAIM, attempts=F("attempts") + 1):
        return None
    try:
        _hand_over(mail)
    except Exception as error:  # noqa: BLE001 - a mail backend raises whatever its service's library does
        _note_failure(mail, error, now)
        return False
    OutgoingMail.objects.filter(id=mail_id).update(sent_at=now, next_try=None, body="", error="")
    return True


def _hand_over(mail: OutgoingMail) -> None:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    # The same in every try, so that a receiver's server that has it already can drop a second one.
    headers = {"Message-ID": f"<{mail.id}@{domain}>", "Auto-Submitted": "auto-generated"}
    if mail.course_key is not None:
        headers[COURSE_HEADER] = str(mail.course_key)
    if mail.user_id is not None:
        headers["List-Unsubscribe"] = f"<{one_click_link(mail.user_id)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    EmailMessage(
        subject=mail.subject,
        body=mail.body,
        to=[mail.to],
        headers=headers,
        connection=get_connection(timeout=settings.EMAIL_TIMEOUT or _SECONDS_TO_ANSWER),
    ).send()


def _note_failure(mail: OutgoingMail, error: Exception, now: datetime) -> None:
    pause = None if _is_refused(error) else rules.pause_after(mail.attempts + 1)
    next_try = None if pause is None else now + pause
    OutgoingMail.objects.filter(id=mail.id).update(next_try=next_try, error=type(error).__name__[:80])
    # Without the error's text and traceback: mail servers repeat the address in it.
    log.warning(
        "mail %s could not be sent: %s, try %d, %s",
        mail.id,
        type(error).__name__,
        mail.attempts + 1,
        "given up" if next_try is None else f"again at {next_try:%Y-%m-%d %H:%M} UTC",
    )


def _is_refused(error: Exception) -> bool:
    """Tell whether the server does not know the address: another try would change nothing."""
    return isinstance(error, SMTPRecipientsRefused) and all(code >= 500 for code, _text in error.recipients.values())
