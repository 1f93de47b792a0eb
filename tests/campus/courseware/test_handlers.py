"""Who may call a block's handlers, and what comes of it."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from decimal import Decimal
from typing import Any, ClassVar

import pytest
from django.test import Client
from opaque_keys.edx.locator import CourseLocator

from iciinsmes.platform import Role
from iciinsmes_campus.courseware import api
from iciinsmes_campus.courseware.runtime import third_party_signature
from iciinsmes_campus.courseware.saving import _savers
from iciinsmes_campus.learning import api as learning
from iciinsmes_campus.learning.models import BlockState, Completion, Grade, TrackingEvent
from tests.campus.courseware.blocks import HabitBlock
from tests.campus.folders import CHOICE, COURSE, key, unit

HABIT = key("habit", "x1")


@pytest.fixture(autouse=True)
def _course(make: Any, install: Any) -> None:
    install(habit=HabitBlock)
    make(unit('<habit url_name="x1" weight="10" text="old"/><teleport url_name="t1"/>' + CHOICE))


@pytest.fixture
def call() -> Callable[..., Any]:
    def post(user: Any, path: str, data: Any = None, *, kind: str = "learn", block: Any = HABIT) -> Any:
        client = Client()
        if user is not None:
            client.force_login(user)
        url = f"/courses/xblock/{block}/{kind}/{path}"
        return client.post(url, json.dumps(data or {}), content_type="application/json")

    return post


def test_a_learner(call: Any, ann: Any) -> None:
    assert call(ann, "count").json() == {"one": 1}
    assert call(ann, "count").json() == {"one": 2}


def test_anonymous_strangers_and_learners_of_other_courses(call: Any, person: Any) -> None:
    other = person("liz", Role.LEARNER, CourseLocator("Test", "Other", "2026"))
    assert call(None, "count").status_code == 401
    assert call(person("eve"), "count").status_code == 403
    assert call(other, "count").status_code == 403
    assert "access" in call(other, "count").json()["error"]


def test_a_get_is_checked_too(person: Any, ann: Any) -> None:
    client = Client()
    url = f"/courses/xblock/{HABIT}/learn/whoami/one/two?a=b"
    assert client.get(url).status_code == 401
    client.force_login(person("eve"))
    assert client.get(url).status_code == 403
    client.force_login(ann)
    answer = client.get(url).json()
    assert answer["suffix"] == "one/two"
    assert answer["query"] == {"a": "b"}
    assert answer["edx-platform.user_id"] == ann.pk
    assert answer["edx-platform.username"] == "ann"
    assert answer["edx-platform.user_is_staff"] is False
    assert answer["edx-platform.user_role"] == "student"
    assert answer["edx-platform.anonymous_user_id"] == learning.anonymous_id(ann.pk, COURSE)
    assert client.put(url).status_code == 405


def test_staff_are_staff(tom: Any) -> None:
    client = Client()
    client.force_login(tom)
    answer = client.get(f"/courses/xblock/{HABIT}/learn/whoami").json()
    assert (answer["edx-platform.user_is_staff"], answer["edx-platform.user_role"]) == (True, "staff")


def test_a_forged_request_is_refused(ann: Any, settings: Any) -> None:
    settings.CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"
    client = Client(enforce_csrf_checks=True)
    client.force_login(ann)
    assert client.post(f"/courses/xblock/{HABIT}/learn/count").status_code == 403


@pytest.mark.parametrize("block", [key("habit", "nowhere"), key("teleport", "t1"), "block-v1:x", "nonsense"])
def test_unknown_blocks(call: Any, ann: Any, block: Any) -> None:
    assert call(ann, "count", block=block).status_code == 404


def test_unknown_handlers(call: Any, ann: Any) -> None:
    assert call(ann, "nothing").status_code == 404
    assert call(ann, "max_score").status_code == 404
    assert call(ann, "student_view").status_code == 404


def test_a_blocks_own_refusal(call: Any, ann: Any) -> None:
    answer = call(ann, "refuse")
    assert (answer.status_code, answer.json()) == (409, {"error": "Somebody was faster."})


def test_a_refusal_of_the_platforms_own_blocks_has_words(call: Any, ann: Any) -> None:
    answer = call(ann, "close")
    assert (answer.status_code, answer.json()["error"]) == (409, "This problem is closed.")
    quiet = call(ann, "close", {"quietly": True})
    assert (quiet.status_code, quiet.json()["error"]) == (409, "This is not possible here now.")


def test_a_failure_saves_nothing_and_is_logged(call: Any, ann: Any, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        answer = call(ann, "count", {"fail": True})
    assert answer.status_code == 500
    assert "logged" in answer.json()["error"]
    assert "failed on request" in caplog.text
    assert ann.email not in caplog.text
    assert call(ann, "count").json() == {"one": 1}


def test_a_third_party_needs_an_address_from_the_block(call: Any, ann: Any) -> None:
    signature = third_party_signature(HABIT, "whoami")
    client = Client(enforce_csrf_checks=True)
    client.force_login(ann)
    answer = client.post(f"/courses/xblock/{HABIT}/{signature}/whoami")
    assert answer.json()["edx-platform.is_authenticated"] is False
    assert client.post(f"/courses/xblock/{HABIT}/{signature}/count").status_code == 404
    assert client.post(f"/courses/xblock/{HABIT}/noauth/whoami").status_code == 404


def test_grades_are_weighted(call: Any, ann: Any) -> None:
    call(ann, "publish/grade", {"value": 3, "max_value": 4})
    grade = learning.grades(user_id=ann.pk, course_key=COURSE)[HABIT]
    assert (grade.earned, grade.possible) == (Decimal("7.5"), Decimal(10))
    assert learning.completions(user_id=ann.pk, course_key=COURSE) == {HABIT: 1.0}


def test_a_better_grade_is_kept(call: Any, ann: Any) -> None:
    call(ann, "publish/grade", {"value": 3, "max_value": 4})
    call(ann, "publish/grade", {"value": 1, "max_value": 4, "only_if_higher": True})
    assert learning.grades(user_id=ann.pk, course_key=COURSE)[HABIT].earned == Decimal("7.5")
    call(ann, "publish/grade", {"value": 4, "max_value": 4, "only_if_higher": True})
    call(ann, "publish/grade", {"value": 2, "max_value": 4})
    assert learning.grades(user_id=ann.pk, course_key=COURSE)[HABIT].earned == Decimal(5)


def test_nobody_publishes_for_somebody_else(call: Any, ann: Any, tom: Any) -> None:
    call(ann, "publish/grade", {"value": 4, "max_value": 4, "user_id": tom.pk})
    assert learning.grades(user_id=tom.pk, course_key=COURSE) == {}


def test_a_grade_without_points_is_not_booked(call: Any, ann: Any) -> None:
    for data in ({"value": 1, "max_value": 0}, {"value": 1}, {"max_value": 4}):
        assert call(ann, "publish/grade", data).status_code == 200
    assert learning.grades(user_id=ann.pk, course_key=COURSE) == {}


def test_completion_and_events(call: Any, ann: Any) -> None:
    call(ann, "publish/completion", {"completion": 0.5})
    assert learning.completions(user_id=ann.pk, course_key=COURSE) == {HABIT: 0.5}
    assert call(ann, "publish/completion", {"completion": 7}).status_code == 500
    call(ann, "publish/habit.counted", {"how": "often"})
    event = TrackingEvent.objects.get()
    assert (event.user_id, event.usage_key, event.name, event.data) == (
        ann.pk,
        HABIT,
        "habit.counted",
        {"how": "often"},
    )


def test_excluded_kinds_complete_nothing(call: Any, ann: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HabitBlock, "completion_mode", "excluded", raising=False)
    call(ann, "publish/completion", {"completion": 1.0})
    assert learning.completions(user_id=ann.pk, course_key=COURSE) == {}


def test_learners_do_not_write_what_authors_do(call: Any, ann: Any) -> None:
    assert call(ann, "write", {"text": "mine"}).status_code == 500
    assert call(ann, "write", {"text": "mine"}, kind="edit").status_code == 403


@pytest.mark.django_db(transaction=True)
def test_what_an_author_saves_is_kept_and_shown(call: Any, tom: Any, ann: Any) -> None:
    saved: list[dict[str, Any]] = []

    def saver(**told: Any) -> None:
        saved.append(told)

    api.on_author_save(saver)
    try:
        assert call(tom, "write", {"text": "new"}, kind="edit").status_code == 200
    finally:
        _savers.remove(saver)
    assert saved == [{"usage_key": HABIT, "fields": {"text": "new"}, "author_id": tom.pk}]
    assert api.overlay_of(HABIT) == {"text": "new"}
    assert call(tom, "publish/grade", {"value": 1, "max_value": 1}, kind="edit").status_code == 200
    assert learning.grades(user_id=tom.pk, course_key=COURSE) == {}


def test_a_problem_is_answered_and_keeps_its_answer(ann: Any) -> None:
    client = Client()
    client.force_login(ann)
    url = f"/courses/xblock/{key('problem', 'p1')}/learn/xmodule_handler/"
    wrong = client.post(url + "problem_check", {"input_p1_2_1": "choice_0"}).json()
    assert wrong["success"] == "incorrect"
    right = client.post(url + "problem_check", {"input_p1_2_1": "choice_1"}).json()
    assert right["success"] == "correct"
    assert "/learn/xmodule_handler" in client.post(url + "problem_get").json()["html"] or right["contents"]
    grade = learning.grades(user_id=ann.pk, course_key=COURSE)[key("problem", "p1")]
    assert (grade.earned, grade.possible) == (2, 2)


def test_a_link_uses_up_no_attempt(ann: Any) -> None:
    client = Client()
    client.force_login(ann)
    url = f"/courses/xblock/{key('problem', 'p1')}/learn/xmodule_handler/"
    before = everything()
    for step in ("problem_check", "problem_save", "problem_reset", "hint_button", "problem_show"):
        answer = client.get(url + step, {"input_p1_2_1": "choice_0"})
        assert answer.status_code == 405, step
        assert answer["Allow"] == "POST"
        assert client.head(url + step).status_code == 405
    assert client.get(url + "problem_get").status_code == 200
    assert everything() == before
    client.post(url + "problem_check", {"input_p1_2_1": "choice_1"})
    assert client.get(url + "problem_check", {"input_p1_2_1": "choice_0"}).status_code == 405
    assert learning.grades(user_id=ann.pk, course_key=COURSE)[key("problem", "p1")].earned == 2


@pytest.mark.parametrize("kind", ["learn", "edit", "third party"])
@pytest.mark.parametrize("step", ["eager/save", "eager/publish", "eager/table"])
def test_a_foreign_handler_changes_nothing_by_a_link(tom: Any, kind: str, step: str) -> None:
    client = Client()
    client.force_login(tom)
    kind = third_party_signature(HABIT, "eager") if kind == "third party" else kind
    before = everything()
    answer = client.get(f"/courses/xblock/{HABIT}/{kind}/{step}")
    assert answer.status_code == 405 or step == "eager/table"
    assert everything() == before


def everything() -> dict[str, list[Any]]:
    return {model.__name__: list(model.objects.values()) for model in (BlockState, TrackingEvent, Grade, Completion)}


def test_a_handler_costs_few_statements(call: Any, ann: Any, django_assert_max_num_queries: Any) -> None:
    call(ann, "count")
    client = Client()
    client.force_login(ann)
    with django_assert_max_num_queries(22):
        client.post(f"/courses/xblock/{HABIT}/learn/count", "{}", content_type="application/json")


class TestRefusalsOfTheProblem:
    """What the platform's problem does not do is told in a sentence, and nothing is handed in."""

    PROBLEM = key("problem", "p1")

    @pytest.fixture
    def ask(self, ann: Any) -> Callable[..., Any]:
        def post(dispatch: str, data: Any = None, *, handler: str = "xmodule_handler") -> Any:
            client = Client()
            client.force_login(ann)
            return client.post(f"/courses/xblock/{self.PROBLEM}/learn/{handler}/{dispatch}", data or {})

        return post

    @pytest.fixture
    def change(self, make: Any) -> Callable[..., None]:
        def lay(**settings: Any) -> None:
            api.set_overlay(self.PROBLEM, settings)

        return lay

    ANSWER: ClassVar = {"input_p1_2_1": "choice_0"}

    def test_it_has_closed(self, ask: Any, change: Any, ann: Any) -> None:
        change(due="2020-01-01T00:00:00Z")
        answer = ask("problem_check", self.ANSWER)
        assert answer.status_code == 409
        assert "the time to answer it is over" in answer.json()["error"]
        assert learning.grades(user_id=ann.pk, course_key=COURSE) == {}

    def test_all_attempts_are_used(self, ask: Any, change: Any, ann: Any) -> None:
        change(max_attempts=1)
        assert ask("problem_check", self.ANSWER).status_code == 200
        again = ask("problem_check", {"input_p1_2_1": "choice_1"})
        assert again.status_code == 409
        assert "all your attempts" in again.json()["error"]
        assert learning.grades(user_id=ann.pk, course_key=COURSE)[self.PROBLEM].earned == 0

    def test_it_must_be_reset_first(self, ask: Any, change: Any) -> None:
        change(rerandomize="always")
        assert ask("problem_check", self.ANSWER).status_code == 200
        again = ask("problem_check", self.ANSWER)
        assert (again.status_code, "Reset" in again.json()["error"]) == (409, True)

    def test_the_answer_is_not_shown_yet(self, ask: Any, change: Any) -> None:
        change(showanswer="never")
        answer = ask("problem_show")
        assert (answer.status_code, answer.json()["error"]) == (409, "The answer is not shown yet.")

    def test_resetting_and_saving_are_refused_when_it_has_closed(self, ask: Any, change: Any) -> None:
        change(due="2020-01-01T00:00:00Z")
        for dispatch in ("problem_reset", "problem_save"):
            answer = ask(dispatch, self.ANSWER)
            assert answer.status_code == 200
            assert answer.json()["success"] is False
            assert answer.json()["msg"]

    @pytest.mark.parametrize(
        ("dispatch", "data"),
        [
            ("problem_check", {"nonsense": "x"}),
            ("problem_check", {"input_p1_2_1[]": "choice_0", "input_p1_2_1": "choice_0"}),
            ("problem_check", {"input_p1_2_1": "choice_99"}),
            ("problem_check", {"input_p1_9_9": "x"}),
            ("problem_check", {"": ""}),
            ("hint_button", {"hint_index": "first"}),
            ("hint_button", {}),
            ("input_ajax", {}),
            ("input_ajax", {"input_id": "gone", "dispatch": "preview"}),
            ("score_update", {}),
            ("ungraded_response", {}),
            ("problem_explode", {}),
            ("", {}),
            ("../../etc", {}),
        ],
    )
    def test_data_that_no_page_sends_are_no_error_of_the_server(self, ask: Any, dispatch: str, data: Any) -> None:
        answer = ask(dispatch, data)
        assert answer.status_code in (200, 400, 404, 409), answer.content

    def test_an_unknown_handler_is_not_found(self, ask: Any) -> None:
        assert ask("problem_check", self.ANSWER, handler="xmodule_handle").status_code == 404

    @pytest.mark.parametrize("content", [b"[]", b"{", b"null", b"\xff", b'"x"'])
    @pytest.mark.parametrize("kind", ["problem", "html"])
    def test_json_for_a_handler_of_the_platform(self, ann: Any, make: Any, kind: str, content: bytes) -> None:
        make(unit('<html url_name="x"><![CDATA[<p>a</p>]]></html>' + CHOICE))
        block = self.PROBLEM if kind == "problem" else key("html", "x")
        client = Client()
        client.force_login(ann)
        for handler in ("xmodule_handler", "xmodule_handler/problem_check", "studio_submit", "submit_studio_edits"):
            url = f"/courses/xblock/{block}/learn/{handler}"
            assert client.post(url, content, content_type="application/json").status_code < 500, handler
