"""A KPI as picture and as table: where it stood, where it stands, and where it shall be.

Both are made from the same points, and attainment comes from `rules.attainment` as everywhere, so that page, summary,
board, report and export say the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iciinsmes.lib import dates
from iciinsmes.lib.decimals import percent as percent_words
from iciinsmes.lib.decimals import plain, written
from iciinsmes.lib.drawing import DASHES, FILL, FONT, LINE, SERIES, WIDTH, Drawing, shortened, text_width
from iciinsmes.lib.scales import AxisScale

from .content import day_of, number_of
from .data import EntryData
from .labels import percent
from .rules.attainment import attainment

#: What stands before a number that has become less.
MINUS = "\u2212"
_HEIGHT = 190
_TOP, _BOTTOM = 8.0, 20.0
#: Left free above the highest and below the lowest point, so that labels fit on either side.
_ROOM = LINE + 6.0
_GOAL = SERIES[1]
#: Digits are wider than the mean letter.
_DIGITS = 1.2


@dataclass(frozen=True)
class KpiPoint:
    """A value of a KPI on a day; ``reading`` is the entry, None for the value at the start."""

    on: date
    value: Decimal
    reading: EntryData | None = None


@dataclass(frozen=True)
class KpiRow:
    """A row of a KPI's table, in words of the active language.

    ``is_gap`` marks a row that says for how many intervals nobody measured; it has only a ``value``. ``reading`` is
    None for such a row and for the value at the start.
    """

    on: date | None
    value: str
    change: str = ""
    attainment: str = ""
    comment: str = ""
    source: str = ""
    by: str = ""
    is_gap: bool = False
    reading: EntryData | None = None


def kpi_points(kpi: EntryData, readings: Sequence[EntryData]) -> tuple[KpiPoint, ...]:
    """Return the value at the start and all readings by day; of one day the later entered comes last."""
    baseline, since = number_of(kpi.content, "baseline"), day_of(kpi.content, "baseline_on")
    start = [KpiPoint(since, baseline)] if baseline is not None and since is not None else []
    found = [
        KpiPoint(date.fromisoformat(each.content["on"]), Decimal(each.content["value"]), each)
        for each in sorted(readings, key=lambda each: (each.content["on"], each.created_at, str(each.id)))
    ]
    return tuple(sorted([*start, *found], key=lambda point: point.on))


def kpi_reached(kpi: EntryData, readings: Sequence[EntryData]) -> Decimal | None:
    """Return the attainment of the newest value, 1 at the goal; None without a value or goal."""
    last = _newest(kpi_points(kpi, readings))
    return None if last is None else _attainment(kpi, last.value)


def kpi_chart(kpi: EntryData, readings: Sequence[EntryData]) -> SafeString:
    """Return a KPI as an SVG element, 320 units wide: a line over real days, its goal dashed.

    An interval without a value is a gap in the line, never a zero. Empty without any value; show `kpi_table` beside it.

    Args:
        kpi: the entry.
        readings: its values, in any order.
    """
    points = _last_of_each_day(kpi_points(kpi, readings))
    if not points:
        return mark_safe("")
    drawing, target = Drawing(WIDTH, _HEIGHT), number_of(kpi.content, "target")
    values = [float(point.value) for point in points] + ([float(target)] if target is not None else [])
    scale = AxisScale(*_span(values), _HEIGHT - _BOTTOM - _ROOM, _TOP + _ROOM)
    left = _axis(drawing, scale)
    ends = _ends(kpi, points)
    days = AxisScale(ends[0].toordinal(), ends[1].toordinal(), left + 8, WIDTH - 10)
    _days(drawing, ends, days)
    places = [(days.at(point.on.toordinal()), scale.at(float(point.value))) for point in points]
    if target is not None:
        _goal(drawing, kpi, scale.at(float(target)), left, places)
    for first, last in _unbroken(points, _interval(kpi)):
        if last - first > 1:
            drawing.line(places[first:last], color=FILL, width=2.5, role="chart-line")
    for point, (x, y) in zip(points, places, strict=True):
        drawing.dot(x, y, role="chart-dot")
        if not point.reading:
            drawing.dot(x, y, 2, fill="#fff", role="chart-hole")
    _last_value(drawing, points[-1], places[-1], None if target is None else scale.at(float(target)))
    # Everything in it was escaped by the drawing.
    return mark_safe(drawing.svg(str(kpi.content["name"]), _described(kpi, points)))


def kpi_table(
    kpi: EntryData,
    readings: Sequence[EntryData],
    names: Mapping[int, str] | None = None,
    sources: Mapping[str, str] | None = None,
) -> tuple[KpiRow, ...]:
    """Return the rows of the table beside `kpi_chart`, the oldest first, with a row where nobody measured.

    Args:
        kpi: the entry.
        readings: its values, in any order.
        names: user id to name of who entered; others are shown without one.
        sources: id of the result from which a value was taken, as text, to its title.
    """
    names, sources, rows = names or {}, sources or {}, list[KpiRow]()
    before: KpiPoint | None = None
    for point in kpi_points(kpi, readings):
        missing = _missing(before, point, _interval(kpi))
        if missing:
            rows.append(KpiRow(on=None, value=_missing_words(missing, _interval(kpi)), is_gap=True))
        rows.append(_row(kpi, point, before, names, sources))
        before = point
    return tuple(rows)


def with_unit(kpi: EntryData, value: Decimal) -> str:
    """Return a value of the KPI with its unit, as the reader writes it."""
    unit = str(kpi.content.get("unit") or "")
    if unit.startswith("%"):
        return f"{percent_words(value)}{unit[1:]}"
    return f"{written(value)} {unit}".strip()


def day_words(day: date) -> str:
    """Return a day in its short form."""
    return dates.short(day)


def _row(
    kpi: EntryData, point: KpiPoint, before: KpiPoint | None, names: Mapping[int, str], sources: Mapping[str, str]
) -> KpiRow:
    reached = _attainment(kpi, point.value)
    entered = point.reading or kpi
    content = point.reading.content if point.reading else {}
    return KpiRow(
        on=point.on,
        value=with_unit(kpi, point.value),
        change="" if before is None else _signed(point.value - before.value),
        attainment="" if reached is None else percent(reached),
        comment=content.get("comment", "") if point.reading else _("At the start"),
        source=sources.get(content.get("result", ""), "") or kpi.content.get("source", ""),
        by=names.get(entered.author_id or 0, "") or entered.author_label,
        reading=point.reading,
    )


def _attainment(kpi: EntryData, value: Decimal) -> Decimal | None:
    return attainment(number_of(kpi.content, "baseline"), number_of(kpi.content, "target"), value)


def _signed(change: Decimal) -> str:
    return f"+{written(change)}" if change > 0 else f"{MINUS}{written(-change)}" if change else "0"


def _newest(points: Sequence[KpiPoint]) -> KpiPoint | None:
    return next((point for point in reversed(points) if point.reading is not None), None)


def _last_of_each_day(points: Sequence[KpiPoint]) -> tuple[KpiPoint, ...]:
    return tuple({point.on: point for point in points}.values())


def _interval(kpi: EntryData) -> str:
    return str(kpi.content.get("interval", "month"))


def _place(day: date, interval: str) -> int:
    """Return the number of the week, month or quarter in which a day lies."""
    if interval == "week":
        return (day.toordinal() - 1) // 7
    month = day.year * 12 + day.month - 1
    return month // 3 if interval == "quarter" else month


def _missing(before: KpiPoint | None, point: KpiPoint, interval: str) -> int:
    """Return how many whole intervals between two points have no value."""
    return 0 if before is None else max(_place(point.on, interval) - _place(before.on, interval) - 1, 0)


def _missing_words(count: int, interval: str) -> str:
    if interval == "week":
        words = ngettext("no value in %(count)d week", "no value in %(count)d weeks", count)
    elif interval == "quarter":
        words = ngettext("no value in %(count)d quarter", "no value in %(count)d quarters", count)
    else:
        words = ngettext("no value in %(count)d month", "no value in %(count)d months", count)
    return words % {"count": count}


def _unbroken(points: Sequence[KpiPoint], interval: str) -> list[tuple[int, int]]:
    """Return the stretches of points between gaps, as indexes: the first, and the one behind the last."""
    starts = [
        number for number, point in enumerate(points) if not number or _missing(points[number - 1], point, interval)
    ]
    return list(zip(starts, [*starts[1:], len(points)], strict=True))


def _span(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    return (low, high) if high > low else (low - (abs(low) or 1), high + (abs(high) or 1))


def _ends(kpi: EntryData, points: Sequence[KpiPoint]) -> tuple[date, date]:
    """Return the first and the last day shown: to the goal's day, if it lies ahead."""
    goal = day_of(kpi.content, "target_on")
    return points[0].on, max([points[-1].on, *([goal] if goal else [])])


