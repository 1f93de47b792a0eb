"""Rows of this room as the data that leaves it."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from iciinsmes.evidence.data import item_from_json
from iciinsmes.review.data import AssessmentData

from .data import Audience, DraftData, RoundData, RoundFile, Task, TaskVersionData
from .errors import UnknownAssignment
from .hours_log import log_from_json
from .models import Assignment, Draft, Round
from .task_json import task_from_json


def version_data(assignment: Assignment) -> TaskVersionData:
    """Return the current version of an assignment.

    Raises:
        UnknownAssignment: no version was frozen yet.
    """
    if assignment.current is None:
        raise UnknownAssignment(str(assignment.usage_key))
    return TaskVersionData(
        id=assignment.current.id,
        assignment_id=assignment.id,
        usage_key=assignment.usage_key,
        course_key=assignment.course_key,
        task=task_from_json(assignment.current.content),
        rubric_id=assignment.current.rubric_id,
    )


def draft_data(draft: Draft | None) -> DraftData:
    """Return the draft, or what stands for one before the first save."""
    if draft is None:
        return DraftData(answers={}, hours=None, revision=0, saved_at=None)
    return DraftData(
        answers=dict(draft.answers),
        hours=draft.hours,
        revision=draft.revision,
        saved_at=draft.saved_at,
        log=log_from_json(draft.log, draft.hours),
        audience=Audience(draft.audience),
        own_work=draft.own_work,
    )


def is_late(row: Round) -> bool:
    """Tell whether a round that was read together with its task version came in after the deadline."""
    deadline = task_from_json(row.task_version.content).late.deadline(row.due_at)
    return deadline is not None and row.handed_in_at > deadline


def stored_round(row: Round, released: Mapping[UUID, AssessmentData]) -> RoundData:
    """Return a round that was read together with its task version, and its assessment among the ``released`` ones."""
    return round_data(row, task_from_json(row.task_version.content), released.get(row.id))


def round_data(row: Round, task: Task, assessment: AssessmentData | None) -> RoundData:
    """Return a round with the task it answers and its released assessment, if any."""
    return RoundData(
        id=row.id,
        number=row.number,
        task=task,
        answers=dict(row.answers),
        files=tuple(
            RoundFile(
                id=UUID(file["id"]),
                name=file["name"],
                description=file["description"],
                size=file["size"],
                content_type=file["content_type"],
                question=file.get("question", ""),
            )
            for file in row.evidence
        ),
        hours=row.hours,
        handed_in_at=row.handed_in_at,
        due_at=row.due_at,
        assessment=assessment,
        late_percent=row.late_percent,
        opened_at=row.opened_at,
        items=tuple(item_from_json(item) for item in row.items),
        log=log_from_json(row.log, row.hours),
        audience=Audience(row.audience),
        own_work=row.own_work,
    )
