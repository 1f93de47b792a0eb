"""The rule about KPIs (R4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from iciinsmes.lib.decimals import plain

from ..data import Gate, Light, LightRule, ProjectPart
from ..rule_data import Facts, Finding, KpiFacts
from .attainment import attainment, elapsed_of, time_share
from .days import active_days, is_due
from .keys import Action, LightReason
from .thresholds import Thresholds


def kpis(facts: Facts, today: date, thresholds: Thresholds) -> Iterator[Finding]:
    """R4: say of each KPI what is worst: that something is missing, that it is too slow or that nobody measures it.

    What a KPI lacks is tolerated until G1 is passed or planned to be.
    """
    is_agreed = is_due(Gate.GOAL, facts, today)
    if is_agreed and not facts.kpis:
        yield Finding(LightRule.KPIS, Light.RED, LightReason.NO_KPI, Action.SET_KPI, ProjectPart.KPIS, {})
    for kpi in facts.kpis:
        missing = _missing(kpi) if is_agreed else None
        if missing is not None:
            yield _finding(kpi, Light.RED, missing, Action.COMPLETE_KPI)
            continue
        found = [*_without_size(kpi), *_pace(kpi, facts, today, thresholds), *_silence(kpi, facts, today, thresholds)]
        if found:
            yield max(found, key=lambda finding: finding.light.severity)


def _missing(kpi: KpiFacts) -> LightReason | None:
    if kpi.baseline is None:
        return LightReason.KPI_NO_BASELINE
    if kpi.target is None:
        return LightReason.KPI_NO_TARGET
    return LightReason.KPI_NO_TARGET_DAY if kpi.target_on is None else None


def _without_size(kpi: KpiFacts) -> Iterator[Finding]:
    if kpi.baseline is not None and kpi.baseline == kpi.target:
        yield _finding(kpi, Light.AMBER, LightReason.KPI_TARGET_IS_BASELINE, Action.COMPLETE_KPI)


def _pace(kpi: KpiFacts, facts: Facts, today: date, thresholds: Thresholds) -> Iterator[Finding]:
    """Compare attainment with the share of the time from the project's start to the KPI's day.

    A KPI that was never measured stands at its baseline, so that no value is no way out.
    """
    if kpi.baseline is None or kpi.target is None or kpi.target_on is None or today < facts.started:
        return
    elapsed, planned = elapsed_of(facts.started, kpi.target_on, today)
    way = abs(kpi.target - kpi.baseline)
    if not way or elapsed < thresholds.kpi_from_time * planned:
        return
    gone = kpi.baseline if kpi.last is None else kpi.last
    gone = gone - kpi.baseline if kpi.target > kpi.baseline else kpi.baseline - gone
    has_fallen = gone < thresholds.kpi_red_fall * way
    # Multiplied out: a share that was divided may lie just beside its limit.
    if has_fallen or gone * planned < thresholds.kpi_red_pace * elapsed * way:
        light = Light.RED
    elif gone * planned < thresholds.kpi_amber_pace * elapsed * way:
        light = Light.AMBER
    else:
        return
    share = _text(time_share(facts.started, kpi.target_on, today))
    reached = attainment(kpi.baseline, kpi.target, kpi.last)
    if reached is None:
        yield _finding(kpi, light, LightReason.KPI_UNMEASURED, Action.ENTER_VALUE, time=share)
    else:
        reason = LightReason.KPI_FALLEN if has_fallen else LightReason.KPI_SLOW
        yield _finding(kpi, light, reason, Action.CHANGE_MEASURES, attainment=_text(reached), time=share)


def _silence(kpi: KpiFacts, facts: Facts, today: date, thresholds: Thresholds) -> Iterator[Finding]:
    """Count from the last value, else the baseline, never from before the project began; pauses do not count."""
    since = max(day for day in (facts.started, kpi.baseline_on, kpi.last_on) if day is not None)
    days = active_days(facts.pauses, since, today)
    if days > thresholds.kpi_missed_intervals * kpi.interval_days:
        yield _finding(kpi, Light.AMBER, LightReason.KPI_NO_VALUE, Action.ENTER_VALUE, days=days)


def _text(share: Decimal) -> str:
    """Write a share for a sentence; what is compared is never rounded."""
    return plain(round(share, 4))


def _finding(kpi: KpiFacts, light: Light, reason: LightReason, action: Action, **values: str | int) -> Finding:
    return Finding(LightRule.KPIS, light, reason, action, ProjectPart.KPIS, {"name": kpi.name, **values}, kpi.id)
