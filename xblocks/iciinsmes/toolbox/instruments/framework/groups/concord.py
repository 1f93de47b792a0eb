"""Whether people who order the same things agree more than if each had ordered them at random."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from itertools import permutations, product
from typing import NamedTuple

from ..estimation.intervals import SIGNIFICANT, doubled_ranks, kendall_w_of_scores, normal_cdf
from ..result.parts import Figure
from ..texts.message import Text, msg

#: Below this Kendall's W there is no common order, however many people agree on that little.
MIN_AGREEMENT = 0.3

#: Up to so many orders are all looked at; else so many are drawn, always the same ones.
_MOST_ORDERS, _DRAWS, _SEED = 15_000, 2_500, 17

#: With more people times things than this the distribution is known (Friedman 1937).
_MANY = 200


class Concord(NamedTuple):
    """Kendall's W, 0 to 1, and how likely at least as much agreement is if everybody orders at random."""

    w: float
    p: float

    @property
    def is_low(self) -> bool:
        """Whether there is no common order to speak of."""
        return self.w < MIN_AGREEMENT

    @property
    def is_common(self) -> bool:
        """Whether there is a common order, and more of it than chance explains."""
        return not self.is_low and self.p < SIGNIFICANT


def agreement_figures(title: Text, agreement: Concord | None, people: int) -> tuple[Figure, Figure]:
    """Return Kendall's W of so many people, and the chance of it, as figures of a result."""
    return (
        Figure("agreement", title, agreement.w if agreement else None, n=people, decimals=2),
        Figure(
            "agreement_p",
            msg("Chance of such an agreement if everybody ranked at random (p)"),
            agreement.p if agreement else None,
            decimals=3,
        ),
    )


def concord(scores: Sequence[Sequence[float]]) -> Concord | None:
    """Return how far people agree on an order.

    Args:
        scores: a row a person, a column a thing; ranks or points, equal ones share a rank. None for fewer than two
            people or things, and where nobody tells any things apart.
    """
    w = kendall_w_of_scores(scores)
    if w is None:
        return None
    ranks = sorted(doubled_ranks(row) for row in scores)
    people, things = len(ranks), len(ranks[0])
    if people * things > _MANY:
        return Concord(w, _chi_square_above(people * (things - 1) * w, things - 1))
    found = _spread(ranks)
    if math.factorial(things) ** (people - 1) <= _MOST_ORDERS:
        spreads = [_spread(orders) for orders in _all_orders(ranks)]
        return Concord(w, sum(spread >= found for spread in spreads) / len(spreads))
    chance = random.Random(_SEED)  # noqa: S311 - no secret: the same data shall give the same figure
    at_least = sum(_spread([chance.sample(row, things) for row in ranks]) >= found for _each in range(_DRAWS))
    return Concord(w, (at_least + 1) / (_DRAWS + 1))


def _spread(ranks: Sequence[Sequence[int]]) -> int:
    """Return what W grows with when everybody's ranks are only put in another order."""
    return sum(sum(column) ** 2 for column in zip(*ranks, strict=True))


def _all_orders(ranks: Sequence[Sequence[int]]) -> Iterator[Sequence[Sequence[int]]]:
    """Return all ways to order; the first person's order can stay, for only the others' beside it counts."""
    yield from product([ranks[0]], *(permutations(row) for row in ranks[1:]))


def _chi_square_above(value: float, freedom: int) -> float:
    """Return the chance of a larger chi-square (Wilson and Hilferty 1931), within 0.003 for its usual limits."""
    spread = 2 / (9 * freedom)
    return 1 - normal_cdf(((value / freedom) ** (1 / 3) - (1 - spread)) / math.sqrt(spread))
