"""Bringing table and storage back into step after a crash, a restored backup or a deleted account."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from django.utils import timezone

from . import object_storage
from .models import EvidenceFile
from .private_storage import storage
from .uploads import STALE

State = EvidenceFile.State

_BATCH = 500
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Repaired:
    """What was removed, and how many files are missing in the storage: not yet handed in, and handed in (``lost``)."""

    stale_uploads: int
    rows_without_object: int
    objects_without_row: int
    lost: int


def repair(*, older_than: timedelta = STALE, nobody_works: bool = False, owns_storage: bool = True) -> Repaired:
    """Remove uploads that were given up and objects without a row, and mark the files that the storage does not show.

    A file is never removed because it cannot be seen from here: the storage may be another one, or not there today.
    The mark goes when the object is seen again. Safe while people work, because nothing younger than ``older_than`` is
    touched; meant to run once a day.

    Args:
        older_than: how old something has to be.
        nobody_works: no other process is writing, as when the only server starts. What is without its other half is
            then left over from a crash, however young it is; uploads under way keep their time to go on.
        owns_storage: the storage belongs to this database; if it does not, its objects are another database's, and
            stay.
    """
    now = timezone.now()
    limit = now - older_than
    stale, _by_model = EvidenceFile.objects.filter(state=State.UPLOADING, created_at__lt=limit).delete()
    if nobody_works:
        limit = now
    missing, lost = _mark_missing(limit, now)
    folders = (object_storage.FILES, object_storage.UPLOADS, object_storage.PREVIEWS) if owns_storage else ()
    strays = sum(_remove_strays(folder, limit) for folder in folders)
    return Repaired(stale_uploads=stale, rows_without_object=missing, objects_without_row=strays, lost=lost)


def _mark_missing(limit: datetime, now: datetime) -> tuple[int, int]:
    """Mark what the storage does not show, take the mark from what it shows again, and count what is missing."""
    missing = lost = 0
    rows = EvidenceFile.objects.filter(state=State.STORED, created_at__lt=limit).order_by("pk")
    columns = rows.values_list("pk", "storage_name", "kept", "missing_since")
    for file_id, name, kept, since in columns.iterator(chunk_size=_BATCH):
        if storage().exists(name):
            if since is not None:
                EvidenceFile.objects.filter(pk=file_id).update(missing_since=None)
                _log.warning("The object %s of evidence %s is there again", name, file_id)
            continue
        if since is None:
            EvidenceFile.objects.filter(pk=file_id).update(missing_since=now)
            _log.error("The object %s of evidence %s is not in the storage; the file stays and waits", name, file_id)
        if kept:
            lost += 1
        else:
            missing += 1
    if lost or missing:
        _log.error(
            "%s files are not in the storage, %s of them handed in. If the storage is the right one, restore it from "
            "a backup",
            lost + missing,
            lost,
        )
    return missing, lost


def _remove_strays(folder: str, limit: datetime) -> int:
    count = 0
    for names in _batches(object_storage.objects(folder)):
        wanted = _wanted(folder, {file_id for name in names if (file_id := object_storage.id_in(name))})
        for name in names:
            if name not in wanted and not _belongs(name, wanted) and object_storage.written_before(name, limit):
                object_storage.delete(name)
                count += 1
    return count


def _wanted(folder: str, ids: set[UUID]) -> set[str]:
    """Return the beginnings of the names that objects of these rows may have in this folder."""
    rows = EvidenceFile.objects.filter(pk__in=ids).values_list("pk", "state", "storage_name")
    if folder == object_storage.FILES:
        return {name for _pk, _state, name in rows}
    if folder == object_storage.UPLOADS:
        return {f"{object_storage.UPLOADS}/{pk}" for pk, state, _name in rows if state == State.UPLOADING}
    return {object_storage.preview_name(pk) for pk, _state, _name in rows}


def _belongs(name: str, wanted: set[str]) -> bool:
    """Tell whether a piece of an upload belongs to a wanted upload."""
    return name.startswith(f"{object_storage.UPLOADS}/") and name.rpartition("-")[0] in wanted


def _batches(names: Iterator[str]) -> Iterator[list[str]]:
    while batch := list(islice(names, _BATCH)):
        yield batch
