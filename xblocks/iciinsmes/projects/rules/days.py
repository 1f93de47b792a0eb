"""Days of pauses, and days by which a gate is due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from ..data import Gate
from ..rule_data import Facts, PauseFacts

_DAY = timedelta(days=1)


def pause_on(pauses: Iterable[PauseFacts], day: date) -> PauseFacts | None:
    """Return the pause that a day lies in, the one that lasts longest of several; None on other days."""
    running = [pause for pause in pauses if pause.first <= day <= pause.last]
    return max(running, key=lambda pause: pause.last) if running else None


def paused_days(pauses: Sequence[PauseFacts], after: date, until: date) -> int:
    """Return how many of the days after one and until another, that included, lie in pauses; each is counted once."""
    if not pauses:
        return 0
    count, reached = 0, after
    for pause in sorted(pauses, key=lambda each: each.first):
        first, last = max(pause.first, reached + _DAY), min(pause.last, until)
        if first <= last:
            count += (last - first).days + 1
            reached = last
    return count


def active_days(pauses: Sequence[PauseFacts], since: date, today: date) -> int:
    """Return how many days have passed since a day, without those of pauses; negative for a day to come."""
    return (today - since).days - paused_days(pauses, since, today)


def is_due(gate: Gate, facts: Facts, today: date) -> bool:
    """Tell whether a gate is passed or the day by which it is planned has come."""
    planned = facts.planned.get(gate)
    return gate in facts.passed or (planned is not None and planned <= today)
