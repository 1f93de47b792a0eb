"""Days and times of day as people of the active language write them: in the forms of the CLDR, which Babel has.

Django's formats are not enough: its short names of months have no point in German, a capital in Danish and Polish, no
weekday stands in any of them, and Polish days are 12-12-2026. English is the one of European readers, the day before
the month and 24 hours, on every host.
"""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import match_skeleton, parse_pattern
from django.utils.translation import get_language


class DateForm(StrEnum):
    """How much of a day or a moment is written, as the skeleton by which the CLDR knows it."""

    DAY = "MMMd"
    SHORT = "yMMMd"
    LONG = "yMMMMd"
    WEEKDAY = "MMMEd"
    FULL = "yMMMEd"
    MONTH = "yMMMM"
    CLOCK = "Hm"


#: English without a country is American in the CLDR.
_ENGLISH = {
    DateForm.DAY: "d MMM",
    DateForm.SHORT: "d MMM y",
    DateForm.LONG: "d MMMM y",
    DateForm.WEEKDAY: "E d MMM",
    DateForm.FULL: "E d MMM y",
    DateForm.MONTH: "MMMM y",
    DateForm.CLOCK: "HH:mm",
}


def day_and_month(day: date) -> str:
    """Write a day whose year nobody has to be told, as in "12. Dez.".

    Args:
        day: a date, or a moment in the zone in which it is read.

    Returns:
        The day without its year.
    """
    return written(day, DateForm.DAY)


def short(day: date) -> str:
    """Write a day in little room, as in "12. Dez. 2026".

    Args:
        day: a date, or a moment in the zone in which it is read.

    Returns:
        The day with the short name of its month.
    """
    return written(day, DateForm.SHORT)


def long(day: date) -> str:
    """Write a day within a sentence, as in "12. Dezember 2026".

    Args:
        day: a date, or a moment in the zone in which it is read.

    Returns:
        The day with the whole name of its month.
    """
    return written(day, DateForm.LONG)


def month(day: date) -> str:
    """Write the month of a day, as in "Dezember 2026".

    Args:
        day: any day of the month.

    Returns:
        The month with its year.
    """
    return written(day, DateForm.MONTH)


def clock(at: datetime | time) -> str:
    """Write a time of day, as in "14:30", in Danish "14.30".

    Args:
        at: a time, or a moment in the zone in which it is read.

    Returns:
        Hours and minutes.
    """
    return written(at, DateForm.CLOCK)


def moment(at: datetime) -> str:
    """Write a moment with its weekday, as in "Sa., 12. Dez. 2026, 23:59".

    Args:
        at: a moment in the zone in which it is read.

    Returns:
        Day and time of day; a comma keeps their numbers apart in every language.
    """
    return f"{written(at, DateForm.FULL)}, {clock(at)}"


def written(at: date | time, form: DateForm) -> str:
    """Write a day or a moment in one of the forms.

    Args:
        at: a date, a time, or a moment in the zone in which it is read.
        form: what is written of it.

    Returns:
        The words in the active language; in English where the CLDR does not know it.
    """
    locale = _locale()
    return parse_pattern(_pattern(locale, form)).apply(at, locale)


def _locale() -> Locale:
    return _locale_of(get_language() or "en")


@lru_cache(maxsize=64)
def _locale_of(language: str) -> Locale:
    code = language.replace("-", "_")
    for name in (code, code.partition("_")[0]):
        try:
            found = Locale.parse(name)
        except (UnknownLocaleError, ValueError):
            continue
        return Locale("en") if found.language == "en" else found
    return Locale("en")


@lru_cache(maxsize=256)
def _pattern(locale: Locale, form: DateForm) -> str:
    if locale.language == "en":
        return _ENGLISH[form]
    known = locale.datetime_skeletons
    return str(known[form.value if form.value in known else match_skeleton(form.value, known)])
