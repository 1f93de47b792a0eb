"""A firm with two learners and a coach, another firm, a teacher, and the firm's project."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.base import ContentFile
from edx_django_utils.cache import RequestCache

from iciinsmes.companies import api as companies
from iciinsmes.platform import Role
from iciinsmes.projects import api
from iciinsmes.projects.data import EntryData, Kind
from tests.people import SME1, person

CHARTER = {"title": "Kitchens on the promised day", "trigger": "lost_customer"}
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
CONTACT = {"on": "2026-09-20", "customer": "C014", "method": "phone", "words": "I took a day off for you, twice."}


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
    found.firm = companies.create_company(name="Nordlicht", country="de", trade="Joinery", size_class="10-49")
    found.other = companies.create_company(name="Pod Dębem", country="pl")
    for user, firm in ((found.anna, found.firm), (found.jonas, found.firm), (found.peer, found.other)):
        companies.join_company(company_id=firm.id, user_id=user.pk, course_key=SME1)
    companies.assign_coach(company_id=found.firm.id, course_key=SME1, who="coach", actor_id=found.cora.pk)
    RequestCache.clear_all_namespaces()
    return found


@pytest.fixture
def project(people) -> UUID:
    """The id of Nordlicht's project, begun by Anna."""
    return api.open_project(user_id=people.anna.pk, course_key=SME1).id


def enter(project: UUID, user: Any, kind: Kind, content: dict[str, Any] | None = None, **more: Any) -> EntryData:
    """Enter something."""
    return api.add_entry(
        project_id=project, user_id=user.pk, course_key=SME1, kind=kind, content={**(content or {}), **more}
    )


def enter_with_file(project: UUID, user: Any, name: str, content: bytes, **more: Any) -> EntryData:
    """Enter a customer's words with a file."""
    where = {"project_id": project, "user_id": user.pk, "course_key": SME1, "entry_id": uuid4()}
    file = api.keep_file(**where, name=name, size=len(content), content=ContentFile(content))
    return api.add_entry(**where, kind=Kind.CONTACT, content={**CONTACT, "files": [str(file.id)], **more})


def change(project: UUID, user: Any, entry: EntryData, **more: Any) -> EntryData:
    """Change fields of an entry as somebody does who has read this revision."""
    return api.change_entry(
        project_id=project,
        user_id=user.pk,
        course_key=SME1,
        entry_id=entry.id,
        revision=entry.revision,
        content={**entry.content, **more},
    )


@pytest.fixture
def full(people, project):
    """A project with something of everything."""
    enter(project, people.anna, Kind.CHARTER, CHARTER)
    kpi = enter(project, people.anna, Kind.KPI, KPI)
    enter(project, people.jonas, Kind.READING, kpi=str(kpi.id), on="2026-10-01", value="31")
    measure = enter(project, people.anna, Kind.MEASURE, title="Driver notes", person=people.jonas.pk, due="2020-01-01")
    enter(project, people.anna, Kind.SPENT, on="2026-10-01", measure=str(measure.id), hours="1.5")
    enter(project, people.anna, Kind.MILESTONE, title="First kitchen", due="2030-01-01")
    enter(project, people.anna, Kind.RISK, title="Fire", probability="5", impact="5")
    contact = enter(project, people.anna, Kind.CONTACT, CONTACT)
    result = enter(project, people.anna, Kind.RESULT, title="Pareto", on="2026-09-10", source="Exercise")
    enter(project, people.anna, Kind.INSIGHT, text="The day matters.", sources=[str(contact.id), str(result.id)])
    enter(project, people.anna, Kind.IDEA, title="Text message", origin="customer")
    enter(project, people.anna, Kind.TEST, assumption="They wait", customers="3")
    enter(project, people.anna, Kind.DIARY, on="2026-10-02", text="We called five of them today.")
    enter(project, people.anna, Kind.PARTNER, name="Chamber")
    enter(project, people.anna, Kind.SUPPORT, name="Chamber", on="2026-10-02")
    return project
