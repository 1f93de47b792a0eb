"""How long things are kept, and dropping what is older."""

from __future__ import annotations

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

    A period of None days is kept for ever.
    """
    now = timezone.now()
    found = []
    for name, kept in retention_periods().items():
        days: int | None = getattr(settings, kept.setting)
        count = 0 if days is None else kept.expire(before=now - timedelta(days=days), dry_run=dry_run)
        found.append(ExpiredRows(name=name, days=days, count=count))
    return tuple(found)
