"""What is left to do of the measures, day by day: as it was on each day, whatever has happened since.

Each day is computed from the versions of the measures that held at its end. A measure that was done and is opened
again raises the line on that day; one that is added later raises what there is to do in all; no earlier day changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from iciinsmes.lib.decimals import written
from iciinsmes.lib.drawing import DASHES, FILL, FONT, QUIET, WIDTH, Drawing, text_width
from iciinsmes.lib.scales import AxisScale, limits

from .charts import day_words
from .content import minutes_of
from .data import EntryHistory
from .days import day_of_site

_HEIGHT, _BOTTOM, _TOP = 186, 20.0, 26.0
_HUNDRED = 100


@dataclass(frozen=True)
class PlannedWork:
    """Of one measure on one day: what is planned and how much of it is left, in hours and as one measure."""

    hours: Decimal
    hours_left: Decimal
    is_open: bool


@dataclass(frozen=True)
class BurnDay:
    """The end of a day on which something changed.

    ``left`` of ``scope`` is still to do; since the day before ``added`` came to the scope (negative: was taken out),
    ``done`` was done and ``reopened`` opened again; all in the unit of the burn-down.
    """

    on: date
    scope: Decimal
    left: Decimal
    added: Decimal
    done: Decimal
    reopened: Decimal


@dataclass(frozen=True)
class BurnDown:
    """The days on which something changed, the oldest first; ``in_hours`` else in measures.

    ``without_hours`` counts the measures of today that have no planned hours and so are in no figure in hours.
    """

    days: tuple[BurnDay, ...]
    in_hours: bool
    without_hours: int = 0


def burn_down(measures: Iterable[EntryHistory], until: date) -> BurnDown:
    """Return what was left to do at the end of each day on which that changed, and of the last day.

    Planned hours count where any measure of today has them, else each measure counts as one.

    Args:
        measures: the project's, also removed ones, with all that they were.
        until: the last day shown.
    """
    histories = list(measures)
    now = [_work_on(each, until) for each in histories]
    in_hours = any(work is not None and work.hours for work in now)
    changed = {day_of_site(version.changed_at) for each in histories for version in each.versions}
    days: list[BurnDay] = []
    before: list[PlannedWork | None] = [None] * len(histories)
    for day in sorted({*(each for each in changed if each <= until), *([until] if changed else [])}):
        after = [_work_on(each, day) for each in histories]
        found = _day(day, before, after, in_hours)
        if found.added or found.done or found.reopened or not days or day == until:
            days.append(found)
        before = after
    without = sum(1 for work in now if work is not None and not work.hours)
    return BurnDown(tuple(days), in_hours, without if in_hours else 0)


def burn_down_chart(found: BurnDown) -> SafeString:
    """Return it as an SVG element: steps over real days, what there is to do in all dashed above; empty for none."""
    if not found.days:
        return mark_safe("")
    drawing = Drawing(WIDTH, _HEIGHT)
    first, last = found.days[0].on, max(found.days[-1].on, found.days[0].on + timedelta(days=1))
    scale = AxisScale(*limits([float(day.scope) for day in found.days], 0, None), _HEIGHT - _BOTTOM, _TOP)
    ticks = [tick for tick in scale.ticks(3) if found.in_hours or tick == int(tick)]
    words = [written(Decimal(str(tick))) for tick in ticks]
    left = max(map(text_width, words)) * 1.2 + 6
    days = AxisScale(first.toordinal(), last.toordinal(), left + 4, WIDTH - 8)
    for tick, word in zip(ticks, words, strict=True):
        drawing.line([(left, scale.at(tick)), (WIDTH, scale.at(tick))], color="#d8dee5", role="chart-grid")
        drawing.text(left - 4, scale.at(tick) + FONT / 3, word, anchor="end", role="chart-words")
    scope = _steps([(days.at(day.on.toordinal()), scale.at(float(day.scope))) for day in found.days], days.end)
    rest = _steps([(days.at(day.on.toordinal()), scale.at(float(day.left))) for day in found.days], days.end)
    drawing.line(scope, color=QUIET, width=1.5, dash=DASHES[1], role="chart-scope")
    drawing.line(rest, color=FILL, width=2.5, role="chart-line")
    drawing.text(left, _HEIGHT - 4, day_words(first), role="chart-words")
    drawing.text(WIDTH, _HEIGHT - 4, day_words(found.days[-1].on), anchor="end", role="chart-words")
    unit = _("hours left (dashed: planned in all)") if found.in_hours else _("measures left (dashed: all)")
    drawing.text(left, FONT, unit, role="chart-words")
    said = "; ".join(
        _("%(day)s: %(left)s of %(scope)s")
        % {"day": day_words(day.on), "left": figure(day.left), "scope": figure(day.scope)}
        for day in found.days
    )
    # Everything in it was escaped by the drawing.
    return mark_safe(drawing.svg(f"{_('Left to do')}: {unit}", said))


def figure(value: Decimal) -> str:
    """Return hours or a number of measures as the reader writes it, with two decimals at most."""
    return written(round(value, 2))


def _day(
    day: date, before: Sequence[PlannedWork | None], after: Sequence[PlannedWork | None], in_hours: bool
) -> BurnDay:
    pairs = [_amounts(was, now, in_hours) for was, now in zip(before, after, strict=True)]
    zero = Decimal(0)
    sizes = [_size(work, in_hours) for work in after]
    return BurnDay(
        on=day,
        scope=sum((scope for scope, _left in sizes), zero),
        left=sum((left for _scope, left in sizes), zero),
        added=sum((added for added, _moved in pairs), zero),
        done=-sum((moved for _added, moved in pairs if moved < 0), zero),
        reopened=sum((moved for _added, moved in pairs if moved > 0), zero),
    )


def _amounts(was: PlannedWork | None, now: PlannedWork | None, in_hours: bool) -> tuple[Decimal, Decimal]:
    """Return how much came to the scope, and by how much what is left moved besides."""
    (old_scope, old_left), (scope, left) = _size(was, in_hours), _size(now, in_hours)
    added = scope - old_scope
    return added, left - old_left - added


def _size(work: PlannedWork | None, in_hours: bool) -> tuple[Decimal, Decimal]:
    if work is None:
        return Decimal(0), Decimal(0)
    return (work.hours, work.hours_left) if in_hours else (Decimal(1), Decimal(int(work.is_open)))


def _work_on(history: EntryHistory, day: date) -> PlannedWork | None:
    """Return a measure as it was at the end of a day, None while it was not in the project."""
    held = [version for version in history.versions if day_of_site(version.changed_at) <= day]
    return None if not held or held[-1].is_removed else _work(held[-1].content)


def _work(content: Mapping[str, Any]) -> PlannedWork:
    hours, done = Decimal(minutes_of(content, "hours_planned")) / 60, content.get("done", 0)
    return PlannedWork(hours, hours * (_HUNDRED - done) / _HUNDRED, done < _HUNDRED)


def _steps(points: Sequence[tuple[float, float]], end: float) -> list[tuple[float, float]]:
    """Return the corners of a line that stays as it was until the next change."""
    found = [points[0]]
    for x, y in points[1:]:
        found += [(x, found[-1][1]), (x, y)]
    return [*found, (end, found[-1][1])]
