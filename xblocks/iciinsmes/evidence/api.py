"""The only door to evidence: uploading, describing, keeping and opening files; writing and pasting what is none.

Permissions are the caller's to ask (`companies.api`); this room only keeps one person's files apart from another's.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import IO
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from iciinsmes.lib.locks import locked
from iciinsmes.subjects import Subject

from . import object_storage, serializers
from .asides import drop_aside, open_aside, put_aside
from .copied_results import result_content, result_words
from .data import MAX_DESCRIPTION, EvidenceData, EvidenceRules, ItemData, UploadData
from .errors import (
    ContentRefused,
    Damaged,
    EvidenceError,
    ItemRefused,
    NotNow,
    OffsetMismatch,
    RuleBroken,
    StaleItem,
    TooLarge,
    UnknownFile,
    UploadError,
)
from .items import add_item, add_result, change_item, drafts_with_result, item_of, remove_item
from .models import EvidenceFile, EvidenceItem
from .names import clean_text
from .object_storage import after_commit
from .permissions import register_access_rule
from .private_storage import check_storage
from .reading.reader import can_read
from .repair import Repaired, repair
from .retirement import is_newer, remove_all
from .rules import check_rules
from .serving import answer_with, open_row, stored_row
from .tables import rows_in
from .trial import try_storage
from .uploads import begin_upload, cancel_upload, finish_upload, receive_chunk
from .writing import fields_of

__all__ = [
    "ContentRefused",
    "Damaged",
    "EvidenceData",
    "EvidenceError",
    "EvidenceRules",
    "ItemData",
    "ItemRefused",
    "NotNow",
    "OffsetMismatch",
    "Repaired",
    "RuleBroken",
    "StaleItem",
    "TooLarge",
    "UnknownFile",
    "UploadData",
    "UploadError",
    "add_item",
    "add_result",
    "after_commit",
    "begin_upload",
    "can_read",
    "cancel_upload",
    "change_item",
    "check_rules",
    "check_storage",
    "describe",
    "drafts_with_result",
    "drop_aside",
    "fields_of",
    "files_of",
    "finish_upload",
    "forget",
    "get",
    "give_back",
    "hand_over",
    "is_newer",
    "item_of",
    "items_of",
    "keep",
    "open_aside",
    "open_file",
    "put_aside",
    "receive_chunk",
    "register_access_rule",
    "remove",
    "remove_item",
    "repair",
    "result_content",
    "result_words",
    "rows_in",
    "serve",
    "try_storage",
    "with_files",
]

State = EvidenceFile.State


def files_of(*, subject: UUID) -> tuple[EvidenceData, ...]:
    """Return the files attached to the draft of this subject, oldest first, in one query."""
    draft = EvidenceFile.objects.filter(subject=subject, state=State.STORED, in_draft=True)
    return tuple(serializers.evidence_data(row) for row in draft.order_by("created_at", "id"))


def items_of(*, subject: UUID) -> tuple[ItemData, ...]:
    """Return what was written or pasted for the draft of this subject, oldest first, in one query."""
    found = EvidenceItem.objects.filter(subject=subject).order_by("created_at", "id")
    return tuple(serializers.item_data(row) for row in found)


def keep(*, subject: UUID) -> tuple[EvidenceData, ...]:
    """Mark the draft's files as handed in and return them, oldest first; call it inside the hand-in's transaction.

    From now on their content, name and object stay as they are. They remain in the draft for a next round.
    """
    # Locked, so that none is removed between here and the round that holds it.
    found = _draft_files(subject)
    if found:
        EvidenceFile.objects.filter(pk__in=[row.pk for row in found]).update(kept=True)
    return tuple(replace(serializers.evidence_data(row), kept=True) for row in found)


def give_back(*, evidence_ids: Collection[UUID]) -> None:
    """Take back that files were handed in, because the round that held them was taken back and no other one does.

    Args:
        evidence_ids: files that no round holds any more; they are the draft's alone again.
    """
    EvidenceFile.objects.filter(pk__in=evidence_ids).update(kept=False)


def describe(*, evidence_id: UUID, owner_id: int, description: str, subject: UUID | None = None) -> EvidenceData:
    """Say what a file of the draft shows.

    Args:
        evidence_id: the file.
        owner_id: who says it.
        description: one line of at most `MAX_DESCRIPTION` characters; empty takes the description away.
        subject: that in whose name the request was allowed.

    Raises:
        UnknownFile: no such file in a draft of this person.
        RuleBroken: the text is too long.
    """
    description = clean_text(description)
    if len(description) > MAX_DESCRIPTION:
        raise RuleBroken(_("Use at most %(count)d characters to say what it shows.") % {"count": MAX_DESCRIPTION})
    row = serializers.own_row(evidence_id, owner_id, subject)
    changed = EvidenceFile.objects.filter(pk=row.pk, state=State.STORED, in_draft=True).update(description=description)
    if not changed:
        raise UnknownFile
    row.description = description
    return serializers.evidence_data(row)


def remove(*, evidence_id: UUID, owner_id: int, subject: UUID | None = None) -> None:
    """Take a file out of the draft; one that a round holds stays there, any other one is deleted.

    Args:
        evidence_id: the file.
        owner_id: who removes it.
        subject: that in whose name the request was allowed.

    Raises:
        UnknownFile: no such file in a draft of this person.
    """
    row = serializers.own_row(evidence_id, owner_id, subject)
    with transaction.atomic():
        # Locked by the same index as in `keep`: MySQL would find the two in each other's way, and take one back.
        if row.pk not in [found.pk for found in _draft_files(row.subject)]:
            raise UnknownFile
        # First out of the draft: a hand-in at the same moment either has it already or does not see it any more.
        EvidenceFile.objects.filter(pk=row.pk).update(in_draft=False)
        deleted, _by_model = EvidenceFile.objects.filter(pk=row.pk, kept=False).delete()
        if deleted:
            after_commit(object_storage.delete_file, row.pk, row.storage_name)


def _draft_files(subject: UUID) -> list[EvidenceFile]:
    """Return the draft's files, oldest first, locked until the transaction ends."""
    draft = EvidenceFile.objects.filter(subject=subject, state=State.STORED, in_draft=True)
    return list(locked(draft).order_by("created_at", "id"))


