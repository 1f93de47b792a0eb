"""Doing something at most once in a while, whoever else tries at the same moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TypeVar

from django.db.models import QuerySet
from django.utils import timezone

from .models import Reminder, ScheduledRun

_Row = TypeVar("_Row", Reminder, ScheduledRun)

_NEVER = datetime(2000, 1, 1, tzinfo=UTC)


def claim(rows: QuerySet[_Row], *, pause: timedelta, **key: object) -> bool:
    """Tell whether the caller may do what ``key`` names, the last time being at least ``pause`` ago.

    Two statements, and no reading that somebody could overtake: the unique key allows one row, and only one caller
    moves it from a moment that is long enough ago.
    """
    now = timezone.now()
    rows.bulk_create([rows.model(**key, last_at=_NEVER)], ignore_conflicts=True)
    return rows.filter(**key, last_at__lte=now - pause).update(last_at=now) == 1
