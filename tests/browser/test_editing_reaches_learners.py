"""A coordinator changes an assignment in the browser; learners see it; the change is taken back."""

from __future__ import annotations

from playwright.sync_api import expect

from .paths import COURSE, W01, open_w01


def test_an_edited_assignment_reaches_learners_and_can_be_discarded(visitor, campus):
    coordinator, learner = visitor(), visitor()
    coordinator.allow("400")
    page = coordinator.sign_in("coordinator")
    page.goto(f"{campus}/authoring/{COURSE}/edit/{W01}/")

    # A mistake is named, and nothing that was typed is lost.
    page.get_by_label("Title", exact=True).fill("Where do they speak?")
    points = page.locator("[data-field=points]").first
    points.fill("9")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".wrong")).to_contain_text("do not rise from level to level")
    expect(page.get_by_label("Title", exact=True)).to_have_value("Where do they speak?")

    points.fill("0")
    page.get_by_role("button", name="Add a question").click()
    page.locator("[data-list=questions] > [data-item]").last.locator("[data-field=title]").fill("Who <b>helped</b>?")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/unit/**")

    words = learner.sign_in("balint.szephaj")
    open_w01(words, campus)
    expect(words.locator("[data-ici-work] h2.title")).to_have_text("Where do they speak?")
    expect(words.locator("label", has_text="Who <b>helped</b>?")).to_be_visible()

    page.goto(f"{campus}/authoring/{COURSE}/")
    expect(page.locator("main")).to_contain_text("Piotr Lis")
    page.locator("summary", has_text="Discard").first.click()
    page.get_by_role("button", name="Discard").first.click()
    expect(page.locator("main")).to_contain_text("Nothing is changed")
    words.reload()
    expect(words.locator("[data-ici-work] h2.title")).to_have_text("Where do our customers speak?")
