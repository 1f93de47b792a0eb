"""The staff's own light (R11): what nobody has answered for too long; it is never a learner's."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies.api import limited_to
from iciinsmes.platform import zones
from iciinsmes.waiting import api as waiting
from iciinsmes.waiting.data import QueueCounts

from .course_rules import rules_of
from .days import calendars_of, day_of_site, today
from .rule_data import Finding
from .rules.staff_light import first_day_in_time, unanswered
from .rules.thresholds import Thresholds


@dataclass(frozen=True)
class AnswerTime:
    """How long the staff of a course run may take to answer: what was asked before a moment is overdue."""

    overdue_before: datetime
    is_working: Callable[[date], bool]
    thresholds: Thresholds


def answer_times(*, course_keys: Collection[CourseKey]) -> dict[CourseKey, AnswerTime]:
    """Return it for each course run, by the working days of its staff; two queries at most, whatever their number."""
    rules, calendars = rules_of(course_keys=course_keys), calendars_of(course_keys)
    return {key: _answer_time(calendars[key], rules[key].thresholds) for key in course_keys}


def overdue_before(*, course_keys: Collection[CourseKey]) -> dict[CourseKey, datetime]:
    """Return for each course run the moment before which what was asked is overdue; two queries at most."""
    return {key: found.overdue_before for key, found in answer_times(course_keys=course_keys).items()}


def staff_light(*, user_id: int, course_key: CourseKey) -> Finding | None:
    """Return what has waited too long for the staff of a run, rounds and gates alike; None where nothing has.

    Three queries at most. Permissions are the caller's to ask; who teaches only some learners is told of theirs.

    Args:
        user_id: who reads: staff of the run.
        course_key: the run.

    Returns:
        See `rules.staff_light.unanswered`.
    """
    found = answer_times(course_keys=[course_key])[course_key]
    counts = waiting.queue_counts(
        course_key=course_key,
        overdue_before=found.overdue_before,
        limited_to=limited_to(user_id=user_id, course_key=course_key),
    )
    return light_of_counts(counts=counts, time=found)


def light_of_counts(*, counts: QueueCounts, time: AnswerTime) -> Finding | None:
    """Return the same of what was counted already; no query."""
    if not counts.overdue or counts.oldest is None:
        return None
    return unanswered(counts.overdue, day_of_site(counts.oldest), today(), time.is_working, time.thresholds)


def _answer_time(is_working: Callable[[date], bool], thresholds: Thresholds) -> AnswerTime:
    first = first_day_in_time(today(), is_working, thresholds.answer_working_days)
    # The zone of a place could move the first of all days before it.
    zone = UTC if first == date.min else zones.of_site()
    return AnswerTime(datetime.combine(first, time.min, tzinfo=zone), is_working, thresholds)
