"""Texts and numbers as people of a language read them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from ..texts.message import ISO_DAY, Text, msg
from .parts import Cell, Unit

_YES, _NO = msg("yes"), msg("no")


#: A digit behind which threes of digits stand up to the end.
_THOUSANDS = re.compile(r"\d(?=(?:\d{3})+$)", re.ASCII)


@dataclass(frozen=True)
class Language:
    """How a language says messages and writes numbers.

    ``translate`` takes the English message; ``point`` stands before decimals, ``group`` between thousands, ``percent``
    behind a number of percent; ``day`` writes a day; ``code`` names the language.
    """

    translate: Callable[[str], str] = str
    point: str = "."
    code: str = "en"
    group: str = ""
    percent: str = "\u00a0%"
    day: Callable[[date], str] = date.isoformat

    def number(self, value: float, decimals: int | None = None) -> str:
        """Write a number for reading, with so many decimals, or with those it has."""
        whole, point, rest = self.typed(value, decimals).partition(self.point)
        return _THOUSANDS.sub(rf"\g<0>{self.group}", whole) + point + rest

    def typed(self, value: float, decimals: int | None = None) -> str:
        """Write a number as it stands in a field or in a table of the learner: with nothing between thousands."""
        digits = f"{value:.12g}" if decimals is None else f"{value:.{decimals}f}"
        if float(digits) == 0:
            digits = digits.removeprefix("-")
        return digits.replace(".", self.point).replace("-", "\u2212")


ENGLISH = Language()


def show(text: Text | str, language: Language = ENGLISH) -> str:
    """Return a text filled in and translated; words of the learner's data stay as they are."""
    if isinstance(text, str):
        return text
    filled = {name: _filled(name, value, language) for name, value in text.parameters.items()}
    return language.translate(text.message) % filled


def show_value(value: Cell, unit: Unit, decimals: int, language: Language = ENGLISH) -> str:
    """Return a figure or a cell as it is read: floats with decimals, whole numbers without; a dash for None."""
    if value is None:
        return "\u2013"
    if isinstance(value, bool):
        return show(_YES if value else _NO, language)
    if isinstance(value, int):
        return language.number(value) + _suffix(unit, language)
    if isinstance(value, float):
        return language.number(value, decimals) + _suffix(unit, language)
    return show(value, language)


def _filled(name: str, value: str | int | float | Text, language: Language) -> str:
    if name == ISO_DAY and isinstance(value, str):
        return language.day(date.fromisoformat(value))
    return language.number(value) if isinstance(value, int | float) else show(value, language)


def _suffix(unit: Unit, language: Language) -> str:
    return language.percent if unit is Unit.PERCENT else ""
