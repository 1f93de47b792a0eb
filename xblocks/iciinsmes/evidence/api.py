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
from opaque_keys.edx.keys import UsageKey

from . import rows, store
from .afterwards import after_commit
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
from .items import add_item, add_result, change_item, drafts_with_result, item_of, items_of, remove_item
from .models import EvidenceFile
from .names import clean_text
from .persons import export_person, forget_person, is_newer, remove_all, unkept_before
from .private_storage import check_storage
from .readers import ask_holder
from .repair import Repaired, repair
from .results import result_content
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
    "ask_holder",
    "begin_upload",
    "cancel_upload",
    "change_item",
    "check_rules",
    "check_storage",
    "describe",
    "drafts_with_result",
    "export_person",
    "fields_of",
    "files_of",
    "finish_upload",
    "forget",
    "forget_person",
    "get",
    "give_back",
    "hand_over",
    "is_newer",
    "item_of",
    "items_of",
    "keep",
    "open_file",
    "receive_chunk",
    "remove",
    "remove_item",
    "repair",
    "result_content",
    "rows_in",
    "serve",
    "try_storage",
    "unkept_before",
]

State = EvidenceFile.State


def files_of(*, owner_id: int, usage_key: UsageKey) -> tuple[EvidenceData, ...]:
    """Return the files attached to the person's draft in this block, oldest first, in one query."""
    draft = EvidenceFile.objects.filter(owner_id=owner_id, usage_key=usage_key, state=State.STORED, in_draft=True)
    return tuple(rows.evidence_data(row) for row in draft.order_by("created_at", "id"))


def keep(*, owner_id: int, usage_key: UsageKey) -> tuple[EvidenceData, ...]:
    """Mark the draft's files as handed in and return them, oldest first; call it inside the hand-in's transaction.

    From now on their content, name and object stay as they are. They remain in the draft for a next round.
    """
    draft = EvidenceFile.objects.filter(owner_id=owner_id, usage_key=usage_key, state=State.STORED, in_draft=True)
    # Locked, so that none is removed between here and the round that holds it.
    found = list(draft.select_for_update().order_by("created_at", "id"))
    if found:
        draft.filter(pk__in=[row.pk for row in found]).update(kept=True)
    return tuple(replace(rows.evidence_data(row), kept=True) for row in found)


def give_back(*, evidence_ids: Collection[UUID]) -> None:
    """Take back that files were handed in, because the round that held them was taken back and no other one does.

    Args:
        evidence_ids: files that no round holds any more; they are the draft's alone again.
    """
    EvidenceFile.objects.filter(pk__in=evidence_ids).update(kept=False)


def describe(*, evidence_id: UUID, owner_id: int, description: str, usage_key: UsageKey | None = None) -> EvidenceData:
    """Say what a file of the draft shows.

    Args:
        evidence_id: the file.
        owner_id: who says it.
        description: one line of at most `MAX_DESCRIPTION` characters; empty takes the description away.
        usage_key: the block in whose name the request was allowed.

    Raises:
        UnknownFile: no such file in a draft of this person.
        RuleBroken: the text is too long.
    """
    description = clean_text(description)
    if len(description) > MAX_DESCRIPTION:
        raise RuleBroken(_("Use at most %(count)d characters to say what it shows.") % {"count": MAX_DESCRIPTION})
    row = rows.own_row(evidence_id, owner_id, usage_key)
    changed = EvidenceFile.objects.filter(pk=row.pk, state=State.STORED, in_draft=True).update(description=description)
    if not changed:
        raise UnknownFile
    row.description = description
    return rows.evidence_data(row)


def remove(*, evidence_id: UUID, owner_id: int, usage_key: UsageKey | None = None) -> None:
    """Take a file out of the draft; one that a round holds stays there, any other one is deleted.

    Args:
        evidence_id: the file.
        owner_id: who removes it.
        usage_key: the block in whose name the request was allowed.

    Raises:
        UnknownFile: no such file in a draft of this person.
    """
    row = rows.own_row(evidence_id, owner_id, usage_key)
    with transaction.atomic():
        # First out of the draft: a hand-in at the same moment either has it already or does not see it any more.
        if not EvidenceFile.objects.filter(pk=row.pk, state=State.STORED, in_draft=True).update(in_draft=False):
            raise UnknownFile
        deleted, _by_model = EvidenceFile.objects.filter(pk=row.pk, kept=False).delete()
        if deleted:
            after_commit(store.delete_file, row.pk, row.storage_name)


def hand_over(*, heirs: Mapping[UUID, int]) -> None:
    """Give files that rounds of others hold to one of these people, before the owner's own evidence is forgotten.

    Args:
        heirs: user ids by file; the files are no part of the draft of these people.
    """
    for evidence_id, owner_id in heirs.items():
        EvidenceFile.objects.filter(pk=evidence_id).update(owner_id=owner_id, in_draft=False)


def forget(*, owner_id: int, usage_key: UsageKey) -> int:
    """Remove everything the person ever sent for this block, also what rounds hold; for hosts that reset a learner.

    Rows go at once, objects when the transaction is committed; what a crash leaves of them is found by `repair`.

    Returns:
        How many files, uploads and other pieces there were.
    """
    return remove_all(owner_id=owner_id, usage_key=usage_key)


def get(*, evidence_id: UUID) -> EvidenceData:
    """Return a stored file.

    Raises:
        UnknownFile: there is none.
    """
    return rows.evidence_data(stored_row(evidence_id))


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
