"""Results that go out by themselves at a moment."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from .data import AssessmentData
from .models import Assessment
from .serializers import assessment_data


def plan_release(*, assessment_id: UUID, by_id: int, at: datetime) -> bool:
    """Plan when a proposal goes out, in place of an earlier plan; tell whether it is one that still may."""
    rows = Assessment.objects.filter(id=assessment_id, released_at=None).exclude(proposed_at=None)
    return bool(rows.update(release_at=at, released_by_id=by_id))


def unplan(*, assessment_id: UUID) -> bool:
    """Let a proposal wait for somebody again; tell whether there was a plan."""
    rows = Assessment.objects.filter(id=assessment_id, released_at=None).exclude(release_at=None)
    return bool(rows.update(release_at=None, released_by=None))


def due_for_release(*, now: datetime, limit: int = 200) -> tuple[AssessmentData, ...]:
    """Return what should have gone out by now, the earliest first; nothing is changed by asking."""
    rows = Assessment.objects.filter(release_at__lte=now, released_at=None).select_related("rubric")
    return tuple(assessment_data(row) for row in rows.order_by("release_at", "id")[:limit])
