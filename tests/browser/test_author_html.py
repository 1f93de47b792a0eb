# ruff: noqa: E501 - attacks are one line each
"""What authors write has no hands: nothing in it acts in the session of whoever looks."""

from __future__ import annotations

import io
import itertools
import re
import tarfile
from collections.abc import Callable, Iterator
from html import escape
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.templatetags.static import static
from django.test import Client
from django.urls import reverse
from lxml import etree

from iciinsmes.platform import Role
from iciinsmes_campus.courseware import api as courseware
from iciinsmes_campus.learning import api as learning
from tests.browser.payloads import FILES, GOOD, PAYLOADS
from tests.campus.folders import COURSE, course_folder, key, unit
from tests.checks import ROOT
from tests.courses.olx import parse_xml

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WAIT_MS = 1500
TASKS = {"assignment": "w01-where-do-our-customers-speak.xml", "exercise": "would-they-recommend-you.xml"}
COURSES = ROOT / "courses" / "hearing-customers" / "vertical"
PROBLEM = """<problem>{before}<multiplechoiceresponse><label>Which?{inside}</label><description>{inside}</description>
<choicegroup type="MultipleChoice"><choice correct="false">A {inside}<choicehint label="{quoted}">{inside}</choicehint></choice>
<choice correct="true">B</choice></choicegroup><solution><div class="detailed-solution"><p>Because</p>{inside}</div></solution>
</multiplechoiceresponse><demandhint><hint>Think {inside}</hint></demandhint></problem>"""


class Look:
    """One person looks at pages; everything that acted is noted."""

    def __init__(self, browser: Any, address: str, user: Any) -> None:
        self.address = address
        self.acted: list[str] = []
        self.context = browser.new_context(viewport={"width": 1280, "height": 900})
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}
        self.context.add_cookies([cookie])
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.page.on("dialog", self._asked_person)
        self.page.on("request", self._asked)

    def _asked_person(self, dialog: Any) -> None:
        self.acted.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _asked(self, request: Any) -> None:
        path = request.url.removeprefix(self.address)
        is_harmless = request.method == "GET" and re.match(
            r"/(static/|$)|/courses/[^/]+/((unit|static)/|$)|/courses/resource/|/authoring/|/iciinsmes/desk/|/favicon",
            path,
        )
        if path.startswith(("http:", "https:", "ws")) or not (is_harmless or path.endswith("/seen")):
            self.acted.append(f"{request.method} {path}")

    def at(self, path: str) -> None:
        """Open a page, wait, move about, and note what happened."""
        self.page.goto(self.address + path)
        self.page.mouse.move(300, 300)
        self.page.mouse.move(400, 500)
        self.page.mouse.wheel(0, 4000)
        self.page.wait_for_timeout(WAIT_MS)
        self.page.mouse.wheel(0, -9000)
        found = self.page.evaluate(
            """() => {
              const bad = []; const body = document.querySelector('.unit-body, .written, main');
              if (window.ran) { bad.push('a script ran'); }
              if (typeof document.cookie !== 'string') { bad.push('cookie was taken'); }
              for (const e of body.querySelectorAll('.xmodule_HtmlBlock *, .xmodule_ProblemBlock *, .task *, .written *')) {
                const style = getComputedStyle(e);
                if (['fixed', 'sticky'].includes(style.position)) { bad.push('covers: ' + e.outerHTML.slice(0, 80)); }
                for (const a of e.attributes) {
                  if (/^(on|hx-|data-hx|data-ici|data-init|data-usage|formaction|form$|srcdoc|action)/.test(a.name)) {
                    bad.push('keeps ' + a.name);
                  }
                }
              }
              if (body.querySelector('.xmodule_HtmlBlock :is(form, script, style, link, meta, base, iframe, object, embed, svg, math, input, button)')) {
                bad.push('keeps an element'); }
              for (const e of document.querySelectorAll('header.top > a, header.top > nav a, nav.turn a')) {
                const box = e.getBoundingClientRect(); if (!box.width || box.bottom < 0 || box.top > innerHeight) { continue; }
                const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
                if (top && !e.contains(top)) { bad.push('covered ' + e.textContent + ' by ' + top.outerHTML.slice(0, 80)); }
              }
              return bad;
            }"""
        )
        self.acted += found


@pytest.fixture
def people(db: None) -> dict[str, Any]:
    found = {}
    for role in Role:
        user = get_user_model().objects.create_user(role.value, f"{role.value}@example.org", "a long secret")
        learning.enrol(user_id=user.pk, course_key=COURSE, role=role)
        found[role.value] = user
    return found


