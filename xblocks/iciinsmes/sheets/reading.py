"""A sheet of grades out of a file that somebody has sent: lines with their cells by the key of their column."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from iciinsmes.lib.turns import Busy, Turns
from iciinsmes.lib.untrusted import read_uuid, unguarded
from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.api import reader_language
from iciinsmes.toolbox.data import Raw, Sheet, show
from iciinsmes.toolbox.errors import UnreadableTable

from .data import GradeSheet, SheetLine
from .errors import UnreadableSheet
from .headings import COMMENT, CRITERION, FEEDBACK, POINTS, ROUND_ID, VERSION, keys_of

MAX_BYTES = 10 * 1024 * 1024
MAX_LINES = 10_000
#: Longer cells are not read whole; what is kept of them tells that they were longer.
MAX_CELL = 5_000

_ZIP = b"PK\x03\x04"
_NO_TEXT = (_ZIP, b"\xd0\xcf\x11\xe0", b"%PDF")
_MACROS = "vbaproject.bin"
_DELIMITERS = (";", ",", "\t", "|")
#: What an import looks at; other columns are for people.
_READ = (ROUND_ID, VERSION, FEEDBACK, CRITERION, POINTS, COMMENT)

#: One sheet at a time in one process; the pages of others come first.
_reading = Turns(waiting=3)


def read_sheet(content: bytes) -> GradeSheet:
    """Read a sheet of grades as `tables` has written it and somebody has filled it in: CSV, XLSX or ODS.

    Raises:
        UnreadableSheet: it is none, is made to do harm, or is too large.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableSheet(_("The sheet is too large: at most 10 MB. Send it in parts."))
    if not content.strip():
        raise UnreadableSheet(_("The file is empty."))
    if _has_macros(content):
        raise UnreadableSheet(_("This spreadsheet has macros. Save it as XLSX without macros."))
    try:
        with _reading, toolbox.gently():
            return _read(_open(content))
    except Busy as error:
        text = _("Many tables are being read just now. Nothing is lost: wait a moment and try again.")
        raise UnreadableSheet(text) from error
    except UnreadableTable as error:
        raise UnreadableSheet(show(error.text, reader_language())) from error


def _open(content: bytes) -> Sheet:
    if content.startswith(_NO_TEXT):
        return toolbox.open_table(content=content, as_written=True, most_bytes=MAX_BYTES)
    text = toolbox.decoded(content)
    delimiter = _find_delimiter(text)
    if not delimiter:
        # Whatever it is, the toolbox knows words for it.
        toolbox.open_table(content=content, as_written=True, most_bytes=MAX_BYTES)
        raise UnreadableSheet(_no_sheet())
    return toolbox.open_pasted(text=text, delimiter=delimiter, as_written=True)


def _read(sheet: Sheet) -> GradeSheet:
    keys = keys_of(sheet.names)
    if ROUND_ID not in keys or VERSION not in keys:
        raise UnreadableSheet(_no_sheet())
    doubled = {sheet.names[place] for place, key in enumerate(keys) if key and keys.count(key) > 1}
    if doubled:
        raise UnreadableSheet(_("Two columns mean the same: %(name)s.") % {"name": ", ".join(sorted(doubled))})
    if not sheet.rows:
        raise UnreadableSheet(_("The sheet has column names, and no lines below them."))
    if len(sheet.rows) > MAX_LINES:
        raise UnreadableSheet(_("The sheet has too many lines: at most 10,000. Send it in parts."))
    places = [(place, key) for place, key in enumerate(keys) if key.partition(".")[0] in _READ]
    lines = []
    for number, raw in zip(sheet.lines, sheet.rows, strict=True):
        cells = {key: _words(raw[place]) for place, key in places if place < len(raw)}
        lines.append(SheetLine(number, cells, read_uuid(cells.pop(ROUND_ID, ""))))
    ignored = tuple(name.strip()[:60] for name, key in zip(sheet.names, keys, strict=True) if not key and name.strip())
    return GradeSheet(tuple(lines), ignored)


def _words(cell: Raw) -> str:
    """Return a cell as it was written: without the apostrophe that made it harmless, with one kind of line ends."""
    if isinstance(cell, date):
        return cell.isoformat()
    words = toolbox.cell_words(cell=cell)
    words = words.replace("\r\n", "\n").replace("\r", "\n")
    return unguarded(words).strip() if isinstance(cell, str) else words


def _has_macros(content: bytes) -> bool:
    if not content.startswith(_ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return any(name.lower().endswith(_MACROS) for name in archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        # Told by who reads it.
        return False


def _find_delimiter(text: str) -> str:
    """Return the delimiter by which the first line has names of our columns; empty where none does."""
    head = text.removeprefix("\ufeff")
    if head[:4].lower() == "sep=":
        head = head.partition("\n")[2]
    known = {delimiter: _known(head, delimiter) for delimiter in _DELIMITERS}
    best = max(known, key=known.__getitem__)
    return best if known[best] >= len((ROUND_ID, VERSION)) else ""


def _known(head: str, delimiter: str) -> int:
    try:
        names: Sequence[str] = next(csv.reader(io.StringIO(head[:20_000], newline=""), delimiter=delimiter), ())
    except csv.Error:
        return 0
    return sum(map(bool, keys_of(names)))


def _no_sheet() -> str:
    return _("This is no sheet of results from here: the columns “%(key)s” and “%(version)s” are missing.") % {
        "key": _("Key of the round (do not change)"),
        "version": _("Version (do not change)"),
    }
