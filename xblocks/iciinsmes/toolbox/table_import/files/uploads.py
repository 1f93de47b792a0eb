"""Telling apart what somebody uploads."""

from __future__ import annotations

from iciinsmes.toolbox.errors import UnreadableTable
from iciinsmes.toolbox.instruments.framework import msg

from ..sheet import MAX_BYTES, Sheet
from .spreadsheets import sheet_from_spreadsheet
from .text_files import decoded, sheet_from_text

_ZIP = b"PK\x03\x04"
#: Old Excel files, and newer ones with a password.
_OLE = b"\xd0\xcf\x11\xe0"
#: Web pages come with the name of an Excel file from many programs.
_LOOK_AT_BYTES = 1_000
_FOREIGN = (
    b"%pdf",
    b"\x89png",
    b"\xff\xd8\xff",
    b"gif8",
    b"<htm",
    b"<!doc",
    b"<tab",
    b"<?xml",
    b"<div",
    b"{\\rtf",
    b"[{",
    b'{"',
)


def sheet_from_file(content: bytes, most_bytes: int = MAX_BYTES) -> Sheet:
    """Read a table from a file of any kind that is understood; the content decides, not the name.

    Raises:
        UnreadableTable: it is no table, or too large.
    """
    check_size(len(content), most_bytes)
    if content.startswith(_ZIP):
        return sheet_from_spreadsheet(content)
    if content.startswith(_OLE):
        text = msg("This is an old Excel file, or it has a password. Save it as XLSX without a password.")
        raise UnreadableTable(text)
    if content[:_LOOK_AT_BYTES].removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_FOREIGN):
        raise UnreadableTable(msg("This is not a table. Save it as a spreadsheet or as CSV."))
    return sheet_from_text(decoded(content))


def check_size(size: int, most_bytes: int) -> None:
    """Refuse a file of too many bytes.

    Raises:
        UnreadableTable: it is too large.
    """
    if size > most_bytes:
        raise UnreadableTable(msg("The file is too large: at most %(size)s MB.", size=most_bytes // 1024 // 1024))
