"""What a column of a table holds and what an option may be, in words, and its cells as a person would type them."""

from __future__ import annotations

from datetime import date

from iciinsmes.lib.spreadsheet_file import Cell
from iciinsmes.toolbox.instruments.framework import (
    Column,
    Instrument,
    Language,
    Option,
    Table,
    Unit,
    Value,
    ValueKind,
    allowed,
    demo_language,
    demo_table,
    msg,
    show,
    show_value,
)

_REQUIRED, _OPTIONAL = msg("needed"), msg("may stay empty")


def holds(field: Column | Option, language: Language) -> str:
    """Return what may stand in a column or an option, such as “a whole number, 0 to 10”."""
    return show(allowed(field), language)


def need(column: Column, language: Language) -> str:
    """Return whether a column must be filled."""
    return show(_REQUIRED if column.required else _OPTIONAL, language)


def shown(column: Column, value: Value, language: Language) -> str | int | float | date | None:
    """Return a value in the words of a language: answers by their titles, yes and no, numbers and days as they are."""
    if column.choices and value is not None:
        return next(show(choice.title, language) for choice in column.choices if choice.value == value)
    return show_value(value, Unit.NONE, 0, language) if isinstance(value, bool) else value


def titles(instrument: Instrument, language: Language) -> list[str]:
    """Return the first line of a table: the titles of its columns."""
    return [show(column.title, language) for column in instrument.columns]


def foreign_words(instrument: Instrument, language: Language) -> str:
    """Return the code of the language of the words in the invented firm's rows, empty if it is the reader's."""
    code = demo_language(instrument, language)
    if code == language.code.partition("-")[0]:
        return ""
    table = demo_table(instrument=instrument, language=language)
    return code if any(table.has(column.key) for column in instrument.columns if is_words(column)) else ""


def is_words(column: Column) -> bool:
    """Tell whether a column holds words of whoever filled it, which nobody translates."""
    return column.kind in (ValueKind.WORD, ValueKind.FREE_TEXT)


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
