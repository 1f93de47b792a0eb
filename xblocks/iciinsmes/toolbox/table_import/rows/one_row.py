"""One row that is typed into a form, read as a table is."""

from __future__ import annotations

from collections.abc import Mapping

from iciinsmes.toolbox.instruments.framework import ENGLISH, Instrument, Language, Text, Value, ValueKind, msg

from ..columns.reading import reader
from ..people.personal import looks_like_people
from ..sheet import MAX_CELL_CHARS


def read_row(
    *, instrument: Instrument, cells: Mapping[str, str], language: Language = ENGLISH
) -> tuple[dict[str, Value], dict[str, Text]]:
    """Read one row: what names people is masked, and a key that names somebody is refused.

    Args:
        instrument: says what its columns hold.
        cells: column key to what was typed; other keys are left out.
        language: says what a comma in a number means, and by which titles answers are known.

    Returns:
        The values of all columns without an error, None where an optional one is empty; and what is wrong, by column.
    """
    values: dict[str, Value] = {}
    errors: dict[str, Text] = {}
    for column in instrument.columns:
        cell = cells.get(column.key, "")
        if len(cell) > MAX_CELL_CHARS:
            errors[column.key] = msg("has more than %(count)s letters", count=MAX_CELL_CHARS)
            continue
        if column.kind is ValueKind.KEY and looks_like_people([cell]):
            errors[column.key] = msg("names somebody: write a code such as C001")
            continue
        found = reader(column, [cell], language.point == ",", [language])(cell)
        if isinstance(found, Text):
            errors[column.key] = found
        else:
            values[column.key] = found
    return values, errors
