"""Reading tables of firms as spreadsheet programs of many countries write them; pure.

What is a row and a cell is read as everywhere (`toolbox`); here stands what its columns mean, and what has to be asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from iciinsmes.lib.mail_addresses import addresses_in, tidy_address, visible
from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.api import reader_language
from iciinsmes.toolbox.data import Raw, Sheet, show
from iciinsmes.toolbox.errors import UnreadableTable

from .data import CompanyTable, MailColumn, OtherReading, TableLine
from .errors import UnreadableImport
from .headings import field_of, sounds_like_mail
from .letters import SINGLE_BYTE, readings
from .rules import tidy

MAX_BYTES = 2 * 1024 * 1024
MAX_LINES = 5_000

#: What a coordinator may choose when the letters look wrong.
ENCODINGS = ("auto", "utf-8", *SINGLE_BYTE)

_SPREADSHEET = b"PK\x03\x04"
_NO_TEXT = (_SPREADSHEET, b"\xd0\xcf\x11\xe0", b"%PDF")
_DELIMITERS = (";", ",", "\t", "|")
#: Titles and remarks stand above the headings, and not more of them than this.
_MOST_TITLES = 10


@dataclass(frozen=True)
class _Head:
    """The line of headings: which field each column holds, and what stands below it."""

    line: int
    names: tuple[str, ...]
    fields: tuple[str, ...]
    rows: Sequence[tuple[int, Sequence[Raw]]]


def read_table(content: bytes, encoding: str = "auto") -> CompanyTable:
    """Read a table with a line of column names.

    Args:
        content: the file.
        encoding: one of `ENCODINGS`; ``auto`` finds it out.

    Raises:
        UnreadableTable: it is none, or too large.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableImport(_("The table is too large: at most 2 MB. Send it in parts."))
    if content.startswith(_NO_TEXT):
        return _from_spreadsheet(content)
    found: list[CompanyTable] = []
    problem: UnreadableImport | None = None
    for used, text in _texts(content, encoding):
        try:
            found.append(_from_text(text, used))
        except UnreadableImport as error:
            problem = problem or error
    if problem and not found:
        raise problem
    # A reading in which a heading means nothing is a wrong one.
    fewest = min(len(table.ignored) for table in found)
    first, *others = (table for table in found if len(table.ignored) == fewest)
    return _with_readings(first, others)


def _from_spreadsheet(content: bytes) -> CompanyTable:
    try:
        return _read(toolbox.open_table(content=content, as_written=True), "")
    except UnreadableTable as error:
        if content.startswith(_SPREADSHEET):
            text = _("This is not a CSV file, and as a spreadsheet it cannot be read. Save it as CSV or XLSX.")
            raise UnreadableImport(text) from error
        raise UnreadableImport(show(error.text, reader_language())) from error


def _from_text(text: str, encoding: str) -> CompanyTable:
    if "\x00" in text:
        raise UnreadableImport(_("This is not a CSV file. In your spreadsheet program, save the table as CSV."))
    try:
        return _read(toolbox.open_pasted(text=text, delimiter=_find_delimiter(text), as_written=True), encoding)
    except UnreadableTable as error:
        raise UnreadableImport(show(error.text, reader_language())) from error


def _texts(content: bytes, encoding: str) -> Sequence[tuple[str, str]]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif encoding == "auto" or encoding not in ENCODINGS:
        return readings(content)
    try:
        return [(encoding, content.decode("utf-8-sig" if encoding == "utf-8" else encoding))]
    except UnicodeDecodeError as error:
        raise UnreadableImport(_("The letters cannot be read with this encoding. Choose “find out”.")) from error


