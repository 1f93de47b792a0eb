"""Weights out of comparisons in pairs (Saaty 1980).

A matrix says in row i and column j how many times as important i is as j, above 0; row j and column i hold the
reciprocal.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

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
