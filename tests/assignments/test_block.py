"""The block as hosts meet it: read from OLX, shown to each kind of person, edited, written back."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree
from opaque_keys.edx.keys import CourseKey
from webob import Request
from xblock.field_data import DictFieldData
from xblock.fields import ScopeIds
from xblock.reference.user_service import XBlockUser
from xblock.test.tools import TestRuntime

from iciinsmes.assignments import api
from iciinsmes.assignments.block import WorkplaceAssignmentBlock
from iciinsmes.assignments.data import CompleteOn, LateRule, MentorNeed, MentorRule
from iciinsmes.assignments.models import Assignment, TaskVersion
from iciinsmes.assignments.olx import task_to_xml
from iciinsmes.assignments.presets import preset_task, presets
from iciinsmes.assignments.serializers import task_to_json
from iciinsmes.authoring.olx_values import OlxError
from iciinsmes.platform import Role
from iciinsmes.review.data import Criterion, CriterionKind, PointRange, Rubric
from iciinsmes.waiting import api as waiting_room
from iciinsmes_campus.host import CampusHost

from .conftest import BLOCK, COURSE, GOOD, person

pytestmark = pytest.mark.django_db


class Users:
    """The user service with the platform's attribute."""

    def __init__(self, user_id):
        self.user_id = user_id

    def get_current_user(self):
        user = XBlockUser()
        user.opt_attrs["edx-platform.user_id"] = self.user_id
        return user


def make(task=None, user=None, services=None) -> WorkplaceAssignmentBlock:
    runtime = TestRuntime(services={"user": Users(user and user.id), **(services or {})})
    block = WorkplaceAssignmentBlock(runtime, DictFieldData({}), ScopeIds(None, "workplace_assignment", BLOCK, BLOCK))
    if task is not None:
        block.store(task)
    return block


def call(block, handler: str, data) -> tuple[int, dict]:
    request = Request.blank("/", method="POST", body=json.dumps(data).encode())
    answer = block.handle(handler, request)
    return answer.status_code, answer.json


def submit(block, data) -> tuple[int, dict]:
    return call(block, "studio_submit", data)


def test_learners_see_their_work_and_the_task_is_frozen(task, learner):
    fragment = make(task, learner).student_view()
    assert "data-ici-draft" in fragment.content
    assert task.purpose in fragment.content
    assert TaskVersion.objects.count() == 1
    assert {resource.data.rsplit("/", 1)[-1] for resource in fragment.resources} >= {"work.js", "iciinsmes.css"}


def test_an_edit_reaches_learners_and_is_a_new_version(task, learner):
    make(task, learner).student_view()
    make(replace(task, title="New title"), learner).student_view()
    assert TaskVersion.objects.count() == 2
    assert api.current_task(usage_key=BLOCK).task.title == "New title"


@pytest.mark.parametrize("view", ["student_view", "public_view", "author_view"])
def test_everybody_else_sees_the_task_and_nothing_is_stored(task, teacher, view):
    for user in (None, teacher, person("stranger")):
        content = getattr(make(task, user), view)().content
        assert "List the channels." in content
        assert "data-ici-draft" not in content
    assert not Assignment.objects.exists()


def test_teachers_find_the_way_to_the_desk(task, teacher):
    assert "/iciinsmes/desk/" in make(task, teacher).student_view().content
    assert "/iciinsmes/desk/" not in make(task).student_view().content


def test_teachers_read_above_the_task_how_many_works_on_it_wait(task, teacher, learner, handed_in):
    content = make(task, teacher).student_view().content
    assert "<strong>1 waiting</strong>" in content
    assert f'href="/iciinsmes/desk/{COURSE}/?assignment={quote(str(BLOCK), safe="")}" target="_top"' in content
    other = BLOCK.map_into_course(CourseKey.from_string("course-v1:ICI+OTHER+2026"))
    assert waiting_room.waiting_count(course_key=other.course_key, place=str(other)) == 0


def test_who_teaches_and_learns_finds_the_desk_and_the_own_work(task, learner, monkeypatch):
    both = frozenset({Role.LEARNER, Role.TEACHER})
    monkeypatch.setattr(CampusHost, "roles", lambda *_: both)
    content = make(task, learner).student_view().content
    assert f"/iciinsmes/desk/{COURSE}/" in content
    assert "Nothing waits" in content
    assert "data-ici-draft" in content


def test_learners_pay_nothing_for_the_way_to_the_desk(task, learner, monkeypatch, django_assert_num_queries):
    make(task, learner).student_view()
    with CaptureQueriesContext(connection) as asked:
        assert "/iciinsmes/desk/" not in make(task, learner).student_view().content
    monkeypatch.setattr("iciinsmes.assignments.block.render_staff_line", lambda **_: "")
    with django_assert_num_queries(len(asked)):
        make(task, learner).student_view()


def test_a_host_without_user_service_gets_the_task(task):
    assert "List the channels." in make(task, services={"user": None}).student_view().content


