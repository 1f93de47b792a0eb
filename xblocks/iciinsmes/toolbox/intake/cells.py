"""Reading one cell: numbers and days as they are written in many countries."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from .months import with_month_name
from .sheet import Raw

_FIRST_YEAR, _LAST_YEAR = 1990, 2100

#: Days are counted from here in spreadsheets.
_SERIAL_START = date(1899, 12, 30)

#: No firm counts higher, and its square and cube can still be computed with.
_LARGEST = 1e12

_MONEY = re.compile(r"(?:€|\$|£|eur|usd|dkk|kr\.?|pln|zł|huf|ft|%|,-)", re.IGNORECASE)
_SPACES = re.compile(r"[\s\u00a0\u202f'\u2019]")
_PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[.,]\d{3})+(?!\d)")
#: The day of the week before a day says nothing more.
_WEEKDAY = re.compile(r"[^\W\d_]{2,12}\.?, ?(?=\d)")
_DATES = (
    re.compile(r"(?P<year>\d{4})[-./]\s?(?P<month>\d{1,2})[-./]\s?(?P<day>\d{1,2})\.?"),
    re.compile(r"(?P<day>\d{1,2})[-./]\s?(?P<month>\d{1,2})[-./]\s?(?P<year>\d{4}|\d{2})\.?"),
    re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"),
)
_CLOCK = re.compile(r"[T\s]\s*\d{1,2}[:.]\d{2}([:.]\d{2}([.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$")


def decimal_sign(cells: Iterable[Raw], comma_is_decimal: bool | None) -> str:
    """Find out which sign the numbers of a column have before their decimals.

    Args:
        cells: of the column.
        comma_is_decimal: what the file says about it, used where ``1,234`` or ``1.234`` may be either.

    Returns:
        A comma or a point.
    """
    votes = {",": 0, ".": 0}
    written = {cell for cell in cells if isinstance(cell, str) and ("," in cell or "." in cell)}
    for cell in written:
        words = _MONEY.sub("", _SPACES.sub("", cell))
        comma, point = words.rfind(","), words.rfind(".")
        last = "," if comma > point else "."
        other = "." if last == "," else ","
        if other in words or (words.count(last) == 1 and not re.search(rf"\d{re.escape(last)}\d{{3}}$", words)):
            votes[last] += 1
        elif words.count(last) > 1:
            votes[other] += 1
    if votes[","] == votes["."]:
        return "." if comma_is_decimal is False else "," if comma_is_decimal else _undecided(written)
    return max(votes, key=votes.__getitem__)


def _undecided(cells: Iterable[str]) -> str:
    """Choose for columns like 1.234 where three digits follow each sign: those are thousands in nearly every table."""
    return "," if any("." in cell for cell in cells) else "."


def number(cell: Raw, decimal: str) -> float | None:
    """Read a number; None if it is none. Signs of money, percent and thousands are allowed."""
    if isinstance(cell, bool | date) or cell is None:
        return None
    if isinstance(cell, float):
        return cell if abs(cell) <= _LARGEST else None
    words = _MONEY.sub("", _SPACES.sub("", cell)).replace("\u2212", "-")
    if words.startswith("(") and words.endswith(")"):
        words = f"-{words[1:-1]}"
    if words.endswith("-"):
        words = f"-{words[:-1]}"
    thousands = "." if decimal == "," else ","
    if thousands in words and not _GROUPED.match(words):
        # 1234.5 where others write 1234,5: more likely another sign for decimals than 12345.
        return None
    words = words.replace(thousands, "").replace(decimal, ".")
    found = float(words) if _PLAIN.fullmatch(words) else None
    return found if found is None or abs(found) <= _LARGEST else None


def day(cell: Raw) -> date | None:
    """Read a day, with or without a time behind it; None if it is none. Months come second, as all over Europe."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, float):
        return _from_serial(cell)
    words = _WEEKDAY.sub("", _CLOCK.sub("", " ".join(cell.split())), count=1).strip()
    for form in _DATES:
        if found := form.fullmatch(words):
            return _made(int(found["year"]), int(found["month"]), int(found["day"]))
    if named := with_month_name(words):
        return _made(*named)
    return _from_serial(float(words[:5])) if re.fullmatch(r"\d{5}([.,]\d+)?", words) else None


def is_american_day(words: str) -> bool:
    """Tell whether words are a day with the month first, such as 03/25/2026: not read, but no telephone number."""
    found = _DATES[1].fullmatch(words)
    return found is not None and _made(int(found["year"]), int(found["day"]), int(found["month"])) is not None


def _made(year: int, month: int, day_of_month: int) -> date | None:
    year += 2000 if year < 100 else 0
    try:
        found = date(year, month, day_of_month)
    except ValueError:
        return None
    return found if _FIRST_YEAR <= year <= _LAST_YEAR else None


def _from_serial(serial: float) -> date | None:
    if not 0 <= serial < 100_000:
        return None
    found = _SERIAL_START + timedelta(days=int(serial))
    return found if _FIRST_YEAR <= found.year <= _LAST_YEAR else None
