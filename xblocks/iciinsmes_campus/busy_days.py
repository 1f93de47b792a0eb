"""Dates of a run on which the firms of a country have no time: public holidays, and the busy weeks of their trades."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import holidays
from django.utils import timezone

from iciinsmes_campus.courseware import api as courseware
from iciinsmes_campus.editions import api as editions


def busy_days(course: courseware.CourseNode, country: editions.Country) -> list[str]:
    """Return a line about each date on which something is due that falls on such a day; empty if none does.

    Args:
        course: with the dates of a run; without them there is nothing to tell.
        country: whose holidays and peaks.
    """
    return [
        f"{node.display_name} is due on {day:%A}, {day}: {why}"
        for node in course.root.walk()
        if node.block_type == "sequential" and node.due
        for day in (_local(node.due),)
        for why in _reasons(day, country)
    ]


def _reasons(day: date, country: editions.Country) -> Iterator[str]:
    if country.code in holidays.list_supported_countries():
        name = holidays.country_holidays(country.code, years=day.year, language="en_US").get(day)
        if name:
            yield str(name)
    for what, (first, last) in country.peaks.items():
        is_in = first <= (day.month, day.day) <= last
        # A peak over New Year ends in the month before it begins.
        if first > last:
            is_in = (day.month, day.day) >= first or (day.month, day.day) <= last
        if is_in:
            yield what


def _local(moment: datetime) -> date:
    return timezone.localtime(moment).date()
