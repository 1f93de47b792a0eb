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
