"""How far two assessors agree on one criterion; pure functions.

Cohen's kappa with weights tells how much of the disagreement that chance alone would bring is absent (J. Cohen,
Weighted kappa, Psychological Bulletin 70, 1968). Weights grow with the distance on the whole scale of the criterion,
also over levels that nobody has given: what is far apart stays far apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

#: Below so many works that two have assessed, a figure says little about the next one.
RELIABLE_FROM = 5


@dataclass(frozen=True)
class Agreement:
    """How far two agree: the number of works, and the shares (0 to 1) with the same level and at most one apart.

    ``linear`` and ``quadratic`` are Cohen's kappa with these weights, at most 1; None where chance alone would bring no
    disagreement, because both gave one and the same level throughout.
    """

    count: int
    exact: float
    adjacent: float
    linear: float | None
    quadratic: float | None

    @property
    def is_reliable(self) -> bool:
        """Whether there are enough works to say something."""
        return self.count >= RELIABLE_FROM


def agreement(pairs: Sequence[tuple[int, int]]) -> Agreement | None:
    """Return how far two agree; None without any work that both have assessed.

    Args:
        pairs: for each work the positions that the two gave on the scale of the criterion, the lowest level being 0.
    """
    if not pairs:
        return None
    apart = [abs(first - second) for first, second in pairs]
    return Agreement(
        count=len(pairs),
        exact=sum(each == 0 for each in apart) / len(pairs),
        adjacent=sum(each <= 1 for each in apart) / len(pairs),
        linear=_kappa(pairs, 1),
        quadratic=_kappa(pairs, 2),
    )


def _kappa(pairs: Sequence[tuple[int, int]], power: int) -> float | None:
    """Return Cohen's kappa with the distance to this power as weight."""
    firsts, seconds = Counter(first for first, _second in pairs), Counter(second for _first, second in pairs)
    by_chance = sum(
        abs(first - second) ** power * often * how_often
        for first, often in firsts.items()
        for second, how_often in seconds.items()
    )
    if not by_chance:
        return None
    found = sum(abs(first - second) ** power for first, second in pairs)
    return 1 - found * len(pairs) / by_chance
