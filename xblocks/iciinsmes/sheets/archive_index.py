"""The index of a zip of evidence: who handed in what, with the answers as text, as a page and as a spreadsheet.

Rounds come one by one while their files are written; both indexes wait in temporary files until the zip has room.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import IO
from urllib.parse import quote
from uuid import UUID

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.data import ListedRound, RoundFile
from iciinsmes.companies.api import companies_by_id
from iciinsmes.lib.archives import copy_into
from iciinsmes.lib.spreadsheet_file import Cell, write_spreadsheet
from iciinsmes.lib.templating import render_to_string
from iciinsmes.platform import host, labels
from iciinsmes.platform.zones import moment

_BATCH = 50


@dataclass(frozen=True)
class ArchivedRound:
    """A round in a zip, with the paths of its files there; files that could not be read have none."""

    listed: ListedRound
    paths: Mapping[UUID, str]


@dataclass(frozen=True)
class _Named:
    """A round with what it is called."""

    entry: ArchivedRound
    learner: str
    firm: str


def write_index(archive: zipfile.ZipFile, entries: Iterator[ArchivedRound], *, course_key: CourseKey) -> None:
    """Write both indexes at the end of a zip, after all entries have come.

    Args:
        archive: the zip, into which files are written while entries come.
        entries: the rounds in it.
        course_key: the course run.
    """
    with tempfile.TemporaryFile() as sheet, tempfile.TemporaryFile() as page:
        write_spreadsheet(sheet, {_("Evidence"): _rows(entries, page, course_key)})
        for name, source in (("index.xlsx", sheet), ("index.html", page)):
            source.seek(0)
            copy_into(archive, name, source)


def _rows(entries: Iterator[ArchivedRound], page: IO[bytes], course_key: CourseKey) -> Iterator[Sequence[Cell]]:
    """Yield the rows of the spreadsheet, and write the page beside it: entries can be read only once."""
    course = host().course(course_key)
    page.write(_part("head", {"course": course, "language": get_language(), "at": moment(timezone.now())}))
    yield [
        *(_("Learner"), _("Firm"), _("Assignment"), _("Round"), _("Handed in"), _("Question"), _("Answer")),
        *(_("File"), _("Description"), _("Bytes")),
    ]
    while part := list(islice(entries, _BATCH)):
        for named in _named(part, course_key):
            page.write(_part("round", _context(named)))
            yield from _lines(named)
    page.write(_part("foot", {}))


def _named(entries: Collection[ArchivedRound], course_key: CourseKey) -> Iterator[_Named]:
    people = labels({user_id for entry in entries for user_id in entry.listed.people_ids}, course_key)
    ids = {entry.listed.round.company_id for entry in entries if entry.listed.round.company_id is not None}
    firms = companies_by_id(company_ids=ids)
    for entry in entries:
        firm = firms.get(entry.listed.round.company_id or 0)
        yield _Named(entry, people.get(entry.listed.owner_id, ""), firm.name if firm else "")


def _texts(named: _Named) -> list[tuple[str, str]]:
    """Return questions with their answers, and what was handed in that is neither answer nor file."""
    row = named.entry.listed.round
    answers = [(question.title, row.answers.get(question.key, "")) for question in row.task.questions]
    return answers + [assignments.item_text(item) for item in row.items]


def _files(named: _Named) -> list[tuple[RoundFile, str]]:
    return [(file, named.entry.paths.get(file.id, "")) for file in named.entry.listed.round.files]


def _lines(named: _Named) -> Iterator[Sequence[Cell]]:
    row = named.entry.listed.round
    head: list[Cell] = [named.learner, named.firm, named.entry.listed.title, row.number]
    head.append(timezone.localtime(row.handed_in_at).replace(tzinfo=None))
    for title, text in _texts(named):
        yield [*head, title, text]
    for file, path in _files(named):
        yield [*head, "", "", path or _not_there(file), file.description, file.size]


def _context(named: _Named) -> dict[str, object]:
    row = named.entry.listed.round
    return {
        "learner": named.learner,
        "firm": named.firm,
        "title": named.entry.listed.title,
        "number": row.number,
        "handed_in": moment(row.handed_in_at),
        "texts": _texts(named),
        "files": [
            {
                "name": path.rpartition("/")[2] if path else _not_there(file),
                "url": quote(path),
                "description": file.description,
            }
            for file, path in _files(named)
        ],
    }


def _not_there(file: RoundFile) -> str:
    return _("%(name)s (could not be read)") % {"name": file.name}


def _part(name: str, context: Mapping[str, object]) -> bytes:
    return render_to_string(f"iciinsmes/sheets/index/{name}.html", context).encode()
