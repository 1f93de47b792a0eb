"""Comparing two shares, each given as hits among so many."""

from __future__ import annotations

import math
from typing import NamedTuple

from .statistics import Interval, Z, two_sided_p

#: 80 % power: four of five such tests find a difference that is there.
_Z_POWER = 0.8416

#: Tables less likely than this part of the likeliest one change nothing.
_NEGLIGIBLE = 1e-20

#: Tables as likely as the one found count as such, whatever rounding says.
_TIE = 1 + 1e-7

#: With fewer expected in a cell, z is too rough.
_SMALLEST_CELL = 5
_SIGNIFICANT = 0.05


class Variant(NamedTuple):
    """One variant: how many saw it, at least 1, and how many of them did what was hoped for."""

    name: str
    seen: int
    done: int

    @property
    def share(self) -> float:
        """Share that did it, 0 to 1."""
        return self.done / self.seen


class Comparison(NamedTuple):
    """Two variants compared: ``difference`` is the second share minus the first, ``p`` how likely it is by chance."""

    first: Variant
    second: Variant
    difference: Interval
    p: float
    is_exact: bool

    @property
    def is_proven(self) -> bool:
        """Whether chance explains the difference in fewer than 5 of 100 cases."""
        return self.p < _SIGNIFICANT

    @property
    def better(self) -> Variant:
        """The variant with the higher share."""
        return self.second if self.difference.value > 0 else self.first


def shares_z(hits1: int, n1: int, hits2: int, n2: int) -> float:
    """Return how many standard errors the second share lies above the first, with the pooled error.

    Args:
        hits1: 0 to ``n1``.
        n1: at least 1.
        hits2: 0 to ``n2``.
        n2: at least 1.

    Returns:
        0 where nobody or everybody hit, since that leaves no difference.
    """
    pooled = (hits1 + hits2) / (n1 + n2)
    error = math.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    return (hits2 / n2 - hits1 / n1) / error if error else 0.0


def shares_difference(hits1: int, n1: int, hits2: int, n2: int) -> Interval:
    """Return the second share minus the first, -1 to 1, with its interval (errors not pooled; Fleiss et al. 2003)."""
    first, second = hits1 / n1, hits2 / n2
    half = Z * math.sqrt(first * (1 - first) / n1 + second * (1 - second) / n2)
    return Interval(second - first, max(-1.0, second - first - half), min(1.0, second - first + half))


def fisher_p(hits1: int, n1: int, hits2: int, n2: int) -> float:
    """Return how likely a table at least as unlikely as this one is by chance (Fisher's exact test, two-sided).

    Walks from the likeliest table to both sides until the rest is negligible, so large numbers cost no more.
    """
    hits = hits1 + hits2
    low, high = max(0, hits - n2), min(n1, hits)
    top = min(max((n1 + 1) * (hits + 1) // (n1 + n2 + 2), low), high)
    weights = {top: 1.0}
    place, weight = top, 1.0
    while place < high and weight > _NEGLIGIBLE:
        weight *= (n1 - place) * (hits - place) / ((place + 1) * (n2 - hits + place + 1))
        place += 1
        weights[place] = weight
    place, weight = top, 1.0
    while place > low and weight > _NEGLIGIBLE:
        weight *= place * (n2 - hits + place) / ((n1 - place + 1) * (hits - place + 1))
        place -= 1
        weights[place] = weight
    limit = weights.get(hits1, 0.0) * _TIE
    return min(1.0, sum(entry for entry in weights.values() if entry <= limit) / sum(weights.values()))


def visitors_for_difference(first: float, second: float) -> int:
    """Return how many each group needs, so that four of five tests tell two shares apart (Fleiss et al. 2003).

    Args:
        first: 0 to 1.
        second: 0 to 1, another than ``first``.
    """
    middle = (first + second) / 2
    by_chance = Z * math.sqrt(2 * middle * (1 - middle))
    by_power = _Z_POWER * math.sqrt(first * (1 - first) + second * (1 - second))
    return math.ceil(((by_chance + by_power) / (second - first)) ** 2)


def compare(first: Variant, second: Variant) -> Comparison:
    """Compare two variants: by z, or exactly if fewer than 5 are expected in a cell."""
    done, seen = first.done + second.done, first.seen + second.seen
    smallest = min(first.seen, second.seen) * min(done, seen - done) / seen
    is_exact = smallest < _SMALLEST_CELL
    p = (
        fisher_p(first.done, first.seen, second.done, second.seen)
        if is_exact
        else two_sided_p(shares_z(first.done, first.seen, second.done, second.seen))
    )
    difference = shares_difference(first.done, first.seen, second.done, second.seen)
    return Comparison(first, second, difference, p, is_exact)
