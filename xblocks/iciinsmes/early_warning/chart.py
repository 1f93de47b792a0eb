"""The chart of an indicator: its line over real months, the limits of each stretch, and what has warned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from iciinsmes.lib.drawing import DASHES, FILL, QUIET, SERIES, WIDE, Drawing
from iciinsmes.lib.scales import AxisScale

from .data import Colour, JudgedPeriod, PeriodState, Segment
from .evaluation import Judgement
from .indicators import Indicator
from .labels import SIGNS, TITLES, month_words, value_words
from .rules.limits import ACTION, WARNING, band
from .rules.periods import last_month

_HEIGHT = 230
_TOP, _BOTTOM, _RIGHT = 18.0, 24.0, 14.0
_LETTER = 9.0
#: A small chart beside a line of a list.
_SMALL_WIDE, _SMALL_HIGH, _SMALL_EDGE = 120, 36, 5.0
_RED = SERIES[1]


def chart_of(indicator: Indicator, judged: Judgement) -> SafeString:
    """Return an indicator as an SVG element, 640 units wide; empty without a value. Show its table beside it."""
    values = [each.value for _segment, periods in judged for each in periods if each.value is not None]
    if not values:
        return mark_safe("")
    bands = [_bands(indicator, segment, periods) for segment, periods in judged]
    ends = [float(value) for value in values] + [
        edge for found in bands for _month, edges in found for edge in edges.values()
    ]
    drawing, scale = Drawing(WIDE, _HEIGHT), AxisScale(*_span(ends), _HEIGHT - _BOTTOM, _TOP)
    months = [month for segment, periods in judged for month in _months(segment, periods)]
    left = _axis(drawing, scale, indicator)
    across = AxisScale(min(months), max(months), left + 8, WIDE - _RIGHT)
    _ends(drawing, across)
    for (segment, periods), found in zip(judged, bands, strict=True):
        _limit_lines(drawing, found, across, scale)
        if segment is not judged[0][0]:
            x = across.at(segment.first_month - 0.5)
            drawing.line([(x, _TOP), (x, _HEIGHT - _BOTTOM)], color=QUIET, dash=DASHES[2])
        _line(drawing, segment, periods, across, scale)
    for segment, periods in judged:
        _dots(drawing, segment, periods, across, scale)
    title = str(TITLES[indicator.key])
    # Everything in it was escaped by the drawing.
    return mark_safe(drawing.svg(title, _described(indicator, judged)))


def small_chart(title: str, values: Sequence[float | None]) -> SafeString:
    """Return the last values as a small SVG for a row of a list; empty with fewer than two of them.

    Args:
        title: of the indicator.
        values: the newest last, None for a gap.
    """
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return mark_safe("")
    drawing = Drawing(_SMALL_WIDE, _SMALL_HIGH)
    across = AxisScale(0, len(values) - 1, _SMALL_EDGE, _SMALL_WIDE - _SMALL_EDGE)
    scale = AxisScale(*_span(known), _SMALL_HIGH - _SMALL_EDGE, _SMALL_EDGE)
    points = [None if value is None else (across.at(place), scale.at(value)) for place, value in enumerate(values)]
    for is_there, run in groupby(points, key=lambda point: point is not None):
        stretch = [point for point in run if point is not None]
        if is_there and len(stretch) > 1:
            drawing.line(stretch, color=FILL, width=2, role="chart-line")
        elif is_there:
            drawing.dot(*stretch[0], 2, fill=FILL, role="chart-dot")
    last = next(point for point in reversed(points) if point is not None)
    drawing.dot(*last, 3.2, fill=FILL, role="chart-dot")
    # Everything in it was escaped by the drawing.
    return mark_safe(drawing.svg(title, _("The last values, the newest on the right.")))


def month_at(segment: Segment, period: int) -> int:
    """Return the month at which a period stands: the last one of a quarter."""
    return last_month(period, segment.grain)


def _months(segment: Segment, periods: Iterable[JudgedPeriod]) -> list[int]:
    return [month_at(segment, each.point.period) for each in periods]


def _bands(
    indicator: Indicator, segment: Segment, periods: Sequence[JudgedPeriod]
) -> list[tuple[int, dict[str, float]]]:
    """Return for each period with limits its month and the edges that are drawn."""
    limits = segment.limits
    if limits is None or limits.centre is None or not indicator.needs_baseline:
        return []
    found = []
    for each in periods:
        if each.point.period < limits.first:
            continue
        edges = {"centre": float(limits.centre)}
        for name, sigmas in (("warning", WARNING), ("action", ACTION)):
            reach = band(limits, indicator.chart, each.point, sigmas)
            if reach is not None:
                edges[name] = reach[1] if indicator.is_up_bad else reach[0]
        found.append((month_at(segment, each.point.period), edges))
    return found


def _limit_lines(
    drawing: Drawing, found: Sequence[tuple[int, dict[str, float]]], across: AxisScale, scale: AxisScale
) -> None:
    for name, color, dash in (("centre", QUIET, ""), ("warning", QUIET, DASHES[1]), ("action", _RED, DASHES[3])):
        points = [(across.at(month), scale.at(edges[name])) for month, edges in found if name in edges]
        if points and name == "centre":
            points = [(points[0][0] - 6, points[0][1]), (points[-1][0] + 6, points[-1][1])]
        if len(points) > 1:
            drawing.line(points, color=color, width=1.2, dash=dash, role=f"limit-{name}")


def _line(
    drawing: Drawing, segment: Segment, periods: Sequence[JudgedPeriod], across: AxisScale, scale: AxisScale
) -> None:
    for is_there, run in groupby(periods, key=lambda each: each.value is not None):
        points = [
            (across.at(month_at(segment, each.point.period)), scale.at(float(each.value)))
            for each in run
            if each.value is not None
        ]
        if is_there and len(points) > 1:
            drawing.line(points, color=FILL, width=2, role="chart-line")


def _dots(
    drawing: Drawing, segment: Segment, periods: Sequence[JudgedPeriod], across: AxisScale, scale: AxisScale
) -> None:
    for each in periods:
        if each.value is None:
            continue
        x, y = across.at(month_at(segment, each.point.period)), scale.at(float(each.value))
        if each.colour in (Colour.AMBER, Colour.RED):
            # The sign says it without its colour.
            drawing.dot(x, y, 5, fill=_RED if each.colour is Colour.RED else SERIES[3], role=f"dot-{each.colour}")
            drawing.text(x, max(y - 8, 12), SIGNS[each.colour], anchor="middle", role=f"sign-{each.colour}")
        else:
            is_open = each.state in (PeriodState.PROVISIONAL, PeriodState.BASELINE, PeriodState.TOO_FEW)
            drawing.dot(x, y, 3.2, fill="#fff" if is_open else FILL, role="chart-dot")
            if is_open:
                drawing.dot(x, y, 1.8, fill=FILL, role="chart-hole")


def _axis(drawing: Drawing, scale: AxisScale, indicator: Indicator) -> float:
    ticks = [(tick, value_words(indicator, tick).removesuffix(" per 100")) for tick in scale.ticks(4)]
    left = max((len(words) for _tick, words in ticks), default=1) * _LETTER + 4
    for tick, words in ticks:
        y = scale.at(tick)
        drawing.line([(left, y), (WIDE - _RIGHT, y)], color=QUIET, width=0.3)
        drawing.text(left - 4, y + 4, words, anchor="end")
    return left


def _ends(drawing: Drawing, across: AxisScale) -> None:
    drawing.text(across.start - 8, _HEIGHT - 6, month_words(int(across.low)))
    if across.high > across.low:
        drawing.text(WIDE - 2, _HEIGHT - 6, month_words(int(across.high)), anchor="end")


def _span(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    room = (high - low) * 0.1 or max(abs(high), 0.01) * 0.2
    return (max(low - room, 0.0) if low >= 0 else low - room), high + room


def _described(indicator: Indicator, judged: Judgement) -> str:
    """Return the chart in words: from when to when, and how many periods warn."""
    periods = [each for _segment, found in judged for each in found]
    last = next((each for each in reversed(periods) if each.value is not None), periods[-1])
    warned = {colour: sum(each.colour is colour for each in periods) for colour in (Colour.AMBER, Colour.RED)}
    return _("Last value %(value)s. Amber: %(amber)s, red: %(red)s.") % {
        "value": value_words(indicator, None if last.value is None else float(last.value)),
        "amber": warned[Colour.AMBER],
        "red": warned[Colour.RED],
    }
