"""Names and signs of currencies, as they stand beside amounts."""

from __future__ import annotations

import re

from ..languages import PACKS

_CODES = (
    *("EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "HUF", "CZK", "RON", "BGN", "ISK", "UAH", "TRY", "JPY"),
    *("CAD", "AUD"),
)
_SIGNS = {
    "€": "EUR",
    "us$": "USD",
    "$": "USD",
    "£": "GBP",
    "¥": "JPY",
    "kč": "CZK",
    "kc": "CZK",
    "zł": "PLN",
    "zl": "PLN",
    "ft": "HUF",
    "fr": "CHF",
    "sfr": "CHF",
    "lei": "RON",
}
#: Of three countries; it fits each of their codes.
_CROWNS = "kr"
_OF_CROWNS = frozenset(["DKK", "SEK", "NOK", "ISK"])

_BY_WORD = {
    **{code.lower(): code for code in _CODES},
    **_SIGNS,
    **{word: code for pack in PACKS for code, words in pack.money.items() for word in words},
    _CROWNS: _CROWNS,
}

#: The pattern of any of them, the longest first, with the dot of an abbreviation.
MONEY = rf"(?:{'|'.join(map(re.escape, sorted(_BY_WORD, key=lambda word: (-len(word), word))))})\.?(?![^\W\d_])"
_FIND = re.compile(rf"(?<![^\W\d_]){MONEY}", re.IGNORECASE)


def currency(words: str) -> str:
    """Return the code of the currency that an amount names; empty if none."""
    found = _FIND.search(words)
    return _BY_WORD[found[0].lower().removesuffix(".")] if found else ""


def same_currency(one: str, other: str) -> bool:
    """Tell whether two codes may be the same money: ``kr`` is Danish, Swedish or Norwegian."""
    return one == other or (one == _CROWNS and other in _OF_CROWNS) or (other == _CROWNS and one in _OF_CROWNS)
