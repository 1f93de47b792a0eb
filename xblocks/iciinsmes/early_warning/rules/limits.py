"""Limits of control charts, from a baseline that is fixed for good.

Everything is computed with fractions, so that "beyond" is strict to the last digit and the same on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import sqrt

from ..data import Chart, Limits, Point
from .periods import FEWEST, MOST

#: From the mean moving range of neighbours to the standard deviation.
D2 = Fraction(1128, 1000)
WARNING, ACTION = 2, 3


def value_of(point: Point, needs_denominator: bool) -> Fraction | None:
    """Return what is judged of a point; None for a gap and where there is nothing to divide by."""
    if point.numerator is None:
        return None
    if not needs_denominator:
        return point.numerator
    return point.numerator / point.denominator if point.denominator else None


def limits_from(points: Sequence[Point], chart: Chart, needs_denominator: bool) -> Limits | None:
    """Return limits from the first clean periods, six to twelve; None with fewer.

    Of seven to eleven the newest is left to be judged; twelve are taken whole, because better ones never come.
    A gap enters neither the centre nor a moving range.

    Args:
        points: of a segment, without holes.
        chart: how the limits are found.
        needs_denominator: whether values are a numerator through a denominator.
    """
    clean = [
        (point, value)
        for point in points
        if not point.is_running and (value := value_of(point, needs_denominator)) is not None
    ][:MOST]
    if len(clean) < FEWEST:
        return None
    if FEWEST < len(clean) < MOST:
        clean.pop()
    first, last = clean[0][0].period, clean[-1][0].period
    if chart is Chart.INDIVIDUAL or not needs_denominator:
        ranges = [
            abs(after - before) for (one, before), (other, after) in pairwise(clean) if other.period == one.period + 1
        ]
        values = [value for _point, value in clean]
        total = sum(values, Fraction(0))
        return Limits(first, last, len(clean), total, Fraction(len(clean)), sum(ranges, Fraction(0)), len(ranges))
    cases = sum((point.numerator for point, _value in clean if point.numerator is not None), Fraction(0))
    size = sum((point.denominator for point, _value in clean if point.denominator is not None), Fraction(0))
    return Limits(first, last, len(clean), cases, size)


def variance_at(limits: Limits, chart: Chart, point: Point) -> Fraction | None:
    """Return the variance around the centre at a period, by its own denominator; None where limits are not usable."""
    centre = limits.centre
    if centre is None or not is_usable(limits, chart):
        return None
    if chart is Chart.INDIVIDUAL:
        return (limits.ranges / limits.range_count / D2) ** 2
    if not point.denominator:
        return None
    spread = centre * (1 - centre) if chart is Chart.SHARE else centre
    return spread / point.denominator


def is_usable(limits: Limits, chart: Chart) -> bool:
    """Tell whether there is any spread in the baseline; without it nothing can lie beyond it."""
    centre = limits.centre
    if chart is Chart.NONE or centre is None:
        return False
    if chart is Chart.INDIVIDUAL:
        return limits.range_count > 0 and limits.ranges > 0
    return 0 < centre < 1 if chart is Chart.SHARE else centre > 0


def is_beyond(value: Fraction, limits: Limits, variance: Fraction, sigmas: int, is_up_bad: bool) -> bool:
    """Tell whether a value lies beyond so many standard deviations on the bad side; on the limit it does not."""
    centre = limits.centre or Fraction(0)
    distance = value - centre if is_up_bad else centre - value
    return distance > 0 and distance**2 > sigmas**2 * variance


def band(limits: Limits, chart: Chart, point: Point, sigmas: int) -> tuple[float, float] | None:
    """Return lower and upper limit at a period as they are shown: a share within 0 and 1, a rate above 0."""
    variance = variance_at(limits, chart, point)
    if variance is None:
        return None
    centre, reach = float(limits.centre or 0), sigmas * sqrt(variance)
    low, high = centre - reach, centre + reach
    if chart is Chart.SHARE:
        return max(low, 0.0), min(high, 1.0)
    return (max(low, 0.0), high) if chart is Chart.RATE else (low, high)
