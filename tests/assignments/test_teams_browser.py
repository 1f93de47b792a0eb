"""Handing in together as people do it, on a phone: tick a colleague, hand in, and read who did it."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from iciinsmes.assignments.block import WorkplaceAssignmentBlock
from iciinsmes.assignments.models import Round
from iciinsmes.companies import api as companies
from iciinsmes.platform import Role, host
from tests import people
from tests.desk.conftest import make_task
from tests.people import SME1

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

W01 = SME1.make_usage_key("workplace_assignment", "w01")


@pytest.fixture
def team_task(monkeypatch):
    task = replace(make_task(), team=True)
    monkeypatch.setattr(WorkplaceAssignmentBlock, "authored_task", lambda _block: task)


@pytest.fixture
def staff_of_company(db):
    company = companies.create_company(name="Nordlicht", country="de")
    found = [people.person(name, Role.LEARNER, first_name=name.title()) for name in ("anna", "bo", "cy")]
    for user in found:
        companies.join_company(company_id=company.id, user_id=user.id, course_key=SME1)
    return found


def test_a_colleague_is_ticked_with_the_keyboard_and_has_the_round_too(
    live_server, browser, team_task, staff_of_company
):
    anna, bo, _cy = staff_of_company
    session = Client()
    session.force_login(anna, backend="django.contrib.auth.backends.ModelBackend")
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="en")
    cookie = {"name": "sessionid", "value": session.cookies["sessionid"].value, "url": live_server.url}
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto(live_server.url + urlsplit(host().block_url(W01)).path)
    page.locator("textarea").first.fill("Delivery notes, and the driver.")
    page.locator("summary", has_text="Who did this together?").focus()
    page.keyboard.press("Enter")
    page.get_by_role("checkbox", name="Bo").focus()
    page.keyboard.press("Space")
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    assert Axe().run(page, context=".ici-work", options=rules).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="Hand in round 1").click()
    expect(page.locator(".ici-work")).to_contain_text("Together with Bo.", timeout=10_000)
    context.close()
    assert sorted(Round.objects.values_list("work__owner_id", flat=True)) == sorted([anna.id, bo.id])
    session.force_login(bo, backend="django.contrib.auth.backends.ModelBackend")
    assert "Handed in by Anna for you too." in session.get(reverse("iciinsmes:work", args=[W01])).content.decode()
