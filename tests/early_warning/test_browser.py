"""A month on a phone, counted in taps and keys; and every page for people who do not see it."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from iciinsmes.early_warning import api
from tests.early_warning.conftest import CASES, ORDERS, save, series
from tests.early_warning.test_figures import answer
from tests.people import SME1

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: A month of a firm that keeps all twelve indicators, as somebody reads it from a list.
MONTH = {
    "complaints": "5",
    "orders": "210",
    "returns": "3",
    "repeats": "1",
    "on_time": "48",
    "deliveries": "50",
    "sales": "68100",
    "order_intake": "70200",
    "quotes_won": "9",
    "quotes": "26",
    "quiet": "2",
    "regulars": "41",
    "quiet_best": "0",
    "new_sales": "4200",
    "biggest_sales": "12300",
    "stars": "4.6",
    "reviews": "7",
    "young_sales": "9100",
}
#: Slow for somebody who types numbers with one thumb: 200 to 300 milliseconds are usual.
SECONDS_A_KEY = 0.4
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture
def phone(live_server, browser, people):
    """Anna's phone."""
    session = Client()
    session.force_login(people.anna, backend="django.contrib.auth.backends.ModelBackend")
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="en")
    cookie = {"name": "sessionid", "value": session.cookies["sessionid"].value, "url": live_server.url}
    context.add_cookies([cookie])
    yield context.new_page()
    context.close()


def test_a_months_numbers_are_typed_in_less_than_a_minute(live_server, people, phone):
    taps = 0
    phone.goto(live_server.url + reverse("iciinsmes:early-warning", args=[SME1]))
    phone.locator("a.button.go").click()
    phone.locator("#id-complaints").click()
    taps += 2
    for name, digits in MONTH.items():
        assert phone.evaluate("document.activeElement.name") == name
        phone.keyboard.type(digits)
        phone.keyboard.press("Enter")
        taps += len(digits) + 1
    # The key "next" behind the last figure has gone to the button.
    phone.keyboard.press("Enter")
    taps += 1
    phone.wait_for_url("**/early/*/*/")
    assert taps * SECONDS_A_KEY < 60
    found = {each.indicator for each in api.figures_of(company_id=people.firm.id)}
    assert len(found) == 12
    assert "E1" in phone.locator(".early-lines").inner_text()


def test_every_page_can_be_used_without_seeing_it_and_fits_a_phone(live_server, people, phone):
    save(people, [*series(CASES, ORDERS), *series([900, 950, 940], key="E5")])
    alarm = api.alarms_of(company_id=people.firm.id)[0]
    answer(people, alarm)
    firm = reverse("iciinsmes:early-warning-firm", args=[SME1, people.firm.id])
    for path in ("", "indicators/E1/", "month/", "table/", "choices/", f"alarms/{alarm.id}/"):
        phone.goto(live_server.url + firm + path)
        phone.evaluate("document.querySelectorAll('main details').forEach((part) => { part.open = true; })")
        assert Axe().run(phone, options=RULES).response["violations"] == [], path
        assert phone.evaluate("document.documentElement.scrollWidth") <= 360, path


def test_what_is_typed_stays_on_the_device_until_it_is_saved(live_server, people, phone):
    month = live_server.url + reverse("iciinsmes:early-month", args=[SME1, people.firm.id])
    phone.goto(month)
    phone.locator("#id-complaints").fill("12")
    phone.wait_for_function("Object.keys(localStorage).some((key) => key.startsWith('ici-typed:'))")
    phone.goto(live_server.url + reverse("iciinsmes:early-warning", args=[SME1]))
    phone.goto(month)
    expect(phone.locator("#id-complaints")).to_have_value("12")
