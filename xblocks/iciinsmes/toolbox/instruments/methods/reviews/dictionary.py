"""A learner's dictionary of themes: which words in a text speak of which theme."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ... import framework as fw

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*|\d+")


@dataclass(frozen=True)
class Dictionary:
    """Themes in their order, each with what is looked for in the words of a text.

    ``unread`` are the entries that are none: no colon, no name or no words.
    """

    themes: tuple[tuple[str, tuple[str, ...]], ...]
    unread: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        """The names of the themes."""
        return [name for name, _patterns in self.themes]

    def found_in(self, words: Sequence[str]) -> list[int]:
        """Return the places of the themes that a text speaks of, given its words."""
        line = f" {' '.join(words)} "
        return [
            place for place, (_name, patterns) in enumerate(self.themes) if any(pattern in line for pattern in patterns)
        ]


def read_dictionary(text: str) -> Dictionary:
    """Read themes such as ``delivery: late, wait*, sold out; price: expens*``, with a semicolon or a line for each.

    A word counts as a whole; with a star, whatever begins with it counts. Several words count in this order. A theme
    that comes twice has the words of both.
    """
    themes: dict[str, tuple[str, list[str]]] = {}
    unread: list[str] = []
    for entry in re.split(r"[;\n\r]+", text):
        name, _colon, words = entry.partition(":")
        name = " ".join(name.split())
        patterns = [pattern for word in words.split(",") if (pattern := _pattern(word))]
        if name and patterns:
            themes.setdefault(fw.same(name), (name, []))[1].extend(patterns)
        elif entry.strip():
            unread.append(" ".join(entry.split()))
    return Dictionary(tuple((name, tuple(patterns)) for name, patterns in themes.values()), tuple(unread))


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters, without signs."""
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold())


def _pattern(word: str) -> str:
    """Return what is looked for in words with single spaces around them; empty if there is no word."""
    words = " ".join(words_of(word))
    return f" {words}{'' if word.rstrip().endswith('*') else ' '}" if words else ""
