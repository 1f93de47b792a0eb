"""Reading one cell as a day, as days are written in many countries and by many programs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum

from ..languages import PACKS, all_words
from ..names import plain_name
from ..sheet import Raw

_FIRST_YEAR, _LAST_YEAR = 1990, 2100
#: Years of two figures from here on are of the last century, as programs agree.
_LAST_CENTURY = 69
_MANY_YEARS = 6

#: Days are counted from here in spreadsheets, unless they say that they count from 1904.
SERIAL_START = date(1899, 12, 30)


class Order(StrEnum):
    """Which of the two comes first in the days of a column that do not begin with the year."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    YEAR_FIRST = "year first"
    BOTH = "both"
    UNTOLD = "untold"


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))


#: The day of the week before a day says nothing more: ``So., 1. März`` and ``Mon May 18``, but not ``May 18``.
_WEEKDAY = re.compile(r"[^\W\d_]{2,12}(?:\.?, ?(?=\d|[^\W\d_])|\.? (?=[^\W\d_]{3,}))")
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[-./]\s?(?P<month>\d{1,2})[-./]\s?(?P<day>\d{1,2})\.?")
_YEAR_LAST = re.compile(r"(?P<first>\d{1,2})(?P<sign>[-./])\s?(?P<second>\d{1,2})[-./]\s?(?P<year>\d{4}|\d{2})\.?")
#: As in Hungary, with points behind all three.
_SHORT_YEAR_FIRST = re.compile(r"(?P<year>\d{2})\.\s?(?P<month>\d{1,2})\.\s?(?P<day>\d{1,2})\.")
_TOGETHER = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
_HALF_DAY = _any(all_words(lambda pack: (*pack.mornings, *pack.afternoons)))
_AROUND_CLOCK = _any(all_words(lambda pack: pack.clock))
_BESIDE = _any(all_words(lambda pack: pack.beside_days))
_BEFORE_DAY = re.compile(rf"^(?:{_BESIDE}) (?=\d)", re.IGNORECASE)
_BEHIND_DAY = re.compile(rf"(?<=\d) (?:{_BESIDE})$", re.IGNORECASE)
_CLOCK = re.compile(
    rf"T\d{{4,6}}Z?$|(?:T|,?\s)\s*(?:(?:{_AROUND_CLOCK})\s*)?(?:(?:{_HALF_DAY})\s)?\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}}(?:[.,]\d+)?)?"
    rf"\s*(?:{_HALF_DAY})?\s*(?:{_AROUND_CLOCK})?"
    # The time zone: Z, +02:00, GMT+2, UTC, CEST, with its name behind in brackets.
    r"\s*(?:Z|[A-Z]{2,5})?\s*(?:[+-]\d{1,2}(?::?\d{2})?)?\s*(?:\([^)]*\))?$",
    re.IGNORECASE,
)


def day_order(cells: Iterable[Raw]) -> Order:
    """Find out from all days of a column whether the day or the month comes first in ``03/04/2026``.

    A part above twelve tells; so do points, which stand only behind days. ``UNTOLD`` is a column in which each of
    several days could be either.
    """
    day_first = month_first = untold = False
    short: list[tuple[int, int]] = []
    for cell in cells:
        found = _YEAR_LAST.fullmatch(_plain(cell)) if isinstance(cell, str) else None
        if found is None:
            continue
        first, second = int(found["first"]), int(found["second"])
        if len(found["year"]) == 2:
            short.append((first, int(found["year"])))
        if 1 <= first <= 12 < second <= 31:
            month_first = True
        elif first > 12 or found["sign"] == ".":
            day_first = True
        else:
            untold = untold or first != second
    if _are_years_first(short):
        return Order.YEAR_FIRST
    if day_first and month_first:
        return Order.BOTH
    if month_first:
        return Order.MONTH_FIRST
    return Order.UNTOLD if untold and not day_first else Order.DAY_FIRST


