"""Looking at a firm's figures: limits are fixed once, alarms are raised, and what lists show is written down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from iciinsmes.lib.locks import locked
from iciinsmes.platform import zones

from .data import COLOURS, RULES_VERSION, Chart, Colour, Grain, JudgedPeriod, MonthCell, PeriodState, Segment
from .facts import Fact, fact_of
from .indicators import INDICATORS, Indicator
from .models import Alarm, MonthFigure, Watch, WatchBaseline
from .rules.judging import begin_segment, fix_limits, judge, year_ago
from .rules.limits import is_usable
from .rules.periods import month_of
from .signals import alarm_raised
from .stored import cell_of, fact_to_json, limits_to_json, reasons_to_json, segment_of, segments_in_force

_PAGE = 100

Judgement = tuple[tuple[Segment, tuple[JudgedPeriod, ...]], ...]


def running_month() -> int:
    """Return the month that has not ended, by the site's clock: one for everybody, so that no verdict differs."""
    return month_of(timezone.now().astimezone(zones.of_site()).date())


def look_at_all() -> None:
    """Look again at firms that nobody has looked at since a month has ended."""
    running, after = running_month(), 0
    while page := list(Watch.objects.filter(looked_month__lt=running, id__gt=after).order_by("id")[:_PAGE]):
        after = page[-1].pk
        for found in page:
            with transaction.atomic():
                row = locked(Watch.objects).filter(pk=found.pk).first()
                if row is not None:
                    look(row)


def look(row: Watch) -> None:
    """Judge a firm's figures; the caller holds the row."""
    running, now = running_month(), timezone.now()
    cells = cells_by_indicator(row)
    rows = segments_in_force(row.baselines.all())
    alarms = list(row.alarms.all())
    facts: dict[str, Fact] = {}
    raised: list[Alarm] = []
    for key in row.kept:
        indicator = INDICATORS.get(key)
        if indicator is None or not cells.get(key):
            continue
        segments = _segments(row, indicator, cells[key], rows.get(key, []), running, now)
        judged = judge(indicator, cells[key], segments, running, row.thresholds.get(key))
        raised += _alarms(row, indicator, judged, [each for each in alarms if each.indicator == key], now)
        fact = fact_of(judged, usable=_usable(indicator, segments), before=_before(judged))
        if fact is not None:
            facts[key] = fact
    Alarm.objects.bulk_create(raised)
    row.facts = {key: fact_to_json(fact) for key, fact in facts.items()}
    row.colour = max((fact.colour for fact in facts.values()), key=COLOURS.index, default=Colour.GREY).value
    row.looked_month = running
    row.save(update_fields=["facts", "colour", "looked_month"])
    if raised:
        watch_id = row.pk
        transaction.on_commit(lambda: alarm_raised.send(Watch, watch_id=watch_id))


def judged_here(
    indicator: Indicator,
    cells: Sequence[MonthCell],
    rows: Sequence[WatchBaseline],
    thresholds: Mapping[str, float] | None,
) -> Judgement:
    """Return an indicator's periods with their verdicts, from stored limits; what is not decided yet stays so."""
    segments = [segment_of(row) for row in rows]
    if not segments and cells:
        segments = [Segment(min(cell.month for cell in cells), Grain.MONTH)]
    return judge(indicator, cells, _from_the_first(segments, cells), running_month(), thresholds)


def cells_by_indicator(row: Watch, key: str = "") -> dict[str, list[MonthCell]]:
    """Return a firm's figures by indicator and month, in one query; only of one indicator if named."""
    found: dict[str, list[MonthCell]] = {}
    rows = MonthFigure.objects.filter(watch=row)
    for each in (rows.filter(indicator=key) if key else rows).order_by("month"):
        cell = cell_of(each)
        if any(figure is not None for figure in cell.figures):
            found.setdefault(each.indicator, []).append(cell)
    return found


def _segments(
    row: Watch,
    indicator: Indicator,
    cells: Sequence[MonthCell],
    rows: Sequence[WatchBaseline],
    running: int,
    now: datetime,
) -> list[Segment]:
    """Return the stretches of an indicator; the first makes itself, and limits are fixed as soon as they can be."""
    first = min(cell.month for cell in cells)
    if not rows:
        begun = begin_segment(indicator, cells, running, first)
        if begun is not None and (indicator.needs_baseline or indicator.aggregates):
            _store(WatchBaseline(watch=row, indicator=indicator.key, first_month=first, made_at=now), begun)
        return [begun or Segment(first, Grain.MONTH)]
    segments = []
    for place, each in enumerate(rows):
        segment = segment_of(each)
        if segment.limits is None:
            end = rows[place + 1].first_month if place + 1 < len(rows) else None
            # Months before the first stretch came later: they belong to it as long as it has no limits.
            start = min(first, each.first_month) if place == 0 and not each.reason else each.first_month
            within = [cell for cell in cells if cell.month >= start and (end is None or cell.month < end)]
            found = (
                fix_limits(indicator, Segment(start, segment.grain), within, running)
                if each.grain
                else begin_segment(indicator, within, running, start)
            )
            if found is not None:
                segment = found
                _store(each, found)
        segments.append(segment)
    return _from_the_first(segments, cells)


def _from_the_first(segments: list[Segment], cells: Sequence[MonthCell]) -> list[Segment]:
    """Let what was recorded before the first stretch be shown, without a verdict: limits are not made anew for it."""
    first = min((cell.month for cell in cells), default=0)
    if segments and cells and first < segments[0].first_month:
        return [Segment(first, segments[0].grain), *segments]
    return segments


def _store(row: WatchBaseline, segment: Segment) -> None:
    row.first_month, row.grain, row.version = segment.first_month, segment.grain.value, RULES_VERSION
    row.limits = limits_to_json(segment.limits) if segment.limits is not None else None
    row.save()


def _alarms(row: Watch, indicator: Indicator, judged: Judgement, there: Sequence[Alarm], now: datetime) -> list[Alarm]:
    """Return new alarms, and say of those that are there whether they still hold."""
    found = {
        (segment.grain.value, each.point.period): each
        for segment, periods in judged
        for each in periods
        if each.colour in (Colour.AMBER, Colour.RED)
    }
    known = set()
    for alarm in there:
        period = found.get((alarm.grain, alarm.period))
        holds = period is not None and any(reason.rule.value == alarm.rule for reason in period.reasons)
        known.add((alarm.grain, alarm.period, alarm.rule))
        if holds != alarm.holds:
            alarm.holds = holds
            alarm.save(update_fields=["holds"])
    return [
        Alarm(
            watch=row,
            indicator=indicator.key,
            grain=grain,
            period=number,
            rule=each.reasons[0].rule.value,
            colour=each.colour.value,
            reasons=reasons_to_json(each.reasons),
            version=RULES_VERSION,
            raised_at=now,
        )
        for (grain, number), each in found.items()
        if (grain, number, each.reasons[0].rule.value) not in known
    ]


def _usable(indicator: Indicator, segments: Sequence[Segment]) -> bool:
    limits = segments[-1].limits if segments else None
    return limits is None or indicator.chart is Chart.NONE or is_usable(limits, indicator.chart)


def _before(judged: Judgement) -> float | None:
    """Return the value of the same period a year before the last one that has ended."""
    periods = [each for _segment, found in judged for each in found]
    ended = [place for place, each in enumerate(periods) if each.state is not PeriodState.PROVISIONAL]
    if not ended or len({segment.grain for segment, _found in judged}) > 1:
        return None
    found = year_ago(periods, ended[-1], judged[-1][0].grain)
    return None if found is None or found.value is None else float(found.value)
