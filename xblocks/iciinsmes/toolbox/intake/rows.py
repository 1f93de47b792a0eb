"""From raw cells to the clean table of an instrument, with every row that does not fit named."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

from iciinsmes.toolbox.instruments.kit import Column, Instrument, Kind, Table, Text, Value, msg

from .cells import day, decimal_sign, number
from .mapping import plain_name
from .sheet import Raw, Sheet

_YES = frozenset(["yes", "y", "true", "1", "x", "ja", "j", "igen", "i", "tak", "t", "sand", "wahr"])
_NO = frozenset(["no", "n", "false", "0", "nein", "nej", "nem", "nie", "falsk", "falsch"])


@dataclass(frozen=True)
class Problem:
    """A cell that keeps its row out: the line in the file, the column, and what is wrong."""

    line: int
    column: Text
    text: Text


@dataclass(frozen=True)
class Intake:
    """Clean rows, the problems of the others, and the required columns that were not found."""

    table: Table
    problems: tuple[Problem, ...]
    missing: tuple[Column, ...]

    @property
    def rows_left_out(self) -> int:
        """How many rows have a problem."""
        return len({problem.line for problem in self.problems})


def read_rows(instrument: Instrument, sheet: Sheet, mapping: Mapping[str, int]) -> Intake:
    """Read every cell that the instrument needs.

    Args:
        instrument: says what its columns hold.
        sheet: the raw cells.
        mapping: instrument column to index in the sheet.

    Returns:
        The rows without a problem, in their order. Cells of columns that are not mapped are never looked at.
    """
    missing = tuple(column for column in instrument.columns if column.required and column.key not in mapping)
    if missing:
        return Intake(Table({}, 0), (), missing)
    problems: list[Problem] = []
    columns: dict[str, Sequence[Value]] = {}
    is_clean = [True] * len(sheet.rows)
    for column in instrument.columns:
        if column.key in mapping:
            columns[column.key] = _read_column(column, sheet, mapping[column.key], is_clean, problems)
    clean = {key: tuple(compress(values, is_clean)) for key, values in columns.items()}
    problems.sort(key=lambda problem: problem.line)
    return Intake(Table(clean, sum(is_clean)), tuple(problems), ())


def _read_column(
    column: Column, sheet: Sheet, index: int, is_clean: list[bool], problems: list[Problem]
) -> Sequence[Value]:
    cells = [row[index] if index < len(row) else None for row in sheet.rows]
    read = _reader(column, cells, sheet.comma_is_decimal)
    # The same few cells come again and again: each is read once.
    known: dict[tuple[type, Raw], Value | Text] = {}
    values: list[Value] = []
    for place, cell in enumerate(cells):
        if (type(cell), cell) not in known:
            known[type(cell), cell] = read(cell)
        found = known[type(cell), cell]
        if isinstance(found, Text):
            is_clean[place] = False
            problems.append(Problem(sheet.lines[place], column.title, found))
            found = None
        values.append(found)
    return values


def _reader(column: Column, cells: Sequence[Raw], comma_is_decimal: bool | None) -> Callable[[Raw], Value | Text]:
    """Return a function that reads a cell of a column, or says in a text why it cannot."""
    decimal = decimal_sign(cells, comma_is_decimal) if column.kind in (Kind.INTEGER, Kind.NUMBER) else ""
    choices = {
        plain_name(name): choice.value
        for choice in column.choices
        for name in (str(choice.value), choice.title.message, *choice.aliases)
    }

    def read(cell: Raw) -> Value | Text:
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            return msg("is empty") if column.required else None
        if column.kind in (Kind.INTEGER, Kind.NUMBER):
            return _in_range(column, number(cell, decimal), cell)
        if column.kind is Kind.DATE:
            return day(cell) or msg("“%(cell)s” is not a day", cell=_short(cell))
        words = " ".join(_written(cell).split())
        if column.kind is Kind.YES_NO:
            return yes_no(words)
        if column.kind is Kind.CHOICE:
            found = choices.get(plain_name(words))
            return msg("“%(cell)s” is not one of the answers", cell=_short(cell)) if found is None else found
        return words

    return read


def _in_range(column: Column, found: float | None, cell: Raw) -> Value | Text:
    if found is None:
        return msg("“%(cell)s” is not a number", cell=_short(cell))
    low, high = column.minimum, column.maximum
    if low is not None and found < low:
        return msg("%(cell)s is below %(limit)s", cell=_short(cell), limit=low)
    if high is not None and found > high:
        return msg("%(cell)s is above %(limit)s", cell=_short(cell), limit=high)
    if column.kind is Kind.NUMBER:
        return found
    return int(found) if found == int(found) else msg("%(cell)s is not a whole number", cell=_short(cell))


def yes_no(words: str) -> bool | Text:
    """Read yes or no in any of the languages, or say in a text that it is neither."""
    word = words.casefold()
    if word in _YES or word in _NO:
        return word in _YES
    return msg("“%(cell)s” is neither yes nor no", cell=_short(words))


def _written(cell: Raw) -> str:
    """Return a cell in words; a spreadsheet keeps customer number 17 as 17.0."""
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    return str(cell)


def _short(cell: Raw) -> str:
    words = _written(cell)
    return words if len(words) <= 30 else f"{words[:29]}…"
