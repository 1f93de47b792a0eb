"""Rounds of a whole course run for tables and archives: read in parts, and held while they are assessed together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey, UsageKey

from . import rules
from .data import ListedRound, Task, Verb
from .models import Assignment, Round, TaskVersion, Work
from .serializers import members_of, round_data, stored_rounds
from .task_json import task_from_json
from .timeline import record
from .transitions import locked, publish

#: Works, or rounds, that are read at once.
BATCH = 200


def listed_rounds(
    *,
    course_key: CourseKey,
    usage_key: UsageKey | None = None,
    owners: QuerySet[Any] | None = None,
    company_ids: Collection[int] | None = None,
    newest_only: bool = False,
) -> Iterator[tuple[ListedRound, ...]]:
    """Yield the rounds of a course run in parts, by assignment and then by learner; two queries a part.

    Who may read them the caller knows.

    Args:
        course_key: the course run.
        usage_key: only this assignment.
        owners: only the work of these users, unevaluated; None for everybody.
        company_ids: only what was handed in in one of these firms; None for all.
        newest_only: without the rounds before the newest one of a work.
    """
    tasks: dict[int, Task] = {}
    assignments = Assignment.objects.filter(course_key=course_key)
    if usage_key is not None:
        assignments = assignments.filter(usage_key=usage_key)
    for assignment in assignments.order_by("title", "id"):
        works = Work.objects.filter(assignment=assignment, round_count__gt=0)
        if owners is not None:
            works = works.filter(owner__in=owners)
        last: int | None = None
        while True:
            behind = works if last is None else works.filter(owner_id__gt=last)
            part = list(behind.order_by("owner_id")[:BATCH])
            if not part:
                break
            last = part[-1].owner_id
            found = tuple(_listed_of(part, assignment, tasks, company_ids, newest_only=newest_only))
            if found:
                yield found


def listed_by_id(*, round_ids: Collection[UUID], course_key: CourseKey) -> dict[UUID, ListedRound]:
    """Return rounds of a course run by id; one query for each 200, others are left out."""
    tasks: dict[int, Task] = {}
    found: dict[UUID, ListedRound] = {}
    ids = list(round_ids)
    for start in range(0, len(ids), BATCH):
        rows = stored_rounds().select_related("work__assignment")
        for row in rows.filter(id__in=ids[start : start + BATCH], work__course_key=course_key):
            found[row.id] = _listed(row, row.work, row.work.assignment, tasks)
    return found


def most_criteria(*, course_key: CourseKey, usage_key: UsageKey | None = None) -> int:
    """Return how many criteria the longest rubric has by which work of the course run was or is assessed."""
    versions = TaskVersion.objects.filter(assignment__course_key=course_key)
    if usage_key is not None:
        versions = versions.filter(assignment__usage_key=usage_key)
    contents = versions.values_list("content", flat=True).iterator()
    return max((len(task_from_json(content).rubric.criteria) for content in contents), default=0)


def hold_rounds(*, round_ids: Collection[UUID], course_key: CourseKey, by_id: int) -> dict[UUID, ListedRound]:
    """Lock the works of rounds that somebody is about to assess together, and return the rounds as they are then.

    Called in a transaction, before anything else is locked. Nobody releases, takes back or hands in another round until
    it ends. From now on the rounds are seen: their learners cannot take them back.

    Args:
        round_ids: the rounds; those that are gone are left out.
        course_key: their course run.
        by_id: who assesses them.
    """
    work_ids = set(Round.objects.filter(id__in=list(round_ids)).values_list("work_id", flat=True))
    works = {work.id: work for work in locked(work_ids)}
    found = listed_by_id(round_ids=round_ids, course_key=course_key)
    unseen = [each for each in found.values() if each.round.opened_at is None and by_id not in each.people_ids]
    if unseen:
        Round.objects.filter(id__in=[each.round.id for each in unseen]).update(opened_at=timezone.now())
    for each in unseen:
        publish("iciinsmes.work.opened", works[each.work_id], each.usage_key, each.round.id)
        record(works[each.work_id], Verb.OPENED, round_number=each.round.number, actor_id=by_id)
    return found


def _listed_of(
    works: Iterable[Work],
    assignment: Assignment,
    tasks: dict[int, Task],
    company_ids: Collection[int] | None,
    *,
    newest_only: bool,
) -> Iterator[ListedRound]:
    by_id = {work.id: work for work in works}
    rows = stored_rounds().filter(work_id__in=list(by_id))
    if company_ids is not None:
        rows = rows.filter(company_id__in=company_ids)
    for row in sorted(rows, key=lambda row: (by_id[row.work_id].owner_id, row.number)):
        work = by_id[row.work_id]
        if not newest_only or row.number == work.round_count:
            yield _listed(row, work, assignment, tasks)


def _listed(row: Round, work: Work, assignment: Assignment, tasks: dict[int, Task]) -> ListedRound:
    if row.task_version_id not in tasks:
        tasks[row.task_version_id] = task_from_json(row.task_version.content)
    task = tasks[row.task_version_id]
    is_newest = row.number == work.round_count
    return ListedRound(
        owner_id=work.owner_id,
        work_id=work.id,
        usage_key=assignment.usage_key,
        title=task.title,
        state=work.state,
        rubric_id=row.task_version.rubric_id,
        is_newest=is_newest,
        can_be_assessed=is_newest and rules.State(work.state) in rules.LIES_WITH_OTHERS,
        round=round_data(row, task, None, members_of(row)),
    )
