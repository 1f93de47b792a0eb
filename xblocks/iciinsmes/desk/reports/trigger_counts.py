"""How many firms began from outside and of their own accord, and what of it may be shown."""

from __future__ import annotations

from collections.abc import Mapping

from iciinsmes.lib.suppression import FEWEST, shown_counts
from iciinsmes.projects.data import Trigger


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
