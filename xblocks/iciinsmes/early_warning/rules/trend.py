"""Whether a short series falls: Kendall's tau with its probability, and the median slope."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb, erfc, factorial, sqrt
from statistics import median

#: Up to so many values without ties the probability is counted, not estimated.
_COUNTED = 33


@dataclass(frozen=True)
class Trend:
    """A trend over time: ``tau``, the two-sided probability of one as strong by chance, and the slope a step."""

    tau: float
    probability: float
    slope: float


def trend_of(values: Sequence[Fraction]) -> Trend | None:
    """Return the trend of values in their order (Kendall 1938, slope by Theil and Sen); None where all are equal."""
    count = len(values)
    pairs = [(i, j) for i in range(count) for j in range(i + 1, count)]
    score = sum((values[j] > values[i]) - (values[j] < values[i]) for i, j in pairs)
    ties = [size for size in Counter(values).values() if size > 1]
    tied = sum(comb(size, 2) for size in ties)
    if count < 2 or tied == len(pairs):
        return None
    tau = score / sqrt((len(pairs) - tied) * len(pairs))
    slope = float(median((values[j] - values[i]) / (j - i) for i, j in pairs))
    if not ties and count <= _COUNTED:
        return Trend(tau, _exact(count, (len(pairs) + score) // 2), slope)
    variance = (count * (count - 1) * (2 * count + 5) - sum(size * (size - 1) * (2 * size + 5) for size in ties)) / 18
    return Trend(tau, erfc(abs(score) / sqrt(variance) / sqrt(2)), slope)


def _exact(count: int, concordant: int) -> float:
    """Return the two-sided probability of so many concordant pairs, or of a number as far from half of them."""
    pairs = comb(count, 2)
    ways = [1]
    for size in range(2, count + 1):
        longer = [0] * (len(ways) + size - 1)
        for inversions, number in enumerate(ways):
            for more in range(size):
                longer[inversions + more] += number
        ways = longer
    least = min(concordant, pairs - concordant)
    return min(1.0, 2 * sum(ways[: least + 1]) / factorial(count))
