"""How often something may be done within a while; whose it is is kept as a hash only."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.db.models import F, Manager
from django.utils import timezone


@dataclass(frozen=True)
class Limit:
    """At most so many within so long."""

    name: str
    most: int
    within: timedelta

    def key(self, whose: str) -> str:
        """Return what counts are kept under.

        Args:
            whose: an address, of the network or of mail.
        """
        return f"{self.name}.{hashlib.sha256(whose.strip().casefold().encode()).hexdigest()[:32]}"


def count_in_cache(limit: Limit, whose: str) -> int:
    """Count once more, without a query, and return how often it was done: exact where processes share a cache."""
    key, seconds = f"iciinsmes.{limit.key(whose)}", limit.within.total_seconds()
    cache.add(key, 0, timeout=seconds)
    try:
        return int(cache.incr(key))
    except ValueError:
        # The time ended between the two lines.
        cache.set(key, 1, timeout=seconds)
        return 1


def allows(rows: Manager[Any], limit: Limit, whose: str) -> bool:
    """Tell whether it may be done once more, without counting; see `count_in_table`."""
    row = rows.filter(key=limit.key(whose), **_current(limit)).first()
    return row is None or row.number < limit.most


def count_in_table(rows: Manager[Any], limit: Limit, whose: str) -> bool:
    """Count it in the database, so that all processes count together, and tell whether it was still allowed.

    Args:
        rows: of a table with a unique ``key``, a ``number``, and the moment ``since``.
        limit: what is counted.
        whose: an address, of the network or of mail.
    """
    key, now = limit.key(whose), timezone.now()
    mine = rows.filter(key=key)
    if not (
        mine.filter(**_current(limit)).update(number=F("number") + 1)
        # The time is over (or the clock was wrong): a new one begins, in one statement for whoever is first.
        or mine.exclude(**_current(limit)).update(number=1, since=now)
    ):
        _begin(rows, key)
    return rows.filter(key=key).values_list("number", flat=True).first() in range(limit.most + 1)


def _begin(rows: Manager[Any], key: str) -> None:
    try:
        with transaction.atomic():
            rows.create(key=key, number=1, since=timezone.now())
    except IntegrityError:
        rows.filter(key=key).update(number=F("number") + 1)


def _current(limit: Limit) -> dict[str, object]:
    now = timezone.now()
    return {"since__gt": now - limit.within, "since__lte": now}