def hand_over(*, heirs: Mapping[UUID, tuple[int, Subject]]) -> None:
    """Give files that others hold as well to one of these people, before the subject's own evidence is forgotten.

    Args:
        heirs: user id and subject by file; the files are no part of the draft of that subject.
    """
    for evidence_id, (owner_id, subject) in heirs.items():
        columns = serializers.columns_of(subject)
        EvidenceFile.objects.filter(pk=evidence_id).update(owner_id=owner_id, in_draft=False, **columns)


def forget(*, subject: UUID) -> int:
    """Remove everything that was ever sent for this subject, also what rounds hold; for hosts that reset a learner.

    Rows go at once, objects when the transaction is committed; what a crash leaves of them is found by `repair`.

    Returns:
        How many files, uploads and other pieces there were.
    """
    return remove_all(subject=subject)


def with_files(*, subjects: Collection[UUID]) -> tuple[UUID, ...]:
    """Return those of the subjects for which a file was sent, in one query."""
    rows = EvidenceFile.objects.filter(subject__in=subjects).order_by("subject").values_list("subject", flat=True)
    return tuple(rows.distinct())


def get(*, evidence_id: UUID) -> EvidenceData:
    """Return a stored file.

    Raises:
        UnknownFile: there is none.
    """
    return serializers.evidence_data(stored_row(evidence_id))


def open_file(*, evidence_id: UUID) -> File[bytes] | IO[bytes]:
    """Open a stored file for reading; the caller closes it.

    Raises:
        UnknownFile: there is none.
    """
    return open_row(stored_row(evidence_id))


def serve(*, evidence_id: UUID, in_place: bool = False, small: bool = False) -> HttpResponseBase:
    """Return a stored file as the answer to somebody without an account who may see it; who may is the caller's to ask.

    Args:
        evidence_id: which file.
        in_place: show it instead of saving it, if it is a picture.
        small: a small preview of a picture instead.

    Raises:
        UnknownFile: there is no such file, or no preview of it.
    """
    return answer_with(stored_row(evidence_id), in_place=in_place, small=small)
