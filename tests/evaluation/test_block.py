"""The block as hosts meet it, and what its page sends."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from xblock.field_data import DictFieldData
from xblock.fields import ScopeIds
from xblock.test.tools import TestRuntime

from iciinsmes.authoring.olx_values import OlxError
from iciinsmes.evaluation import api
from iciinsmes.evaluation.authoring import settings_from_xml, settings_to_xml
from iciinsmes.evaluation.block import ReactionXBlock
from iciinsmes.evaluation.data import ReactionSettings
from iciinsmes.lib.json_data import to_json
from tests.early_warning.test_block import call
from tests.evaluation.conftest import BLOCK, react, settings
from tests.exercises.test_block import Users
from tests.people import SME1

ANSWER = {"useful": "5", "worth": "4", "next_step": "3", "obstacles": ["time", "boss"], "text": "Not <b>now</b>"}


def make(user=None, chosen: ReactionSettings | None = None) -> ReactionXBlock:
    runtime = TestRuntime(services={"user": Users(user and user.pk)})
    block = ReactionXBlock(runtime, DictFieldData({}), ScopeIds(None, "reaction", BLOCK, BLOCK))
    block.store(chosen or settings())
    return block


def browser(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def send(user, data, block=BLOCK):
    return browser(user).post(reverse("iciinsmes:reaction-answer", args=[block]), data)


def test_an_answer_is_kept_thanked_for_and_shown_again(learners):
    (anna,) = learners(1)
    assert "checked" not in make(anna).student_view().content
    answer = send(anna, ANSWER)
    assert answer.status_code == 200
    assert "Thank you" in answer.content.decode()
    shown = make(anna).student_view().content
    assert shown.count(" checked") == 5
    assert "Not &lt;b&gt;now&lt;/b&gt;" in shown
    assert "Change my answer" in shown


def test_what_is_missing_is_said_and_what_was_typed_stays(learners):
    (anna,) = learners(1)
    answer = send(anna, {**ANSWER, "worth": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("Please choose one.") == 1
    assert "Not &lt;b&gt;now&lt;/b&gt;" in page
    assert api.done_points(user_id=anna.pk, usage_key=BLOCK) is None
    assert send(anna, {**ANSWER, "text": "x" * 2001}).status_code == 422
    assert send(anna, {**ANSWER, "useful": "9"}).status_code == 422
    assert send(anna, {**ANSWER, "obstacles": ["cat"]}).status_code == 422


def test_others_see_what_is_asked_and_no_answer(learners, staff):
    (anna,) = learners(1)
    react(anna, text="of Anna")
    for user in (None, staff.teacher, staff.cora):
        shown = make(user).student_view().content
        assert "I know my next step." in shown
        assert "of Anna" not in shown
        assert "<form" not in shown
        assert ("What learners said" in shown) is (user is not None)
    assert send(staff.teacher, ANSWER).status_code == 404
    assert send(anna, ANSWER, SME1.make_usage_key("reaction", "nowhere")).status_code == 404


def test_who_looks_with_a_learners_eyes_sees_no_answer(learners, staff, monkeypatch):
    """Learners were told that nobody does."""
    (anna,) = learners(1)
    react(anna, text="of Anna")
    monkeypatch.setattr("iciinsmes_campus.host.CampusHost.looking_as_learner", lambda *_given: staff.teacher.pk)
    shown = make(anna).student_view().content
    assert "shown to nobody else" in shown
    assert "of Anna" not in shown
    assert "checked" not in shown
    answer = send(anna, ANSWER)
    assert answer.status_code == 403
    assert api.standing_of(user_id=anna.pk, usage_key=BLOCK).own.text == "of Anna"


def test_apps_get_the_statements_and_no_answer(learners, staff):
    (anna,) = learners(1)
    react(anna, text="of Anna")
    assert [each["key"] for each in make(anna).student_view_data()["statements"]] == ["useful", "worth", "next_step"]
    status, state = call(make(anna), "student_view_user_state", {})
    assert (status, state["answered"], state["open"]) == (200, True, True)
    assert call(make(staff.teacher), "student_view_user_state", {})[0] == 404


def test_clearing_removes_the_answer(learners):
    (anna,) = learners(1)
    react(anna)
    make(anna).clear(anna.pk)
    assert api.standing_of(user_id=anna.pk, usage_key=BLOCK).own is None


def test_the_editor_takes_what_it_shows_and_refuses_what_is_wrong(block):
    chosen = settings(instructions="<p>x</p>", weight=Decimal("0.5"))
    edited = make()
    assert call(edited, "studio_submit", to_json(chosen))[1]["result"] == "success"
    assert edited.authored() == chosen
    assert "Cycle 1" in make(None, chosen).studio_view().content
    status, found = call(edited, "studio_submit", to_json(settings(title="", weight=Decimal(-1))))
    assert status == 400
    assert {problem["place"] for problem in found["problems"]} == {"title", "weight"}
    assert edited.authored() == chosen
    assert [each.text for each in make(None, settings(title="")).validate().messages] == ["The block needs a title."]
    assert edited.index_dictionary()["content"] == {"display_name": "Cycle 1", "text": "x"}


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=40)


@given(TEXT.map(str.strip).filter(bool), st.decimals(0, 100, places=2))
def test_olx_there_and_back(title, weight):
    chosen = settings(title=title, weight=weight, instructions="<p>Look back.</p>")
    node = etree.Element("reaction")
    settings_to_xml(chosen, node)
    again = settings_from_xml(etree.fromstring(etree.tostring(node)))
    assert again == chosen


def test_olx_that_is_wrong_names_the_element():
    with pytest.raises(OlxError, match="<reaction>"):
        settings_from_xml(etree.fromstring('<reaction weight="-2"/>'))
