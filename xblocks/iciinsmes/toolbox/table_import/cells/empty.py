"""Cells that hold something and say nothing: marks for "not known", and mistakes of a spreadsheet."""

from __future__ import annotations

import re

from iciinsmes.toolbox.instruments.framework import ValueKind

from ..languages import PACKS, all_words

_SIGNS = frozenset(["", *"-–—−._?/…", "--", "---", "..", "...", "??", "//", "–––", "n/a"])  # noqa: RUF001 - dashes


def _alike(words: str) -> str:
    return "".join(words.casefold().split())


_EMPTY = _SIGNS | frozenset(_alike(words) for words in all_words(lambda pack: pack.empty))
_NOTHING = _EMPTY | frozenset(_alike(words) for words in all_words(lambda pack: pack.nothing))
_LONGEST = max(map(len, _NOTHING)) + 8
#: Among these such a word can be no answer.
_NO_WORDS = (ValueKind.INTEGER, ValueKind.NUMBER, ValueKind.DATE)

#: What spreadsheets show where a formula could not be computed, and forms that others of any language have.
_MISTAKES = frozenset(mistake.casefold() for pack in PACKS for mistake in pack.errors)
_NUMBERED = "|".join(map(re.escape, all_words(lambda pack: pack.numbered_errors)))
_MISTAKE = re.compile(rf"#[¡¿]?[^\W\d_a-zà-öø-ÿ][^\Wa-z]*(?:[/_.][^\Wa-z]+)*[!?]|#[A-Z]/[A-Z]!?|(?:{_NUMBERED})\d{{3}}")


def is_empty(words: str, kind: ValueKind) -> bool:
    """Tell whether words of a column of this kind say that there is nothing."""
    if len(words) > _LONGEST:
        return not words.strip()
    return _alike(words) in (_NOTHING if kind in _NO_WORDS else _EMPTY)


def is_mistake(words: str) -> bool:
    """Tell whether a spreadsheet shows this where a formula could not be computed."""
    words = words.strip()
    return words.casefold() in _MISTAKES or _MISTAKE.fullmatch(words) is not None
