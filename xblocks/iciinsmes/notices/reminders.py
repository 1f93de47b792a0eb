"""Reminding people, rarely."""

from __future__ import annotations

from django.db import transaction
from opaque_keys.edx.keys import CourseKey

from . import rules
from .data import Kind
from .inbox import notify
from .models import Reminder
from .once import claim


def remind(
    *,
    user_id: int,
    kind: Kind,
    course_key: CourseKey,
    title: str,
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
            Reminder.objects.all(), pause=rules.REMINDER_PAUSE, user_id=user_id, kind=kind.value, subject=subject
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
