"""Opening a table, and its lines that are no data: rows of totals, second lines of headings, remarks below."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import compress
from statistics import median
from typing import NamedTuple

from iciinsmes.toolbox.instruments.framework import Text, msg

from ..cells.amounts import numbers
from ..cells.money import currency
from ..files.sheet_maker import is_figure
from ..files.text_files import sheet_from_text
from ..files.uploads import sheet_from_file
from ..languages import all_words
from ..names import plain_name
from ..sheet import MAX_BYTES, Raw, Sheet, Skipped, cell_of, filled, is_filled

_TOTALS = frozenset(map(plain_name, all_words(lambda pack: pack.totals)))
#: Looking at the first word is enough for nearly all cells.
_BEGINNING = re.compile(r"[^\W\d_]+")
_BEGINNINGS = frozenset(
    _BEGINNING.findall(form)[0] for word in all_words(lambda pack: pack.totals) for form in (word, plain_name(word))
)
_ANSWER_LINES = frozenset(plain_name(word) for word in all_words(lambda pack: pack.answer_lines))
#: Qualtrics writes below its questions how it knows them.
_IMPORT_ID = '{"ImportId"'

_SIGN = "\u2211"
_SIGNS_OF_TOTALS = frozenset("\u2211\u03a3\u00d8\u2205")
_LONGEST_LABEL = 40
#: A word for totals stands in one of them.
_FIRST_COLUMNS = 4
#: A word that begins more rows than this is a group of its own, not a sum.
_FEW, _FEW_SHARE = 3, 0.2
_LOOK_AT_ROWS = 50
_FIGURES_SHARE = 0.8
_TOLERANCE = 1e-6
_FEWEST_ADDED = 3
_TIMES_LARGER = 2


def tidied(sheet: Sheet) -> Sheet:
    """Return a sheet without the lines that are no data; they are named in ``skipped``."""
    questions, skipped = _second_headings(sheet)
    skipped |= _repeated_names(sheet)
    skipped |= _totals(sheet, skipped)
    skipped |= _remarks(sheet, skipped)
    if not skipped:
        return sheet
    keep = [place not in skipped for place in range(len(sheet.rows))]
    return replace(
        sheet,
        names=_full_names(sheet.names, questions),
        rows=list(compress(sheet.rows, keep)),
        lines=list(compress(sheet.lines, keep)),
        questions=questions,
        skipped=tuple(Skipped(sheet.lines[place], text) for place, text in sorted(skipped.items())),
    )


def _second_headings(sheet: Sheet) -> tuple[tuple[str, ...], dict[int, Text]]:
    """Return the questions below the names, and the places of the lines with them."""
    count = _qualtrics(sheet) or int(_is_answer_line(sheet) or _is_heading(sheet))
    if not count:
        return (), {}
    words = [*sheet.rows[0], *[None] * len(sheet.names)][: len(sheet.names)]
    questions = tuple("" if cell is None else " ".join(str(cell).split()) for cell in words)
    return questions, dict.fromkeys(range(count), msg("is a second line of headings"))


def _qualtrics(sheet: Sheet) -> int:
    """Return how many lines below the names are no answers, if a line with ids of Qualtrics is among them."""
    for place, row in enumerate(sheet.rows[:3]):
        cells = filled(row)
        if cells and all(isinstance(cell, str) and cell.lstrip().startswith(_IMPORT_ID) for cell in cells):
            return place + 1
    return 0


def _is_answer_line(sheet: Sheet) -> bool:
    """Tell whether the first line only says what kind of answer follows, as SurveyMonkey writes it."""
    if len(sheet.rows) < 2:
        return False
    cells = filled(sheet.rows[0])
    if any(map(is_figure, cells)) or len(cells) >= len(filled(sheet.rows[1])):
        return False
    has_label = any(plain_name(str(cell)) in _ANSWER_LINES for cell in cells)
    # Below a question of several columns only the first has its name, and the line its answers.
    has_gaps = any(is_filled(cell) and not name for name, cell in zip(sheet.names, sheet.rows[0], strict=False))
    return has_label or has_gaps


def _is_heading(sheet: Sheet) -> bool:
    """Tell whether the first line has words in every column that else holds numbers or days, and in another one."""
    rows = sheet.rows[1:_LOOK_AT_ROWS]
    if len(rows) < 3 or len(filled(sheet.rows[0])) < 2:
        return False
    if any(is_figure(cell) for cell in sheet.rows[0]):
        return False
    has_words = []
    for index, first in enumerate(sheet.rows[0]):
        cells = [row[index] for row in rows if index < len(row) and is_filled(row[index])]
        if len(cells) >= 3 and sum(map(is_figure, cells)) >= _FIGURES_SHARE * len(cells):
            has_words.append(isinstance(first, str) and any(map(str.isalpha, first)) and len(first) > 3)
    return len(has_words) > 1 and all(has_words)


def _full_names(names: tuple[str, ...], questions: tuple[str, ...]) -> tuple[str, ...]:
    """Give columns without a name what stands in the second line of headings."""
    return tuple(name or question for name, question in zip(names, questions or [""] * len(names), strict=True))


def _repeated_names(sheet: Sheet) -> dict[int, Text]:
    names = [name for name in sheet.names if name]
    return {
        place: msg("has the names of the columns once more")
        for place, row in enumerate(sheet.rows)
        if row and row[0] == sheet.names[0] and [" ".join(str(cell).split()) for cell in filled(row)] == names
    }


def _totals(sheet: Sheet, skipped: dict[int, Text]) -> dict[int, Text]:
    """Return the rows of sums, by what stands at their beginning, or a last row of which every number is a sum."""
    labels = _labels(sheet)
    found: dict[int, Text] = {}
    often = Counter(label.words for label in labels.values())
    numbers = _Numbers(sheet)
    last = len(sheet.rows) - 1
    for place, label in labels.items():
        if place in skipped:
            continue
        is_rare = often[label.words] <= max(_FEW, _FEW_SHARE * len(sheet.rows))
        is_sure = label.is_first and is_rare and (label.words in _TOTALS or label.words == _SIGN)
        if is_sure or numbers.is_sum(place, {*found, *skipped}):
            found[place] = msg("is a row of totals")
    if (
        last > 3
        and last not in found
        and last not in skipped
        and _has_sums_only(sheet, last, numbers, {*found, *skipped})
    ):
        found[last] = msg("is a row of totals")
    return found


@cache
def _plain_label(words: str) -> str:
    """Return the plain words of a cell if they begin with one for totals, without a year, a count or a currency."""
    if words.strip(" :\u00a0") in _SIGNS_OF_TOTALS:
        return _SIGN
    beginning = _BEGINNING.match(words)
    if beginning is None or beginning[0].casefold() not in _BEGINNINGS:
        return ""
    plain = plain_name(words)
    if plain in _TOTALS or not any(plain.startswith(f"{total} ") for total in _TOTALS):
        return plain if plain in _TOTALS else ""
    sure = " ".join(word for word in plain.split() if not word.isdecimal() and not currency(word))
    return sure if sure in _TOTALS else plain


def _label_of(cell: Raw) -> str:
    """Return the word of totals that a cell begins with; most begin with a figure and need no look."""
    if not isinstance(cell, str) or cell[:1].isdigit() or len(cell) > _LONGEST_LABEL:
        return ""
    return _plain_label(cell.strip())


class _Label(NamedTuple):
    """A word for totals in a row; ``is_first`` says that no day and no number stands before it."""

    words: str
    is_first: bool


def _labels(sheet: Sheet) -> dict[int, _Label]:
    """Return the words of totals at the beginning of rows, or behind days and numbers there, by their places."""
    found: dict[int, _Label] = {}
    for index in range(min(len(sheet.names), _FIRST_COLUMNS)):
        cells = sheet.column(index)
        # The same few cells come again and again, and hardly one is such a word.
        labels = {cell: label for cell in set(cells) if (label := _label_of(cell))}
        for place, cell in enumerate(cells if labels else ()):
            if cell in labels and place not in found:
                before = filled(sheet.rows[place][:index])
                if all(map(is_figure, before)):
                    found[place] = _Label(labels[cell], not before)
    return found


class _Numbers:
    """The numbers of a sheet by column, read when they are asked for."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._columns: dict[int, list[float | None]] = {}

    def column(self, index: int) -> list[float | None]:
        """Return the numbers of a column, None where there is none."""
        if index not in self._columns:
            self._columns[index] = numbers(self._sheet.column(index), self._sheet.comma_is_decimal)
        return self._columns[index]

    def sums(self, place: int, without: set[int]) -> Iterator[bool]:
        """Yield for each number of a row whether it is the sum of those above it."""
        for index in range(len(self._sheet.rows[place])):
            values = self.column(index)
            value = values[place]
            if value is None:
                continue
            above = [(row, one) for row, one in enumerate(values[:place]) if row not in without and one is not None]
            start = max((row for row in without if row < place), default=-1)
            totals = (sum(one for _row, one in above), sum(one for row, one in above if row > start))
            yield len(above) > 1 and any(
                abs(total - value) <= max(_TOLERANCE * abs(total), 0.005 * (value != 0)) and total != 0
                for total in totals
            )

    def is_sum(self, place: int, without: set[int]) -> bool:
        """Tell whether a row has the sum of a column."""
        return any(self.sums(place, without))


