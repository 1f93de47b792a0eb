"""A story told on a phone, agreed to on another one, and every page for people who do not see it."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from iciinsmes.best_practices import api
from iciinsmes.best_practices.data import CaseState
from tests.best_practices.conftest import ABOUT, MONDAY, TITLE, agree, propose
from tests.people import SME1

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture
def device(live_server, browser):
    """Return a function that opens a phone, of somebody or of nobody."""
    cache.clear()
    contexts = []

    def open_one(user=None, width=360):
        context = browser.new_context(viewport={"width": width, "height": 740}, locale="en")
        contexts.append(context)
        if user is not None:
            session = Client()
            session.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            cookie = {"name": "sessionid", "value": session.cookies["sessionid"].value, "url": live_server.url}
            context.add_cookies([cookie])
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()


def _fits(page) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach((part) => { part.open = true; })")
    assert Axe().run(page, options=RULES).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def _given(people, project):
    return {"project_id": project, "user_id": people.anna.pk, "course_key": SME1}


def test_a_firm_proposes_its_owner_agrees_and_takes_it_back(live_server, people, finished, device):
    anna = device(people.anna)
    address = live_server.url + reverse("iciinsmes:practice-proposal", args=[SME1, finished])
    anna.goto(address)
    _fits(anna)
    anna.get_by_label("Your firm, without its name").fill(ABOUT)
    anna.wait_for_function("Object.keys(localStorage).some((key) => key.startsWith('ici-typed:'))")
    anna.goto(live_server.url + reverse("iciinsmes:practice-library", args=[SME1]))
    anna.goto(address)
    expect(anna.get_by_label("Your firm, without its name")).to_have_value(ABOUT)
    anna.get_by_label("Title", exact=True).fill(TITLE)
    anna.get_by_label("What could another firm try on Monday?").fill(MONDAY)
    anna.get_by_role("button", name="Save, and make a link for the owner").click()
    link = anna.get_by_label("Link for the owner").input_value()
    _fits(anna)

    owner = device()
    owner.goto(live_server.url + link[link.index("/iciinsmes/") :])
    owner.wait_for_url("**/consent/*/*")
    _fits(owner)
    owner.get_by_label("No, only").check()
    owner.get_by_label("Your name").fill("Hinrich Nord")
    owner.get_by_label("I own or lead this firm").check()
    owner.get_by_role("button", name="Yes, it may be shown").click()
    expect(owner.get_by_role("heading", name="You have agreed")).to_be_visible()
    _fits(owner)
    assert api.proposal_here(**_given(people, finished)).state is CaseState.AGREED
    owner.get_by_role("button", name="Take it back now").click()
    expect(owner.get_by_role("heading", name="Nothing is shown")).to_be_visible()
    _fits(owner)
    assert api.proposal_here(**_given(people, finished)).state is CaseState.TAKEN_BACK


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_can_be_used_without_seeing_it_and_fits(live_server, people, finished, published, device, width):
    api.take_back(**_given(people, finished))
    agreed = agree(propose(people, finished))
    teacher, anna = device(people.teacher, width), device(people.anna, width)
    for page, name, more in (
        (anna, "practice-library", ()),
        (anna, "practice-case", ("dk1",)),
        (anna, "practice-proposal", (finished,)),
        (teacher, "practice-library", ()),
        (teacher, "practice-waiting", ()),
        (teacher, "practice-decide", (agreed.id,)),
    ):
        page.goto(live_server.url + reverse(f"iciinsmes:{name}", args=[SME1, *more]))
        _fits(page)
