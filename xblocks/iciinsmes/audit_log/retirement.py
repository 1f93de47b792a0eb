"""What the trail keeps about one person: handed out, forgotten, and dropped when it is old."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.personal_data import PersonalData

from .models import AuditLogEntry

#: Lines that are rewritten at once when somebody is forgotten.
_BATCH = 500


def courses_of(*, user_id: int) -> tuple[CourseKey, ...]:
    """Return the course runs whose trail names the person, as actor or otherwise."""
    rows = AuditLogEntry.objects.filter(Q(actor_id=user_id) | Q(person_id=user_id))
    keys = rows.order_by("course_key").values_list("course_key", flat=True).distinct()
    return tuple(key for key in keys if key is not None)


def export_person(*, user_id: int, course_key: CourseKey | None = None) -> PersonalData:
    """Return what the trail says about the person, and what it says the person did; others are "somebody else".

    Args:
        user_id: the person.
        course_key: only this course run; None for all.
    """
    return PersonalData(tables={"trail": _lines(user_id, course_key)})


def forget_person(*, user_id: int, course_key: CourseKey | None = None) -> None:
    """Take the person out of every line; the line itself stays, because it is also about others.

    Texts that a line has beyond its verb go too, and a mentor's name with the learner it was given for; numbers stay,
    because another learner's timeline counts rounds by them.
    """
    rows = _rows_of(user_id, course_key)
    with transaction.atomic():
        _drop_texts(rows.exclude(detail={}))
        rows.update(actor_name="")
        # In this order each statement still finds its rows.
        rows.filter(actor_id=user_id).update(actor=None)
        rows.filter(person_id=user_id).update(person=None)


def forget_actor(*, name: str, person_id: int) -> None:
    """Take the name of somebody without an account, such as a mentor, out of the lines about one person."""
    AuditLogEntry.objects.filter(person_id=person_id, actor_id=None, actor_name=name).update(actor_name="")


def expire(*, before: datetime, dry_run: bool = False) -> int:
    """Remove the lines written before this moment and return how many; ``dry_run`` only counts them."""
    rows = AuditLogEntry.objects.filter(at__lt=before)
    return rows.count() if dry_run else rows.delete()[0]


def _drop_texts(rows: QuerySet[AuditLogEntry]) -> None:
    stream = rows.only("id", "detail").order_by("id").iterator(chunk_size=_BATCH)
    while batch := list(islice(stream, _BATCH)):
        for row in batch:
            row.detail = {key: value for key, value in row.detail.items() if isinstance(value, int)}
        AuditLogEntry.objects.bulk_update(batch, ["detail"])


def _rows_of(user_id: int, course_key: CourseKey | None) -> QuerySet[AuditLogEntry]:
    rows = AuditLogEntry.objects.filter(Q(actor_id=user_id) | Q(person_id=user_id))
    return rows if course_key is None else rows.filter(course_key=course_key)


def _lines(user_id: int, course_key: CourseKey | None) -> Iterator[Mapping[str, Any]]:
    for row in _rows_of(user_id, course_key).order_by("id").iterator():
        yield {
            "course": str(row.course_key),
            "at": row.at,
            "verb": row.verb,
            "by": _who(row.actor_id, user_id),
            "about": _who(row.person_id, user_id),
            # The kind of thing only: its key and details may be those of somebody else.
            "thing": row.subject.partition(":")[0],
        }


def _who(found: int | None, user_id: int) -> str | None:
    if found is None:
        return None
    return "you" if found == user_id else "somebody else"
