"""A decision that meets a draft which is still on its way."""

from __future__ import annotations

import re
import time

import pytest

from iciinsmes.review import api as review

from .conftest import url

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


def slowly(route) -> None:
    time.sleep(1)
    route.continue_()


def test_a_decision_waits_for_the_draft_under_way(open_page, first, second):
    page = open_page(url(first))
    page.route("**/draft/", slowly)
    page.keyboard.press("3")
    page.keyboard.press("j")
    page.keyboard.press("4")
    with page.expect_request("**/draft/"):
        page.fill("#feedback", "Name who reads them.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(str(second)))
    assert review.released(subjects=[first])[first].feedback == "Name who reads them."


def test_no_draft_follows_a_decision(open_page, first, second):
    page = open_page(url(first))
    drafts: list[str] = []
    page.on("request", lambda request: drafts.append(request.url) if request.url.endswith("/draft/") else None)
    page.route(f"**{url(first)}", slowly)
    for key in ("3", "j", "4"):
        page.keyboard.press(key)
    page.wait_for_timeout(600)
    before = len(drafts)
    page.evaluate(
        """() => {
            const feedback = document.querySelector("#feedback");
            feedback.value = "Name who reads them.";
            feedback.dispatchEvent(new Event("input", {bubbles: true}));
            feedback.dispatchEvent(new Event("change", {bubbles: true}));
            document.querySelector("[data-release]").click();
        }"""
    )
    page.wait_for_url(re.compile(str(second)))
    assert len(drafts) == before
    assert review.released(subjects=[first])[first].feedback == "Name who reads them."
