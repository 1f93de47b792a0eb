"""What of an assignment is a subject: the work, to which evidence belongs, and the round that waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from iciinsmes.assignments import api
from iciinsmes.assignments.data import WORK
from iciinsmes.assignments.models import Work
from iciinsmes.assignments.notifications import remind_due_soon
from iciinsmes.companies import api as companies
from iciinsmes.evidence import api as evidence
from iciinsmes.notices.models import Notice
from iciinsmes.platform import host
from iciinsmes.waiting import api as waiting_room
from iciinsmes.waiting.models import WaitingItem

from .conftest import BLOCK, COURSE, attach, hand_in, person, work

pytestmark = pytest.mark.django_db


def test_the_first_piece_of_evidence_makes_the_work(learner, version):
    assert api.draft_of(user_id=learner.id, usage_key=BLOCK).editable
    assert not Work.objects.exists()
    begun = api.draft_subject(user_id=learner.id, version=version)
    assert api.draft_subject(user_id=learner.id, version=version) == begun
    assert (begun.kind, begun.course_key, begun.company_id) == (WORK, COURSE, None)
    found = api.draft_of(user_id=learner.id, usage_key=BLOCK)
    assert (found.subject, found.editable) == (begun.id, True)
    api.clear_work(user_id=learner.id, usage_key=BLOCK)
    anew = api.draft_subject(user_id=learner.id, version=version, found=found)
    assert Work.objects.get().subject == anew.id != begun.id


def test_evidence_stays_with_the_work_from_round_to_round(learner, version):
    file = attach(learner)
    row = hand_in(learner, version)
    found = api.draft_of(user_id=learner.id, usage_key=BLOCK)
    assert not found.editable
    assert [kept.id for kept in evidence.files_of(subject=found.subject)] == [file.id]
    api.withdraw(user_id=learner.id, usage_key=BLOCK, round_id=row.id)
    assert api.draft_of(user_id=learner.id, usage_key=BLOCK) == replace(found, editable=True)
    assert [kept.id for kept in work(learner).files] == [file.id]


def test_nobody_is_reminded_of_files_without_words(learner, version, monkeypatch):
    attach(learner)
    monkeypatch.setattr(type(host()), "due_date", lambda *_: timezone.now() + timedelta(days=1))
    remind_due_soon()
    assert not Notice.objects.exists()


def test_a_colleague_waits_in_the_place_of_who_goes_another_way(task, teacher):
    version = api.freeze_task(usage_key=BLOCK, course_key=COURSE, task=replace(task, team=True))
    firm = companies.create_company(name="Nord", country="de")
    anna, bo, cy = (person(name, "learner") for name in ("anna", "bo", "cy"))
    for user in (anna, bo, cy):
        companies.join_company(company_id=firm.id, user_id=user.id, course_key=COURSE)
    attach(anna)
    row = hand_in(anna, version, bo, cy)
    before = WaitingItem.objects.get()
    assert (before.subject, before.owner_id, before.with_ids) == (row.id, anna.id, sorted([bo.id, cy.id]))
    api.reopen(round_id=row.id, by_id=teacher.id, reason="Alone, please.")
    after = WaitingItem.objects.get()
    assert (after.id, after.since, after.company_id) == (before.id, before.since, firm.id)
    assert (after.owner_id, after.with_ids) == (bo.id, sorted([anna.id, cy.id]))
    api.clear_work(user_id=cy.id, usage_key=BLOCK)
    assert WaitingItem.objects.get().with_ids == [anna.id]
    api.clear_work(user_id=bo.id, usage_key=BLOCK)
    assert waiting_room.queue(course_key=COURSE).items == ()
