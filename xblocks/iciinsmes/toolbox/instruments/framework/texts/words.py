"""Words of the learner's data: which mean the same whatever their capitals and spaces, and which periods come first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

_YEAR = re.compile(r"(?:19|20)\d\d")


def same(word: str) -> str:
    """Return a form that is equal for words that differ in capitals and spaces only."""
    return " ".join(word.casefold().split())


def grouped(words: Iterable[str]) -> dict[str, list[int]]:
    """Return each word with the indexes of its rows; of several spellings the most frequent one names the group."""
    rows: dict[str, list[int]] = {}
    spellings: dict[str, Counter[str]] = {}
    for index, word in enumerate(words):
        key = same(word)
        rows.setdefault(key, []).append(index)
        spellings.setdefault(key, Counter())[" ".join(word.split())] += 1
    return {spellings[key].most_common(1)[0][0]: indexes for key, indexes in rows.items()}


def spelled(words: Sequence[str]) -> list[str]:
    """Return each word in the spelling that names its group."""
    names = {row: name for name, rows in grouped(words).items() for row in rows}
    return [names[row] for row in range(len(words))]


def numbered(cards: Sequence[str]) -> dict[str, int]:
    """Return the row of each card's number in the form of `same`, without empty ones and those that come twice.

    Links between cards name these numbers; a number that two cards have could mean either.
    """
    forms = [same(card) for card in cards]
    counts = Counter(forms)
    return {form: row for row, form in enumerate(forms) if form and counts[form] == 1}


def in_time(periods: Sequence[str]) -> list[str]:
    """Order periods such as 2026-03, 3/2026, Q1 2026 or 2025/26: by their year, their other numbers, their letters."""

    def place(period: str) -> tuple[int, list[int], str]:
        year = _YEAR.search(period)
        rest = _YEAR.sub(" ", period, count=1)
        return int(year[0]) if year else 0, [int(digits) for digits in re.findall(r"\d{1,9}", rest)], same(rest)

    return sorted(periods, key=lambda period: (*place(period), period))
