"""From day to day: a light gets worse at once, and better only after the condition is gone for whole days.

Each colour of each rule is a latch of its own. It closes on a day on which the rule says that colour or a worse one,
and opens after `Thresholds.hold_days` whole days on which it did not; so a red light goes by way of amber where amber
was said later than red. While a pause suspends a rule, nothing is known of its condition: its latches stay as they are,
and the days of the pause do not count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from ..data import Light, LightRule
from ..rule_data import Facts, Finding, Held, PauseFacts
from .days import active_days, pause_on
from .lights import RULES, SUSPENDED, findings, has_ended
from .thresholds import Thresholds

_DAY = timedelta(days=1)
_ORDER = {rule: number for number, rule in enumerate(RULES)}
#: Each rule that is held, with its colours, the worst first, and the key of each, such as R2-red.
_LATCHES = tuple(
    (rule, tuple((light, f"{rule.value}-{light.value}") for light in (Light.RED, Light.AMBER)))
    for rule in RULES
    if rule is not LightRule.PAUSE
)


def catch_up(
    held: Mapping[str, Held], facts: Facts, last: date | None, today: date, thresholds: Thresholds
) -> tuple[dict[str, Held], tuple[Finding, ...]]:
    """Return what is remembered after today, and what is shown today, the worst first.

    The days after ``last`` are gone through as if each had been looked at with these facts. So before facts change,
    catch up with them as they were; then look at the new ones with ``last`` = ``today``. That may be done any number of
    times a day, and what was worse in between is held.

    Args:
        held: what an earlier call returned; empty at first.
        facts: as they have been since ``last``.
        last: the day of that call; None at first, when only today is looked at.
        today: the day to show.
        thresholds: of the course run.
    """
    kept: dict[str, Held] = dict(held)
    said: tuple[Finding, ...] = ()
    for day in _days_that_matter(facts.pauses, last, today, thresholds.hold_days):
        said = findings(facts, day, thresholds)
        kept = {} if has_ended(facts, day) else _after(kept, said, facts.pauses, day, thresholds.hold_days)
    return kept, _shown(kept, said, facts.pauses, today, thresholds.hold_days)


def _days_that_matter(pauses: Sequence[PauseFacts], last: date | None, today: date, hold_days: int) -> list[date]:
    """Return the days after the last one that today's lights depend on, today among them.

    A latch that is still closed today was closed on one of them, because it opens after the days of holding. So they
    suffice, however long nobody has looked, and as many days without pause for what a pause suspends.
    """
    if last is None or last >= today:
        return [today]
    days, needed, day = [], hold_days + 1, today
    while day > last and needed > 0:
        running = pause_on(pauses, day)
        is_recent = (today - day).days <= hold_days
        if running is None:
            needed -= 1
        if running is None or is_recent:
            days.append(day)
        day = (day if running is None or is_recent else running.first) - _DAY
    return days[::-1]


def _after(
    held: Mapping[str, Held], said: Sequence[Finding], pauses: Sequence[PauseFacts], day: date, hold_days: int
) -> dict[str, Held]:
    """Return what is remembered when a day has been looked at."""
    if not held and not said:
        return {}
    kept: dict[str, Held] = {}
    by_rule: dict[LightRule, list[Finding]] = {}
    for finding in said:
        by_rule.setdefault(finding.rule, []).append(finding)
    is_paused = pause_on(pauses, day) is not None
    for rule, colours in _LATCHES:
        found = by_rule.get(rule, [])
        worst = max((finding.light.severity for finding in found), default=0)
        for light, key in colours:
            before = held.get(key)
            if is_paused and rule in SUSPENDED:
                after = before
            elif worst >= light.severity:
                after = Held(light, None, tuple(finding for finding in found if finding.light is light))
            else:
                after = _held_on(before, rule, pauses, day, hold_days)
            if after is not None:
                kept[key] = after
    return kept


def _held_on(
    before: Held | None, rule: LightRule, pauses: Sequence[PauseFacts], day: date, hold_days: int
) -> Held | None:
    """Return what is remembered of a colour on a day on which its condition is gone."""
    if before is None:
        return None
    since = before.better_since or day
    return replace(before, better_since=since) if _days_gone(rule, pauses, since, day) < hold_days else None


def _days_gone(rule: LightRule, pauses: Sequence[PauseFacts], since: date, day: date) -> int:
    """Return how many whole days from the first one on have passed; the day itself is not over."""
    if rule in SUSPENDED:
        return active_days(pauses, since - _DAY, day - _DAY)
    return (day - since).days


def _shown(
    held: Mapping[str, Held], said: Sequence[Finding], pauses: Sequence[PauseFacts], today: date, hold_days: int
) -> tuple[Finding, ...]:
    """Return what is said today and, of each rule, the reasons of a worse colour that is still held."""
    shown = list(said)
    is_paused = pause_on(pauses, today) is not None
    for rule, colours in _LATCHES:
        if is_paused and rule in SUSPENDED:
            continue
        worst = next((held[key] for _light, key in colours if key in held), None)
        if worst is not None and worst.better_since is not None:
            until = _opens_on(rule, pauses, worst.better_since, today, hold_days)
            shown += [replace(finding, until=until) for finding in worst.findings]
    return tuple(sorted(shown, key=lambda each: (-each.light.severity, _ORDER[each.rule])))


def _opens_on(rule: LightRule, pauses: Sequence[PauseFacts], since: date, today: date, hold_days: int) -> date:
    """Return the first day on which a colour is gone if its condition does not come back."""
    day = max(since + timedelta(days=hold_days), today + _DAY)
    while _days_gone(rule, pauses, since, day) < hold_days or (rule in SUSPENDED and pause_on(pauses, day) is not None):
        day += _DAY
    return day
