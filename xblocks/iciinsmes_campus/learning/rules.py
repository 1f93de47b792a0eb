"""Pure rules about what is done and what is whose: no database, no request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

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


def without_contribution(*, own: Mapping[str, Any], shared: Mapping[str, Any]) -> dict[str, Any]:
    """Return what changes in a block's common state when one person's part is taken out.

    Known are the word cloud and the poll of the platform. Of other blocks nobody can say what in their common state is
    whose; it stays as it is.

    Args:
        own: the person's own state of the block.
        shared: the common state.
    """
    changes: dict[str, Any] = {}
    if "all_words" in shared:
        words = _counted_down(shared["all_words"], own.get("student_words", []))
        often = sorted(words, key=lambda word: (-words[word], word))[: len(shared.get("top_words", {}))]
        changes |= {"all_words": words, "top_words": {word: words[word] for word in often}}
    vote = own.get("poll_answer")
    if vote and "poll_answers" in shared:
        votes = shared["poll_answers"]
        changes["poll_answers"] = {**votes, vote: max(0, votes.get(vote, 0) - 1)}
    return changes


def _counted_down(counts: Mapping[str, int], words: Iterable[str]) -> dict[str, int]:
    """Return the counts with one less for each of these words; a word that nobody says any more goes."""
    left = Counter(counts)
    left.subtract(Counter(words))
    return {word: count for word, count in left.items() if count > 0}
