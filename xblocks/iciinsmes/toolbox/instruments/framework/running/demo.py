"""The rows of the invented firms, out of the files in ``demos``: in English, and with the words of other languages.

``<key>.csv`` holds the rows of an instrument as a firm would save them, the keys of the columns above them.
``<key>.words.csv`` says its words in other languages, a column each; ``<key>.de.csv`` has the columns in which whole
sentences were written anew, line by line. Numbers, days and keys stand in the first file only, so no language can
differ in them.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from ..declaration.instrument import Column, Instrument, ValueKind
from ..declaration.table import Table, Value
from ..result.showing import ENGLISH, Language

_FOLDER = Path(__file__).parents[2] / "demos"


def demo_language(instrument: Instrument, language: Language) -> str:
    """Return the code of the edition that a reader gets: of the same language, or English where there is none."""
    code = language.code.partition("-")[0]
    return code if code in _columns(f"{instrument.key}.words.csv") else ENGLISH.code


def demo_options(*, instrument: Instrument, language: Language = ENGLISH) -> dict[str, Value]:
    """Return the options that the rows of the invented firm go with; those of the same language belong together."""
    demo = instrument.demo
    return dict(demo.options_in.get(demo_language(instrument, language), demo.options))


def demo_table(*, instrument: Instrument, language: Language = ENGLISH) -> Table:
    """Return the rows of the invented firm, with the words of a language as far as they are there.

    Raises:
        ValueError: a cell does not hold what its column is declared to hold; the message names both.
    """
    code = demo_language(instrument, language)
    cells, words = _columns(f"{instrument.key}.csv"), _columns(f"{instrument.key}.words.csv")
    length = len(next(iter(cells.values())))
    said: Mapping[str, str] = {}
    if code != ENGLISH.code:
        cells = {**cells, **_columns(f"{instrument.key}.{code}.csv")}
        said = dict(zip(words[ENGLISH.code], words[code], strict=True))
    return Table(
        {
            column.key: tuple(_value(column, cell, said) for cell in cells.get(column.key, [""] * length))
            for column in instrument.columns
        },
        length,
    )


@cache
def _columns(name: str) -> Mapping[str, Sequence[str]]:
    """Return the columns of a file by their headings, none if there is no such file."""
    path = _FOLDER / name
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        head, *lines = csv.reader(file)
    return dict(zip(head, zip(*lines, strict=True), strict=True))


def _value(column: Column, cell: str, said: Mapping[str, str]) -> Value:
    try:
        if not cell:
            return None
        if column.kind is ValueKind.CHOICE:
            return {str(choice.value): choice.value for choice in column.choices}[cell]
        if column.kind is ValueKind.YES_NO:
            return {"yes": True, "no": False}[cell]
        if column.kind is ValueKind.DATE:
            return date.fromisoformat(cell)
        if column.kind in (ValueKind.INTEGER, ValueKind.NUMBER):
            return int(cell) if column.kind is ValueKind.INTEGER else float(cell)
    except (KeyError, ValueError) as error:
        raise ValueError(f"the demo holds “{cell}” in the column “{column.key}”") from error
    return said.get(cell, cell)