def _are_years_first(ends: list[tuple[int, int]]) -> bool:
    """Tell from the first and last parts of days with short years whether the years come first.

    Firms keep lists of a few years: 26-03-04, 26-03-17 and so on are not days of many years on one day of the month.
    """
    firsts, lasts = ({end[place] for end in ends} for place in (0, 1))
    return len(lasts) >= _MANY_YEARS and len(firsts) * 2 <= len(lasts) and max(lasts) <= 31


def day(cell: Raw, order: Order = Order.DAY_FIRST, start: date = SERIAL_START) -> date | None:
    """Read a day, with or without a time behind it; None if it is none.

    Args:
        cell: as it was found.
        order: of the column, see `day_order`; with ``BOTH`` a day that depends on it is none.
        start: from which day serial numbers count.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, float):
        return _from_serial(cell, start)
    words = _plain(cell)
    if found := _YEAR_FIRST.fullmatch(words) or _SHORT_YEAR_FIRST.fullmatch(words) or _TOGETHER.fullmatch(words):
        return _made(int(found["year"]), int(found["month"]), int(found["day"]))
    if found := _YEAR_LAST.fullmatch(words):
        parts = int(found["first"]), int(found["second"])
        if order is Order.BOTH:
            return None
        if order is Order.YEAR_FIRST and len(found["year"]) == 2:
            return _made(parts[0], parts[1], int(found["year"]))
        first, second = parts[::-1] if order is Order.MONTH_FIRST else parts
        return _made(int(found["year"]), second, first)
    if named := with_month_name(words):
        return _made(*named)
    serial = _SERIAL.fullmatch(words)
    return _from_serial(float(serial[1]), start) if serial else None


def is_american_day(words: str) -> bool:
    """Tell whether words are a day with the month first, such as 03/25/2026, and no telephone number."""
    return day(words, Order.MONTH_FIRST) is not None


def _plain(cell: str) -> str:
    """Return the words of a day without the time and the day of the week."""
    words = " ".join(cell.split())
    if not words[:1].isdigit() or " " in words or "T" in words:
        words = _WEEKDAY.sub("", _CLOCK.sub("", words), count=1) if words[:1].isalpha() else _CLOCK.sub("", words)
        words = _BEHIND_DAY.sub("", _BEFORE_DAY.sub("", words.strip()))
    return words.strip()


def _made(year: int, month: int, day_of_month: int) -> date | None:
    if year < 100:
        year += 1900 if year >= _LAST_CENTURY else 2000
    try:
        found = date(year, month, day_of_month)
    except ValueError:
        return None
    return found if _FIRST_YEAR <= year <= _LAST_YEAR else None


def _from_serial(serial: float, start: date) -> date | None:
    if not 0 <= serial < 100_000:
        return None
    found = start + timedelta(days=int(serial))
    return found if _FIRST_YEAR <= found.year <= _LAST_YEAR else None


#: For each month how its names begin, in all the languages, without accents.
_BEGINNINGS = tuple(tuple({plain_name(name) for pack in PACKS for name in pack.months[month]}) for month in range(12))
_WITH_A_NAME = (
    re.compile(r"(?P<day>\d{1,2})\.?[ -]?(?P<month>[^\W\d_]{3,12})\.?,?[ -]?(?P<year>\d{4}|\d{2})\.?"),
    re.compile(r"(?P<month>[^\W\d_]{3,12})\.? (?P<day>\d{1,2}),? (?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})\. ?(?P<month>[^\W\d_]{3,12})\.? (?P<day>\d{1,2})\.?"),
)


def with_month_name(words: str) -> tuple[int, int, int] | None:
    """Return year (two or four figures as written), month and day of the month; None if it is no such day."""
    for form in _WITH_A_NAME:
        if found := form.fullmatch(words):
            month = plain_name(found["month"])
            for number, beginnings in enumerate(_BEGINNINGS, 1):
                if month.startswith(beginnings):
                    return int(found["year"]), number, int(found["day"])
    return None
