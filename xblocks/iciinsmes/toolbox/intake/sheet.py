"""A table as it was found: names of columns, rows of raw cells, and where each row stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from iciinsmes.toolbox.errors import UnreadableTable
from iciinsmes.toolbox.instruments.kit import msg

from . import pace

#: What a cell holds before it was read: words of a text file, or what a spreadsheet knows about it.
Raw = str | float | bool | date | datetime | None

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 100_000
MAX_COLUMNS = 60
MAX_CELL_CHARS = 5_000

_MOST_TITLES = 5

#: Cells or rows after which reading looks whether it must rest.
PAUSE_AFTER = 128


@dataclass(frozen=True)
class Sheet:
    """Raw cells below names.

    ``rows`` may be shorter or longer than ``names``; ``lines`` are the numbers of the rows in the file, from 1.
    ``comma_is_decimal`` says how a lonely ``1,234`` is to be read; None if the file does not tell. ``names_line`` is
    where the names stand; ``delimiter`` is what parts the columns of a text file.
    """

    names: tuple[str, ...]
    rows: Sequence[Sequence[Raw]]
    lines: Sequence[int]
    comma_is_decimal: bool | None = None
    names_line: int = 1
    delimiter: str = ""

    def column(self, index: int) -> list[Raw]:
        """Return the cells below one name, None where a row is shorter."""
        return [row[index] if index < len(row) else None for row in self.rows]


class SheetMaker:
    """Takes rows one by one, so that a file that is too large is refused before it fills the memory."""

    def __init__(self) -> None:
        self._names: tuple[str, ...] = ()
        self._rows: list[Sequence[Raw]] = []
        self._lines: list[int] = []
        self._names_line = 1
        self._has_only_titles = False

    def add(self, line: int, cells: Sequence[Raw]) -> None:
        """Take a row; the first that is not empty names the columns, or the first after a few titles of one cell.

        Empty rows are skipped.

        Raises:
            UnreadableTable: a limit is reached.
        """
        if len(self._rows) % PAUSE_AFTER == 0:
            pace.step()
        if not any(cell is not None and str(cell).strip() for cell in cells):
            return
        if len(cells) > MAX_COLUMNS and any(cell not in (None, "") for cell in cells[MAX_COLUMNS:]):
            raise UnreadableTable(msg("The table has more than %(count)s columns.", count=MAX_COLUMNS))
        for cell in cells:
            if isinstance(cell, str) and len(cell) > MAX_CELL_CHARS:
                text = msg("A cell in line %(line)s has more than %(count)s letters.", line=line, count=MAX_CELL_CHARS)
                raise UnreadableTable(text)
        if not self._names or (len(self._rows) < _MOST_TITLES and self._has_only_titles and _may_name_columns(cells)):
            self._names = tuple("" if cell is None else " ".join(str(cell).split()) for cell in cells[:MAX_COLUMNS])
            self._has_only_titles = sum(map(bool, self._names)) == 1
            self._rows, self._lines, self._names_line = [], [], line
            return
        self._has_only_titles = self._has_only_titles and _count(cells) == 1
        if len(self._rows) == MAX_ROWS:
            raise UnreadableTable(msg("The table has more than %(count)s rows.", count=MAX_ROWS))
        self._rows.append(cells)
        self._lines.append(line)

    def sheet(self, *, comma_is_decimal: bool | None = None, delimiter: str = "") -> Sheet:
        """Return what was taken.

        Raises:
            UnreadableTable: there is nothing, or the columns have no names.
        """
        if not self._names:
            raise UnreadableTable(msg("The table is empty."))
        if not any(sign.isalpha() for name in self._names for sign in name):
            raise UnreadableTable(msg("The first line must name the columns."))
        return Sheet(self._names, self._rows, self._lines, comma_is_decimal, self._names_line, delimiter)


def _count(cells: Sequence[Raw]) -> int:
    return sum(cell is not None and bool(str(cell).strip()) for cell in cells)


def _may_name_columns(cells: Sequence[Raw]) -> bool:
    """Tell whether a row has several cells, all of them words."""
    filled = [cell for cell in cells if cell is not None and str(cell).strip()]
    return len(filled) > 1 and all(isinstance(cell, str) and not any(map(str.isdigit, cell)) for cell in filled)
