"""A table as it was found: names of columns, rows of raw cells, and where each row stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import itemgetter

from iciinsmes.toolbox.instruments.framework import Text

#: What a cell holds before it was read: words of a text file, or what a spreadsheet knows about it.
Raw = str | float | bool | date | datetime | None

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 100_000
MAX_COLUMNS = 1_000
#: A hundred thousand rows of sixty columns, or fewer of more.
MAX_CELLS = 6_000_000
MAX_CELL_CHARS = 5_000

#: Cells or rows after which reading looks whether it must rest.
PAUSE_AFTER = 128


class Percent(float):
    """A cell that a spreadsheet shows as percent: 45 where it keeps 0.45."""


class Formula(str):
    """A formula whose value the program that wrote the file did not compute."""

    __slots__ = ()


@dataclass(frozen=True)
class Skipped:
    """A line that is no data, and why: a row of totals, a second line of headings."""

    line: int
    text: Text


@dataclass(frozen=True)
class Sheet:
    """Raw cells below names.

    ``rows`` may be shorter or longer than ``names``; ``lines`` are the numbers of the rows in the file, from 1.
    ``comma_is_decimal`` says how a lonely ``1,234`` is to be read; None if the file does not tell. ``names_line`` is
    where the names stand; ``delimiter`` is what parts the columns of a text file. ``start`` is from which day serial
    numbers count. ``questions`` are what stands below the names where a survey program writes its questions there, as
    many as names, or none. ``skipped`` are lines that are no data, ``notes`` what else is to be known about the table.
    """

    names: tuple[str, ...]
    rows: Sequence[Sequence[Raw]]
    lines: Sequence[int]
    comma_is_decimal: bool | None = None
    names_line: int = 1
    delimiter: str = ""
    start: date = date(1899, 12, 30)
    questions: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = field(default=())
    notes: tuple[Text, ...] = field(default=())

    def column(self, index: int) -> list[Raw]:
        """Return the cells below one name, None where a row is shorter."""
        try:
            return list(map(itemgetter(index), self.rows))
        except IndexError:
            return [cell_of(row, index) for row in self.rows]

    def cells(self, index: int) -> Iterator[Raw]:
        """Yield the cells below one name that rows have, for whoever needs the first ones only."""
        return (row[index] for row in self.rows if index < len(row))


def cell_of(row: Sequence[Raw], index: int) -> Raw:
    """Return a cell of a row, None where the row is shorter."""
    return row[index] if index < len(row) else None


def is_filled(cell: Raw) -> bool:
    """Tell whether a cell holds anything."""
    return cell is not None and (not isinstance(cell, str) or (bool(cell) and not cell.isspace()))


def filled(cells: Sequence[Raw]) -> list[Raw]:
    """Return the cells of a row that hold anything."""
    return [cell for cell in cells if is_filled(cell)]
