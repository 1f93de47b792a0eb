"""A project as one zip: tables for people, the JSON for another site, and the files themselves."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import IO
from uuid import UUID

from django.utils.translation import gettext as _

from iciinsmes.evidence import api as evidence
from iciinsmes.evidence.data import MEGABYTE, EvidenceData
from iciinsmes.evidence.errors import UnknownFile
from iciinsmes.lib.archives import copy_into, safe_name

from ..content import day_of
from ..data import EntryData
from ..days import day_of_site
from ..entries import entries_of
from ..facts import ByKind, by_kind
from ..record import record_of
from .reading import JSON_NAME
from .tables import csv_text, spreadsheet, tables_of
from .take_out import project_as_json

#: Bytes of files in a bundle, which is made while somebody waits for it.
MOST_BYTES = 200 * MEGABYTE
_FOLDER = "files"


@dataclass(frozen=True)
class _Kept:
    """A file with its entry, and the number that this has in the table of its kind."""

    entry: EntryData
    number: int
    file: EvidenceData


@dataclass(frozen=True)
class BundleFiles:
    """What comes along of a project's files: how many and how many bytes, and how many are left out for their size."""

    count: int
    size: int
    left_out: int


def bundle_files(*, project_id: UUID) -> BundleFiles:
    """Return what a bundle would hold of the project's files; a query for each project that they were sent to."""
    taken, left = _chosen(_files(by_kind(entries_of(project_id=project_id)), project_id))
    return BundleFiles(len(taken), sum(each.file.size for each in taken), len(left))


def write_bundle(*, project_id: UUID) -> IO[bytes]:
    """Write the zip into a temporary file, files block by block, and return it at its beginning; the caller closes it.

    A table for each kind of entry, for gates, pauses and talks, as CSV and all in one as Excel; the JSON of `take_out`;
    and the files of entries, the newest first, as many as `MOST_BYTES` has room for. What is not in it is told in a
    text.

    Raises:
        UnknownProject: there is none.
    """
    record = record_of(project_id=project_id)
    tables = tables_of(record)
    taken, left = _chosen(_files(record.entries, project_id))
    target: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - the caller sends it and closes it
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in tables.items():
            archive.writestr(f"{name}.csv", csv_text(rows))
        archive.writestr("project.xlsx", spreadsheet(tables))
        text = json.dumps(project_as_json(project_id=project_id), ensure_ascii=False, indent=1)
        archive.writestr(JSON_NAME, text)
        gone = _write_files(archive, taken)
        if left or gone:
            archive.writestr("README.txt", _readme(left, gone))
    target.seek(0)
    return target


def _files(entries: ByKind, project_id: UUID) -> list[_Kept]:
    """Return the files that entries name, those of the newest entry first."""
    rows = [(number, entry) for kept in entries.values() for number, entry in enumerate(kept, 1)]
    # What a merge brought along still lies with the project for which it was sent.
    subjects = {project_id, *(entry.origin for _number, entry in rows if entry.origin is not None)}
    files = {str(file.id): file for subject in subjects for file in evidence.files_of(subject=subject)}
    rows.sort(key=lambda row: (row[1].created_at, row[1].id), reverse=True)
    return [
        _Kept(entry, number, files[each])
        for number, entry in rows
        for each in entry.content.get("files", ())
        if each in files
    ]


def _chosen(files: Collection[_Kept]) -> tuple[list[_Kept], list[EvidenceData]]:
    """Return the files that fit into a bundle, and those that do not."""
    taken, left, size = [], [], 0
    for each in files:
        if size + each.file.size > MOST_BYTES:
            left.append(each.file)
        else:
            taken.append(each)
            size += each.file.size
    return taken, left


def _write_files(archive: zipfile.ZipFile, files: Collection[_Kept]) -> list[EvidenceData]:
    """Write files under table and number of their entry, and return those of which the content is gone."""
    names: set[str] = set()
    gone = []
    for each in files:
        day = day_of(each.entry.content, "on") or day_of_site(each.entry.created_at)
        name = safe_name(f"{each.entry.kind.value} {each.number}, {day.isoformat()}, {each.file.name}", names)
        try:
            source = evidence.open_file(evidence_id=each.file.id)
        except UnknownFile:
            gone.append(each.file)
            continue
        names.add(name.lower())
        copy_into(archive, f"{_FOLDER}/{name}", source)
    return gone


def _readme(left: Collection[EvidenceData], gone: Collection[EvidenceData]) -> str:
    return "\r\n".join(_lines(left, gone))


def _lines(left: Collection[EvidenceData], gone: Collection[EvidenceData]) -> Iterator[str]:
    if left:
        yield _("These files had no room in the bundle. Open them on the pages of the project:")
        yield from (f"- {file.name}" for file in left)
    if gone:
        yield _("These files could not be read any more:")
        yield from (f"- {file.name}" for file in gone)
