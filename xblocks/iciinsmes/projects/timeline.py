"""The way of a project over its days: gates, milestones as planned first and now, pauses, and today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from iciinsmes.lib.drawing import DASHES, FILL, LINE, QUIET, SERIES, WIDTH, Drawing, shortened
from iciinsmes.lib.scales import AxisScale

from .charts import day_words
from .data import Gate
from .labels import gate_name
from .rule_data import Facts

_ROW = 2 * LINE + 6
_TODAY = SERIES[1]


@dataclass(frozen=True)
class Station:
    """A gate, a milestone or a pause: planned ``first`` for a day, for ``planned`` now, and reached on ``reached``.

    Of a pause ``first`` and ``planned`` are its first and its last day.
    """

    name: str
    first: date | None = None
    planned: date | None = None
    reached: date | None = None
    is_pause: bool = False

    @property
    def moved_days(self) -> int:
        """By how many days it was moved, positive to later."""
        return (self.planned - self.first).days if self.first and self.planned and not self.is_pause else 0

    @property
    def days(self) -> tuple[date, ...]:
        """All days that it names."""
        return tuple(day for day in (self.first, self.planned, self.reached) if day is not None)


def stations_of(facts: Facts) -> tuple[Station, ...]:
    """Return what the timeline shows, gates, milestones and pauses together, by the day that counts now."""
    gates = [
        Station(gate_name(gate), facts.planned.get(gate), facts.planned.get(gate), facts.passed.get(gate))
        for gate in Gate
        if gate in facts.planned or gate in facts.passed
    ]
    milestones = [Station(each.title, each.original, each.due, each.done_on) for each in facts.milestones]
    pauses = [Station(_("Pause"), each.first, each.last, is_pause=True) for each in facts.pauses]
    return tuple(sorted([*gates, *milestones, *pauses], key=_counts))


def timeline_chart(stations: Sequence[Station], today: date) -> SafeString:
    """Return the timeline as an SVG element, a line for each station; empty without any.

    A ring is a planned day, a small grey one the day planned first, a filled dot a day reached, a bar a pause.
    """
    if not stations:
        return mark_safe("")
    days = sorted({today, *(day for station in stations for day in station.days)})
    drawing = Drawing(WIDTH, len(stations) * _ROW + LINE + 8)
    last = max(days[-1], days[0] + timedelta(days=1))
    axis = AxisScale(days[0].toordinal(), last.toordinal(), 8, WIDTH - 8)
    bottom = len(stations) * _ROW
    x = axis.at(today.toordinal())
    drawing.line([(x, 0), (x, bottom)], color=_TODAY, dash=DASHES[2], role="chart-goal")
    for number, station in enumerate(stations):
        top = number * _ROW
        drawing.text(0, top + LINE - 4, shortened(station.name, WIDTH), role="chart-name")
        _draw(drawing, station, axis, top + LINE + 8)
    drawing.text(0, bottom + LINE, day_words(days[0]), role="chart-words")
    drawing.text(WIDTH, bottom + LINE, day_words(days[-1]), anchor="end", role="chart-words")
    said = "; ".join(f"{station.name}: {', '.join(_said(station))}" for station in stations)
    # Everything in it was escaped by the drawing.
    return mark_safe(drawing.svg(_("Timeline"), f"{said}. {_('Today')}: {day_words(today)}"))


def _counts(station: Station) -> tuple[date, str]:
    return station.reached or station.planned or station.first or date.max, station.name


def _draw(drawing: Drawing, station: Station, axis: AxisScale, y: float) -> None:
    drawing.line([(axis.start, y), (axis.end, y)], color="#d8dee5", role="chart-grid")
    places = {day: axis.at(day.toordinal()) for day in station.days}
    if station.is_pause and station.first and station.planned:
        start, end = places[station.first], places[station.planned]
        drawing.line([(start, y), (max(end, start + 3), y)], color=SERIES[0], width=8, role="chart-pause")
        return
    if station.first and station.moved_days:
        drawing.line([(places[station.first], y), (places[station.planned or station.first], y)], color=QUIET, width=2)
        drawing.dot(places[station.first], y, 3.5, fill=QUIET, role="chart-first")
    if station.planned:
        drawing.dot(places[station.planned], y, 5, fill=FILL, role="chart-dot")
        drawing.dot(places[station.planned], y, 2.5, fill="#fff", role="chart-hole")
    if station.reached:
        drawing.dot(places[station.reached], y, 5, fill=FILL, role="chart-dot")


def _said(station: Station) -> list[str]:
    if station.is_pause:
        return [" … ".join(day_words(day) for day in (station.first, station.planned) if day)]
    said = []
    if station.first and station.moved_days:
        said.append(_("planned at first for %(day)s") % {"day": day_words(station.first)})
    if station.planned:
        said.append(_("planned for %(day)s") % {"day": day_words(station.planned)})
    if station.reached:
        said.append(_("reached on %(day)s") % {"day": day_words(station.reached)})
    return said