def _has_sums_only(sheet: Sheet, place: int, numbers: _Numbers, without: set[int]) -> bool:
    """Tell whether every number of a row is the sum of those above it, whatever new words stand beside them.

    A single one must be so large that chance does not make it. Words or days that stand above, too, are data.
    """
    if len(filled(sheet.names)) < 2 or any(_is_too_small(sheet, place, index) for index in range(len(sheet.names))):
        return False
    if any(_stands_above(sheet, place, index, numbers) for index in range(len(sheet.rows[place]))):
        return False
    sums = list(numbers.sums(place, without))
    if not sums or not all(sums):
        return False
    columns = [numbers.column(index) for index in range(len(sheet.rows[place]))]
    added = [[abs(one) for one in values[:place] if one] for values in columns if values[place] is not None]
    if len(sums) > 1:
        return all(len(above) >= _FEWEST_ADDED for above in added)
    total = next(abs(values[place] or 0) for values in columns if values[place] is not None)
    return len(added[0]) > _FEWEST_ADDED and total >= _TIMES_LARGER * max(added[0])


def _stands_above(sheet: Sheet, place: int, index: int, numbers: _Numbers) -> bool:
    """Tell whether a cell that is no number stands in an earlier row of its column, too."""
    cells = sheet.column(index)
    return is_filled(cells[place]) and numbers.column(index)[place] is None and cells[place] in cells[:place]


def _is_too_small(sheet: Sheet, place: int, index: int) -> bool:
    """Tell whether the first rows alone add up to more than a cell says; long tables are not read twice for nothing."""
    rows = [*sheet.rows[: min(place, _LOOK_AT_ROWS)], sheet.rows[place]]
    cells = [cell_of(row, index) for row in rows]
    *above, value = numbers(cells, sheet.comma_is_decimal)
    found = [one for one in above if one is not None]
    return value is not None and min(found, default=0) >= 0 and sum(found) > value * (1 + _TOLERANCE)


def _remarks(sheet: Sheet, skipped: dict[int, Text]) -> dict[int, Text]:
    """Return the lines of one cell at the end that an empty line parts from the table."""
    places = [place for place in range(len(sheet.rows)) if place not in skipped]
    if len(places) < 3 or median(len(filled(sheet.rows[place])) for place in places[:_LOOK_AT_ROWS]) < 2:
        return {}
    found: dict[int, Text] = {}
    for place in reversed(places):
        if len(filled(sheet.rows[place])) != 1:
            break
        found[place] = msg("stands apart below the table")
        if place and sheet.lines[place] > sheet.lines[place - 1] + 1:
            return found
    return {}


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
