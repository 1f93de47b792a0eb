"""Pure rules about what is done: no database, no request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from opaque_keys.edx.keys import UsageKey

EXCLUDED = "excluded"


class Completable(Protocol):
    """What the rule needs to know of a block; the courseware's `Node` is one."""

    @property
    def usage_key(self) -> UsageKey:
        """Return the block's key."""

    @property
    def completion(self) -> str:
        """Return the XBlock completion mode."""

    @property
    def error(self) -> object:
        """Return why the block cannot be shown; empty when it can."""

    @property
    def staff_only(self) -> bool:
        """Tell whether learners never see the block."""

    def leaves(self) -> Iterator[Completable]:
        """Yield the blocks below that are no containers."""


def counts(leaf: Completable) -> bool:
    """Tell whether a learner can be expected to complete this leaf."""
    return leaf.completion != EXCLUDED and not leaf.error and not leaf.staff_only


def fraction_done(node: Completable, completions: Mapping[UsageKey, float]) -> float:
    """Return how much of ``node`` is done, 0 to 1: the mean of its leaves.

    Leaves that are excluded from completion, that cannot be shown or that only staff sees do not count. A container
    without any other leaf asks for nothing and counts as done.

    Args:
        node: a block or container of a course.
        completions: what `completions` returned for one person.
    """
    parts = [min(1.0, max(0.0, completions.get(leaf.usage_key, 0.0))) for leaf in node.leaves() if counts(leaf)]
    return sum(parts) / len(parts) if parts else 1.0
