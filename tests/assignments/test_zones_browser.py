"""A deadline as people in different parts of the world read it."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from iciinsmes.platform import Role, host
from iciinsmes_campus.host import CampusHost
from tests.people import PASSWORD, SME1, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

W01 = SME1.make_usage_key("workplace_assignment", "w01")
DUE = datetime(2099, 12, 12, 22, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "width", "text"),
    [
        ("Pacific/Auckland", 360, "Sun 13 Dec 2099, 11:59 NZDT"),
        ("Asia/Kolkata", 360, "Sun 13 Dec 2099, 04:29 IST"),
        ("America/Los_Angeles", 1280, "Sat 12 Dec 2099, 14:59 PST"),
        ("America/Sao_Paulo", 1280, "Sat 12 Dec 2099, 19:59 UTC-3"),
    ],
)
def test_it_is_in_the_zone_of_the_browser_from_the_first_page_after_signing_in(
    live_server, browser, monkeypatch, zone, width, text
):
    person("anna", Role.LEARNER)
    monkeypatch.setattr(CampusHost, "due_date", lambda *_args: DUE)
    context = browser.new_context(viewport={"width": width, "height": 740}, locale="en", timezone_id=zone)
    page = context.new_page()
    page.goto(f"{live_server.url}/login/")
    page.locator("input[name=username]").fill("anna")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(f"{live_server.url}/")
    page.goto(live_server.url + urlsplit(host().block_url(W01)).path)
    expect(page.locator(".ici-work")).to_contain_text(f"Due {text}", timeout=20_000)
    # What comes back without a whole page, too.
    page.locator("textarea").first.fill("Delivery notes.")
    page.get_by_role("button", name="Hand in round 1").click()
    expect(page.locator(".ici-work [role=alert]").first).to_be_visible(timeout=20_000)
    expect(page.locator(".ici-work")).to_contain_text(f"Due {text}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
