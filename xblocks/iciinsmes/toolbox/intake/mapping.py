"""Which column of a table is which column of an instrument; guessed here, corrected by the learner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from iciinsmes.toolbox.instruments.kit import Column, Instrument, Kind, Language, Text

from .names import known_names, plain_name
from .personal import personal_columns
from .reading import reader
from .sheet import Sheet

#: What cells tell by themselves; words and keys could be anything.
_TELLING = (Kind.DATE, Kind.INTEGER, Kind.NUMBER, Kind.CHOICE, Kind.YES_NO)

_LOOK_AT_CELLS = 100
_FITTING_SHARE = 0.9


def guess_mapping(instrument: Instrument, sheet: Sheet, languages: Sequence[Language]) -> Mapping[str, int]:
    """Return instrument column to index in the sheet, as far as names and cells tell.

    A name that is equal wins over one that contains a known word. A required column that is still missing gets the only
    column left whose cells fit. Columns about people are taken for keys only, and none is taken twice. Titles are known
    in the ``languages``.
    """
    names = [plain_name(name) for name in sheet.names]
    personal = personal_columns(sheet)
    found: dict[str, int] = {}

    def free(column: Column) -> list[int]:
        taken = set(found.values()) | (set() if column.kind is Kind.KEY else personal)
        return [index for index in range(len(names)) if index not in taken]

    for matches in (_is_equal, _is_part):
        for column in instrument.columns:
            known = known_names(column.title, (column.key, *column.aliases), languages)
            fitting = [index for index in free(column) if any(matches(names[index], name) for name in known)]
            if column.key not in found and fitting:
                found[column.key] = fitting[0]
    for column in instrument.columns:
        if column.required and column.key not in found and column.kind in _TELLING:
            fitting = [index for index in free(column) if _fits(column, sheet, index, languages)]
            if len(fitting) == 1:
                found[column.key] = fitting[0]
    return found


def _is_equal(name: str, known: str) -> bool:
    return name == known


def _is_part(name: str, known: str) -> bool:
    return len(known) > 2 and f" {known} " in f" {name} "


def _fits(column: Column, sheet: Sheet, index: int, languages: Sequence[Language]) -> bool:
    filled = [cell for cell in sheet.column(index) if cell is not None and cell != ""][:_LOOK_AT_CELLS]
    read = reader(column, filled, sheet.comma_is_decimal, languages)
    return bool(filled) and sum(not isinstance(read(cell), Text) for cell in filled) >= _FITTING_SHARE * len(filled)
