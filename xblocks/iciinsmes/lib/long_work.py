"""Work that a job does: one worker at a time is at it, and one that dies is followed by another."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils import timezone

from .leases import claim

#: When nobody is at it.
IDLE = datetime(2000, 1, 1, tzinfo=UTC)
#: A worker says at least so often that it is at it; after the longer time somebody else goes on.
BEAT, GIVEN_UP = timedelta(seconds=5), timedelta(minutes=2)

_Row = TypeVar("_Row", bound=Model)


def take(rows: QuerySet[_Row], key: object) -> bool:
    """Tell whether the caller is the one that works on this row now."""
    return rows.filter(pk=key).exists() and claim(rows, pause=GIVEN_UP, pk=key)


def go_on(rows: QuerySet[_Row], **values: object) -> bool:
    """Say that somebody is still at it, and how far; False if the row is gone, so that there is nothing left to do."""
    return bool(rows.update(last_at=timezone.now(), **values))


def leave(rows: QuerySet[_Row], **values: object) -> None:
    """Say that nobody is at it any more."""
    rows.update(last_at=IDLE, **values)


def left_behind(rows: QuerySet[_Row]) -> QuerySet[_Row]:
    """Return those of the rows at which nobody is."""
    return rows.filter(last_at__lte=timezone.now() - GIVEN_UP)
