"""A table, or the figures of a result, as the text file that spreadsheet programs of the reader's country open."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from iciinsmes.lib.spreadsheet_file import Cell
from iciinsmes.lib.untrusted import BYTE_ORDER_MARK, harmless
from iciinsmes.toolbox.instruments.framework import ENGLISH, Language, Result, Text, Unit, msg, show

_TITLES = (msg("Figure"), msg("Value"), msg("Unit"), msg("At least"), msg("At most"), msg("n"))
_UNITS: Mapping[Unit, Text | str] = {Unit.PERCENT: "%", Unit.POINTS: msg("points"), Unit.DAYS: msg("days")}


def text_file(rows: Iterable[Sequence[Cell]], language: Language) -> bytes:
    """Return rows as CSV in UTF-8: semicolons where a comma stands before decimals, else commas."""
    words = io.StringIO()
    # Everything quoted: a comma within a title would else be taken for what divides the columns.
    writer = csv.writer(words, delimiter=";" if language.point == "," else ",", quoting=csv.QUOTE_ALL)
    writer.writerows([_written(cell, language.point) for cell in row] for row in rows)
    return (BYTE_ORDER_MARK + words.getvalue()).encode()


def _written(cell: Cell, point: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return harmless(cell)
    if not isinstance(cell, float):
        return str(cell)
    whole, _point, decimals = repr(cell).removesuffix(".0").partition(".")
    # 1,250 could be read as one thousand two hundred fifty; 1,2500 cannot.
    return f"{whole}{point}{decimals}{'0' if len(decimals) == 3 else ''}" if decimals else whole


def figures_csv(*, result: Result, language: Language = ENGLISH) -> bytes:
    """Return the figures of a result with their intervals as CSV: numbers unrounded, words in the language."""
    rows: list[list[Cell]] = [[show(title, language) for title in _TITLES]]
    for figure in result.figures:
        value = show(figure.value, language) if isinstance(figure.value, Text) else figure.value
        unit = show(_UNITS[figure.unit], language) if figure.unit in _UNITS else ""
        rows.append([show(figure.title, language), value, unit, figure.low, figure.high, figure.n])
    return text_file(rows, language)
