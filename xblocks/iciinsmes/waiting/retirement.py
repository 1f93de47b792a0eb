"""What this room keeps about one person: handed out and removed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.personal_data import PersonalData

from .models import CompanyAllocation, WaitingItem, WaitingWord


def export_person(*, user_id: int, course_key: CourseKey | None = None) -> PersonalData:
    """Return what of the person's own work waits, and for whom, and which firms' work is allocated to the person.

    Args:
        user_id: the person.
        course_key: only this course run; None for all.
    """
    return PersonalData(
        tables={
            "waiting": _lines(_in(course_key).filter(owner_id=user_id)),
            "firms_allocated": _firms(user_id, course_key),
        }
    )


def forget_person(*, user_id: int, course_key: CourseKey | None = None) -> None:
    """Remove what of the person waits, and take the person out of what waits of others.

    The room of a subject comes first, and lets a colleague's work wait in the place of one that was done together.
    """
    with transaction.atomic():
        _in(course_key).filter(owner_id=user_id).delete()
        _in(course_key).filter(claimed_by=user_id).update(claimed_by=None, claimed_until=None)
        _in(course_key).filter(allocated_to=user_id).update(allocated_to=None)
        _allocations(user_id, course_key).delete()
        words = WaitingWord.objects.filter(user_id=user_id)
        for item in _in(course_key).filter(id__in=words.values("item")):
            item.with_ids = [other for other in item.with_ids if other != user_id]
            item.save(update_fields=["with_ids"])
        (words if course_key is None else words.filter(course_key=course_key)).delete()


def _in(course_key: CourseKey | None) -> QuerySet[WaitingItem]:
    return WaitingItem.objects.all() if course_key is None else WaitingItem.objects.filter(course_key=course_key)


def _allocations(user_id: int, course_key: CourseKey | None) -> QuerySet[CompanyAllocation]:
    rows = CompanyAllocation.objects.filter(user_id=user_id)
    return rows if course_key is None else rows.filter(course_key=course_key)


def _firms(user_id: int, course_key: CourseKey | None) -> Iterator[Mapping[str, Any]]:
    for row in _allocations(user_id, course_key).select_related("company").order_by("id").iterator():
        yield {"course": str(row.course_key), "firm": row.company.name}


def _lines(rows: QuerySet[WaitingItem]) -> Iterator[Mapping[str, Any]]:
    for row in rows.order_by("id").iterator():
        yield {
            "course": str(row.course_key),
            "title": row.title,
            "place": row.place,
            "number": row.number,
            "late": row.late,
            "waiting_for": row.waiting_for,
            "since": row.since,
            "progress": row.progress,
            "mentors_word": row.word,
            "language": row.language,
            "question": row.has_question,
        }
