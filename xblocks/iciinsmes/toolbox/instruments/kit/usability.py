"""What a test of a prototype measures: System Usability Scale, problems found, and means of few people."""

from __future__ import annotations

import math
from collections.abc import Sequence

from .statistics import Interval, Z

#: Share of people who run into a problem, averaged over many tests (Nielsen and Landauer 1993).
_MEETS_PROBLEM = 0.31

#: With more people Student's distribution is the normal one, for our purposes.
_MANY = 200


def usability_score(answers: Sequence[int]) -> float:
    """Return the System Usability Scale of one person, 0 to 100 (Brooke 1996).

    Args:
        answers: ten, 1 to 5 each; odd ones praise, even ones blame.
    """
    praise = sum(answer - 1 for answer in answers[::2])
    blame = sum(5 - answer for answer in answers[1::2])
    return 2.5 * (praise + blame)


def problems_found(people: int) -> float:
    """Return which share of the problems so many people meet together, 0 to 1, if 31 % meet each of them."""
    return 1 - (1 - _MEETS_PROBLEM) ** people


def mean_interval(values: Sequence[float]) -> Interval:
    """Return the mean with its 95 % interval by Student's distribution, which is right for few people, too.

    Args:
        values: at least two.
    """
    n = len(values)
    mean = math.fsum(values) / n
    variance = math.fsum((value - mean) ** 2 for value in values) / (n - 1)
    half = student_limit(n - 1) * math.sqrt(variance / n)
    return Interval(mean, mean - half, mean + half)


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
