"""Which day it is for a project: one for everybody, so that a light does not depend on who looks."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from iciinsmes.platform import zones


def today() -> date:
    """Return the day of the site's zone."""
    return day_of_site(timezone.now())


def day_of_site(at: datetime) -> date:
    """Return the day on which a moment lies in the site's zone."""
    return at.astimezone(zones.of_site()).date()
