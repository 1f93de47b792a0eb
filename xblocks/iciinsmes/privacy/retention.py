"""How long things are kept, and dropping what is older."""

from __future__ import annotations

import math
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from iciinsmes.lib.personal_data import retention_periods

from .data import ExpiredRows, Period


def periods() -> tuple[Period, ...]:
    """Return what is kept and for how long, in the active language."""
    return tuple(
        Period(name=name, words=str(kept.words), days=getattr(settings, kept.setting))
        for name, kept in retention_periods().items()
    )


def apply_retention(*, dry_run: bool = False) -> tuple[ExpiredRows, ...]:
    """Drop everything whose time is over and return how much of each; ``dry_run`` only counts.

    A period of None days is kept for ever. What is kept shortest goes first, so that it is counted for itself and not
    taken along by what is kept longer.
    """
    now = timezone.now()
    found = []
    periods = [(name, kept, getattr(settings, kept.setting)) for name, kept in retention_periods().items()]
    for name, kept, days in sorted(periods, key=lambda each: math.inf if each[2] is None else each[2]):
        count = 0 if days is None else kept.expire(before=now - timedelta(days=days), dry_run=dry_run)
        found.append(ExpiredRows(name=name, days=days, count=count))
    return tuple(found)
