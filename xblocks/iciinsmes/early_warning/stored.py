"""Limits, reasons and rows as the tables hold them, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from .data import (
    AlarmData,
    AlarmReason,
    AlarmRule,
    BaselineData,
    CellVersionData,
    Colour,
    Grain,
    Limits,
    MonthCell,
    PeriodState,
    Segment,
    WatchData,
)
from .facts import Fact
from .indicators import INDICATORS, USUAL
from .models import Alarm, MonthFigure, MonthFigureVersion, Watch, WatchBaseline


def limits_to_json(limits: Limits) -> dict[str, Any]:
    """Write limits without losing a digit: fractions are text."""
    return {
        "first": limits.first,
        "last": limits.last,
        "count": limits.count,
        "cases": str(limits.cases),
        "size": str(limits.size),
        "ranges": str(limits.ranges),
        "range_count": limits.range_count,
    }


def limits_from_json(content: Mapping[str, Any]) -> Limits:
    """Read what `limits_to_json` writes."""
    exact = {name: Fraction(content[name]) for name in ("cases", "size", "ranges")}
    return Limits(
        first=content["first"],
        last=content["last"],
        count=content["count"],
        range_count=content["range_count"],
        **exact,
    )


def segment_of(row: WatchBaseline) -> Segment:
    """Return a stretch as the rules take it; until its grain is decided it is looked at by months."""
    limits = limits_from_json(row.limits) if row.limits else None
    return Segment(row.first_month, Grain(row.grain or Grain.MONTH.value), limits)


def segments_in_force(rows: Iterable[WatchBaseline]) -> dict[str, list[WatchBaseline]]:
    """Return by indicator the stretches that count, in their order: of two with one first month the later made."""
    found: dict[str, dict[int, WatchBaseline]] = {}
    for row in rows:
        found.setdefault(row.indicator, {})[row.first_month] = row
    return {key: [by_month[month] for month in sorted(by_month)] for key, by_month in found.items()}


def cell_of(row: MonthFigure) -> MonthCell:
    """Return a month's figures as the rules take them."""
    return MonthCell(row.indicator, row.month, row.numerator, row.denominator, row.extra)


def version_of(row: MonthFigureVersion) -> CellVersionData:
    """Return how a month's figures were before."""
    figure = row.figure
    cell = MonthCell(figure.indicator, figure.month, row.numerator, row.denominator, row.extra)
    return CellVersionData(cell, row.author_id, row.until, row.label)


def baseline_of(row: WatchBaseline) -> BaselineData:
    """Return a stretch with who made it and why."""
    return BaselineData(row.pk, row.indicator, segment_of(row), row.reason, row.made_by_id, row.made_at, row.version)


def reasons_to_json(reasons: Iterable[AlarmReason]) -> list[Any]:
    """Write reasons."""
    return [{"rule": each.rule.value, "colour": each.colour.value, "figures": dict(each.figures)} for each in reasons]


def reasons_from_json(content: Iterable[Mapping[str, Any]]) -> tuple[AlarmReason, ...]:
    """Read what `reasons_to_json` writes."""
    return tuple(AlarmReason(AlarmRule(each["rule"]), Colour(each["colour"]), each["figures"]) for each in content)


def fact_to_json(fact: Fact) -> dict[str, Any]:
    """Write where an indicator stands."""
    return {
        "colour": fact.colour.value,
        "state": fact.state.value,
        "grain": fact.grain.value,
        "period": fact.period,
        "value": fact.value,
        "reasons": reasons_to_json(fact.reasons),
        "clean": fact.clean,
        "usable": fact.usable,
        "before": fact.before,
        "recent": list(fact.recent),
    }


def fact_from_json(content: Mapping[str, Any]) -> Fact:
    """Read what `fact_to_json` writes."""
    return Fact(
        Colour(content["colour"]),
        PeriodState(content["state"]),
        Grain(content["grain"]),
        content["period"],
        content["value"],
        reasons_from_json(content["reasons"]),
        content["clean"],
        content["usable"],
        content["before"],
        # Kept before there were small charts, it comes with the next look.
        tuple(content.get("recent", ())),
    )


def alarm_of(row: Alarm) -> AlarmData:
    """Return an alarm as pages and other rooms take it."""
    return AlarmData(
        id=row.pk,
        indicator=row.indicator,
        grain=Grain(row.grain),
        period=row.period,
        colour=Colour(row.colour),
        reasons=reasons_from_json(row.reasons),
        version=row.version,
        raised_at=row.raised_at,
        holds=row.holds,
        cause=row.cause,
        action=row.action,
        due=row.due,
        answered_at=row.answered_at,
        answered_by=row.answered_by_id,
        note=row.note,
        closed_at=row.closed_at,
        closed_by=row.closed_by_id,
        measure_id=row.measure_id,
        revision=row.revision,
    )


def watch_of(row: Watch | None, company_id: int) -> WatchData:
    """Return what a firm watches; the usual until it has chosen."""
    if row is None:
        return WatchData(0, company_id, USUAL, {}, tells_coach=False)
    return WatchData(
        id=row.pk,
        company_id=row.company_id,
        kept=tuple(key for key in INDICATORS if key in row.kept),
        thresholds=row.thresholds,
        tells_coach=row.tells_coach,
        colour=Colour(row.colour),
    )
