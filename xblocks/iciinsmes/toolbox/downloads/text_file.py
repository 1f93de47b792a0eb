"""A table as the text file that spreadsheet programs of the reader's country open with a double click."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from iciinsmes.lib.untrusted import BYTE_ORDER_MARK, harmless
from iciinsmes.toolbox.instruments.framework import Language

from .cells import Cell


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
