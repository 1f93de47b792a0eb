"""What this room keeps about one person: handed out and removed; and what is dropped when it is old."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.personal_data import PersonalData

from .models import Check


def export_person(*, user_id: int, course_key: CourseKey | None = None) -> PersonalData:
    """Return the person's self-checks with all answers, also what was not sent.

    Args:
        user_id: the person.
        course_key: only this course run; None for all.
    """
    return PersonalData(tables={"self_checks": _lines(_mine(user_id, course_key))})


def forget_person(*, user_id: int, course_key: CourseKey | None = None) -> None:
    """Remove the person's self-checks."""
    _mine(user_id, course_key).delete()


def expire_sent(*, before: datetime, dry_run: bool = False) -> int:
    """Remove what was sent before this moment, return how many; ``dry_run`` only counts."""
    return _expire(Check.objects.filter(sent_at__lt=before), dry_run)


def expire_drafts(*, before: datetime, dry_run: bool = False) -> int:
    """Remove what was begun and not touched since this moment, return how many; ``dry_run`` only counts."""
    return _expire(Check.objects.filter(sent_at=None, saved_at__lt=before), dry_run)


def _expire(rows: QuerySet[Check], dry_run: bool) -> int:
    count = rows.count()
    if not dry_run:
        rows.delete()
    return count


def _mine(user_id: int, course_key: CourseKey | None) -> QuerySet[Check]:
    rows = Check.objects.filter(owner_id=user_id)
    return rows if course_key is None else rows.filter(course_key=course_key)


def _lines(rows: QuerySet[Check]) -> Iterator[Mapping[str, Any]]:
    for row in rows.select_related("block", "version").order_by("saved_at", "number").iterator():
        yield {
            "course": str(row.course_key),
            "block": str(row.block.usage_key),
            "number": row.number,
            "model": row.version.content_hash,
            "answers": row.answers,
            "saved_at": row.saved_at,
            "sent_at": row.sent_at,
        }
