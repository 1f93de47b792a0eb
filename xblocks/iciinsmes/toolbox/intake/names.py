"""Comparing the words of column names and answers."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans({"ł": "l", "ø": "o", "æ": "ae", "đ": "d"})


def plain_name(name: str) -> str:
    """Return words in small letters without accents and signs, so that spellings of them are equal."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    return " ".join(re.findall(r"[^\W_]+", "".join(sign for sign in plain if not unicodedata.combining(sign))))
