"""Ordering by weight and adding up: which few of many bring most, and the classes A, B and C (Juran 1951)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

#: Up to these shares of all weight the classes A and B go.
CLASS_A_SHARE = 0.8
CLASS_B_SHARE = 0.95

#: Room for rounding where shares of sums of money are compared with a limit.
EPSILON = 1e-9


class ParetoShare(NamedTuple):
    """Something with its weight, such as complaints or money, and the share of all weight up to and with it, 0 to 1."""

    name: str
    weight: float
    cumulated: float


def pareto(weights: Sequence[tuple[str, float]]) -> list[ParetoShare]:
    """Return names by falling weight, equal ones by name, with cumulated shares; the sum must be above 0."""
    total = sum(weight for _name, weight in weights)
    shares, running = [], 0.0
    for name, weight in sorted(weights, key=lambda entry: (-entry[1], entry[0])):
        running += weight
        shares.append(ParetoShare(name, weight, running / total))
    return shares


def abc_class(shares: Sequence[ParetoShare], rank: int) -> str:
    """Return A, B or C for the one at a rank, from 0; the largest is A even if it alone is above 80 %."""
    cumulated = shares[rank].cumulated
    if rank == 0 or cumulated <= CLASS_A_SHARE + EPSILON:
        return "A"
    return "B" if cumulated <= CLASS_B_SHARE + EPSILON else "C"
