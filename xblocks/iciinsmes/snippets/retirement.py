"""What this room keeps about one person: the own snippets, handed out and removed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.personal_data import PersonalData

from .models import Snippet


def export_person(*, user_id: int, course_key: CourseKey | None = None) -> PersonalData:
    """Return the snippets that the person has written.

    Args:
        user_id: the person.
        course_key: only those written in this course run; None for all.
    """
    return PersonalData(tables={"snippets": _lines(_own(user_id, course_key))})


def forget_person(*, user_id: int, course_key: CourseKey | None = None) -> None:
    """Remove what only the person used; what is shared stays for the colleagues and belongs to nobody."""
    own = _own(user_id, course_key)
    with transaction.atomic():
        own.filter(is_shared=False).delete()
        own.update(owner=None)


def _own(user_id: int, course_key: CourseKey | None) -> QuerySet[Snippet]:
    rows = Snippet.objects.filter(owner_id=user_id)
    return rows if course_key is None else rows.filter(course_key=course_key)


def _lines(rows: QuerySet[Snippet]) -> Iterator[Mapping[str, Any]]:
    for row in rows.order_by("changed_at", "id").iterator():
        yield {
            "course": str(row.course_key),
            "text": row.text,
            "shared": row.is_shared,
            "changed_at": row.changed_at,
        }
