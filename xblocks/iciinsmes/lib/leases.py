"""Doing something at most once in a while, whoever else tries at the same moment."""

from __future__ import annotations

from datetime import timedelta
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

_AHEAD = timedelta(hours=1)
_Row = TypeVar("_Row", bound=Model)


def claim(rows: QuerySet[_Row], *, pause: timedelta, **key: object) -> bool:
    """Tell whether the caller may do what ``key`` names, the last time being at least ``pause`` ago.

    The unique key lets one caller write the first row, and one statement lets one caller move it from a moment that is
    long enough ago. Nobody writes a row that is there already: on MySQL two who did would hold each other's locks.

    Args:
        rows: of a table with a unique key of the columns in ``key``, and with the moment ``last_at``.
        pause: how long ago the last time must be.
        key: columns and values that name what is done.
    """
    now = timezone.now()
    if not rows.filter(**key).exists():
        try:
            with transaction.atomic():
                rows.create(**key, last_at=now)
        except IntegrityError:
            # Somebody was faster by a moment, so it is done.
            return False
        return True
    # A moment to come was written by a clock that was wrong; machines differ by less than the allowance.
    due = Q(last_at__lte=now - pause) | Q(last_at__gt=now + _AHEAD)
    return rows.filter(due, **key).update(last_at=now) == 1
