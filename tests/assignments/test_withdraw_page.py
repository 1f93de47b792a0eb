"""Taking a round back on the page: at once, twice, too late, and somebody else's."""

from __future__ import annotations

import pytest
from django.urls import reverse

from iciinsmes.assignments import api

from .conftest import BLOCK, GOOD


@pytest.fixture
def send(client):
    def post(user, round_id):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client.post(reverse("iciinsmes:work-withdraw", args=[BLOCK, round_id]))

    return post


def test_the_page_shows_the_draft_again(send, learner, handed_in):
    page = send(learner, handed_in.id)
    text = page.content.decode()
    assert page.status_code == 200
    assert GOOD["channels"] in text
    assert "Hand in round 1" in text


def test_a_second_click_shows_the_same(send, learner, handed_in):
    first, second = send(learner, handed_in.id), send(learner, handed_in.id)
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.content == second.content


def test_who_comes_too_late_is_told(send, learner, teacher, handed_in):
    page = api.work_of(user_id=learner.id, usage_key=BLOCK)
    assert page.withdrawable
    api.mark_opened(round_id=handed_in.id, by_id=teacher.id)
    answer = send(learner, handed_in.id)
    assert answer.status_code == 409
    assert "somebody has opened this round already" in answer.content.decode()
    assert "Take it back" not in answer.content.decode()


def test_nobody_takes_back_what_others_handed_in(send, learner, other_learner, teacher, handed_in):
    assert send(other_learner, handed_in.id).status_code == 200
    assert send(teacher, handed_in.id).status_code == 404
    assert api.work_of(user_id=learner.id, usage_key=BLOCK).state == "handed_in"
