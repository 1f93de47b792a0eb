"""Cards of a conjoint study: levels of attributes as numbers, and part-worths by least squares.

Effects coding: a level is 1 in its own column, and the last level of an attribute is -1 in all columns of it, so that
part-worths add up to 0 (Green and Srinivasan 1978).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from typing import NamedTuple

#: A card: one level for each attribute.
CardLevels = Sequence[str]

#: Less than this is rounding.
_EPSILON = 1e-9


class Respondent(NamedTuple):
    """Part-worths by attribute and level, importance of each attribute in percent, and R2 (None if nothing is left)."""

    key: str
    worths: Sequence[Sequence[float]]
    importance: Sequence[float]
    fit: float | None


def levels_of(cards: Sequence[CardLevels]) -> list[list[str]]:
    """Return the levels of each attribute in alphabetical order."""
    return [sorted(set(column)) for column in zip(*cards, strict=True)]


def effects(cards: Sequence[CardLevels]) -> list[list[int]]:
    """Return a row of -1, 0 and 1 for each card: the constant, then for each attribute one less than its levels."""
    levels = levels_of(cards)
    rows = []
    for card in cards:
        row = [1]
        for level, known in zip(card, levels, strict=True):
            row += [-1 if level == known[-1] else int(level == other) for other in known[:-1]]
        rows.append(row)
    return rows


def estimator(rows: Sequence[Sequence[int]]) -> list[list[float]] | None:
    """Return (X'X)^-1 X' of a design, the inverse in exact fractions; None if the cards cannot tell the levels apart.

    Multiplied with the ratings of the cards it gives the coefficients.
    """
    size = len(rows[0])
    left = [[Fraction(sum(row[i] * row[j] for row in rows)) for j in range(size)] for i in range(size)]
    right = [[Fraction(int(i == j)) for j in range(size)] for i in range(size)]
    for index in range(size):
        pivot = next((row for row in range(index, size) if left[row][index]), None)
        if pivot is None:
            return None
        left[index], left[pivot] = left[pivot], left[index]
        right[index], right[pivot] = right[pivot], right[index]
        head = left[index][index]
        left[index] = [value / head for value in left[index]]
        right[index] = [value / head for value in right[index]]
        for row in range(size):
            if row != index and left[row][index]:
                times = left[row][index]
                left[row] = [a - times * b for a, b in zip(left[row], left[index], strict=True)]
                right[row] = [a - times * b for a, b in zip(right[row], right[index], strict=True)]
    inverse = [[float(value) for value in row] for row in right]
    return [[sum(a * b for a, b in zip(line, row, strict=True)) for row in rows] for line in inverse]


def part_worths(coefficients: Sequence[float], levels: Sequence[Sequence[str]]) -> list[list[float]]:
    """Return the part-worth of each level, in the order of ``levels``; the constant comes first in the coefficients."""
    found, start = [], 1
    for known in levels:
        own = list(coefficients[start : start + len(known) - 1])
        found.append([*own, -sum(own)])
        start += len(own)
    return found


def is_orthogonal(cards: Sequence[CardLevels]) -> bool:
    """Tell whether each level of an attribute comes equally often, and with each level of every other attribute."""
    columns = list(zip(*cards, strict=True))
    if any(len(set(Counter(column).values())) > 1 for column in columns):
        return False
    return all(
        len(set(together.values())) == 1 and len(together) == len(set(one)) * len(set(other))
        for one, other in combinations(columns, 2)
        for together in [Counter(zip(one, other, strict=True))]
    )


def evaluate(
    key: str, ratings: Sequence[float], cards: Sequence[CardLevels], solve: Sequence[Sequence[float]]
) -> Respondent | None:
    """Return what the ratings of one person say; None if all cards were rated the same.

    Args:
        key: of the person.
        ratings: one a card, in their order.
        cards: with the levels of each.
        solve: what `estimator` makes of the cards.
    """
    coefficients = [sum(a * b for a, b in zip(row, ratings, strict=True)) for row in solve]
    levels = levels_of(cards)
    worths = part_worths(coefficients, levels)
    ranges = [max(values) - min(values) for values in worths]
    mean = sum(ratings) / len(ratings)
    spread = sum((rating - mean) ** 2 for rating in ratings)
    if spread < _EPSILON or sum(ranges) < _EPSILON:
        return None
    worth_of = [dict(zip(known, values, strict=True)) for known, values in zip(levels, worths, strict=True)]
    rest = sum(
        (rating - coefficients[0] - sum(values[level] for values, level in zip(worth_of, card, strict=True))) ** 2
        for rating, card in zip(ratings, cards, strict=True)
    )
    fit = max(0.0, 1 - rest / spread) if len(ratings) > len(coefficients) else None
    return Respondent(key, worths, [100 * width / sum(ranges) for width in ranges], fit)


def is_reversed(worths: Sequence[float]) -> bool:
    """Tell whether a higher price is worth more than the one below it; part-worths by rising price."""
    return any(dear > cheap + _EPSILON for cheap, dear in pairwise(worths))


def price_in(level: str) -> float | None:
    """Return the first number in words; a sign before three digits divides thousands."""
    plain = re.sub(r"(?<=\d)[\s.,](?=\d{3}(?!\d))", "", level)
    found = re.search(r"\d+(?:[.,]\d+)?", plain)
    return float(found[0].replace(",", ".")) if found else None
