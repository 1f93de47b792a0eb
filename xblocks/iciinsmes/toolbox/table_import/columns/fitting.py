"""Whether the cells of a column are what an instrument expects there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from iciinsmes.toolbox.instruments.framework import Column, Language, Text, ValueKind

from ..cells.amounts import numbers
from ..cells.days import day
from ..cells.empty import is_empty
from ..sheet import Raw, Sheet, is_filled
from .doubts import doubt_about
from .headings import Claim, Match
from .reading import cell_words, reader

#: So many cells, from all over the column, tell as much as all.
_LOOK_AT_CELLS = 200
_ENOUGH = 0.5
_WORDS_OF_A_SENTENCE = 6
_MANY = 10
_OUT_OF_SCALE = 0.2


class Fit(IntEnum):
    """How the cells of a column fit."""

    FITS = 0
    EMPTY = 1
    NOT = 2


@dataclass(frozen=True)
class Fitting:
    """How cells fit.

    ``wrong`` is about the first that does not. ``is_unwritten`` says that the sheet has no rows, ``is_other_scale``
    that the cells are marks of a longer scale.
    """

    fit: Fit
    wrong: Text | None = None
    is_unwritten: bool = False
    is_other_scale: bool = False


def how_it_fits(column: Column, sheet: Sheet, index: int, claim: Claim, languages: Sequence[Language]) -> Fitting:
    """Return how the cells below a heading fit a column.

    Numbers, days and answers tell by themselves. Keys and words could be anything: where the name is but a part of the
    heading, they must at least not be sentences, days or figures.
    """
    cells = _some(column, sheet.column(index))
    if not cells:
        return Fitting(Fit.EMPTY, is_unwritten=not sheet.rows)
    if column.kind in (ValueKind.KEY, ValueKind.WORD, ValueKind.FREE_TEXT):
        looks_right = claim.match is Match.TITLE or (
            not _is_one(column, cells) and (claim.match is Match.NAME or _share_of_likely(column, cells) >= _ENOUGH)
        )
        return Fitting(Fit.FITS if looks_right else Fit.NOT)
    if doubt := doubt_about(column, sheet, index):
        return Fitting(Fit.NOT, doubt)
    read = reader(column, cells, sheet.comma_is_decimal, languages, start=sheet.start)
    wrong = [found for found in map(read, cells) if isinstance(found, Text)]
    if _is_other_scale(column, sheet, cells):
        return Fitting(Fit.NOT, wrong[0] if wrong else None, is_other_scale=True)
    if len(wrong) > (1 - _ENOUGH) * len(cells):
        return Fitting(Fit.NOT, wrong[0])
    return Fitting(Fit.FITS)


def _some(column: Column, cells: Sequence[Raw]) -> list[Raw]:
    """Return cells that hold something, from all over a column; not all of a long one that has enough."""
    for step in (max(1, len(cells) // (4 * _LOOK_AT_CELLS)), 1):
        found = [cell for cell in cells[::step] if is_filled(cell) and not _is_empty(cell, column.kind)]
        if len(found) >= _LOOK_AT_CELLS:
            break
    return found[:: max(1, len(found) // _LOOK_AT_CELLS)]


def _is_other_scale(column: Column, sheet: Sheet, cells: Sequence[Raw]) -> bool:
    """Tell whether many numbers are above the most that can be given: without them the rest would mislead."""
    if column.minimum is None or column.maximum is None:
        return False
    values = [value for value in numbers(cells, sheet.comma_is_decimal) if value is not None]
    return len(values) >= _MANY and sum(value > column.maximum for value in values) > _OUT_OF_SCALE * len(values)


def _is_one(column: Column, cells: Sequence[Raw]) -> bool:
    """Tell whether all of many rows name the same customer: then it is the firm itself, or something else."""
    return column.kind is ValueKind.KEY and len(cells) >= _MANY and len(set(cells)) == 1


def _is_empty(cell: Raw, kind: ValueKind) -> bool:
    return isinstance(cell, str) and is_empty(cell, kind)


def _share_of_likely(column: Column, cells: Sequence[Raw]) -> float:
    figures = numbers(cells, None)
    return sum(_is_likely(column, cell, figure) for cell, figure in zip(cells, figures, strict=True)) / len(cells)


def _is_likely(column: Column, cell: Raw, figure: float | None) -> bool:
    if column.kind is ValueKind.FREE_TEXT:
        return figure is None and not isinstance(cell, bool | date)
    is_short = len(cell_words(cell).split()) < _WORDS_OF_A_SENTENCE
    if column.kind is ValueKind.KEY:
        return is_short and (figure is None or figure == int(figure)) and not isinstance(cell, bool | date)
    return is_short and figure is None and day(cell) is None
