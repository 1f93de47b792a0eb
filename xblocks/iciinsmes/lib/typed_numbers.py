"""Numbers as people type them in the language of the page, and where others would read them otherwise."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import get_format
from django.utils.translation import gettext as _

from iciinsmes.lib.decimals import plain, typed_number, written

_SPACES = dict.fromkeys("\t\u00a0\u2007\u2009\u202f", " ")
_ALIKE = str.maketrans({**_SPACES, "\u2019": "'", "\u2212": "-", "\u2013": "-"})
_FORM = re.compile(r"([+-]?)(\d[\d.,' ]*|[.,]\d+)", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:(?P<sign>[.,' ])\d{3}(?:(?P=sign)\d{3})*)?", re.ASCII)


@dataclass(frozen=True)
class TypedNumber:
    """A number that was typed; ``doubt`` says how it was read where others would read it otherwise."""

    value: Decimal
    doubt: str = ""


def read_number(text: str) -> TypedNumber | None:
    """Read a number as the page's language writes it, and as others do where only one reading makes sense.

    ``1.234`` is a thousand and more in German and a little more than one in English: such a number is read by the
    page's language, and ``doubt`` says so.

    Args:
        text: as typed; a percent or euro sign behind it is ignored.

    Returns:
        None for what is no number.
    """
    tidy = re.sub(r"\s*(?:%|€|EUR)$", "", text.translate(_ALIKE).strip(), flags=re.IGNORECASE)
    found = _FORM.fullmatch(tidy)
    if found is None:
        return None
    sign, figures = found.groups()
    decimal, is_doubtful = _decimal_sign(figures.strip())
    whole, _point, rest = figures.strip().rpartition(decimal) if decimal else (figures.strip(), "", "")
    if not rest.isdigit() and decimal:
        return None
    if whole and not whole.isdigit() and not _GROUPED.fullmatch(whole):
        return None
    value = typed_number(f"{sign}{re.sub(r'[^0-9]', '', whole) or '0'}.{rest or '0'}")
    if value is None:
        return None
    return TypedNumber(value, _doubt(text.strip(), value, is_fraction=bool(decimal)) if is_doubtful else "")


def _decimal_sign(figures: str) -> tuple[str, bool]:
    """Return the sign before the decimals, empty for none, and whether it could be read otherwise."""
    signs = [each for each in figures if each in ".,"]
    if not signs:
        return "", False
    last = signs[-1]
    if len(set(signs)) > 1:
        return last, False
    if len(signs) > 1:
        return "", False
    whole, _sign, rest = figures.partition(last)
    # Nobody groups 0.500 or 1234.500, and thousands have three figures.
    if len(rest) != 3 or not 1 <= len(whole) <= 3 or whole.startswith("0"):
        return last, False
    return (last if last == get_format("DECIMAL_SEPARATOR") else ""), True


def _doubt(text: str, value: Decimal, *, is_fraction: bool) -> str:
    if is_fraction:
        size = abs(value)
        return _("“%(typed)s” was read as a number between %(low)s and %(high)s. Save again if that is right.") % {
            "typed": text,
            "low": written(Decimal(int(size)).copy_sign(value)),
            "high": written(Decimal(int(size) + 1).copy_sign(value)),
        }
    return _("“%(typed)s” was read as %(number)s. Save again if that is right.") % {
        "typed": text,
        "number": plain(value),
    }
