"""The platform's problem in a real browser, under the campus' security policy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from iciinsmes_campus.courseware import api
from iciinsmes_campus.learning import api as learning
from tests.campus.folders import CHOICE, COURSE, course_folder, key, unit

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

NUMBER = """<problem url_name="p2" display_name="Count">
  <numericalresponse answer="42"><label>How many?</label><formulaequationinput/></numericalresponse>
  <demandhint><hint>Count twice.</hint></demandhint>
</problem>"""


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    page = browser.new_page()
    page.complaints = []
    page.on("console", lambda message: message.type == "error" and page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.requested = []
    page.on("request", lambda request: page.requested.append(request.url))
    yield page
    page.close()


@pytest.fixture
def learner(settings: Any) -> Any:
    user = get_user_model().objects.create_user("ann", password="a long secret")
    learning.enrol(user_id=user.pk, course_key=COURSE)
    return user


def open_unit(page: Any, live_server: Any, user: Any) -> None:
    client = Client()
    client.force_login(user)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(f"{live_server.url}/courses/{COURSE}/unit/{key('vertical', 'u1')}/")


def make(settings: Any, tmp_path: Any, content: str) -> None:
    course_folder(tmp_path, unit(content))
    settings.COURSES_ROOT = tmp_path
    settings.ROOT_URLCONF = "tests.campus.bare_pages"


def test_a_choice_problem_is_answered(page: Any, live_server: Any, learner: Any, settings: Any, tmp_path: Any) -> None:
    make(settings, tmp_path, CHOICE)
    open_unit(page, live_server, learner)

    page.get_by_label("A hammer").check()
    page.get_by_role("button", name="Submit").click()
    page.get_by_text("Incorrect", exact=False).first.wait_for()
    page.get_by_label("An apple").check()
    page.get_by_role("button", name="Submit").click()
    page.locator(".notification.success").wait_for()

    grade = learning.grades(user_id=learner.pk, course_key=COURSE)[key("problem", "p1")]
    assert (grade.earned, grade.possible) == (2, 2)
    assert learning.completions(user_id=learner.pk, course_key=COURSE)[key("problem", "p1")] == 1.0

    page.reload()
    assert page.get_by_label("An apple").is_checked()
    assert page.complaints == []
    assert [url for url in page.requested if not url.startswith((live_server.url, "data:"))] == []


def test_a_number_and_a_hint(page: Any, live_server: Any, learner: Any, settings: Any, tmp_path: Any) -> None:
    make(settings, tmp_path, NUMBER)
    open_unit(page, live_server, learner)

    page.get_by_role("button", name="Hint", exact=True).click()
    page.get_by_text("Count twice.").first.wait_for()
    page.locator("input[type=text]").fill("42")
    page.get_by_role("button", name="Submit").click()
    page.locator(".notification.success").wait_for()
    assert learning.grades(user_id=learner.pk, course_key=COURSE)[key("problem", "p2")].earned == 1
    assert page.complaints == []


def test_a_unit_counts_as_seen(page: Any, live_server: Any, learner: Any, settings: Any, tmp_path: Any) -> None:
    make(settings, tmp_path, '<html url_name="h1"/>')
    open_unit(page, live_server, learner)
    assert learning.completions(user_id=learner.pk, course_key=COURSE) == {}

    with page.expect_response("**/seen") as answer:
        page.get_by_role("link", name="Next").click()
    assert answer.value.status == 204
    assert learning.completions(user_id=learner.pk, course_key=COURSE) == {key("html", "h1"): 1.0}
    assert not [url for url in page.requested if "jquery" in url]
    assert page.complaints == []


@pytest.mark.parametrize("width", [360, 1280])
def test_an_answer_that_comes_too_late_is_told_at_its_place_and_stays(
    page: Any, live_server: Any, learner: Any, settings: Any, tmp_path: Any, width: int
) -> None:
    make(settings, tmp_path, NUMBER)
    page.set_viewport_size({"width": width, "height": 700})
    open_unit(page, live_server, learner)
    typed = page.locator("input[type=text]")
    typed.fill("42")
    api.set_overlay(key("problem", "p2"), {"due": "2020-01-01T00:00:00Z"})
    page.get_by_role("button", name="Submit").dblclick()
    told = page.get_by_role("alert")
    told.get_by_text("the time to answer it is over").wait_for()
    assert told.count() == 1
    assert typed.input_value() == "42"
    assert learning.grades(user_id=learner.pk, course_key=COURSE) == {}
    box, block = told.bounding_box(), page.locator("[data-usage-id]").first.bounding_box()
    assert block["y"] < box["y"] < block["y"] + block["height"]
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width

    # A teacher gives more time: the next try takes the message away.
    api.set_overlay(key("problem", "p2"), {})
    page.get_by_role("button", name="Submit").click()
    page.locator(".notification.success").wait_for()
    assert told.count() == 0


def test_without_a_network_the_answer_stays_and_it_is_said(
    page: Any, live_server: Any, learner: Any, settings: Any, tmp_path: Any
) -> None:
    make(settings, tmp_path, NUMBER)
    open_unit(page, live_server, learner)
    page.locator("input[type=text]").fill("42")
    page.route("**/problem_check", lambda route: route.abort())
    page.get_by_role("button", name="Submit").click()
    page.get_by_role("alert").get_by_text("What you typed is still on this page").wait_for()
    assert page.locator("input[type=text]").input_value() == "42"
