"""Formulas that several instruments share. Shares lie between 0 and 1 here; instruments show them in percent."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Sequence
from typing import NamedTuple

#: Two-sided 95 % of the normal distribution, as all instruments use it.
Z = 1.96

#: Below this chance a difference is taken for proven, and what that is in standard errors, with all digits: where an
#: interval stands beside a test, both must agree on every last case.
SIGNIFICANT = 0.05
Z_EXACT = 1.959963984540054

#: After so many halvings of an interval its ends differ by less than numbers can tell.
HALVINGS = 60


class Interval(NamedTuple):
    """A value and where the true one lies in 95 of 100 cases."""

    value: float
    low: float
    high: float

    @property
    def percent(self) -> Interval:
        """The same of a share, in percent."""
        return Interval(100 * self.value, 100 * self.low, 100 * self.high)


def wilson(hits: float, n: float) -> Interval:
    """Return the share ``hits / n`` with the interval of Wilson (1927), which also holds for few answers.

    Args:
        hits: 0 to ``n``.
        n: above 0; not whole where answers count for more or less than one.
    """
    share = hits / n
    middle = share + Z * Z / (2 * n)
    half = Z * math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    scale = 1 + Z * Z / n
    # The share itself is always inside, and 1 where all hit: rounding may put the ends a hair beside it.
    return Interval(share, max(0.0, min(share, (middle - half) / scale)), min(1.0, max(share, (middle + half) / scale)))


def adjusted_wald(hits: int, n: int) -> Interval:
    """Return the share with the interval of Agresti and Coull (1998): z²/2 hits and misses are added."""
    adjusted_n = n + Z * Z
    middle = (hits + Z * Z / 2) / adjusted_n
    half = Z * math.sqrt(middle * (1 - middle) / adjusted_n)
    return Interval(hits / n, max(0.0, middle - half), min(1.0, middle + half))


def rounding_variance(step: float) -> float:
    """Return the variance that rounding to whole steps hides: where all give the same, they still differ by less."""
    return step * step / 12


def mean(values: Collection[float]) -> float | None:
    """Return the mean, None of no values."""
    return sum(values) / len(values) if values else None


def mean_interval(values: Sequence[float], least_variance: float = 0.0, limit: float = Z) -> Interval:
    """Return the mean with the interval mean ± 1.96 s/√n; a single value is its own interval.

    Args:
        values: at least one; with fewer than about 20 the interval is somewhat too narrow.
        least_variance: what rounding hides, where all values may be alike.
        limit: in place of 1.96, such as Student's for few values.
    """
    n = len(values)
    middle = math.fsum(values) / n
    variance = max(math.fsum((value - middle) ** 2 for value in values) / max(n - 1, 1), least_variance)
    half = limit * math.sqrt(variance / n)
    return Interval(middle, middle - half, middle + half)


def edge(distance: Callable[[float], float], inside: float, outside: float, limit: float = Z) -> float:
    """Return how far one can go from a value that data do not rule out towards one that they may rule out.

    Args:
        distance: in standard errors between the data and a value; its size grows from the inside to the outside.
        inside: where to begin.
        outside: where to go at most.
        limit: from this distance on a value is ruled out.
    """
    for _step in range(HALVINGS):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if abs(distance(middle)) < limit else (inside, middle)
    return inside


def normal_cdf(z: float) -> float:
    """Return the share of a normal distribution below ``z``."""
    return (1 + math.erf(z / math.sqrt(2))) / 2


def two_sided_p(z: float) -> float:
    """Return how likely a value at least as far from 0 as ``z`` is by chance."""
    return math.erfc(abs(z) / math.sqrt(2))


def doubled_ranks(values: Sequence[float]) -> list[int]:
    """Return twice the rank of each value, 2 for the smallest; equal values share their average rank.

    Doubled, because average ranks are halves and integers keep divisions exact.
    """
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and values[order[end]] == values[order[start]]:
            end += 1
        for index in order[start:end]:
            ranks[index] = start + 1 + end
        start = end
    return ranks


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value below which ``share`` of the values lie, between neighbours in proportion (type 7).

    Args:
        values: at least one, in any order.
        share: 0 to 1; 0.5 is the median.
    """
    ordered = sorted(values)
    position = share * (len(ordered) - 1)
    lower = math.floor(position)
    upper = min(lower + 1, len(ordered) - 1)
    return ordered[lower] + (ordered[upper] - ordered[lower]) * (position - lower)


def kendall_w_of_scores(scores: Sequence[Sequence[float]]) -> float | None:
    """Return how far raters' scores agree on an order, 0 to 1: Kendall's W of average ranks, corrected for ties.

    Args:
        scores: a row a rater, a column an item; every rater scores every item. None for fewer than two raters or items,
            and where nobody tells any items apart.
    """
    raters, items = len(scores), len(scores[0]) if scores else 0
    if raters < 2 or items < 2:
        return None
    ranks = [doubled_ranks(row) for row in scores]
    sums = [sum(row[item] for row in ranks) for item in range(items)]
    deviation = sum((total - raters * (items + 1)) ** 2 for total in sums)
    ties = sum(count**3 - count for row in ranks for count in Counter(row).values())
    possible = raters**2 * (items**3 - items) - raters * ties
    # Ranks are doubled, so their squares are four times as large.
    return 12 * deviation / (4 * possible) if possible else None


class Agreement(NamedTuple):
    """How often two coders agree, and how often they would by chance, both 0 to 1."""

    observed: float
    expected: float

    @property
    def kappa(self) -> float | None:
        """Agreement beyond chance (Cohen 1960): 1 complete, 0 as by chance; None if both always say the same word."""
        return (self.observed - self.expected) / (1 - self.expected) if self.expected < 1 else None


def agreement(first: Sequence[Hashable], second: Sequence[Hashable]) -> Agreement:
    """Compare the codes of two coders for the same things, at least one."""
    n = len(first)
    counts, others = Counter(first), Counter(second)
    same = sum(one == other for one, other in zip(first, second, strict=True))
    # Whole numbers first: chance is exactly 1 if there is only one code.
    return Agreement(same / n, sum(counts[code] * others[code] for code in counts) / n**2)
