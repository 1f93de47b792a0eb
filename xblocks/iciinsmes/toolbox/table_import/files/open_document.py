"""Reading the sheets of a LibreOffice file (ODS)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from math import isfinite
from operator import itemgetter

from ..cells.days import day
from ..sheet import MAX_CELL_CHARS, MAX_COLUMNS, MAX_ROWS, Formula, Percent, Raw
from .archives import NamedTable, Parts

_Row = tuple[int, int, list[Raw]]


def open_document_tables(parts: Parts) -> Iterator[NamedTable]:
    """Yield the sheets that are not hidden, in their order; rows without content are passed over.

    All sheets stand in one part, so the rows of one must be read before those of the next.
    """
    handler = _Rows()
    for index, rows in groupby(parts.read("content.xml", handler), itemgetter(0)):
        lines = ((line, cells) for _table, line, cells in rows)
        yield NamedTable(handler.names[index], lines, handler.hidden[index])


#: Of all sheets together; one more than is allowed in one is refused there.
_MOST_ROWS = 2 * MAX_ROWS
#: Percent is kept as a fraction: 0.07 times 100 is not quite 7.
_DIGITS = 10
_CELLS = ("table:table-cell", "table:covered-table-cell")


class _Rows:
    """Makes rows of cells. Equal neighbours stand in the file once, with how often they are repeated."""

    def __init__(self) -> None:
        self.done: list[_Row] = []
        self.names: list[str] = []
        self.hidden: list[list[int]] = []
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._is_shown = self._is_row_shown = True
        self._taken = 0
        self._line = 0
        self._row_repeats = self._cell_repeats = 1
        self._cells: list[Raw] = []
        self._blanks = 0
        self._cell: Mapping[str, str] = {}
        self._words = ""
        self._depth = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "table:table":
            self.names.append(attributes.get("table:name", ""))
            self.hidden.append([])
            self._line = 0
            self._is_shown = attributes.get("table:style-name") not in self._hidden_styles
        elif tag == "style:style":
            self._style = attributes.get("style:name", "")
        elif tag == "style:table-properties" and attributes.get("table:display") == "false":
            self._hidden_styles.add(self._style)
        elif tag == "table:table-row":
            self._row_repeats = _repeats(attributes, "table:number-rows-repeated")
            self._cells = []
            self._blanks = 0
            self._is_row_shown = attributes.get("table:visibility", "visible") == "visible"
        elif tag in _CELLS:
            self._cell_repeats = _repeats(attributes, "table:number-columns-repeated")
            self._cell = attributes
            self._words = ""
        elif tag == "text:p":
            self._depth += 1
            self._words += "\n" if self._words else ""

    def end(self, tag: str) -> None:
        if tag == "text:p":
            self._depth -= 1
        elif tag in _CELLS:
            value = self._value()
            if value is None:
                # A row ends with thousands of empty cells.
                self._blanks += self._cell_repeats
            else:
                self._append(None, self._blanks)
                self._append(value, self._cell_repeats)
                self._blanks = 0
        elif tag == "table:table-row" and self._is_shown and self.names:
            self._end_row()

    def text(self, words: str) -> None:
        if self._depth and len(self._words) <= MAX_CELL_CHARS:
            self._words += words

    def _append(self, value: Raw, count: int) -> None:
        """Add cells, and one more than is allowed, so that the limit is noticed without filling the memory."""
        self._cells += [value] * min(count, MAX_COLUMNS + 1 - len(self._cells))

    def _end_row(self) -> None:
        if any(cell is not None for cell in self._cells):
            for extra in range(min(self._row_repeats, _MOST_ROWS - self._taken)):
                self._taken += 1
                self.done.append((len(self.names) - 1, self._line + extra + 1, self._cells))
                if not self._is_row_shown:
                    self.hidden[-1].append(self._line + extra + 1)
        self._line += self._row_repeats

    def _value(self) -> Raw:
        kind = self._cell.get("office:value-type")
        if kind in ("float", "percentage", "currency"):
            value = float(self._cell["office:value"]) if "office:value" in self._cell else None
            if kind == "percentage" and value is not None and isfinite(value):
                return Percent(round(value * 100, _DIGITS))
            return value if value is not None and isfinite(value) else self._words or None
        if kind == "date":
            return day(self._cell.get("office:date-value", ""))
        if kind == "boolean":
            return self._cell.get("office:boolean-value") == "true"
        if not self._words and "table:formula" in self._cell:
            return Formula(self._cell["table:formula"])
        return self._words or None


def _repeats(attributes: Mapping[str, str], name: str) -> int:
    return max(int(attributes.get(name, 1)), 1)
