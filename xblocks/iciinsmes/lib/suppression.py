"""Small groups in tables are hidden, so that nobody is recognised and nothing hidden can be computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

#: Groups of fewer are hidden.
FEWEST = 5
#: How many of a group, and how many there are.
Part = tuple[int, int]


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


def shown_parts(parts: Mapping[str, Part]) -> dict[str, tuple[int | None, int | None]]:
    """Return what may be shown of groups of which some have reached something; None for what is hidden.

    A group is hidden that has fewer than five people. How many of it have reached it is hidden also where that, or the
    rest, are fewer than five, because one number tells the other. The sums of all groups are known, so the next
    smallest is hidden too until those that are hidden together say no more than one alone.

    Args:
        parts: by group: how many have reached it, and how many there are.
    """
    sizes = shown_counts({key: size for key, (_reached, size) in parts.items()})
    there = sorted((key for key, (_reached, size) in parts.items() if size), key=lambda key: parts[key][1])
    hidden = [key for key in there if sizes[key] is None or _is_few(*parts[key])]
    others = [key for key in there if key not in hidden]
    while hidden and others and _says_too_much([parts[key] for key in hidden]):
        hidden.append(others.pop(0))
    return {key: (None if key in hidden else parts[key][0], sizes[key]) for key in there}


def _is_clear(hidden: Sequence[int], fewest: int) -> bool:
    """Tell whether the sum of what is hidden says too much about the groups in it."""
    return len(hidden) == 1 or sum(hidden) < fewest or sum(hidden) == len(hidden) * (fewest - 1)


def _is_few(reached: int, size: int) -> bool:
    return 0 < reached < FEWEST or 0 < size - reached < FEWEST


def _says_too_much(parts: list[Part]) -> bool:
    reached, size = (sum(numbers) for numbers in zip(*parts, strict=True))
    return len(parts) == 1 or _is_few(reached, size)
