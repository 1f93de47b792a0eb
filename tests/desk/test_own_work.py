"""Nobody assesses the own work, in any role, alone or in a team; and the desk tells people apart."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse
from edx_django_utils.cache import RequestCache

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.errors import OwnWork
from iciinsmes.assignments.models import Round, Work
from iciinsmes.companies import api as companies
from iciinsmes.platform import Role
from iciinsmes.review.models import Assessment
from iciinsmes.waiting.models import WaitingItem
from iciinsmes_campus.learning import api as learning
from tests import people

from .conftest import COURSE, PASS, text_of, url, waiting

pytestmark = pytest.mark.django_db

QUEUE = f"/iciinsmes/desk/{COURSE}/"
WHY = "This is your own work. Somebody else assesses it."


def become(user, role):
    learning.enrol(user_id=user.pk, course_key=COURSE, role=role)
    RequestCache.clear_all_namespaces()


def together(*rounds):
    Round.objects.filter(id__in=rounds).update(team=uuid4())
    leader, *others = Work.objects.filter(rounds__in=rounds).order_by("id")
    items = WaitingItem.objects.filter(subject__in=rounds)
    items.exclude(owner=leader.owner).delete()
    items.update(with_ids=[work.owner_id for work in others])


@pytest.fixture(params=[Role.TEACHER, Role.COORDINATOR])
def as_staff(request, client, anna):
    """Anna's browser, who has handed in and has become one of the staff."""
    become(anna, request.param)
    client.force_login(anna)
    return client


@pytest.mark.parametrize("in_team", [False, True])
def test_the_desk_says_why_at_the_place(as_staff, first, second, in_team):
    if in_team:
        together(first, second)
    mine = second if in_team else first
    page = text_of(as_staff.get(url(mine)))
    assert WHY in page
    assert 'name="decision"' not in page
    assert "Delivery notes." not in page
    assert Round.objects.get(id=mine).opened_at is None
    assert WHY in text_of(as_staff.post(url(mine), {**PASS, "decision": "passed"}), 403)
    assert WHY in text_of(as_staff.post(url(mine, "desk-draft"), PASS), 403)
    assert WHY in text_of(as_staff.post(url(mine, "desk-reopen"), {"reason": "Because."}), 403)
    assert not Assessment.objects.exists()
    assert Work.objects.get(rounds=mine).extra_rounds == 0


def test_the_queue_shows_it_and_goes_on_with_others(as_staff, first, second):
    page = text_of(as_staff.get(QUEUE))
    assert page.count("Your own: somebody else assesses it") == 1
    assert f'action="{url(second)}"' in page
    response = as_staff.post(url(second), {**PASS, "decision": "passed"})
    assert response.status_code == 302
    assert response.url == QUEUE


def test_the_door_refuses_too(anna, bo, first, second):
    together(first, second)
    for user in (anna, bo):
        with pytest.raises(OwnWork):
            assignments.release(round_id=first, assessor_id=user.pk, outcome="passed")
        with pytest.raises(OwnWork):
            assignments.reopen(round_id=first, by_id=user.pk, reason="Because.")
        with pytest.raises(OwnWork):
            assignments.sign_off(round_id=first, confirmed=True, by_name="", by_id=user.pk, note="Because.")


def test_who_proposed_before_becoming_a_member_of_the_team_does_not_release(client, anna, teacher, first, second):
    client.force_login(teacher)
    client.post(url(first, "desk-draft"), PASS)
    Work.objects.filter(rounds=second).update(owner=teacher)
    together(first, second)
    assert WHY in text_of(client.post(url(first), {**PASS, "decision": "passed"}), 403)


def test_a_learner_who_left_is_marked(desk, bo, second):
    assert "no longer enrolled" not in text_of(desk.get(url(second)))
    learning.leave(user_id=bo.pk, course_key=COURSE)
    RequestCache.clear_all_namespaces()
    page = text_of(desk.get(url(second)))
    assert "no longer enrolled" in page
    assert "No longer enrolled" in page
    assert "Delivery notes." in page


def test_two_of_one_name_are_told_apart(desk, version):
    for name in ("ewa1", "ewa2"):
        waiting(people.person(name, Role.LEARNER, COURSE, first_name="Ewa", last_name="Nowak"), version)
    page = text_of(desk.get(QUEUE))
    assert "Ewa Nowak (ewa1)" in page
    assert "Ewa Nowak (ewa2)" in page


def test_a_namesake_who_has_handed_in_nothing_counts(desk, version):
    round_id = waiting(people.person("ewa1", Role.LEARNER, COURSE, first_name="Ewa", last_name="Nowak"), version)
    assert "(ewa1)" not in text_of(desk.get(url(round_id)))
    people.person("ewa2", Role.LEARNER, COURSE, first_name="Ewa", last_name="Nowak")
    assert "Ewa Nowak (ewa1)" in text_of(desk.get(url(round_id)))


def test_nobody_else_is_called_otherwise(desk, first, second):
    page = text_of(desk.get(QUEUE))
    assert "(anna)" not in page
    assert "(bo)" not in page


def test_namesakes_in_a_firm(client, colleague):
    firm = companies.create_company(name="Nord", country="de")
    for name in ("ewa1", "ewa2"):
        ewa = people.person(name, Role.LEARNER, COURSE, first_name="Ewa", last_name="Nowak")
        companies.join_company(company_id=firm.id, user_id=ewa.pk, course_key=COURSE)
    client.force_login(colleague)
    page = text_of(client.get(reverse("iciinsmes:firm", args=[COURSE, firm.id])))
    assert "Ewa Nowak (ewa1)" in page
    assert "Ewa Nowak (ewa2)" in page


def test_a_coordinator_does_not_sign_for_the_mentor_of_the_own_work(client, anna, bo, first, second):
    together(first, second)
    become(anna, Role.COORDINATOR)
    client.force_login(anna)
    for round_id in (first, second):
        response = client.post(url(round_id, "desk-sign"), {"reason": "Because of an illness."}, follow=True)
        assert WHY in text_of(response)


def test_namesakes_in_the_trail_and_in_the_list_of_a_team(client, colleague, version):
    one, two = (
        people.person(name, Role.LEARNER, COURSE, first_name="Ewa", last_name="Nowak") for name in ("ewa1", "ewa2")
    )
    client.force_login(colleague)
    for user in (one, two):
        text_of(client.get(url(waiting(user, version))))
    page = text_of(client.get(reverse("iciinsmes:trail", args=[COURSE])))
    assert "Ewa Nowak (ewa1)" in page
    assert "Ewa Nowak (ewa2)" in page
