"""One cell as a person would type it."""

from __future__ import annotations

from iciinsmes.lib.spreadsheet_file import Cell
from iciinsmes.toolbox.instruments.framework import Column, Language, Unit, Value, show, show_value


def shown(column: Column, value: Value, language: Language) -> Cell:
    """Return a value in the words of a language: answers by their titles, yes and no, numbers and days as they are."""
    if column.choices and value is not None:
        return next(show(choice.title, language) for choice in column.choices if choice.value == value)
    return show_value(value, Unit.NONE, 0, language) if isinstance(value, bool) else value
