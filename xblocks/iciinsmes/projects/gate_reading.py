"""Gates of a project as they stand: requests with their decisions, and what must be there."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from django.db.models import F
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies
from iciinsmes.companies.data import CompanyData
from iciinsmes.lib.json_data import from_json
from iciinsmes.self_check import api as self_check

from .course_rules import thresholds_of
from .data import Gate, GateRequestData, Kind
from .days import today
from .errors import UnknownProject
from .facts import ByKind, by_kind, checked_of
from .models import Entry, GateDecision, GateRequest, Project
from .permissions import reader_of
from .rule_data import Checked, CheckItem, Facts
from .rules import gates as rules
from .rules.thresholds import Thresholds
from .serializers import entry_data, request_data
from .snapshots import fingerprint_of

#: Fields of a decision.
_SAID = ("id", "decider", "verdict", "reason", "name", "decided_by_id", "decided_at")


def requests_of(*, project_id: UUID) -> tuple[GateRequestData, ...]:
    """Return all requests of the project with their decisions, the newest first, in two queries."""
    return requests_among(project_id=project_id, entries=entries_now(project_id))


def requests_among(*, project_id: UUID, entries: ByKind) -> tuple[GateRequestData, ...]:
    """Return what `requests_of` does in one query, for who has read the entries already."""
    # Two decide at most, so that a row for each decision is cheaper than a query of its own.
    beside = {f"said_{name}": F(f"decisions__{name}") for name in _SAID}
    found = GateRequest.objects.filter(project_id=project_id).annotate(**beside).order_by("-asked_at", "-id")
    rows, said = {}, defaultdict(list)
    for row in found:
        rows[row.pk] = row
        decision = GateDecision(**{name: getattr(row, f"said_{name}") for name in _SAID})
        if decision.pk is not None:
            said[row.pk].append(decision)
    return tuple(request_data(row, fingerprint_of(Gate(row.gate), entries), said[row.pk]) for row in rows.values())


def ask_problems_of(facts: Facts, thresholds: Thresholds) -> tuple[rules.GateProblem, ...]:
    """Return why no decision may be asked for at the gate before which the project stands; empty when it may."""
    return rules.ask_problems(Gate(facts.gate), facts, today(), thresholds) if facts.gate is not None else ()


def project_of_request(*, request_id: UUID, user_id: int, course_key: CourseKey) -> UUID:
    """Return the project that a request is about.

    Raises:
        UnknownProject: there is no such request for this person in this run.
    """
    asked = GateRequest.objects.filter(id=request_id, course_key=course_key).select_related("project").first()
    if asked is None or not reader_of(asked.project, user_id, course_key).may_read:
        raise UnknownProject
    return asked.project_id


def checklist_of(*, project_id: UUID, course_key: CourseKey, gate: Gate) -> tuple[CheckItem, ...]:
    """Return what must be there for a gate, and what is there.

    Raises:
        UnknownProject: there is none.
    """
    row = Project.objects.filter(id=project_id).first()
    if row is None:
        raise UnknownProject
    return checklist_now(row, gate, entries_now(project_id), course_key)


def checklist_now(row: Project, gate: Gate, entries: ByKind, course_key: CourseKey) -> tuple[CheckItem, ...]:
    """Return what must be there for a gate of a project whose entries were read."""
    company = _company(row.company_id)
    checked: Checked = checked_of(
        entries,
        trade=company is not None and bool(company.trade and company.size_class),
        coach=bool(companies.coach_ids(company_id=row.company_id, course_key=course_key)),
        report=row.entries.filter(kind=Kind.REPORT.value, removed_at=None).exists(),
        self_check=self_check.sent_for(company_id=row.company_id).exists(),
    )
    thresholds = thresholds_of(course_key=course_key)
    return rules.checklist(gate, from_json(Facts, row.facts), checked, today(), thresholds)


def _company(company_id: int) -> CompanyData | None:
    return companies.companies_by_id(company_ids=[company_id]).get(company_id)


def entries_now(project_id: UUID) -> ByKind:
    """Return the entries of a project that are not removed, in one query."""
    rows = Entry.objects.filter(project_id=project_id, removed_at=None).order_by("created_at", "id")
    return by_kind(entry_data(row) for row in rows)


def request_now(asked: GateRequest) -> GateRequestData:
    """Return a request with the decisions that there are by now."""
    row = GateRequest.objects.prefetch_related("decisions").get(pk=asked.pk)
    return request_data(row, row.fingerprint)
