"""An answer on a phone, counted in taps; the page of a mail; and every page for people who do not see it."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from iciinsmes.evaluation import api, reports
from iciinsmes.evaluation.models import KeptQuestion
from iciinsmes.evaluation.questions import link_of
from tests.evaluation.conftest import end_run, react
from tests.people import SME1

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture
def phone_of(live_server, browser):
    """Return a function that gives somebody a phone, or nobody one without an account."""
    contexts = []

    def sign_in(user=None) -> Page:
        context = browser.new_context(viewport={"width": 360, "height": 740}, locale="en", reduced_motion="reduce")
        contexts.append(context)
        if user is not None:
            session = Client()
            session.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            value = session.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])
        return context.new_page()

    yield sign_in
    for context in contexts:
        context.close()


def check(page: Page) -> None:
    """Nothing is too wide for the phone, and nobody is kept out."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []


def test_the_page_of_the_mail_is_answered_with_four_taps(live_server, learners, phone_of, settings):
    settings.ADDRESS = live_server.url
    learners(1)
    end_run(3)
    api.ask_all()
    page = phone_of()
    page.goto(link_of(KeptQuestion.objects.get()))
    expect(page.get_by_role("heading", name="What has stayed?")).to_be_visible()
    check(page)
    for name in ("still_used", "effect_seen"):
        page.locator(f"label:has([name={name}][value=yes])").click()
    page.get_by_role("button", name="Send my answer").click()
    expect(page.get_by_text("Please choose one.")).to_be_visible()
    expect(page.locator("[name=still_used][value=yes]")).to_be_checked()
    check(page)
    page.locator("label:has([name=others_use][value=no])").click()
    page.get_by_role("button", name="Send my answer").click()
    expect(page.get_by_text("Thank you, your answer is kept.")).to_be_visible()
    assert KeptQuestion.objects.get().others_use == "no"
    for answer in ("partly", "yes"):
        page.locator(f"label:has([name=others_use][value={answer}])").click()
        with page.expect_response(lambda response: response.request.method == "POST"):
            page.get_by_role("button", name="Change my answer").click()
        expect(page.get_by_text("Thank you, your answer is kept.")).to_be_visible()
        expect(page.locator(f"[name=others_use][value={answer}]")).to_be_checked()
    assert KeptQuestion.objects.get().others_use == "yes"


def test_pages_of_staff_fit_a_phone_and_are_read_aloud(live_server, learners, staff, phone_of):
    for user in learners(6):
        react(user, text="Too little time")
    page = phone_of(staff.cora)
    for name in ("reactions", "evaluation-about"):
        page.goto(live_server.url + reverse(f"iciinsmes:{name}", args=[SME1]))
        check(page)
    page.goto(live_server.url + reverse("iciinsmes:evaluation-reports"))
    check(page)
    report_id = api.begin_report(owner_id=staff.cora.pk, course_keys=[SME1])
    reports.work_on(str(report_id))
    page.goto(live_server.url + reverse("iciinsmes:evaluation-report", args=[report_id]))
    expect(page.get_by_role("heading", name="Reaction, after each cycle")).to_be_visible()
    check(page)
