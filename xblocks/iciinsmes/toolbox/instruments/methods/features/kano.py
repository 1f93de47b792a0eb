"""What pairs of answers make of a feature (Kano 1984; Berger et al. 1993)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

#: Row: answer to "if it is there"; column: answer to "if it is missing"; both 1 like to 5 dislike.
_PAIRS = ("QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ")

#: In this order categories win a tie, and in this order features are worked on, the rest below.
ORDER = "MOAIRQ"

#: Below this distance of the two most frequent categories, in points of percent, a feature is mixed.
_CLEAR_POINTS = 6

MINIMUM_PEOPLE = 20


class Feature(NamedTuple):
    """What the answers make of one feature.

    ``better`` is 0 to 1, ``worse`` -1 to 0, None if no answer allows it; ``strength`` is in points of percent;
    ``total`` is the share of answers that care; ``is_significant`` is Fong's test at 90 %.
    """

    name: str
    n: int
    counts: Mapping[str, int]
    category: str
    better: float | None
    worse: float | None
    strength: float
    total: float
    is_significant: bool
    importance: float | None

    @property
    def is_mixed(self) -> bool:
        """Whether people disagree too much for one category, or most of them say another than the rule gives."""
        return self.strength < _CLEAR_POINTS or self.counts[self.category] < max(self.counts.values())

    @property
    def is_sure(self) -> bool:
        """Whether enough people agree for a sentence about the feature."""
        return not self.is_mixed and self.n >= MINIMUM_PEOPLE


def pair_category(functional: int, dysfunctional: int) -> str:
    """Return the letter of a pair of answers, each 1 like to 5 dislike."""
    return _PAIRS[functional - 1][dysfunctional - 1]


def evaluate(name: str, counts: Mapping[str, int], importance: float | None = None) -> Feature:
    """Return what counted categories make of a feature.

    Args:
        name: of the feature.
        counts: letter to number of answers; at least one answer.
        importance: mean importance people gave, if they were asked.
    """
    full = {letter: counts.get(letter, 0) for letter in ORDER}
    n = sum(full.values())
    caring = full["A"] + full["O"] + full["M"]
    usable = caring + full["I"]
    first, second = sorted(full.values(), reverse=True)[:2]
    return Feature(
        name=name,
        n=n,
        counts=full,
        category=_blauth(full),
        better=(full["A"] + full["O"]) / usable if usable else None,
        worse=-(full["O"] + full["M"]) / usable if usable else None,
        strength=100 * (first - second) / n,
        total=caring / n,
        is_significant=first - second >= 1.65 * math.sqrt((first + second) * (2 * n - first - second) / (2 * n)),
        importance=importance,
    )


def _blauth(counts: Mapping[str, int]) -> str:
    """Return the most frequent category of the side, caring or not caring, that has more answers."""
    caring = sum(counts[letter] for letter in "MOA")
    rest = sum(counts[letter] for letter in "IRQ")
    return max("MOA" if caring > rest else "IRQ", key=lambda letter: counts[letter])
