"""What a grader could read of a round when a sheet was made, as a short word that no program takes for a number."""

from __future__ import annotations

import hashlib

from iciinsmes.review.data import AssessmentData, Readable

from .data import Graded


def version_of(readable: Readable, user_id: int) -> str:
    """Return a word that changes with everything that the person may read of a round's assessment."""
    own, released = readable.own, readable.released
    state = f"{user_id}/{own.revision if own else 0}/{released.id if released else ''}"
    return f"v{hashlib.sha256(state.encode()).hexdigest()[:10]}"


def shown(readable: Readable) -> AssessmentData | None:
    """Return what a table shows: the released result, before that the own proposal."""
    return readable.released or readable.own


def graded_of(assessment: AssessmentData | None) -> Graded:
    """Return the same without its sums; nothing for none."""
    if assessment is None:
        return Graded({}, {}, "")
    return Graded(assessment.points, assessment.comments, assessment.feedback)
