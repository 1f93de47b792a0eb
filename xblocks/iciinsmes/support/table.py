"""Entries as a table: written so that it comes back unchanged, and read as spreadsheet programs have left it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from iciinsmes.companies import api as companies
from iciinsmes.lib.folding import words_of
from iciinsmes.lib.spreadsheet_file import Cell
from iciinsmes.lib.untrusted import unguarded
from iciinsmes.platform.languages import offered
from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.api import reader_language
from iciinsmes.toolbox.data import Raw, Sheet, show
from iciinsmes.toolbox.errors import UnreadableTable

from .checking import names
from .data import EU, EntryValues, SentTable, SupportEntryData, TableRow
from .errors import UnreadableEntries
from .labels import FIELDS, GIVEN, KINDS, NEEDS, STATUSES
from .serializers import SEVERAL

MOST_BYTES = 2 * 1024 * 1024
MOST_LINES = 5_000
#: A cell with nothing else clears the field; an empty one keeps it, because tables lose cells by accident.
CLEARS = "-"
#: Columns besides those of `EntryValues`; their names are the same in every language.
OWN_COLUMNS = ("id", "revision", "last_checked", "checked_by", "successors")
_DAYS = ("valid_from", "valid_until", "last_checked")
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{1,2})\.?(?:[ T].*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{4})")
_BETWEEN = re.compile(r"[|;,\n]")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))  # noqa: RUF001 - what programs put in place of a dash
#: "2-9" would become the second of September.
_TO_LONG_DASH = str.maketrans({"-": "–"})  # noqa: RUF001
#: Which words stand for which codes, besides the codes themselves.
_CODED: Mapping[str, Mapping[Any, Any]] = {"kind": KINDS, "needs": NEEDS, "status": STATUSES, "given": GIVEN}


def table_rows(entries: Iterable[SupportEntryData]) -> Iterator[Sequence[Cell]]:
    """Yield a line of column names, and a line for each entry, that `read_table` reads as they were."""
    fields = names()
    yield ("id", "revision", *fields, "last_checked", "checked_by", "successors")
    for entry in entries:
        cells = (_cell(name, getattr(entry.values, name)) for name in fields)
        followed = " | ".join(name for _id, name in entry.successors)
        yield (str(entry.id), str(entry.revision), *cells, entry.last_checked, entry.checked_by, followed)


def read_table(*, content: bytes = b"", text: str = "") -> SentTable:
    """Read a table with a line of column names, from a file or pasted lines.

    Raises:
        UnreadableEntries: it is none, too large, or names no offers.
    """
    if len(content) > MOST_BYTES or len(text) > MOST_BYTES:
        raise UnreadableEntries(_("The table is too large: at most 2 MB. Send it in parts."))
    if not content.strip() and not text.strip():
        raise UnreadableEntries(_("Paste a table or choose a file."))
    try:
        sheet = (
            toolbox.open_table(content=content, as_written=True)
            if content
            else toolbox.open_pasted(text=text, as_written=True)
        )
    except UnreadableTable as error:
        raise UnreadableEntries(show(error.text, reader_language())) from error
    return _read(sheet)


def apply_cells(values: EntryValues, cells: Mapping[str, str]) -> tuple[EntryValues, dict[str, str]]:
    """Return values with what the cells of a line say, and one sentence for each cell that cannot be read."""
    changed: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for name, cell in cells.items():
        if name not in FIELDS or not cell.strip():
            continue
        if cell.strip() == CLEARS:
            changed[name] = getattr(EntryValues(), name)
        elif name in _DAYS:
            day = read_day(cell)
            if day is None:
                problems[name] = no_day(cell)
            else:
                changed[name] = day
        elif name in SEVERAL:
            changed[name] = tuple(_code(name, each) for each in _pieces(name, cell))
        else:
            changed[name] = _country(cell) if name == "country" else _code(name, cell)
    return replace(values, **changed), problems


def read_day(text: str) -> date | None:
    """Return the day that a cell holds, with the year or the day in front; None for none."""
    words = text.strip()
    for pattern, order in ((_YEAR_FIRST, (1, 2, 3)), (_DAY_FIRST, (3, 2, 1))):
        found = pattern.fullmatch(words)
        if found:
            try:
                return date(*(int(found.group(place)) for place in order))
            except ValueError:
                return None
    return None


def no_day(text: str) -> str:
    """Say that a cell holds no day."""
    return _("“%(text)s” is no day. Write the year first, then month and day.") % {"text": text[:40]}


def pieces_of(cell: str) -> tuple[str, ...]:
    """Return the names that a cell lists, with a stroke or a new line between them."""
    return tuple(piece.strip() for piece in re.split(r"[|\n]", cell) if piece.strip())


def _read(sheet: Sheet) -> SentTable:
    heads = [toolbox.cell_words(cell=cell) for cell in sheet.names]
    fields = [_field_of(head) for head in heads]
    twice = {field for field in fields if field and fields.count(field) > 1}
    if twice:
        raise UnreadableEntries(_("Two columns mean the same: %(name)s.") % {"name": ", ".join(sorted(twice))})
    if "name" not in fields and "id" not in fields:
        raise UnreadableEntries(_("There is no column “name”. The first line must name the columns."))
    if not sheet.rows:
        raise UnreadableEntries(_("The table has column names, and no lines below them."))
    if len(sheet.rows) > MOST_LINES:
        raise UnreadableEntries(_("The table has too many lines: at most 5,000. Send it in parts."))
    lines = (_line(number, row, fields) for number, row in zip(sheet.lines, sheet.rows, strict=True))
    ignored = tuple(head.strip()[:60] for head, field in zip(heads, fields, strict=True) if head.strip() and not field)
    return SentTable(tuple(line for line in lines if any(line.cells.values())), ignored)


def _line(number: int, row: Sequence[Raw], fields: Sequence[str]) -> TableRow:
    cells = {
        field: unguarded(toolbox.cell_words(cell=cell)).strip()
        for field, cell in zip(fields, row, strict=False)
        if field
    }
    return TableRow(number, cells)


def _cell(name: str, value: Any) -> Cell:
    if isinstance(value, tuple):
        text = " ".join(value)
        return text.translate(_TO_LONG_DASH) if name == "sizes" else text
    cell: Cell = value
    return cell


def _pieces(name: str, cell: str) -> list[str]:
    """Return the values that a cell lists; codes need no more than a space between them."""
    parts = _BETWEEN.split(cell) if _BETWEEN.search(cell) or _key(cell) in _spoken(name) else cell.split()
    return [part.strip() for part in parts if part.strip()]


def _code(name: str, text: str) -> str:
    """Return the code that a text stands for; a text that is no code of this field stays as it is."""
    if name == "sizes":
        return text.translate(_DASHES).replace(" ", "")
    return _spoken(name).get(_key(text), text) if name in _CODED else text


def _country(text: str) -> str:
    words = text.strip()
    return words.upper() if words.upper() == EU else companies.read_country(words) or words


def _key(text: str) -> str:
    return " ".join(words_of(text.replace("_", " ")))


def _field_of(head: str) -> str:
    return _heads().get(_key(head), "")


@cache
def _heads() -> Mapping[str, str]:
    """Return which column means which field, by the field's own name and its words in every language."""
    found = {_key(name): name for name in (*OWN_COLUMNS, *FIELDS)}
    for code in _languages():
        with translation.override(code):
            found |= {_key(str(words)): name for name, words in FIELDS.items()}
    return found


@cache
def _spoken(name: str) -> Mapping[str, str]:
    """Return which words of a field stand for which code, in every language."""
    labels = _CODED.get(name, {})
    found = {_key(each.value): each.value for each in labels if each.value}
    for code in _languages():
        with translation.override(code):
            found |= {_key(str(words)): each.value for each, words in labels.items() if each.value}
    return found


def _languages() -> tuple[str, ...]:
    return ("en", *(code for code, _name in offered()))
