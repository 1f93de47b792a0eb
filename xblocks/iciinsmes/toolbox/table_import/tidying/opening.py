"""Opening what a learner brings: a file or a pasted text becomes a sheet without the lines that are no data."""

from __future__ import annotations

from ..files.text_files import sheet_from_text
from ..files.uploads import sheet_from_file
from ..sheet import MAX_BYTES, Sheet
from .lines import tidied


def open_table(*, content: bytes, as_written: bool = False, most_bytes: int = MAX_BYTES) -> Sheet:
    """Read a CSV, XLSX or ODS file into raw cells.

    Args:
        content: of the file.
        most_bytes: how large it may be.
        as_written: keep rows of totals and second lines of headings, which are else no rows of the sheet.

    Raises:
        UnreadableTable: it is no table, or too large.
    """
    sheet = sheet_from_file(content, most_bytes)
    return sheet if as_written else tidied(sheet)


def open_pasted(*, text: str, delimiter: str = "", as_written: bool = False) -> Sheet:
    """Read a table pasted from a spreadsheet into raw cells.

    Args:
        text: the table.
        delimiter: what parts its columns, where the caller knows.
        as_written: as for `open_table`.

    Raises:
        UnreadableTable: it is no table, or too large.
    """
    sheet = sheet_from_text(text, delimiter)
    return sheet if as_written else tidied(sheet)
