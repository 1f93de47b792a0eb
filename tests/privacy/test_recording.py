"""Who sees or changes what belongs to others is in the trail."""

from __future__ import annotations

import re

import pytest
from django.core.mail import EmailMessage
from django.urls import reverse

from iciinsmes.assignments import api as assignments
from iciinsmes.audit_log import api as audit_log
from iciinsmes.companies import api as companies
from iciinsmes.companies.data import CompanyForm
from iciinsmes.evidence.models import EvidenceFile
from iciinsmes.waiting import api as waiting_room
from iciinsmes_campus.mail.models import OutboxMail
from tests.checks import ROOT
from tests.desk.conftest import PASS, make_task
from tests.people import SME1

from .deeds import W01, hand_in

pytestmark = pytest.mark.django_db

FORM = CompanyForm(name="Werkstatt", country="DE", size_class="2-9")


def told(*verbs: str) -> list[tuple[str, int | None, int | None]]:
    entries = audit_log.page_of(course_key=SME1, limit=500).entries
    return [(entry.verb, entry.actor_id, entry.person_id) for entry in reversed(entries) if entry.verb in verbs]


@pytest.fixture
def round_address(people) -> str:
    version = assignments.freeze_task(usage_key=W01, course_key=SME1, task=make_task())
    hand_in(people["anna"], version)
    (item,) = waiting_room.queue(course_key=SME1).items
    return reverse("iciinsmes:desk-round", args=[SME1, item.subject.id])


def test_opening_a_learners_work(people, as_user, round_address):
    anna, tea = people["anna"], people["tea"]
    as_user(tea).get(round_address)
    as_user(tea).head(round_address)
    assert told("work_opened") == [("work_opened", tea.pk, anna.pk)] * 2
    for entry in audit_log.page_of(course_key=SME1, verb="work_opened").entries:
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
    code = companies.membership_of(user_id=anna, course_key=SME1).code.code
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
    (entry,) = audit_log.page_of(course_key=SME1, verb="firms_imported").entries
    assert entry.detail == {"firms": 1, "joined": 0}


def test_codes_that_let_anybody_into_a_firm(people, as_user):
    anna, bo, cora = (people[name] for name in ("anna", "bo", "cora"))
    firm = companies.register_company(user_id=anna.pk, course_key=SME1, form=FORM)
    own, of_coordinator = reverse("iciinsmes:company", args=[SME1]), reverse("iciinsmes:firm", args=[SME1, firm.id])
    for _time in range(2):
        as_user(anna).get(own)
        as_user(cora).get(of_coordinator)
    as_user(cora).post(reverse("iciinsmes:firm-code", args=[SME1, firm.id]))
    as_user(cora).get(of_coordinator)
    code = companies.membership_of(user_id=anna.pk, course_key=SME1).code.code
    for _time in range(2):
        as_user(bo).post(reverse("iciinsmes:company-join", args=[SME1]), {"code": code})
    assert told("code_made", "code_shown", "code_renewed", "code_used") == [
        ("code_made", anna.pk, None),
        ("code_shown", anna.pk, None),
        ("code_shown", cora.pk, None),
        ("code_renewed", cora.pk, None),
        ("code_shown", cora.pk, None),
        ("code_used", bo.pk, bo.pk),
    ]
    assert not any(code in str(entry) for entry in audit_log.page_of(course_key=SME1).entries)
    page = as_user(cora).get(reverse("iciinsmes:trail", args=[SME1])).content.decode()
    assert "replaced the join code" in page


def test_everybody_whom_an_import_makes_a_member(people):
    anna, bo, cora = (people[name] for name in ("anna", "bo", "cora"))
    lines = f"company;country;username\nNord;DE;{anna.username}\nNord;DE;{bo.username}\n"
    table = companies.begin_import(owner_id=cora.pk, course_key=SME1, content=lines.encode())
    for _time in range(2):
        companies.confirm_import(import_id=table, owner_id=cora.pk, course_key=SME1)
    assert told("firm_joined") == [("firm_joined", cora.pk, anna.pk), ("firm_joined", cora.pk, bo.pk)]


