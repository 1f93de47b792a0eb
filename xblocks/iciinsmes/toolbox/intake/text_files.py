"""Reading what spreadsheet programs of many countries write as text, or put on the clipboard."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from iciinsmes.toolbox.errors import UnreadableTable
from iciinsmes.toolbox.instruments.kit import msg

from .sheet import MAX_BYTES, MAX_CELL_CHARS, MAX_COLUMNS, MAX_ROWS, Sheet

_DELIMITERS = ("\t", ";", ",", "|")
_LOOK_AT_LINES = 20

#: Letters that tell the two single-byte encodings apart: frequent in the languages of one, unlikely in the other's. Not
#: õ and û, which are rare in the west and where Hungarian has its ő and ű.
_CENTRAL = frozenset("ąęłńśźżĄĘŁŃŚŹŻőűŐŰřěůďťňŘĚŮ")
_WESTERN = frozenset("åøæÅØÆêèàçñãœ")


def sheet_from_bytes(content: bytes) -> Sheet:
    """Read a text file.

    Raises:
        UnreadableTable: it is no table, or too large.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableTable(msg("The file is too large: at most %(size)s MB.", size=MAX_BYTES // 1024 // 1024))
    return sheet_from_text(_decode(content))


def sheet_from_text(text: str) -> Sheet:
    """Read text with a line of column names, as pasted from a spreadsheet.

    Raises:
        UnreadableTable: it is no table, or too large.
    """
    if "\x00" in text:
        raise UnreadableTable(msg("This is not a table. Save it as a spreadsheet or as CSV."))
    text, skipped, delimiter = _without_hint(text)
    delimiter = delimiter or _find_delimiter(text)
    try:
        return _read(text, delimiter, skipped)
    except csv.Error as error:
        text_of_error = msg("The table cannot be read. Probably a quotation mark is missing somewhere.")
        raise UnreadableTable(text_of_error) from error


def _read(text: str, delimiter: str, skipped: int) -> Sheet:
    found = _rows(text, delimiter, skipped)
    head = next(found, None)
    if head is None:
        raise UnreadableTable(msg("The table is empty."))
    names = tuple(name.strip() for name in head[1])
    if len(names) > MAX_COLUMNS:
        raise UnreadableTable(msg("The table has more than %(count)s columns.", count=MAX_COLUMNS))
    rows: list[list[str]] = []
    lines: list[int] = []
    for number, row in found:
        if len(rows) == MAX_ROWS:
            raise UnreadableTable(msg("The table has more than %(count)s rows.", count=MAX_ROWS))
        if any(len(cell) > MAX_CELL_CHARS for cell in row):
            raise UnreadableTable(
                msg("A cell in line %(line)s has more than %(count)s letters.", line=number, count=MAX_CELL_CHARS)
            )
        rows.append(row)
        lines.append(number)
    return Sheet(names, rows, lines, comma_is_decimal=False if delimiter == "," else None)


def _rows(text: str, delimiter: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    """Yield each line that is not empty with the number at which it begins in the file."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    number = 1
    for row in reader:
        if any(cell.strip() for cell in row):
            yield number + skipped, row
        number = reader.line_num + 1


def _decode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError as error:
            raise UnreadableTable(msg("The end of the file is missing.")) from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        central = content.decode("cp1250", errors="replace")
        western = content.decode("cp1252", errors="replace")
        is_central = sum(map(_CENTRAL.__contains__, central)) > sum(map(_WESTERN.__contains__, western))
        return central if is_central else western


def _without_hint(text: str) -> tuple[str, int, str]:
    """Return the text without the line in which spreadsheet programs name the delimiter, and that delimiter."""
    found = re.match(r"\s*sep=([;,|\t])\s*?\r?\n", text, re.IGNORECASE)
    return (text[found.end() :], 1, found[1]) if found else (text, 0, "")


def _find_delimiter(text: str) -> str:
    """Return the delimiter that splits the first lines most evenly; a comma may as well be a decimal sign."""
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:_LOOK_AT_LINES]

    def evenness(delimiter: str) -> tuple[int, int]:
        in_head = lines[0].count(delimiter) if lines else 0
        return (sum(line.count(delimiter) == in_head for line in lines) if in_head else 0, in_head)

    return max(_DELIMITERS, key=evenness)