def test_a_new_block_is_a_whole_task(learner):
    content = make(None, learner).student_view().content
    assert "What did you do, and what came out?" in content


def test_author_html_cannot_run_scripts_in_the_apps_pages(task, learner):
    wicked = replace(
        task, instructions='<p onclick="steal()">Read</p><script>steal()</script><iframe src="x"></iframe>'
    )
    content = make(wicked, learner).student_view().content
    assert "<p>Read</p>" in content
    assert "steal" not in content
    assert "iframe" not in content


def test_titles_and_answers_are_escaped(task, learner):
    wicked = replace(task, title="<script>alert(1)</script>")
    make(wicked, learner).student_view()
    api.save_draft(
        user_id=learner.id, usage_key=BLOCK, answers={"channels": "</textarea><script>"}, hours=None, base_revision=0
    )
    content = make(wicked, learner).student_view().content
    assert "<script>" not in content


def test_the_editor_holds_the_task_and_saves_it(task):
    block = make(task)
    content = block.studio_view().content
    assert 'value="Where do our customers speak?"' in content
    assert ">level 2</textarea>" in content
    edited = replace(task, title="Edited", questions=task.questions[:1])
    assert submit(block, task_to_json(edited)) == (200, {"result": "success", "message": ""})
    assert block.authored_task() == edited
    assert block.max_score() == 10


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"title": " "}, "title"),
        ({"questions": []}, "question"),
        ({"weight": "-1"}, "weight"),
        ({"weight": "NaN"}, "unreadable"),
        ({"hours": "x"}, "unreadable"),
        ({"questions": [{"key": "a", "evil": 1}]}, "unreadable"),
        ({"questions": "text"}, "unreadable"),
        ({"rubric": {"pass_points": "2", "exceptions": 1, "criteria": []}}, "criterion"),
        ({"evidence": {"kinds": ["virus"], "max_files": 1}}, "virus"),
    ],
)
def test_the_editor_is_told_what_is_wrong_and_nothing_is_saved(task, change, says):
    block = make(task)
    status, answer = submit(block, {**task_to_json(task), **change})
    assert status == 400
    assert says in answer["error"]
    assert block.authored_task() == task


def test_every_problem_names_its_field(task):
    content = task_to_json(task)
    content["title"] = ""
    content["questions"][1]["title"] = " "
    content["rubric"]["criteria"][0]["levels"][2]["points"] = "0.5"
    content["rubric"]["criteria"][1] = {
        "kind": "range",
        "key": "finding",
        "title": "Finding",
        "range": {"most": "10", "step": "3", "pass_points": "11"},
    }
    content |= {"attempts": 99, "complete_on": "sign_off", "mentor": {"need": "none", "checks": ["True?", " "]}}
    content["late"] = {"grace_hours": 721, "accept": True, "percent_per_day": "101", "max_percent": "100"}
    status, answer = submit(make(task), content)
    assert status == 400
    assert [problem["place"] for problem in answer["problems"]] == [
        "title",
        "questions.1.title",
        "rubric.criteria.0.levels.2.points",
        "rubric.criteria.1.range.step",
        "rubric.criteria.1.range.pass_points",
        "attempts",
        "late.grace_hours",
        "late.percent_per_day",
        "mentor.checks.1",
        "complete_on",
    ]


def test_the_editor_holds_every_setting(task):
    late = LateRule(grace_hours=24, accept=False, percent_per_day=Decimal("2.5"), max_percent=Decimal(30))
    mentor = MentorRule(MentorNeed.OPTIONAL, ("Is the list true?",))
    scale = PointRange(most=Decimal(20), step=Decimal("0.5"), pass_points=Decimal(0))
    criteria = (
        *task.rubric.criteria,
        Criterion("depth", "Depth", kind=CriterionKind.RANGE, range=scale, text="How far it goes."),
        Criterion("tone", "Tone", kind=CriterionKind.FEEDBACK),
    )
    full = replace(
        task, attempts=3, late=late, mentor=mentor, complete_on=CompleteOn.PASSED, team=True, rubric=Rubric(criteria)
    )
    block = make(task)
    assert submit(block, task_to_json(full))[0] == 200
    assert block.authored_task() == full
    content = " ".join(block.studio_view().content.split())
    for shown in (
        'data-field="attempts" data-type="whole" type="number" min="0" max="50" value="3"',
        'min="0" max="720" value="24"',
        'step="any" value="2.5"',
        '<option value="optional" selected>',
        ">Is the list true?</textarea>",
        '<option value="passed" selected>',
        'data-field="team" data-type="flag" checked',
        'data-field="range.most" data-type="number" type="number" min="0" step="any" value="20"',
        'data-field="range.pass_points" data-type="number" type="number" min="0" step="any" value="0"',
        ">How far it goes.</textarea>",
        '<option value="feedback" selected>',
    ):
        assert shown in content
    # This host has no due dates of blocks.
    assert 'data-field="due"' not in content


