"""Reading the first sheet of a LibreOffice file (ODS)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isfinite

from .archives import Parts
from .cells import day
from .sheet import MAX_CELL_CHARS, MAX_COLUMNS, MAX_ROWS, Raw


def open_document_rows(parts: Parts) -> Iterator[tuple[int, list[Raw]]]:
    """Yield each row of the first sheet with its number, from 1; rows without content are passed over."""
    return parts.read("content.xml", _Rows())


_CELLS = ("table:table-cell", "table:covered-table-cell")


class _Rows:
    """Makes rows of cells. Equal neighbours stand in the file once, with how often they are repeated."""

    def __init__(self) -> None:
        self.done: list[tuple[int, list[Raw]]] = []
        self._tables = 0
        self._taken = 0
        self._line = 0
        self._row_repeats = self._cell_repeats = 1
        self._cells: list[Raw] = []
        self._cell: Mapping[str, str] = {}
        self._words = ""
        self._depth = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "table:table":
            self._tables += 1
        elif tag == "table:table-row":
            self._row_repeats = _repeats(attributes, "table:number-rows-repeated")
            self._cells = []
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
            # One more than is allowed, so that the limit is noticed without filling the memory.
            room = MAX_COLUMNS + 1 - len(self._cells)
            self._cells += [self._value()] * min(self._cell_repeats, room)
        elif tag == "table:table-row" and self._tables == 1:
            self._end_row()

    def text(self, words: str) -> None:
        if self._depth and len(self._words) <= MAX_CELL_CHARS:
            self._words += words

    def _end_row(self) -> None:
        if any(cell is not None for cell in self._cells):
            for extra in range(min(self._row_repeats, MAX_ROWS + 2 - self._taken)):
                self._taken += 1
                self.done.append((self._line + extra + 1, self._cells))
        self._line += self._row_repeats

    def _value(self) -> Raw:
        kind = self._cell.get("office:value-type")
        if kind in ("float", "percentage", "currency"):
            value = float(self._cell["office:value"]) if "office:value" in self._cell else None
            return value if value is None or isfinite(value) else self._words or None
        if kind == "date":
            return day(self._cell.get("office:date-value", ""))
        if kind == "boolean":
            return self._cell.get("office:boolean-value") == "true"
        return self._words or None


def _repeats(attributes: Mapping[str, str], name: str) -> int:
    return max(int(attributes.get(name, 1)), 1)
