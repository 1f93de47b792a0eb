"""Reading tables of firms as spreadsheet programs of many countries write them; pure."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from .data import Table, TableLine
from .errors import UnreadableTable
from .rules import loose_key, tidy

MAX_BYTES = 2 * 1024 * 1024
MAX_LINES = 5_000

#: What a coordinator may choose when the letters look wrong.
ENCODINGS = ("auto", "utf-8", "cp1250", "cp1252")

_DELIMITERS = (";", ",", "\t")

#: Column names that are understood, as `loose_key` writes them, in the five languages of the programme.
_COLUMNS = {
    "company": "company firm firma cég vállalkozás virksomhed unternehmen betrieb przedsiębiorstwo company_name",
    "country": "country land kraj ország country_code",
    "region": "region town ort miasto régió by województwo",
    "trade": "trade branch branche branża gewerbe gewerk szakma szakág fag",
    "size": "size größe wielkość méret størrelse staff employees size_class",
    "username": "username user_name login benutzername użytkownik felhasználónév brugernavn",
    "email": "email e_mail mail e_mail_adresse adres_e_mail",
    "first_name": "first_name firstname vorname imię keresztnév utónév fornavn",
    "last_name": "last_name lastname surname nachname nazwisko vezetéknév efternavn",
}
_FIELDS = {loose_key(name.replace("_", " ")): field for field, names in _COLUMNS.items() for name in names.split()}

#: Letters that tell the two single-byte encodings apart: frequent in the languages of one, unlikely in the other's. Not
#: õ and û, which are rare in the west and where Hungarian has its ő and ű.
_CENTRAL = frozenset("ąęłńśźżĄĘŁŃŚŹŻőűŐŰřěůďťňŘĚŮ")
_WESTERN = frozenset("åøæÅØÆêèàçñãœ")


def read_table(content: bytes, encoding: str = "auto") -> Table:
    """Read a table with a line of column names.

    Args:
        content: the file.
        encoding: one of `ENCODINGS`; ``auto`` finds it out.

    Raises:
        UnreadableTable: it is none, or too large.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableTable(_("The table is too large: at most 2 MB. Send it in parts."))
    text, used = _decode(content, encoding)
    text, skipped, delimiter = _without_hint(text)
    if not text.strip():
        raise UnreadableTable(_("The table is empty."))
    delimiter = delimiter or _find_delimiter(text)
    try:
        return _read(text, delimiter, used, skipped)
    except csv.Error as error:
        raise UnreadableTable(_("The table cannot be read. Probably a quotation mark is missing somewhere.")) from error


def _read(text: str, delimiter: str, encoding: str, skipped: int) -> Table:
    rows = _rows(text, delimiter, skipped)
    head = next(rows, None)
    if head is None:
        raise UnreadableTable(_("The table is empty."))
    names = head[1]
    fields = [_FIELDS.get(_column(name)) for name in names]
    if "company" not in fields:
        raise UnreadableTable(_("There is no column with the name “company”. The first line must name the columns."))
    doubled = {field for field in fields if field and fields.count(field) > 1}
    if doubled:
        raise UnreadableTable(_("Two columns mean the same: %(name)s.") % {"name": ", ".join(sorted(doubled))})
    lines: list[TableLine] = []
    for number, row in rows:
        if len(lines) == MAX_LINES:
            raise UnreadableTable(_("The table has too many lines: at most 5,000. Send it in parts."))
        values = {field: tidy(cell) for field, cell in zip(fields, row, strict=False) if field}
        lines.append(TableLine(number=number, **values))
    if not lines:
        raise UnreadableTable(_("The table has column names, and no lines below them."))
    ignored = tuple(tidy(name)[:60] for name, field in zip(names, fields, strict=True) if not field and name.strip())
    return Table(lines=tuple(lines), encoding=encoding, delimiter=delimiter, ignored=ignored)


def _rows(text: str, delimiter: str, skipped: int) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield each line that is not empty with the number at which it begins in the file."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    number = 1
    for row in reader:
        if any(cell.strip() for cell in row):
            yield number + skipped, row
        number = reader.line_num + 1


def _decode(content: bytes, encoding: str) -> tuple[str, str]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif encoding == "auto" or encoding not in ENCODINGS:
        encoding = _find_encoding(content)
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise UnreadableTable(_("This is not a CSV file. In your spreadsheet program, save the table as CSV."))
    try:
        text = content.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        raise UnreadableTable(_("The letters cannot be read with this encoding. Choose “find out”.")) from error
    if "\x00" in text:
        raise UnreadableTable(_("This is not a CSV file. In your spreadsheet program, save the table as CSV."))
    return text, encoding


def _find_encoding(content: bytes) -> str:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        central = content.decode("cp1250", errors="ignore")
        western = content.decode("cp1252", errors="ignore")
        is_central = sum(letter in _CENTRAL for letter in central) > sum(letter in _WESTERN for letter in western)
        return "cp1250" if is_central else "cp1252"
    return "utf-8"


def _without_hint(text: str) -> tuple[str, int, str]:
    """Return the text without the line in which spreadsheet programs name the delimiter, and that delimiter."""
    found = re.match(r"\s*sep=([;,\t])\s*?\r?\n", text, re.IGNORECASE)
    return (text[found.end() :], 1, found[1]) if found else (text, 0, "")


def _find_delimiter(text: str) -> str:
    head = next(line for line in text.splitlines() if line.strip())
    return max(_DELIMITERS, key=lambda delimiter: sum(_column(name) in _FIELDS for name in head.split(delimiter)))


def _column(name: str) -> str:
    return loose_key(name.strip().strip('"').replace("_", " "))
