"""What was understood of a table, to be shown before anything is computed: which column is which, with a few cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from iciinsmes.toolbox.instruments.framework import Column, Instrument, Language, Text, ValueKind

from ..columns.mapping import Guess
from ..columns.reading import cell_words, reader
from ..names import title_languages
from ..sheet import Raw, Sheet, cell_of
from .all_rows import ImportedTable, RowProblem

_CELLS = 3
_CELL_CHARS = 30
_RUNS = 20
#: Whoever has no cell that fits in so many rows sees none.
_LOOK_AT_ROWS = 200


@dataclass(frozen=True)
class TakenColumn:
    """A column of an instrument and the one of the sheet that was taken for it.

    ``number`` counts the columns of the sheet from 1; ``cells`` are the first different ones that can be used: words as
    they are after names were masked, all others as they were written. ``rivals`` are other columns that would do as
    well, each with number and heading.
    """

    column: Column
    number: int
    heading: str
    cells: tuple[str, ...]
    rivals: tuple[tuple[int, str], ...] = ()


def show_columns(
    *,
    instrument: Instrument,
    sheet: Sheet,
    guess: Guess,
    intake: ImportedTable,
    languages: Sequence[Language] | None = None,
) -> tuple[TakenColumn, ...]:
    """Return which column was taken for what, in the order of the instrument's columns; nothing that names people."""
    known = title_languages(languages)
    return tuple(
        TakenColumn(
            column,
            guess.mapping[column.key] + 1,
            sheet.names[guess.mapping[column.key]],
            _first(_cells(column, sheet, guess.mapping[column.key], intake, known)),
            tuple(
                (index + 1, sheet.names[index])
                for index in guess.rivals.get(column.key, ())
                if index != guess.mapping[column.key]
            ),
        )
        for column in instrument.columns
        if column.key in guess.mapping
    )


@dataclass(frozen=True)
class Same:
    """What is wrong in one line or in several alike: their numbers, a dash between the first and last of a run."""

    lines: str
    count: int
    column: Text
    text: Text


def by_kind(problems: Iterable[RowProblem]) -> list[list[Same]]:
    """Return problems of one kind together: the same sentence about the same column.

    Where even the words in the sentence are the same, they are one. Everything stands as it first comes.
    """
    kinds: dict[tuple[str, str], dict[str, list[RowProblem]]] = {}
    for problem in problems:
        kind = kinds.setdefault((problem.column.message, problem.text.message), {})
        kind.setdefault(repr(problem.text), []).append(problem)
    return [
        [Same(_lines([one.line for one in same]), len(same), same[0].column, same[0].text) for same in kind.values()]
        for kind in kinds.values()
    ]


def _lines(numbers: Sequence[int]) -> str:
    """Return numbers in words, those that follow each other as the first and the last of them."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    shown = ["\u2013".join(map(str, run)) for run in runs[:_RUNS]]
    return ", ".join([*shown, "…"] if len(runs) > _RUNS else shown)


def _cells(
    column: Column, sheet: Sheet, index: int, intake: ImportedTable, languages: Sequence[Language]
) -> Iterator[str]:
    if column.kind in (ValueKind.KEY, ValueKind.WORD, ValueKind.FREE_TEXT):
        yield from (str(value or "") for value in intake.table.columns.get(column.key, ()))
        return
    cells = [cell_of(row, index) for row in sheet.rows[:_LOOK_AT_ROWS]]
    read = reader(column, cells, sheet.comma_is_decimal, languages, start=sheet.start)
    yield from (_as_written(cell) for cell in cells if cell is not None and not isinstance(read(cell), Text | None))


def _as_written(cell: Raw) -> str:
    """Return a cell in words; spreadsheets keep a day as its midnight."""
    return cell_words(cell.date() if isinstance(cell, datetime) and cell.time() == time.min else cell)


def _first(cells: Iterable[str]) -> tuple[str, ...]:
    """Return the first different words, cut to what fits into a line."""
    found: dict[str, None] = {}
    for words in cells:
        if len(found) == _CELLS:
            break
        if short := " ".join(words.split())[:_CELL_CHARS]:
            found.setdefault(short)
    return tuple(found)
