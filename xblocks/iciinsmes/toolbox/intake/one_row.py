"""One row that is typed into a form, read as the intake reads a table."""

from __future__ import annotations

from collections.abc import Mapping

from iciinsmes.toolbox.instruments.kit import Instrument, Kind, Language, Text, Value, msg

from .personal import looks_like_people
from .reading import reader
from .sheet import MAX_CELL_CHARS


def read_one(
    instrument: Instrument, cells: Mapping[str, str], language: Language
) -> tuple[dict[str, Value], dict[str, Text]]:
    """Return the values by column, and what is wrong with the others; a key that names somebody is refused."""
    values: dict[str, Value] = {}
    errors: dict[str, Text] = {}
    for column in instrument.columns:
        cell = cells.get(column.key, "")
        if len(cell) > MAX_CELL_CHARS:
            errors[column.key] = msg("has more than %(count)s letters", count=MAX_CELL_CHARS)
            continue
        if column.kind is Kind.KEY and looks_like_people([cell]):
            errors[column.key] = msg("names somebody: write a code such as C001")
            continue
        found = reader(column, [cell], language.point == ",", [language])(cell)
        if isinstance(found, Text):
            errors[column.key] = found
        else:
            values[column.key] = found
    return values, errors
