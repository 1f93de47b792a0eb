"""Rounds of a whole course run for tables and archives: read in parts, and held while they are assessed together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey, UsageKey

from . import rules
from .data import ListedRound, Task
from .models import Assignment, Round, TaskVersion, Work
from .serializers import round_data, task_from_json
from .transitions import locked, publish, record_opened

#: Works, or rounds, that are read at once.
BATCH = 200
#: What of a work is needed; its course run is known.
_OF_WORK = ("id", "owner_id", "assignment_id", "state", "round_count")


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
    reader = _Reader()
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
            part = list(behind.order_by("owner_id").only(*_OF_WORK)[:BATCH])
            if not part:
                break
            last = part[-1].owner_id
            rows = Round.objects.filter(work_id__in=[work.id for work in part])
            if company_ids is not None:
                rows = rows.filter(company_id__in=company_ids)
            found = tuple(each for each in reader.read(rows, part) if each.is_newest or not newest_only)
            if found:
                yield found


def listed_by_id(*, round_ids: Collection[UUID], course_key: CourseKey) -> dict[UUID, ListedRound]:
    """Return rounds of a course run by id; four queries for each 200, others are left out."""
    reader = _Reader()
    found: dict[UUID, ListedRound] = {}
    ids = list(round_ids)
    for start in range(0, len(ids), BATCH):
        rows = Round.objects.filter(id__in=ids[start : start + BATCH])
        works = Work.objects.filter(course_key=course_key, id__in=rows.values("work_id")).only(*_OF_WORK)
        found.update({each.round.id: each for each in reader.read(rows, works)})
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
    record_opened([(works[each.work_id], each.round.number) for each in unseen], actor_id=by_id)
    return found


class _Reader:
    """Makes rounds of what tables hold. It reads each task once: hundreds of rounds answer the same."""

    def __init__(self) -> None:
        self._versions: dict[int, TaskVersion] = {}
        self._tasks: dict[int, Task] = {}
        self._assignments: dict[int, Assignment] = {}

    def read(self, rows: QuerySet[Round], works: Iterable[Work]) -> Iterator[ListedRound]:
        """Yield rounds in the order of their owners; four queries at most, without the rounds of other works."""
        by_id = {work.id: work for work in works}
        here = [row for row in rows if row.work_id in by_id]
        self._learn(here, by_id.values())
        teams = _teams(here)
        for row in sorted(here, key=lambda row: (by_id[row.work_id].owner_id, row.number)):
            work = by_id[row.work_id]
            members = teams[row.team] if row.team is not None else ()
            yield self._listed(row, work, members)

    def _learn(self, rows: Iterable[Round], works: Iterable[Work]) -> None:
        unknown = {row.task_version_id for row in rows} - self._versions.keys()
        if unknown:
            self._versions.update(TaskVersion.objects.in_bulk(unknown))
            self._tasks.update({key: task_from_json(self._versions[key].content) for key in unknown})
        places = {work.assignment_id for work in works} - self._assignments.keys()
        if places:
            self._assignments.update(Assignment.objects.in_bulk(places))

    def _listed(self, row: Round, work: Work, members: tuple[int, ...]) -> ListedRound:
        task, is_newest = self._tasks[row.task_version_id], row.number == work.round_count
        return ListedRound(
            owner_id=work.owner_id,
            work_id=work.id,
            usage_key=self._assignments[work.assignment_id].usage_key,
            title=task.title,
            state=work.state,
            rubric_id=self._versions[row.task_version_id].rubric_id,
            is_newest=is_newest,
            can_be_assessed=is_newest and rules.WorkState(work.state) in rules.LIES_WITH_OTHERS,
            round=round_data(row, task, None, members),
        )


def _teams(rows: Iterable[Round]) -> dict[UUID, tuple[int, ...]]:
    """Return who handed in together, ascending, by team; one query where there are teams."""
    wanted = {row.team for row in rows if row.team is not None}
    if not wanted:
        return {}
    found: dict[UUID, list[int]] = {team: [] for team in wanted}
    for team, owner_id in Round.objects.filter(team__in=wanted).values_list("team", "work__owner_id"):
        if team is not None:
            found[team].append(owner_id)
    return {team: tuple(sorted(owners)) for team, owners in found.items()}
