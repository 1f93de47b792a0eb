"""What a learner may not know yet, or not any more, takes nothing by its address; staff look at it as before."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from opaque_keys.edx.keys import UsageKey

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.models import Draft
from iciinsmes.evidence.models import EvidenceFile, EvidenceItem
from iciinsmes.exercises import api as exercises
from iciinsmes.exercises.models import Attempt, DataSet
from iciinsmes.platform import Role, host
from iciinsmes_campus.courseware import api as courseware
from iciinsmes_campus.learning.models import BlockState
from tests.campus.folders import CHOICE, COURSE, course_folder, key
from tests.desk.conftest import make_task
from tests.exercises.conftest import exercise
from tests.people import person

W, T, P = key("workplace_assignment", "w1"), key("digital_tool", "t1"), key("problem", "p1")
LATER, LONG_AGO = "2999-01-01T00:00:00Z", "2000-01-01T00:00:00Z"

pytestmark = pytest.mark.django_db


TASK = (
    '<question key="q1" title="What did you find?"/><rubric pass_points="1"><criterion key="c1" title="Finding">'
    '<level points="0">None</level><level points="1">Some</level></criterion></rubric>'
)


def files(
    *, course: str = "", section: str = "", subsection: str = "", unit: str = "", block: str = "", task: str = TASK
) -> dict[str, str]:
    """Return a course with a task, a tool and a quiz in one unit; the arguments are more attributes of its parts."""
    name = "display_name"
    return {
        "course/2026.xml": f'<course display_name="Small" language="en" {course}><chapter url_name="c1"/></course>',
        "chapter/c1.xml": f'<chapter display_name="Section" {section}><sequential url_name="s1"/></chapter>',
        "sequential/s1.xml": f'<sequential {name}="Subsection" {subsection}><vertical url_name="u1"/></sequential>',
        "vertical/u1.xml": f'<vertical display_name="Unit" {unit}>'
        f'<workplace_assignment url_name="w1" {block}>{task}</workplace_assignment>'
        f'<digital_tool url_name="t1" instrument="net-promoter-score" {block}/>'
        f"{CHOICE.replace('<problem ', f'<problem {block} ', 1)}</vertical>",
    }


HIDDEN = 'visible_to_staff_only="true"'
TO_COME = f'start="{LATER}"'
CLOSED = [
    # A mistake of its author must not open it.
    {"block": HIDDEN, "task": ""},
    {"block": TO_COME, "task": ""},
    {"block": HIDDEN},
    {"unit": HIDDEN},
    {"subsection": HIDDEN},
    {"section": HIDDEN},
    {"section": HIDDEN, "block": 'visible_to_staff_only="false"'},
    {"block": TO_COME},
    {"unit": TO_COME},
    {"subsection": TO_COME},
    {"section": TO_COME},
    {"course": TO_COME},
    {"section": TO_COME, "block": f'start="{LONG_AGO}"'},
]


@pytest.fixture
def make(settings, tmp_path):
    settings.COURSES_ROOT = tmp_path

    def write(parts: dict[str, str]) -> None:
        course_folder(tmp_path, files(**parts))
        courseware.forget()
        assignments.freeze_task(usage_key=W, course_key=COURSE, task=make_task())
        exercises.open_exercise(user_id=person("bo").pk, usage_key=T, course_key=COURSE, settings=exercise())

    return write


@pytest.fixture
def anna():
    return person("anna", Role.LEARNER, COURSE)


def requests_of(client: Client) -> dict[str, Any]:
    """Send everything that a learner's page could send; return the answers by name."""
    some = uuid4()
    content = b"a,b"
    file = {"name": "a.csv", "size": "3", "sha256": hashlib.sha256(content).hexdigest()}

    def work(page: str, /, *arguments: object, **data: object) -> Any:
        return client.post(reverse(f"iciinsmes:work-{page}", args=[W, *arguments]), data)

    def tool(page: str, /, *arguments: object, **data: object) -> Any:
        return client.post(reverse(f"iciinsmes:exercise-{page}", args=[T, *arguments]), data)

    quiz = {"input_p1_2_1": "choice_1"}
    return {
        "draft": work("draft", revision="0", **{"answer-channels": "x"}),
        "hand-in": work("hand-in", revision="0"),
        "withdraw": work("withdraw", some),
        "mentor": work("mentor", do="ask", name="Lars", email="lars@example.org", role="owner"),
        "begin file": work("upload-begin", **file),
        "chunk": work("upload-chunk", some),
        "finish": work("upload-finish", some),
        "describe": work("evidence-describe", some, description="x"),
        "remove": work("evidence-remove", some),
        "item": work("item-add", kind="table", text="a;b"),
        "result": work("result", result=str(some)),
        "look": tool("look", pasted="score\n9"),
        "keep": tool("keep", pasted="score\n9\n8"),
        "canvas": tool("canvas", canvas=str(some)),
        "begin": tool("begin", demo="1"),
        "answer": tool("answer", some, step="estimate"),
        "quiz": client.post(f"/courses/xblock/{P}/learn/xmodule_handler/problem_check", quiz),
    }