def test_downloading_the_trail(people, as_user):
    anna, cora = people["anna"], people["cora"]
    address = reverse("iciinsmes:trail-csv", args=[SME1])
    as_user(cora).get(address)
    as_user(cora).get(address, {"person": anna.username})
    as_user(people["tea"]).get(address)
    assert told("trail_exported") == [("trail_exported", cora.pk, None), ("trail_exported", cora.pk, anna.pk)]


def test_who_takes_part_and_as_what(people, as_user):
    bo, cora, stranger = (people[name] for name in ("bo", "cora", "stranger"))
    browser = as_user(cora)
    browser.post(reverse("campus:people", args=[SME1]), {"who": stranger.username, "role": "learner"})
    role = reverse("campus:people-role", args=[SME1, bo.pk])
    for _time in range(2):
        browser.post(role, {"role": "teacher"})
    browser.post(reverse("campus:people-remove", args=[SME1, bo.pk]))
    as_user(people["tea"]).post(reverse("campus:people-remove", args=[SME1, cora.pk]))
    assert told("enrolled", "role_changed", "unenrolled") == [
        ("enrolled", cora.pk, stranger.pk),
        ("role_changed", cora.pk, bo.pk),
        ("unenrolled", cora.pk, bo.pk),
    ]
    page = as_user(cora).get(reverse("iciinsmes:trail", args=[SME1]), {"verb": "role_changed"}).content.decode()
    assert "changed the role" in page
    assert "Learner → Teacher" in page
    assert page.count("<time ") == 1


def test_downloading_the_gradebook(people, as_user):
    cora = people["cora"]
    as_user(cora).get(reverse("campus:gradebook-csv", args=[SME1]))
    as_user(people["tea"]).get(reverse("campus:gradebook-csv", args=[SME1]))
    assert told("gradebook_exported") == [("gradebook_exported", cora.pk, None)]


def test_reading_mail_that_is_somebody_elses(people, as_user, settings):
    settings.EMAIL_BACKEND = "iciinsmes_campus.mail.backend.OutboxBackend"
    anna, cora = people["anna"], people["cora"]
    # As the add-on sends it: the header says to which course it belongs.
    EmailMessage("Private words", "Text", None, [anna.email], headers={"X-ICIinSMEs-Course": str(SME1)}).send()
    (mail,) = OutboxMail.objects.all()
    one = reverse("campus:outbox-mail", args=[mail.pk])
    as_user(anna).get(reverse("campus:outbox"))
    as_user(anna).get(one)
    assert told("outbox_read", "mail_read") == []
    as_user(cora).get(reverse("campus:outbox"))
    as_user(cora).get(one)
    as_user(cora).head(one)
    assert told("outbox_read", "mail_read") == [
        ("outbox_read", cora.pk, None),
        ("mail_read", cora.pk, anna.pk),
        ("mail_read", cora.pk, anna.pk),
    ]
    assert "Private words" not in str(audit_log.page_of(course_key=SME1).entries)
    page = as_user(cora).get(reverse("iciinsmes:trail", args=[SME1]), {"person": anna.username}).content.decode()
    assert "read a mail to somebody else" in page
    lines = as_user(cora).get(reverse("iciinsmes:trail-csv", args=[SME1]), {"verb": "mail_read"}).getvalue().decode()
    assert "Annegret Quellbrunn" in lines


def test_words_of_the_campus_verbs_are_offered_as_filters(people, as_user):
    page = as_user(people["cora"]).get(reverse("iciinsmes:trail", args=[SME1])).content.decode()
    recorded = set()
    for path in (ROOT / "xblocks" / "iciinsmes_campus").rglob("*.py"):
        recorded |= set(re.findall(r'(?:verb=|_record\(\s*)"(\w+)"', path.read_text(encoding="utf-8")))
    assert len(recorded) > 5
    assert [verb for verb in recorded if f'value="{verb}"' not in page] == []
