"""A kind of subject that no room knows owns files, is signed off, is assessed and waits, without a line in them."""

from __future__ import annotations

import threading
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from iciinsmes.companies import api as companies
from iciinsmes.evidence import api as evidence
from iciinsmes.evidence import permissions
from iciinsmes.evidence import rules as evidence_rules
from iciinsmes.evidence.retirement import forget_person
from iciinsmes.lib.registry import UnknownKey
from iciinsmes.mentors import api as mentors
from iciinsmes.mentors import signals
from iciinsmes.mentors.data import AnswerData
from iciinsmes.platform import Role
from iciinsmes.review import api as review
from iciinsmes.review.data import Criterion, Rubric, RubricLevel
from iciinsmes.subjects import Subject
from iciinsmes.waiting import api as waiting
from iciinsmes.waiting import registry
from iciinsmes.waiting.data import WaitingFor
from tests.evidence.conftest import ALL_KINDS, finish, give, send
from tests.mentors.conftest import MATTER, OWNER, YES, token
from tests.people import SME1, person

pytestmark = pytest.mark.django_db

#: Of a room that is not there.
PROJECT = "workshop"


@pytest.fixture
def firm(monkeypatch):
    """A firm with two learners, the project of it, and the room that has projects."""
    cache.clear()
    company = companies.create_company(name="Nordlicht", country="de")
    people = [person(name, Role.LEARNER) for name in ("anna", "bo")]
    for one in people:
        companies.join_company(company_id=company.id, user_id=one.id, course_key=SME1)
    stranger = person("cy", Role.LEARNER)
    teacher = person("tea", Role.TEACHER)
    answers: list[AnswerData] = []

    def may_open(*, user_id, evidence_id, owner_id, subject):
        return user_id in {one.id for one in people}

    def listen(answer, **_more):
        if answer.subject_kind == PROJECT:
            answers.append(answer)

    monkeypatch.setattr(registry._KINDS, "_entries", dict(registry._KINDS))
    monkeypatch.setattr(permissions._RULES, "_entries", dict(permissions._RULES))
    waiting.register_kind(
        kind=PROJECT,
        words="Projects",
        address=lambda item: f"/projects/{item.subject.id}/",
        label=lambda item: f"gate {item.number}",
        places=lambda course_key: [],
    )
    evidence.register_access_rule(kind=PROJECT, holder=may_open)
    signals.answered.connect(listen)
    yield SimpleNamespace(
        people=people,
        stranger=stranger,
        teacher=teacher,
        answers=answers,
        project=Subject(id=uuid4(), kind=PROJECT, course_key=SME1, company_id=company.id),
    )
    signals.answered.disconnect(listen)


def test_files_of_several_belong_to_it_and_keep_their_authors(firm):
    anna, bo = firm.people
    first = give(anna, "plan.csv", b"a;b\n1;2\n", subject=firm.project)
    second = give(bo, "calls.csv", b"c;d\n3;4\n", subject=firm.project)
    assert [file.owner_id for file in evidence.files_of(subject=firm.project.id)] == [anna.id, bo.id]
    with pytest.raises(evidence.UnknownFile):
        evidence.remove(evidence_id=first.id, owner_id=bo.id, subject=firm.project.id)
    address = reverse("iciinsmes:evidence-file", args=[second.id, second.name])
    for reader, status in ((anna, 200), (bo, 200), (firm.stranger, 404), (firm.teacher, 404)):
        browser = Client()
        browser.force_login(reader)
        assert browser.get(address).status_code == status
    assert len(evidence.keep(subject=firm.project.id)) == 2
    forget_person(user_id=anna.id)
    assert [file.id for file in evidence.files_of(subject=firm.project.id)] == [second.id]


def test_what_is_allowed_is_counted_of_all_who_share_it(firm):
    anna, bo = firm.people
    rules = evidence.EvidenceRules(max_files=1, kinds=ALL_KINDS.kinds)
    give(anna, "plan.csv", b"a;b\n1;2\n", subject=firm.project, rules=rules)
    with pytest.raises(evidence.RuleBroken):
        give(bo, "calls.csv", b"c;d\n3;4\n", subject=firm.project, rules=rules)


