"""Whose public holidays count for the staff of a course run."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from django.conf import settings
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies

from .working_days import calendar


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
