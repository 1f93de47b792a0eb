"""Names of columns and answers: in which languages they are known, and how the words of two are compared.

The languages are those of the package's own catalogues, read with the standard library: there need not be a web.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from gettext import translation
from pathlib import Path

from iciinsmes.toolbox.instruments.framework import ENGLISH, Language, Text, show

_LETTERS = str.maketrans({"ł": "l", "ø": "o", "æ": "ae", "đ": "d"})
_CATALOGUES = Path(__file__).parents[2] / "locale"

#: All languages of the catalogues write decimals with a comma; only English has a point.
_POINT = ","


def plain_name(name: str) -> str:
    """Return words in small letters without accents and signs, so that spellings of them are equal."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    return " ".join(re.findall(r"[^\W_]+", "".join(sign for sign in plain if not unicodedata.combining(sign))))


def known_names(title: Text, others: Iterable[str], languages: Sequence[Language]) -> list[str]:
    """Return the plain names of something: its title in each of the languages, then its other names."""
    return [plain_name(name) for name in (*(show(title, language) for language in languages), *others)]


@cache
def packaged_languages() -> dict[str, Language]:
    """Return every language of the package by its code, English first."""
    codes = sorted(folder.name for folder in _CATALOGUES.iterdir() if folder.is_dir())
    return {"en": ENGLISH, **{code: Language(_translate(code), _POINT, code) for code in codes}}


def title_languages(languages: Sequence[Language] | None) -> Sequence[Language]:
    """Return the languages in which titles are known: those given, or all of the package if none are."""
    return tuple(packaged_languages().values()) if languages is None else languages


def _translate(code: str) -> Callable[[str], str]:
    return translation("django", _CATALOGUES, [code]).gettext
