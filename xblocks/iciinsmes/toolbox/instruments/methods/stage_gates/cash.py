"""What money of later years is worth today: one amount a year, costs below zero, the first one now."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate, pairwise

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
