"""From numbers to places on a chart, with round numbers to write on its axes."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class AxisScale:
    """Maps ``low``..``high`` to ``start``..``end``; values outside stay at the nearer end."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Return where a value lies."""
        span = self.high - self.low
        share = (value - self.low) / span if span else 0.5
        return self.start + (self.end - self.start) * min(max(share, 0.0), 1.0)

    def ticks(self, count: int = 4) -> list[float]:
        """Return about ``count`` round numbers between both ends."""
        step = _round_step((self.high - self.low) / max(count, 1))
        first = math.ceil(self.low / step - 1e-9)
        return [index * step for index in range(first, math.floor(self.high / step + 1e-9) + 1)]


def limits(values: Iterable[float], minimum: float | None, maximum: float | None) -> tuple[float, float]:
    """Return the ends of a scale that holds all values; given ends win, and 0 is in if nothing is below it."""
    found = list(values)
    low = minimum if minimum is not None else min([0.0, *found])
    high = maximum if maximum is not None else max([*found, low])
    return (low, high) if high - low > 1e-9 * max(abs(low), 1) else (low, low + max(abs(low), 1))


def _round_step(step: float) -> float:
    power: float = 10.0 ** math.floor(math.log10(step))
    return next((factor * power for factor in (1, 2, 5) if factor * power >= step * 0.999), 10 * power)