@pytest.fixture
def look(browser: Any, live_server: Any, people: dict[str, Any]) -> Iterator[Callable[[str], Look]]:
    opened: list[Look] = []

    def begin(who: str) -> Look:
        opened.append(Look(browser, live_server.url, people[who]))
        return opened[-1]

    yield begin
    for each in opened:
        each.context.close()


@pytest.fixture
def armed(people: dict[str, Any]) -> Callable[[str], str]:
    """Return a payload with the addresses of this course."""
    names = {
        "ROLE": reverse("campus:people-role", args=[COURSE, people["teacher"].pk]),
        "STATIC": f"/courses/{COURSE}/static",
        "COURSE": str(COURSE),
        "PROBLEM": str(key("problem", "p1")),
        "HTMX": static("django_htmx/htmx.min.js"),
        "WORK": static("iciinsmes/work.js"),
    }

    def arm(payload: str) -> str:
        for name, value in names.items():
            payload = payload.replace(name, value)
        return payload

    return arm


@pytest.fixture
def course(settings: Any, tmp_path: Any) -> Iterator[Callable[..., None]]:
    """Bring a course in as files."""
    settings.COURSES_ROOT = tmp_path

    def bring(files: dict[str, str]) -> None:
        course_folder(tmp_path, {**FILES, **files})
        courseware.forget()

    yield bring
    courseware.forget()


def unit_page() -> str:
    return f"/courses/{COURSE}/unit/{key('vertical', 'u1')}/"


def roles(people: dict[str, Any]) -> dict[str, str]:
    return {
        name: learning.membership_of(user_id=user.pk, course_key=COURSE).role.value for name, user in people.items()
    }


def texts() -> dict[str, str]:
    return unit("".join(f'<html url_name="h{number}"/>' for number in range(len(PAYLOADS))) + task())


def task() -> str:
    """Return a task, which brings htmx and its own scripts onto the page of a learner."""
    return etree.tostring(
        next(parse_xml(COURSES / TASKS["assignment"]).iter("workplace_assignment")), encoding="unicode"
    )


@pytest.mark.parametrize("who", ["coordinator", "learner"])
def test_imported_texts_do_nothing(look: Any, people: Any, course: Any, armed: Any, who: str) -> None:
    files = {}
    for number, payload in enumerate(PAYLOADS.values()):
        files[f"html/h{number}.xml"] = f'<html filename="h{number}" display_name="{escape(payload[:60])}"/>'
        files[f"html/h{number}.html"] = armed(payload)
    course({**texts(), **files, "about/overview.html": armed(PAYLOADS["htmx"])})
    person = look(who)
    person.at(unit_page())
    person.at(f"/courses/{COURSE}/")
    assert person.acted == []
    assert roles(people) == {role.value: role.value for role in Role}


def test_texts_saved_in_the_form_do_nothing(look: Any, people: Any, course: Any, armed: Any) -> None:
    plain = {f"html/h{number}.{end}": "<html/>" for number in range(len(PAYLOADS)) for end in ("xml", "html")}
    course({**texts(), **plain})
    teacher = Client()
    teacher.force_login(people["teacher"], backend="django.contrib.auth.backends.ModelBackend")
    for number, payload in enumerate(PAYLOADS.values()):
        form = {"title": armed(payload)[:200], "source": armed(payload)}
        saved = teacher.post(reverse("campus:edit", args=[COURSE, key("html", f"h{number}")]), form)
        assert saved.status_code == 302
    coordinator = look("coordinator")
    coordinator.at(unit_page())
    coordinator.at(reverse("campus:authoring", args=[COURSE]))
    assert coordinator.acted == []
    assert roles(people) == {role.value: role.value for role in Role}
    with tarfile.open(fileobj=io.BytesIO(b"".join(teacher.get(reverse("campus:export", args=[COURSE]))))) as archive:
        assert archive.getnames()


