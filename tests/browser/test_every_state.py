"""Every state of a work and of a mentor's link, seen by everybody who meets it, on phone and desktop."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.data import Audience
from iciinsmes.assignments.rules import WorkState
from iciinsmes.gallery import api as gallery
from iciinsmes.mentors import api as mentors
from iciinsmes.mentors.data import RequestState
from tests.people import SME1

from .conftest import check_both_sizes
from .scenes import (
    BACK,
    MENTOR,
    ROUNDS,
    UNIT,
    W01,
    YES,
    answer,
    ask,
    hand_in,
    judge,
    link,
    people_of_a_company,
    reach,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PRINT = reverse("iciinsmes:work-print", args=[W01])
GALLERY = reverse("iciinsmes:gallery", args=[SME1])
PAPER = reverse("iciinsmes:work-mentor-paper", args=[W01])

#: States of a link in which its mentor has answered; the learner then sees the state of the work.
ANSWERED = (RequestState.CONFIRMED, RequestState.SENT_BACK)


@pytest.fixture
def people(db, monkeypatch):
    return people_of_a_company(monkeypatch)


@pytest.fixture
def who(guest):
    """Return the visitor who is this person, or None for somebody without an account."""
    made = {}

    def who(user):
        if user not in made:
            made[user] = guest()
            # Links that are closed and forms that are refused say so by their status.
            made[user].allow("status of 410", "status of 422")
            if user is not None:
                made[user].is_user(user)
        return made[user]

    return who


def desk(row, name="desk-round") -> str:
    return reverse(f"iciinsmes:{name}", args=[SME1, row.id])


def state_of(user) -> str:
    return assignments.work_of(user_id=user.pk, usage_key=W01).state


def mentor_state(row) -> str:
    return mentors.requests_of(subjects=[row.shared_id])[row.shared_id][0].state


@pytest.mark.parametrize("state", WorkState)
def test_a_work_as_its_learner_and_the_staff_see_it(who, people, state):
    row = reach(state, people)
    assert state_of(people.anna) == state
    who(people.anna).look(UNIT)
    if row is not None:
        who(people.coordinator).look(desk(row))


@pytest.mark.parametrize("state", RequestState)
def test_a_link_as_its_mentor_and_its_learner_see_it(who, people, state):
    days = 40 if state is RequestState.EXPIRED else 0
    with time_machine.travel(timezone.now() - timedelta(days=days)):
        row = hand_in(people.anna)
        request = ask(people.anna, row)
    if state is RequestState.REVOKED:
        mentors.revoke(request_id=request.id, asked_by=people.anna.pk)
    elif state in ANSWERED:
        answer(request, YES if state is RequestState.CONFIRMED else BACK)
    assert mentor_state(row) == state
    who(None).look(link(request))
    if state not in ANSWERED:
        who(people.anna).look(UNIT)


def test_a_mentors_form_that_is_refused_and_a_link_that_another_mentor_was_faster_with(who, people):
    row = hand_in(people.anna)
    request = ask(people.anna, row)
    page = who(None).open(link(request))
    page.get_by_role("button", name="Confirm", exact=True).click()
    check_both_sizes(page)
    who(people.anna).look(link(request))
    answer(ask(people.anna, row, replace(MENTOR, name="Ines Kammer", email="ines@example.org")))
    expect(who(None).look(link(request)).locator("h1")).to_have_text("This is settled already.")


def test_signing_for_a_mentor_and_the_form_on_paper(who, people):
    row = hand_in(people.anna)
    who(people.anna).look(PAPER)
    page = who(people.coordinator).open(desk(row, "desk-sign"))
    page.get_by_role("button", name="Confirm in the mentor's place").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing is saved yet")
    check_both_sizes(page)
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("What changes at work because of it?").fill(YES.change)
    page.get_by_label("Who says so").fill(YES.name)
    page.get_by_label("Role of that person").fill(YES.role)
    page.get_by_label("Why you sign, and how you know").fill("He is in hospital. I called him on Monday.")
    page.get_by_role("button", name="Confirm in the mentor's place").click()
    page.wait_for_url("**" + desk(row))
    check_both_sizes(page)
    assert state_of(people.anna) == WorkState.CONFIRMED
    expect(who(people.anna).look(UNIT).locator("[data-ici-mentor]")).to_contain_text("Signed by the coordinator")


def test_a_round_of_two_people(who, people):
    row = hand_in(people.anna, people.jonas)
    expect(who(people.jonas).look(UNIT).locator("main")).to_contain_text("Handed in by Anna Lindmoor for you too.")
    expect(who(people.teacher).look(desk(row)).locator("main")).to_contain_text("Jonas Ahrwald")


def test_a_round_for_the_coach_alone(who, people):
    row = hand_in(people.anna, audience=Audience.COACH)
    closed = who(people.teacher).look(desk(row))
    expect(closed.locator("main")).to_contain_text("The learner shows this round only to the firm's coach")
    expect(closed.locator("main")).not_to_contain_text("delivery notes")


def test_a_hand_in_that_is_refused_and_a_task_whose_rounds_are_used(who, people):
    page = who(people.jonas).open(UNIT)
    page.get_by_role("button", name="Hand in round 1").click()
    expect(page.get_by_text("Not handed in yet")).to_be_visible()
    check_both_sizes(page)
    for _round in range(ROUNDS):
        judge(people.teacher, hand_in(people.anna), "revise")
    expect(who(people.anna).look(UNIT).locator("main")).to_contain_text("All rounds of this task are used.")


def test_a_passed_work_in_print_and_in_the_gallery(who, people):
    reach(WorkState.PASSED, people)
    who(people.anna).look(PRINT)
    expect(who(people.jonas).look(GALLERY).locator("main")).to_contain_text("delivery notes")
    (entry,) = gallery.entries(course_key=SME1, reader_id=people.teacher.pk).entries
    gallery.hide(entry_id=entry.id, course_key=SME1, by_id=people.teacher.pk, reason="A customer can be recognised.")
    expect(who(people.anna).look(GALLERY).locator("main")).to_contain_text("A customer can be recognised.")
