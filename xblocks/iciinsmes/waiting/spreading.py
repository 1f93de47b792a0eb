"""Whose which firm's work is when it is shared out evenly; pure functions."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import TypeVar

_Unit = TypeVar("_Unit", bound=Hashable)


def spread(
    counts: Mapping[_Unit, int],
    people: Sequence[int],
    *,
    barred: Mapping[_Unit, Collection[int]] | None = None,
    load: Mapping[int, tuple[int, int]] | None = None,
) -> dict[_Unit, int]:
    """Share out what belongs together so that everybody has about the same number of works.

    The largest goes first, to who has the fewest works, so nobody has more than another by more than the largest unit
    that could have gone to both. What has no works yet goes to who has the fewest units. What nobody may have is left
    out, and stops nothing.

    Args:
        counts: number of works by firm, or by whatever else stays together; 0 for none yet.
        people: user ids of those who share, in whose order ties are broken.
        barred: for some units the people who may not have it, such as its own members.
        load: how many works and units somebody has already.
    """
    works = {person: (load or {}).get(person, (0, 0))[0] for person in people}
    units = {person: (load or {}).get(person, (0, 0))[1] for person in people}
    place = {person: number for number, person in enumerate(people)}
    found: dict[_Unit, int] = {}
    for unit, count in sorted(counts.items(), key=lambda each: -each[1]):
        allowed = [person for person in works if person not in (barred or {}).get(unit, ())]
        if not allowed:
            continue
        if count:
            taker = min(allowed, key=lambda person: (works[person], units[person], place[person]))
        else:
            taker = min(allowed, key=lambda person: (units[person], works[person], place[person]))
        found[unit] = taker
        works[taker] += count
        units[taker] += 1
    return found
