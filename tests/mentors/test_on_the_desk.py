"""The mentor on the desk: what teachers read, and a coordinator who signs for one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from iciinsmes.desk import mentor_views as desk_views
from iciinsmes.mentors import api
from iciinsmes.mentors.data import MaySee
from iciinsmes.platform import Role
from tests.people import SME1, person

from .conftest import ASK, PART, YES, newest, said, state, token

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser_of():
    """Return a browser in which somebody of the staff is signed in."""

    def make(role) -> Client:
        client = Client()
        client.force_login(person(role.value, role), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make


def test_a_coordinator_signs_on_the_desk(hand_in, learner, browser_of):
    round_id = hand_in()
    desk = reverse("iciinsmes:desk-round", args=[SME1, round_id])
    sign = reverse("iciinsmes:desk-sign", args=[SME1, round_id])
    teacher, coordinator = browser_of(Role.TEACHER), browser_of(Role.COORDINATOR)
    assert "The learner has to ask a mentor." in teacher.get(desk).content.decode()
    assert sign not in teacher.get(desk).content.decode()
    assert teacher.get(sign).status_code == 404
    assert teacher.post(sign, said(None, reason="I just do it.")).status_code == 404
    assert sign in coordinator.get(desk).content.decode()
    refused = coordinator.post(sign, said(None, reason=""))
    assert refused.status_code == 422
    assert YES.change in refused.content.decode()
    assert state(learner) == "handed_in"
    coordinator.post(sign, said(None, reason="The owner signed the form.", on_paper="1"))
    assert state(learner) == "confirmed"
    shown = coordinator.get(desk).content.decode()
    assert "The owner signed the form." in shown.partition("Signed on paper, entered by the coordinator")[2]
    assert coordinator.post(sign, said(None, reason="The owner signed the form.")).status_code == 302


def test_a_coordinator_who_signs_when_the_mentor_just_has_is_told(
    hand_in, learner, browser_of_learner, browser_of, monkeypatch
):
    round_id = hand_in()
    browser_of_learner.post(PART, ASK)
    api.answer(token=token(newest(round_id)), form=YES)
    # The form was open before the mentor answered.
    monkeypatch.setattr(desk_views, "may_sign", lambda *_data, **_who: True)
    sign = reverse("iciinsmes:desk-sign", args=[SME1, round_id])
    page = browser_of(Role.COORDINATOR).post(sign, said(None, reason="The owner signed the form."), follow=True)
    assert "Somebody was faster: this work has a mentor&#x27;s word already." in page.content.decode()
    assert state(learner) == "confirmed"
    assert "The owner signed the form." not in page.content.decode()


def test_teachers_read_what_is_meant_for_them(hand_in, browser_of_learner, browser_of):
    round_id = hand_in()
    browser_of_learner.post(PART, ASK)
    teacher = browser_of(Role.TEACHER)
    desk = reverse("iciinsmes:desk-round", args=[SME1, round_id])
    before = teacher.get(desk).content.decode()
    assert "Lars Fyn" in before
    assert token(newest(round_id)) not in before
    api.answer(token=token(newest(round_id)), form=replace(YES, may_see=MaySee(coach=True)))
    shown = teacher.get(desk).content.decode()
    assert "✓ confirmed" in shown
    assert YES.change not in shown
