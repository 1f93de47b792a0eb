"""Rows of this room as the data that leaves it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from .data import AssessmentData, Rubric, rubric_from_json
from .models import Assessment
from .rules import score


def assessment_data(row: Assessment, rubric: Rubric | None = None) -> AssessmentData:
    """Return an assessment.

    Args:
        row: read together with its rubric.
        rubric: the same, where the caller has read it from JSON already.
    """
    return AssessmentData(
        id=row.id,
        subject=row.subject,
        rubric=rubric_from_json(row.rubric.content) if rubric is None else rubric,
        assessor_id=row.assessor_id,
        points={key: Decimal(value) for key, value in row.points.items()},
        comments=dict(row.comments),
        feedback=row.feedback,
        outcome=str(row.outcome),
        earned=row.earned,
        possible=row.possible,
        revision=row.revision,
        updated_at=row.updated_at,
        released_at=row.released_at,
        beside=dict(row.beside),
        joint=row.joint,
        proposed_at=row.proposed_at,
        release_at=row.release_at,
        released_by_id=row.released_by_id,
        rubric_id=row.rubric_id,
    )


def proposed_values(
    rubric: Rubric, *, points: Mapping[str, Decimal], comments: Mapping[str, str], feedback: str
) -> dict[str, Any]:
    """Return the columns of a proposal: what was judged, and what the rubric makes of it."""
    result = score(rubric, points)
    return {
        "points": {key: str(value.normalize()) for key, value in points.items()},
        "comments": {key: text for key, text in comments.items() if text.strip()},
        "feedback": feedback,
        "earned": result.earned,
        "possible": result.possible,
    }
