"""Comments and files of the own assessment beside a round, and what was released with earlier ones."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.data import GradingData
from iciinsmes.evidence.web import upload_texts
from iciinsmes.feedback import api as feedback
from iciinsmes.feedback.data import FeedbackData
from iciinsmes.review.api import Marks

from .queue_column import QueuePlace


def said_in(data: GradingData, found: Marks | None) -> dict[UUID, FeedbackData]:
    """Return by round what the grader may see: what was released, and the own words about the round that waits.

    Who decides with what others proposed in view sees what these say, and that goes out with the result.
    """
    said = {row.id: feedback.given(assessment=row.assessment) for row in (data.round, *data.earlier) if row.assessment}
    if found is not None:
        proposed = [each.id for each in found.others if each.proposed_at is not None]
        ids = proposed if found.joint else [found.own.id] if found.own else []
        if ids:
            said[data.round.id] = feedback.draft_of(assessment_ids=ids)
    return said


def feedback_fields(place: QueuePlace, round_id: UUID, found: Marks) -> dict[str, Any]:
    """Return what the page needs to add comments and files to what the person judges alone; nothing later."""
    if found.joint:
        return {}
    files = () if found.own is None else feedback.draft_files(assessment_id=found.own.id)
    return {
        **remark_addresses(place, round_id),
        "files": files_context(place, round_id, [assignments.shown_file(file) for file in files]),
    }


def remark_addresses(place: QueuePlace, round_id: UUID) -> dict[str, str]:
    """Return the address below which comments are kept, and what leads back from there to the place in the queue."""
    path, mark, query = place.part_url("desk-remarks", round_id).partition("?")
    return {"remarks_url": path, "remarks_query": mark + query}


def files_context(place: QueuePlace, round_id: UUID, files: list[assignments.ShownFile]) -> dict[str, Any]:
    """Return what the list of files for the learner needs."""
    return {
        "rows": [(file, place.part_url("desk-file-remove", round_id, file.id)) for file in files],
        "begin_url": place.part_url("desk-file-begin", round_id),
        "rules": feedback.FILE_RULES,
        "upload_texts": upload_texts(feedback.FILE_RULES),
    }
