"""What a worker does for an archive: one zip after the other, so that whoever follows goes on behind a whole one."""

from __future__ import annotations

import logging
import tempfile
import time
import zipfile
from collections.abc import Iterator, Mapping
from typing import IO
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone, translation

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.data import ListedRound
from iciinsmes.evidence import api as evidence
from iciinsmes.evidence.data import MEGABYTE
from iciinsmes.evidence.errors import UnknownFile
from iciinsmes.lib.archives import copy_into, safe_name
from iciinsmes.lib.long_work import BEAT, go_on, leave, left_behind, take
from iciinsmes.platform.zones import as_read_by

from .archive_index import ArchivedRound, write_index
from .archives import part_name
from .data import ArchiveState
from .models import Archive
from .permissions import may_take_out, sees_all

#: Bytes of evidence in one zip, but for a single round that has more.
PART_BYTES = 250 * MEGABYTE
_BATCH = 100
#: Letters of a file's name: with its folders a path is short enough for Windows.
_LONGEST_FILE = 80

_log = logging.getLogger(__name__)


class _Gone(Exception):
    """Somebody has dropped the archive."""


def work_on(archive_id: str) -> None:
    """Write the zips that an archive still lacks; done twice, or by two, it is done once."""
    if not take(Archive.objects.filter(state=ArchiveState.MAKING.value), archive_id):
        return
    row = Archive.objects.get(id=archive_id)
    ids = {int(key) for key in row.plan["people"]}
    if not sees_all(ids, row.owner_id, row.course_key):
        leave(_this(row), state=ArchiveState.FAILED.value, busy_for=None)
        return
    with translation.override(row.language), as_read_by(row.owner_id):
        try:
            _write_all(row)
        except _Gone:
            _log.info("Archive %s was dropped while it was made", row.id)
            return
    leave(_this(row), state=ArchiveState.READY.value, busy_for=None, ready_at=timezone.now())


def go_on_with_archives() -> None:
    """Go on where workers are gone."""
    for key in left_behind(Archive.objects.filter(state=ArchiveState.MAKING.value)).values_list("id", flat=True):
        work_on(str(key))


def _write_all(row: Archive) -> None:
    parts = list(row.parts)
    position = sum(part["rounds"] for part in parts)
    while position < row.total:
        number = len(parts) + 1
        with tempfile.TemporaryFile() as target:
            writer = _PartWriter(row, position)
            writer.write(target)
            size = target.tell()
            name = part_name(row, number)
            evidence.put_aside(name=name, source=target)
        parts.append({"name": name, "size": size, "rounds": writer.rounds, "files": writer.files})
        position += writer.rounds
        if not go_on(_this(row), parts=parts, done=position):
            evidence.drop_aside(name=name)
            raise _Gone


class _PartWriter:
    """Writes one zip: rounds from a position on until it is full, and an index of what is in it."""

    def __init__(self, row: Archive, position: int) -> None:
        self._row, self._position = row, position
        self._said_at = 0.0
        self.rounds = self.files = self._bytes = 0

    def write(self, target: IO[bytes]) -> None:
        """Write the zip; one block of a file is in memory, and the round that it belongs to."""
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            write_index(archive, self._entries(archive), course_key=self._row.course_key)
        target.seek(0, 2)

    def _entries(self, archive: zipfile.ZipFile) -> Iterator[ArchivedRound]:
        """Write the files of rounds, and yield what the index says of each round behind them."""
        for each in self._planned():
            if each is None:
                # Taken back, forgotten, or no longer the reader's since the archive was begun.
                self.rounds += 1
                continue
            size = sum(file.size for file in each.round.files)
            if self.rounds and self._bytes and self._bytes + size > PART_BYTES:
                return
            entry = self._write_round(archive, each)
            self.rounds += 1
            self._bytes += size
            yield entry

    def _planned(self) -> Iterator[ListedRound | None]:
        ids = [UUID(each) for each in self._row.plan["rounds"]][self._position :]
        for start in range(0, len(ids), _BATCH):
            part = ids[start : start + _BATCH]
            found = assignments.listed_by_id(round_ids=part, course_key=self._row.course_key)
            for round_id in part:
                self._say()
                each = found.get(round_id)
                is_open = each is not None and may_take_out(each, self._row.owner_id, self._row.course_key)
                yield each if is_open else None

    def _write_round(self, archive: zipfile.ZipFile, each: ListedRound) -> ArchivedRound:
        folder = self._folder(each)
        written: dict[UUID, str] = {}
        taken: set[str] = set()
        for file in each.round.files:
            name = safe_name(_short(file.name), taken)
            try:
                source = evidence.open_file(evidence_id=file.id)
            except UnknownFile:
                continue
            taken.add(name.lower())
            self._say()
            copy_into(archive, f"{folder}/{name}", source)
            written[file.id] = f"{folder}/{name}"
            self.files += 1
        return ArchivedRound(each, written)

    def _folder(self, each: ListedRound) -> str:
        plan: Mapping[str, Mapping[str, str]] = self._row.plan
        learner = plan["people"][str(each.owner_id)]
        return f"{learner}/{plan['assignments'][str(each.usage_key)]}/{each.round.number}"

    def _say(self) -> None:
        """Say now and then that somebody is at it.

        Raises:
            _Gone: nobody wants it any more.
        """
        if time.monotonic() - self._said_at > BEAT.total_seconds():
            self._said_at = time.monotonic()
            if not go_on(_this(self._row), done=self._position + self.rounds):
                raise _Gone


def _short(name: str) -> str:
    """Return a file's name with a shorter stem; its extension stays."""
    stem, point, extension = name.rpartition(".")
    if not point or len(extension) > 10:
        return name[:_LONGEST_FILE]
    return f"{stem[: _LONGEST_FILE - len(extension)]}.{extension}"


def _this(row: Archive) -> QuerySet[Archive]:
    return Archive.objects.filter(pk=row.pk)
