"""Blocks in the frame of the platform's learning app: seen whole, led through, and nothing typed is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.paths import COURSE, W01, attach
from tests.browser.unit_frame import height, open_framed, top_in_window
from tests.chromium import DESKTOP, PHONE

W02 = "block-v1:ICIinSMEs+SME1+2026+type@workplace_assignment+block@w02"
T02 = "block-v1:ICIinSMEs+SME1+2026+type@digital_tool+block@t02-recommend"
T30 = "block-v1:ICIinSMEs+SME1+2026+type@digital_tool+block@t30-digital-maturity"
GATE = "block-v1:ICIinSMEs+SME1+2026+type@development_project+block@project-gate-two"

#: Enters something into each field of an exercise's step; right or wrong, it goes on.
_FILL = """() => document.querySelectorAll(".field input:not([type=hidden], [type=file])").forEach((field) => {
  if (/radio|checkbox/.test(field.type)) { field.checked = true; } else { field.value = "12"; }
})"""
_UNFOLD = "() => document.querySelectorAll('details').forEach((part) => { part.open = true; })"


def _unit(usage_key: str) -> str:
    return f"/courses/{COURSE}/block/{usage_key}/"


def test_the_frame_is_as_high_as_the_block_at_any_time(visitor):
    person = visitor(PHONE)
    person.sign_in("balint.szephaj")
    frame = open_framed(person, _unit(W01))
    before = height(person.page)
    summary = frame.locator("summary").first
    summary.click()
    expect(person.page.locator("#unit-iframe")).not_to_have_attribute("height", str(before))
    summary.click()
    expect(person.page.locator("#unit-iframe")).to_have_attribute("height", str(before))
    attach(frame, {"name": "list.csv", "mimeType": "text/csv", "buffer": b"channel;per month\nphone;60\n"})
    whole = frame.locator("html").evaluate("(root) => [root.scrollHeight, root.scrollWidth, innerHeight, innerWidth]")
    assert whole[0] <= whole[2]
    assert whole[1] <= whole[3]


def test_a_long_word_about_a_state_is_not_cut_off(visitor):
    """A frame cannot be scrolled sideways; in Arabic the due date alone was wider than a phone."""
    person = visitor(PHONE)
    person.sign_in("jonas.nordlicht")
    frame = open_framed(person, _unit(W01))
    pill = frame.locator(".pill").first
    pill.evaluate("(pill) => { pill.textContent = 'Was due on a Saturday in November 2026, 22:59'; }")
    assert frame.locator("html").evaluate("(root) => root.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize(("viewport", "tool"), [(PHONE, T30), (DESKTOP, T02)], ids=["phone", "desk"])
def test_each_step_of_an_exercise_begins_at_the_top_of_the_window(visitor, viewport, tool):
    """The frame gets its height after the step is shown; until then it would scroll by itself, which is taken back."""
    person = visitor(viewport)
    person.sign_in("rasmus.elservicefyn")
    frame = open_framed(person, _unit(tool))
    frame.get_by_role("button", name="Try with demo data").click()
    person.allow("422 (Unprocessable")
    for name, heading in (("Check, and show the result", "Your estimate"), ("Check, and go on", "What it means")):
        expect(frame.get_by_role("button", name=name)).to_be_visible()
        frame.locator("html").evaluate(_FILL)
        frame.get_by_role("button", name=name).click()
        expect(frame.get_by_role("heading", name=heading)).to_be_focused()
        person.page.wait_for_timeout(1500)
        assert 0 <= top_in_window(person.page, frame.locator(":focus")) < 150


@pytest.mark.parametrize(
    "leaves", [f"frame.src = frame.src.replace('{W02}', '{W01}')", "frame.remove()"], ids=["unit", "page"]
)
def test_words_typed_just_before_another_unit_is_shown_reach_the_server(visitor, leaves):
    person = visitor(DESKTOP)
    person.sign_in("reka.szephaj")
    frame = open_framed(person, _unit(W02))
    box = frame.locator("[name^=answer-]").first
    box.focus()
    person.page.keyboard.press("Control+End")
    words = f"said at the counter, {len(leaves)}"
    person.page.keyboard.type(words)
    # What the test itself would have to let pass is lost with its frame.
    person.page.unroute_all(behavior="wait")
    person.allow("Refused to display", "ERR_BLOCKED_BY_RESPONSE")
    person.page.locator("#unit-iframe").evaluate(f"(frame) => {{ {leaves}; }}")
    elsewhere = visitor(PHONE)
    elsewhere.sign_in("reka.szephaj")
    name = "[name^=answer-]"
    for _try in range(20):
        page = elsewhere.open(_unit(W02))
        if words in page.locator(name).first.input_value():
            break
    assert words in page.locator(name).first.input_value()


def test_a_file_whose_sending_was_cut_off_by_another_unit_is_named(visitor):
    """The app takes the frame away without asking, so the page cannot ask either."""
    person = visitor(DESKTOP)
    person.sign_in("balint.szephaj")
    frame = open_framed(person, _unit(W01))
    person.page.route("**/chunk?*", lambda _route: None)
    chooser = frame.locator("[data-ici-uploads][data-question=''] input[type=file][multiple]")
    chooser.set_input_files({"name": "orders.csv", "mimeType": "text/csv", "buffer": b"day;orders\n" * 9000})
    expect(frame.locator("[data-ici-sending]", has_text="orders.csv")).to_contain_text("is being sent")
    person.page.unroute("**/chunk?*")
    frame = open_framed(person, _unit(W01))
    expect(frame.locator("[data-ici-sending]", has_text="orders.csv")).to_contain_text("was not sent to the end")
    attach(frame, {"name": "orders.csv", "mimeType": "text/csv", "buffer": b"day;orders\n" * 9000})
    frame = open_framed(person, _unit(W01))
    expect(frame.locator("[data-ici-files]", has_text="orders.csv")).to_be_visible()
    expect(frame.locator("[data-ici-sending] li")).to_have_count(0)


@pytest.mark.parametrize("is_refused", [True, False], ids=["refused", "done"])
def test_a_step_that_leads_to_a_page_leaves_the_frame(visitor, is_refused):
    """The platform's and the add-on's pages refuse to be shown in a frame."""
    person = visitor(DESKTOP)
    person.sign_in("anna.nordlicht")
    frame = open_framed(person, _unit(GATE))
    person.allow("422 (Unprocessable")
    if is_refused:
        frame.locator("summary", has_text="Propose to stop").click()
        frame.get_by_label("Why?").fill(" ")
        frame.get_by_role("button", name="Propose to stop").click()
    else:
        frame.get_by_role("button", name="Ask anyway").click()
    person.page.wait_for_url("**/iciinsmes/projects/**")
    expect(person.page.locator("main .project-page")).to_be_visible()


def test_a_picture_of_a_round_leaves_the_unit_where_it_is(visitor):
    """Links lead out of the frame, and would put the picture in place of the course."""
    person = visitor(DESKTOP)
    person.sign_in("jonas.nordlicht")
    frame = open_framed(person, _unit(W01))
    frame.locator("html").evaluate(_UNFOLD)
    with person.context.expect_page() as opened:
        frame.locator("a:has(> img[loading=lazy])").last.click()
    opened.value.wait_for_url("**/note-in-the-van.jpg?view=1")
