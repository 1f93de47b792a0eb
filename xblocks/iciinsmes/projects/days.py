"""Which day it is for a project, and on which days the staff of its course run work.

There is one day for everybody, so that a light does not depend on who looks. Working days are weekdays without the
public holidays of a country and region. Only statutory holidays count: 24 December is one in Poland and none in
Germany, and observances are none anywhere. Where a country works on a Saturday for a bridge day, as in Hungary, that
Saturday counts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime
from functools import lru_cache

import holidays
from django.conf import settings
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies
from iciinsmes.platform import zones

_SATURDAY = 5


def today() -> date:
    """Return the day of the site's zone."""
    return day_of_site(timezone.now())


def day_of_site(at: datetime) -> date:
    """Return the day on which a moment lies in the site's zone."""
    return at.astimezone(zones.of_site()).date()


def calendar_of(course_key: CourseKey) -> Callable[[date], bool]:
    """Return what tells working days of the run's staff, in one query at most."""
    return calendars_of([course_key])[course_key]


def calendars_of(course_keys: Collection[CourseKey]) -> dict[CourseKey, Callable[[date], bool]]:
    """Return what tells working days of the staff of each run, in one query at most.

    The college's country is a setting; a site of several colleges sets none, and the country of most of a run's firms
    counts there.
    """
    country, region = getattr(settings, "ICIINSMES_COUNTRY", ""), getattr(settings, "ICIINSMES_REGION", "")
    if country:
        return dict.fromkeys(course_keys, calendar(country, region))
    return {key: calendar(*place) for key, place in companies.usual_countries(course_keys=course_keys).items()}


def calendar(country: str, region: str = "") -> Callable[[date], bool]:
    """Return a function that tells whether people work on a day.

    Args:
        country: ISO 3166-1 alpha-2; of one that nobody knows only weekends are free.
        region: code or name of a part of the country, such as "BY" or "Bayern"; whatever else is none.
    """
    part = _part(country.upper(), region.strip())

    def is_working(day: date) -> bool:
        free, working = _year(country.upper(), part, day.year)
        return day in working or (day.weekday() < _SATURDAY and day not in free)

    return is_working


def knows(country: str) -> bool:
    """Tell whether the holidays of a country are known."""
    return country.upper() in holidays.list_supported_countries()


@lru_cache(maxsize=256)
def _part(country: str, region: str) -> str:
    """Return the code of a part of a country, empty for none that is known."""
    if not region or not knows(country):
        return ""
    found = holidays.country_holidays(country)
    codes = {code.casefold(): code for code in found.subdivisions}
    codes |= {name.casefold(): code for name, code in found.subdivisions_aliases.items()}
    return codes.get(region.removeprefix(f"{country}-").casefold(), "")


@lru_cache(maxsize=512)
def _year(country: str, part: str, year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Return the free days of a year, and the days of weekends on which people work.

    Made anew for each year and never changed: the library's own objects grow while they are read, which threads see.
    """
    if not knows(country):
        return frozenset(), frozenset()
    found = holidays.country_holidays(country, subdiv=part or None, years=[year], expand=False)
    return frozenset(found), frozenset(found.weekend_workdays)
