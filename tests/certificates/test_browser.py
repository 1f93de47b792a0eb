"""Who was there is ticked with a thumb, and every page for people who do not see it."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse

from iciinsmes.certificates import api
from tests.certificates.conftest import browser as signed_in
from tests.certificates.conftest import issue
from tests.people import SME1

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture
def phone_of(live_server, browser):
    """Return what opens a phone with somebody signed in."""
    opened = []

    def open_phone(user):
        session: Client = signed_in(user)
        context = browser.new_context(viewport={"width": 360, "height": 740}, locale="en")
        value = session.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])
        opened.append(context)
        return context.new_page()

    yield open_phone
    for context in opened:
        context.close()


def test_a_note_is_asked_for_where_somebody_made_up_for_a_session_and_survives_a_broken_line(
    live_server, people, run, phone_of
):
    (session,) = api.sessions_of(course_key=SME1)
    phone = phone_of(people.teacher)
    phone.goto(live_server.url + reverse("iciinsmes:certificate-session", args=[SME1, session.id]))
    note = phone.locator(f"#note-{people.bo.pk}")
    assert not note.is_visible()
    phone.locator(f"input[name=is-{people.bo.pk}][value=replaced]").check()
    note.fill("Wrote the survey at home.")
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Save").click()
    phone.wait_for_selector("text=No connection")
    phone.context.set_offline(False)
    phone.get_by_role("button", name="Save").click()
    phone.wait_for_url("**/sessions/")
    found = api.presences_in(session_id=session.id, learner_ids=[people.bo.pk])
    assert found[people.bo.pk].note == "Wrote the survey at home."


def test_every_page_can_be_used_without_seeing_it_and_fits_a_phone(live_server, people, complete, phone_of):
    made = issue(people, complete)
    (session,) = api.sessions_of(course_key=SME1)
    pages: dict[Any, list[tuple[str, list[Any]]]] = {
        complete: [("certificate", [SME1]), ("certificate-sheet", [made.id]), ("certificate-check", [made.code])],
        people.bo: [("certificate", [SME1])],
        people.cora: [
            ("certificates", [SME1]),
            ("certificate-criteria", [SME1]),
            ("certificate-sessions", [SME1]),
            ("certificate-session", [SME1, session.id]),
            ("certificate-learner", [SME1, complete.pk]),
        ],
    }
    problems = []
    for user, addresses in pages.items():
        phone = phone_of(user)
        for name, arguments in addresses:
            phone.goto(live_server.url + reverse(f"iciinsmes:{name}", args=arguments))
            phone.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true; })")
            found = Axe().run(phone, options=RULES)
            problems += [f"{name}: {each['id']} {each['nodes'][0]['html']}" for each in found.response["violations"]]
            if phone.evaluate("document.documentElement.scrollWidth") > 360:
                problems.append(f"{name}: too wide")
    assert problems == []