@pytest.mark.django_db(transaction=True)
def test_two_who_add_in_the_same_moment_stay_within_what_is_allowed(firm, monkeypatch):
    anna, bo = firm.people
    rules = evidence.EvidenceRules(max_files=1, kinds=ALL_KINDS.kinds)
    outcomes: list[object] = []

    def add(owner) -> None:
        try:
            fields = {"text": f"{owner.username};h"}
            outcomes.append(
                evidence.add_item(owner_id=owner.id, subject=firm.project, kind="table", fields=fields, rules=rules)
            )
        except evidence.RuleBroken as refusal:
            outcomes.append(refusal)
        finally:
            connection.close()

    other = threading.Thread(target=add, args=[bo])
    check_room = evidence_rules.check_room

    def check_while_the_other_adds(**counted):
        check_room(**counted)
        if threading.current_thread() is not other and not other.ident:
            other.start()
            # Long enough for one whom nobody holds back; one that waits goes on afterwards.
            other.join(timeout=1)

    monkeypatch.setattr(evidence_rules, "check_room", check_while_the_other_adds)
    first = threading.Thread(target=add, args=[anna])
    first.start()
    first.join()
    other.join()
    assert sorted(isinstance(outcome, evidence.RuleBroken) for outcome in outcomes) == [False, True]
    assert len(evidence.items_of(subject=firm.project.id)) == 1


def test_a_kind_of_which_nobody_says_who_may_read_it_has_no_files(firm):
    nobodys = replace(firm.project, kind="nothing")
    with pytest.raises(UnknownKey, match="rule for files 'nothing'"):
        give(firm.people[0], "plan.csv", b"a;b\n1;2\n", subject=nobodys)
    with pytest.raises(UnknownKey, match="rule for files 'nothing'"):
        evidence.add_item(
            owner_id=firm.people[0].id, subject=nobodys, kind="table", fields={"text": "g;h"}, rules=ALL_KINDS
        )


def test_an_upload_that_stopped_goes_on(firm):
    (anna, _bo), content = firm.people, b"a;b\n" + b"1;2\n" * 200_000
    begun = evidence.begin_upload(
        owner_id=anna.id, subject=firm.project, name="big.csv", size=len(content), sha256="", rules=ALL_KINDS
    )
    half = evidence.receive_chunk(
        upload_id=begun.id, owner_id=anna.id, offset=0, content=content[:500_000], subject=firm.project.id
    )
    assert half.received == 500_000
    stored = finish(anna, send(anna, half, content))
    assert evidence.files_of(subject=firm.project.id) == (stored,)


def test_a_mentor_signs_it_off(firm):
    anna, _bo = firm.people
    asked = mentors.request_sign_off(subject=firm.project, asked_by=anna.id, contact=OWNER, matter=MATTER)
    assert asked.subject_kind == PROJECT
    mentors.mark_opened(token=token(asked))
    mentors.answer(token=token(asked), form=YES)
    (answer,) = firm.answers
    assert (answer.subject, answer.subject_kind) == (firm.project.id, PROJECT)
    assert mentors.answers_of(subjects=[firm.project.id])[firm.project.id] == answer


def test_it_is_assessed(firm):
    levels = (RubricLevel(Decimal(0), "no"), RubricLevel(Decimal(3), "yes"))
    rubric = Rubric(criteria=(Criterion(key="market", title="Market", levels=levels),), pass_points=Decimal(2))
    review.propose(
        subject=firm.project.id,
        rubric_id=review.freeze_rubric(rubric=rubric),
        assessor_id=firm.teacher.id,
        points={"market": Decimal(3)},
        comments={},
        feedback="Go on.",
        base_revision=None,
    )
    review.release(subject=firm.project.id, assessor_id=firm.teacher.id, outcome="passed")
    assert review.released(subjects=[firm.project.id])[firm.project.id].outcome == "passed"


def test_it_waits_in_the_queue_of_the_desk(firm):
    anna, bo = firm.people
    waiting.enter(
        subject=firm.project,
        waiting_for=WaitingFor.STAFF,
        owner_id=anna.id,
        title="Answers within a day",
        number=2,
        with_ids=[bo.id],
    )
    browser = Client()
    browser.force_login(firm.teacher)
    page = browser.get(reverse("iciinsmes:desk-queue", args=[SME1])).content.decode()
    assert f'href="/projects/{firm.project.id}/"' in page
    assert all(words in page for words in ("Nordlicht", "Answers within a day", "gate 2", "1 waiting"))
    waiting.leave(subjects=[firm.project.id])
    assert waiting.waiting_count(course_key=SME1) == 0
