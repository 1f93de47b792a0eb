"""Reading the sheets of an Excel file (XLSX)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from enum import Enum
from math import isfinite

from iciinsmes.toolbox.errors import UnreadableTable

from ..cells.days import day
from ..sheet import MAX_CELL_CHARS, MAX_COLUMNS, Formula, Percent, Raw
from .archives import NamedTable, Parts, damaged, too_much

#: Built-in number formats of Excel that show days, times without a day, and percent.
_DATE_FORMATS = frozenset(map(str, [*range(14, 18), 22, *range(27, 37), *range(50, 59)]))
_TIME_FORMATS = frozenset(map(str, [*range(18, 22), *range(45, 48)]))
_PERCENT_FORMATS = frozenset(["9", "10"])
_NOT_A_PART = re.compile(r'"[^"]*"|\\.|_.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_1900, _1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_LAST_SERIAL = 200_000
#: A number shown as a time only is a day with a time from here on; below, so many hours.
_FIRST_SERIAL = 20_000
_MAX_STRINGS = 2_000_000
_MAX_DIGITS = 10
#: Percent is kept as a fraction: 0.07 times 100 is not quite 7.
_DIGITS = 10


class _Shown(Enum):
    """What a number format makes of a number."""

    NUMBER = "number"
    DAY = "day"
    TIME = "time"
    PERCENT = "percent"


def excel_tables(parts: Parts) -> Iterator[NamedTable]:
    """Yield the sheets that are not hidden, in their order.

    Raises:
        UnreadableTable: there is no sheet.
    """
    words = list(parts.read("xl/sharedStrings.xml", _Strings()))
    book = list(parts.read("xl/workbook.xml", _Starts("sheet", "workbookPr")))
    links = {
        entry.get("Id", ""): entry.get("Target", "")
        for _tag, entry in parts.read("xl/_rels/workbook.xml.rels", _Starts("Relationship"))
    }
    shown = _styles(list(parts.read("xl/styles.xml", _Starts("numFmt", "cellXfs", "cellStyles", "xf"))))
    is_1904 = any(entry.get("date1904") in ("1", "true") for tag, entry in book if tag == "workbookPr")
    start = _1904 if is_1904 else _1900
    has_sheet = False
    for tag, entry in book:
        target = links.get(entry.get("r:id", ""))
        if tag == "sheet" and target and entry.get("state", "visible") == "visible":
            has_sheet = True
            name = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            handler = _Rows(words, shown, start)
            yield NamedTable(entry.get("name", ""), parts.read(name, handler), handler.hidden, start.date())
    if not has_sheet:
        raise UnreadableTable(damaged())


def _styles(styles: Sequence[tuple[str, Mapping[str, str]]]) -> Mapping[int, _Shown]:
    """Return what the cell styles show, by their numbers; those that show a plain number are left out."""
    own = {entry.get("numFmtId"): entry.get("formatCode", "") for tag, entry in styles if tag == "numFmt"}
    tags = [tag for tag, _entry in styles]
    first = tags.index("cellXfs") + 1 if "cellXfs" in tags else len(tags)
    last = tags.index("cellStyles") if "cellStyles" in tags else len(tags)
    used = [entry.get("numFmtId", "0") for tag, entry in styles[first:last] if tag == "xf"]
    found = {index: _shown(key, own.get(key, "")) for index, key in enumerate(used)}
    return {index: shown for index, shown in found.items() if shown is not _Shown.NUMBER}


def _shown(key: str, code: str) -> _Shown:
    plain = _NOT_A_PART.sub("", code).lower()
    if key in _DATE_FORMATS or "y" in plain or "d" in plain:
        return _Shown.DAY
    if key in _TIME_FORMATS or "h" in plain or "s" in plain:
        return _Shown.TIME
    return _Shown.PERCENT if key in _PERCENT_FORMATS or "%" in plain else _Shown.NUMBER


class _Starts:
    """Keeps the attributes of some elements."""

    def __init__(self, *tags: str) -> None:
        self.done: list[tuple[str, Mapping[str, str]]] = []
        self._tags = tags

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in self._tags:
            self.done.append((tag, attributes))

    def end(self, tag: str) -> None:
        pass

    def text(self, words: str) -> None:
        pass


class _Strings:
    """Keeps the words that cells share; hints for pronunciation (rPh) are none of them."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self._words = ""
        self._count = 0
        self._is_hint = self._is_text = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "si":
            self._words = ""
        elif tag == "rPh":
            self._is_hint = True
        self._is_text = tag == "t" and not self._is_hint

    def end(self, tag: str) -> None:
        self._is_text = False
        if tag == "rPh":
            self._is_hint = False
        elif tag == "si":
            self._count += 1
            if self._count > _MAX_STRINGS:
                raise UnreadableTable(too_much())
            self.done.append(self._words)

    def text(self, words: str) -> None:
        if self._is_text and len(self._words) <= MAX_CELL_CHARS:
            self._words += words


