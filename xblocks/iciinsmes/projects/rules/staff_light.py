"""The staff's own light (R11): what learners and mentors have asked and nobody has answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from ..data import Light, LightRule, ProjectPart
from ..rule_data import Finding
from .keys import Action, LightReason
from .thresholds import Thresholds

_DAY = timedelta(days=1)
_SATURDAY = 5
#: No calendar has fewer working days than its limit in so many days, unless nobody ever works.
_FURTHEST = 3653


def unanswered(
    count: int, oldest: date, today: date, is_working: Callable[[date], bool], thresholds: Thresholds
) -> Finding:
    """Return the finding for whoever has to answer what waits for too long; it is never the learner's light.

    Its values: ``count`` of what waits for longer than ``limit``, ``days`` working days of the oldest, ``since`` when,
    and ``skipped``, the days from Monday to Friday that did not count, as ISO 8601 with commas between.

    Args:
        count: of what was asked before `first_day_in_time` and is still open.
        oldest: the day on which the first of it was asked.
        today: in the zone of the staff, whose days count.
        is_working: tells working days of the staff from weekends and public holidays.
        thresholds: of the course run.
    """
    values = {
        "count": count,
        "days": working_days(oldest, today, is_working),
        "limit": thresholds.answer_working_days,
        "since": oldest.isoformat(),
        "skipped": ", ".join(day.isoformat() for day in skipped_days(oldest, today, is_working)),
    }
    return Finding(LightRule.ANSWERS, Light.AMBER, LightReason.UNANSWERED, Action.ANSWER, ProjectPart.GATES, values)


def working_days(asked_on: date, today: date, is_working: Callable[[date], bool]) -> int:
    """Return how many working days have come since a day, today included, that day not."""
    return sum(1 for day in _days_after(asked_on, today) if is_working(day))


def first_day_in_time(today: date, is_working: Callable[[date], bool], limit: int) -> date:
    """Return the first day on which what is asked has not waited for more than so many working days today."""
    count, day = 0, today
    while count <= limit and (today - day).days < _FURTHEST:
        count += is_working(day)
        day -= _DAY
    return day + _DAY if count > limit else date.min


def skipped_days(asked_on: date, today: date, is_working: Callable[[date], bool]) -> tuple[date, ...]:
    """Return the days from Monday to Friday since a day that were no working days."""
    return tuple(day for day in _days_after(asked_on, today) if day.weekday() < _SATURDAY and not is_working(day))


def _days_after(first: date, last: date) -> Iterable[date]:
    return (first + _DAY * number for number in range(1, (last - first).days + 1))
