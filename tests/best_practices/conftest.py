"""A firm whose project is finished, another firm, their staff, and a case on each step of its way."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from edx_django_utils.cache import RequestCache

from iciinsmes.best_practices import api
from iciinsmes.best_practices.data import CaseProposal
from iciinsmes.companies import api as companies
from iciinsmes.platform import Role
from iciinsmes.projects import api as projects
from iciinsmes.projects.api import Phase
from iciinsmes.projects.data import Decider, Gate, GateVerdict, Kind
from tests.people import SME1, person

TITLE = "One call halved our complaints"
ABOUT = "A joinery in Lower Saxony, 14 people"
MONDAY = "Call one customer on the evening before."
CHARTER = {
    "title": "Kitchens on the promised day",
    "trigger": "lost_customer",
    "trigger_words": "An architect went elsewhere.",
    "goal": "Every kitchen on its day.",
    "learned": "Jonas asks before he drives.",
    "routine": "The fitter calls on the evening before.",
}
KPI = {
    "name": "Late deliveries",
    "unit": "%",
    "direction": "down",
    "baseline": "46",
    "baseline_on": "2026-09-01",
    "target": "15",
    "target_on": "2027-03-31",
    "source": "Order book",
}


TEST = {"on": "2026-09-25", "result": "Five of six do.", "decision": "go"}


@pytest.fixture
def people(db) -> SimpleNamespace:
    """Everybody; ``firm`` and ``other`` are the two firms."""
    found = SimpleNamespace(
        anna=person("anna", Role.LEARNER, first_name="Anna", last_name="Lindmoor"),
        jonas=person("jonas", Role.LEARNER, first_name="Jonas", last_name="Ahrwald"),
        peer=person("peer", Role.LEARNER),
        coach=person("coach"),
        teacher=person("tea", Role.TEACHER),
        cora=person("cora", Role.COORDINATOR),
        stranger=person("stranger"),
    )
    found.firm = companies.create_company(name="Nordlicht", country="de", trade="Joiner", size_class="10-49")
    found.other = companies.create_company(name="Pod Dębem", country="pl", trade="Baker")
    for user, firm in ((found.anna, found.firm), (found.jonas, found.firm), (found.peer, found.other)):
        companies.join_company(company_id=firm.id, user_id=user.pk, course_key=SME1)
    companies.assign_coach(company_id=found.firm.id, course_key=SME1, who="coach", actor_id=found.cora.pk)
    RequestCache.clear_all_namespaces()
    return found


def enter(project: UUID, user: Any, kind: Kind, content: dict[str, Any] | None = None, **more: Any) -> Any:
    """Enter something in a project."""
    return projects.add_entry(
        project_id=project, user_id=user.pk, course_key=SME1, kind=kind, content={**(content or {}), **more}
    )


def finish(project: UUID, user: Any, coach: Any, teacher: Any) -> None:
    """Let a project through all of its gates; the coach decides for the owner too."""
    for _gate in Gate:
        asked = projects.ask_for_decision(project_id=project, user_id=user.pk, course_key=SME1)
        for role in asked.open_deciders:
            who = teacher if role is Decider.TEACHER else coach
            projects.decide(request_id=asked.id, user_id=who.pk, course_key=SME1, decider=role, verdict=GateVerdict.GO)


@pytest.fixture
def running(people) -> UUID:
    """The id of Nordlicht's project, which tells a story and goes on."""
    project = projects.open_project(user_id=people.anna.pk, course_key=SME1).id
    enter(project, people.anna, Kind.CHARTER, CHARTER)
    kpi = enter(project, people.anna, Kind.KPI, KPI)
    enter(project, people.anna, Kind.READING, kpi=str(kpi.id), on="2026-10-01", value="16")
    enter(project, people.anna, Kind.CONTACT, on="2026-09-20", customer="C014", method="phone", words="Two days off.")
    enter(project, people.anna, Kind.INSIGHT, text="The day matters more than the price.")
    enter(project, people.anna, Kind.INSIGHT, text="C014 waits at home.")
    enter(project, people.anna, Kind.IDEA, title="Call on the evening before", origin="customer", decision="chosen")
    enter(project, people.anna, Kind.RESULT, title="Complaint Pareto", on="2026-09-10", source="Exercise")
    enter(project, people.anna, Kind.TEST, TEST, assumption="They want a call", customers="6")
    return project


@pytest.fixture
def finished(people, running) -> UUID:
    """The same project behind its last gate."""
    finish(running, people.anna, people.coach, people.cora)
    return running


def chosen(offer: api.CaseOffer, **changes: Any) -> api.Chosen:
    """Return what a firm chooses that takes all lines which name nobody."""
    found = api.Chosen(
        title=TITLE,
        about=ABOUT,
        monday=MONDAY,
        phase=Phase.PROCESS,
        lines=tuple(line.key for line in offer.lines if not line.may_name),
        instruments=("T05",),
    )
    return replace(found, **changes)


def propose(people: SimpleNamespace, project: UUID, *, revision: int = 0, **changes: Any) -> CaseProposal:
    """Let Anna propose the project."""
    given: dict[str, Any] = {"project_id": project, "user_id": people.anna.pk, "course_key": SME1}
    return api.propose(**given, chosen=chosen(api.offer_of(**given), **changes), revision=revision)


def secret_of(proposal: CaseProposal) -> str:
    """Return what stands behind the # of the owner's link."""
    return proposal.link.partition("#")[2]


def agree(proposal: CaseProposal, *, is_named: bool = False) -> CaseProposal:
    """Let the owner agree."""
    return api.agree(
        secret=secret_of(proposal), name="Hinrich Nord", is_named=is_named, revision=proposal.revision, user_id=None
    )


def publish(people: SimpleNamespace, proposal: CaseProposal) -> CaseProposal:
    """Let the teacher publish what the owner has agreed to."""
    return api.publish(case_id=proposal.id, user_id=people.teacher.pk, course_key=SME1, revision=proposal.revision)


@pytest.fixture
def published(people, finished) -> CaseProposal:
    """A case that is in the library, without the firm's name."""
    return publish(people, agree(propose(people, finished)))
