"""The block as hosts meet it: shown to each kind of person, edited, cleared."""

from __future__ import annotations

import json
import re
from decimal import Decimal

import pytest
from webob import Request
from xblock.field_data import DictFieldData
from xblock.fields import ScopeIds
from xblock.reference.user_service import XBlockUser
from xblock.test.tools import TestRuntime

from iciinsmes.exercises import api
from iciinsmes.exercises.block import DigitalToolBlock
from iciinsmes.exercises.data import Layer
from iciinsmes.exercises.models import Exercise
from iciinsmes.lib.json_data import to_json
from iciinsmes.platform import host
from iciinsmes.toolbox.api import all_instruments
from iciinsmes_campus.learning import api as learning
from tests.exercises.conftest import BLOCK, exercise, keep
from tests.exercises.test_attempts import begin, finished
from tests.people import SME1, person

pytestmark = pytest.mark.django_db


class Users:
    """The user service with the platform's attribute."""

    def __init__(self, user_id):
        self.user_id = user_id

    def get_current_user(self):
        user = XBlockUser()
        user.opt_attrs["edx-platform.user_id"] = self.user_id
        return user


def make(user=None, settings=None, **fields) -> DigitalToolBlock:
    runtime = TestRuntime(services={"user": Users(user and user.id)})
    block = DigitalToolBlock(runtime, DictFieldData(fields), ScopeIds(None, "digital_tool", BLOCK, BLOCK))
    if not fields:
        block.store(settings or exercise())
    return block


def call(block, handler: str, data) -> tuple[int, dict]:
    answer = block.handle(handler, Request.blank("/", method="POST", body=json.dumps(data).encode()))
    return answer.status_code, answer.json


def submit(block, data) -> tuple[int, dict]:
    return call(block, "studio_submit", data)


def test_learners_get_their_page_and_the_settings_are_kept(learner):
    fragment = make(learner, exercise(instructions="<p>Ask the driver.</p>")).student_view()
    assert "data-ici-exercise" in fragment.content
    assert "<p>Ask the driver.</p>" in fragment.content
    assert fragment.js_init_fn == "iciExercise"
    assert api.exercise_of(user_id=learner.pk, usage_key=BLOCK).settings.instructions == "<p>Ask the driver.</p>"


@pytest.mark.parametrize("view", ["student_view", "public_view", "author_view"])
def test_everybody_else_reads_what_it_is_about_and_nothing_is_stored(teacher, view):
    for user in (None, teacher, person("stranger")):
        content = getattr(make(user), view)().content
        assert "data-ici-exercise" not in content
        assert "Loyalty" in content
        assert "/iciinsmes/toolbox/net-promoter-score/" in content
    assert not Exercise.objects.exists()


def test_teachers_are_told_what_learners_do_here(teacher):
    says = "Learners bring their data here"
    assert says in make(teacher).student_view().content
    assert says not in make().student_view().content


@pytest.mark.parametrize("view", ["student_view", "public_view", "author_view"])
@pytest.mark.parametrize(
    ("fields", "says"),
    [({"instrument": "mind-reading"}, "“mind-reading”, which is not known here"), ({"weight": 2.0}, "No instrument")],
)
def test_an_instrument_that_is_not_known_here_is_told(learner, view, fields, says):
    content = getattr(make(learner, **fields), view)().content
    assert says in content
    assert not Exercise.objects.exists()


def test_a_block_with_an_unknown_instrument_can_be_searched_asked_and_edited(learner):
    block = make(learner, display_name="New one", instrument="mind-reading")
    assert block.index_dictionary()["content"]["display_name"] == "New one"
    assert block.student_view_data() == {"title": "New one"}
    assert call(block, "student_view_user_state", {})[0] == 404
    assert "mind-reading (not known here)" in block.studio_view().content
    sent = {**to_json(block.authored()), "title": "Reworded"}
    status, answer = submit(block, sent)
    assert (status, [problem["place"] for problem in answer["problems"]]) == (400, ["instrument"])


def test_author_html_cannot_run_scripts(learner):
    content = make(
        learner, exercise(instructions='<p onclick="steal()">Read</p><script>steal()</script>')
    ).student_view()
    assert "<p>Read</p>" in content.content
    assert "steal" not in content.content


def test_the_editor_offers_every_instrument_and_holds_every_setting():
    settings = exercise(own_data=False, checks=(Layer.VALID, Layer.DECISION), attempts=3, instructions="<p>Go.</p>")
    block = make(settings=settings)
    content = block.studio_view().content
    for instrument in all_instruments():
        assert content.count(f'<option value="{instrument.key}"') == 1
        assert f'data-is="{instrument.key}"' in content
    for shown in (
        '<option value="net-promoter-score" selected>',
        'value="Loyalty"',
        "&lt;p&gt;Go.&lt;/p&gt;</textarea>",
        '<input type="checkbox" value="valid" checked>',
        '<input type="checkbox" value="estimate">',
        'max="50" value="3"',
        'step="0.5" value="4"',
    ):
        assert shown in content
    # This host has no due dates of blocks.
    assert 'data-field="due"' not in content
    assert submit(block, to_json(settings)) == (200, {"result": "success", "message": ""})
    assert block.authored() == settings
    assert block.max_score() == 4


def test_every_problem_names_its_field():
    block = make()
    before = block.authored()
    sent = {
        **to_json(before),
        "title": " ",
        "instrument": "",
        "attempts": 51,
        "weight": "-1",
    }
    status, answer = submit(block, sent)
    assert status == 400
    assert [problem["place"] for problem in answer["problems"]] == ["title", "instrument", "attempts", "weight"]
    assert block.authored() == before


