"""Several entries at once: all of them or none, in their order, and looked at when whoever enters them wants."""

from __future__ import annotations

from uuid import uuid4

import pytest

from iciinsmes.projects import api
from iciinsmes.projects.data import Kind
from iciinsmes.projects.errors import NotAllowedInProject, WrongContent
from iciinsmes.projects.models import Project
from tests.people import SME1
from tests.projects.conftest import CHARTER, CONTACT, KPI


def several(project, user, entries, **more):
    api.add_entries(project_id=project, user_id=user.pk, course_key=SME1, entries=entries, **more)


def test_a_later_one_may_refer_to_an_earlier_one(project, people):
    kpi = uuid4()
    value = {"kpi": str(kpi), "on": "2026-09-20", "value": "44"}
    several(project, people.anna, [(kpi, Kind.KPI, KPI), (uuid4(), Kind.READING, value)])
    assert [entry.kind for entry in api.entries_of(project_id=project)] == [Kind.KPI, Kind.READING]
    assert Project.objects.get(id=project).facts["kpis"][0]["last"] == "44"


def test_one_that_does_not_fit_keeps_all_out(project, people):
    with pytest.raises(WrongContent):
        several(project, people.anna, [(uuid4(), Kind.CONTACT, CONTACT), (uuid4(), Kind.KPI, {"name": "Late"})])
    assert api.entries_of(project_id=project) == ()


def test_only_members_enter(project, people):
    with pytest.raises(NotAllowedInProject):
        several(project, people.coach, [(uuid4(), Kind.CONTACT, CONTACT)])


def test_who_looks_later_finds_the_facts_as_they_were(project, people):
    before = Project.objects.get(id=project)
    several(project, people.anna, [(uuid4(), Kind.CHARTER, CHARTER)], look=False)
    assert Project.objects.get(id=project).title == before.title
    several(project, people.anna, [(uuid4(), Kind.CONTACT, CONTACT)])
    after = Project.objects.get(id=project)
    assert (after.title, after.facts["customers"]) == (CHARTER["title"], 1)
