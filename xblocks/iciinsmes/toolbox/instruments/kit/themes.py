"""Themes that a dictionary finds in texts: how often, with how many stars, and whether a person sees the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .dictionary import Dictionary
from .shares import Share
from .statistics import Agreement, agreement, mean_difference
from .words import same

#: Fewer texts with stars say nothing about a theme.
_MINIMUM_STARS = 5

#: From so many texts coded by hand on, both codings are compared.
_SOME_CODED = 10


@dataclass(frozen=True)
class Theme:
    """A theme with the texts that speak of it; ``stars`` are theirs, ``others`` those of all other texts."""

    name: str
    share: Share
    stars: tuple[float, ...]
    others: tuple[float, ...]

    @property
    def mean(self) -> float | None:
        """Mean stars; None for too few."""
        return sum(self.stars) / len(self.stars) if len(self.stars) >= _MINIMUM_STARS else None

    @property
    def is_weak(self) -> bool:
        """Whether its texts have clearly fewer stars than the others."""
        enough = min(len(self.stars), len(self.others)) >= _MINIMUM_STARS
        return enough and mean_difference(self.stars, self.others).high < 0


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
        themes.append(Theme(name, Share(name, sum(hits), len(hits)), of_theme, of_others))
    return sorted(themes, key=lambda theme: (-theme.share.hits, theme.name))


def codes_of(words: str) -> set[str]:
    """Return the themes somebody wrote behind a text, with commas between them."""
    return {same(code) for code in re.split(r"[,;/+]", words) if code.strip()}


def check_by_hand(
    dictionary: Dictionary, found: Sequence[list[int]], hand: Sequence[str]
) -> tuple[int, Agreement | None]:
    """Return how many texts were coded by hand, and how far the dictionary agrees: yes or no for each text and theme.

    Args:
        dictionary: what the themes are.
        found: for each text the places of its themes in the dictionary.
        hand: the names of the themes a person saw, empty where nobody looked.

    Returns:
        The agreement is None for fewer than ten texts or without themes.
    """
    known = [same(name) for name in dictionary.names]
    by_hand: list[bool] = []
    by_dictionary: list[bool] = []
    coded = 0
    for entry, words in zip(found, hand, strict=True):
        codes = codes_of(words)
        if codes:
            coded += 1
            by_hand += [name in codes for name in known]
            by_dictionary += [place in entry for place in range(len(known))]
    return coded, agreement(by_hand, by_dictionary) if coded >= _SOME_CODED and known else None
