"""What this room keeps about one person: handed out, removed, and dropped when it is old."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.personal_data import PersonalData

from .archives import remove
from .models import Archive, GradeImport, GradeLine


def export_person(*, user_id: int, course_key: CourseKey | None = None) -> PersonalData:
    """Return which sheets the person has sent and which archives the person has had made, without what is in them.

    Args:
        user_id: the person.
        course_key: only this course run; None for all.
    """
    sheets = _of_run(GradeImport.objects.filter(owner_id=user_id), course_key)
    archives = _of_run(Archive.objects.filter(owner_id=user_id), course_key)
    return PersonalData(tables={"sheets": _sheets(sheets), "archives": _archives(archives)})


def forget_person(*, user_id: int, course_key: CourseKey | None = None) -> None:
    """Remove what the person has sent or had made, lines about the person, and archives with evidence of the person."""
    lines = GradeLine.objects.filter(learner_id=user_id)
    if course_key is not None:
        lines = lines.filter(sheet__course_key=course_key)
    theirs = Q(owner_id=user_id) | Q(pk__in=Archive.objects.filter(learners__learner_id=user_id).values("pk"))
    with transaction.atomic():
        _of_run(GradeImport.objects.filter(owner_id=user_id), course_key).delete()
        lines.delete()
        for row in _of_run(Archive.objects.filter(theirs), course_key).defer("plan"):
            remove(row)


def expire_sheets(*, before: datetime, dry_run: bool = False) -> int:
    """Remove sheets that were sent before this moment and return how many; ``dry_run`` only counts them."""
    rows = GradeImport.objects.filter(created_at__lt=before)
    found = rows.count()
    if not dry_run:
        rows.delete()
    return found


def expire_archives(*, before: datetime, dry_run: bool = False) -> int:
    """Remove archives from before this moment with their zips and return how many; ``dry_run`` only counts them."""
    rows = list(Archive.objects.filter(created_at__lt=before).defer("plan"))
    if not dry_run:
        for row in rows:
            with transaction.atomic():
                remove(row)
    return len(rows)


def _of_run(rows: QuerySet[Any], course_key: CourseKey | None) -> QuerySet[Any]:
    return rows if course_key is None else rows.filter(course_key=course_key)


def _sheets(rows: QuerySet[GradeImport]) -> Iterator[Mapping[str, Any]]:
    for row in rows.order_by("created_at").iterator():
        yield {
            "course": str(row.course_key),
            "file": row.name,
            "lines": row.total,
            "sent_at": row.created_at,
            "saved_at": row.saved_at,
        }


def _archives(rows: QuerySet[Archive]) -> Iterator[Mapping[str, Any]]:
    for row in rows.defer("plan").order_by("created_at").iterator():
        yield {
            "course": str(row.course_key),
            "narrowed_to": row.narrowed,
            "rounds": row.total,
            "begun_at": row.created_at,
        }
