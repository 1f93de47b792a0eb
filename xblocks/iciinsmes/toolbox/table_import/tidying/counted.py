"""Tables that somebody has counted already, for instruments that count rows themselves."""

from __future__ import annotations

from collections.abc import Mapping, Set

from iciinsmes.toolbox.instruments.framework import Instrument, Text, msg

from ..cells.amounts import numbers
from ..languages import all_words
from ..names import plain_name
from ..sheet import Sheet, is_filled

#: A row of theirs is one complaint or one answer.
_COUNT_ROWS = frozenset({"complaint-pareto", "net-promoter-score", "customer-satisfaction", "customer-effort-score"})
_NAMES = frozenset(map(plain_name, all_words(lambda pack: pack.counts)))
_FEWEST_ROWS = 2


def rows_counted_already(instrument: Instrument, sheet: Sheet, mapping: Mapping[str, int]) -> Mapping[int, Text]:
    """Return the places of rows that each stand for several, which is all of them or none, with the reason.

    That is so where the columns that were taken hold nothing twice, and another one whose name says that it counts
    holds whole numbers, some of them above 1.

    Args:
        instrument: only those that count rows leave them out.
        sheet: the raw cells.
        mapping: instrument column to index in the sheet.
    """
    if instrument.key not in _COUNT_ROWS or len(sheet.rows) < _FEWEST_ROWS:
        return {}
    taken = set(mapping.values())
    for index, heading in enumerate(sheet.names):
        if index not in taken and plain_name(heading) in _NAMES and _counts(sheet, index) and _differ(sheet, taken):
            text = msg("stands for as many as “%(column)s” says: write one line for each of them", column=heading)
            return dict.fromkeys(range(len(sheet.rows)), text)
    return {}


def _counts(sheet: Sheet, index: int) -> bool:
    """Tell whether a column holds whole numbers, some of them above 1."""
    values = numbers([cell for cell in sheet.column(index) if is_filled(cell)], sheet.comma_is_decimal)
    known = [value for value in values if value is not None and value >= 0 and value.is_integer()]
    return len(known) == len(values) and max(known, default=0) > 1


def _differ(sheet: Sheet, columns: Set[int]) -> bool:
    """Tell whether no two rows have the same in all of these columns."""
    rows = list(zip(*(sheet.column(index) for index in columns), strict=True))
    return len(set(rows)) == len(rows)