def _axis(drawing: Drawing, scale: AxisScale) -> float:
    """Draw the values at the left and return where the plane begins."""
    ticks = [(tick, written(Decimal(plain(round(Decimal(tick), 6))))) for tick in scale.ticks(3)]
    left = min(max([text_width(words) for _tick, words in ticks], default=0) * _DIGITS + 6, WIDTH / 3)
    for tick, words in ticks:
        drawing.line([(left, scale.at(tick)), (WIDTH, scale.at(tick))], color="#d8dee5", role="chart-grid")
        drawing.text(left - 4, scale.at(tick) + FONT / 3, shortened(words, left), anchor="end", role="chart-words")
    return left


def _days(drawing: Drawing, ends: tuple[date, date], days: AxisScale) -> None:
    first, last = (day_words(each) for each in ends)
    drawing.text(max(days.start - 8, 0), _HEIGHT - 4, first, role="chart-words")
    if ends[0] != ends[1]:
        drawing.text(WIDTH, _HEIGHT - 4, last, anchor="end", role="chart-words")


def _goal(drawing: Drawing, kpi: EntryData, y: float, left: float, places: Sequence[tuple[float, float]]) -> None:
    """Draw the goal over the whole width; its words stand on the side on which fewer points lie."""
    drawing.line([(left, y), (WIDTH, y)], color=_GOAL, width=1.5, dash=DASHES[1], role="chart-goal")
    above = sum(1 for _x, place in places if place < y)
    target = number_of(kpi.content, "target") or Decimal(0)
    words = _("Goal %(value)s") % {"value": with_unit(kpi, target)}
    line = y + FONT + 3 if above * 2 > len(places) else y - 6
    drawing.text(left + 6, line, shortened(words, WIDTH - left - 6), bold=True, role="chart-goal-words")


def _last_value(drawing: Drawing, point: KpiPoint, place: tuple[float, float], goal: float | None) -> None:
    """Write the newest value at its dot, away from the line of the goal."""
    x, y = place
    words = written(point.value)
    is_below = goal is not None and goal < y
    fits = x + 8 + text_width(words) < WIDTH
    line = y + FONT + 6 if is_below else y - 8
    drawing.text(x if fits else WIDTH, line, words, anchor="start" if fits else "end", bold=True, role="chart-value")


def _described(kpi: EntryData, points: Sequence[KpiPoint]) -> str:
    target, goal_on = number_of(kpi.content, "target"), day_of(kpi.content, "target_on")
    said = [f"{day_words(point.on)}: {with_unit(kpi, point.value)}" for point in points]
    gaps = sum(_missing(before, point, _interval(kpi)) for before, point in pairwise(points))
    if gaps:
        said.append(_missing_words(gaps, _interval(kpi)))
    if target is not None:
        goal = _("Goal %(value)s") % {"value": with_unit(kpi, target)}
        said.append(f"{goal}, {day_words(goal_on)}" if goal_on else goal)
    return "; ".join(said)
