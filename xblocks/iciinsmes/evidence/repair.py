"""Bringing table and storage back into step after a crash, a restored backup or a deleted account."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from django.utils import timezone

from . import store
from .models import EvidenceFile
from .uploads import STALE

State = EvidenceFile.State

_BATCH = 500
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Repaired:
    """What was removed, and how many handed-in files have lost their object: those only a backup can bring back."""

    stale_uploads: int
    rows_without_object: int
    objects_without_row: int
    lost: int


def repair(*, older_than: timedelta = STALE, nobody_works: bool = False) -> Repaired:
    """Remove uploads that were given up, rows without an object and objects without a row.

    Safe while people work, because nothing younger than ``older_than`` is touched; meant to run once a day.

    Args:
        older_than: how old something has to be.
        nobody_works: no other process is writing, as when the only server starts. What is without its other half is
            then left over from a crash, however young it is; uploads under way keep their time to go on.
    """
    now = timezone.now()
    limit = now - older_than
    stale, _by_model = EvidenceFile.objects.filter(state=State.UPLOADING, created_at__lt=limit).delete()
    if nobody_works:
        limit = now
    removed, lost = _rows_without_object(limit)
    strays = sum(_remove_strays(folder, limit) for folder in (store.FILES, store.UPLOADS, store.PREVIEWS))
    return Repaired(stale_uploads=stale, rows_without_object=removed, objects_without_row=strays, lost=lost)


def _rows_without_object(limit: datetime) -> tuple[int, int]:
    removed = lost = 0
    rows = EvidenceFile.objects.filter(state=State.STORED, created_at__lt=limit).order_by("pk")
    for file_id, name, kept in rows.values_list("pk", "storage_name", "kept").iterator(chunk_size=_BATCH):
        if store.storage().exists(name):
            continue
        if kept:
            lost += 1
            _log.error("Evidence %s was handed in, but its object %s is gone; restore it from a backup", file_id, name)
        else:
            removed += EvidenceFile.objects.filter(pk=file_id, kept=False).delete()[0]
    return removed, lost


def _remove_strays(folder: str, limit: datetime) -> int:
    count = 0
    for names in _batches(store.objects(folder)):
        wanted = _wanted(folder, {file_id for name in names if (file_id := store.id_in(name))})
        for name in names:
            if name not in wanted and not _belongs(name, wanted) and store.written_before(name, limit):
                store.delete(name)
                count += 1
    return count


def _wanted(folder: str, ids: set[UUID]) -> set[str]:
    """Return the beginnings of the names that objects of these rows may have in this folder."""
    rows = EvidenceFile.objects.filter(pk__in=ids).values_list("pk", "state", "storage_name")
    if folder == store.FILES:
        return {name for _pk, _state, name in rows}
    if folder == store.UPLOADS:
        return {f"{store.UPLOADS}/{pk}" for pk, state, _name in rows if state == State.UPLOADING}
    return {store.preview_name(pk) for pk, _state, _name in rows}


def _belongs(name: str, wanted: set[str]) -> bool:
    """Tell whether a piece of an upload belongs to a wanted upload."""
    return name.startswith(f"{store.UPLOADS}/") and name.rpartition("-")[0] in wanted


def _batches(names: Iterator[str]) -> Iterator[list[str]]:
    while batch := list(islice(names, _BATCH)):
        yield batch
