"""What this room keeps about one person: handed out, removed, and found when it is old."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.personal_data import PersonalData, PersonalFile

from . import chunks, object_storage, serializers
from .models import EvidenceFile, EvidenceItem
from .object_storage import after_commit
from .private_storage import storage

State = EvidenceFile.State


def export_person(*, user_id: int, course_key: CourseKey | None = None) -> PersonalData:
    """Return the person's files, the list of them, and evidence that is no file; unfinished uploads are only listed.

    Args:
        user_id: the person.
        course_key: only this course run; None for all.
    """
    return PersonalData(
        tables={
            "files": (_line(row) for row in _of(user_id, course_key).iterator()),
            "items": (_item_line(row) for row in _items_of(user_id, course_key).iterator()),
        },
        files=(
            PersonalFile(name=row.name, open=partial(storage().open, row.storage_name))
            for row in _of(user_id, course_key).filter(state=State.STORED).iterator()
        ),
    )


def forget_person(*, user_id: int, course_key: CourseKey | None = None) -> None:
    """Remove all evidence of the person, also files that rounds hold: it may show anything about its owner."""
    place: dict[str, Any] = {} if course_key is None else {"course_key": course_key}
    remove_all(owner_id=user_id, **place)


def is_newer(*, subject: UUID, since: datetime) -> bool:
    """Tell whether evidence was added to the subject at or after this moment."""
    newer = {"subject": subject, "created_at__gte": since}
    return EvidenceFile.objects.filter(**newer).exists() or EvidenceItem.objects.filter(**newer).exists()


def remove_all(**which: Any) -> int:
    """Remove all evidence that these columns name and return how many pieces there were.

    Rows go at once, objects when the transaction is committed; what a crash leaves of them is found by `repair`.
    """
    with transaction.atomic():
        # An upload that is being finished at this moment either is a row by now or finds its own gone.
        _take_turns(which)
        found = list(EvidenceFile.objects.filter(**which))
        EvidenceFile.objects.filter(pk__in=[row.pk for row in found]).delete()
        items, _by_model = EvidenceItem.objects.filter(**which).delete()
        for row in found:
            if row.state == State.STORED:
                after_commit(object_storage.delete_file, row.pk, row.storage_name)
            else:
                after_commit(chunks.discard, row.pk, row.announced_size)
    return len(found) + items


def _take_turns(which: Mapping[str, Any]) -> None:
    owners = {which["owner_id"]} if "owner_id" in which else set()
    for table in (EvidenceFile, EvidenceItem) if not owners else ():
        owners |= set(table._default_manager.filter(**which).order_by().values_list("owner_id", flat=True).distinct())
    for owner_id in sorted(owners):
        serializers.take_turn(owner_id)


def _items_of(user_id: int, course_key: CourseKey | None) -> QuerySet[EvidenceItem]:
    found = EvidenceItem.objects.filter(owner_id=user_id)
    if course_key is not None:
        found = found.filter(course_key=course_key)
    return found.order_by("created_at", "id")


def _item_line(row: EvidenceItem) -> Mapping[str, Any]:
    return {
        "course": str(row.course_key),
        "subject": str(row.subject),
        "kind": row.kind,
        "title": row.title,
        "content": row.content,
        "created_at": row.created_at,
    }


def _of(user_id: int, course_key: CourseKey | None) -> QuerySet[EvidenceFile]:
    found = EvidenceFile.objects.filter(owner_id=user_id)
    if course_key is not None:
        found = found.filter(course_key=course_key)
    return found.order_by("created_at", "id")


def _line(row: EvidenceFile) -> Mapping[str, Any]:
    return {
        "course": str(row.course_key),
        "subject": str(row.subject),
        "name": row.name,
        "description": row.description,
        "size": row.size,
        "type": row.content_type,
        "complete": row.state == State.STORED,
        "handed_in": row.kept,
        "created_at": row.created_at,
    }
