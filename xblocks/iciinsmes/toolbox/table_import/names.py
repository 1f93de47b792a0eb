"""Comparing the words of column names and answers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from iciinsmes.toolbox.instruments.framework import Language, Text, show

_LETTERS = str.maketrans({"ł": "l", "ø": "o", "æ": "ae", "đ": "d"})


def plain_name(name: str) -> str:
    """Return words in small letters without accents and signs, so that spellings of them are equal."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    return " ".join(re.findall(r"[^\W_]+", "".join(sign for sign in plain if not unicodedata.combining(sign))))


def known_names(title: Text, others: Iterable[str], languages: Sequence[Language]) -> list[str]:
    """Return the plain names of something: its title in each of the languages, then its other names."""
    return [plain_name(name) for name in (*(show(title, language) for language in languages), *others)]
