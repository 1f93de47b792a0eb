"""Comparing two shares, each given as hits among so many."""

from __future__ import annotations

import math
from typing import NamedTuple

from .intervals import HALVINGS, SIGNIFICANT, Z_EXACT, Interval, Z, edge, two_sided_p

#: 80 % power: four of five such tests find a difference that is there.
_Z_POWER = 0.8416

#: Tables less likely than this part of the likeliest one change nothing.
_NEGLIGIBLE = 1e-20

#: Tables as likely as the one found count as such, whatever rounding says.
_TIE = 1 + 1e-7

#: With fewer expected in a cell, z is too rough.
_SMALLEST_CELL = 5


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
    """Two variants compared: ``difference`` is the second share minus the first, ``p`` how likely it is by chance.

    The interval of the difference holds 0 if and only if the test does not prove a difference.
    """

    first: Variant
    second: Variant
    difference: Interval
    p: float
    is_exact: bool

    @property
    def both(self) -> tuple[Variant, Variant]:
        """The two variants."""
        return self.first, self.second

    @property
    def is_proven(self) -> bool:
        """Whether chance explains the difference in fewer than 5 of 100 cases."""
        return self.p < SIGNIFICANT

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


def shares_score_interval(hits1: int, n1: int, hits2: int, n2: int) -> Interval:
    """Return the second share minus the first with the interval of Mee (1984).

    It holds every difference that the pooled z test, put to that difference, does not rule out. So it agrees with the
    test about 0, and is no point where nobody or everybody hit.
    """
    found = hits2 / n2 - hits1 / n1

    def distance(difference: float) -> float:
        """Standard errors from a supposed difference up to the one found; the errors are those it would have."""
        first = _likeliest_first(hits1, n1, hits2, n2, difference)
        second = first + difference
        error = math.sqrt(max(first * (1 - first) / n1 + second * (1 - second) / n2, 0.0))
        return (found - difference) / error if error else math.copysign(math.inf, found - difference)

    return Interval(found, edge(distance, found, -1.0, Z_EXACT), edge(distance, found, 1.0, Z_EXACT))


def _likeliest_first(hits1: int, n1: int, hits2: int, n2: int, difference: float) -> float:
    """Return the first share under which the counts are likeliest, if the second lies above it by a difference."""
    low, high = max(0.0, -difference), min(1.0, 1.0 - difference)
    for _step in range(HALVINGS):
        share = (low + high) / 2
        other = share + difference
        # The slope of the log-likelihood falls all the way, from above 0 to below.
        slope = sum(
            (hits / at if hits else 0.0) - ((n - hits) / (1 - at) if n > hits else 0.0)
            for hits, n, at in ((hits1, n1, share), (hits2, n2, other))
            if 0 < at < 1
        )
        low, high = (share, high) if slope > 0 else (low, share)
    return (low + high) / 2


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
    return Comparison(first, second, _difference(first, second, p, is_exact=is_exact), p, is_exact)


def _difference(first: Variant, second: Variant, p: float, *, is_exact: bool) -> Interval:
    """Return the difference with an interval that agrees with the test about 0."""
    counts = (first.done, first.seen, second.done, second.seen)
    plain = shares_difference(*counts)
    is_point = plain.low == plain.high
    if not is_exact and not is_point and (plain.low <= 0 <= plain.high) == (p >= SIGNIFICANT):
        return plain
    found = shares_score_interval(*counts)
    if p < SIGNIFICANT:
        return found
    # Fisher's test rules out less than z does: a difference of 0 that it leaves open belongs to the interval.
    return found._replace(low=min(found.low, 0.0), high=max(found.high, 0.0))
