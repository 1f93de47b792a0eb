"""What a round holds besides words: evidence at its question, a log of hours, a statement, who may see it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.assignments import api
from iciinsmes.assignments.authoring import new_task, task_problems
from iciinsmes.assignments.data import Audience, HoursEntry
from iciinsmes.assignments.errors import IncompleteWork, StaleDraft
from iciinsmes.assignments.hours_log import as_typed, log_from_json, log_to_json, read_log, total
from iciinsmes.assignments.models import Draft
from iciinsmes.assignments.serializers import task_from_json, task_to_json
from iciinsmes.evidence import api as evidence
from iciinsmes.evidence.data import EvidenceRules
from tests.drafts import draft

from .conftest import BLOCK, COURSE, GOOD, attach

NOTE = {"date": "2026-11-20", "place": "Counter", "text": "Two <b>left</b>."}
LOG = (
    HoursEntry(date(2026, 11, 19), Decimal("2.5"), "Asked"),
    HoursEntry(None, Decimal("1.25"), ""),
)


@pytest.fixture
def task(task):
    first, second = task.questions
    return replace(
        task,
        questions=(replace(first, min_files=1), second),
        evidence=EvidenceRules(max_files=4, kinds=("table", "note")),
        statement=True,
    )


def note(user, question: str = ""):
    return evidence.add_item(
        owner_id=user.id,
        subject=draft(user.id, BLOCK),
        kind="note",
        fields=NOTE,
        rules=EvidenceRules(kinds=("note",)),
        question=question,
    )


def save(user, revision: int = 0, **more):
    return api.save_draft(user_id=user.id, usage_key=BLOCK, answers=GOOD, base_revision=revision, **more)


def hand_in(user, version, revision: int = 1):
    return api.hand_in(user_id=user.id, usage_key=BLOCK, base_revision=revision, version_id=version.id)


def test_what_is_missing_is_told_at_its_place(learner, version):
    note(learner)
    save(learner, log=(HoursEntry(None, Decimal(0), "Asked"),))
    with pytest.raises(IncompleteWork) as refused:
        hand_in(learner, version)
    assert set(refused.value.problems) == {"files:channels", "hours", "own_work"}


def test_a_round_keeps_its_own_copy_of_everything(learner, version):
    item = note(learner, "channels")
    attach(learner)
    save(learner, log=LOG, audience=Audience.COACH, own_work=True)
    handed_in = hand_in(learner, version)
    evidence.remove_item(item_id=item.id, owner_id=learner.id, subject=draft(learner.id, BLOCK).id)
    (stored,) = api.work_of(user_id=learner.id, usage_key=BLOCK).rounds
    assert stored == handed_in
    assert (stored.items, stored.log, stored.hours) == ((item,), LOG, Decimal("3.75"))
    assert (stored.audience, stored.own_work) == (Audience.COACH, True)
    page = Client()
    page.force_login(learner)
    for name in ("work", "work-print"):
        html = page.get(reverse(f"iciinsmes:{name}", args=[BLOCK])).content.decode()
        assert "Two &lt;b&gt;left" in html
        assert "Asked" in html
        assert "For the coach only." in html


def test_the_statement_is_made_anew_for_each_round(learner, version):
    note(learner, "channels")
    save(learner, own_work=True)
    hand_in(learner, version)
    assert not Draft.objects.get().own_work


def test_a_task_without_a_statement_keeps_none(learner, task):
    plain = api.freeze_task(usage_key=BLOCK, course_key=COURSE, task=replace(task, statement=False))
    note(learner, "channels")
    save(learner, own_work=True)
    assert not hand_in(learner, plain).own_work


def test_a_single_number_from_before_is_a_line_without_a_date(learner, version):
    save(learner, hours=Decimal("4.5"))
    draft = api.work_of(user_id=learner.id, usage_key=BLOCK).draft
    assert draft.log == (HoursEntry(None, Decimal("4.5"), ""),)
    assert save(learner, 1, log=LOG).hours == Decimal("3.75")
    assert save(learner, 2, hours=Decimal("3.75")).log == LOG


def test_two_tabs_with_other_choices(learner, version):
    save(learner, audience=Audience.GALLERY)
    with pytest.raises(StaleDraft) as stale:
        save(learner, 0, audience=Audience.COACH)
    assert stale.value.current.audience is Audience.GALLERY
    assert save(learner, 0, log=()).audience is Audience.GALLERY


def test_the_page_sends_and_gets_them(learner, version):
    client = Client()
    client.force_login(learner)
    form = {"revision": 0, "log": as_typed(LOG, str), "audience": "gallery", "statement": "asked", "own_work": "on"}
    assert client.post(reverse("iciinsmes:work-draft", args=[BLOCK]), form).status_code == 200
    draft = api.work_of(user_id=learner.id, usage_key=BLOCK).draft
    assert (draft.log, draft.audience, draft.own_work) == (LOG, Audience.GALLERY, True)
    wrong = {"revision": 1, "log": json.dumps([{"hours": "1"}, {"hours": "many"}]), "audience": "everybody"}
    answer = client.post(reverse("iciinsmes:work-draft", args=[BLOCK]), wrong)
    assert answer.status_code == 422
    assert answer.json()["message"].startswith("Line 2: ")
    refused = client.post(reverse("iciinsmes:work-hand-in", args=[BLOCK]), {**wrong, "version": version.id})
    assert refused.status_code == 422
    assert "&quot;many&quot;" in refused.content.decode()
    no_tick = {**form, "revision": 1}
    del no_tick["own_work"]
    client.post(reverse("iciinsmes:work-draft", args=[BLOCK]), no_tick)
    assert not api.work_of(user_id=learner.id, usage_key=BLOCK).draft.own_work


@pytest.mark.parametrize("text", ["x", "{}", "[1]", '[{"hours": "1e9"}]', json.dumps([{"hours": "5"}] * 201)])
def test_logs_that_are_none(text):
    with pytest.raises(ValueError, match=r"\w"):
        read_log(text)


def test_too_many_hours_together():
    with pytest.raises(ValueError, match="999"):
        read_log(json.dumps([{"hours": "500"}, {"hours": "499,5"}]))


def test_empty_lines_are_left_out_and_days_that_are_none_too():
    assert read_log('[{"date": "2026-11-20"}, {"date": "soon", "hours": "1,5", "what": " a\\n b "}]') == (
        HoursEntry(None, Decimal("1.5"), "a b"),
    )


_ENTRIES = st.builds(
    HoursEntry,
    date=st.none() | st.dates(),
    hours=st.decimals("0.01", 20, places=2),
    what=st.text(st.characters(categories=["L", "N"]), max_size=20),
)


@given(st.lists(_ENTRIES, max_size=20).map(tuple))
def test_a_log_survives_table_and_page(log):
    assert log_from_json(log_to_json(log), total(log)) == log
    assert read_log(as_typed(log, str)) == log


def test_tasks_from_before_keep_their_hash(task):
    plain = replace(task, questions=tuple(replace(q, min_files=0) for q in task.questions), statement=False)
    content = task_to_json(plain)
    assert "statement" not in content
    assert all("min_files" not in question for question in content["questions"])
    assert task_from_json(content) == plain
    assert task_from_json(task_to_json(task)) == task


def test_what_an_author_cannot_ask_for(task):
    assert new_task().statement
    asks_too_much = replace(task, questions=(replace(task.questions[0], min_files=5),))
    assert any("more pieces" in problem.message for problem in task_problems(asks_too_much))
    negative = replace(task, questions=(replace(task.questions[0], min_files=-1),))
    assert any("negative" in problem.message for problem in task_problems(negative))
