"""What this room keeps about one person: the own messages, handed out and removed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.personal_data import PersonalData

from .models import Message


def export_person(*, user_id: int, course_key: CourseKey | None = None) -> PersonalData:
    """Return the messages that the person has written.

    Args:
        user_id: the person.
        course_key: only this course run; None for all.
    """
    return PersonalData(tables={"messages": _lines(_own(user_id, course_key))})


def forget_person(*, user_id: int, course_key: CourseKey | None = None) -> None:
    """Remove the words of the person's messages and the name; that there were some stays for who answered them.

    Threads about the person's own work go with the work.
    """
    _own(user_id, course_key).update(text="", author=None, deleted_at=timezone.now())


def _own(user_id: int, course_key: CourseKey | None) -> QuerySet[Message]:
    rows = Message.objects.filter(author_id=user_id)
    return rows if course_key is None else rows.filter(course_key=course_key)


def _lines(rows: QuerySet[Message]) -> Iterator[Mapping[str, Any]]:
    for row in rows.order_by("id").iterator():
        yield {
            "course": str(row.course_key),
            "written_at": row.written_at,
            "changed_at": row.changed_at,
            "as": row.side,
            "text": row.text,
        }
