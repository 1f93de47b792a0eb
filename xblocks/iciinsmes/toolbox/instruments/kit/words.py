"""Words of the learner's data that mean the same although they are spelled with other capitals or spaces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence


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


def numbered(cards: Sequence[str]) -> dict[str, int]:
    """Return the row of each card's number in the form of `same`, without empty ones and those that come twice.

    Links between cards name these numbers; a number that two cards have could mean either.
    """
    forms = [same(card) for card in cards]
    counts = Counter(forms)
    return {form: row for row, form in enumerate(forms) if form and counts[form] == 1}
