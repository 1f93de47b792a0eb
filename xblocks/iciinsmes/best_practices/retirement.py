"""What this room keeps about one person: handed out, taken out of what is the firm's, and dropped when it is old."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.personal_data import PersonalData

from .models import PracticeBlockDone, PracticeCase


def courses_of(*, user_id: int) -> Collection[CourseKey]:
    """Return the course runs in which the person has proposed or decided about cases, or read some."""
    proposed = PracticeCase.objects.filter(proposed_by_id=user_id).values_list("course_key", flat=True)
    decided = PracticeCase.objects.filter(decided_by_id=user_id).values_list("course_key", flat=True)
    blocks = PracticeBlockDone.objects.filter(user_id=user_id).values_list("block__course_key", flat=True)
    return {key for key in (*proposed.distinct(), *decided.distinct(), *blocks) if key is not None}


def export_person(*, user_id: int, course_key: CourseKey | None = None) -> PersonalData:
    """Return what the person has proposed and decided, and which blocks are done.

    Args:
        user_id: the person.
        course_key: only this course run; None for all.
    """
    of_run: dict[str, Any] = {} if course_key is None else {"course_key": course_key}
    of_block: dict[str, Any] = {} if course_key is None else {"block__course_key": course_key}
    decided = PracticeCase.objects.filter(decided_by_id=user_id, **of_run).order_by("changed_at", "id")
    blocks = PracticeBlockDone.objects.filter(user_id=user_id, **of_block).select_related("block").order_by("id")
    return PersonalData(
        tables={
            "best_practices": _proposed(user_id, of_run),
            "best_practices_decided": (
                {"case": str(row.pk), "state": row.state, "reason": row.reason, "at": row.changed_at}
                for row in decided.iterator()
            ),
            "best_practice_blocks": (
                {"block": str(row.block.usage_key), "done_at": row.done_at} for row in blocks.iterator()
            ),
        }
    )


def forget_person(*, user_id: int, course_key: CourseKey | None = None) -> None:
    """Take the person out: cases stay the firm's, by its owner's word, without who proposed and who decided.

    Args:
        user_id: the person.
        course_key: only this course run; None for all.
    """
    of_run: dict[str, Any] = {} if course_key is None else {"course_key": course_key}
    of_block: dict[str, Any] = {} if course_key is None else {"block__course_key": course_key}
    with transaction.atomic():
        PracticeBlockDone.objects.filter(user_id=user_id, **of_block).delete()
        PracticeCase.objects.filter(proposed_by_id=user_id, **of_run).update(proposed_by=None)
        PracticeCase.objects.filter(decided_by_id=user_id, **of_run).update(decided_by=None)


def expire(*, before: datetime, dry_run: bool = False) -> int:
    """Remove cases that nobody has changed since, published ones too, and return how many."""
    rows = PracticeCase.objects.filter(changed_at__lt=before)
    count = rows.count()
    if not dry_run:
        rows.delete()
    return count


def _proposed(user_id: int, of_run: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for row in PracticeCase.objects.filter(proposed_by_id=user_id, **of_run).order_by("changed_at", "id").iterator():
        yield {
            "case": str(row.pk),
            "course": str(row.course_key),
            "state": row.state,
            "title": row.content.get("title", ""),
            "about": row.content.get("about", ""),
            "monday": row.content.get("monday", ""),
            "changed_at": row.changed_at,
            "published_at": row.published_at,
        }
