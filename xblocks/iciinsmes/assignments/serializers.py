"""Rows of this room as the data that leaves it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Aggregate, JSONField, OuterRef, QuerySet, Subquery

from iciinsmes.evidence.data import item_from_json
from iciinsmes.lib.json_data import from_json, to_json
from iciinsmes.lib.other_languages import as_read, with_words
from iciinsmes.review.data import AssessmentData, rubric_from_json, rubric_to_json

from .data import Audience, DraftData, RoundData, RoundFile, Task, TaskVersionData
from .errors import UnknownAssignment
from .hours_log import log_from_json
from .models import Assignment, Draft, Round

#: The fields of a task and its rubric that hold texts for people.
_TEXTS = frozenset({"title", "purpose", "instructions", "help", "checks", "text"})


def task_to_json(task: Task) -> dict[str, Any]:
    """Write a task as JSON in a stable form; equal tasks give equal JSON.

    What an author left as it was is not written: a new setting must not change the hash of tasks that learners work on.
    """
    return {**to_json(task, without=["rubric"]), "rubric": rubric_to_json(task.rubric)}


def frozen_content(task: Task, others: Mapping[str, Task], *, name: str) -> dict[str, Any]:
    """Write a task as a version keeps it: with its words in other languages, if there are any.

    Args:
        task: what the author wrote.
        others: how it reads in other languages, by code.
        name: the block's, for the log.
    """
    words = {language: task_to_json(each) for language, each in others.items()}
    return with_words(task_to_json(task), words, texts=_TEXTS, name=name)


def task_from_json(content: Mapping[str, Any]) -> Task:
    """Read what `task_to_json` wrote, today or before a setting existed; a frozen one in the active language.

    Raises:
        KeyError: a part is missing.
        TypeError: a part has a type that it cannot have.
        ValueError: a value is none of those that a setting has.
    """
    content = as_read(content)
    return from_json(Task, content, rubric=rubric_from_json(content["rubric"]))


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


class _List(Aggregate):
    """All values as one list, in no order."""

    function = "JSON_ARRAYAGG"
    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """Say it in SQLite's word."""
        return self.as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **more)


def stored_rounds() -> QuerySet[Round]:
    """Return all rounds, each with its task version and who handed in together with it, to be read in one query."""
    return Round.objects.select_related("task_version").annotate(owners_of_team=_owners_of_team())


@cache
def _owners_of_team() -> Subquery:
    """Return a column for a query of rounds; built once, because `annotate` copies it."""
    team = Round.objects.filter(team=OuterRef("team")).order_by().values("team")
    return Subquery(team.annotate(owners=_List("work__owner_id")).values("owners"))


def members_of(row: Round) -> tuple[int, ...]:
    """Return who handed in together, ascending, of a round that `stored_rounds` read; nobody for a single one."""
    return tuple(sorted(vars(row)["owners_of_team"] or ()))


def stored_round(row: Round, released: Mapping[UUID, AssessmentData]) -> RoundData:
    """Return a round that `stored_rounds` read.

    Args:
        row: the round.
        released: assessments by round, its own among them if there is one.
    """
    task = task_from_json(row.task_version.content)
    return round_data(row, task, released.get(row.id), members_of(row))


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
        company_id=row.company_id,
        cancelled_at=row.cancelled_at,
    )
