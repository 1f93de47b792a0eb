"""What the desk keeps about one person: handed out and removed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import QuerySet
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.personal_data import PersonalData

from .models import SavedFilter


def export_person(*, user_id: int, course_key: CourseKey | None = None) -> PersonalData:
    """Return the filters that the person has kept.

    Args:
        user_id: the person.
        course_key: only this course run; None for all, and for the filters of all course runs together.
    """
    return PersonalData(tables={"filters": _lines(_rows(user_id, course_key))})


def forget_person(*, user_id: int, course_key: CourseKey | None = None) -> None:
    """Remove the filters that the person has kept."""
    _rows(user_id, course_key).delete()


def _rows(user_id: int, course_key: CourseKey | None) -> QuerySet[SavedFilter]:
    rows = SavedFilter.objects.filter(owner_id=user_id)
    return rows if course_key is None else rows.filter(course_key=course_key)


def _lines(rows: QuerySet[SavedFilter]) -> Iterator[Mapping[str, Any]]:
    for row in rows.order_by("id").iterator():
        yield {
            "course": str(row.course_key or ""),
            "name": row.name,
            "filter": row.query,
            "created_at": row.created_at,
        }
