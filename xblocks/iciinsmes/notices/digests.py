"""Digests: one mail about all that is new."""

from __future__ import annotations

from itertools import groupby

from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from opaque_keys.edx.keys import CourseKey

from iciinsmes.platform import host

from . import rules
from .data import Mails
from .kinds import closed, headline, kind_of
from .links import is_everybodys, preferences_link, stop_link, whole
from .models import Notice, NoticePreference
from .outbox import send_mail

#: More lines than that nobody reads; the mail says how many more there are.
_LINES = 50


def send_digests() -> None:
    """Put together the digests that are due, each in its own transaction."""
    now = timezone.now()
    waiting = Notice.objects.filter(awaits_mail=True).values("user_id").distinct()
    for row in NoticePreference.objects.filter(user_id__in=waiting).order_by("user_id").iterator(chunk_size=500):
        if rules.digest_is_due(Mails(row.mails), last=row.digest_at, now=now):
            with transaction.atomic():
                _send_digest(row)


def _send_digest(preference: NoticePreference) -> None:
    """Claim a person's digest and mail what the person has not read meanwhile."""
    unchanged = NoticePreference.objects.filter(user_id=preference.user_id, digest_at=preference.digest_at)
    if not unchanged.update(digest_at=timezone.now()):
        return
    waiting = list(Notice.objects.filter(awaits_mail=True, user_id=preference.user_id).order_by("id"))
    Notice.objects.filter(id__in=[notice.id for notice in waiting]).update(awaits_mail=False)
    unread = [notice for notice in waiting if notice.read_at is None]
    user = get_user_model().objects.filter(id=preference.user_id, is_active=True).first()
    if unread and user is not None and user.email and preference.mails != Mails.NEVER.value:
        _mail(user.pk, user.email, unread)


def _mail(user_id: int, to: str, notices: list[Notice]) -> None:
    language = host().language(user_id)
    with translation.override(language):
        context = {
            "number": len(notices),
            "more": max(0, len(notices) - _LINES),
            "courses": _by_course(notices[:_LINES]),
            "inbox": whole(reverse("iciinsmes:inbox")),
            "reason": translation.gettext("You get this mail because you chose to get news collected in one mail."),
            "preferences": preferences_link(),
            "stop": stop_link(user_id),
        }
    send_mail(
        to=to,
        language=language,
        template="iciinsmes/notices/digest.txt",
        context=context,
        course_key=None,
        user_id=user_id,
    )


def _by_course(notices: list[Notice]) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Return headline, detail and address of each notice below the title of its course run, oldest first.

    The address is empty where the page is closed to the receiver, who no longer takes part.
    """
    ordered = sorted(notices, key=lambda notice: (str(notice.course_key), notice.id))
    return [
        (host().course(key).title, _lines(list(group), key))
        for key, group in groupby(ordered, key=lambda notice: notice.course_key)
    ]


def _lines(notices: list[Notice], course_key: CourseKey) -> list[tuple[str, str, str]]:
    takes_part = bool(host().roles(notices[0].user_id, course_key))
    return [_line(notice, leads_on=takes_part or is_everybodys(notice.address)) for notice in notices]


def _line(notice: Notice, *, leads_on: bool) -> tuple[str, str, str]:
    text = headline(kind_of(notice.kind), title=notice.title, actor_name=notice.actor_name)
    return text, notice.detail, whole(notice.address) if leads_on else closed()
