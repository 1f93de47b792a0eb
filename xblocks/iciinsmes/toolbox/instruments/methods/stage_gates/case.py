"""A business case year by year: what it brings and costs, what that is worth today, scenarios, what it depends on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from ... import framework as fw
from ...framework import msg

#: Interest between these is looked for: nearly everything lost, and a hundredfold a year.
_LOWEST_RATE, _HIGHEST_RATE = -0.99, 100.0

_HALVINGS = 200


def present_value(amounts: Sequence[float], rate: float) -> float:
    """Return what amounts of years 0, 1, 2 … are worth in year 0.

    Args:
        amounts: one a year.
        rate: interest a year, 0.08 for 8 %; above -1.
    """
    return math.fsum(amount / (1 + rate) ** year for year, amount in enumerate(amounts))


def internal_rate(amounts: Sequence[float]) -> float | None:
    """Return the interest at which the present value is 0, by halving an interval that surely holds it.

    Returns:
        None where it does not exist, is beyond 10,000 % or may not be unique: only amounts that turn once, from costs
        to income, have exactly one (Descartes' rule of signs).
    """
    signs = [amount > 0 for amount in amounts if amount]
    turns = sum(one != other for one, other in pairwise(signs))
    if turns != 1 or signs[0]:
        return None
    low, high = _LOWEST_RATE, _HIGHEST_RATE
    if present_value(amounts, low) < 0 or present_value(amounts, high) > 0:
        return None
    for _each in range(_HALVINGS):
        middle = (low + high) / 2
        if present_value(amounts, middle) > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def payback_years(amounts: Sequence[float]) -> float | None:
    """Return after how many years the money is back and stays so, months in proportion; None if it does not come back.

    Interest does not count here. The first amount falls into year 0, so that of year 1 arrives in the course of it.
    """
    sums = list(accumulate(amounts))
    if not sums or sums[-1] < 0:
        return None
    last_below = max((year for year, total in enumerate(sums) if total < 0), default=None)
    if last_below is None:
        return 0.0
    return last_below - sums[last_below] / amounts[last_below + 1]


def break_even(fixed: float, price: float, variable: float) -> float | None:
    """Return how many pieces pay the fixed costs: F / (p - v); None if a piece brings no more than it costs."""
    return fixed / (price - variable) if price > variable else None


#: Years after the first; no case of a small firm is planned further.
_LONGEST = 50

#: From here on a year is one of the calendar, such as 2026.
_FIRST_CALENDAR_YEAR = 1900


class Input(NamedTuple):
    """One line of the case: its amounts of years 0, 1, 2 …, never below 0."""

    name: str
    is_income: bool
    amounts: list[float]


class Case(NamedTuple):
    """All inputs, and the income and costs of each year; ``left_out`` rows have no amount or no year that fits."""

    inputs: list[Input]
    income: list[float]
    cost: list[float]
    rows: int
    left_out: int

    def net(self, income: float, cost: float) -> list[float]:
        """Return income minus costs of each year, both multiplied as given; empty without inputs."""
        return [income * gained - cost * spent for gained, spent in zip(self.income, self.cost, strict=True)]


class Scenario(NamedTuple):
    """Net amounts of years 0, 1, 2 … if income and costs come as in this scenario."""

    title: fw.Text
    amounts: list[float]
    value: float


class Turn(NamedTuple):
    """An input and what it is worth today.

    ``margin`` is by which part it may become worse until the case is worth 0: below 0 it has to become better, and None
    without money. ``swing`` is what is feared.
    """

    input: Input
    present: float
    margin: float | None
    swing: float

    @property
    def turns(self) -> bool:
        """Whether this input alone makes a positive value negative, if it comes as bad as feared."""
        return self.margin is not None and 0 <= self.margin < self.swing

    @property
    def title(self) -> fw.Text:
        """What is feared, in words."""
        percent = round(100 * self.swing, 1)
        if self.input.is_income:
            return msg("%(item)s: %(percent)s %% less", item=self.input.name, percent=percent)
        return msg("%(item)s: %(percent)s %% more", item=self.input.name, percent=percent)


def scenarios(case: Case, *, rate: float, income_swing: float, cost_swing: float) -> list[Scenario]:
    """Return the case as cautious, expected and hopeful people see it; nothing without inputs.

    Args:
        case: what is planned.
        rate: interest a year, 0.08 for 8 %.
        income_swing: part by which income may fall or rise, 0 to 1.
        cost_swing: part by which costs may rise or fall, 0 to 1.
    """
    return [
        Scenario(title, amounts, present_value(amounts, rate))
        for title, income, cost in (
            (msg("Cautious"), 1 - income_swing, 1 + cost_swing),
            (msg("Expected"), 1.0, 1.0),
            (msg("Hopeful"), 1 + income_swing, 1 - cost_swing),
        )
        if (amounts := case.net(income, cost))
    ]


def turns(case: Case, *, rate: float, income_swing: float, cost_swing: float) -> list[Turn]:
    """Return the inputs of a case, the one it depends on most first; the same arguments as for scenarios."""
    value = present_value(case.net(1, 1), rate)
    found = []
    for entry in case.inputs:
        present = present_value(entry.amounts, rate)
        margin = value / present if present else None
        found.append(Turn(entry, present, margin, income_swing if entry.is_income else cost_swing))
    return sorted(found, key=lambda turn: (math.inf if turn.margin is None else abs(turn.margin), turn.input.name))


def read_case(table: fw.Table) -> Case:
    """Read the money of a table with the columns type, item, value and year; equal items of a kind are one input."""
    kinds, items = table.texts("type"), table.texts("item")
    values, years = table.maybe_numbers("value"), table.maybe_numbers("year")
    wanted = [row for row, kind in enumerate(kinds) if kind in ("income", "cost")]
    first = min(
        (year for row in wanted if (year := years[row]) is not None and year >= _FIRST_CALENDAR_YEAR), default=0
    )
    placed = [_place(year, first) for year in years]
    good = [row for row in wanted if values[row] is not None and placed[row] is not None]
    length = max(((placed[row] or 0) + 1 for row in good), default=0)
    inputs = []
    totals = {}
    for kind in ("income", "cost"):
        rows = [row for row in good if kinds[row] == kind]
        totals[kind] = _by_year(rows, placed, values, length)
        for name, members in fw.grouped(items[row] for row in rows).items():
            amounts = _by_year([rows[index] for index in members], placed, values, length)
            inputs.append(Input(name, kind == "income", amounts))
    return Case(inputs, totals["income"], totals["cost"], len(good), len(wanted) - len(good))


def _by_year(
    rows: Sequence[int], placed: Sequence[int | None], values: Sequence[float | None], length: int
) -> list[float]:
    amounts: list[list[float]] = [[] for _year in range(length)]
    for row in rows:
        amounts[placed[row] or 0].append(values[row] or 0.0)
    return [math.fsum(of_year) for of_year in amounts]


def _place(year: float | None, first: float) -> int | None:
    """Return how many years after the start a year lies, whether it is written 1 or 2027; None if it is too far."""
    if year is None:
        return None
    place = year - first if year >= _FIRST_CALENDAR_YEAR else year
    return int(place) if place <= _LONGEST else None