@pytest.mark.parametrize(
    "change",
    [
        {"title": 3},
        {"instrument": ["net-promoter-score"]},
        {"instructions": None},
        {"own_data": "yes"},
        {"checks": ["taste"]},
        {"checks": 3},
        {"attempts": "many"},
        {"attempts": True},
        {"weight": "NaN"},
        {"weight": "much"},
        {"weight": None},
    ],
)
def test_what_no_editor_sends_is_refused_and_nothing_is_saved(change):
    block = make()
    before = block.authored()
    status, answer = submit(block, {**to_json(before), **change})
    assert status == 400
    assert "unreadable" in answer["error"]
    assert block.authored() == before


@pytest.mark.parametrize("data", [None, [], "text", {}])
def test_what_is_no_form_is_refused(data):
    assert submit(make(), data)[0] == 400


def test_a_code_of_the_catalogue_is_kept_as_the_key():
    block = make()
    submit(block, {**to_json(block.authored()), "instrument": "t05"})
    assert block.instrument == "complaint-pareto"


def test_the_editor_says_how_many_attempts_keep_what_they_began_with(learner):
    block = make(learner)
    block.student_view()
    finished(learner, keep(learner))
    begin(learner, keep(learner))
    assert "2 attempts were begun already and keep the settings" in block.studio_view().content
    assert submit(block, to_json(block.authored()))[1]["message"] == ""
    answer = submit(block, to_json(exercise(weight=Decimal(8))))[1]
    assert answer["message"].startswith("Saved. 2 attempts were begun under the older settings")
    make(learner, exercise(weight=Decimal(8))).student_view()
    first, second = api.exercise_of(user_id=learner.pk, usage_key=BLOCK).attempts
    assert (first.settings.weight, second.settings.weight) == (4, 4)


def test_apps_and_the_search_read_the_exercise():
    block = make(settings=exercise(instructions="<ul><li>Ask</li><li>twice</li></ul>"))
    data = block.student_view_data()
    assert (data["instrument"], data["weight"], data["checks"]) == (
        "net-promoter-score",
        4.0,
        ["valid", "estimate", "interpretation", "decision"],
    )
    content = block.index_dictionary()["content"]
    assert content["text"] == "Ask twice"
    assert content["instrument"].startswith("T02 ")


def test_apps_read_the_learners_own_state_and_nobody_elses(learner, teacher):
    block = make(learner)
    block.student_view()
    finished(learner, keep(learner), estimates={})
    begin(learner, None)
    status, state = call(block, "student_view_user_state", {})
    assert status == 200
    assert state["step"] == "estimate"
    assert (state["earned"], state["possible"]) == (3.5, 4.0)
    assert [(attempt["practice"], attempt["points"] is None) for attempt in state["attempts"]] == [
        (False, False),
        (True, True),
    ]
    assert "We call everybody" not in json.dumps(state)
    assert call(make(teacher), "student_view_user_state", {})[0] == 404


def test_a_cleared_learner_begins_anew_and_keeps_the_data(learner, peer):
    block = make(learner)
    for user in (learner, peer):
        make(user).student_view()
        finished(user, keep(user))
    given = host().anonymous_id(learner.pk, SME1)
    block.clear_student_state(given, str(SME1), str(BLOCK), "staff")
    assert api.exercise_of(user_id=learner.pk, usage_key=BLOCK).attempts == ()
    assert BLOCK not in learning.grades(user_id=learner.pk, course_key=SME1)
    assert len(api.data_sets_of(owner_id=learner.pk, course_key=SME1)) == 1
    assert len(api.exercise_of(user_id=peer.pk, usage_key=BLOCK).attempts) == 1
    block.clear_student_state("nobody", str(SME1), str(BLOCK), "staff")


def test_two_exercises_in_one_unit_have_no_id_in_common(learner):
    ids = []
    for name in ("loyalty", "again"):
        key = SME1.make_usage_key("digital_tool", name)
        api.open_exercise(user_id=learner.pk, usage_key=key, course_key=SME1, settings=exercise())
        api.begin(user_id=learner.pk, usage_key=key, data_set_id=keep(learner).id, options={})
        runtime = TestRuntime(services={"user": Users(learner.id)})
        block = DigitalToolBlock(runtime, DictFieldData({}), ScopeIds(None, "digital_tool", key, key))
        block.store(exercise())
        ids.append(set(re.findall(r'\sid="([^"]+)"', block.student_view().content)))
    assert all(ids)
    assert not ids[0] & ids[1]


def test_a_text_is_cleaned_when_it_is_saved():
    block = make()
    written = '<p style="position:fixed">Ask the driver.</p><iframe src="https://example.org"></iframe>'
    assert submit(block, {**to_json(exercise()), "instructions": written})[0] == 200
    assert "Ask the driver." in block.instructions
    assert not any(part in block.instructions for part in ("iframe", "position"))


@pytest.mark.parametrize(
    ("fields", "says"),
    [({"instrument": ""}, "Choose an instrument."), ({"instrument": "mind-reading"}, "There is no instrument")],
)
def test_authors_are_told_what_keeps_learners_from_working(fields, says):
    [message] = make(**fields).validate().messages
    assert (message.type, says in str(message.text)) == ("warning", True)
    assert not make().validate().messages


def test_what_is_published_is_frozen_unless_there_is_no_instrument():
    make().freeze()
    assert Exercise.objects.get().settings == to_json(exercise())
    make(instrument="mind-reading").freeze()
    assert Exercise.objects.get().settings == to_json(exercise())
