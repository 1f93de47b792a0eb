"""Reading what spreadsheet programs of many countries write as text, or put on the clipboard."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice

from iciinsmes.toolbox.errors import UnreadableTable
from iciinsmes.toolbox.instruments.framework import Text, msg

from ..sheet import MAX_CELL_CHARS, Sheet
from .sheet_maker import SheetMaker

_DELIMITERS = ("\t", ";", "|", ",")
_LOOK_AT_CHARS = 20_000
_LOOK_AT_LINES = 20
_ROWS_AT_ONCE = 1_000
_ZEROS_OF_UTF_16 = 0.8

#: Letters that tell the two single-byte encodings apart: frequent in the languages of one, unlikely in the other's. Not
#: õ and û, which are rare in the west and where Hungarian has its ő and ű.
_CENTRAL = re.compile("[ąęłńśźżĄĘŁŃŚŹŻőűŐŰřěůďťňŘĚŮ]")
_WESTERN = re.compile("[åøæÅØÆêèàçñãœ]")
#: How the Danish and German letters of DOS, which old cash desks still write, look in a Windows code page.
_DOS = re.compile(r"(?<=[^\W\d_])[\u203a\u2018\u2020\u201e\u201d](?=[^\W\d_])")


def sheet_from_text(text: str, delimiter: str = "") -> Sheet:
    """Read text with a line of column names, as pasted from a spreadsheet.

    Args:
        text: the table.
        delimiter: what parts its columns; found out where nobody knows it and the text does not name it.

    Raises:
        UnreadableTable: it is no table, or too large.
    """
    if "\x00" in text:
        raise UnreadableTable(msg("This is not a table. Save it as a spreadsheet or as CSV."))
    text, skipped, named = _without_hint(text.removeprefix("\ufeff"))
    delimiter = named or delimiter or _find_delimiter(text)
    maker = SheetMaker()
    if '"' in text or max(map(len, io.StringIO(text)), default=0) > MAX_CELL_CHARS:
        _take_carefully(maker, text, delimiter, skipped)
    else:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=csv.QUOTE_NONE)
        line = 1 + skipped
        while rows := list(islice(reader, _ROWS_AT_ONCE)):
            maker.add_all(line, rows)
            line += len(rows)
    return maker.sheet(comma_is_decimal=False if delimiter == "," else None, delimiter=delimiter)


def _take_carefully(maker: SheetMaker, text: str, delimiter: str, skipped: int) -> None:
    """Take rows with quotation marks, in which a cell may have many lines, or be too long.

    Raises:
        UnreadableTable: a quotation mark is not closed.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = last = 1
    width = 0
    try:
        for row in reader:
            width = width or len(row)
            if reader.line_num > line and _swallows_lines(row, delimiter, width):
                raise UnreadableTable(_open_quotation_mark(line + skipped))
            if max(map(len, row), default=0) > MAX_CELL_CHARS:
                # Enough of it to tell that it is too long.
                row = [cell[: MAX_CELL_CHARS + 1] for cell in row]
            maker.add(line + skipped, row)
            last, line = line, reader.line_num + 1
    except csv.Error as error:
        raise UnreadableTable(_open_quotation_mark(line + skipped)) from error
    if _ends_within_quotes(text, last, delimiter):
        raise UnreadableTable(_open_quotation_mark(last + skipped))


def _open_quotation_mark(line: int) -> Text:
    return msg("The quotation mark in line %(line)s is never closed. Close it, or take it out.", line=line)


def _swallows_lines(row: Sequence[str], delimiter: str, width: int) -> bool:
    """Tell whether a cell holds whole lines of the table: its quotation mark was closed by that of another cell."""
    for cell in row:
        lines = cell.splitlines()[1:-1]
        if lines and width > 1 and sum(line.count(delimiter) == width - 1 for line in lines) == len(lines):
            return True
    return False


def _ends_within_quotes(text: str, line: int, delimiter: str) -> bool:
    """Tell whether the last row, which begins in a line, has a quotation mark that is never closed."""
    rest = "\n".join(io.StringIO(text, newline=None).read().split("\n")[line - 1 :])
    try:
        list(csv.reader(io.StringIO(rest, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "end of data" in str(error)
    return False


def decoded(content: bytes) -> str:
    """Return the words of a text file: UTF-8, UTF-16, or the code page of Windows or DOS that fits its letters.

    Raises:
        UnreadableTable: it stops within a letter.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError as error:
            raise UnreadableTable(msg("The end of the file is missing.")) from error
    head = content[:_LOOK_AT_CHARS]
    for name, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        # Without its mark, UTF-16 shows in the zeros beside each plain letter.
        if zeros.count(0) > len(head) / 2 * _ZEROS_OF_UTF_16 and len(content) % 2 == 0:
            return content.decode(name, errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        central = content.decode("cp1250", errors="replace")
        western = content.decode("cp1252", errors="replace")
        if _DOS.search(western):
            return content.decode("cp850")
        return central if len(_CENTRAL.findall(central)) > len(_WESTERN.findall(western)) else western


def _without_hint(text: str) -> tuple[str, int, str]:
    """Return the text without the line in which spreadsheet programs name the delimiter, and that delimiter."""
    found = re.match(r"\s*sep=([;,|\t])\s*?\r?\n", text, re.IGNORECASE)
    return (text[found.end() :], 1, found[1]) if found else (text, 0, "")


def _find_delimiter(text: str) -> str:
    """Return the delimiter of which most of the first lines have as many as a line of words among them."""
    # What stands in quotation marks does not divide.
    head = re.sub(r'"[^"]*"', "q", text[:_LOOK_AT_CHARS])
    lines = [line for line in head.splitlines() if line.strip()][:_LOOK_AT_LINES]
    has_words = any(map(str.isalpha, head))

    def evenness(delimiter: str) -> tuple[int, int]:
        counts = Counter(count for line in lines if (count := line.count(delimiter)))
        # Numbers with a decimal comma in a column of their own are not divided by it, and neither is a lonely title.
        found = [
            (counts[count], count)
            for line in lines
            if (count := line.count(delimiter)) and (any(map(str.isalpha, line)) or not has_words)
        ]
        return max((one for one in found if one[0] > 1 or len(lines) < 3), default=(0, 0))

    return max(_DELIMITERS, key=evenness)
