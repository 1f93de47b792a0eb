"""Rows of evidence: finding a person's own, one person's turn at a time, and what they look like outside."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import connections, router
from django.db.models import Q
from django.utils import timezone

from iciinsmes.lib.locks import locked
from iciinsmes.subjects import Subject

from .data import EvidenceData, ItemData, UploadData
from .errors import UnknownFile
from .models import EvidenceFile, EvidenceItem, SharedTurn
from .rules import Taken

State = EvidenceFile.State


def subject_of(row: EvidenceFile | EvidenceItem) -> Subject:
    """Return what the row belongs to."""
    return Subject(id=row.subject, kind=row.subject_kind, course_key=row.course_key, company_id=row.company_id)


def columns_of(subject: Subject) -> dict[str, Any]:
    """Return the columns of a new row of the subject."""
    return {
        "subject": subject.id,
        "subject_kind": subject.kind,
        "course_key": subject.course_key,
        "company_id": subject.company_id,
    }


def own_row(file_id: UUID, owner_id: int, subject: UUID | None) -> EvidenceFile:
    """Return the row if it is this person's (and of this subject, if one is named).

    Raises:
        UnknownFile: there is none; somebody else's is treated the same.
    """
    row = EvidenceFile.objects.filter(pk=file_id, owner_id=owner_id).first()
    if row is None or (subject is not None and row.subject != subject):
        raise UnknownFile
    return row


def take_turn(owner_id: int, subject: Subject | None = None) -> None:
    """Wait until nobody else is counting or adding files of this person; call it first in a transaction.

    Args:
        owner_id: the person.
        subject: where something is added; of one that belongs to a firm also wait for everybody who shares it.
    """
    if subject is not None and subject.company_id is not None:
        _take_shared_turn(subject.id)
    if connections[router.db_for_write(EvidenceFile)].features.has_select_for_update:
        list(locked(get_user_model()._default_manager).filter(pk=owner_id).values_list("pk"))
    else:
        # SQLite has one writer: a write that changes nothing makes this transaction that writer before it reads.
        EvidenceFile.objects.filter(owner_id=owner_id, name="").update(name="")


def _take_shared_turn(subject: UUID) -> None:
    features = connections[router.db_for_write(SharedTurn)].features
    # One statement, which locks the row whether it is there or not: of two that look first, each would hold the other.
    SharedTurn.objects.bulk_create(
        [SharedTurn(subject=subject, taken_at=timezone.now())],
        update_conflicts=True,
        update_fields=["taken_at"],
        unique_fields=["subject"] if features.supports_update_conflicts_with_target else None,
    )


def rows_around(owner_id: int, subject: Subject) -> list[EvidenceFile]:
    """Return the person's files and uploads in the course run, and everybody's of the subject, oldest first."""
    around = Q(owner_id=owner_id, course_key=subject.course_key) | Q(subject=subject.id)
    return list(EvidenceFile.objects.filter(around).order_by("created_at", "id"))


def taken(rows: list[EvidenceFile], owner_id: int, subject: Subject, *, but: UUID | None = None) -> Taken:
    """Count what is taken, of the subject by everybody, of the course run by the person.

    Uploads under way take their room in the course, not yet in the draft.

    Args:
        rows: what `rows_around` has found.
        owner_id: the person.
        subject: where something is added.
        but: a row that does not count.
    """
    around = Q(owner_id=owner_id, course_key=subject.course_key) | Q(subject=subject.id)
    items = list(EvidenceItem.objects.filter(around).values_list("owner_id", "course_key", "subject", "size"))
    of_subject = [size for _owner, _run, key, size in items if key == subject.id]
    of_person = [size for owner, run, _key, size in items if (owner, run) == (owner_id, subject.course_key)]
    others = [row for row in rows if row.pk != but]
    draft = [row for row in others if in_draft(row, subject.id)]
    own = [row for row in others if (row.owner_id, row.course_key) == (owner_id, subject.course_key)]
    return Taken(
        files=len(draft) + len(of_subject),
        bytes=sum(row.size for row in draft) + sum(of_subject),
        course_bytes=sum(row.size if row.state == State.STORED else row.announced_size for row in own) + sum(of_person),
    )


def in_draft(row: EvidenceFile, subject: UUID) -> bool:
    """Tell whether the row is a file of this subject's draft."""
    return row.in_draft and row.state == State.STORED and row.subject == subject


def evidence_data(row: EvidenceFile) -> EvidenceData:
    """Return a stored file as other rooms see it."""
    return EvidenceData(
        id=row.pk,
        owner_id=row.owner_id,
        name=row.name,
        description=row.description,
        size=row.size,
        content_type=row.content_type,
        kept=row.kept,
        question=row.question,
        is_missing=row.missing_since is not None,
    )


def item_data(row: EvidenceItem) -> ItemData:
    """Return what is no file as other rooms see it."""
    return ItemData(
        id=row.pk,
        kind=row.kind,
        title=row.title,
        content=row.content,
        size=row.size,
        question=row.question,
        revision=row.revision,
    )


def upload_data(row: EvidenceFile) -> UploadData:
    """Return an upload as other rooms see it; a stored file is one that has arrived completely."""
    return UploadData(
        id=row.pk,
        name=row.name,
        size=row.announced_size,
        received=row.announced_size if row.state == State.STORED else row.received,
    )
