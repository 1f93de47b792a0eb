"""What customers want to reach: the score of an outcome (Ulwick 2002), and whether it is worded as one."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import NamedTuple

from .. import framework as fw

#: Above, and from, these scores an outcome is an extreme and a high opportunity, and underserved at all.
EXTREME, HIGH, UNDERSERVED = 15, 12, 10

#: Beginnings of words that are such a verb, whatever follows.
_BEGINNINGS = (
    *("minimi", "maximi", "maksimi", "reduc", "reduz", "increas", "decreas", "lower", "shorten", "improv", "avoid"),
    *("prevent", "eliminat", "verringer", "verminder", "erhöh", "steiger", "verkürz", "verlänger", "verbesser"),
    *("vermeid", "beschleunig", "verhinder", "beseitig", "mindsk", "nedsæt", "forøg", "forkort", "forbedr", "undgå"),
    *("formindsk", "begræns", "forebyg", "csökkent", "növel", "rövidít", "lerövidít", "javít", "elkerül", "mérsékel"),
    *("gyorsít", "felgyorsít", "megelőz", "minimal", "maximal", "zminimal", "zmaksymal", "maksymal", "zmniejsz"),
    *("zwiększ", "ogranicz", "skróc", "skrac", "popraw", "unik", "obniż", "redukow", "zredukow", "przyspiesz"),
    *("zapobie",),
)

#: Short ones that are the beginning of other words, too.
_WHOLE = (
    *("raise", "raising", "limit", "cut", "cutting", "senke", "senken", "sænk", "sænke", "øg", "øge", "hæv", "hæve"),
    *("fjern", "fjerne", "emel", "emelni", "podnieś", "podnieść", "podnosić"),
)

_VERB = re.compile(rf"\b(?:(?:{'|'.join(_BEGINNINGS)})\w*|(?:{'|'.join(_WHOLE)})\b)")


class JobOutcome(NamedTuple):
    """How many of ``n`` people find an outcome important, and how many are satisfied with what they have."""

    name: str
    n: int
    important: int
    satisfied: int

    @property
    def points(self) -> int:
        """The score times ``n`` over 10: whole, so that borders are exact."""
        return self.important + max(self.important - self.satisfied, 0)

    @property
    def score(self) -> float:
        """Importance plus what is missing, 0 to 20."""
        return 10 * self.points / self.n

    @property
    def category(self) -> str:
        """The class, one of extreme, high, worth, served and overserved."""
        if self.is_overserved:
            return "overserved"
        if 10 * self.points > EXTREME * self.n:
            return "extreme"
        if 10 * self.points >= HIGH * self.n:
            return "high"
        return "worth" if self.is_underserved else "served"

    @property
    def is_overserved(self) -> bool:
        """Whether more are satisfied than care."""
        return self.satisfied > self.important

    @property
    def is_underserved(self) -> bool:
        """Whether the score is 10 or more."""
        return 10 * self.points >= UNDERSERVED * self.n


def score_interval(outcome: JobOutcome) -> fw.Interval:
    """Return the score with its 95 % interval.

    The intervals of both shares (Wilson) are joined by squares (Zou and Donner 2008) as if people answered both
    questions independently; those who find something important and are unsatisfied make the true one a little wider.
    """
    wanted, reached = fw.wilson(outcome.important, outcome.n), fw.wilson(outcome.satisfied, outcome.n)
    gap = 2 * wanted.value - reached.value
    low = gap - math.hypot(2 * (wanted.value - wanted.low), reached.high - reached.value)
    high = gap + math.hypot(2 * (wanted.high - wanted.value), reached.value - reached.low)
    return fw.Interval(outcome.score, 10 * max(low, wanted.low), min(20.0, 10 * max(high, wanted.high)))


def has_direction(words: str) -> bool:
    """Tell whether words hold a verb such as minimise or increase, in English, German, Danish, Hungarian or Polish."""
    return _VERB.search(unicodedata.normalize("NFC", words).casefold()) is not None
