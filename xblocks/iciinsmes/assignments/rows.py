"""Rows of this room as the data that leaves it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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


def members_of(rows: Iterable[Round]) -> dict[UUID, tuple[int, ...]]:
    """Return who handed in together, by team, ascending: one query, and none if nobody did."""
    teams = {row.team for row in rows if row.team is not None}
    found: dict[UUID, tuple[int, ...]] = {}
    if teams:
        pairs = Round.objects.filter(team__in=teams).order_by("work__owner_id").values_list("team", "work__owner_id")
        for team, owner_id in pairs:
            if team is not None:
                found[team] = (*found.get(team, ()), owner_id)
    return found


def stored_round(
    row: Round, released: Mapping[UUID, AssessmentData], members: Mapping[UUID, tuple[int, ...]]
) -> RoundData:
    """Return a round that was read together with its task version.

    Args:
        row: the round.
        released: assessments by round, its own among them if there is one.
        members: what `members_of` returned for it.
    """
    task = task_from_json(row.task_version.content)
    return round_data(row, task, released.get(row.id), members.get(row.team, ()) if row.team else ())


def round_data(
    row: Round, task: Task, assessment: AssessmentData | None, member_ids: tuple[int, ...] = ()
) -> RoundData:
    """Return a round with the task it answers, its released assessment, and who handed in together, if any."""
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
        handed_in_by_id=row.handed_in_by_id,
        team=row.team,
        member_ids=member_ids,
    )
