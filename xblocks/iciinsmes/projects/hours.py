"""Working time: typed as people say it, kept in whole minutes, so that three times twenty of them are an hour."""

from __future__ import annotations

import re
from decimal import Decimal

from iciinsmes.lib.decimals import retyped, typed_number

_CLOCK = re.compile(r"(\d{1,5}):([0-5]\d)")
_WORDS = re.compile(r"(?:(\d{1,5})\s*h)?\s*(?:(\d{1,6})\s*(?:min|m|′|')\.?)?", re.IGNORECASE)  # noqa: RUF001 - prime
_NUMBER = re.compile(r"-?\d{1,6}(?:[.,]\d+)?")
#: Three digits behind a sign may be thousands or decimals; nobody plans thousands of hours by accident.
_UNSURE = re.compile(r"-?\d{1,3}[.,]\d{3}")


def minutes_typed(text: str) -> int | None:
    """Return the minutes that a text means: ``1:30``, ``90 min``, ``1 h 30 min``, or hours such as ``1.5`` or ``1,5``.

    None if it means none, and for ``1.234``, which may be a thousand or one.
    """
    text = text.strip()
    clock = _CLOCK.fullmatch(text)
    if clock:
        return int(clock[1]) * 60 + int(clock[2])
    words = _WORDS.fullmatch(text)
    if words and text:
        return int(words[1] or 0) * 60 + int(words[2] or 0)
    number = typed_number(text.replace(",", ".")) if _NUMBER.fullmatch(text) and not _UNSURE.fullmatch(text) else None
    return None if number is None else round(number * 60)


def kept(minutes: int) -> str:
    """Return minutes as they are kept, such as ``0:20``; `minutes_typed` reads it as the same again."""
    return f"{minutes // 60}:{minutes % 60:02}"


def hours_words(minutes: int) -> str:
    """Return working time in hours as the reader types numbers; what decimals cannot say is written as ``0:20``."""
    hundredths, rest = divmod(minutes * 100, 60)
    return kept(minutes) if rest else retyped(Decimal(hundredths) / 100)
