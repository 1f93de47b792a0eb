"""What a column of a table holds and what an option may be, in words."""

from __future__ import annotations

from iciinsmes.toolbox.instruments.kit import Column, Instrument, Kind, Language, Option, Table, Text, msg, show

from .cells import Cell, shown

_KINDS = {
    Kind.INTEGER: msg("a whole number"),
    Kind.NUMBER: msg("a number"),
    Kind.DATE: msg("a day, such as 2026-03-04"),
    Kind.YES_NO: msg("yes or no"),
    Kind.KEY: msg("a number or code, never a name"),
    Kind.WORD: msg("a word or a few"),
    Kind.FREE_TEXT: msg("sentences"),
}
_REQUIRED, _OPTIONAL = msg("needed"), msg("may stay empty")


def holds(field: Column | Option, language: Language) -> str:
    """Return what may stand in a column or an option, such as “a whole number, 0 to 10”."""
    if field.choices:
        return "; ".join(show(choice.title, language) for choice in field.choices)
    limits = _limits(field)
    kind = show(_KINDS[field.kind], language)
    return f"{kind}, {show(limits, language)}" if limits else kind


def need(column: Column, language: Language) -> str:
    """Return whether a column must be filled."""
    return show(_REQUIRED if column.required else _OPTIONAL, language)


def titles(instrument: Instrument, language: Language) -> list[str]:
    """Return the first line of a table: the titles of its columns."""
    return [show(column.title, language) for column in instrument.columns]


def demo_rows(instrument: Instrument, language: Language) -> list[list[Cell]]:
    """Return the rows of the invented firm as somebody would type them."""
    return [
        [shown(column, value, language) for column, value in zip(instrument.columns, row, strict=True)]
        for row in instrument.demo.rows()
    ]


def table_rows(instrument: Instrument, table: Table, language: Language) -> list[list[Cell]]:
    """Return the rows of a table as somebody would type them, all columns of the instrument in its order."""
    empty = (None,) * len(table)
    columns = [
        [shown(column, value, language) for value in table.columns.get(column.key, empty)]
        for column in instrument.columns
    ]
    return [list(row) for row in zip(*columns, strict=True)]


def explained(instrument: Instrument, language: Language) -> list[list[Cell]]:
    """Return a row for each column: its title, what it holds, whether it is needed."""
    return [
        [show(column.title, language), holds(column, language), need(column, language)] for column in instrument.columns
    ]


def _limits(field: Column | Option) -> Text | None:
    low, high = field.minimum, field.maximum
    if low is not None and high is not None:
        return msg("%(low)s to %(high)s", low=low, high=high)
    if low is not None:
        return msg("at least %(low)s", low=low)
    return msg("at most %(high)s", high=high) if high is not None else None
