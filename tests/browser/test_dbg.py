"""The platform's problem in a real browser, under the campus' security policy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from iciinsmes_campus.learning import api as learning
from tests.campus.folders import COURSE, course_folder, key, unit
from tests.chromium import find_chromium

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = find_chromium()

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]

NUMBER = """<problem url_name="p2" display_name="Count">
  <numericalresponse answer="42"><label>How many?</label><formulaequationinput/></numericalresponse>
  <demandhint><hint>Count twice.</hint></demandhint>
</problem>"""


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=str(CHROMIUM), args=flags)
        page = browser.new_page()
        page.complaints = []
        page.on("console", lambda message: message.type == "error" and page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.requested = []
        page.on("request", lambda request: page.requested.append(request.url))
        yield page
        browser.close()


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
    settings.ROOT_URLCONF = "tests.campus.pages"


def test_dbg(page, live_server, learner, settings, tmp_path):
    make(settings, tmp_path, NUMBER)
    page.on("response", lambda r: print("RESP", r.status, r.url))
    open_unit(page, live_server, learner)
    page.locator("input[type=text]").fill("42")
    page.wait_for_timeout(1000)
    print("\n".join(page.complaints))
    page.screenshot(path="/tmp/w/p0.png")
