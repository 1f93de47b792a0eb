"""Numbers as people type them and read them, and as files hold them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from django.utils.formats import number_format
from django.utils.translation import get_language

_SPACED = "\u00a0%"
#: Powers of ten between which anything lies that people count, measure or pay.
_POWERS = 15


def typed_number(text: str) -> Decimal | None:
    """Return the number that a text means, with a point before the decimals; None if it means none.

    What is too large or too small to be meant is none either: Python takes 1e-999999999 for a number, and fills the
    memory when it writes it out.
    """
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) <= _POWERS else None


def plain(value: Decimal) -> str:
    """Write a number without exponent and needless zeros."""
    return f"{value.normalize():f}"


def written(number: Decimal, *, digits: int | None = None) -> str:
    """Write a number for reading in the active language, thousands apart.

    Args:
        number: any finite number.
        digits: how many decimals are written; None for those it has, without needless zeros.

    Returns:
        The words, such as "9.000,5" in German.
    """
    return number_format(Decimal(plain(number)) if digits is None else number, digits, force_grouping=True)


def retyped(number: Decimal) -> str:
    """Write a number as somebody types it into a field: in the active language, with nothing between thousands.

    Args:
        number: any finite number.

    Returns:
        The words, which `typed_numbers.read_number` reads as the same number again.
    """
    return number_format(Decimal(plain(number)))


def percent(number: Decimal | int) -> str:
    """Write a number of percent.

    Args:
        number: 40 for forty percent.

    Returns:
        The words with their sign, such as "40 %"; Polish and Hungarian have no space in it.
    """
    return f"{written(Decimal(number))}{percent_sign()}"


def percent_sign() -> str:
    """Return the percent sign as it stands behind a number in the active language, with a no-break space if it has one.

    Courses of European colleges write "40 %" in English too, where the CLDR has no space.
    """
    return _percent_sign((get_language() or "en").partition("-")[0])


@lru_cache(maxsize=64)
def _percent_sign(language: str) -> str:
    try:
        known = str(Locale.parse(language).percent_formats[None].pattern)
    except (UnknownLocaleError, ValueError):
        return _SPACED
    return "%" if known.endswith("0%") and language != "en" else _SPACED
