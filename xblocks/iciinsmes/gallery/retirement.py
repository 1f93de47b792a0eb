"""What the gallery keeps about one person: handed out and removed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.personal_data import PersonalData

from .models import GalleryEntry, GalleryPerson


def export_person(*, user_id: int, course_key: CourseKey | None = None) -> PersonalData:
    """Return what of the person's work is or was shown; the works themselves are told by `assignments`.

    Args:
        user_id: the person.
        course_key: only this course run; None for all.
    """
    return PersonalData(tables={"gallery": _lines(user_id, course_key)})


def forget_person(*, user_id: int, course_key: CourseKey | None = None) -> None:
    """Take the person out: entries that nobody else did go, and who has hidden something is forgotten."""
    entries = GalleryEntry.objects.all() if course_key is None else GalleryEntry.objects.filter(course_key=course_key)
    with transaction.atomic():
        # Lists, because MySQL cannot change a table that the same statement reads.
        own = list(entries.filter(people__user_id=user_id).values_list("id", flat=True))
        GalleryPerson.objects.filter(entry_id__in=own, user_id=user_id).delete()
        alone = list(GalleryEntry.objects.filter(id__in=own, people=None).values_list("id", flat=True))
        GalleryEntry.objects.filter(id__in=alone).delete()
        entries.filter(hidden_by_id=user_id).update(hidden_by=None)


def _lines(user_id: int, course_key: CourseKey | None) -> Iterator[Mapping[str, Any]]:
    rows = GalleryEntry.objects.filter(people__user_id=user_id)
    if course_key is not None:
        rows = rows.filter(course_key=course_key)
    for row in rows.order_by("id").iterator():
        yield {
            "course": str(row.course_key),
            "assignment": str(row.usage_key),
            "since": row.created_at,
            "taken_out_at": row.taken_out_at,
            "company_named": row.company_named,
            "hidden_reason": row.hidden_reason,
        }
