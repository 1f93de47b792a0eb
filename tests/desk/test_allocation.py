"""Whose work is whose: by hand, evenly by firm, kept for what begins to wait later, and found by a filter."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from iciinsmes.assignments.subjects import round_subject
from iciinsmes.companies import api as companies
from iciinsmes.companies.models import CompanyRun
from iciinsmes.platform import Role
from iciinsmes.waiting import api as waiting_room
from iciinsmes.waiting.data import WaitingFor
from iciinsmes.waiting.models import WaitingItem
from iciinsmes_campus.host import CampusHost
from tests.desk.conftest import COURSE, person, text_of, url, waiting

ALLOCATION = reverse("iciinsmes:desk-allocation", args=[COURSE])
QUEUE = reverse("iciinsmes:desk-queue", args=[COURSE])


def firm_of(name, *people):
    firm = companies.create_company(name=name, country="DE")
    CompanyRun.objects.create(company_id=firm.id, course_key=COURSE)
    for user in people:
        companies.join_company(company_id=firm.id, user_id=user.pk, course_key=COURSE)
    return firm.id


def allocate(browser, firm, to):
    address = reverse("iciinsmes:desk-allocate-firm", args=[COURSE, firm])
    return browser.post(address, {"to": "" if to is None else to})


def evenly(browser, *people, **more):
    address = reverse("iciinsmes:desk-allocate-evenly", args=[COURSE])
    return browser.post(address, {"to": [user.pk for user in people], **more}, follow=True).content.decode()


def holders():
    return dict(WaitingItem.objects.values_list("subject", "allocated_to_id"))


def test_a_firm_is_allocated_now_and_for_what_waits_later(desk, teacher, anna, first):
    firm = companies.company_of(user_id=anna.pk, course_key=COURSE).id
    allocate(desk, firm, teacher.pk)
    assert holders() == {first: teacher.pk}
    later = round_subject(uuid4(), COURSE, firm)
    waiting_room.enter(subject=later, waiting_for=WaitingFor.STAFF, owner_id=anna.pk, title="W02")
    assert holders()[later.id] == teacher.pk
    assert "allocated to you" in text_of(desk.get(QUEUE))
    allocate(desk, firm, None)
    assert set(holders().values()) == {None}


def test_one_work_is_allocated_by_hand(desk, teacher, colleague, second):
    page = text_of(desk.get(url(second, "desk-allocate")))
    assert "Cora" in page
    desk.post(url(second, "desk-allocate"), {"to": colleague.pk})
    assert holders() == {second: colleague.pk}
    assert "allocated to Cora" in text_of(desk.get(url(second)))
    assert desk.post(url(second, "desk-allocate"), {"to": 987654}).status_code == 404


def test_the_queue_is_narrowed_to_mine_a_colleagues_and_nobodys(
    desk, teacher, colleague, anna, bo, first, second, version
):
    third = waiting(person("cleo", Role.LEARNER), version)
    waiting_room.allocate(subject=first, user_id=teacher.pk)
    waiting_room.allocate(subject=second, user_id=colleague.pk)
    for chosen, found, words in (
        ("me", first, "Allocated to you"),
        (str(colleague.pk), second, "Allocated to Cora"),
        ("nobody", third, "Allocated to nobody"),
    ):
        page = text_of(desk.get(QUEUE, {"allocated": chosen}))
        assert page.count('class="title"') == 1
        assert str(found) in page
        assert words in page


def test_evenly_spreads_firms_and_people_without_one_and_an_empty_firm_stops_nothing(desk, teacher, colleague, version):
    firm_of("Empty and without people")
    owners = [person(f"l{number}", Role.LEARNER) for number in range(5)]
    for number, owner in enumerate(owners[:4]):
        firm_of(f"Firm {number}", owner)
    for owner in owners:
        waiting(owner, version)
    said = evenly(desk, teacher, colleague)
    assert "5 firms are shared out." in said
    shares = list(holders().values())
    assert None not in shares
    assert abs(shares.count(teacher.pk) - shares.count(colleague.pk)) <= 1
    allocations = waiting_room.company_allocations(course_key=COURSE)
    evenly(desk, teacher)
    assert waiting_room.company_allocations(course_key=COURSE) == allocations
    evenly(desk, teacher, anew="1")
    assert set(waiting_room.company_allocations(course_key=COURSE).values()) == {teacher.pk}


def test_nobody_gets_the_own_work_by_any_way(desk, teacher, colleague, version):
    firm = firm_of("The teacher's own", teacher)
    own = waiting(teacher, version)
    evenly(desk, teacher)
    assert holders() == {own: None}
    assert allocate(desk, firm, teacher.pk).status_code == 404
    waiting_room.allocate(subject=own, user_id=teacher.pk)
    waiting_room.allocate_companies(course_key=COURSE, to={firm: teacher.pk})
    assert holders() == {own: None}
    evenly(desk, teacher, colleague, anew="1")
    assert holders() == {own: colleague.pk}


def test_who_sees_only_some_learners_shares_out_nothing_and_gets_none_of_the_others(
    desk, teacher, colleague, anna, bo, first, monkeypatch
):
    from django.contrib.auth import get_user_model

    only = get_user_model().objects.filter(pk=bo.pk)
    monkeypatch.setattr(CampusHost, "limited_to", lambda _self, user_id, _key: only if user_id == teacher.pk else None)
    assert desk.get(ALLOCATION).status_code == 404
    assert desk.post(url(first, "desk-claim"), {"do": "claim"}).status_code == 404
    assert str(first) not in text_of(desk.get(reverse("iciinsmes:desk-releases", args=[COURSE])))
    browser = Client()
    browser.force_login(colleague)
    assert "could be given to nobody" in evenly(browser, teacher)
    assert holders() == {first: None}


def test_a_course_may_give_teachers_the_firms_that_they_coach(
    desk, teacher, colleague, anna, bo, first, second, monkeypatch
):
    firm = companies.company_of(user_id=anna.pk, course_key=COURSE).id
    companies.assign_coach(company_id=firm, course_key=COURSE, who="tea", actor_id=colleague.pk)
    assert desk.get(url(second)).status_code == 200
    monkeypatch.setattr(CampusHost, "teachers_by_company", lambda *_: True)
    assert desk.get(url(first)).status_code == 200
    assert desk.get(url(second)).status_code == 404
    queue = text_of(desk.get(QUEUE))
    assert (str(first) in queue, str(second) in queue) == (True, False)
    assert companies.staff_of(course_key=COURSE, learner_id=bo.pk) == [colleague.pk]
    assert companies.staff_of(course_key=COURSE, learner_id=anna.pk) == [teacher.pk, colleague.pk]
    head = person("hedy", Role.TEACHER)
    assert companies.limited_to(user_id=head.pk, course_key=COURSE) is None
    assert companies.limited_to(user_id=colleague.pk, course_key=COURSE) is None


def test_a_merged_firm_stays_with_who_has_it(teacher, colleague, anna):
    kept, gone = firm_of("Kept"), companies.company_of(user_id=anna.pk, course_key=COURSE).id
    companies.join_company(company_id=kept, user_id=person("kim", Role.LEARNER).pk, course_key=COURSE)
    waiting_room.allocate_companies(course_key=COURSE, to={kept: teacher.pk, gone: colleague.pk})
    companies.merge(gone_id=gone, kept_id=kept, course_key=COURSE, actor_id=colleague.pk)
    assert waiting_room.company_allocations(course_key=COURSE) == {kept: teacher.pk}


@pytest.mark.parametrize("count", [2, 24])
def test_queries_do_not_grow(desk, teacher, version, count, django_assert_max_num_queries):
    for number in range(count):
        owner = person(f"l{number}", Role.LEARNER)
        firm_of(f"Firm {number:03}", owner)
        waiting(owner, version)
    with django_assert_max_num_queries(17):
        assert text_of(desk.get(ALLOCATION)).count('name="to"') == count + 1
