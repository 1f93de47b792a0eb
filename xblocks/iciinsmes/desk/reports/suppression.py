"""Small groups in figures that leave the course, so that nobody is recognised and nothing hidden can be computed."""

from __future__ import annotations

from collections.abc import Mapping

from iciinsmes.projects.api import FEWEST, shown_counts
from iciinsmes.projects.data import Trigger

#: How many of a group, and how many there are.
Part = tuple[int, int]


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


def shown_triggers(counts: Mapping[str, int]) -> dict[str, int | None]:
    """Return what may be shown of triggers whose sums from outside and of own accord are told too; None for hidden.

    Where a sum is hidden, all of its triggers are. Otherwise each side is a table of its own, whose total is known.

    Args:
        counts: by trigger, empty for none: how many firms began so.
    """
    sums = shown_counts(trigger_sums(counts))
    shown: dict[str, int | None] = {}
    for side in ("reactive", "proactive", ""):
        mine = {key: count for key, count in counts.items() if count and _side_of(key) == side}
        shown |= dict.fromkeys(mine) if sums.get(side) is None else shown_counts(mine, FEWEST if side else 0)
    return shown


def trigger_sums(counts: Mapping[str, int]) -> dict[str, int]:
    """Return how many firms began from outside, of their own accord, and for no reason that they have told."""
    sums = dict.fromkeys(("reactive", "proactive", ""), 0)
    for key, count in counts.items():
        sums[_side_of(key)] += count
    return sums


def _side_of(key: str) -> str:
    if not key:
        return ""
    return "reactive" if Trigger(key).is_reactive else "proactive"


def _is_few(reached: int, size: int) -> bool:
    return 0 < reached < FEWEST or 0 < size - reached < FEWEST


def _says_too_much(parts: list[Part]) -> bool:
    reached, size = (sum(numbers) for numbers in zip(*parts, strict=True))
    return len(parts) == 1 or _is_few(reached, size)