def test_problems_do_nothing_and_are_answered(look: Any, people: Any, course: Any, armed: Any) -> None:
    as_xml = [armed(payload) for payload in PAYLOADS.values() if _is_xml(armed(payload))]
    assert len(as_xml) > 30
    problems = "".join(f'<problem url_name="p{number}"/>' for number in range(len(as_xml)))
    files = {
        f"problem/p{number}.xml": PROBLEM.format(before=payload, inside=payload, quoted=escape(payload))
        for number, payload in enumerate(as_xml)
    }
    course({**unit(problems + task()), **files})
    person = look("coordinator")
    person.at(unit_page())
    assert person.page.locator(".xmodule_ProblemBlock button.submit").count() == len(as_xml)
    assert person.acted == []
    person.page.get_by_role("button", name="Hint", exact=True).first.click()
    person.page.get_by_text("Think").first.wait_for()
    person.page.locator(".xmodule_ProblemBlock input[type=radio]").first.check()
    person.page.locator(".xmodule_ProblemBlock button.submit").first.click()
    person.page.locator(".xmodule_ProblemBlock .notification.error").first.wait_for()
    person.page.wait_for_timeout(WAIT_MS)
    assert all("xmodule_handler/" in entry for entry in person.acted)
    assert not person.page.evaluate("window.ran")
    assert roles(people) == {role.value: role.value for role in Role}


@pytest.mark.parametrize("name", sorted(TASKS))
def test_tasks_do_nothing(look: Any, people: Any, course: Any, armed: Any, name: str) -> None:
    """Every text of a task holds payloads: the instructions all of them, each title and help one."""
    root = parse_xml(COURSES / TASKS[name])
    block = next(root.iter("workplace_assignment", "digital_tool"))
    short = itertools.cycle(armed(payload) for payload in PAYLOADS.values() if len(armed(payload)) < 120)
    for element in block.iter():
        for attribute in {"display_name", "help", "purpose", "title"} & set(element.attrib):
            element.set(attribute, next(short))
        if (element.text or "").strip() and element.tag in {"check", "level"}:
            element.text = next(short)
    place = block if block.tag == "digital_tool" else block.find("task")
    place.text = "".join(armed(payload) for payload in PAYLOADS.values() if "textarea" not in payload)
    course(unit(etree.tostring(block, encoding="unicode")))
    for who in ("coordinator", "learner"):
        person = look(who)
        person.at(unit_page())
        assert person.page.locator(".ici-work, .ici, .task").count()
        assert person.acted == []
    assert roles(people) == {role.value: role.value for role in Role}


@pytest.mark.parametrize("name", sorted(name.removeprefix("static/") for name in FILES))
def test_files_of_a_course_do_nothing_when_opened(look: Any, course: Any, people: Any, name: str) -> None:
    course({})
    person = look("coordinator")
    address = f"/courses/{COURSE}/static/{name}"
    response = person.context.request.get(person.address + address)
    assert response.status == 200
    assert response.headers["x-content-type-options"] == "nosniff"
    assert not re.search(r"script|css|json|wasm", response.headers["content-type"])
    if "attachment" not in response.headers.get("content-disposition", ""):
        person.page.goto(person.address + address)
        person.page.wait_for_timeout(300)
        assert not person.page.evaluate("window.ran")
    assert person.acted == []


@pytest.mark.parametrize("name", ["evil.js", "evil.mjs", "evil", "evil.json"])
def test_a_page_cannot_take_a_file_of_a_course_for_a_script(look: Any, course: Any, people: Any, name: str) -> None:
    course({})
    person = look("coordinator")
    person.at(unit_page())
    person.page.evaluate(
        """(address) => { const s = document.createElement('script'); s.src = address; document.body.append(s); }""",
        f"/courses/{COURSE}/static/{name}",
    )
    person.page.wait_for_timeout(500)
    assert not person.page.evaluate("window.ran")


def test_good_texts_look_as_written(look: Any, course: Any, people: Any) -> None:
    course({**unit('<html url_name="h1"/>'), "html/h1.html": GOOD})
    person = look("learner")
    person.at(unit_page())
    text = person.page.locator(".xmodule_HtmlBlock")
    for tag in re.findall(r"<([a-z0-9]+)", GOOD):
        assert text.locator(tag).count(), tag
    text.get_by_role("link", name="up").click()
    assert person.page.evaluate("document.querySelector(location.hash).textContent") == "A part"
    assert text.locator("img").evaluate("e => e.naturalWidth") == 9
    assert text.locator(".purpose").count() == 1
    assert text.locator("p[style]").evaluate("e => getComputedStyle(e).textAlign") == "center"
    assert text.get_by_role("region", name="Numbers").count() == 1
    assert person.acted == []


def _is_xml(payload: str) -> bool:
    try:
        etree.fromstring(f"<x>{payload}</x>")
    except etree.XMLSyntaxError:
        return False
    return True
