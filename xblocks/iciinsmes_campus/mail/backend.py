"""Django's way of sending mail, ending in a table instead of a mail server."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from email.utils import parseaddr

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.mail_addresses import address_key
from iciinsmes.notices.data import COURSE_HEADER

from .models import OutboxMail

_SUBJECT = 255
_ADDRESS = 254


class OutboxBackend(BaseEmailBackend):
    """Keeps every message once for each of its receivers.

    The rows belong to the caller's transaction: what is rolled back was never sent.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep the messages; return how many had a receiver."""
        kept = [rows for message in email_messages if (rows := list(_rows(message)))]
        OutboxMail.objects.bulk_create([row for rows in kept for row in rows], batch_size=200)
        return len(kept)


def _rows(message: EmailMessage) -> Iterator[OutboxMail]:
    html = next(
        (str(part[0]) for part in getattr(message, "alternatives", None) or () if part[1] == "text/html"),
        "",
    )
    body = str(message.body)
    if message.content_subtype == "html":
        html, body = body, ""
    course_key = _course_key(message)
    receivers = dict.fromkeys(address_key(parseaddr(given)[1]) for given in message.recipients())
    for receiver in receivers:
        if receiver:
            yield OutboxMail(
                course_key=course_key,
                receiver=receiver[:_ADDRESS],
                sender=message.from_email[:_ADDRESS],
                subject=" ".join(str(message.subject).split())[:_SUBJECT],
                body=body,
                html=html,
            )


def _course_key(message: EmailMessage) -> CourseKey | None:
    """Return the course run that the message says it belongs to, None for none."""
    try:
        return CourseKey.from_string(str(message.extra_headers.get(COURSE_HEADER, "")))
    except InvalidKeyError:
        return None
