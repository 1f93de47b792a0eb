"""Months and quarters as whole numbers, and monthly figures as periods of one length."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from statistics import median

from ..data import Grain, MonthCell, Point

#: A baseline has so many clean periods; with fewer there is no verdict.
FEWEST, MOST = 6, 12
#: Below this denominator months are too small to be judged.
SMALL = 20
_PER_QUARTER = 3


def month_of(day: date) -> int:
    """Return the number of the month in which a day lies."""
    return day.year * 12 + day.month - 1


def first_day(period: int, grain: Grain = Grain.MONTH) -> date:
    """Return the first day of a period."""
    month = period if grain is Grain.MONTH else period * _PER_QUARTER
    return date(month // 12, month % 12 + 1, 1)


def period_of(month: int, grain: Grain) -> int:
    """Return the period in which a month lies."""
    return month if grain is Grain.MONTH else month // _PER_QUARTER


def last_month(period: int, grain: Grain) -> int:
    """Return the last month of a period."""
    return period if grain is Grain.MONTH else period * _PER_QUARTER + _PER_QUARTER - 1


def monthly_points(cells: Iterable[MonthCell], running: int) -> tuple[Point, ...]:
    """Return a point for every month from the first with figures to the last; months without any are gaps.

    Args:
        cells: of one indicator, in any order.
        running: the month that has not ended; it and what lies behind it is provisional.
    """
    by_month = {cell.month: cell for cell in cells if any(figure is not None for figure in cell.figures)}
    if not by_month:
        return ()
    return tuple(_point(month, by_month.get(month), running) for month in range(min(by_month), max(by_month) + 1))


def points_of(cells: Iterable[MonthCell], running: int, grain: Grain, needs_denominator: bool) -> tuple[Point, ...]:
    """Return figures by periods: a quarter is the sum of its three months, and a gap where one of them is missing.

    Args:
        cells: of one indicator.
        running: the month that has not ended.
        grain: of the periods.
        needs_denominator: whether a month without a denominator says nothing.
    """
    months = monthly_points(cells, running)
    if grain is Grain.MONTH or not months:
        return months
    by_month = {point.period: point for point in months}
    quarters = range(months[0].period // _PER_QUARTER, months[-1].period // _PER_QUARTER + 1)
    return tuple(_quarter(quarter, by_month, running, needs_denominator) for quarter in quarters)


def is_small(points: Iterable[Point]) -> bool | None:
    """Tell whether months are too small to be judged: the median of the first denominators, up to twelve, is below 20.

    None with fewer than six of them: it is decided together with the baseline.
    """
    sizes = [
        point.denominator
        for point in points
        if point.numerator is not None and point.denominator is not None and not point.is_running
    ][:MOST]
    return median(sizes) < SMALL if len(sizes) >= FEWEST else None


def _point(month: int, cell: MonthCell | None, running: int) -> Point:
    if cell is None:
        return Point(month, is_running=month >= running)
    numerator, denominator, extra = (None if each is None else Fraction(each) for each in cell.figures)
    return Point(month, numerator, denominator, extra, is_running=month >= running)


def _quarter(quarter: int, months: Mapping[int, Point], running: int, needs_denominator: bool) -> Point:
    numbers = range(quarter * _PER_QUARTER, quarter * _PER_QUARTER + _PER_QUARTER)
    is_running = numbers[-1] >= running
    found = [months[number] for number in numbers if number in months]
    full = [
        each for each in found if each.numerator is not None and (each.denominator is not None or not needs_denominator)
    ]
    if not full or (len(full) < _PER_QUARTER and not is_running):
        return Point(quarter, is_running=is_running)
    return Point(
        quarter,
        sum((each.numerator for each in full if each.numerator is not None), Fraction(0)),
        sum((each.denominator for each in full if each.denominator is not None), Fraction(0))
        if needs_denominator
        else None,
        is_running=is_running,
    )
