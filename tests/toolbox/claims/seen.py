"""A result as a reader sees it: figures, columns, the sentence and the names in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from iciinsmes.toolbox.instruments.framework import Level, Result, Value, show

GOOD, NEUTRAL, ATTENTION = Level.GOOD, Level.NEUTRAL, Level.ATTENTION

#: Rounding of sums may differ in the last digits.
EPSILON = 1e-6


@dataclass(frozen=True)
class Seen:
    """A result and the options it was made with."""

    result: Result
    options: Mapping[str, Value]

    @property
    def said(self) -> str:
        """The sentence of the verdict."""
        return show(self.result.verdict.text)

    @property
    def named(self) -> list[str]:
        """What stands in quotation marks in the sentence."""
        return re.findall("“([^”]*)”", self.said)

    @property
    def numbers(self) -> list[float]:
        """The numbers of the sentence that are filled in."""
        return numbers_of(self.result.verdict.text)

    def figure(self, key: str) -> Any:
        """The value of a figure, None if it is not there."""
        return next((figure.value for figure in self.result.figures if figure.key == key), None)

    def ends(self, key: str) -> tuple[Any, Any]:
        """The interval of a figure."""
        figure = self.result.figure(key)
        return figure.low, figure.high

    def column(self, table: str, key: str) -> list[Any]:
        """A column of a table; texts as they are read."""
        cells = self.result.table(table).column(key)
        return [cell if cell is None or isinstance(cell, int | float | str) else show(cell) for cell in cells]

    def pairs(self, table: str, one: str, other: str) -> dict[Any, Any]:
        """Two columns of a table, the first as keys."""
        return dict(zip(self.column(table, one), self.column(table, other), strict=True))

    def met(self, key: str) -> bool:
        """Whether a condition is met."""
        return next(condition.met for condition in self.result.conditions if condition.key == key)

    def right(self, key: str) -> list[str]:
        """The right answers of a question; none if it is not asked."""
        return [
            show(answer.text)
            for question in self.result.questions
            if question.key == key
            for answer in question.answers
            if answer.right
        ]


@dataclass(frozen=True)
class Claim:
    """When a sentence is true, and the levels that fit it."""

    levels: tuple[Level, ...]
    holds: Callable[[Seen], bool]


#: Key of a verdict to what its sentence claims.
Claims = Mapping[str, Claim]


def claim(holds: Callable[[Seen], bool], *levels: Level) -> Claim:
    """Make a claim."""
    return Claim(levels, holds)


def numbers_of(text: Any) -> list[float]:
    """Return the numbers filled into a text and the texts within it, as they are read."""
    found = []
    for name in re.findall(r"%\((\w+)\)s", text.message):
        value = text.parameters[name]
        if isinstance(value, int | float):
            found.append(float(value))
        elif not isinstance(value, str):
            found += numbers_of(value)
    return found


def near(one: float | None, other: float | None) -> bool:
    """Tell whether two numbers are equal but for rounding in the sentence."""
    return one is not None and other is not None and abs(one - other) <= 0.05 + EPSILON


def highest(values: Mapping[str, float | None]) -> set[str]:
    """Return the names with the highest number."""
    known = {name: value for name, value in values.items() if value is not None}
    return {name for name, value in known.items() if value >= max(known.values()) - EPSILON}
