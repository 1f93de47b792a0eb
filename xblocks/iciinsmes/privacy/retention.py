"""How long things are kept, and dropping what is older."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from iciinsmes.assignments import api as assignments
from iciinsmes.canvases import api as canvases
from iciinsmes.companies import api as companies
from iciinsmes.exercises import api as exercises
from iciinsmes.notices import api as notices
from iciinsmes.trail import api as trail

from .data import Expired, Period


class Expire(Protocol):
    """Remove what is older than a moment, or only count it."""

    def __call__(self, *, before: datetime, dry_run: bool = False) -> int:
        """Return how many there were."""


#: What it is, the setting that says how many days, and the function that drops it.
_PERIODS: tuple[tuple[str, Promise, str, Expire], ...] = (
    (
        "drafts",
        gettext_lazy("Drafts and files that were never handed in, after the last save"),
        "ICIINSMES_KEEP_DRAFTS_DAYS",
        assignments.expire_drafts,
    ),
    (
        "works",
        gettext_lazy("What was handed in, with files, results and feedback, after the last change"),
        "ICIINSMES_KEEP_WORKS_DAYS",
        assignments.expire_works,
    ),
    (
        "data",
        gettext_lazy("Rows of customer data, after their last use"),
        "ICIINSMES_KEEP_DATA_DAYS",
        exercises.expire_data,
    ),
    (
        "canvases",
        gettext_lazy("Canvases with their cards and versions, after the last change"),
        "ICIINSMES_KEEP_DATA_DAYS",
        canvases.expire_canvases,
    ),
    (
        "results",
        gettext_lazy("Results of exercises and the answers to them, after they were made"),
        "ICIINSMES_KEEP_WORKS_DAYS",
        exercises.expire_results,
    ),
    (
        "stays",
        gettext_lazy("Which firm somebody belonged to, after leaving it"),
        "ICIINSMES_KEEP_STAYS_DAYS",
        companies.expire_stays,
    ),
    (
        "notices",
        gettext_lazy("What people were told in their inboxes"),
        "ICIINSMES_KEEP_NOTICES_DAYS",
        notices.expire,
    ),
    (
        "imports",
        gettext_lazy("Tables of firms and members that were sent for an import"),
        "ICIINSMES_KEEP_IMPORTS_DAYS",
        companies.expire_imports,
    ),
    (
        "trail",
        gettext_lazy("Who saw and changed what"),
        "ICIINSMES_KEEP_TRAIL_DAYS",
        trail.expire,
    ),
)


_of_host: dict[str, tuple[str, Promise, str, Expire]] = {}


def register_period(*, name: str, words: Promise, setting: str, expire: Expire) -> None:
    """Let a host drop what it keeps itself with the rest; called while it starts.

    Args:
        name: of the kind, as the command prints it; the same name again replaces what was registered.
        words: what is kept and from when the days count.
        setting: name of the setting with the number of days; None there keeps for ever.
        expire: drops it, or only counts.
    """
    _of_host[name] = (name, words, setting, expire)


def periods() -> tuple[Period, ...]:
    """Return what is kept and for how long, in the active language."""
    return tuple(
        Period(name=name, words=str(words), days=getattr(settings, setting)) for name, words, setting, _expire in _all()
    )


def apply_retention(*, dry_run: bool = False) -> tuple[Expired, ...]:
    """Drop everything whose time is over and return how much of each; ``dry_run`` only counts.

    A period of None days is kept for ever.
    """
    now = timezone.now()
    found = []
    for name, _words, setting, expire in _all():
        days: int | None = getattr(settings, setting)
        count = 0 if days is None else expire(before=now - timedelta(days=days), dry_run=dry_run)
        found.append(Expired(name=name, days=days, count=count))
    return tuple(found)


def _all() -> tuple[tuple[str, Promise, str, Expire], ...]:
    return (*_PERIODS, *_of_host.values())
