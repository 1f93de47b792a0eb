"""From raw cells to the clean table of an instrument, with every row that does not fit named."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

from iciinsmes.toolbox.instruments.kit import Column, Instrument, Kind, Language, Table, Text, Value, msg

from . import pace
from .personal import looks_like_people, mask_of, personal_columns, pseudonyms
from .reading import reader
from .sheet import PAUSE_AFTER, Raw, Sheet

_WORDS_OF_A_SENTENCE = 4


@dataclass(frozen=True)
class Problem:
    """A cell that keeps its row out: the line in the file, the column, and what is wrong."""

    line: int
    column: Text
    text: Text


@dataclass(frozen=True)
class Intake:
    """Clean rows, the problems of the others, the required columns that were not found, and what was changed."""

    table: Table
    problems: tuple[Problem, ...] = ()
    missing: tuple[Column, ...] = ()
    notes: tuple[Text, ...] = ()

    @property
    def rows_left_out(self) -> int:
        """How many rows have a problem."""
        return len({problem.line for problem in self.problems})


def read_rows(
    instrument: Instrument, sheet: Sheet, mapping: Mapping[str, int], languages: Sequence[Language]
) -> Intake:
    """Read every cell that the instrument needs; cells of other columns are never looked at again.

    Keys that name people become pseudonyms, and any other column about people is refused.

    Args:
        instrument: says what its columns hold.
        sheet: the raw cells.
        mapping: instrument column to index in the sheet.
        languages: in which the answers of choices are known by their titles.

    Returns:
        The rows without a problem, in their order.
    """
    personal = personal_columns(sheet)
    is_key = {column.key: column.kind is Kind.KEY for column in instrument.columns}
    allowed = {
        key: index
        for key, index in mapping.items()
        if key in is_key and 0 <= index < len(sheet.names) and (is_key[key] or index not in personal)
    }
    notes = _notes_on_personal(sheet, personal - set(allowed.values()))
    missing = tuple(column for column in instrument.columns if column.required and column.key not in allowed)
    if missing:
        return Intake(Table({}, 0), missing=missing, notes=notes)
    people = personal | {
        index for key, index in allowed.items() if is_key[key] and looks_like_people(sheet.column(index))
    }
    mask = mask_of(sheet, people)
    problems: list[Problem] = []
    columns: dict[str, Sequence[Value]] = {}
    given: dict[str, str] = {}
    is_clean = [True] * len(sheet.rows)
    for column in instrument.columns:
        if column.key not in allowed:
            continue
        index = allowed[column.key]
        cells: Sequence[Raw] = sheet.column(index)
        if index in people:
            cells = pseudonyms(cells, given)
            notes = (*notes, msg("“%(column)s” names people: kept as C001, C002 …", column=sheet.names[index]))
        read = reader(column, cells, sheet.comma_is_decimal, languages, mask)
        columns[column.key] = _read_column(column, sheet, cells, read, is_clean, problems)
        if column.kind is Kind.FREE_TEXT and any(map(_is_sentence, columns[column.key])):
            notes = (*notes, _read_again(column))
    problems += _too_long(sheet, is_clean)
    clean = {key: tuple(compress(values, is_clean)) for key, values in columns.items()}
    problems.sort(key=lambda problem: problem.line)
    return Intake(Table(clean, sum(is_clean)), tuple(problems), notes=notes)


def _notes_on_personal(sheet: Sheet, refused: frozenset[int]) -> tuple[Text, ...]:
    return tuple(
        msg(
            "“%(column)s” in column %(number)s is about people: not stored.",
            column=sheet.names[index],
            number=index + 1,
        )
        for index in sorted(refused)
    )


def _too_long(sheet: Sheet, is_clean: list[bool]) -> Iterator[Problem]:
    """Name the rows with more cells than columns, where commas divide: a decimal comma would have done that."""
    if sheet.comma_is_decimal is not False:
        return
    for place, row in enumerate(sheet.rows):
        if len(row) > len(sheet.names) and any(row[len(sheet.names) :]):
            is_clean[place] = False
            text = msg("has more cells than there are columns; is there a comma inside a number?")
            yield Problem(sheet.lines[place], msg("The whole line"), text)


def _is_sentence(value: Value) -> bool:
    return isinstance(value, str) and value.count(" ") >= _WORDS_OF_A_SENTENCE - 1


def _read_again(column: Column) -> Text:
    return msg(
        "Read your texts in “%(column)s” once more: names inside sentences are found only after words like “Mr” or "
        "“Best regards”, or when another column of your table has them. Take out the others yourself.",
        column=column.title,
    )


def _read_column(
    column: Column,
    sheet: Sheet,
    cells: Sequence[Raw],
    read: Callable[[Raw], Value | Text],
    is_clean: list[bool],
    problems: list[Problem],
) -> Sequence[Value]:
    # The same few cells come again and again: each is read once.
    known: dict[tuple[type, Raw], Value | Text] = {}
    values: list[Value] = []
    for place, cell in enumerate(cells):
        if place % PAUSE_AFTER == 0:
            pace.step()
        if (type(cell), cell) not in known:
            known[type(cell), cell] = read(cell)
        found = known[type(cell), cell]
        if isinstance(found, Text):
            is_clean[place] = False
            problems.append(Problem(sheet.lines[place], column.title, found))
            found = None
        values.append(found)
    return values
