"""How many go on from step to step, and how that changed since an earlier period."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ... import framework as fw


class Move(NamedTuple):
    """The way from one step to the next: how many stood before it, and how many of them took it.

    ``change`` is how far the share lies above that of the earlier period, -1 to 1, and ``p`` how likely such a change
    is by chance if this step alone was looked at; None without an earlier period.
    """

    begin: str
    end: str
    before: int
    after: int
    change: float | None = None
    p: float | None = None

    @property
    def is_possible(self) -> bool:
        """Whether there is a share: somebody stood before the step, and no more than those took it."""
        return 0 < self.before >= self.after

    @property
    def share(self) -> fw.Interval:
        """Share that took the step, 0 to 1; only where it is possible."""
        return fw.wilson(self.after, self.before)

    @property
    def lost(self) -> int:
        """How many stood before it and did not take it; none where more took it than stood there."""
        return max(self.before - self.after, 0)


class Weakest(NamedTuple):
    """The step to look at: the surest fall since the earlier period, or else the lowest share.

    ``p`` belongs to a fall: how likely one so sure is by chance at any of the steps compared (Bonferroni), at most 1.
    """

    move: Move
    p: float | None

    @property
    def is_fall(self) -> bool:
        """Whether the share fell since the earlier period."""
        return self.p is not None

    @property
    def has_fallen(self) -> bool:
        """Whether it fell beyond chance."""
        return self.p is not None and self.p < fw.SIGNIFICANT


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
            p = fw.compare(fw.Variant("", then.before, then.after), fw.Variant("", move.before, move.after)).p
            move = move._replace(change=move.after / move.before - then.after / then.before, p=p)
        found.append(move)
    return found


def weakest(found: Sequence[Move]) -> Weakest | None:
    """Return the step to look at; None if no step has a share."""
    compared = [move for move in found if move.p is not None]
    falls = [move for move in compared if move.change is not None and move.change < 0]
    if falls:
        # A large fall of few people may be chance; a small one of many may not. Equally sure ones: the larger.
        surest = min(falls, key=lambda move: (move.p or 0.0, move.change or 0.0))
        return Weakest(surest, min(1.0, len(compared) * (surest.p or 0.0)))
    possible = [move for move in found if move.is_possible]
    return Weakest(min(possible, key=lambda move: move.share.value), None) if possible else None
