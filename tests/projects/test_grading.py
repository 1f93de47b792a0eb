"""What a firm hands in of its project is filled from its entries and graded as any work; an owner's word is a gate."""

from __future__ import annotations

from dataclasses import replace

from django.test import Client
from django.urls import reverse

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.presets import preset_task
from iciinsmes.assignments.subjects import round_subject
from iciinsmes.mentors import api as mentors
from iciinsmes.mentors.data import MentorContact
from iciinsmes.projects import api
from iciinsmes.projects.data import Gate, GateVerdict, Kind
from iciinsmes.projects.models import Project
from tests.mentors.conftest import MATTER, YES, token
from tests.people import SME1
from tests.projects.conftest import CHARTER, CONTACT, enter
from tests.projects.test_gates import go_to

W09 = SME1.make_usage_key("workplace_assignment", "w09")
G2 = SME1.make_usage_key("workplace_assignment", "g2")
OWNER = MentorContact(name="Hanne Voss", email="voss@example.org", language="en", role="owner")


def no_evidence(task):
    """Ask for the answers alone."""
    questions = tuple(replace(question, min_words=0, min_files=0, required=False) for question in task.questions)
    return replace(task, questions=questions, evidence=replace(task.evidence, required=False), statement=False)


def hand_in(user, usage_key, task):
    version = assignments.freeze_task(usage_key=usage_key, course_key=SME1, task=no_evidence(task))
    saved = assignments.save_draft(
        user_id=user.pk, usage_key=usage_key, answers={"insight": "They wait."}, hours=None, base_revision=0
    )
    return assignments.hand_in(
        user_id=user.pk, usage_key=usage_key, base_revision=saved.revision, version_id=version.id
    )


def source(user, question):
    browser = Client()
    browser.force_login(user)
    return browser.get(reverse("iciinsmes:work-source", args=[G2, question]))


def test_an_answer_is_filled_from_what_the_firm_has_entered(people, project):
    assignments.freeze_task(usage_key=G2, course_key=SME1, task=preset_task("g2"))
    enter(project, people.jonas, Kind.CONTACT, CONTACT)
    enter(project, people.jonas, Kind.CHARTER, CHARTER)
    answer = source(people.anna, "insight")
    assert answer["Content-Type"].startswith("text/plain")
    words = answer.content.decode()
    assert "C014" in words
    assert "I took a day off for you, twice." in words
    assert CHARTER["title"] not in words
    assert CHARTER["title"] in source(people.anna, "goal").content.decode()


def test_nobody_gets_another_firms_words(people, project):
    assignments.freeze_task(usage_key=G2, course_key=SME1, task=preset_task("g2"))
    enter(project, people.jonas, Kind.CONTACT, CONTACT)
    assert source(people.peer, "insight").content == b""
    assert source(people.stranger, "insight").status_code == 404
    assert source(people.teacher, "insight").status_code == 404


def test_a_question_without_a_source_has_none(people):
    assignments.freeze_task(usage_key=G2, course_key=SME1, task=preset_task("g2"))
    assert source(people.anna, "own").status_code == 404


def test_who_grades_sees_who_contributed_what(people, project):
    enter(project, people.anna, Kind.SPENT, on="2026-10-01", hours="1.5")
    enter(project, people.jonas, Kind.CONTACT, CONTACT)
    enter(project, people.jonas, Kind.CONTACT, CONTACT, customer="C015")
    round_id = hand_in(people.anna, G2, preset_task("g2")).id
    browser = Client()
    browser.force_login(people.teacher)
    page = browser.get(reverse("iciinsmes:desk-round", args=[SME1, round_id])).content.decode()
    at = page.index("Who contributed")
    assert at < page.index("Jonas Ahrwald", at) < page.index("Anna Lindmoor", at)
    assert "1.5" in page[at:]
    assert reverse("iciinsmes:project", args=[SME1, project]) in page


def test_the_owners_word_on_the_choice_is_gate_four(people, project):
    go_to(project, people, Gate.CHOICE)
    round_id = hand_in(people.anna, W09, preset_task("w09")).id
    confirm(people, round_id)
    assert Project.objects.get(id=project).gate == Gate.CONCEPT
    newest = api.requests_of(project_id=project)[0]
    assert (newest.gate, newest.verdict, newest.decisions[0].name) == (Gate.CHOICE, GateVerdict.GO, YES.name)


def test_an_owners_word_at_another_gate_decides_nothing_there(people, project):
    round_id = hand_in(people.anna, W09, preset_task("w09")).id
    confirm(people, round_id)
    assert Project.objects.get(id=project).gate == Gate.START
    assert api.requests_of(project_id=project) == ()


def confirm(people, round_id):
    subject = round_subject(round_id, SME1, people.firm.id)
    asked = mentors.request_sign_off(subject=subject, asked_by=people.anna.pk, contact=OWNER, matter=MATTER)
    mentors.answer(token=token(asked), form=YES)
