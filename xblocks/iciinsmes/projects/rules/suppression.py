"""Small groups of a table are hidden, so that nobody is recognised and nothing hidden can be computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

#: Groups of fewer are hidden.
FEWEST = 5


def shown_counts(counts: Mapping[str, int], fewest: int = FEWEST) -> dict[str, int | None]:
    """Return what may be shown of a table whose total is known: a count, or None for a hidden group.

    Groups of fewer than ``fewest`` are hidden; an empty one is none. As the total is known, what is hidden must leave
    room for at least two readings. So the next smallest is hidden too, and whatever is as large as it, while one group
    is hidden alone, or all hidden ones are as small as they can be together, or as large: of two that are hidden with
    a sum of 8, both would be 4.

    Args:
        counts: group to its number, not negative.
        fewest: see above.
    """
    there = sorted((key for key in counts if counts[key]), key=lambda key: counts[key])
    hidden = [key for key in there if counts[key] < fewest]
    others = there[len(hidden) :]
    while hidden and others and _is_clear([counts[key] for key in hidden], fewest):
        next_smallest = counts[others[0]]
        hidden += [key for key in others if counts[key] == next_smallest]
        others = [key for key in others if counts[key] > next_smallest]
    return {key: None if key in hidden else count for key, count in counts.items() if count}


def _is_clear(hidden: Sequence[int], fewest: int) -> bool:
    """Tell whether the sum of what is hidden says too much about the groups in it."""
    return len(hidden) == 1 or sum(hidden) < fewest or sum(hidden) == len(hidden) * (fewest - 1)
