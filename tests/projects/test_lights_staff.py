"""The staff's own light: ten working days, counted by the calendar of those who answer."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.projects import api as projects
from iciinsmes.projects.data import Light, LightRule
from iciinsmes.projects.rules.staff_light import first_day_in_time, skipped_days, unanswered, working_days
from iciinsmes.projects.rules.thresholds import STANDARD
from iciinsmes.waiting.data import QueueCounts

MONDAY = date(2026, 4, 20)
HOLIDAYS = {date(2026, 5, 1)}


def is_working(day: date) -> bool:
    return day.weekday() < 5 and day not in HOLIDAYS


def look(*asked: date, today: date, thresholds=STANDARD):
    late = sorted(day for day in asked if day < first_day_in_time(today, is_working, thresholds.answer_working_days))
    return unanswered(len(late), late[0], today, is_working, thresholds) if late else None


@pytest.mark.parametrize(
    ("today", "is_late"),
    [
        (date(2026, 5, 4), False),  # the ninth: 1 May is none
        (date(2026, 5, 5), False),  # the tenth
        (date(2026, 5, 6), True),
    ],
)
def test_more_than_ten_working_days(today, is_late):
    assert (look(MONDAY, today=today) is not None) is is_late


def test_it_names_the_oldest_how_many_wait_and_which_days_did_not_count():
    found = look(MONDAY + timedelta(days=30), MONDAY + timedelta(days=1), MONDAY, today=date(2026, 5, 7))
    assert (found.rule, found.light) == (LightRule.ANSWERS, Light.AMBER)
    assert found.values == {"count": 2, "days": 12, "since": "2026-04-20", "skipped": "2026-05-01", "limit": 10}


def test_nothing_asked_is_nothing_late():
    assert look(today=MONDAY) is None


def test_a_weekend_before_does_not_make_it_later():
    saturday = MONDAY - timedelta(days=2)
    assert look(saturday, today=date(2026, 5, 4)) is None
    assert look(saturday, today=date(2026, 5, 5)) is not None


def test_the_day_of_asking_is_that_of_the_staffs_zone(settings):
    settings.TIME_ZONE_DISPLAYED_FOR_DEADLINES = "Europe/Berlin"
    late_sunday = datetime(2026, 4, 19, 23, 30, tzinfo=UTC)
    counts = QueueCounts(waiting=1, overdue=1, with_mentor=0, oldest=late_sunday)
    time = projects.AnswerTime(late_sunday + timedelta(days=1), is_working, STANDARD)
    assert projects.light_of_counts(counts=counts, time=time).values["since"] == "2026-04-20"


def test_where_nobody_ever_works_nothing_is_late():
    assert first_day_in_time(MONDAY, lambda day: False, 10) == date.min


@given(st.lists(st.integers(0, 60), min_size=1), st.integers(0, 60), st.sets(st.integers(0, 60)))
def test_it_counts_what_counting_each_day_would(asked, today, free):
    def works(day: date) -> bool:
        return day.weekday() < 5 and (day - MONDAY).days not in free

    days, now = [MONDAY + timedelta(days=each) for each in asked], MONDAY + timedelta(days=today)
    late = [day for day in days if sum(works(day + timedelta(days=n + 1)) for n in range((now - day).days)) > 10]
    assert [day for day in days if day < first_day_in_time(now, works, 10)] == late
    if late:
        found = unanswered(len(late), min(days), now, works, STANDARD)
        assert found.values["days"] == working_days(min(days), now, works)
        assert all(day.weekday() < 5 and not works(day) for day in skipped_days(min(days), now, works))
