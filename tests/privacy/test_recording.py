"""Who sees or changes what belongs to others is in the trail."""

from __future__ import annotations

import pytest
from django.urls import reverse

from iciinsmes.assignments import api as assignments
from iciinsmes.companies import api as companies
from iciinsmes.companies.data import CompanyForm
from iciinsmes.evidence.models import EvidenceFile
from iciinsmes.trail import api as trail
from tests.desk.conftest import PASS, make_task
from tests.people import SME1

from .everything import W01, hand_in

pytestmark = pytest.mark.django_db

FORM = CompanyForm(name="Werkstatt", country="DE", size_class="2-9")


def told(*verbs: str) -> list[tuple[str, int | None, int | None]]:
    entries = trail.page_of(course_key=SME1, limit=500).entries
    return [(entry.verb, entry.actor_id, entry.person_id) for entry in reversed(entries) if entry.verb in verbs]


@pytest.fixture
def round_address(people) -> str:
    version = assignments.freeze_task(usage_key=W01, course_key=SME1, task=make_task())
    hand_in(people["anna"], version)
    (item,) = assignments.queue(course_key=SME1).items
    return reverse("iciinsmes:desk-round", args=[SME1, item.round_id])


def test_opening_a_learners_work(people, as_user, round_address):
    anna, tea = people["anna"], people["tea"]
    as_user(tea).get(round_address)
    as_user(tea).head(round_address)
    assert told("work_opened") == [("work_opened", tea.pk, anna.pk)] * 2
    for entry in trail.page_of(course_key=SME1, verb="work_opened").entries:
        assert entry.detail == {"title": make_task().title, "round": 1}


def test_releasing_a_result(people, as_user, round_address):
    anna, tea = people["anna"], people["tea"]
    as_user(tea).post(round_address, {**PASS, "feedback": "Well done.", "decision": "passed"})
    assert told("work.passed") == [("work.passed", tea.pk, anna.pk)]


def test_opening_somebody_elses_file(people, as_user, round_address):
    row = EvidenceFile.objects.get()
    address = reverse("iciinsmes:evidence-file", args=[row.pk, row.name])
    as_user(people["anna"]).get(address)
    assert told("file_opened") == []
    as_user(people["tea"]).get(address)
    as_user(people["bo"]).get(address)
    assert told("file_opened") == [("file_opened", people["tea"].pk, people["anna"].pk)]


def test_coming_to_a_firm_and_leaving_it(people):
    anna, bo = people["anna"].pk, people["bo"].pk
    companies.register_company(user_id=anna, course_key=SME1, form=FORM)
    code = companies.firm_of(user_id=anna, course_key=SME1).code.code
    companies.join_with_code(user_id=bo, course_key=SME1, code=code)
    companies.leave_company(user_id=bo, course_key=SME1)
    companies.leave_company(user_id=bo, course_key=SME1)
    assert told("firm_registered", "firm_joined", "firm_left") == [
        ("firm_registered", anna, anna),
        ("firm_joined", anna, anna),
        ("firm_joined", bo, bo),
        ("firm_left", bo, bo),
    ]


def test_what_a_coordinator_does_with_firms(people):
    anna, bo, tea, cora = (people[name].pk for name in ("anna", "bo", "tea", "cora"))
    one = companies.register_company(user_id=anna, course_key=SME1, form=FORM)
    two = companies.register_company(user_id=bo, course_key=SME1, form=FORM)
    who = people["tea"].username
    companies.edit_company(company_id=one.id, course_key=SME1, form=FORM, actor_id=cora)
    for _time in range(2):
        companies.assign_coach(company_id=one.id, course_key=SME1, who=who, actor_id=cora)
    for _time in range(2):
        companies.remove_coach(company_id=one.id, course_key=SME1, user_id=tea, actor_id=cora)
    companies.merge(gone_id=two.id, kept_id=one.id, course_key=SME1, actor_id=cora)
    table = companies.begin_import(owner_id=cora, course_key=SME1, content=b"company;country\nNord;DE\n")
    for _time in range(2):
        companies.confirm_import(import_id=table, owner_id=cora, course_key=SME1)
    done = told("firm_edited", "coach_assigned", "coach_removed", "firm_merged", "firms_imported")
    assert done == [
        ("firm_edited", cora, None),
        ("coach_assigned", cora, tea),
        ("coach_removed", cora, tea),
        ("firm_merged", cora, None),
        ("firms_imported", cora, None),
    ]
    (entry,) = trail.page_of(course_key=SME1, verb="firms_imported").entries
    assert entry.detail == {"firms": 1, "joined": 0}
