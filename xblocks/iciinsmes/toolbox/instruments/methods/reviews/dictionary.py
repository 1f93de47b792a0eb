"""A learner's dictionary of themes: which words speak of which, how often, with how many stars, and checked by hand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

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
        line = f" {' '.join(words)} ".casefold()
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
    """Return the words of a text in small letters, without signs, as they are shown: “straße” keeps its ß."""
    return _WORD.findall(unicodedata.normalize("NFC", text).lower())


def _pattern(word: str) -> str:
    """Return what is looked for in words with single spaces around them, “ss” for ß; empty if there is no word."""
    words = " ".join(words_of(word)).casefold()
    return f" {words}{'' if word.rstrip().endswith('*') else ' '}" if words else ""


#: Fewer texts with stars say nothing about a theme.
_MINIMUM_STARS = 5

#: From so many texts coded by hand on, both codings are compared.
_SOME_CODED = 10


@dataclass(frozen=True)
class Theme:
    """A theme with the texts that speak of it; ``stars`` are theirs, ``others`` those of all other texts.

    ``is_weak`` says that its texts have clearly fewer stars than the others, though so many themes were looked at.
    """

    name: str
    share: fw.GroupShare
    stars: tuple[float, ...]
    others: tuple[float, ...]
    is_weak: bool = False

    @property
    def mean(self) -> float | None:
        """Mean stars; None for too few."""
        return sum(self.stars) / len(self.stars) if len(self.stars) >= _MINIMUM_STARS else None

    @property
    def is_comparable(self) -> bool:
        """Whether there are enough texts with stars with and without it."""
        return min(len(self.stars), len(self.others)) >= _MINIMUM_STARS


def themes_in(dictionary: Dictionary, found: Sequence[list[int]], stars: Sequence[float | None]) -> list[Theme]:
    """Return the themes, the most frequent first.

    Args:
        dictionary: what the themes are.
        found: for each text the places of its themes in the dictionary.
        stars: of each text, None where there are none.
    """
    themes = []
    for place, name in enumerate(dictionary.names):
        hits = [place in entry for entry in found]
        pairs = [(hit, number) for hit, number in zip(hits, stars, strict=True) if number is not None]
        of_theme = tuple(number for hit, number in pairs if hit)
        of_others = tuple(number for hit, number in pairs if not hit)
        themes.append(Theme(name, fw.GroupShare(name, sum(hits), len(hits)), of_theme, of_others))
    compared = sum(theme.is_comparable for theme in themes)
    judged = (replace(theme, is_weak=_is_weak(theme, compared)) for theme in themes)
    return sorted(judged, key=lambda theme: (-theme.share.hits, theme.name))


def _is_weak(theme: Theme, compared: int) -> bool:
    """Tell whether a theme has clearly fewer stars, where each of the themes compared could have (Bonferroni)."""
    if not theme.is_comparable:
        return False
    found = fw.mean_difference(theme.stars, theme.others, step=1)
    return found.value < 0 and found.p * compared < fw.SIGNIFICANT


def codes_of(words: str) -> set[str]:
    """Return the themes somebody wrote behind a text, with commas between them."""
    return {fw.same(code) for code in re.split(r"[,;/+]", words) if code.strip()}


def check_by_hand(
    dictionary: Dictionary, found: Sequence[list[int]], hand: Sequence[str]
) -> tuple[int, fw.Agreement | None]:
    """Return how many texts were coded by hand, and how far the dictionary agrees: yes or no for each text and theme.

    Args:
        dictionary: what the themes are.
        found: for each text the places of its themes in the dictionary.
        hand: the names of the themes a person saw, empty where nobody looked.

    Returns:
        The agreement is None for fewer than ten texts or without themes.
    """
    known = [fw.same(name) for name in dictionary.names]
    by_hand: list[bool] = []
    by_dictionary: list[bool] = []
    coded = 0
    for entry, words in zip(found, hand, strict=True):
        codes = codes_of(words)
        if codes:
            coded += 1
            by_hand += [name in codes for name in known]
            by_dictionary += [place in entry for place in range(len(known))]
    return coded, fw.agreement(by_hand, by_dictionary) if coded >= _SOME_CODED and known else None
