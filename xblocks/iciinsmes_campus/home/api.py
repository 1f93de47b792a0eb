"""The only door to the campus' folder and its database as things on a machine."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.utils import timezone

from iciinsmes.privacy.api import apply_retention

from .folder import forget_mark, keep_private, owns_storage
from .integrity import check_database
from .locks import only_one
from .models import RetentionRun

__all__ = ["check_database", "forget_mark", "keep_private", "only_one", "owns_storage", "retain"]


#: A campus is closed for the holidays, and a clock that leaps no further costs nobody more than so much of a year.
_LEAP = timedelta(days=31)
_KEPT = timedelta(days=400)

_log = logging.getLogger(__name__)


def retain() -> None:
    """Apply the retention periods and note it; after a leap of the clock, or at the first time, only note it."""
    now = timezone.now()
    last = RetentionRun.objects.order_by("id").last()
    dropped: dict[str, int] | None = None
    if last is None or abs(now - last.at) > _LEAP:
        since = f"the last time was {last.at:%Y-%m-%d}" if last else "there was no last time"
        _log.warning("Retention waits for a day, because %s. If the clock is wrong, set it right before.", since)
    else:
        dropped = {kind.name: kind.count for kind in apply_retention() if kind.count}
        if dropped:
            _log.warning("Retention has dropped %s", dropped)
    noted = RetentionRun.objects.create(at=now, dropped=dropped)
    RetentionRun.objects.filter(at__lt=now - _KEPT, pk__lt=noted.pk).delete()