class _Rows:
    """Makes rows of cells: numbers, days where the style shows one, words."""

    def __init__(self, words: Sequence[str], shown: Mapping[int, _Shown], first_day: datetime) -> None:
        self.done: list[tuple[int, Sequence[Raw]]] = []
        self.hidden: list[int] = []
        self._shared = words
        self._shown = shown
        self._first_day = first_day
        self._line = 0
        self._cells: list[Raw] = []
        self._index = 0
        self._kind = "n"
        self._style = 0
        self._words = ""
        self._formula = ""
        self._is_value = self._is_hidden = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "c":
            place = attributes.get("r")
            # Cells beyond the limit all land in one behind it, so that it is noticed without filling the memory.
            index = _column_index(place) if place else len(self._cells)
            self._index = min(max(index, 0), MAX_COLUMNS)
            self._kind = attributes.get("t", "n")
            self._style = _count(attributes.get("s"), 0)
            self._words = self._formula = ""
        elif tag == "row":
            self._line = _count(attributes.get("r"), self._line + 1)
            self._cells = []
            self._is_hidden = attributes.get("hidden") in ("1", "true")
        elif tag == "f":
            # A formula that many cells share stands in the first one only.
            self._formula = "="
        self._is_value = tag in ("v", "t")

    def end(self, tag: str) -> None:
        self._is_value = False
        if tag == "c" and (self._words or self._formula):
            self._cells += [None] * (self._index + 1 - len(self._cells))
            self._cells[self._index] = self._value()
        elif tag == "c" and self._index == len(self._cells) < MAX_COLUMNS:
            self._cells.append(None)
        elif tag == "row":
            self.done.append((self._line, self._cells))
            if self._is_hidden and self._cells:
                self.hidden.append(self._line)

    def text(self, words: str) -> None:
        if self._is_value and len(self._words) <= MAX_CELL_CHARS:
            self._words += words

    def _value(self) -> Raw:
        if not self._words:
            return "" if self._kind == "str" else Formula(self._formula)
        if self._kind == "s":
            index = int(self._words)
            return self._shared[index] if 0 <= index < len(self._shared) else None
        if self._kind == "n":
            number = float(self._words)
            if not isfinite(number):
                return self._words
            return self._as_shown(number) if self._style in self._shown else number
        if self._kind == "b":
            return self._words == "1"
        if self._kind == "d":
            return day(self._words)
        return self._words

    def _as_shown(self, number: float) -> Raw:
        shown = self._shown[self._style]
        if shown is _Shown.PERCENT:
            return Percent(round(number * 100, _DIGITS))
        if shown is _Shown.TIME and number < _FIRST_SERIAL:
            return f"{timedelta(seconds=round(number * 86_400))!s}" if abs(number) < _FIRST_SERIAL else self._words
        return self._first_day + timedelta(days=number) if 0 <= number < _LAST_SERIAL else number


def _count(words: str | None, standard: int) -> int:
    """Read a number that counts something; a program may leave it out, or write what is none."""
    return int(words) if words and words.isascii() and words.isdigit() and len(words) < _MAX_DIGITS else standard


def _column_index(place: str) -> int:
    """Return 0 for A1, 26 for AA7."""
    index = 0
    for letter in place:
        if letter.isdecimal():
            break
        index = index * 26 + ord(letter) - 64
    return index - 1
