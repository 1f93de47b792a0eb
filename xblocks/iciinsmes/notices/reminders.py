"""Reminding people, rarely."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.leases import claim
from iciinsmes.platform import Title

from . import rules
from .data import NoticeKind
from .inbox import notify
from .models import Reminder


def reminded_lately(*, user_ids: Collection[int], kind: NoticeKind, subject: str) -> set[int]:
    """Return who of these people was told the same less than a week ago, in one query; `remind` would not tell them.

    Args:
        user_ids: the people.
        kind: see `remind`.
        subject: see `remind`.
    """
    rows = Reminder.objects.filter(user_id__in=user_ids, kind=kind.key, subject=subject)
    recent = rows.filter(last_at__gt=timezone.now() - rules.REMINDER_PAUSE)
    return set(recent.values_list("user_id", flat=True))


def remind(
    *,
    user_id: int,
    kind: NoticeKind,
    course_key: CourseKey,
    title: str | Title,
    address: str,
    subject: str,
    actor_name: str = "",
    detail: str = "",
) -> bool:
    """Tell one person as `notify` does, unless the same was told less than a week ago; return whether it was told.

    Args:
        user_id: the receiver, an existing user.
        kind: what it is about; with ``subject`` it says what "the same" is.
        course_key: see `notify_many`.
        title: see `notify_many`.
        address: see `notify_many`.
        subject: the caller's own key of the thing, 1 to 255 characters.
        actor_name: see `notify_many`.
        detail: see `notify_many`.
    """
    with transaction.atomic():
        told = claim(
            Reminder.objects.all(), pause=rules.REMINDER_PAUSE, user_id=user_id, kind=kind.key, subject=subject
        )
        if told:
            notify(
                user_id=user_id,
                kind=kind,
                course_key=course_key,
                title=title,
                address=address,
                actor_name=actor_name,
                detail=detail,
                subject=subject,
            )
    return told
