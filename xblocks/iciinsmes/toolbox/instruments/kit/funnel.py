"""How many go on from step to step, and how that changed since an earlier period."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .statistics import Interval, wilson
from .two_shares import shares_z


class Move(NamedTuple):
    """The way from one step to the next: how many stood before it, and how many of them took it.

    ``z`` tells by how many standard errors the share lies above the earlier period's; None without one.
    """

    begin: str
    end: str
    before: int
    after: int
    change: float | None = None
    z: float | None = None

    @property
    def is_possible(self) -> bool:
        """Whether there is a share: somebody stood before the step, and no more than those took it."""
        return 0 < self.before >= self.after

    @property
    def share(self) -> Interval:
        """Share that took the step, 0 to 1; only where it is possible."""
        return wilson(self.after, self.before)


def moves(steps: Sequence[str], counts: Sequence[int], earlier: Sequence[int]) -> list[Move]:
    """Return the moves of a funnel, compared with those of an earlier period.

    Args:
        steps: names in their order.
        counts: one a step.
        earlier: the same of the earlier period; empty if there is none.
    """
    found = []
    for index in range(len(steps) - 1):
        move = Move(steps[index], steps[index + 1], counts[index], counts[index + 1])
        then = Move("", "", earlier[index], earlier[index + 1]) if earlier else None
        if then and then.is_possible and move.is_possible:
            z = shares_z(then.after, then.before, move.after, move.before)
            move = move._replace(change=move.after / move.before - then.after / then.before, z=z)
        found.append(move)
    return found


def weakest(found: Sequence[Move]) -> Move | None:
    """Return the move whose share fell most since the earlier period; without one, the move with the lowest share."""
    compared = [move for move in found if move.change is not None]
    if compared:
        return min(compared, key=lambda move: move.change or 0.0)
    return min((move for move in found if move.is_possible), key=lambda move: move.share.value, default=None)
