"""Tables pasted from a spreadsheet: text in, rows of equal length out, and back; pure functions."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from .errors import ItemRefused
from .names import clean_text

MAX_ROWS = 500
MAX_COLUMNS = 30
MAX_BYTES = 200_000

# A cell in quotes may hold every separator.
_QUOTED = re.compile(r'(?:^|(?<=[\t;,]))"(?:[^"]|"")*"', re.MULTILINE)
# A comma between two digits is a decimal comma until another comma shows that it is not.
_SEPARATING_COMMA = re.compile(r"(?<!\d),|,(?!\d)")
_NEEDS_QUOTES = re.compile(r'["\t]')
_NEEDS_QUOTES_ALONE = re.compile(r'["\t;,]')


def rows_in(text: str) -> list[list[str]]:
    """Read a pasted table.

    Cells are parted by tabs, as spreadsheets copy them; without any, by semicolons, then by commas. Cells may stand in
    quotes. Numbers stay as they were typed. Empty rows and empty columns at the end are left out.

    Raises:
        ItemRefused: there is nothing in it, or more than the limits of this module.
    """
    if len(text.encode(errors="replace")) > MAX_BYTES:
        raise _refused(_("This table is too large. Up to 200 kB can be pasted; add a larger one as a file."))
    text = text.replace("\x00", "")
    try:
        read = list(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text)))
    except csv.Error as error:
        raise _refused(
            _("This cannot be read as a table. Copy the cells in your spreadsheet and paste again.")
        ) from error
    rows = [cells for row in read if any(cells := [clean_text(cell) for cell in row])]
    if not rows:
        raise _refused(_("Paste the cells of your table here first."))
    width = max(index for row in rows for index, cell in enumerate(row, start=1) if cell)
    if len(rows) > MAX_ROWS or width > MAX_COLUMNS:
        raise _refused(
            _("%(rows)d rows and %(columns)d columns are too many: %(max_rows)d and %(max_columns)d can be pasted.")
            % {"rows": len(rows), "columns": width, "max_rows": MAX_ROWS, "max_columns": MAX_COLUMNS}
        )
    return [(row + [""] * width)[:width] for row in rows]


def text_of(rows: Sequence[Sequence[str]]) -> str:
    """Write rows as text that `rows_in` reads back as the same rows."""
    pattern = _NEEDS_QUOTES if len(rows[0]) > 1 else _NEEDS_QUOTES_ALONE
    return "\n".join("\t".join(_quoted(cell) if pattern.search(cell) else cell for cell in row) for row in rows)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


def _separator(text: str) -> str:
    bare = _QUOTED.sub('""', text)
    if "\t" in bare:
        return "\t"
    if ";" in bare:
        return ";"
    return "," if _SEPARATING_COMMA.search(bare) else "\t"


def _refused(message: str) -> ItemRefused:
    return ItemRefused({"text": message})
