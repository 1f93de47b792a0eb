"""Dates that are counted from the first day of a run: what authors write, and when that is."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from iciinsmes_campus.courseware import api
from tests.campus.folders import COURSE, key, policy

SCHEDULE = """
[course]
start = { week = 1, day = 1, time = "08:00" }
end = { week = 25, day = 5, time = 23:59:00 }
["sequential/s1"]
due = { week = 8, day = 6, time = "23:59" }
["html/h1"]
start = { week = 2, day = 1, time = "00:00" }
"""
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    return settings.HOME


def due(name: str = "s1", kind: str = "sequential"):
    return api.node(key(kind, name)).due


def begin(day: date, zone: ZoneInfo = BERLIN) -> api.CourseNode:
    api.begin_run(COURSE, day=day, zone=zone)
    return api.course(COURSE)


def test_without_a_start_the_course_is_open_and_says_what_it_needs(make):
    course = make({"schedule.toml": SCHEDULE})
    assert course.needs_start
    assert (course.start, course.end, course.errors) == (None, None, ())
    assert due() is None


def test_dates_follow_from_the_first_day_in_winter_and_summer_time(make):
    make({"schedule.toml": SCHEDULE})
    course = begin(date(2026, 10, 5))
    assert not course.needs_start
    assert course.start == datetime(2026, 10, 5, 6, 0, tzinfo=UTC)
    assert course.end == datetime(2027, 3, 26, 22, 59, tzinfo=UTC)
    assert due() == datetime(2026, 11, 28, 22, 59, tzinfo=UTC)
    # What a container says holds below it, as in OLX.
    assert due("h1", "html") == due()
    assert api.node(key("html", "h1")).start == datetime(2026, 10, 11, 22, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Pacific/Kiritimati", datetime(2027, 3, 27, 9, 59, tzinfo=UTC)),
        ("America/Los_Angeles", datetime(2027, 3, 28, 6, 59, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2027, 3, 27, 22, 59, tzinfo=UTC)),
    ],
)
def test_the_clock_of_the_runs_own_zone_counts(make, zone, expected):
    make({"schedule.toml": SCHEDULE})
    begin(date(2027, 2, 1), ZoneInfo(zone))
    assert due() == expected


@pytest.mark.parametrize("first", [date(2028, 1, 7), date(2030, 2, 25), date(2032, 1, 8)])
def test_a_run_may_start_on_any_day(make, first):
    make({"schedule.toml": SCHEDULE})
    begin(first)
    there = due().astimezone(BERLIN)
    assert ((there.date() - first).days, there.hour, there.minute) == (54, 23, 59)


def test_a_start_is_kept_and_does_not_move_with_the_clock_or_the_zone_of_the_campus(make, home, settings):
    make({"schedule.toml": SCHEDULE})
    api.begin_run(COURSE, day=date(2026, 10, 5))
    before = due()
    assert json.loads((home / "runs.json").read_text()) == {
        str(COURSE): {"start": "2026-10-05", "time_zone": "Europe/Berlin"}
    }
    settings.TIME_ZONE = "Asia/Tokyo"
    api.forget()
    assert due() == before


def test_the_zone_is_that_of_the_schedule_before_that_of_the_campus(make, settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    make()
    assert api.run_zone(COURSE).key == "Asia/Tokyo"
    make({"schedule.toml": 'time_zone = "Europe/Budapest"\n' + SCHEDULE})
    assert api.run_zone(COURSE).key == "Europe/Budapest"


def test_dates_in_the_olx_are_read_as_ever(make):
    course = make(
        {
            **policy(course__2026={"start": "2027-02-01T08:00:00Z"}),
            "sequential/s1.xml": '<sequential due="2027-03-01T00:00:00Z"><vertical url_name="u1"/></sequential>',
        }
    )
    assert not course.needs_start
    assert course.start == datetime(2027, 2, 1, 8, tzinfo=UTC)
    assert due("h1", "html") == datetime(2027, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize("where", ["attribute", "policy"])
def test_a_date_in_the_olx_wins_over_the_schedule_and_its_author_is_told(make, where):
    own = {"sequential/s1.xml": '<sequential due="2027-03-01T00:00:00Z"><vertical url_name="u1"/></sequential>'}
    make(
        {
            "schedule.toml": SCHEDULE,
            **(own if where == "attribute" else policy(sequential__s1={"due": "2027-03-01T00:00:00Z"})),
        }
    )
    course = begin(date(2026, 10, 5))
    assert due() == datetime(2027, 3, 1, tzinfo=UTC)
    assert any("schedule.toml" in error and "sequential/s1" in error for error in course.errors)


def test_an_authors_own_date_stays_when_the_run_is_moved_and_all_others_move(make):
    make({"schedule.toml": SCHEDULE})
    begin(date(2026, 10, 5))
    api.set_overlay(key("html", "h1"), {"due": "2027-01-01T00:00:00Z"})
    begin(date(2027, 2, 1))
    assert due("h1", "html") == datetime(2027, 1, 1, tzinfo=UTC)
    assert due() == datetime(2027, 3, 27, 22, 59, tzinfo=UTC)
    api.set_overlay(key("html", "h1"), {})
    assert due("h1", "html") == due()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("week 3", "TOML"),
        ('["sequential/s1"]\ndue = "2027-01-01"', "sequential/s1: due"),
        ('["sequential/s1"]\ndue = { week = 0, day = 1, time = "08:00" }', "week"),
        ('["sequential/s1"]\ndue = { week = 1000000, day = 1, time = "08:00" }', "week"),
        ('["sequential/s1"]\ndue = { week = true, day = 1, time = "08:00" }', "week"),
        ('["sequential/s1"]\ndue = { week = 1, day = 8, time = "08:00" }', "day"),
        ('["sequential/s1"]\ndue = { week = 1, day = "monday", time = "08:00" }', "day"),
        ('["sequential/s1"]\ndue = { week = 1, day = 1, time = "24:61" }', "time"),
        ('["sequential/s1"]\ndue = { week = 1, day = 1, time = "08:00+02:00" }', "zone"),
        ('["sequential/s1"]\ndue = { week = 1, day = 1 }', "must be like"),
        ('["sequential/s1"]\nend = { week = 1, day = 1, time = "08:00" }', "start and due"),
        ('["sequential/gone"]\ndue = { week = 1, day = 1, time = "08:00" }', "no block sequential/gone"),
        ('time_zone = "Europe"', "time zone"),
        ('time_zone = "../Berlin"', "time zone"),
        ("time_zone = 1", "time zone"),
        ("course = 1", "start and end"),
    ],
)
def test_a_mistake_in_the_schedule_is_told_and_the_course_is_read(make, text, word):
    course = make({"schedule.toml": text})
    assert any(word in error for error in course.errors), course.errors
    assert course.title == "Small course"


def test_a_schedule_that_leads_beyond_the_calendar_gives_no_date(make):
    make({"schedule.toml": SCHEDULE})
    course = begin(date(9999, 12, 1))
    assert due() is None
    assert any("9999" in error for error in course.errors)


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"course-v1:a+b+c": "2027-01-01"}',
        '{"course-v1:a+b+c": {"start": "soon", "time_zone": "UTC"}}',
        '{"course-v1:a+b+c": {"start": "2027-01-01", "time_zone": "Mars"}}',
    ],
)
def test_starts_that_cannot_be_read_are_told_by_name_and_never_taken_for_none(make, home, text):
    make()
    (home / "runs.json").write_text(text)
    api.forget()
    with pytest.raises(api.UnreadableRuns, match=r"runs\.json"):
        api.preload()
