"""A row of an assessment, as it is handed out."""

from __future__ import annotations

from decimal import Decimal

from .data import AssessmentData, rubric_from_json
from .models import Assessment


def as_data(row: Assessment) -> AssessmentData:
    """Return the row, whose rubric was read with it."""
    return AssessmentData(
        id=row.id,
        subject=row.subject,
        rubric=rubric_from_json(row.rubric.content),
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
        joint=row.joint,
        proposed_at=row.proposed_at,
        release_at=row.release_at,
        released_by_id=row.released_by_id,
    )
