"""How exact an answer of some customers is about all of them, when all are not very many."""

from __future__ import annotations

import math

from ... import framework as fw

#: A rounding error must not ask for one more answer.
_EPSILON = 1e-9


def margin_of(answers: int, customers: int | None, share: float = 0.5) -> float:
    """Return the margin of error, 0 to 1 (Cochran 1977): z √(p(1-p)/n), times √((N-n)/(N-1)) for few customers.

    Args:
        answers: n, at least 1.
        customers: N, at least ``answers``; None for very many.
        share: p, the share that is measured, 0 to 1; at one half the margin is largest.
    """
    return fw.Z * math.sqrt(share * (1 - share) / answers) * _correction(answers, customers)


def _correction(answers: int, customers: int | None) -> float:
    """Return what the margin shrinks by because a good part of all customers answered; 0 if all did."""
    if customers is None:
        return 1.0
    return math.sqrt((customers - answers) / (customers - 1)) if customers > answers else 0.0


def answers_needed(margin: float, customers: int | None, share: float = 0.5) -> int:
    """Return how many answers have a margin of at most about ``margin`` (Cochran 1977), at most all customers.

    Args:
        margin: above 0, to 1.
        customers: all there are, at least 1; None for very many.
        share: the share that is measured, between 0 and 1.
    """
    needed = fw.Z * fw.Z * share * (1 - share) / margin**2
    if customers is not None:
        needed = needed / (1 + (needed - 1) / customers)
    return max(1, math.ceil(needed - _EPSILON))


def interval_of(hits: int, answers: int, customers: int | None) -> fw.Interval:
    """Return the share ``hits / answers`` with Wilson's interval, narrower the more of all customers answered.

    The answers count as so many as would be as exact among very many customers. The interval leaves out one half
    exactly if the share is farther from it than the margin.

    Args:
        hits: 0 to ``answers``.
        answers: at least 1.
        customers: at least ``answers``; None for very many.
    """
    correction = _correction(answers, customers)
    if correction == 0:
        return fw.Interval(hits / answers, hits / answers, hits / answers)
    worth = answers / correction**2
    return fw.wilson(hits / answers * worth, worth)
