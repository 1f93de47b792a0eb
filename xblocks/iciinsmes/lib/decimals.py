"""Numbers as people type them and read them, and as files hold them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from django.utils.formats import localize

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


def written(number: Decimal) -> str:
    """Write a number in the active language without needless zeros."""
    return str(localize(Decimal(plain(number))))
