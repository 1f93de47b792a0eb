"""How far a KPI has come, and how much of the time is over: one place, so that no two pages say different figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..rule_data import Facts, KpiFacts


def attainment(baseline: Decimal | None, target: Decimal | None, actual: Decimal | None) -> Decimal | None:
    """Return (actual - baseline) / (target - baseline), not clamped: 0 at the baseline, 1 at the target.

    It serves falling targets too: from 200 to 0 it is 0.5 at 100, and -0.05 at 210. None where something is missing or
    the target is the baseline.
    """
    if baseline is None or target is None or actual is None or target == baseline:
        return None
    return (actual - baseline) / (target - baseline)


def time_share(first: date, last: date, today: date) -> Decimal:
    """Return the share of the time from the first to the last day that is over, 0 to 1."""
    elapsed, planned = elapsed_of(first, last, today)
    return Decimal(elapsed) / planned


def elapsed_of(first: date, last: date, today: date) -> tuple[int, int]:
    """Return `time_share` as two whole numbers, the second above 0, so that limits are met exactly."""
    if today >= last:
        return 1, 1
    if today <= first:
        return 0, 1
    return (today - first).days, (last - first).days


@dataclass(frozen=True)
class WayAndTime:
    """Shares of the way and of the time, 1 for all; the way may lie below 0 or above 1. None where nobody can tell."""

    way: Decimal | None
    time: Decimal | None


def progress_of(*, facts: Facts, kpi: KpiFacts, today: date) -> WayAndTime:
    """Return how much of the way from baseline to goal is done, and how much of the time since the project's start."""
    return WayAndTime(
        way=attainment(kpi.baseline, kpi.target, kpi.last),
        time=None if kpi.target_on is None else time_share(facts.started, kpi.target_on, today),
    )
