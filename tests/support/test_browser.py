"""Asking for help on a phone, keeping what an editor types, and every page for people who do not see it."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from iciinsmes.support import api
from iciinsmes.support.models import SupportContact
from tests.people import SME1
from tests.support.conftest import offer, reader

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture
def phone_of(live_server, browser):
    """Open a phone for somebody who is signed in."""
    contexts = []

    def open_phone(user):
        session = Client()
        session.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        context = browser.new_context(viewport={"width": 360, "height": 740}, locale="en")
        cookie = {"name": "sessionid", "value": session.cookies["sessionid"].value, "url": live_server.url}
        context.add_cookies([cookie])
        contexts.append(context)
        return context.new_page()

    yield open_phone
    for context in contexts:
        context.close()


def test_a_learner_finds_somebody_and_notes_what_came_of_it_in_five_taps(live_server, people, phone_of):
    offer(people.dora, name="Chamber of Kiel", contact_name="Ute Berg", contact_phone="+49 (0)431-1 2")
    phone = phone_of(people.anna)
    phone.goto(live_server.url + reverse("iciinsmes:support", args=[SME1]))
    phone.get_by_role("link", name="A first talk").click()
    phone.get_by_role("link", name="Chamber of Kiel").click()
    expect(phone.get_by_role("link", name="+49 (0)431-1 2")).to_have_attribute("href", "tel:+4943112")
    phone.get_by_role("button", name="I have contacted them").click()
    phone.get_by_role("button", name="Yes").click()
    phone.get_by_role("button", name="Partly").click()
    expect(phone.get_by_text("answered, helped in part")).to_be_visible()
    assert SupportContact.objects.get().helped == "partly"


def test_every_page_can_be_used_without_seeing_it_and_fits_a_phone(live_server, people, phone_of):
    old = offer(people.dora, name="Old offer", status="ended")
    entry = offer(people.dora, contact_name="Ute Berg", contact_mail="ute@example.org", url="https://example.org/a")
    offer(people.dora, name="Donaudampfschifffahrtsgesellschaftsförderung" * 3)
    api.log_contact(reader=reader(people.anna), course_key=SME1, entry_id=entry.id)
    learner, editor = phone_of(people.anna), phone_of(people.dora)
    pages = {
        learner: ("", "?need=talk", "all/", "all/?q=old&country=", f"entries/{entry.id}/", f"entries/{old.id}/"),
        editor: ("desk/", "desk/new/", f"desk/entries/{entry.id}/", f"desk/entries/{entry.id}/history/",
                 "desk/editors/", "desk/table/", f"entries/{entry.id}/"),
    }  # fmt: skip
    for phone, paths in pages.items():
        for path in paths:
            phone.goto(live_server.url + reverse("iciinsmes:support", args=[SME1]) + path)
            phone.evaluate("document.querySelectorAll('main details').forEach((part) => { part.open = true; })")
            assert Axe().run(phone, options=RULES).response["violations"] == [], path
            assert phone.evaluate("document.documentElement.scrollWidth") <= 360, path


def test_what_an_editor_types_stays_on_the_device_until_it_is_saved(live_server, people, phone_of):
    phone = phone_of(people.dora)
    new = live_server.url + reverse("iciinsmes:support-new", args=[SME1])
    phone.goto(new)
    phone.locator("#id-name").fill("Half an offer")
    phone.wait_for_function("Object.keys(localStorage).some((key) => key.startsWith('ici-typed:'))")
    phone.goto(live_server.url + reverse("iciinsmes:support-desk", args=[SME1]))
    phone.goto(new)
    expect(phone.locator("#id-name")).to_have_value("Half an offer")
