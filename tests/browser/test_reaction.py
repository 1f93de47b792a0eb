"""Somebody looks back at a cycle on a phone: five taps, a lost page, two tabs, and what is missing is said in place."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.chromium import PHONE

from .conftest import check_both_sizes
from .paths import COURSE

BLOCK = "block-v1:ICIinSMEs+SME1+2026+type@reaction+block@cycle-channels"
SENT = "Thank you, your answer is kept."


def open_block(page: Page, campus: str) -> None:
    page.goto(f"{campus}/courses/{COURSE}/block/{BLOCK}/")
    expect(page.locator("[data-ici-reaction]")).to_be_visible()


def tap(page: Page, name: str, value: str) -> None:
    page.locator(f"label:has([name='{name}'][value='{value}'])").tap()


def test_five_taps_are_enough_and_the_answer_can_be_changed(visitor, campus):
    learner = visitor(PHONE)
    learner.allow("422 (Unprocessable Entity)")
    page = learner.sign_in("balint.szephaj")
    open_block(page, campus)
    check_both_sizes(page)
    page.set_viewport_size(PHONE)
    tap(page, "useful", "5")
    tap(page, "worth", "4")
    page.get_by_role("button", name="Send my answer").tap()
    expect(page.get_by_text("Please choose one.")).to_have_count(1)
    expect(page.locator("[name=useful][value='5']")).to_be_checked()
    tap(page, "next_step", "3")
    tap(page, "obstacles", "time")
    button = page.get_by_role("button", name="Send my answer")
    button.evaluate("(button) => { button.click(); button.click(); }")
    expect(page.get_by_text(SENT)).to_be_visible()
    check_both_sizes(page)
    page.set_viewport_size(PHONE)
    open_block(page, campus)
    expect(page.locator("[name=obstacles][value=time]")).to_be_checked()
    tap(page, "useful", "2")
    page.get_by_role("button", name="Change my answer").tap()
    expect(page.get_by_text(SENT)).to_be_visible()
    open_block(page, campus)
    expect(page.locator("[name=useful][value='2']")).to_be_checked()


def test_words_wait_on_the_phone_when_the_network_is_gone(visitor, campus):
    learner = visitor(PHONE)
    learner.allow("Failed to load resource", "ERR_INTERNET_DISCONNECTED", "htmx:")
    page = learner.sign_in("reka.szephaj")
    open_block(page, campus)
    for name in ("useful", "worth", "next_step"):
        tap(page, name, "4")
    page.locator("[name=text]").fill("We are five, so each list is short")
    learner.context.set_offline(True)
    page.locator("[data-ici-reaction] button.go").tap()
    expect(page.locator("[data-ici-reaction] [role=alert]")).to_be_visible()
    learner.context.set_offline(False)
    page.reload()
    expect(page.locator("[name=text]")).to_have_value("We are five, so each list is short")
    expect(page.get_by_text("These words were kept on this device.")).to_be_visible()
