"""Reading what spreadsheet programs of many countries write as text, or put on the clipboard."""

from __future__ import annotations

import csv
import io
import re

from iciinsmes.toolbox.errors import UnreadableTable
from iciinsmes.toolbox.instruments.kit import msg

from .sheet import Sheet, SheetMaker

_DELIMITERS = ("\t", ";", "|", ",")
_LOOK_AT_CHARS = 20_000
_LOOK_AT_LINES = 20
_ZEROS_OF_UTF_16 = 0.8
_MOST_TITLES = 5

#: Letters that tell the two single-byte encodings apart: frequent in the languages of one, unlikely in the other's. Not
#: õ and û, which are rare in the west and where Hungarian has its ő and ű.
_CENTRAL = re.compile("[ąęłńśźżĄĘŁŃŚŹŻőűŐŰřěůďťňŘĚŮ]")
_WESTERN = re.compile("[åøæÅØÆêèàçñãœ]")


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
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    try:
        for row in reader:
            maker.add(line + skipped, row)
            line = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableTable(
            msg("The table cannot be read. Probably a quotation mark is missing somewhere.")
        ) from error
    return maker.sheet(comma_is_decimal=False if delimiter == "," else None, delimiter=delimiter)


def decoded(content: bytes) -> str:
    """Return the words of a text file: UTF-8, UTF-16, or the Windows code page that fits its letters.

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
        return central if len(_CENTRAL.findall(central)) > len(_WESTERN.findall(western)) else western


def _without_hint(text: str) -> tuple[str, int, str]:
    """Return the text without the line in which spreadsheet programs name the delimiter, and that delimiter."""
    found = re.match(r"\s*sep=([;,|\t])\s*?\r?\n", text, re.IGNORECASE)
    return (text[found.end() :], 1, found[1]) if found else (text, 0, "")


def _find_delimiter(text: str) -> str:
    """Return the delimiter that splits the first lines most evenly; a comma may as well be a decimal sign."""
    # What stands in quotation marks does not divide.
    head = re.sub(r'"[^"]*"', "", text[:_LOOK_AT_CHARS])
    lines = [line for line in head.splitlines() if line.strip()][:_LOOK_AT_LINES]
    if lines and not any(delimiter in lines[0] for delimiter in _DELIMITERS):
        lines = _below_titles(lines)

    def evenness(delimiter: str) -> tuple[int, int]:
        in_head = lines[0].count(delimiter) if lines else 0
        return (sum(line.count(delimiter) == in_head for line in lines) if in_head else 0, in_head)

    return max(_DELIMITERS, key=evenness)


def _below_titles(lines: list[str]) -> list[str]:
    """Return the lines from the one that names columns; all if there is none: a single column may have commas."""
    for place, line in enumerate(lines[:_MOST_TITLES]):
        if not any(map(str.isdigit, line)) and any(line.count(delimiter) > 1 for delimiter in "\t;|"):
            return lines[place:]
    return lines
