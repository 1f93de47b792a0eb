"""Tables of reports: what stands in their cells, the same for page, print and files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from . import dates
from .decimals import written
from .spreadsheet_file import Cell
from .table_files import XLSX


@dataclass(frozen=True)
class Mark:
    """A cell in words, with a sign and a colour that say the same; a file has only the words.

    ``tone`` is good, warn, calm, bad or empty; ``url`` leads to what it is about; ``note`` is small print; of what
    ``is_quiet`` eyes get the sign alone.
    """

    words: str
    tone: str = ""
    sign: str = ""
    url: str = ""
    note: str = ""
    is_quiet: bool = False


Entry = Cell | Mark
Row = Sequence[Entry]


@dataclass(frozen=True)
class Column:
    """A heading; where it is short, ``full`` says it in full."""

    title: str
    full: str = ""
    is_number: bool = False


@dataclass(frozen=True)
class ReportTable:
    """A table, and a chart of the same numbers beside it where there is one.

    ``rows`` may be made while they are read; whoever reads them reads them once.
    """

    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Row]
    chart: SafeString | str = ""


def count_or_hidden(count: int | None) -> Mark | int:
    """Return a count as a cell; None is one that may not be shown."""
    return Mark(_("hidden")) if count is None else count


def words_of(entry: Entry) -> Cell:
    """Return what a file has of a cell."""
    if not isinstance(entry, Mark):
        return entry
    return f"{entry.words} ({entry.note})" if entry.note else entry.words


def shown(table: ReportTable) -> dict[str, object]:
    """Return a table with its cells as the page has them: a mark, or a text that may be a number."""
    rows = [[entry if isinstance(entry, Mark) else Mark(_text(entry)) for entry in row] for row in table.rows]
    lines = [list(zip(row, table.columns, strict=True)) for row in rows]
    return {"table": table, "lines": lines, "has_short": any(column.full for column in table.columns)}


def _text(cell: Cell) -> str:
    """Return a cell as the page has it: days by the language, numbers of any kind with their thousands apart."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return dates.short(cell)
    return written(Decimal(str(cell))) if isinstance(cell, int | float | Decimal) else cell


def sheets(tables: Sequence[ReportTable], wanted: str) -> dict[str, Iterable[list[Cell]]]:
    """Return the tables as sheets; CSV has one, in which each line names its table."""
    if wanted == XLSX or len(tables) == 1:
        return {f"{number} {table.title}"[:31]: _lines(table) for number, table in enumerate(tables, 1)}
    return {"all": (line for table in tables for line in _lines(table, with_title=True))}


def _lines(table: ReportTable, *, with_title: bool = False) -> Iterator[list[Cell]]:
    first: list[Cell] = [table.title] if with_title else []
    yield [*first, *(column.full or column.title for column in table.columns)]
    for row in table.rows:
        yield [*first, *map(words_of, row)]
