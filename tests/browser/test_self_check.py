"""Somebody checks the own firm on a phone: taps, a lost page, a second device, a double tap on the last button."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.chromium import PHONE

from .conftest import check_both_sizes
from .paths import COURSE

BLOCK = "block-v1:ICIinSMEs+SME1+2026+type@self_check+block@first-self-check"
STATEMENTS = 24


def open_block(page: Page, campus: str) -> None:
    page.goto(f"{campus}/courses/{COURSE}/block/{BLOCK}/")
    expect(page.locator("[data-ici-self-check]")).to_be_visible()


def tap(page: Page, code: int, choice: str = "3") -> None:
    """Tap an answer, where it is seen: the part around it has unfolded by itself."""
    page.locator(f"label:has([name='choice-{code}'][value='{choice}'])").tap()


def saved(page: Page) -> None:
    expect(page.locator("[data-ici-status]")).to_contain_text("✓ Saved")


def test_one_tap_a_statement_and_nothing_is_lost_or_sent_twice(visitor, campus):
    learner = visitor(PHONE)
    page = learner.sign_in("rasmus.elservicefyn")
    open_block(page, campus)
    check_both_sizes(page)
    page.set_viewport_size(PHONE)
    for code in range(1, 7):
        tap(page, code)
    saved(page)
    page.reload()
    expect(page.locator("[data-all]")).to_have_text("6")
    other = visitor(PHONE)
    tablet = other.sign_in("rasmus.elservicefyn")
    open_block(tablet, campus)
    tap(tablet, 7, "none")
    tablet.locator("summary", has_text="1 Sensing").tap()
    tap(tablet, 1, "0")
    saved(tablet)
    # This page does not know of the other one, and goes on: one tap a statement, and the next part unfolds.
    for code in range(8, STATEMENTS + 1):
        if code == 9:
            page.locator("summary", has_text="3 Processing").tap()
        tap(page, code, "1" if code > 20 else "3")
    saved(page)
    expect(page.locator("[data-all]")).to_have_text("23")
    button = page.get_by_role("button", name="Send and see the result")
    button.evaluate("(button) => { button.click(); button.click(); }")
    expect(page.get_by_text("Thank you, your self-check is sent.")).to_be_visible()
    expect(page.locator(".check-advice > li")).to_have_count(3)
    check_both_sizes(page)
    # The tablet still shows the form.
    tablet.get_by_role("button", name="Send and see the result").tap()
    expect(tablet.get_by_text("Thank you, your self-check is sent.")).to_be_visible()
    tablet.get_by_text("Your answers", exact=True).tap()
    # What the tablet has changed stays, although the phone still showed the older answer when it sent.
    answer = tablet.get_by_role("row", name="We write down every complaint with cause and cost. 0", exact=True)
    expect(answer).to_be_visible()
    # Mette of the same firm has sent hers, so both are compared; nobody is named.
    expect(tablet.get_by_role("heading", name="2 persons of your firm")).to_be_visible()
    expect(
        tablet.get_by_role("row", name="We follow trends in our customers' industries, not only in ours.")
    ).to_contain_text("does not apply")


def test_without_network_answers_wait_on_the_phone(visitor, campus):
    learner = visitor(PHONE)
    learner.allow("Failed to load resource", "ERR_INTERNET_DISCONNECTED")
    page = learner.sign_in("balint.szephaj")
    open_block(page, campus)
    learner.context.set_offline(True)
    tap(page, 1, "4")
    page.locator("summary", has_text="Proof").first.tap()
    page.locator("[name='proof-1']").fill("The list beside the till")
    expect(page.locator("[data-ici-typed] [role=alert]").first).to_be_visible()
    learner.context.set_offline(False)
    saved(page)
    page.reload()
    expect(page.locator("[name='proof-1']")).to_have_value("The list beside the till")
    expect(page.locator("[name='choice-1'][value='4']")).to_be_checked()
