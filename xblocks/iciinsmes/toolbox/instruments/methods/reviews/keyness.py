"""Which words are typical of bad texts rather than of good ones, and which a dictionary does not know yet."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ... import framework as fw
from ...framework import msg

_GOOD, _BAD = 4, 2

#: Words used less often are not shown, and short ones are seldom about a theme.
_LEAST_USES, _LEAST_LETTERS = 3, 4
_WORDS_SHOWN, _WORDS_ASKED = 10, 3


class Keyword(NamedTuple):
    """A word, how often each group uses it, and how many standard errors the first uses it more than the second."""

    word: str
    first: int
    second: int
    z: float


def keyness(first: Mapping[str, int], second: Mapping[str, int], background: Mapping[str, int]) -> list[Keyword]:
    """Compare the words of two groups by log-odds with an informative Dirichlet prior (Monroe et al. 2008).

    With y uses among n words of a group, and a uses among b words of the background, the log-odds of a group are
    ln((y + a) / (n + b - y - a)); their difference between the groups has the variance 1/(y₁ + a) + 1/(y₂ + a). The
    background keeps rare words from looking typical by chance.

    Args:
        first: uses of each word in the first group.
        second: uses in the second group.
        background: uses in all texts, at least those of both groups.

    Returns:
        All words of the background, those typical of the first group first.
    """
    prior = sum(background.values())
    totals = sum(first.values()) + prior, sum(second.values()) + prior
    found = []
    for word, uses in background.items():
        one, other = first.get(word, 0), second.get(word, 0)
        counts = one + uses, other + uses
        rests = totals[0] - counts[0], totals[1] - counts[1]
        # With a single word in all texts there is nothing to compare it with.
        difference = math.log(counts[0] / rests[0]) - math.log(counts[1] / rests[1]) if all(rests) else 0.0
        found.append(Keyword(word, one, other, difference / math.sqrt(1 / counts[0] + 1 / counts[1])))
    return sorted(found, key=lambda keyword: (-keyword.z, keyword.word))


def keywords_of(texts: Sequence[list[str]], stars: Sequence[float | None]) -> list[Keyword]:
    """Return the words that bad and good texts differ in beyond chance, those of bad ones first.

    Args:
        texts: the words of each text.
        stars: 1 to 5 for each text, None where there are none; four and five are good, one and two bad.
    """
    good, bad, background = Counter[str](), Counter[str](), Counter[str]()
    for words, number in zip(texts, stars, strict=True):
        background.update(words)
        if number is not None and number >= _GOOD:
            good.update(words)
        elif number is not None and number <= _BAD:
            bad.update(words)
    if not good or not bad:
        return []
    typical = [
        word
        for word in keyness(bad, good, background)
        if abs(word.z) > fw.Z and word.first + word.second >= _LEAST_USES
    ]
    of_bad = [word for word in typical if word.z > 0][:_WORDS_SHOWN]
    return of_bad + [word for word in typical if word.z < 0][-_WORDS_SHOWN:]


def word_table(keywords: Sequence[Keyword]) -> fw.ResultTable:
    """Return the words with their uses and how sure the difference is."""
    return fw.Rows("words", msg("Words that bad and good texts differ in"), keywords).shown(
        fw.Shown("word", msg("Word"), lambda word: word.word),
        fw.Shown("typical", msg("Typical of"), lambda word: msg("bad texts") if word.z > 0 else msg("good texts")),
        fw.Shown("bad", msg("Uses in bad texts"), lambda word: word.first),
        fw.Shown("good", msg("Uses in good texts"), lambda word: word.second),
        fw.Shown("z", msg("Standard errors (z)"), lambda word: word.z, decimals=2),
    )


def uncovered(texts: Sequence[list[str]], found: Sequence[list[int]]) -> fw.ResultTable:
    """Return the words that most texts without a theme hold: where a dictionary may grow."""
    counts = Counter(
        word
        for words, themes in zip(texts, found, strict=True)
        if not themes
        for word in set(words)
        if len(word) >= _LEAST_LETTERS
    )
    frequent = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))[:_WORDS_SHOWN]
    title = msg("Frequent words in texts without a theme: is one missing in your dictionary?")
    return fw.Rows("uncovered", title, frequent).shown(
        fw.Shown("word", msg("Word"), lambda entry: entry[0]), fw.Shown("texts", msg("Texts"), lambda entry: entry[1])
    )


def typical_words(keywords: Sequence[Keyword]) -> Iterator[fw.Question]:
    """Ask which of the most typical words are those of bad texts; no question if there are none."""
    bad = [word for word in keywords if word.z > 0][:_WORDS_ASKED]
    good = [word for word in keywords if word.z < 0][-_WORDS_ASKED:]
    shown = sorted([*bad, *good], key=lambda word: word.word)
    text = msg("Which of these words are typical of bad texts?")
    yield fw.Question("typical", text, fw.choose_one([(word.word, word.z > 0) for word in shown]), several=True)
