"""Rows of evidence: finding a person's own, one person's turn at a time, and what they look like outside."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import connections, router
from opaque_keys.edx.keys import CourseKey, UsageKey

from .data import EvidenceData, ItemData, UploadData
from .errors import UnknownFile
from .models import EvidenceFile, EvidenceItem
from .rules import Taken

State = EvidenceFile.State


def own_row(file_id: UUID, owner_id: int, usage_key: UsageKey | None) -> EvidenceFile:
    """Return the row if it is this person's (and in this block, if one is named).

    Raises:
        UnknownFile: there is none; somebody else's is treated the same.
    """
    row = EvidenceFile.objects.filter(pk=file_id, owner_id=owner_id).first()
    if row is None or (usage_key is not None and row.usage_key != usage_key):
        raise UnknownFile
    return row


def take_turn(owner_id: int) -> None:
    """Wait until no other transaction is counting or adding files of this person; call it first in a transaction."""
    if connections[router.db_for_write(EvidenceFile)].features.has_select_for_update:
        list(get_user_model()._default_manager.select_for_update().filter(pk=owner_id).values_list("pk"))
    else:
        # SQLite has one writer: a write that changes nothing makes this transaction that writer before it reads.
        EvidenceFile.objects.filter(owner_id=owner_id, name="").update(name="")


def rows_in_course(owner_id: int, course_key: CourseKey) -> list[EvidenceFile]:
    """Return the person's files and uploads in the course run, oldest first."""
    return list(EvidenceFile.objects.filter(owner_id=owner_id, course_key=course_key).order_by("created_at", "id"))


def item_sizes(owner_id: int, course_key: CourseKey) -> list[tuple[UsageKey | None, int]]:
    """Return block and bytes of everything of the person in the course run that is no file."""
    return list(EvidenceItem.objects.filter(owner_id=owner_id, course_key=course_key).values_list("usage_key", "size"))


def taken(
    rows: list[EvidenceFile], items: list[tuple[UsageKey | None, int]], usage_key: UsageKey, *, but: UUID | None = None
) -> Taken:
    """Count what is taken; uploads under way take their room in the course, not yet in the draft."""
    in_block = [size for key, size in items if key == usage_key]
    others = [row for row in rows if row.pk != but]
    draft = [row for row in others if in_draft(row, usage_key)]
    return Taken(
        files=len(draft) + len(in_block),
        bytes=sum(row.size for row in draft) + sum(in_block),
        course_bytes=sum(row.size if row.state == State.STORED else row.announced_size for row in others)
        + sum(size for _key, size in items),
    )


def in_draft(row: EvidenceFile, usage_key: UsageKey) -> bool:
    """Tell whether the row is a file of this block's draft."""
    return row.in_draft and row.state == State.STORED and row.usage_key == usage_key


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
