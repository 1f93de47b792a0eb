"""Moments in templates."""

from __future__ import annotations

from datetime import datetime

from django import template

from iciinsmes import zones

register = template.Library()


@register.filter(expects_localtime=True)
def moment(at: datetime | None) -> str:
    """Write a deadline, or another moment that must not be misunderstood, with weekday and zone; empty for none."""
    return zones.moment(at) if at else ""


@register.filter(expects_localtime=True)
def clock(at: datetime | None) -> str:
    """Write the time of a day that nobody has to be told, with the zone; empty for none."""
    return zones.clock(at) if at else ""
