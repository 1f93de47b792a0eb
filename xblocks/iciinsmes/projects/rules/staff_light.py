"""The staff's own light (R11): what learners and mentors have asked and nobody has answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from ..data import Light, Part, Rule
from ..rule_data import Finding
from .keys import Action, Reason
from .thresholds import Thresholds

_DAY = timedelta(days=1)
_SATURDAY = 5


def unanswered(
    asked: Iterable[datetime], now: datetime, is_working: Callable[[date], bool], thresholds: Thresholds
) -> Finding | None:
    """Return the finding for whoever has to answer, None when nothing waits for too long; never the learner's light.

    Its values: ``count`` of what waits for longer than ``limit``, ``days`` working days of the oldest, ``since`` when,
    and ``skipped``, the days from Monday to Friday that did not count, as ISO 8601 with commas between.

    Args:
        asked: moments, each with a zone, at which something was asked that is still open.
        now: with the zone of the staff, whose days count.
        is_working: tells working days of the staff from weekends and public holidays.
        thresholds: of the course run.
    """
    today = now.date()
    days = sorted(moment.astimezone(now.tzinfo).date() for moment in asked)
    if not days:
        return None
    latest = _latest_late_day(days[0], today, is_working, thresholds.answer_working_days)
    count = sum(1 for day in days if latest is not None and day <= latest)
    if not count:
        return None
    values = {
        "count": count,
        "days": working_days(days[0], today, is_working),
        "limit": thresholds.answer_working_days,
        "since": days[0].isoformat(),
        "skipped": ", ".join(day.isoformat() for day in skipped_days(days[0], today, is_working)),
    }
    return Finding(Rule.ANSWERS, Light.AMBER, Reason.UNANSWERED, Action.ANSWER, Part.GATES, values)


def working_days(asked_on: date, today: date, is_working: Callable[[date], bool]) -> int:
    """Return how many working days have come since a day, today included, that day not."""
    return sum(1 for day in _days_after(asked_on, today) if is_working(day))


def skipped_days(asked_on: date, today: date, is_working: Callable[[date], bool]) -> tuple[date, ...]:
    """Return the days from Monday to Friday since a day that were no working days."""
    return tuple(day for day in _days_after(asked_on, today) if day.weekday() < _SATURDAY and not is_working(day))


def _latest_late_day(earliest: date, today: date, is_working: Callable[[date], bool], limit: int) -> date | None:
    """Return the last day that lies more working days back than the limit, not before the earliest asked about."""
    count, day = 0, today
    while day > earliest:
        count += is_working(day)
        day -= _DAY
        if count > limit:
            return day
    return None


def _days_after(first: date, last: date) -> Iterable[date]:
    return (first + _DAY * number for number in range(1, (last - first).days + 1))
