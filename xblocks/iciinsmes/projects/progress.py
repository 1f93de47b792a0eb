"""How far a KPI has come, for every page: one place, so that no two of them say different figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .rule_data import Facts, KpiFacts
from .rules.attainment import attainment, time_share


@dataclass(frozen=True)
class Progress:
    """Shares of the way and of the time, 1 for all; the way may lie below 0 or above 1. None where nobody can tell."""

    way: Decimal | None
    time: Decimal | None


def progress_of(*, facts: Facts, kpi: KpiFacts, today: date) -> Progress:
    """Return how much of the way from baseline to goal is done, and how much of the time since the project's start."""
    return Progress(
        way=attainment(kpi.baseline, kpi.target, kpi.last),
        time=None if kpi.target_on is None else time_share(facts.started, kpi.target_on, today),
    )
