"""Taking the rows of a file one by one, and finding the one that names the columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from iciinsmes.toolbox.errors import UnreadableTable
from iciinsmes.toolbox.instruments.framework import Text, msg

from .. import pace
from ..cells.amounts import number
from ..cells.days import SERIAL_START, day, is_american_day
from ..sheet import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, PAUSE_AFTER, Raw, Sheet, filled, is_filled
from .datev import is_datev, with_years

#: Titles, remarks and the name of a firm stand above the names of the columns, and not more than this.
_LOOK_AT_ROWS = 25
#: What stands above is narrower than the table.
_NARROW = 0.6

Line = tuple[int, Sequence[Raw]]


class SheetMaker:
    """Takes rows one by one, so that a file that is too large is refused before it fills the memory."""

    def __init__(self) -> None:
        self._first: list[Line] = []
        self._head: Line | None = None
        self._above: Sequence[Line] = ()
        self._rows: list[Sequence[Raw]] = []
        self._lines: list[int] = []
        self._cells = 0

    @property
    def count(self) -> int:
        """How many rows were taken that hold anything."""
        return len(self._first) + len(self._rows)

    def add(self, line: int, cells: Sequence[Raw]) -> None:
        """Take a row; empty ones are passed over.

        Raises:
            UnreadableTable: a limit is reached.
        """
        if len(self._rows) % PAUSE_AFTER == 0:
            pace.step()
        first = cells[0] if cells else None
        if (not first or (isinstance(first, str) and first.isspace())) and not any(map(is_filled, cells)):
            return
        if len(cells) > MAX_COLUMNS and any(cell not in (None, "") for cell in cells[MAX_COLUMNS:]):
            raise UnreadableTable(msg("The table has more than %(count)s columns.", count=MAX_COLUMNS))
        self._count(len(cells))
        if self._head is None:
            self._first.append((line, cells))
            if len(self._first) == _LOOK_AT_ROWS:
                self._find_head()
        else:
            self._take(line, cells)

    def add_all(self, line: int, rows: Sequence[Sequence[str]]) -> None:
        """Take rows that follow one another, the first of them in a line; as `add`, and faster where all are plain.

        Raises:
            UnreadableTable: a limit is reached.
        """
        widest = max(map(len, rows), default=0)
        is_plain = self._head is not None and widest <= MAX_COLUMNS and len(self._rows) + len(rows) <= MAX_ROWS
        if not is_plain or not all(row and row[0].strip() for row in rows):
            for place, row in enumerate(rows, line):
                self.add(place, row)
            return
        pace.step()
        self._count(sum(map(len, rows)))
        self._rows.extend(rows)
        self._lines.extend(range(line, line + len(rows)))

    def sheet(self, *, comma_is_decimal: bool | None = None, delimiter: str = "", start: date = SERIAL_START) -> Sheet:
        """Return what was taken.

        Raises:
            UnreadableTable: there is nothing, or the columns have no names.
        """
        if self._head is None:
            self._find_head()
        if self._head is None:
            raise UnreadableTable(msg("The table is empty."))
        line, cells = self._head
        names = tuple("" if cell is None else " ".join(str(cell).split()) for cell in cells[:MAX_COLUMNS])
        if not any(sign.isalpha() for name in names for sign in name):
            raise UnreadableTable(msg("The first line must name the columns."))
        notes: tuple[Text, ...] = ()
        if self._above:
            notes = (msg("The names of the columns were found in line %(line)s.", line=line),)
        sheet = Sheet(names, self._rows, self._lines, comma_is_decimal, line, delimiter, start, notes=notes)
        if self._above and is_datev(self._above[0][1]):
            sheet = with_years(sheet, self._above[0][1])
        return _with_filled_names(sheet)

    def _find_head(self) -> None:
        if not self._first:
            return
        place = head_of(self._first)
        self._head = self._first[place]
        self._above = self._first[:place]
        for line, cells in self._first[place + 1 :]:
            self._take(line, cells)
        self._first = []

    def _count(self, cells: int) -> None:
        self._cells += cells
        if self._cells > MAX_CELLS:
            raise UnreadableTable(msg("The table has more than %(count)s cells.", count=MAX_CELLS))

    def _take(self, line: int, cells: Sequence[Raw]) -> None:
        if len(self._rows) == MAX_ROWS:
            raise UnreadableTable(msg("The table has more than %(count)s rows.", count=MAX_ROWS))
        self._rows.append(cells)
        self._lines.append(line)


def head_of(rows: Sequence[Line]) -> int:
    """Return the place of the row that names the columns: the first, or the first as wide as the table below titles.

    Args:
        rows: the first rows of a file that hold anything, each with its line.
    """
    widths = [len(filled(cells)) for _line, cells in rows]
    widest = max(widths)
    if widths[0] > widest * _NARROW and _are_words(rows[0][1]):
        return _below_gap(rows, widths)
    for place, (_line, cells) in enumerate(rows):
        if place and widths[place] > 1 and widths[place] == max(widths[place:]) and _are_words(cells):
            return place
    return 0


def _below_gap(rows: Sequence[Line], widths: Sequence[int]) -> int:
    """Return the row below an empty line that parts two blocks of words, if figures follow it; else the first."""
    for place in range(1, len(rows) - 1):
        if not _are_words(rows[place][1]):
            return 0
        has_gap = rows[place][0] > rows[place - 1][0] + 1
        if has_gap and widths[place] >= max(widths[:place]) and not _are_words(rows[place + 1][1]):
            return place
    return 0


def _are_words(cells: Sequence[Raw]) -> bool:
    """Tell whether what is filled in a row are words, neither numbers nor days."""
    return all(isinstance(cell, str) and not is_figure(cell) for cell in filled(cells))


def is_figure(cell: Raw) -> bool:
    """Tell whether a cell is a number or a day."""
    if not isinstance(cell, str):
        return cell is not None
    if not any(map(str.isdigit, cell)):
        return False
    return any(number(cell, sign) is not None for sign in ",.") or day(cell) is not None or is_american_day(cell)


def _with_filled_names(sheet: Sheet) -> Sheet:
    """Take the name from a column without any cell where another column has the same name and cells."""
    doubled = {name for name in sheet.names if name and sheet.names.count(name) > 1}
    if not doubled:
        return sheet
    has_cells = [name not in doubled or any(map(is_filled, sheet.column(i))) for i, name in enumerate(sheet.names)]
    with_cells = {name for name, has in zip(sheet.names, has_cells, strict=True) if has}
    names = tuple(
        "" if name in with_cells and not has else name for name, has in zip(sheet.names, has_cells, strict=True)
    )
    return replace(sheet, names=names)
