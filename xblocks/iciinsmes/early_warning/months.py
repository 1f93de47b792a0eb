"""Reading months as people write them: ``03/2026``, ``Mär 26``, ``marts 2026``, ``III 2026``, ``2026. március``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache

from django.utils import translation
from django.utils.dates import MONTHS, MONTHS_3, MONTHS_ALT, MONTHS_AP

from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.data import Raw

from .rules.periods import month_of

#: The official languages of the European Union and of its neighbours that take part, the add-on's own ones first.
LANGUAGES = (
    *("en", "de", "da", "pl", "hu", "nl", "fr", "es", "it", "pt", "sv", "nb", "fi", "et", "lv", "lt"),
    *("cs", "sk", "sl", "hr", "ro", "bg", "el", "ga", "mt", "is", "uk", "tr", "ca", "cy"),
)
_ROMAN = {
    name: place
    for place, name in enumerate(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"), 1)
}
#: Names that people write and Django does not know.
_MORE = {
    "de": {"mrz": 3, "janner": 1, "jan": 1, "feber": 2},
    "en": {"sept": 9},
    "nl": {"mrt": 3},
    "fr": {"janv": 1, "fevr": 2, "juil": 7},
    "es": {"set": 9},
    "pl": {"pazdz": 10},
}
_FIRST, _LAST = 1990, 2100
_CENTURY = 69
#: Serial numbers of spreadsheets count days from here.
_SERIAL_START = date(1899, 12, 30)
_SERIALS = range(32_874, 73_051)

_NUMBERS = (
    re.compile(r"(?P<year>\d{4})\s?[-./ ]?\s?[mM]?(?P<month>\d{1,2})\.?"),
    re.compile(r"(?P<month>\d{1,2})\s?[-./ ]\s?(?P<year>\d{4})\.?"),
    re.compile(r"(?P<month>\d{1,2})\s?[-./]\s?(?P<year>\d{2})"),
)
_DAYS = (
    re.compile(r"(?P<year>\d{4})\s?[-./]\s?(?P<month>\d{1,2})\s?[-./]\s?\d{1,2}\.?(?:[ T].*)?"),
    re.compile(r"\d{1,2}\s?[-./]\s?(?P<month>\d{1,2})\s?[-./]\s?(?P<year>\d{4})\.?"),
)
_NAMED = (
    re.compile(
        r"(?:\d{1,2}\.?\s+)?(?P<name>[^\W\d_]+(?:\s[^\W\d_]+)?)\.?[\s\-./,'\u2019]*(?P<year>\d{4}|\d{2})\.?(?:\s?[^\W\d_]{1,2}\.?)?"
    ),
    re.compile(r"(?P<year>\d{4}|\d{2})\.?[\s\-./,'\u2019]*(?P<name>[^\W\d_]+)\.?"),
)


def months_of(cells: Sequence[Raw], language: str) -> list[int | None]:
    """Read a column of months; None for what is no month.

    Some names mean different months in different languages (``listopad`` is November in Polish and October in
    Croatian), so the whole column is read in the one language that knows most of it, the reader's own first.

    Args:
        cells: as they were found.
        language: of the reader.
    """
    own = language.split("-")[0]
    best: list[int | None] = [None] * len(cells)
    for each in (own, *(code for code in LANGUAGES if code != own)):
        found = [month_in(cell, each) for cell in cells]
        if sum(month is not None for month in found) > sum(month is not None for month in best):
            best = found
        if all(month is not None or not _is_text(cell) for month, cell in zip(found, cells, strict=True)):
            return found
    return [_in_any(cell) if month is None else month for month, cell in zip(best, cells, strict=True)]


def _in_any(cell: Raw) -> int | None:
    """Read a month that stands in another language than the rest of its column."""
    return next((month for code in LANGUAGES if (month := month_in(cell, code)) is not None), None)


def month_in(cell: Raw, language: str) -> int | None:
    """Read one month, with names of this language; None if it is none."""
    if isinstance(cell, datetime | date):
        return month_of(cell.date() if isinstance(cell, datetime) else cell)
    if isinstance(cell, float):
        return _from_number(cell)
    if not isinstance(cell, str):
        return None
    words = " ".join(cell.replace("\u00a0", " ").split()).strip("' ")
    for form in (*_DAYS, *_NUMBERS):
        if found := form.fullmatch(words):
            return _made(int(found["year"]), int(found["month"]))
    for form in _NAMED:
        if found := form.fullmatch(words):
            name = toolbox.plain_name(found["name"])
            month = _ROMAN.get(name) or _names(language).get(name)
            if month is not None:
                return _made(int(found["year"]), month)
    return None


@cache
def _names(language: str) -> dict[str, int]:
    """Return the names of months in a language, in all their forms, as small letters without accents."""
    found = dict(_MORE.get(language, {}))
    with translation.override(language):
        for table in (MONTHS, MONTHS_3, MONTHS_ALT, MONTHS_AP):
            for number, name in table.items():
                # Proxies are read while the language is active.
                found.setdefault(toolbox.plain_name(str(name)), number)
    for number in range(1, 13):
        full = [name for name, month in found.items() if month == number]
        for name in full:
            # Whatever stands for one month only may be cut short.
            for length in (3, 4, 5):
                short = name[:length]
                if len(short) == length and _is_only(short, number, found):
                    found.setdefault(short, number)
    return found


def _is_only(short: str, number: int, names: dict[str, int]) -> bool:
    return all(month == number for name, month in names.items() if name.startswith(short))


def _from_number(value: float) -> int | None:
    whole = int(value)
    if whole == value and whole // 100 >= 100 and _FIRST <= whole // 100 <= _LAST:
        return _made(whole // 100, whole % 100)
    if whole in _SERIALS:
        return month_of(_SERIAL_START + timedelta(days=whole))
    return None


def _made(year: int, month: int) -> int | None:
    if year < 100:
        year += 1900 if year >= _CENTURY else 2000
    return year * 12 + month - 1 if _FIRST <= year <= _LAST and 1 <= month <= 12 else None


def _is_text(cell: Raw) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))
