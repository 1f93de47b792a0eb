"""The life of a work on the desk: opened, with the mentor, opened again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.data import MentorNeed, MentorRule
from iciinsmes.assignments.models import Round, Work
from iciinsmes.review.models import Assessment
from iciinsmes.waiting.models import WaitingItem

from .conftest import COURSE, PASS, W02, image, make_task, text_of, url, waiting


@pytest.fixture
def with_mentor(anna, version):
    """A round that waits for its mentor."""
    task = replace(make_task("W02 Ask twenty customers"), mentor=MentorRule(need=MentorNeed.REQUIRED))
    required = assignments.freeze_task(usage_key=W02, course_key=COURSE, task=task)
    round_id = waiting(anna, required)
    WaitingItem.objects.filter(subject=round_id).update(waiting_for="mentor")
    return round_id


def test_looking_at_a_round_opens_it_once(desk, first):
    assert Round.objects.get(id=first).opened_at is None
    desk.get(url(first))
    opened = Round.objects.get(id=first).opened_at
    assert opened is not None
    assert "Round 1 opened" in text_of(desk.get(url(first)))
    assert Round.objects.get(id=first).opened_at == opened


def test_a_round_that_was_taken_back_is_gone(desk, first, anna):
    work = Work.objects.get(rounds=first)
    assignments.withdraw(user_id=work.owner_id, usage_key=work.assignment.usage_key, round_id=first)
    assert desk.get(url(first)).status_code == 404
    assert desk.post(url(first), PASS).status_code == 404


def test_what_lies_with_mentors_is_a_list_of_its_own(desk, first, with_mentor):
    queue = reverse("iciinsmes:desk-queue", args=[COURSE])
    mine = text_of(desk.get(queue))
    assert "1 with the mentor" in mine
    assert "W02 Ask twenty customers" not in mine.split("<select")[0]
    theirs = text_of(desk.get(queue, {"turn": "mentor"}))
    assert url(with_mentor) in theirs
    assert url(first) not in theirs
    # Whoever opens a round from this list comes back to it.
    assert f"{url(with_mentor)}?turn=mentor" in theirs


def test_nothing_passes_before_the_mentors_word_and_nothing_typed_is_lost(desk, with_mentor):
    data = {**PASS, "feedback": "Very good list", "base_revision": "", "decision": "passed"}
    page = text_of(desk.post(url(with_mentor), data), 422)
    assert "A mentor has to confirm this round" in page
    assert "Very good list" in page
    assert desk.post(url(with_mentor), {**data, "base_revision": "1", "decision": "revise"}).status_code == 302


def test_another_round_needs_a_reason_and_tells_it(desk, first):
    work = Work.objects.get(rounds=first)
    desk.post(url(first), {**PASS, "feedback": "", "base_revision": "", "decision": "passed"})
    refused = text_of(desk.post(url(first, "desk-reopen"), {"reason": " "}), 422)
    assert "Say why" in refused
    assert desk.post(url(first, "desk-reopen"), {"reason": "I read the wrong file."}).status_code == 302
    work.refresh_from_db()
    assert work.state == "revise"
    assert "I read the wrong file." in text_of(desk.get(url(first)))


def test_files_that_are_no_longer_there_are_named(desk, anna, version):
    kept, gone = image(), {**image(), "name": "gone.png"}
    waiting(anna, version, files=[kept, gone])
    Work.objects.filter(owner=anna).update(state="revise")
    again = waiting(anna, version, files=[kept])
    page = text_of(desk.get(url(again)))
    assert "No longer there:" in page
    assert "gone.png" in page


@pytest.mark.parametrize("decision", ["passed", "revise"])
def test_a_round_that_is_taken_back_while_it_is_judged(desk, first, monkeypatch, decision):
    """It goes in the moment between reading the round, in the queue, and keeping what was written about it."""
    work = Work.objects.get(rounds=first)
    real = assignments.mark_opened

    def meanwhile(**kwargs):
        assignments.withdraw(user_id=work.owner_id, usage_key=work.assignment.usage_key, round_id=first)
        return real(**kwargs)

    monkeypatch.setattr(assignments, "mark_opened", meanwhile)
    data = {**PASS, "feedback": "Very good list", "base_revision": "", "decision": decision}
    page = text_of(desk.post(url(first), data), 409)
    assert "The learner has just taken this round back" in page
    assert "Very good list" in page
    assert not Round.objects.filter(id=first).exists()
    assert not Assessment.objects.exists(), "nothing is left of what was taken back"