def kept() -> dict[str, int]:
    models = (Draft, EvidenceFile, EvidenceItem, DataSet, Attempt, BlockState)
    return {model.__name__: model.objects.count() for model in models if model.objects.exists()}


@pytest.mark.parametrize("parts", CLOSED, ids=str)
def test_what_is_closed_takes_nothing_and_does_not_exist(client, make, anna, parts):
    make(parts)
    client.force_login(anna)
    answers = {name: answer.status_code for name, answer in requests_of(client).items()}
    assert answers == {name: 403 if name == "quiz" else 404 for name in answers}
    for name in ("work", "work-print", "work-colleagues", "work-results"):
        assert client.get(reverse(f"iciinsmes:{name}", args=[W])).status_code == 404
    assert client.get(reverse("iciinsmes:exercise", args=[T])).status_code == 404
    assert kept() == {}


@pytest.mark.parametrize("parts", CLOSED, ids=str)
def test_staff_look_at_what_is_closed(client, make, parts):
    make(parts)
    client.force_login(person("tea", Role.TEACHER, COURSE))
    page = client.get(reverse("campus:unit", args=[COURSE, key("vertical", "u1")]))
    assert page.status_code == 200
    assert all(host().may_open(page.context["user"].pk, block) for block in (W, T, P))
    assert client.post(f"/courses/xblock/{P}/learn/xmodule_handler/problem_check").status_code != 403


@pytest.mark.parametrize("parts", [{}, {"course": f'start="{LONG_AGO}"'}], ids=str)
def test_what_is_open_takes_it(client, make, anna, parts):
    make(parts)
    client.force_login(anna)
    answers = requests_of(client)
    assert answers["draft"].status_code == 200
    assert answers["begin file"].status_code == 201
    assert answers["keep"].status_code == 200
    assert answers["begin"].status_code == 200
    assert answers["quiz"].status_code == 200
    assert {"Draft", "EvidenceFile", "EvidenceItem", "DataSet", "Attempt", "BlockState"} == set(kept())


def test_a_course_that_has_ended_still_takes_what_its_teacher_asks_for(client, make, anna):
    """Who is asked for another round in the last week must be able to hand it in."""
    make({"course": f'start="{LONG_AGO}" end="2001-01-01T00:00:00Z"'})
    client.force_login(anna)
    answers = requests_of(client)
    assert answers["draft"].status_code == 200
    assert answers["quiz"].status_code == 200


def test_what_a_course_no_longer_has_is_nobodys_secret(anna):
    gone = UsageKey.from_string("block-v1:Test+OLX1+2026+type@workplace_assignment+block@gone")
    assert host().may_open(anna.pk, gone)
