"""Comparisons of two things at a time, and weights out of them (Saaty 1980).

A matrix says in row i and column j how many times as important i is as j, above 0; row j and column i hold the
reciprocal.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import permutations
from statistics import fmean
from typing import NamedTuple

from ... import framework as fw

#: Consistency index of comparisons made by chance, by the number of things (Saaty 1980).
_RANDOM = {3: 0.58, 4: 0.90, 5: 1.12, 6: 1.24, 7: 1.32, 8: 1.41, 9: 1.45}

#: No consistency is known for more things than this.
MAXIMUM = max(_RANDOM)

Matrix = Sequence[Sequence[float]]


def eigenvector(matrix: Matrix) -> list[float]:
    """Return the principal eigenvector of a positive matrix, its sum 1, by power iteration."""
    weights = [1 / len(matrix)] * len(matrix)
    for _step in range(1000):
        product = _times(matrix, weights)
        total = sum(product)
        following = [value / total for value in product]
        if max(abs(new - old) for new, old in zip(following, weights, strict=True)) < 1e-14:
            return following
        weights = following
    return weights


def row_means(matrix: Matrix) -> list[float]:
    """Return the geometric means of the rows, their sum 1."""
    means = [math.exp(sum(map(math.log, row)) / len(row)) for row in matrix]
    return [mean / sum(means) for mean in means]


def largest_eigenvalue(matrix: Matrix, weights: Sequence[float]) -> float:
    """Return what the matrix stretches the weights by, the mean over all rows; the number of things at the least."""
    product = _times(matrix, weights)
    return sum(value / weight for value, weight in zip(product, weights, strict=True)) / len(weights)


def consistency_ratio(matrix: Matrix, weights: Sequence[float]) -> float | None:
    """Return CI / RI, 0 if all comparisons agree; None for fewer than three or more than nine things."""
    size = len(matrix)
    if size not in _RANDOM:
        return None
    return max(0.0, (largest_eigenvalue(matrix, weights) - size) / (size - 1) / _RANDOM[size])


def _times(matrix: Matrix, vector: Sequence[float]) -> list[float]:
    return [sum(cell * value for cell, value in zip(row, vector, strict=True)) for row in matrix]


#: Fractions are written with two decimals: 0.33 is a third.
_HALF_CENT = 0.006

#: Logarithms closer than this are equal.
_EPSILON = 1e-9

#: Two things by their indexes, the smaller first.
Place = tuple[int, int]


class Comparisons(NamedTuple):
    """What was compared.

    ``logs`` holds the logarithm of the mean value for each pair of indexes, above 0 where the first is more important.
    ``contradictory`` are pairs that one person compared twice with different results, ``disputed`` those of which some
    people find the one and some the other thing more important.
    """

    things: Sequence[str]
    logs: Mapping[Place, float]
    with_itself: int
    contradictory: Sequence[Place]
    disputed: Sequence[Place]

    @property
    def circle(self) -> tuple[str, str, str] | None:
        """Three things of which the first is before the second, that before the third, and that before the first."""
        before = {pair if log > 0 else pair[::-1] for pair, log in self.logs.items() if abs(log) > _EPSILON}
        for one, other, third in permutations(range(len(self.things)), 3):
            if {(one, other), (other, third), (third, one)} <= before:
                return self.things[one], self.things[other], self.things[third]
        return None


def read_comparisons(table: fw.Table) -> Comparisons:
    """Collect the rows by pair; several people, or several rows of one, count as their geometric mean.

    Args:
        table: with the columns first, second and value, and if known respondent.
    """
    firsts, seconds = table.texts("first"), table.texts("second")
    members = fw.grouped([*firsts, *seconds])
    things = sorted(members)
    place = {row: index for index, thing in enumerate(things) for row in members[thing]}
    given: dict[Place, dict[str, list[float]]] = {}
    with_itself = 0
    for row, (person, value) in enumerate(zip(table.texts("respondent"), table.numbers("value"), strict=True)):
        one, other = place[row], place[row + len(table)]
        if one == other:
            with_itself += 1
            continue
        log = math.log(_exact(value)) * (1 if one < other else -1)
        given.setdefault((min(one, other), max(one, other)), {}).setdefault(person, []).append(log)
    means = {pair: [fmean(values) for values in people.values()] for pair, people in given.items()}
    return Comparisons(
        things,
        {pair: fmean(values) for pair, values in means.items()},
        with_itself,
        [pair for pair, people in given.items() if any(max(v) - min(v) > _EPSILON for v in people.values())],
        [pair for pair, values in means.items() if max(values) > _EPSILON and min(values) < -_EPSILON],
    )


def _exact(value: float) -> float:
    """Return the fraction that a rounded value below 1 stands for."""
    if value >= 1:
        return value
    fraction = 1 / round(1 / value)
    return fraction if abs(value - fraction) < _HALF_CENT else value
