"""How often something may be done within a while: counted in the database, so that all processes count together."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from .models import Count


@dataclass(frozen=True)
class Limit:
    """At most so many within so long."""

    name: str
    most: int
    within: timedelta


def allows(limit: Limit, whose: str) -> bool:
    """Tell whether it may be done once more, without counting."""
    row = Count.objects.filter(key=_key(limit, whose), **_current(limit)).first()
    return row is None or row.number < limit.most


def count(limit: Limit, whose: str) -> bool:
    """Count it, and tell whether it was still allowed.

    Args:
        limit: what is counted.
        whose: an address, of the network or of mail; only a hash of it is kept.
    """
    key, now = _key(limit, whose), timezone.now()
    mine = Count.objects.filter(key=key)
    if not (
        mine.filter(**_current(limit)).update(number=F("number") + 1)
        # The time is over (or the clock was wrong): a new one begins, in one statement for whoever is first.
        or mine.exclude(**_current(limit)).update(number=1, since=now)
    ):
        _begin(key)
    return Count.objects.filter(key=key).values_list("number", flat=True).first() in range(limit.most + 1)


def forget_old() -> int:
    """Remove counts that are over, whichever they were; return how many."""
    deleted, _by_model = Count.objects.filter(since__lt=timezone.now() - timedelta(days=1)).delete()
    return deleted


def _begin(key: str) -> None:
    try:
        with transaction.atomic():
            Count.objects.create(key=key, number=1, since=timezone.now())
    except IntegrityError:
        Count.objects.filter(key=key).update(number=F("number") + 1)


def _current(limit: Limit) -> dict[str, object]:
    now = timezone.now()
    return {"since__gt": now - limit.within, "since__lte": now}


def _key(limit: Limit, whose: str) -> str:
    return f"{limit.name}.{hashlib.sha256(whose.strip().casefold().encode()).hexdigest()[:32]}"
