"""Working days over Christmas and Easter in four countries, counted by hand on a calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from iciinsmes.projects.days import calendar
from iciinsmes.projects.rules.staff_light import skipped_days, working_days

FRIDAY = date(2026, 12, 18)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("country", "until", "expected", "skipped"),
    [
        # 21, 22, 23, 24 | 28, 29, 30, 31 | 4: Christmas Day is a Friday, Boxing Day a Saturday, New Year a Friday.
        ("DE", "2027-01-04", 9, ["2026-12-25", "2027-01-01"]),
        ("DK", "2027-01-04", 9, ["2026-12-25", "2027-01-01"]),
        # Christmas Eve is a holiday by law in Poland since 2025.
        ("PL", "2027-01-04", 8, ["2026-12-24", "2026-12-25", "2027-01-01"]),
        ("HU", "2027-01-04", 8, ["2026-12-24", "2026-12-25", "2027-01-01"]),
        # Epiphany is free in Poland and a working day in most of Germany.
        ("PL", "2027-01-06", 9, ["2026-12-24", "2026-12-25", "2027-01-01", "2027-01-06"]),
        ("DE", "2027-01-06", 11, ["2026-12-25", "2027-01-01"]),
    ],
)
def test_over_christmas(country, until, expected, skipped):
    is_working = calendar(country)
    assert working_days(FRIDAY, day(until), is_working) == expected
    assert [str(each) for each in skipped_days(FRIDAY, day(until), is_working)] == skipped


@pytest.mark.parametrize(
    ("country", "region", "free"),
    [
        ("DE", "", False),
        ("DE", "BY", True),
        ("de", "bayern", True),
        ("DE", "DE-BW", True),
        ("DE", "Flensburg", False),
        ("DE", "SH", False),
        ("AT", "", True),
    ],
)
def test_epiphany_by_region(country, region, free):
    assert calendar(country, region)(date(2027, 1, 6)) is not free


def test_christmas_eve_became_a_holiday_in_poland():
    assert calendar("PL")(date(2024, 12, 24))
    assert not calendar("PL")(date(2025, 12, 24))


def test_observances_are_no_holidays():
    assert calendar("DK")(date(2026, 6, 5))
    assert calendar("DE")(date(2026, 12, 24))
    assert calendar("DE")(date(2026, 12, 31))
    assert calendar("DK")(date(2024, 4, 26)), "Great Prayer Day was abolished in 2024"


def test_hungarians_work_on_a_saturday_for_a_bridge_day():
    assert calendar("HU")(date(2026, 1, 10))
    assert not calendar("HU")(date(2026, 1, 2))


def test_of_an_unknown_country_only_weekends_are_free():
    week = [calendar("XX")(date(2026, 12, 21) + timedelta(days=number)) for number in range(7)]
    assert week == [True] * 5 + [False] * 2
    assert calendar("")(date(2026, 12, 25))
