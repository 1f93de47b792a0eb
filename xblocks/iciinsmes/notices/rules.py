"""When what is mailed; pure functions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from .data import Mails

#: At most one reminder of the same thing in this time.
REMINDER_PAUSE = timedelta(days=7)

#: Pauses before another try, about four days in all; then a mail is given up.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 4 * 60, 12 * 60, 24 * 60, 48 * 60))

#: Digests leave in the first run after this hour (UTC), weekly ones on Mondays: before work begins in Europe.
DIGEST_HOUR = 4


def pause_after(attempts: int) -> timedelta | None:
    """Return how long to wait after so many failed tries (1 or more), or None to give up."""
    return PAUSES[attempts - 1] if attempts <= len(PAUSES) else None


def digest_is_due(mails: Mails, *, last: datetime, now: datetime) -> bool:
    """Tell whether a digest is due, the last one being made at ``last``; what waits for nobody's digest is due now."""
    if mails in (Mails.AT_ONCE, Mails.NEVER):
        return True
    return last < _slot(mails, now)


def _slot(mails: Mails, now: datetime) -> datetime:
    """Return the newest moment, not after ``now``, at which digests leave."""
    shifted = now.astimezone(UTC) - timedelta(hours=DIGEST_HOUR)
    day = shifted.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return day - timedelta(days=day.weekday()) if mails is Mails.WEEKLY else day
