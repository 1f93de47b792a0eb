"""A learner works with an instrument in the course: data, estimate, result, meaning, decision; on a phone too."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.chromium import DESKTOP, PHONE

from .conftest import check_accessible, check_both_sizes
from .paths import COURSE

T02 = "block-v1:ICIinSMEs+SME1+2026+type@digital_tool+block@t02-recommend"
T05 = "block-v1:ICIinSMEs+SME1+2026+type@digital_tool+block@t05-complaints"
SCORES = [10] * 8 + [9] * 10 + [8] * 9 + [7] * 6 + [6] * 3 + [5] * 2 + [3, 0]
#: Two columns of small numbers, and no title says which are the scores; one row is wrong.
PASTED = "a\tb\n" + "\n".join(f"{number % 10}\t{score}" for number, score in enumerate(SCORES)) + "\n5\televen"
CAUSES = ["late delivery"] * 14 + ["wrong measurement"] * 6 + ["scratches"] * 3 + ["wrong invoice"]
FILE = {
    "name": "complaints.csv",
    "mimeType": "text/csv",
    "buffer": ("cause;cost\n" + "\n".join(f"{cause};50,5" for cause in CAUSES)).encode(),
}
SAID = "We call everybody who gave less than five and ask why."


def open_block(page: Page, campus: str, key: str) -> None:
    page.goto(f"{campus}/courses/{COURSE}/block/{key}/")
    expect(page.locator("[data-ici-exercise]")).to_be_visible()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def paste(page: Page, text: str) -> None:
    page.get_by_text("Or paste cells of a spreadsheet").click()
    page.locator("[name=pasted]").fill(text)
    press(page, "Look at the table")
    expect(page.get_by_text("What we understood")).to_be_visible()


def keep_scores(page: Page) -> None:
    """Bring forty scores, if the person has none yet, and go on to the estimate."""
    paste(page, "score\n" + "\n".join(map(str, SCORES)))
    press(page, "Keep these data")
    press(page, "Go on with these data")
    expect(page.locator("[name=estimate-nps]")).to_be_visible()


def step(page: Page) -> str:
    return page.locator(".steps [aria-current=step]").inner_text()


@pytest.mark.parametrize(
    ("viewport", "username"), [(PHONE, "anna.nordlicht"), (DESKTOP, "rasmus.elservicefyn")], ids=["phone", "desktop"]
)
def test_from_pasted_data_to_points(visitor, campus, viewport, username):
    learner = visitor(viewport)
    learner.allow("422")
    page = learner.sign_in(username)
    open_block(page, campus, T02)
    check_both_sizes(page)
    paste(page, PASTED)
    expect(page.get_by_text("Not found: Score, 0 to 10")).to_be_visible()
    check_accessible(page)
    page.get_by_label("Score, 0 to 10").select_option(label="b")
    press(page, "Look again with these columns")
    expect(page.get_by_text("40 rows can be used")).to_be_visible()
    expect(page.get_by_text("Column “b”: 10, 9, 8 …")).to_be_visible()
    expect(page.get_by_text("Line 42")).to_be_visible()
    check_both_sizes(page)
    page.get_by_label("What do you call these data?").fill("Spring round")
    press(page, "Keep these 40 rows")
    expect(page.get_by_label("Spring round")).to_be_checked()
    page.get_by_text("Settings", exact=True).click()
    page.get_by_label("Your earlier score").fill("20")
    check_both_sizes(page)
    press(page, "Go on with these data")

    expect(page.get_by_text("27.5", exact=True)).to_have_count(0)
    press(page, "Check, and show the result")
    expect(page.get_by_label("Work out the net promoter score")).to_be_focused()
    check_both_sizes(page)
    page.get_by_label("Work out the net promoter score").fill("50")
    page.get_by_label("10", exact=True).check()
    press(page, "Check, and show the result")

    expect(page.get_by_text("22.5 too high. You counted the eights as promoters.")).to_be_visible()
    expect(page.locator(".toolbox-svg svg:visible").first).to_be_visible()
    expect(page.get_by_role("cell", name="Promoters, 9 and 10")).to_be_visible()
    expect(page.get_by_role("heading", name="Your estimate")).to_be_focused()
    check_both_sizes(page)
    page.get_by_label("We cannot know yet").check()
    press(page, "Check, and go on")

    expect(page.get_by_role("heading", name="What it means")).to_be_focused()
    check_both_sizes(page)
    page.locator("[name=decision-words]").fill(SAID)
    press(page, "Decide, and finish")

    expect(page.get_by_text("This attempt: 3.75 of 5 points")).to_be_visible()
    expect(page.get_by_text(SAID)).to_be_visible()
    check_both_sizes(page)
    page.goto(f"{campus}/courses/{COURSE}/progress/")
    # The exercise on sampling, worth 3, stands in the same subsection.
    expect(page.get_by_text("3.75 of 8 points")).to_be_visible()


def test_of_two_columns_that_fit_one_is_asked_for(visitor, campus):
    learner = visitor(PHONE)
    page = learner.sign_in("jonas.nordlicht")
    open_block(page, campus, T05)
    paste(page, "reason one\treason two\n" + "\n".join(f"{cause}\tlate" for cause in CAUSES))
    expect(page.get_by_text("Several columns could be it: “reason one” or “reason two”. Choose one.")).to_be_visible()
    expect(page.get_by_role("button", name="Keep")).to_have_count(0)
    check_both_sizes(page)
    check_accessible(page)
    page.get_by_label("Cause").select_option(label="reason one")
    press(page, "Look again with these columns")
    expect(page.get_by_text("24 rows can be used")).to_be_visible()


def test_a_file_brings_data_and_an_empty_decision_is_asked_for_again(visitor, campus):
    learner = visitor(PHONE)
    learner.allow("422")
    page = learner.sign_in("rasmus.elservicefyn")
    open_block(page, campus, T05)
    page.locator("input[type=file]").set_input_files(FILE)
    press(page, "Look at the table")
    expect(page.get_by_text("24 rows can be used")).to_be_visible()
    press(page, "Keep these data")
    expect(page.get_by_label("complaints")).to_be_checked()
    press(page, "Go on with these data")
    page.locator("[name=estimate-second_cumulated]").fill("83,3")
    press(page, "Check, and show the result")
    expect(page.get_by_text("Right.").first).to_be_visible()
    for question in page.locator("form.toolbox-answers fieldset").all():
        question.locator("input:not([type=hidden])").first.check()
    press(page, "Check, and go on")
    press(page, "Decide, and finish")
    expect(page.get_by_text("Choose one.")).to_be_visible()
    page.get_by_role("radio", name="late delivery").check()
    press(page, "Decide, and finish")
    expect(page.get_by_role("heading", name="This attempt:")).to_be_visible()
    expect(page.get_by_text("2 attempts left.")).to_be_visible()


def test_a_double_click_begins_one_attempt_and_answers_once(visitor, campus):
    page = visitor().sign_in("jonas.nordlicht")
    open_block(page, campus, T02)
    page.get_by_role("button", name="Try with demo data").dblclick()
    expect(page.locator("[name=estimate-nps]")).to_be_visible()
    page.locator("[name=estimate-nps]").fill("36.25")
    page.get_by_role("button", name="Check, and show the result").dblclick()
    expect(page.get_by_text("3. What does it mean?")).to_be_visible()
    page.reload()
    assert step(page) == "Result"
    expect(page.locator(".answered li").first).to_contain_text("36.25")


def test_a_second_tab_is_shown_where_the_attempt_stands(visitor, campus):
    learner = visitor()
    first = learner.sign_in("balint.szephaj")
    open_block(first, campus, T02)
    keep_scores(first)
    second = learner.tab()
    open_block(second, campus, T02)
    second.locator("[name=estimate-nps]").fill("1")
    first.locator("[name=estimate-nps]").fill("27.5")
    press(first, "Check, and show the result")
    expect(first.get_by_text("4. What do you do now?")).to_be_visible()
    press(second, "Check, and show the result")
    expect(second.get_by_text("4. What do you do now?")).to_be_visible()
    expect(second.locator(".answered li").first).to_contain_text("27.5")


def test_typed_words_survive_a_reload_and_a_dead_network(visitor, campus):
    learner = visitor(PHONE)
    learner.allow("ERR_INTERNET_DISCONNECTED", "htmx:afterRequest", "htmx:sendError")
    page = learner.sign_in("anna.nordlicht")
    # The demo's Anna stands before her decision.
    open_block(page, campus, T05)
    page.get_by_role("radio", name="wrong invoice").check()
    reason = page.get_by_label("Why? You need a reason")
    reason.fill("The tax office asks us about it.")
    page.reload()
    expect(reason).to_have_value("The tax office asks us about it.")
    expect(page.get_by_role("radio", name="wrong invoice")).to_be_checked()
    learner.context.set_offline(True)
    press(page, "Decide, and finish")
    expect(page.get_by_text("No connection, nothing was sent.")).to_be_visible()
    check_accessible(page)
    expect(reason).to_have_value("The tax office asks us about it.")
    learner.context.set_offline(False)
    press(page, "Decide, and finish")
    expect(page.get_by_role("heading", name="This attempt:")).to_be_visible()
    expect(page.get_by_text("No connection, nothing was sent.")).to_be_hidden()


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_an_author_chooses_another_instrument(visitor, campus, viewport):
    teacher = visitor(viewport)
    teacher.allow("400")
    page = teacher.sign_in("teacher")
    page.goto(f"{campus}/authoring/{COURSE}/edit/{T05}/")
    check_accessible(page)
    expect(
        page.get_by_text("keeps the settings it began with").or_(page.get_by_text("keep the settings"))
    ).to_be_visible()
    page.get_by_label("Instrument").select_option("kano-analysis")
    expect(page.locator("[data-when=instrument]:visible")).to_have_count(1)
    check_accessible(page)
    page.get_by_label("Title").fill("")
    page.get_by_label("Attempts at most").fill("99")
    press(page, "Save")
    expect(page.get_by_text("The exercise needs a title.")).to_be_visible()
    expect(page.get_by_text("must lie between 0 (any number) and 50")).to_be_visible()
    check_accessible(page)
