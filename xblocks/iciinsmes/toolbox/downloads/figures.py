"""The figures of a result as a file to keep."""

from __future__ import annotations

from collections.abc import Mapping

from iciinsmes.toolbox.instruments.framework import ENGLISH, Language, Result, Text, Unit, msg, show

from .cells import Cell
from .text_file import text_file

_TITLES = (msg("Figure"), msg("Value"), msg("Unit"), msg("At least"), msg("At most"), msg("n"))
_UNITS: Mapping[Unit, Text | str] = {Unit.PERCENT: "%", Unit.POINTS: msg("points"), Unit.DAYS: msg("days")}


def figures_csv(*, result: Result, language: Language = ENGLISH) -> bytes:
    """Return the figures of a result with their intervals as CSV: numbers unrounded, words in the language."""
    rows: list[list[Cell]] = [[show(title, language) for title in _TITLES]]
    for figure in result.figures:
        value = show(figure.value, language) if isinstance(figure.value, Text) else figure.value
        unit = show(_UNITS[figure.unit], language) if figure.unit in _UNITS else ""
        rows.append([show(figure.title, language), value, unit, figure.low, figure.high, figure.n])
    return text_file(rows, language)
