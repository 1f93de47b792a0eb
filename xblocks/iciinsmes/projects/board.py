"""A coach's board: the own firms' projects, and what a coach looks at before the next talk."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, F, OuterRef, Q, Subquery, Window
from django.db.models.functions import Cast, RowNumber
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies
from iciinsmes.platform import host

from .content import day_of
from .data import Decider, EntryData, Kind, Light, OverrideData, TalkData
from .days import today
from .models import CoachTalk, Entry, GateRequest, LightOverride, Project, ProjectRun
from .serializers import entry_data, override_data, talk_data
from .staff_data import AgreedData, AskedData, BoardPage, BoardProject, CoachedFirm, CoachedFirms, StepData
from .staff_rows import (
    Calendars,
    asked_data,
    of_json,
    open_requests,
    page_of_runs,
    since_of,
    worst_of,
)

PAGE_SIZE = 20
#: So many requests are shown before the projects; nobody decides more in one sitting.
_ASKED = 50
_STEPS = 2
_NEWEST = 3
_COMPLETE = 100
#: What is no news to a coach: the report is read as a whole.
_NO_NEWS = (Kind.REPORT.value,)

#: Id of a firm and key of a course run, as text, to the firm's name: to parse hundreds of keys takes very long.
_Firms = Mapping[tuple[int, str], str]


def board(
    *, user_id: int, course_key: CourseKey | None = None, after: str | None = None, limit: int = PAGE_SIZE
) -> BoardPage:
    """Return a page of the projects of the firms that a person coaches, the worst light first.

    At most 16 queries for any number of projects. A project of two runs is shown once, in the later one.

    Args:
        user_id: the coach; who coaches nobody gets an empty board.
        course_key: only firms coached in this run; None for all runs.
        after: `BoardPage.next_after` of the page before; None for the first, which tells what waits as well.
        limit: projects on a page.
    """
    firms = _firms(user_id, course_key)
    runs = _runs(firms)
    rows, next_after = page_of_runs(ProjectRun.objects.filter(id__in=runs.values()), after=after, limit=limit)
    asked = () if after else _asked(runs, firms)
    return BoardPage(projects=_projects(rows, firms), asked=asked, total=len(runs), next_after=next_after)


def coached_firms(*, user_id: int, limit: int = PAGE_SIZE) -> CoachedFirms | None:
    """Return the projects of the firms that a person coaches in any run, in short.

    None, after one query, for who coaches nobody; at most 7 queries for any number of projects.

    Args:
        user_id: the coach.
        limit: projects that are returned.
    """
    firms = _firms(user_id)
    if not firms:
        return None
    runs = _runs(firms)
    rows, _next_after = page_of_runs(ProjectRun.objects.filter(id__in=runs.values()), after=None, limit=limit)
    talks = _last_talks([row.project_id for row in rows])
    # The oldest comes first and stays.
    asked = {each.project_id: each for each in reversed(_asked(runs, firms))}
    return CoachedFirms(tuple(_in_short(row, firms, asked, talks) for row in rows), len(runs))


def _in_short(
    row: ProjectRun, firms: _Firms, asked: Mapping[UUID, AskedData], talks: Mapping[UUID, TalkData]
) -> CoachedFirm:
    talk = talks.get(row.project_id)
    return CoachedFirm(
        id=row.project_id,
        course_key=row.course_key,
        title=row.project.title,
        company=firms[row.project.company_id, str(row.course_key)],
        light=Light(row.project.light),
        gate=row.project.gate,
        ended_on=row.project.ended_on,
        stopped=row.project.stopped,
        asked=asked.get(row.project_id),
        talked_on=talk.held_on if talk else None,
        next_on=talk.next_on if talk else None,
    )


def _firms(user_id: int, course_key: CourseKey | None = None) -> _Firms:
    coached = companies.coached_companies(user_id=user_id, course_key=course_key)
    return {(each.company.id, each.course_key): each.company.name for each in coached}


def _runs(firms: _Firms) -> dict[UUID, int]:
    """Return the id of the latest run of each project of these firms, in one query."""
    if not firms:
        return {}
    keys = {key for _company, key in firms}
    found = ProjectRun.objects.filter(course_key__in=keys, project__company_id__in={company for company, _key in firms})
    ordered = found.annotate(key=Cast("course_key", CharField())).order_by("begins_on", "id")
    rows = ordered.values_list("id", "project_id", "project__company_id", "key")
    return {project: run for run, project, company, key in rows if (company, key) in firms}


def _asked(runs: Mapping[UUID, int], firms: _Firms) -> tuple[AskedData, ...]:
    """Return the open requests that wait for the coach, the oldest first."""
    keys = {key for _company, key in firms}
    rows = GateRequest.objects.filter(project_id__in=runs, course_key__in=keys)
    waiting = [each for each in open_requests(rows) if Decider.COACH in each[1].open_deciders][:_ASKED]
    calendars = Calendars({request.course_key for _row, request in waiting})
    return tuple(asked_data(row, request, calendars) for row, request in waiting)


def _projects(rows: Sequence[ProjectRun], firms: _Firms) -> tuple[BoardProject, ...]:
    ids = [row.project_id for row in rows]
    plans = _plans(ids)
    talks = _last_talks(ids)
    since = {
        row.project_id: since_of(talk.held_on, talk.written_at) if talk else row.project.created_at
        for row in rows
        for talk in (talks.get(row.project_id),)
    }
    counts, newest = _changes(since)
    steps = {project: _next_steps(plan) for project, plan in plans.items()}
    details = _details([each["id"] for plan in plans.values() for each in _shown(plan)])
    overrides = _overrides(ids)
    return tuple(
        BoardProject(
            id=row.project_id,
            course_key=row.course_key,
            title=row.project.title,
            company=firms[row.project.company_id, str(row.course_key)],
            light=Light(row.project.light),
            gate=row.project.gate,
            ended_on=row.project.ended_on,
            stopped=row.project.stopped,
            finding=worst_of(row.project),
            override=overrides.get(row.project_id),
            last_talk=talks.get(row.project_id),
            since=since[row.project_id],
            changes=counts.get(row.project_id, {}),
            newest=tuple(newest.get(row.project_id, ())),
            steps=tuple(_step(each, details) for each in steps[row.project_id]),
            blocked=tuple(_step(each, details) for each in _blocked(plans[row.project_id])),
            agreed=agreed_of(talks.get(row.project_id), plans[row.project_id]["measures"]),
            pause=_pause(plans[row.project_id]),
        )
        for row in rows
    )


def agreed_of(talk: TalkData | None, measures: Sequence[Mapping[str, Any]]) -> tuple[AgreedData, ...]:
    """Return what was agreed in a talk, with how far its measures are; one that is gone has no percentage.

    Args:
        talk: the talk, None for none yet.
        measures: of the project, as its kept facts have them.
    """
    done = {each["id"]: each["done"] for each in measures}
    return tuple(
        AgreedData(number, each.text, each.measure, done.get(str(each.measure)))
        for number, each in enumerate(talk.agreements if talk else ())
    )


def measures_of(project_id: UUID) -> list[Mapping[str, Any]]:
    """Return the measures of a project as its kept facts have them, in one query."""
    return _plans([project_id]).get(project_id, {"measures": []})["measures"]


def _plans(project_ids: Collection[UUID]) -> dict[UUID, dict[str, list[Mapping[str, Any]]]]:
    """Return measures and pauses of projects as their facts have them; the rest of the facts stays in the database."""
    rows = Project.objects.filter(id__in=project_ids).values_list("id", "facts__measures", "facts__pauses")
    return {project: {"measures": of_json(plan), "pauses": of_json(pauses)} for project, plan, pauses in rows}


def _last_talks(project_ids: Collection[UUID]) -> dict[UUID, TalkData]:
    """Return the last talk about each project, without its notes; one query."""
    last = CoachTalk.objects.filter(project_id=OuterRef("project_id")).order_by("-held_on", "-written_at")
    rows = CoachTalk.objects.filter(project_id__in=project_ids, id=Subquery(last.values("id")[:1])).defer("notes")
    found = {}
    for row in rows:
        row.notes = ""
        found[row.project_id] = talk_data(row)
    return found


def _changes(since: Mapping[UUID, datetime]) -> tuple[dict[UUID, dict[Kind, int]], dict[UUID, list[EntryData]]]:
    """Return how many entries of each kind are new or other since a moment, and the newest of them; two queries."""
    if not since:
        return {}, {}
    news = Q()
    for project, moment in since.items():
        news |= Q(project_id=project, changed_at__gt=moment)
    rows = Entry.objects.filter(news, removed_at=None).exclude(kind__in=_NO_NEWS)
    counts: dict[UUID, dict[Kind, int]] = {}
    for project, kind, count in rows.values_list("project_id", "kind").annotate(count=Count("id")).order_by("kind"):
        counts.setdefault(project, {})[Kind(kind)] = count
    ranked = rows.annotate(
        place=Window(RowNumber(), partition_by=F("project_id"), order_by=[F("changed_at").desc(), F("id").asc()])
    )
    newest: dict[UUID, list[EntryData]] = {}
    for row in ranked.filter(place__lte=_NEWEST).order_by("project_id", "place"):
        newest.setdefault(row.project_id, []).append(entry_data(row))
    return counts, newest


def _overrides(project_ids: Collection[UUID]) -> dict[UUID, OverrideData]:
    rows = LightOverride.objects.filter(project_id__in=project_ids, ended_at=None, until__gte=today()).order_by("id")
    return {row.project_id: override_data(row) for row in rows}


def _open(plan: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[Mapping[str, Any]]:
    """Return the measures that are not done, the earliest day first and those without one last."""
    unfinished = [each for each in plan["measures"] if each["done"] < _COMPLETE]
    return sorted(unfinished, key=lambda each: (each["due"] is None, each["due"] or ""))


def _next_steps(plan: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[Mapping[str, Any]]:
    return [each for each in _open(plan) if not each["blocked"]][:_STEPS]


def _blocked(plan: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[Mapping[str, Any]]:
    return [each for each in _open(plan) if each["blocked"]]


def _shown(plan: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[Mapping[str, Any]]:
    return [*_next_steps(plan), *_blocked(plan)]


def _details(entry_ids: Collection[str]) -> dict[str, tuple[str, str]]:
    """Return who does a measure, by name or role, and what it is blocked by; two queries."""
    rows = list(Entry.objects.filter(id__in=entry_ids).values_list("id", "content"))
    people = {content["person"] for _id, content in rows if content.get("person")}
    names = host().names(people) if people else {}
    return {
        str(key): (names.get(content.get("person") or 0, content.get("role", "")), content.get("blocked", ""))
        for key, content in rows
    }


def _step(measure: Mapping[str, Any], details: Mapping[str, tuple[str, str]]) -> StepData:
    who, blocked = details.get(measure["id"], ("", ""))
    due = day_of(measure, "due")
    return StepData(
        id=UUID(measure["id"]),
        title=measure["title"],
        who=who,
        due=due,
        blocked=blocked,
        is_overdue=due is not None and due < today(),
    )


def _pause(plan: Mapping[str, Sequence[Mapping[str, Any]]]) -> tuple[date, date] | None:
    """Return the pause that runs or comes next."""
    pauses = sorted((date.fromisoformat(each["first"]), date.fromisoformat(each["last"])) for each in plan["pauses"])
    return next((pause for pause in pauses if pause[1] >= today()), None)
