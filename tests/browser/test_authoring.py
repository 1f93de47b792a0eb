"""An author changes a block in the browser; learners see it at once, and the course can be taken home."""

from __future__ import annotations

import tarfile

import pytest
from playwright.sync_api import expect

from .conftest import DESKTOP, PHONE, check_accessible
from .paths import COURSE, W01

HTML = W01.replace("workplace_assignment+block@w01", "html+block@places-you-know-text")


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_change_is_seen_taken_home_and_discarded(visitor, campus, viewport):
    teacher = visitor(viewport)
    page = teacher.sign_in("teacher")
    page.goto(f"{campus}/authoring/{COURSE}/edit/{W01}/")
    page.locator("#ici-s-title").fill("Where do they speak?")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/unit/**")

    learner = visitor(viewport)
    reader = learner.sign_in("reka.szephaj")
    reader.goto(f"{campus}/courses/{COURSE}/block/{W01}/")
    expect(reader.get_by_text("Where do they speak?").first).to_be_visible()

    page.goto(f"{campus}/authoring/{COURSE}/edit/{HTML}/")
    check_accessible(page)
    page.get_by_label("Title").fill("Places")
    page.get_by_label("Text, as HTML").fill("<p>A new text with an ü.</p>")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/unit/**")
    expect(page.get_by_text("A new text with an ü.")).to_be_visible()

    page.goto(f"{campus}/authoring/{COURSE}/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Export as files").click()
    with tarfile.open(download.value.path()) as archive:
        content = archive.extractfile("hearing-customers/html/places-you-know-text.html")
        assert content is not None
        assert content.read().decode() == "<p>A new text with an ü.</p>"

    for _ in range(2):
        page.locator("summary", has_text="Discard").first.click()
        check_accessible(page)
        page.get_by_role("button", name="Yes, discard it").first.click()
        expect(page.get_by_text("Discarded.")).to_be_visible()
    expect(page.get_by_text("Nothing is changed.")).to_be_visible()
    reader.reload()
    expect(reader.get_by_text("Where do they speak?")).to_have_count(0)


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_preset_fills_the_form_after_a_question_and_is_saved_by_the_author_only(visitor, campus, viewport):
    page = visitor(viewport).sign_in("teacher")
    page.goto(f"{campus}/authoring/{COURSE}/edit/{W01}/")
    title = page.locator("#ici-s-title")
    before = title.input_value()
    page.get_by_label("Start from a preset").select_option("w05")
    page.get_by_role("button", name="Use it").click()
    expect(page.get_by_text("The preset replaces everything")).to_be_visible()
    check_accessible(page)
    page.get_by_role("button", name="Keep what I have").click()
    expect(title).to_have_value(before)
    page.get_by_role("button", name="Use it").click()
    page.get_by_role("button", name="Replace it").click()
    expect(title).to_have_value("Walk the customer journey")
    expect(page.locator("[data-filled]")).to_be_focused()
    check_accessible(page)
    page.get_by_role("button", name="Add a question").click()
    expect(page.locator("[data-list=questions] > [data-item]")).to_have_count(4)
    page.reload()
    expect(title).to_have_value(before)


def test_giving_up_leads_back_to_the_unit(visitor, campus):
    page = visitor().sign_in("teacher")
    page.goto(f"{campus}/authoring/{COURSE}/edit/{W01}/")
    page.locator("#ici-s-title").fill("Never kept")
    page.get_by_role("button", name="Cancel").click()
    page.wait_for_url("**/unit/**")
    expect(page.get_by_text("Never kept")).to_have_count(0)


def test_a_refused_save_stays_in_the_editor(visitor, campus):
    teacher = visitor()
    teacher.allow("400")
    page = teacher.sign_in("teacher")
    page.goto(f"{campus}/authoring/{COURSE}/edit/{W01}/")
    title = page.locator("#ici-s-title")
    title.evaluate("box => box.removeAttribute('required')")
    title.fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[data-problems]")).to_contain_text("needs a title")
    assert "/edit/" in page.url


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_mail_and_account_are_usable_for_everybody(visitor, campus, viewport):
    person = visitor(viewport)
    person.page.goto(f"{campus}/password/forgotten/")
    check_accessible(person.page)
    person.page.get_by_label("Email").fill("nobody@example.org")
    person.page.get_by_role("button", name="Send me the link").click()
    check_accessible(person.page)
    page = person.sign_in("coordinator")
    page.goto(f"{campus}/outbox/")
    check_accessible(page)
    page.locator("main .rows a").first.click()
    check_accessible(page)
    page.goto(f"{campus}/account/")
    check_accessible(page)
    page.get_by_label("Deutsch").check()
    page.get_by_role("button", name="Use this language").click()
    expect(page.locator("html")).to_have_attribute("lang", "de")
