"""An author changes a block in the browser; learners see it at once, and the course can be taken home."""

from __future__ import annotations

import re
import tarfile

import pytest
from playwright.sync_api import expect

from tests.chromium import DESKTOP, PHONE

from .conftest import check_accessible
from .paths import COURSE, W01

HTML = W01.replace("workplace_assignment+block@w01", "html+block@places-you-know-text")


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_change_is_seen_taken_home_and_discarded(visitor, campus, viewport):
    teacher = visitor(viewport)
    page = teacher.sign_in("teacher")
    page.goto(f"{campus}/authoring/{COURSE}/edit/{W01}/")
    page.locator("#ici-s-title").fill("Where do they speak?")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("handed in under the older version")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
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
        page.get_by_role("link", name="Export for Studio").click()
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
    page.get_by_role("button", name="Close without saving").click()
    page.wait_for_url("**/unit/**")
    expect(page.get_by_text("Never kept")).to_have_count(0)


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_problem_stands_at_its_field_and_nothing_typed_is_lost(visitor, campus, viewport):
    author = visitor(viewport)
    author.allow("400")
    page = author.sign_in("teacher")
    page.goto(f"{campus}/authoring/{COURSE}/edit/{W01}/")
    expect(page.get_by_text("handed in already")).to_be_visible()
    check_accessible(page)
    title = page.locator("#ici-s-title")
    title.fill("")
    page.locator("#ici-s-weight").fill("12")
    page.locator("summary", has_text="Rounds and dates").click()
    page.locator("#ici-s-grace").fill("999")
    page.locator("#ici-s-due").fill("2026-12-20T08:30")
    page.locator("summary", has_text="Mentor").click()
    page.get_by_label("Does a mentor confirm the work?").select_option("required")
    page.get_by_role("button", name="Add a sentence").click()
    check_accessible(page)
    page.locator("summary", has_text="Rounds and dates").click()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".wrong")).to_have_count(3)
    expect(title).to_be_focused()
    expect(title).to_have_accessible_description("▲ The assignment needs a title.")
    # A folded section with a problem opens.
    expect(page.locator("#ici-s-grace")).to_be_visible()
    expect(page.locator("#ici-s-grace")).to_have_value("999")
    expect(page.locator("#ici-s-weight")).to_have_value("12")
    expect(page.locator("[data-problems]")).to_contain_text("what you typed is still here")
    check_accessible(page)
    title.press_sequentially("Where?")
    expect(page.locator(".wrong")).to_have_count(2)
    page.locator("#ici-s-grace").fill("24")
    page.locator("[data-list='mentor.checks'] textarea").last.fill("Is the list true?")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[data-saved]")).to_be_focused()
    check_accessible(page)
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/unit/**")
    page.goto(f"{campus}/authoring/{COURSE}/edit/{W01}/")
    expect(page.locator("#ici-s-grace")).to_have_value("24")
    expect(page.locator("#ici-s-due")).to_have_value("2026-12-20T08:30")
    expect(page.locator("#ici-s-need")).to_have_value("required")
    expect(page.locator("[data-list='mentor.checks'] textarea").last).to_have_value("Is the list true?")


def test_lists_are_ordered_with_the_keyboard_and_what_was_removed_comes_back(visitor, campus):
    page = visitor().sign_in("teacher")
    page.goto(f"{campus}/authoring/{COURSE}/edit/{W01}/")
    questions = page.locator("[data-list=questions] > [data-item]")
    titles = questions.locator("[data-field=title]")
    first, second = titles.nth(0).input_value(), titles.nth(1).input_value()
    down = questions.nth(0).get_by_role("button", name="Move down")
    down.focus()
    page.keyboard.press("Enter")
    assert [titles.nth(0).input_value(), titles.nth(1).input_value()] == [second, first]
    expect(questions.nth(1).get_by_role("button", name="Move down")).to_be_focused()
    expect(page.locator("[data-status]")).to_have_text("Now at place 2 of 3.")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    assert titles.nth(0).input_value() == first
    questions.nth(0).get_by_role("button", name="Remove").press("Enter")
    expect(questions).to_have_count(2)
    expect(page.get_by_role("button", name="Put it back")).to_be_focused()
    check_accessible(page)
    page.keyboard.press("Enter")
    expect(titles.nth(0)).to_be_focused()
    assert [titles.nth(0).input_value(), titles.nth(1).input_value()] == [first, second]


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_range_and_words_only_reach_the_learner(visitor, campus, viewport):
    page = visitor(viewport).sign_in("teacher")
    page.goto(f"{campus}/authoring/{COURSE}/edit/{W01}/")
    before = page.locator("[data-list='rubric.criteria'] > [data-item]").count()
    for title, kind in (("Depth of the reasons", "range"), ("Tone of the letter", "feedback")):
        page.get_by_role("button", name="Add a criterion").click()
        page.keyboard.type(title)
        criterion = page.locator("[data-list='rubric.criteria'] > [data-item]").last
        criterion.get_by_label("Judged by").select_option(kind)
        expect(criterion.locator("[data-list=levels]")).to_be_hidden()
        if kind == "range":
            criterion.get_by_label("In steps of").fill("0.5")
    check_accessible(page)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/unit/**")
    reader = visitor(viewport).sign_in("reka.szephaj")
    reader.goto(f"{campus}/courses/{COURSE}/block/{W01}/")
    reader.locator("summary", has_text="How it will be judged").click()
    expect(reader.get_by_text("0 to 10 points; 5 are enough.")).to_be_visible()
    expect(reader.get_by_text("A comment, no points.")).to_be_visible()
    check_accessible(reader)
    page.goto(f"{campus}/authoring/{COURSE}/edit/{W01}/")
    for _ in range(2):
        page.locator("[data-list='rubric.criteria'] > [data-item]").last.get_by_role(
            "button", name="Remove"
        ).first.click()
    expect(page.locator("[data-list='rubric.criteria'] > [data-item]")).to_have_count(before)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/unit/**")


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_mail_and_account_are_usable_for_everybody(visitor, campus, viewport):
    person = visitor(viewport)
    person.page.goto(f"{campus}/password/forgotten/")
    check_accessible(person.page)
    person.page.get_by_label("Email").fill("nobody@example.org")
    person.page.get_by_role("button", name="Send me the link").click()
    person.page.wait_for_url("**/password/forgotten/sent/")
    check_accessible(person.page)
    page = person.sign_in("coordinator")
    page.goto(f"{campus}/outbox/")
    check_accessible(page)
    page.locator("main .rows a").first.click()
    page.wait_for_url(re.compile(r"/outbox/\d+/"))
    check_accessible(page)
    page.goto(f"{campus}/account/")
    check_accessible(page)
    page.get_by_label("Deutsch").check()
    page.get_by_role("button", name="Use this language").click()
    expect(page.locator("html")).to_have_attribute("lang", "de")
