"""How hard a page is to read, by the formula of its language.

English: Flesch (1948), 206.835 - 1.015 * words a sentence - 84.6 * syllables a word. German: Amstad (1978), 180 -
words a sentence - 58.5 * syllables a word. Both go from 0 (hard) to 100 (easy). Syllables are counted with Pyphen.
Headings, cells and short items of lists neither end nor prolong a sentence: only what ends as a sentence counts. A
language without a formula is not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import pyphen


@dataclass(frozen=True)
class Formula:
    """A language's formula, and the least ease that a text of level B2 of the European framework has."""

    dictionary: str
    base: float
    by_words: float
    by_syllables: float
    b2: float

    def ease(self, *, words_a_sentence: float, syllables_a_word: float) -> float:
        """Return the ease of a text, mostly between 0 and 100."""
        return self.base - self.by_words * words_a_sentence - self.by_syllables * syllables_a_word


FORMULAS: Mapping[str, Formula] = {
    "en": Formula("en_GB", 206.835, 1.015, 84.6, 60),
    "de": Formula("de_DE", 180, 1, 58.5, 45),
}


@dataclass(frozen=True)
class Ease:
    """How easy a text is: ``ease`` by the formula, ``words_a_sentence`` on average, ``longest`` sentence in words."""

    ease: float
    words_a_sentence: float
    longest: int


# What ends in a full stop and ends no sentence: "z. B.", "12. Dez.", "e.g.", "Mrs."
_ABBREVIATED = re.compile(
    r"\b(?:[A-Za-z]|\d{1,2}|Art|art|bzw|ca|Co|Dr|etc|ff|Fr|Hr|inkl|Mr|Mrs|No|Nr|Str|usw|vgl|vs|"
    r"Jan|Feb|Febr|Mär|Apr|Aug|Sept|Okt|Nov|Dez|Mo|Di|Mi|Do|Sa|So)\.(?=\s)"
)
_END = re.compile(r"(?<=[.?!:;])[\s”“\"»]+")
_WORD = re.compile("[^\\W\\d_]+(?:[\N{RIGHT SINGLE QUOTATION MARK}'-][^\\W\\d_]+)*")
_ENDS = (".", "?", "!", "”", "“", "…", ":")


def sentences(pieces: Iterable[str]) -> Iterator[list[str]]:
    """Return the sentences of a page's texts as lists of words; what does not end as a sentence is none."""
    for piece in pieces:
        closed = piece.strip()
        if not closed.endswith(_ENDS):
            continue
        for sentence in _END.split(_ABBREVIATED.sub(lambda found: found[0][:-1], closed)):
            words = _WORD.findall(sentence)
            if words:
                yield words


def ease(pieces: Iterable[str], language: str) -> Ease | None:
    """Return how easy a page is; None where its language has no formula here, or it has no sentence.

    Args:
        pieces: its texts without markup.
        language: its code.
    """
    formula = FORMULAS.get(language)
    found = list(sentences(pieces)) if formula else []
    if formula is None or not found:
        return None
    words = [word for sentence in found for word in sentence]
    syllables = sum(count_syllables(word, formula.dictionary) for word in words)
    mean = len(words) / len(found)
    return Ease(
        ease=formula.ease(words_a_sentence=mean, syllables_a_word=syllables / len(words)),
        words_a_sentence=mean,
        longest=max(len(sentence) for sentence in found),
    )


@cache
def count_syllables(word: str, dictionary: str) -> int:
    """Return the syllables of a word; Pyphen knows where it may be hyphenated."""
    return len(pyphen.Pyphen(lang=dictionary).positions(word.lower())) + 1
