"""What apps and the search get from the block, and who gets it."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from webob import Request

from iciinsmes.assignments import api
from iciinsmes.assignments.outline import search_texts
from iciinsmes.assignments.presets import preset_task
from iciinsmes.review import api as review

from .conftest import GOOD
from .test_block import make

pytestmark = pytest.mark.django_db


def state(block) -> tuple[int, dict]:
    answer = block.handle("student_view_user_state", Request.blank("/"))
    return answer.status_code, answer.json


def test_phones_may_show_the_block(task):
    block = make(task)
    assert block.has_support(block.student_view, "multi_device")
    assert block.has_support(block.public_view, "multi_device")


def test_the_search_finds_every_text_without_tags(task):
    wordy = replace(task, instructions="<ul><li>One &amp; two</li><li>three<br>four</li></ul><script>no()</script>")
    found = make(wordy).index_dictionary()
    assert found["content_type"] == "Workplace assignment"
    assert found["content"] == {
        "display_name": "Where do our customers speak?",
        "purpose": "Know every place.",
        "text": "One & two three four",
        "questions": "Channels Anything else",
    }


def test_the_search_gets_no_tag_of_any_preset():
    texts = search_texts(preset_task("w05"))
    assert "<" not in texts["text"]
    assert "“" not in texts["text"]
    assert texts["text"].startswith("Go along with real customers")


def test_apps_get_the_task_without_asking_who_reads_it(task):
    block = make(replace(task, instructions="<p>Read</p><script>steal()</script>"), services={"user": None})
    data = json.loads(json.dumps(block.student_view_data()))
    assert data["title"] == task.title
    assert data["instructions"] == "<p>Read</p>"
    assert data["questions"][0] == {
        "key": "channels",
        "title": "Channels",
        "help": "",
        "min_words": 3,
        "max_words": 8,
        "required": True,
        "min_files": 0,
        "source": "",
    }
    assert data["evidence"]["kinds"] == ["photo", "document", "table"]
    assert [criterion["key"] for criterion in data["rubric"]["criteria"]] == ["completeness", "finding"]
    assert (data["hours"], data["weight"]) == (4, 10)


def test_a_learner_who_has_done_nothing_has_a_draft(task, learner):
    assert state(make(task, learner)) == (
        200,
        {"state": "draft", "due": None, "draft": {"revision": 0, "saved_at": None}, "rounds": []},
    )


def test_a_learner_sees_the_own_rounds_and_their_results(task, learner, teacher, handed_in, version):
    _status, before = state(make(task, learner))
    (waiting,) = before["rounds"]
    assert before["state"] == "handed_in"
    assert (waiting["number"], waiting["late"], waiting["outcome"], waiting["earned"]) == (1, False, None, None)
    review.propose(
        subject=handed_in.id,
        rubric_id=version.rubric_id,
        assessor_id=teacher.id,
        points={"completeness": Decimal(2), "finding": Decimal(3)},
        comments={},
        feedback="Good.",
        base_revision=None,
    )
    assert state(make(task, learner))[1]["rounds"][0]["earned"] is None
    api.release(round_id=handed_in.id, assessor_id=teacher.id, outcome="passed")
    _status, after = state(make(task, learner))
    assert after["state"] == "passed"
    assert (after["rounds"][0]["outcome"], after["rounds"][0]["earned"], after["rounds"][0]["possible"]) == (
        "passed",
        5,
        6,
    )


def test_nothing_that_was_written_is_in_the_state(task, learner, handed_in):
    assert GOOD["channels"] not in json.dumps(state(make(task, learner))[1])


@pytest.mark.parametrize("who", ["anonymous", "teacher", "other"])
def test_nobody_gets_the_state_of_somebody_else(task, handed_in, teacher, other_learner, who):
    user = {"anonymous": None, "teacher": teacher, "other": other_learner}[who]
    status, answer = state(make(task, user))
    if who == "other":
        assert (status, answer["rounds"]) == (200, [])
    else:
        assert (status, list(answer)) == (404, ["error"])


def test_no_user_service_is_nobody(task):
    assert state(make(task, services={"user": None}))[0] == 404
