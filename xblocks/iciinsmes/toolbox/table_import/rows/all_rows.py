"""From raw cells to the clean table of an instrument, with every row that does not fit named."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import cast

from iciinsmes.toolbox.instruments.framework import Column, Instrument, Language, Table, Text, Value, ValueKind, msg

from .. import pace
from ..cells.days import Order, day_order
from ..columns.doubts import doubt_about
from ..columns.reading import reader
from ..names import title_languages
from ..people.personal import kept_apart, looks_like_people, mask_of, personal_columns, pseudonyms
from ..sheet import PAUSE_AFTER, Raw, Sheet
from ..tidying.counted import rows_counted_already
from ..tidying.orders import rows_without_order

#: Scales on which marks up to five are read as low ones, and how many answers tell that.
_LONG_SCALES = (7, 10)
_SHORT_SCALE = 5
_MANY = 10
_WORDS_OF_A_SENTENCE = 4
_WHOLE_LINE = msg("The whole line")


@dataclass(frozen=True)
class RowProblem:
    """Why a row is left out: its line in the file, the column, and what is wrong there or with the whole line."""

    line: int
    column: Text
    text: Text


@dataclass(frozen=True)
class LeftOut:
    """A row that is not counted: its number in the file, from 1, and why, one text for each thing."""

    row: int
    reasons: tuple[Text, ...]


@dataclass(frozen=True)
class ImportedTable:
    """Clean rows, the problems of the others, the required columns that were not found, and what was changed."""

    table: Table
    problems: tuple[RowProblem, ...] = ()
    missing: tuple[Column, ...] = ()
    notes: tuple[Text, ...] = ()

    @property
    def rows_used(self) -> int:
        """How many rows are counted."""
        return len(self.table)

    @property
    def rows_left_out(self) -> tuple[LeftOut, ...]:
        """The rows that are not counted, in their order."""
        reasons: dict[int, list[Text]] = {}
        for problem in self.problems:
            text = msg("%(column)s: %(problem)s", column=problem.column, problem=problem.text)
            reasons.setdefault(problem.line, []).append(text)
        return tuple(LeftOut(row, tuple(texts)) for row, texts in reasons.items())


def read_table(
    *, instrument: Instrument, sheet: Sheet, mapping: Mapping[str, int], languages: Sequence[Language] | None = None
) -> ImportedTable:
    """Read every cell that the instrument needs; cells of other columns are never looked at again.

    Keys that name people become pseudonyms, and any other column about people is refused.

    Args:
        instrument: says what its columns hold.
        sheet: the raw cells.
        mapping: instrument column to index in the sheet.
        languages: in which the answers of choices are known by their titles, all of the package if none are given.

    Returns:
        The rows without a problem, in their order.
    """
    languages = title_languages(languages)
    personal = personal_columns(sheet)
    is_key = {column.key: column.kind is ValueKind.KEY for column in instrument.columns}
    allowed = {
        key: index
        for key, index in mapping.items()
        if key in is_key and 0 <= index < len(sheet.names) and (is_key[key] or index not in personal)
    }
    notes = (*sheet.notes, *_notes_on_personal(sheet, personal - set(allowed.values())))
    missing = tuple(column for column in instrument.columns if column.required and column.key not in allowed)
    if missing:
        return ImportedTable(Table({}, 0), missing=missing, notes=notes)
    people = personal | {
        index for key, index in allowed.items() if is_key[key] and looks_like_people(sheet.column(index))
    }
    mask = mask_of(sheet, people)
    problems: list[RowProblem] = []
    columns: dict[str, Sequence[Value]] = {}
    given: dict[str, str] = {}
    without_order, more_notes = rows_without_order(instrument, sheet, allowed)
    whole_lines = {**without_order, **rows_counted_already(instrument, sheet, allowed)}
    notes = (*notes, *more_notes)
    is_clean = [place not in whole_lines for place in range(len(sheet.rows))]
    for column in instrument.columns:
        if column.key not in allowed:
            continue
        index = allowed[column.key]
        cells: Sequence[Raw] = sheet.column(index)
        if index in people:
            cells = pseudonyms(cells, given)
            notes = (*notes, msg("“%(column)s” names people: kept as C001, C002 …", column=sheet.names[index]))
        read = reader(column, cells, sheet.comma_is_decimal, languages, mask, sheet.start)
        doubt = doubt_about(column, sheet, index)
        values = _read_column(column, sheet, cells, read if doubt is None else _always(doubt), is_clean, problems)
        columns[column.key] = kept_apart(cells, values) if column.kind is ValueKind.WORD else values
        notes = (*notes, *_notes_on_column(column, sheet.names[index], cells, values, columns[column.key]))
    notes = (*notes, *_notes_on_scales(instrument, columns))
    problems += _too_long(sheet, is_clean)
    # What is no order is left out for that reason alone.
    left_out = {sheet.lines[place] for place in whole_lines}
    problems = [problem for problem in problems if problem.line not in left_out]
    problems += (RowProblem(sheet.lines[place], _WHOLE_LINE, text) for place, text in whole_lines.items())
    problems += (RowProblem(line.line, _WHOLE_LINE, line.text) for line in sheet.skipped)
    clean = {key: tuple(compress(values, is_clean)) for key, values in columns.items()}
    problems.sort(key=lambda problem: problem.line)
    return ImportedTable(Table(clean, sum(is_clean)), tuple(problems), notes=notes)


def _notes_on_personal(sheet: Sheet, refused: frozenset[int]) -> tuple[Text, ...]:
    return tuple(
        msg(
            "“%(column)s” in column %(number)s is about people: not stored.",
            column=sheet.names[index],
            number=index + 1,
        )
        for index in sorted(refused)
    )


def _always(text: Text) -> Callable[[Raw], Text]:
    return lambda _cell: text


def _notes_on_scales(instrument: Instrument, columns: Mapping[str, Sequence[Value]]) -> Iterator[Text]:
    """Say where nobody gave more than five of seven or ten points: the scale may be another one."""
    for column in instrument.columns:
        if column.kind is not ValueKind.INTEGER or column.maximum not in _LONG_SCALES:
            continue
        given = [value for value in columns.get(column.key, ()) if isinstance(value, int)]
        if len(given) >= _MANY and max(given) <= _SHORT_SCALE:
            yield msg(
                "No number in “%(column)s” is above %(highest)s. If no more could be given, this is another scale.",
                column=column.title,
                highest=_SHORT_SCALE,
            )


def _notes_on_column(
    column: Column, name: str, cells: Sequence[Raw], values: Sequence[Value], kept: Sequence[Value]
) -> Iterator[Text]:
    """Yield what is to be known about a column: how its days were read, and what was done to names in it."""
    if column.kind is ValueKind.DATE and day_order(set(cells)) is Order.UNTOLD:
        yield msg("The days in “%(column)s” were read with the day first: 3/4 as the third of April.", column=name)
    if kept is not values:
        example = next(str(new) for new, old in zip(kept, values, strict=True) if new != old)
        yield msg("“%(column)s” names people: kept as “%(example)s” …", column=name, example=example)
    if column.kind is ValueKind.FREE_TEXT and any(map(_is_sentence, values)):
        yield _read_again(column)


def _too_long(sheet: Sheet, is_clean: list[bool]) -> Iterator[RowProblem]:
    """Name the rows of a text file with more cells than columns: what divides them stands within a cell, too.

    What is pasted from a spreadsheet, with tabs, may have remarks beside the table.
    """
    if sheet.delimiter in ("", "\t"):
        return
    text = msg("has more cells than there are columns; is there a “%(sign)s” inside a text?", sign=sheet.delimiter)
    if sheet.delimiter == ",":
        text = msg("has more cells than there are columns; is there a comma inside a number?")
    for place, row in enumerate(sheet.rows):
        if len(row) > len(sheet.names) and any(row[len(sheet.names) :]):
            is_clean[place] = False
            yield RowProblem(sheet.lines[place], _WHOLE_LINE, text)


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
    problems: list[RowProblem],
) -> Sequence[Value]:
    # The same few cells come again and again: each is read once. 1, 1.0 and True are equal, and not the same.
    is_plain = len(set(map(type, cells)) - {type(None)}) < 2
    keys: Sequence[object] = cells if is_plain else list(zip(map(type, cells), cells, strict=True))
    known: dict[object, Value | Text] = {}
    for place, (key, cell) in enumerate(dict(zip(keys, cells, strict=True)).items()):
        if place % PAUSE_AFTER == 0:
            pace.step()
        known[key] = read(cell)
    values = list(map(known.__getitem__, keys))
    if not any(isinstance(value, Text) for value in known.values()):
        return cast("list[Value]", values)
    for place, found in enumerate(values):
        if isinstance(found, Text):
            is_clean[place] = False
            problems.append(RowProblem(sheet.lines[place], column.title, found))
    return [None if isinstance(value, Text) else value for value in values]
