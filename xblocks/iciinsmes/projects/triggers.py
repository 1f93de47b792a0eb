"""Why the firms of course runs began, counted: by country, trade and phase, for the reports of their staff."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies

from .data import Gate, Kind, Trigger
from .models import Entry, ProjectRun

_AT_ONCE = 500
#: The last gate of each phase: what was heard, what was made of it, and what became of it.
_ACQUIRED, _PROCESSED = Gate.INSIGHT, Gate.CONCEPT


class Phase(StrEnum):
    """What a firm does with the voice of its customers: hears it, works it out, or realises something."""

    ACQUIRE = "acquire"
    PROCESS = "process"
    REALISE = "realise"


@dataclass(frozen=True)
class TriggerGroup:
    """Projects that are counted together; ``trigger`` is None where the firm has not said one."""

    country: str
    trade: str
    phase: Phase
    trigger: Trigger | None


def triggers_of(*, course_keys: Collection[CourseKey], user_id: int) -> Mapping[TriggerGroup, int]:
    """Return how many projects of these runs began for which reason; one that is in several runs counts once.

    Two queries a run and two for each 500 projects. Permissions are the caller's to ask; who teaches only some
    learners gets only their firms.

    Args:
        course_keys: runs of which the person is staff.
        user_id: who reads.
    """
    found: dict[UUID, TriggerGroup] = {}
    for course_key in course_keys:
        columns = ("project_id", "project__company__country", "project__company__trade", "project__gate")
        rows = list(_seen(user_id, course_key).order_by().values_list(*columns))
        known = _known([row[0] for row in rows])
        for project_id, country, trade, gate in rows:
            found[project_id] = TriggerGroup(country, trade.strip(), phase_of(gate), known.get(project_id))
    return Counter(found.values())


def phase_of(gate: int) -> Phase:
    """Return what the firm does before this gate, 0 to 9: it hears, works out, or realises."""
    if gate <= _ACQUIRED:
        return Phase.ACQUIRE
    return Phase.PROCESS if gate <= _PROCESSED else Phase.REALISE


def _seen(user_id: int, course_key: CourseKey) -> QuerySet[ProjectRun]:
    rows = ProjectRun.objects.filter(course_key=course_key)
    users = companies.limited_to(user_id=user_id, course_key=course_key)
    if users is None:
        return rows
    return rows.exclude(project__company_id__in=companies.ids_of_others(users=users, course_key=course_key))


def _known(project_ids: Collection[UUID]) -> dict[UUID, Trigger]:
    found: dict[UUID, Trigger] = {}
    ids = list(project_ids)
    for begin in range(0, len(ids), _AT_ONCE):
        charters = Entry.objects.filter(
            project_id__in=ids[begin : begin + _AT_ONCE], kind=Kind.CHARTER.value, removed_at=None
        )
        rows: Any = charters.values_list("project_id", "content__trigger")
        found |= {project_id: Trigger(trigger) for project_id, trigger in rows if trigger in list(Trigger)}
    return found