def test_the_editor_says_how_many_rounds_keep_what_they_answered(task, handed_in, django_assert_num_queries):
    block = make(task)
    with django_assert_num_queries(1):
        content = block.studio_view().content
    assert "1 round is handed in already and keeps the task and the rubric it answered" in content
    assert submit(block, task_to_json(task)) == (200, {"result": "success", "message": ""})
    with django_assert_num_queries(1):
        _status, answer = submit(block, task_to_json(replace(task, purpose="Another one.")))
    assert answer["message"].startswith("Saved. 1 round was handed in under the older version and keeps it;")


def test_the_editor_offers_every_preset_by_course(task):
    content = make(task).studio_view().content
    assert content.count("<optgroup") == 4
    for preset in presets():
        assert f'<option value="{preset.key}">{preset.key.upper()} {preset.title}, {preset.hours} h</option>' in content


def test_a_preset_fills_the_editor_and_saves_nothing(task):
    block = make(task)
    status, answer = call(block, "preset", {"key": "w09"})
    assert status == 200
    wanted = preset_task("w09")
    assert f'value="{wanted.title}"' in answer["html"]
    for text in [level.text for criterion in wanted.rubric.criteria for level in criterion.levels]:
        assert f">{text}</textarea>" in answer["html"]
    assert block.authored_task() == task


@pytest.mark.parametrize("data", [{"key": "w99"}, {"key": ["w01"]}, {"key": "../w01"}, {}, [], "w01", None])
def test_a_preset_that_does_not_exist_is_told(task, data):
    status, answer = call(make(task), "preset", data)
    assert (status, answer["error"]) == (404, "This preset does not exist.")


def test_olx_is_read_with_inherited_settings_and_written_back_the_same(task):
    node = etree.Element("workplace_assignment", url_name="w01")
    task_to_xml(task, node)
    runtime = TestRuntime(services={})
    keys = ScopeIds(None, "workplace_assignment", BLOCK, BLOCK)
    runtime._services["field-data"] = DictFieldData({})
    block = WorkplaceAssignmentBlock.parse_xml(node, runtime, keys)
    assert block.authored_task() == task
    written = etree.Element("workplace_assignment")
    block.add_xml_to_node(written)
    again = WorkplaceAssignmentBlock.parse_xml(written, runtime, keys)
    assert again.authored_task() == task


def test_a_mistake_in_olx_names_its_place(task):
    node = etree.fromstring("<workplace_assignment><rubric><criterion key='c'/></rubric></workplace_assignment>")
    with pytest.raises(OlxError, match=r'criterion.*"title"'):
        WorkplaceAssignmentBlock.parse_xml(node, TestRuntime(services={}), ScopeIds(None, "w", BLOCK, BLOCK))


def test_the_page_with_a_round_that_waits_costs_the_block_four_queries(
    task, learner, handed_in, django_assert_num_queries
):
    block = make(task, learner)
    with django_assert_num_queries(4):  # membership, the assignment, rounds with all that is joined, timeline
        block.student_view()
    assert block.course_key == COURSE
    assert GOOD["channels"] in block.student_view().content


def test_a_page_on_which_nothing_was_written_costs_the_block_two_queries(
    task, learner, version, django_assert_num_queries
):
    block = make(task, learner)
    with django_assert_num_queries(2):  # membership, the assignment
        assert task.questions[0].title in block.student_view().content


def test_a_text_is_cleaned_when_it_is_saved_and_left_alone_when_it_is_not_changed(task):
    written = '<p onclick="steal()">Ask <b>ten</b> customers.</p><script>steal()</script>'
    block = make(task)
    assert submit(block, {**task_to_json(task), "instructions": written})[0] == 200
    assert block.authored_task().instructions == "<p>Ask <b>ten</b> customers.</p>"
    untouched = make(replace(task, instructions="<p>Ask ten customers.<br/></p>"))
    assert submit(untouched, task_to_json(untouched.authored_task()))[0] == 200
    assert untouched.authored_task().instructions == "<p>Ask ten customers.<br/></p>"


def warnings(block) -> list[str]:
    found = block.validate().messages
    assert {message.type for message in found} <= {"warning"}
    return [str(message.text) for message in found]


def test_authors_are_told_what_keeps_learners_from_working(task):
    assert warnings(make(task)) == []
    [told] = warnings(make())
    assert "no text yet" in told
    bare = replace(task, instructions="<p> </p>", questions=(), rubric=Rubric(criteria=()))
    told = "\n".join(warnings(make(bare)))
    assert all(missing in told for missing in ("no text yet", "at least one question", "no criterion"))


def test_a_rule_for_late_work_without_a_date_is_told(task):
    [told] = warnings(make(replace(task, late=LateRule(percent_per_day=Decimal(5)))))
    assert "no date from which work is late" in told
