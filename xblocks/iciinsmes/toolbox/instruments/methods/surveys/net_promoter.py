"""The net promoter score of some answers, where the true one lies, and how far two scores differ."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from ... import framework as fw

#: From these answers on, of 0 to 10, people are promoters and passives.
PROMOTER, PASSIVE = 9, 7

#: Added to promoters and to detractors for the error of a wave, twice as many to passives (Rocks 2016).
_ADDED = 0.75


class PromoterScore(NamedTuple):
    """A net promoter score in points, -100 to 100, its standard error and the ends of its interval."""

    n: int
    value: float
    error: float
    low: float
    high: float
    promoters: int
    detractors: int

    @property
    def careful_error(self) -> float:
        """The standard error, or if larger that with three answers added, one of each kind but more passives.

        It is above 0 where all agree, too: twenty promoters in a row do not mean that there is nobody else.
        """
        n = self.n + 4 * _ADDED
        return max(self.error, 100 * _error((self.promoters + _ADDED) / n, (self.detractors + _ADDED) / n, n))


class ScoreChange(NamedTuple):
    """The second score minus the first with its interval, in standard errors, and how likely it is by chance.

    ``p`` is below 0.05 if and only if the interval does not hold 0.
    """

    difference: fw.Interval
    z: float
    p: float

    @property
    def is_proven(self) -> bool:
        """Whether chance explains the change in fewer than 5 of 100 cases."""
        return not self.difference.low <= 0 <= self.difference.high


def net_promoter_score(scores: Sequence[int]) -> PromoterScore:
    """Return the score of at least one answer, 0 to 10 each.

    The interval is the score interval for the difference of two shares of the same answers (Tango 1998): it holds also
    for few answers, and where nearly all are of one kind.
    """
    n = len(scores)
    promoters = sum(score >= PROMOTER for score in scores)
    detractors = sum(score < PASSIVE for score in scores)
    value = (promoters - detractors) / n

    def distance(supposed: float) -> float:
        """Standard errors from a supposed score up to the one found; the errors are those it would have."""
        deviation = value - supposed
        linear = (2 * n - promoters + detractors) * supposed - promoters - detractors
        root = math.sqrt(linear**2 + 8 * n * detractors * supposed * (1 - supposed))
        # Twice the share of detractors that makes the answers likeliest, if the supposed score were the true one.
        twice_detractors = (root - linear) / (2 * n)
        error = math.sqrt(max(twice_detractors + supposed * (1 - supposed), 0.0) / n)
        return deviation / error if error else math.copysign(math.inf, deviation)

    low, high = (100 * fw.edge(distance, value, end) for end in (-1.0, 1.0))
    return PromoterScore(
        n, 100 * value, 100 * _error(promoters / n, detractors / n, n), low, high, promoters, detractors
    )


def _error(promoters: float, detractors: float, n: float) -> float:
    """Return the standard error of the difference of both shares, 0 to 1, among so many answers."""
    return math.sqrt(max(promoters + detractors - (promoters - detractors) ** 2, 0.0) / n)


def change(first: PromoterScore, second: PromoterScore) -> ScoreChange:
    """Compare two waves of answers from different people."""
    error = math.hypot(first.careful_error, second.careful_error)
    value = second.value - first.value
    half = fw.Z_EXACT * error
    return ScoreChange(
        fw.Interval(value, max(-200.0, value - half), min(200.0, value + half)),
        value / error,
        fw.two_sided_p(value / error),
    )
