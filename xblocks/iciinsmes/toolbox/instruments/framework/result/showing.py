"""Texts and numbers as people of a language read them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..texts.message import Text, msg
from .parts import Cell, Unit

_SUFFIX = {Unit.PERCENT: "\u00a0%"}
_YES, _NO = msg("yes"), msg("no")


@dataclass(frozen=True)
class Language:
    """How a language says messages and writes decimals; ``translate`` takes the English message, ``code`` names it."""

    translate: Callable[[str], str] = str
    point: str = "."
    code: str = "en"

    def number(self, value: float, decimals: int | None = None) -> str:
        """Write a number with so many decimals, or with those it has."""
        digits = f"{value:.12g}" if decimals is None else f"{value:.{decimals}f}"
        if float(digits) == 0:
            digits = digits.removeprefix("-")
        return digits.replace(".", self.point).replace("-", "\u2212")


ENGLISH = Language()


def show(text: Text | str, language: Language = ENGLISH) -> str:
    """Return a text filled in and translated; words of the learner's data stay as they are."""
    if isinstance(text, str):
        return text
    filled = {
        name: language.number(value) if isinstance(value, int | float) else show(value, language)
        for name, value in text.parameters.items()
    }
    return language.translate(text.message) % filled


def show_value(value: Cell, unit: Unit, decimals: int, language: Language = ENGLISH) -> str:
    """Return a figure or a cell as it is read: floats with decimals, whole numbers without; a dash for None."""
    if value is None:
        return "\u2013"
    if isinstance(value, bool):
        return show(_YES if value else _NO, language)
    if isinstance(value, int):
        return language.number(value) + _SUFFIX.get(unit, "")
    if isinstance(value, float):
        return language.number(value, decimals) + _SUFFIX.get(unit, "")
    return show(value, language)
