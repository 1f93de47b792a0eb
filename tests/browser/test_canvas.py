"""A canvas in real browsers: two people at once, the keyboard alone, a finger, a phone, no connection."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from iciinsmes.canvases import api
from iciinsmes.toolbox import api as toolbox
from tests.canvases.conftest import add, canvas, people, words
from tests.chromium import PHONE
from tests.people import SME1

from .conftest import check_both_schemes, check_both_sizes

__all__ = ["people"]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def found(people: SimpleNamespace):
    """A canvas of Anna's firm."""
    made = canvas(people.anna, title="Small kitchens")
    for place, text in (("jobs", "Cook for six"), ("pains", "Waits for a date"), ("pains", "Nobody calls back")):
        add(made, people.anna, text, place=place)
    return made


def card(page: Page, text: str):
    """Return the card with these words."""
    return page.locator("[data-card]", has_text=text)


def place(page: Page, key: str):
    """Return a place."""
    return page.locator(f"section[data-place={key}]")


def write(page: Page, text: str) -> None:
    """Write into the open form and save it."""
    page.locator(".canvas-form textarea").first.fill(text)
    page.get_by_role("button", name="Save", exact=True).click()


def test_two_people_work_on_one_canvas_at_once(guest, people, found):
    anna, jonas = guest(), guest()
    anna.allow("409")
    hers = anna.is_user(people.anna)
    his = jonas.is_user(people.jonas)
    for visitor in (anna, jonas):
        visitor.open(f"/iciinsmes/canvases/{found.id}/")
    # Both open the same card; he is faster, and her words stay in her form.
    card(hers, "Waits for a date").locator("[data-control=edit]").click()
    hers.locator(".canvas-form textarea").first.fill("Waits three weeks")
    card(his, "Waits for a date").locator("[data-control=edit]").click()
    write(his, "Waits without a word")
    expect(card(his, "Waits without a word").locator("[data-control=edit]")).to_be_focused()
    expect(hers.locator("[data-other]")).to_be_visible(timeout=15_000)
    expect(hers.locator(".canvas-form textarea").first).to_have_value("Waits three weeks")
    hers.get_by_role("button", name="Save", exact=True).click()
    expect(hers.locator(".canvas-form blockquote")).to_have_text("Waits without a word")
    hers.locator(".canvas-form textarea").first.fill("Waits three weeks without a word")
    hers.get_by_role("button", name="Save mine").click()
    # What she wrote, added and moved arrives on his page by itself, with her name.
    place(hers, "gains").locator("[data-add]").click()
    write(hers, "A fixed day")
    expect(card(his, "Waits three weeks without a word")).to_contain_text("Anna Lindmoor", timeout=15_000)
    expect(place(his, "gains").locator("[data-card]")).to_have_count(1, timeout=15_000)
    expect(place(his, "gains").locator("[data-count]")).to_have_text("1")
    card(his, "Cook for six").locator("[data-control=remove]").click()
    expect(card(hers, "Cook for six")).to_have_count(0, timeout=15_000)
    his.get_by_role("button", name="Undo").click()
    expect(card(hers, "Cook for six")).to_have_count(1, timeout=15_000)


