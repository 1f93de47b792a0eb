"""Firms that become one: what this room keeps for the firm that goes belongs to the one that stays."""

from __future__ import annotations

from opaque_keys.edx.keys import CourseKey

from .models import Canvas


def follow_merge(*, gone_id: int, kept_id: int, course_key: CourseKey, **_more: object) -> None:
    """Hear `companies.signals.merged`."""
    Canvas.objects.filter(company_id=gone_id, course_key=course_key).update(company_id=kept_id)
