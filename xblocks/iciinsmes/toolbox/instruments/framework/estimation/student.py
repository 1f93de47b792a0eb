"""Student's distribution, for means of few values."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from .intervals import Z, rounding_variance, two_sided_p

#: With more values it is the normal one, for our purposes.
_MANY = 200


class Difference(NamedTuple):
    """How far one mean lies above another, and how likely such a distance is by chance."""

    value: float
    p: float


def mean_difference(first: Sequence[float], second: Sequence[float], step: float) -> Difference:
    """Return how far the mean of ``first`` lies above the one of ``second``, with spreads of their own (Welch 1947).

    Args:
        first: at least two values.
        second: at least two values.
        step: to which values were rounded, above 0; values that are all equal still spread by what that hides.
    """
    means, errors = [], []
    for values in (first, second):
        mean = math.fsum(values) / len(values)
        variance = math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1)
        means.append(mean)
        errors.append(max(variance, rounding_variance(step)) / len(values))
    freedom = sum(errors) ** 2 / sum(
        error**2 / (len(values) - 1) for error, values in zip(errors, (first, second), strict=True)
    )
    difference = means[0] - means[1]
    return Difference(difference, student_p(difference / math.sqrt(sum(errors)), max(1, math.floor(freedom))))


def student_limit(freedom: int) -> float:
    """Return the distance of 0 within which 95 % of Student's distribution lie; ``freedom`` is at least 1."""
    if freedom > _MANY:
        return Z
    low, high = 0.0, 13.0
    for _each in range(60):
        middle = (low + high) / 2
        if _student_within(middle, freedom) < 0.95:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def student_p(t: float, freedom: int) -> float:
    """Return how likely a value at least as far from 0 as ``t`` is by chance; ``freedom`` is at least 1."""
    return two_sided_p(t) if freedom > _MANY else max(0.0, 1 - _student_within(abs(t), freedom))


def _student_within(t: float, freedom: int) -> float:
    """Return the share between -t and t; a finite sum for whole degrees (Abramowitz and Stegun 26.7.3, 26.7.4)."""
    angle = math.atan(t / math.sqrt(freedom))
    sine, cosine = math.sin(angle), math.cos(angle)
    is_odd = freedom % 2
    term, total = (cosine, 0.0) if is_odd else (1.0, 0.0)
    for power in range(2 + is_odd, freedom + 1, 2):
        total += term
        term *= cosine * cosine * (power - 1) / power
    return 2 / math.pi * (angle + sine * total) if is_odd else sine * total
