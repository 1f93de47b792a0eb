"""How far a KPI has come from its baseline to its target, and how much of the time is over."""

from __future__ import annotations

from datetime import date
from decimal import Decimal


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
