"""The teacher's matrix: the projects of a course run beside each other, each at its gate, with what waits for whom."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies
from iciinsmes.platform import labels
from iciinsmes.waiting import api as waiting

from .data import Kind, Light
from .models import Entry, GateRequest, Project, ProjectRun
from .staff_data import AskedData, MatrixChoices, MatrixFilter, MatrixPage, MatrixRow, Unanswered
from .staff_rows import Calendars, asked_data, open_requests, page_of_runs, worst_of

PAGE_SIZE = 25
#: More trades than that nobody finds anything in.
_TRADES = 200


def matrix(
    *,
    user_id: int,
    course_key: CourseKey,
    narrowed: MatrixFilter | None = None,
    after: str | None = None,
    limit: int = PAGE_SIZE,
) -> MatrixPage:
    """Return a page of the projects of a run that a person of its staff may see, the worst light first.

    The same number of queries for any page of any run. Permissions are the caller's to ask; who teaches only some
    learners gets only their firms.

    Args:
        user_id: who reads: staff of the run.
        course_key: the run.
        narrowed: to what; None for everything.
        after: `MatrixPage.next_after` of the page before.
        limit: projects on a page.
    """
    rows = _narrowed(_seen(user_id, course_key), course_key, narrowed or MatrixFilter())
    page, next_after = page_of_runs(rows, after=after, limit=limit)
    return MatrixPage(rows=_rows(page, user_id, course_key), next_after=next_after)


def matrix_choices(*, course_key: CourseKey) -> MatrixChoices:
    """Return what the matrix of a run can be narrowed to; the same number of queries for any run."""
    coach_ids = companies.run_coach_ids(course_key=course_key)
    names = labels(coach_ids, course_key)
    coaches = sorted(((each, names[each]) for each in coach_ids if each in names), key=lambda each: each[1].casefold())
    return MatrixChoices(coaches=tuple(coaches), trades=companies.trades_of(course_key=course_key, limit=_TRADES))


def _seen(user_id: int, course_key: CourseKey) -> QuerySet[ProjectRun]:
    """Return the projects of the run that this person of its staff may see, unevaluated."""
    rows = ProjectRun.objects.filter(course_key=course_key)
    users = companies.limited_to(user_id=user_id, course_key=course_key)
    if users is None:
        return rows
    return rows.exclude(project__company_id__in=companies.ids_of_others(users=users, course_key=course_key))


def _narrowed(rows: QuerySet[ProjectRun], course_key: CourseKey, to: MatrixFilter) -> QuerySet[ProjectRun]:
    if to.light is not None:
        rows = rows.filter(project__light=to.light.value, project__ended_on=None)
    if to.gate is not None:
        rows = rows.filter(project__gate=to.gate)
    if to.coach_id is not None:
        firms = companies.coached_ids(user_id=to.coach_id, course_key=course_key)
        rows = rows.filter(project__company_id__in=firms)
    if to.trigger is not None:
        charters = Entry.objects.filter(project_id=OuterRef("project_id"), kind=Kind.CHARTER.value, removed_at=None)
        rows = rows.filter(Exists(charters.filter(content__trigger=to.trigger.value)))
    if to.trade:
        rows = rows.filter(project__company__trade=to.trade)
    if to.text:
        rows = rows.filter(Q(project__title__icontains=to.text) | Q(project__company__name__icontains=to.text))
    return rows


def _rows(page: Collection[ProjectRun], user_id: int, course_key: CourseKey) -> tuple[MatrixRow, ...]:
    ids, firms = [row.project_id for row in page], {row.project.company_id for row in page}
    calendars = Calendars([course_key])
    asked = _asked(ids, calendars)
    passed, brought_in = _passed(ids)
    waits = waiting.oldest_of_companies(
        course_key=course_key,
        company_ids=firms,
        limited_to=companies.limited_to(user_id=user_id, course_key=course_key),
    )
    coaches = companies.coaches_by_company(course_key=course_key, company_ids=firms)
    names = labels({each for found in coaches.values() for each in found}, course_key)
    return tuple(
        _row(
            row,
            passed.get(row.project_id, {}),
            brought_in.get(row.project_id, frozenset()),
            asked.get(row.project_id),
            tuple(names.get(each, "") for each in coaches.get(row.project.company_id, ())),
            _unanswered(waits, row.project.company_id, course_key, calendars),
        )
        for row in page
    )


def _row(
    row: ProjectRun,
    passed: Mapping[int, date],
    brought_in: frozenset[int],
    asked: AskedData | None,
    coaches: tuple[str, ...],
    unanswered: Unanswered | None,
) -> MatrixRow:
    project = row.project
    return MatrixRow(
        id=project.id,
        title=project.title,
        company=project.company.name,
        coaches=coaches,
        light=Light(project.light),
        gate=project.gate,
        ended_on=project.ended_on,
        stopped=project.stopped,
        passed=passed,
        brought_in=brought_in,
        finding=worst_of(project),
        asked=asked,
        unanswered=unanswered,
    )


def _unanswered(
    waits: Mapping[int, tuple[int, datetime]], company_id: int, course_key: CourseKey, calendars: Calendars
) -> Unanswered | None:
    if company_id not in waits:
        return None
    count, oldest = waits[company_id]
    days = calendars.since(course_key, oldest)
    return Unanswered(count=count, oldest=oldest, working_days=days, is_late=days > calendars.limit(course_key))


def _asked(project_ids: Collection[UUID], calendars: Calendars) -> dict[UUID, AskedData]:
    """Return the open request of each project that has one; those made in another run wait there."""
    rows = GateRequest.objects.filter(project_id__in=project_ids)
    return {row.project_id: asked_data(row, request, calendars) for row, request in open_requests(rows)}


def _passed(project_ids: Collection[UUID]) -> tuple[dict[UUID, dict[int, date]], dict[UUID, frozenset[int]]]:
    """Return on which day which gate was passed, and which of them were brought in with a file, in one query."""
    rows = list(Project.objects.filter(id__in=project_ids).values_list("id", "facts__passed", "facts__brought_in"))
    days = {
        project: {int(gate): date.fromisoformat(day) for gate, day in (passed or {}).items()}
        for project, passed, _brought_in in rows
    }
    return days, {project: frozenset(brought_in or ()) for project, _passed, brought_in in rows}