def _read(sheet: Sheet, encoding: str) -> CompanyTable:
    head = _find_head(sheet)
    doubled = {field for field in head.fields if field and head.fields.count(field) > 1}
    if doubled:
        raise UnreadableImport(_("Two columns mean the same: %(name)s.") % {"name": ", ".join(sorted(doubled))})
    if not head.rows:
        raise UnreadableImport(_("The table has column names, and no lines below them."))
    if len(head.rows) > MAX_LINES:
        raise UnreadableImport(_("The table has too many lines: at most 5,000. Send it in parts."))
    lines = tuple(_line(number, cells, head.fields) for number, cells in head.rows)
    asked = tuple(_mail_columns(head))
    ignored = tuple(
        tidy(name)[:60] for name, field in zip(head.names, head.fields, strict=True) if not field and name.strip()
    )
    return CompanyTable(lines, encoding, sheet.delimiter, ignored, mail_columns=asked)


def _find_head(sheet: Sheet) -> _Head:
    """Return the first line that names a column of firms; what stands above it are titles."""
    rows: list[tuple[int, Sequence[Raw]]] = [(sheet.names_line, sheet.names)]
    rows += zip(sheet.lines, sheet.rows, strict=True)
    for place, (line, cells) in enumerate(rows[:_MOST_TITLES]):
        names = tuple(toolbox.cell_words(cell=cell) for cell in cells)
        fields = tuple(field_of(name) for name in names)
        if "company" in fields and not _is_title(fields, rows[place + 1 :]):
            return _Head(line, names, fields, rows[place + 1 :])
    raise UnreadableImport(_("There is no column with the name “company”. One line must name the columns."))


def _is_title(fields: Sequence[str], below: Sequence[tuple[int, Sequence[Raw]]]) -> bool:
    """Tell whether a line is a title such as “Firms”, and the headings stand right below it."""
    if sum(map(bool, fields)) > 1 or not below:
        return False
    under = [field_of(toolbox.cell_words(cell=cell)) for cell in below[0][1]]
    return "company" in under and sum(map(bool, under)) > 1


def _line(number: int, cells: Sequence[Raw], fields: Sequence[str]) -> TableLine:
    values = {field: tidy(toolbox.cell_words(cell=cell)) for field, cell in zip(fields, cells, strict=False) if field}
    if "username" in values:
        values["username"] = visible(values["username"])
    if "email" in values and len(addresses_in(values["email"])) == 1:
        values["email"] = tidy_address(values["email"])
    return TableLine(number=number, **values)


def _mail_columns(head: _Head) -> list[MailColumn]:
    """Return the columns without a known name that may hold addresses: somebody has to say so."""
    found = []
    for place, (name, field) in enumerate(zip(head.names, head.fields, strict=True)):
        if field:
            continue
        below = [
            (number, visible(toolbox.cell_words(cell=cells[place])))
            for number, cells in head.rows
            if place < len(cells)
        ]
        filled = [(number, words) for number, words in below if words]
        with_address = [entry for entry in filled if addresses_in(entry[1])]
        if with_address and (sounds_like_mail(name) or len(with_address) * 2 >= len(filled)):
            heading = tidy(name)[:60] or _("Column %(number)s") % {"number": place + 1}
            found.append(MailColumn(heading, head.line, tuple(filled)))
    return found


def _with_readings(table: CompanyTable, others: Sequence[CompanyTable]) -> CompanyTable:
    """Return the table with what other readings of its letters say otherwise."""
    found = []
    for other in others:
        pairs = zip(table.lines, other.lines, strict=False)
        lines = tuple(its for own, its in pairs if own != its)
        if lines and len(table.lines) == len(other.lines):
            found.append(OtherReading(other.encoding, lines))
    return CompanyTable(**{**vars(table), "readings": tuple(found)})


def _find_delimiter(text: str) -> str:
    """Return the delimiter that makes the most headings of a line that names firms; empty where none does."""
    head = [line for line in re.split(r"[\r\n]+", text[:20_000]) if line.strip()][:_MOST_TITLES]
    known = {delimiter: max((_headings(line, delimiter) for line in head), default=0) for delimiter in _DELIMITERS}
    best = max(known, key=known.__getitem__)
    return best if known[best] else ""


def _headings(line: str, delimiter: str) -> int:
    fields = [field_of(name.strip().strip('"')) for name in line.split(delimiter)]
    return len(set(fields) - {""}) if "company" in fields else 0