def test_a_card_is_written_and_moved_with_the_keyboard_alone(guest, people, found):
    anna = guest()
    page = anna.is_user(people.anna)
    anna.open(f"/iciinsmes/canvases/{found.id}/")
    place(page, "jobs").locator("[data-add]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".canvas-form textarea").first).to_be_focused()
    page.keyboard.type("Clean up quickly")
    page.keyboard.press("Control+Enter")
    expect(place(page, "jobs").locator("[data-card]")).to_have_count(2)
    expect(page.locator(".canvas-form textarea").first).to_have_value("")
    page.keyboard.press("Escape")
    expect(place(page, "jobs").locator("[data-add]")).to_be_focused()
    grip = card(page, "Waits for a date").locator("[data-control=move]")
    grip.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#canvas-status")).to_have_text("Moved: Pains, 2 of 2.")
    expect(place(page, "pains").locator("[data-card]").nth(1)).to_contain_text("Waits for a date")
    expect(card(page, "Waits for a date").locator("[data-control=later]")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("Gains")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#canvas-status")).to_have_text("Moved: Gains, 1 of 1.")
    expect(place(page, "gains").locator("[data-card]")).to_contain_text("Waits for a date")
    assert ("gains", "Waits for a date") in words(found, people.anna)


def test_a_card_is_dragged(guest, people, found):
    anna = guest()
    page = anna.is_user(people.anna)
    anna.open(f"/iciinsmes/canvases/{found.id}/")
    card(page, "Nobody calls back").locator("[data-grip]").hover()
    page.mouse.down()
    target = card(page, "Cook for six").bounding_box()
    assert target
    page.mouse.move(target["x"] + 30, target["y"] + 30)
    page.mouse.move(target["x"] + 40, target["y"] + 8, steps=4)
    page.mouse.up()
    expect(page.locator("#canvas-status")).to_have_text("Moved: Customer jobs, 1 of 2.")
    expect(place(page, "jobs").locator("[data-card]").first).to_contain_text("Nobody calls back")
    expect(card(page, "Nobody calls back").locator(".canvas-ways")).to_be_hidden()
    assert [text for where, text in words(found, people.anna) if where == "jobs"] == [
        "Nobody calls back",
        "Cook for six",
    ]


def test_without_a_connection_nothing_typed_is_lost(guest, people, found):
    anna = guest(PHONE)
    anna.allow("ERR_INTERNET_DISCONNECTED", "htmx:afterRequest", "htmx:sendError")
    page = anna.is_user(people.anna)
    anna.open(f"/iciinsmes/canvases/{found.id}/")
    place(page, "pains").locator("[data-add]").click()
    page.locator(".canvas-form textarea").first.fill("No spare parts")
    anna.context.set_offline(True)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("No connection")
    expect(page.locator(".canvas-form textarea").first).to_have_value("No spare parts")
    anna.context.set_offline(False)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(card(page, "No spare parts")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


def rows_of(instrument):
    """Return what stands on the cards: the first rows of the demo, or a sentence for each place."""
    if not instrument.canvas.is_table:
        (column,) = (each for each in instrument.columns if each.key == instrument.canvas.place)
        sentence = "They book the yearly check of their heat pump on the phone."
        return [{column.key: choice.value, instrument.canvas.text: sentence} for choice in column.choices]
    demo = toolbox.demo_table(instrument=instrument)
    return [
        {key: "" if values[row] is None else str(values[row]) for key, values in demo.columns.items()}
        for row in range(min(len(demo), 20))
    ]


@pytest.mark.parametrize("instrument", api.drawn_instruments(), ids=lambda instrument: instrument.code)
def test_every_canvas_is_usable_for_everybody(guest, people, instrument):
    made = canvas(people.anna, instrument.key, title="A canvas with an unreasonably long name for customers")
    for number, cells in enumerate(rows_of(instrument)):
        user = (people.anna, people.jonas)[number % 2]
        where = cells.pop(instrument.canvas.place, "")
        api.add_card(canvas_id=made.id, user_id=user.pk, place=where, cells=cells)
    anna = guest()
    page = anna.is_user(people.anna)
    anna.open(f"/iciinsmes/canvases/{made.id}/")
    page.locator("[data-control=edit]").first.click()
    expect(page.locator(".canvas-form textarea").first).to_be_focused()
    page.locator("[data-grip]").nth(1).click()
    page.locator(".canvas-settings > summary").click()
    check_both_sizes(page, check_both_schemes)


def test_a_picture_is_made_in_the_browser(guest, people, found):
    anna = guest()
    page = anna.is_user(people.anna)
    anna.open(f"/iciinsmes/canvases/{found.id}/")
    with page.expect_download() as download:
        page.get_by_role("button", name="Picture (PNG)").click()
    assert download.value.suggested_filename == "Small kitchens.png"
    content = download.value.path().read_bytes()
    assert content.startswith(b"\x89PNG")
    # The sheet is 1188 wide, drawn twice as sharp.
    assert int.from_bytes(content[16:20], "big") == 2 * 1188


def test_other_pages_of_a_canvas_are_usable_for_everybody(guest, people, found):
    api.save_version(canvas_id=found.id, user_id=people.jonas.pk, note="After the talks of March")
    anna = guest()
    anna.is_user(people.anna)
    for path in (f"{SME1}/", f"{found.id}/versions/", f"{found.id}/result/"):
        anna.look(f"/iciinsmes/canvases/{path}")
