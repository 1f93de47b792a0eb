"""At which gate the projects of some firms stand, for lists of people."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from opaque_keys.edx.keys import CourseKey

from .data import Gate, Kind
from .models import Entry, ProjectRun

#: Where a stop with a reason is a result: the choice was made, or the test has spoken.
_STOPS = frozenset({Gate.CHOICE, Gate.TEST})
_OWN_WORK = "own_work"


@dataclass(frozen=True)
class CompanyGates:
    """Which gates a firm's newest project in a run has passed, and before which one it stands; 9 behind the last."""

    gate: int
    passed: frozenset[int]
    has_ended: bool


@dataclass(frozen=True)
class CompanyReached:
    """What all projects of a firm in a run have come to; gates that came in a file were not passed here.

    ``stopped`` tells that one was stopped with a reason where that is a result; ``talked`` that the newest exam talk
    about one has found it the learners' own work; None without a talk.
    """

    passed: frozenset[int]
    stopped: bool
    talked: bool | None


def reached_by_companies(*, course_key: CourseKey, company_ids: Collection[int]) -> dict[int, CompanyReached]:
    """Return it for each of these firms that has a project in the run, in two queries.

    Args:
        course_key: the run.
        company_ids: the firms.
    """
    columns = (
        "project_id",
        "project__company_id",
        "project__gate",
        "project__facts__passed",
        "project__facts__brought_in",
        "project__ended_on",
        "project__stopped",
    )
    rows = ProjectRun.objects.filter(course_key=course_key, project__company_id__in=company_ids)
    projects = list(rows.order_by("project__number").values_list(*columns))
    firms = {project_id: company_id for project_id, company_id, *_rest in projects}
    talks = Entry.objects.filter(project_id__in=list(firms), kind=Kind.EXAM.value, removed_at=None)
    talked: dict[int, tuple[str, bool]] = {}
    for project_id, content in talks.order_by("created_at", "id").values_list("project_id", "content"):
        day = str(content.get("on", ""))
        if day >= talked.get(firms[project_id], ("", False))[0]:
            talked[firms[project_id]] = (day, content.get("result") == _OWN_WORK)
    found: dict[int, CompanyReached] = {}
    for _id, company_id, gate, passed, brought_in, ended_on, stopped in projects:
        before = found.get(company_id)
        gates = frozenset(int(each) for each in passed or ()) - frozenset(int(each) for each in brought_in or ())
        found[company_id] = CompanyReached(
            passed=gates | (before.passed if before else frozenset()),
            stopped=(ended_on is not None and stopped and gate in _STOPS) or (before is not None and before.stopped),
            talked=talked[company_id][1] if company_id in talked else None,
        )
    return found


def gates_of_companies(*, course_key: CourseKey, company_ids: Collection[int] | None = None) -> dict[int, CompanyGates]:
    """Return it for each of these firms that has a project in the run, in one query.

    Args:
        course_key: the run.
        company_ids: the firms; None for all of the run.
    """
    rows = ProjectRun.objects.filter(course_key=course_key)
    if company_ids is not None:
        rows = rows.filter(project__company_id__in=company_ids)
    columns = ("project__company_id", "project__gate", "project__facts__passed", "project__ended_on")
    return {
        company_id: CompanyGates(gate, frozenset(int(each) for each in passed or ()), ended_on is not None)
        for company_id, gate, passed, ended_on in rows.order_by("project__number").values_list(*columns)
    }
