"""Two teachers at one work: who has it in hand is seen, runs out, goes back and can be taken over."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from iciinsmes.desk.leavers import let_go_everywhere
from iciinsmes.notices.models import Notice
from iciinsmes.platform import Role
from iciinsmes.waiting import api as waiting_room
from iciinsmes.waiting.models import WaitingItem
from iciinsmes_campus.learning import api as learning
from tests.desk.conftest import COURSE, person, text_of, url, waiting


@pytest.fixture
def other_desk(colleague):
    browser = Client()
    browser.force_login(colleague)
    return browser


def holder(round_id):
    found = waiting_room.claim_now(subject=round_id)
    return found.user_id if found else None


def test_who_opens_a_work_has_it_and_the_colleague_sees_until_when(desk, other_desk, teacher, colleague, first):
    own = text_of(desk.get(url(first)))
    assert holder(first) == teacher.pk
    assert "You have it until" in own
    for page in (text_of(other_desk.get(url(first))), text_of(other_desk.get(f"/iciinsmes/desk/{COURSE}/"))):
        assert "Tea has it until" in page
    assert holder(first) == teacher.pk


def test_a_claim_runs_out_and_lasts_longer_with_what_is_saved(desk, other_desk, teacher, colleague, first):
    desk.get(url(first))
    WaitingItem.objects.update(claimed_until=timezone.now() + timedelta(seconds=30))
    answer = text_of(desk.post(url(first, "desk-draft"), {"points.finding": "2"}))
    assert "data-claim" in answer
    assert WaitingItem.objects.get().claimed_until > timezone.now() + timedelta(minutes=5)
    WaitingItem.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert holder(first) is None
    other_desk.get(url(first))
    assert holder(first) == colleague.pk


def test_a_page_that_is_left_gives_back_its_own_claim_and_no_later_one(desk, teacher, first):
    old = re.search(r'data-claim="([^"]+)"', text_of(desk.get(url(first))))[1]
    new = re.search(r'data-claim="([^"]+)"', text_of(desk.get(url(first))))[1]
    assert desk.post(url(first, "desk-claim"), {"do": "leave", "claim": old}).status_code == 204
    assert holder(first) == teacher.pk
    assert desk.post(url(first, "desk-claim"), {"do": "leave", "claim": "nonsense"}).status_code == 204
    desk.post(url(first, "desk-claim"), {"do": "leave", "claim": new})
    assert holder(first) is None


def test_it_is_given_back_and_taken_by_a_button(desk, teacher, first):
    desk.get(url(first))
    desk.post(url(first, "desk-claim"), {"do": "give_back"})
    assert holder(first) is None
    desk.post(url(first, "desk-claim"), {"do": "claim"})
    assert holder(first) == teacher.pk


def test_who_takes_over_tells_the_first_once(desk, other_desk, teacher, colleague, first):
    desk.get(url(first))
    for _click in range(2):
        other_desk.post(url(first, "desk-claim"), {"do": "take_over", "from": teacher.pk})
    assert holder(first) == colleague.pk
    told = Notice.objects.filter(kind="taken_over")
    assert [notice.user_id for notice in told] == [teacher.pk]


def test_the_next_work_is_one_that_no_colleague_has(desk, other_desk, first, second, version):
    third = waiting(person("cleo", Role.LEARNER), version, days=1)
    other_desk.get(url(second))
    data = {"points.completeness": "2", "points.finding": "3", "decision": "passed"}
    answer = desk.post(url(first), data)
    assert answer["Location"].startswith(url(third))


def test_the_own_work_is_in_nobodys_hand(desk, teacher, version):
    learning.enrol(user_id=teacher.pk, course_key=COURSE, role=Role.TEACHER)
    own = waiting(teacher, version)
    desk.get(url(own))
    assert holder(own) is None
    assert desk.post(url(own, "desk-claim"), {"do": "claim"}).status_code == 404
    assert desk.post(url(own, "desk-allocate"), {"to": teacher.pk}).status_code == 404


def test_who_leaves_the_course_has_nothing_any_more_and_the_others_are_told_once(desk, teacher, colleague, anna, first):
    firm = WaitingItem.objects.get().company_id
    waiting_room.allocate_companies(course_key=COURSE, to={firm: teacher.pk})
    waiting_room.claim(subject=first, user_id=teacher.pk)
    learning.leave(user_id=teacher.pk, course_key=COURSE)
    for _run in range(2):
        let_go_everywhere()
    row = WaitingItem.objects.get()
    assert (row.allocated_to, row.claimed_by) == (None, None)
    assert waiting_room.company_allocations(course_key=COURSE) == {}
    told = Notice.objects.filter(kind="nobodys")
    assert [notice.user_id for notice in told] == [colleague.pk]
    assert "1 work that waits" in told.get().detail
