"""The verdicts of one indicator: its figures, its segments and its rules, from the first month to the last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from ..data import COLOURS, AlarmReason, Colour, Grain, JudgedPeriod, MonthCell, PeriodState, Point, Segment
from ..indicators import Indicator
from .fixed import RULES, Look
from .limits import is_usable, limits_from, value_of
from .periods import is_small, period_of, points_of
from .runs import Valued, chart_reasons

_YEAR = 12


def begin_segment(indicator: Indicator, cells: Iterable[MonthCell], running: int, first_month: int) -> Segment | None:
    """Decide how long periods are from this month on; None while there are too few months to tell.

    Args:
        indicator: what is watched.
        cells: all its months.
        running: the month that has not ended.
        first_month: from which month on the segment counts.
    """
    from_here = [cell for cell in cells if cell.month >= first_month]
    months = points_of(from_here, running, Grain.MONTH, bool(indicator.denominator))
    if not indicator.aggregates:
        return fix_limits(indicator, Segment(first_month, Grain.MONTH), from_here, running)
    small = is_small(months)
    if small is None:
        return None
    segment = Segment(first_month, Grain.QUARTER if small else Grain.MONTH)
    return fix_limits(indicator, segment, from_here, running) or segment


def fix_limits(indicator: Indicator, segment: Segment, cells: Iterable[MonthCell], running: int) -> Segment | None:
    """Return the segment with its limits, fixed for good; None while there are fewer than six clean periods."""
    points = _points(indicator, segment, cells, running, None)
    limits = limits_from(points, indicator.chart, indicator.is_ratio)
    return None if limits is None else replace(segment, limits=limits)


def judge(
    indicator: Indicator,
    cells: Sequence[MonthCell],
    segments: Sequence[Segment],
    running: int,
    thresholds: Mapping[str, float] | None = None,
) -> tuple[tuple[Segment, tuple[JudgedPeriod, ...]], ...]:
    """Return each segment with its periods and their verdicts.

    A verdict depends on the segment's limits and on what was recorded up to its period, and on nothing that comes
    later: entering another month changes none.

    Args:
        indicator: what is watched.
        cells: its months, in any order.
        segments: in the order of their first months; each ends where the next one begins.
        running: the month that has not ended.
        thresholds: what differs from the usual ones.
    """
    chosen = {**indicator.limits, **(thresholds or {})}
    found = []
    for place, segment in enumerate(segments):
        end = segments[place + 1].first_month if place + 1 < len(segments) else None
        points = _points(indicator, segment, cells, running, end)
        found.append((segment, _judged(indicator, points, segment, chosen)))
    return tuple(found)


def worst(reasons: Iterable[AlarmReason]) -> Colour:
    """Return the worst colour among reasons; green without any."""
    return max((reason.colour for reason in reasons), key=COLOURS.index, default=Colour.GREEN)


def year_ago(periods: Sequence[JudgedPeriod], place: int, grain: Grain) -> JudgedPeriod | None:
    """Return the same month or quarter of the year before, once thirteen periods (or a year and one) are there."""
    back = place - (_YEAR if grain is Grain.MONTH else _YEAR // 3)
    if back < 0 or periods[place].state is PeriodState.PROVISIONAL or periods[place].value is None:
        return None
    return periods[back] if periods[back].value is not None else None


def _points(
    indicator: Indicator, segment: Segment, cells: Iterable[MonthCell], running: int, end: int | None
) -> tuple[Point, ...]:
    within = [cell for cell in cells if cell.month >= segment.first_month and (end is None or cell.month < end)]
    points = points_of(within, running, segment.grain, bool(indicator.denominator))
    # A quarter that began before the segment did is none of it.
    first = period_of(segment.first_month, segment.grain)
    if segment.grain is Grain.QUARTER and segment.first_month % 3 and points and points[0].period == first:
        return points[1:]
    return points


def _judged(
    indicator: Indicator, points: Sequence[Point], segment: Segment, thresholds: Mapping[str, float]
) -> tuple[JudgedPeriod, ...]:
    limits = segment.limits
    valued: list[Valued] = []
    behind: list[Valued] = []
    found: list[JudgedPeriod] = []
    recorded = 0
    for place, point in enumerate(points):
        value = None if point.is_running else value_of(point, indicator.is_ratio)
        valued.append(None if value is None else (point, value))
        recorded += value is not None
        state = _state(indicator, point, value, segment, recorded)
        if limits is not None and point.period > limits.last:
            behind.append(valued[-1])
        if state is not PeriodState.JUDGED:
            shown = value_of(point, indicator.is_ratio)
            found.append(JudgedPeriod(point, shown, state))
            continue
        reasons = _reasons(indicator, points[: place + 1], valued, behind, segment, thresholds)
        found.append(JudgedPeriod(point, value, state, worst(reasons), reasons))
    return tuple(found)


def _state(indicator: Indicator, point: Point, value: Fraction | None, segment: Segment, recorded: int) -> PeriodState:
    if point.is_running:
        return PeriodState.PROVISIONAL
    if value is None:
        is_empty = point.numerator is None or (bool(indicator.denominator) and point.denominator is None)
        return PeriodState.GAP if is_empty else PeriodState.NOTHING
    if not indicator.needs_baseline:
        return PeriodState.JUDGED if recorded >= indicator.fewest else PeriodState.TOO_FEW
    if segment.limits is None:
        return PeriodState.TOO_FEW
    return PeriodState.BASELINE if point.period <= segment.limits.last else PeriodState.JUDGED


def _reasons(
    indicator: Indicator,
    points: Sequence[Point],
    valued: Sequence[Valued],
    behind: Sequence[Valued],
    segment: Segment,
    thresholds: Mapping[str, float],
) -> tuple[AlarmReason, ...]:
    reasons: list[AlarmReason] = []
    limits = segment.limits
    if limits is not None and behind and is_usable(limits, indicator.chart):
        reasons += chart_reasons(behind, len(behind) - 1, limits, indicator.chart, indicator.is_up_bad)
    rule = RULES.get(indicator.key)
    if rule is not None:
        reasons += rule(Look(indicator, points, valued, limits, thresholds, segment.grain))
    return tuple(sorted(reasons, key=lambda reason: -COLOURS.index(reason.colour)))
