"""At which gate the projects of some firms stand, for lists of people."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from opaque_keys.edx.keys import CourseKey

from .models import ProjectRun


@dataclass(frozen=True)
class CompanyGates:
    """Which gates a firm's newest project in a run has passed, and before which one it stands; 9 behind the last."""

    gate: int
    passed: frozenset[int]
    has_ended: bool


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
