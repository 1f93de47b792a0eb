"""Exceptions and reports in a real browser: folded beside the work, on a phone, and what axe says."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from iciinsmes.assignments import api as assignments
from iciinsmes.desk.reports.kinds import REPORTS
from iciinsmes_campus.host import CampusHost
from tests.browser.conftest import check_accessible

from .conftest import COURSE, W01, url
from .test_grading import release

POINTS = {"completeness": "2", "finding": "3"}
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_more_time_is_given_beside_the_work(open_page, first, anna, monkeypatch):
    due: datetime = timezone.now() + timedelta(days=2)
    monkeypatch.setattr(CampusHost, "due_date", lambda *_args: due)
    page = open_page(url(first))
    page.get_by_text("Exceptions", exact=True).last.click()
    page.get_by_text("Give more time", exact=True).first.click()
    page.get_by_label("Days more").fill("7")
    page.get_by_label("Why").and_(page.locator("#extend-reason")).fill("Trade fair.")
    check_accessible(page)
    page.get_by_role("button", name="Give more time").click()
    expect(page.get_by_role("status").first).to_contain_text("The learner has been told.")
    assert assignments.due_date(user_id=anna.id, usage_key=W01) >= due + timedelta(days=6, hours=22)


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_is_readable(open_page, first, second, version, teacher, width):
    release(first, version, teacher, points=POINTS, outcome="passed")
    page = open_page(reverse("iciinsmes:desk-reports", args=[COURSE]), width=width)
    check_accessible(page)
    origin = page.url.split("/iciinsmes/")[0]
    ways = [reverse("iciinsmes:desk-report", args=[COURSE, name]) for name in REPORTS]
    ways += [f"{ways[0]}?as=print", reverse("iciinsmes:desk-exceptions", args=[COURSE])]
    ways += [url(first, name) for name in ("desk-round-exceptions", "desk-correct")]
    for way in ways:
        page.goto(origin + way)
        check_accessible(page)
