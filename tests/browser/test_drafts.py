"""Words are never lost: two tabs, no network, a reload while offline, a page left open."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .paths import answer, open_w01, saved


@pytest.fixture
def two_tabs(visitor, campus):
    """The same draft, open twice."""
    learner = visitor()
    learner.allow("409")
    first = learner.sign_in("reka.szephaj")
    open_w01(first, campus)
    second = learner.tab()
    open_w01(second, campus)
    return first, second


def test_a_second_tab_is_told_and_both_versions_are_offered(two_tabs):
    first, second = two_tabs
    answer(first, "channels").fill("words of the first tab")
    saved(first)
    answer(second, "channels").fill("words of the second tab")
    conflict = second.locator("[data-ici-conflict]")
    expect(conflict).to_be_visible()
    expect(answer(second, "channels")).to_have_value("words of the second tab")
    conflict.locator("summary").first.click()
    expect(conflict.locator("[data-ici-other]").first).to_contain_text("words of the first tab")

    conflict.get_by_role("button", name="Keep mine").click()
    saved(second)
    first.reload()
    expect(answer(first, "channels")).to_have_value("words of the second tab")


def test_the_other_version_can_be_taken(two_tabs):
    first, second = two_tabs
    answer(first, "finding").fill("finding of the first tab")
    saved(first)
    answer(second, "finding").fill("finding of the second tab")
    second.get_by_role("button", name="Take the other").click()
    expect(answer(second, "finding")).to_have_value("finding of the first tab")
    saved(second)


def test_without_network_words_stay_on_the_device_and_go_out_later(visitor, campus):
    learner = visitor()
    learner.allow("ERR_INTERNET_DISCONNECTED", "Failed to load resource")
    page = learner.sign_in("reka.szephaj")
    open_w01(page, campus)
    learner.context.set_offline(True)
    answer(page, "channels").fill("written in the cellar")
    expect(page.locator("[data-ici-status]")).to_contain_text("No connection")
    learner.context.set_offline(False)
    saved(page)
    page.reload()
    expect(answer(page, "channels")).to_have_value("written in the cellar")


def test_words_that_never_left_the_device_are_offered_again(visitor, campus):
    learner = visitor()
    learner.allow("ERR_INTERNET_DISCONNECTED", "Failed to load resource", "ERR_FAILED")
    page = learner.sign_in("reka.szephaj")
    open_w01(page, campus)
    page.route("**/draft", lambda route: route.abort())
    answer(page, "channels").fill("typed before the battery died")
    expect(page.locator("[data-ici-status]")).to_contain_text("No connection")
    page.unroute("**/draft")
    page.reload()
    offer = page.locator("[data-ici-unsent]")
    expect(offer).to_be_visible()
    offer.get_by_role("button", name="Use them").click()
    expect(answer(page, "channels")).to_have_value("typed before the battery died")
    saved(page)
    page.reload()
    expect(page.locator("[data-ici-unsent]")).to_have_count(0)


def test_the_back_button_shows_what_was_saved(visitor, campus):
    learner = visitor()
    page = learner.sign_in("reka.szephaj")
    open_w01(page, campus)
    answer(page, "channels").fill("before going back")
    saved(page)
    page.goto(f"{campus}/")
    page.go_back()
    expect(answer(page, "channels")).to_have_value("before going back")
