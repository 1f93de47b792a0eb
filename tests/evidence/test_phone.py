"""Evidence on a phone of 360 pixels: links, notes, tables, photos at a question, sound, hours, the statement."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from iciinsmes.assignments import api as assignments
from iciinsmes.evidence import api
from iciinsmes.evidence.data import EvidenceRules
from tests.browser.conftest import check_accessible
from tests.drafts import draft

from .conftest import BLOCK, COURSE
from .test_uploads_script import PHOTO, TASK

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.evidence.upload_page"),
]

KINDS = ("photo", "table", "audio", "link", "note")


@pytest.fixture
def page(browser, live_server, anna, client):
    task = replace(
        TASK,
        questions=(replace(TASK.questions[0], min_files=1),),
        evidence=EvidenceRules(max_files=6, kinds=KINDS),
        statement=True,
    )
    assignments.freeze_task(usage_key=BLOCK, course_key=COURSE, task=task)
    client.force_login(anna)
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, permissions=["microphone"], locale="en-GB"
    )
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    tab = context.new_page()
    tab.set_default_timeout(5_000)
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.goto(f"{live_server.url}/page")
    yield tab
    context.close()
    assert errors == []


def place(page: Page, question: str = ""):
    return page.locator(f"[data-ici-uploads][data-question='{question}']")


def hand_in(page: Page) -> None:
    page.locator("[data-ici-hand-in]").click()


def write_note(page: Page, where: str = "Counter") -> None:
    place(page).get_by_role("button", name="Write an observation").click()
    place(page).get_by_label("Where?").fill(where)
    place(page).get_by_label("What did you see or hear?").fill("Two customers left.")


def test_everything_into_one_round(page, anna):
    # What is missing is said at its place.
    hand_in(page)
    expect(page.locator(".wrong", has_text="Add 1 more photo")).to_be_visible()
    expect(page.locator(".wrong", has_text="Tick this")).to_be_visible()
    check_accessible(page)

    at_question = place(page, "where")
    at_question.locator("summary", has_text="Add photo or file").click()
    at_question.locator("input[capture=environment]").set_input_files(
        {"name": "board.jpg", "mimeType": "image/jpeg", "buffer": PHOTO}
    )
    expect(at_question.locator("[data-ici-file] a", has_text="board.jpg")).to_be_visible()
    expect(page.locator(".wrong", has_text="Add 1 more photo")).to_have_count(0)
    expect(place(page).locator("[data-ici-file]")).to_have_count(0)

    add = place(page)
    add.get_by_role("button", name="Add a link").click()
    add.get_by_label("Address of the page").fill("javascript:alert(1)")
    add.get_by_role("button", name="Add", exact=True).click()
    expect(add.locator(".wrong", has_text="whole address")).to_be_visible()
    add.get_by_label("Address of the page").fill("example.org/reviews")
    add.get_by_role("button", name="Add", exact=True).click()
    link = add.locator("[data-ici-file] a", has_text="example.org/reviews")
    expect(link).to_have_attribute("rel", "noopener noreferrer nofollow")
    expect(link).to_have_attribute("target", "_blank")

    write_note(page)
    add.get_by_role("button", name="Add", exact=True).click()
    expect(add.locator("[data-ici-file]", has_text="Two customers left.")).to_be_visible()

    add.get_by_role("button", name="Paste a table").click()
    add.get_by_label("Copy the cells").fill("channel\tper month\n<b>phone</b>\t4,5")
    expect(add.locator("[data-ici-preview] th")).to_have_text(["channel", "per month"])
    expect(add.locator("[data-ici-preview] td")).to_have_text(["<b>phone</b>", "4,5"])
    check_accessible(page)
    add.get_by_role("button", name="Add", exact=True).click()
    expect(add.locator("[data-ici-file]")).to_have_count(3)

    page.get_by_label("Hours").fill("2,5")
    page.get_by_label("What did you do?").fill("Asked at the counter")
    page.get_by_role("button", name="Add a day").click()
    page.get_by_label("Hours").last.fill("1.25")
    expect(page.locator("[data-total]")).to_have_text("3.75")
    page.get_by_label("My coach only").check()
    page.get_by_label("This is my own work").check()
    expect(page.locator("[data-ici-status]")).to_contain_text("✓ Saved")
    page.reload()
    expect(page.get_by_label("Hours")).to_have_count(2)
    expect(page.get_by_label("My coach only")).to_be_checked()
    expect(page.get_by_label("This is my own work")).to_be_checked()

    hand_in(page)
    expect(page.get_by_text("with your teacher")).to_be_visible()
    (round_,) = assignments.work_of(user_id=anna.id, usage_key=BLOCK).rounds
    assert [file.question for file in round_.files] == ["where"]
    assert [item.kind for item in round_.items] == ["link", "note", "table"]
    assert (str(round_.hours), len(round_.log)) == ("3.75", 2)
    assert (round_.own_work, round_.audience.value) == (True, "coach")
    expect(page.locator(".line", has_text="Asked at the counter")).to_be_visible()
    check_accessible(page)


def test_a_note_waits_for_the_network_and_survives_a_reload(page, anna):
    write_note(page)
    page.reload()
    expect(place(page).get_by_label("Where?")).to_have_value("Counter")
    page.context.set_offline(True)
    place(page).get_by_role("button", name="Add", exact=True).click()
    expect(place(page).locator(".wrong", has_text="no connection")).to_be_visible()
    page.context.set_offline(False)
    expect(place(page).locator("[data-ici-file]", has_text="Counter")).to_be_visible()
    page.reload()
    expect(place(page).locator(".ici-item")).to_have_count(0)
    assert len(api.items_of(subject=draft(anna.id, BLOCK).id)) == 1


def test_a_hand_in_does_not_leave_a_note_behind(page, anna):
    page.get_by_label("This is my own work").check()
    write_note(page)
    hand_in(page)
    expect(place(page).locator(".wrong", has_text="not added yet")).to_be_visible()
    place(page).get_by_role("button", name="Throw it away").click()
    hand_in(page)
    expect(page.locator(".wrong", has_text="Add 1 more photo")).to_be_visible()
    assert api.items_of(subject=draft(anna.id, BLOCK).id) == ()


def test_a_table_changed_in_two_tabs(page, anna):
    add = place(page)
    add.get_by_role("button", name="Paste a table").click()
    add.get_by_label("Copy the cells").fill("a;b\n1;2")
    add.get_by_role("button", name="Add", exact=True).click()
    expect(add.locator("[data-ici-file]")).to_have_count(1)
    other = page.context.new_page()
    other.goto(page.url)
    for tab, text in ((page, "x;y"), (other, "p;q")):
        place(tab).get_by_role("button", name="Change").click()
        expect(place(tab).get_by_label("Copy the cells")).to_have_value("a\tb\n1\t2")
        place(tab).get_by_label("Copy the cells").fill(text)
    add.get_by_role("button", name="Save").click()
    expect(add.locator("[data-ici-item='2']")).to_be_visible()
    place(other).get_by_role("button", name="Save").click()
    expect(place(other).locator("[data-ici-other]")).to_contain_text("changed in another window")
    expect(place(other).get_by_label("Copy the cells")).to_have_value("p;q")
    place(other).get_by_role("button", name="Save").click()
    expect(place(other).locator("[data-ici-item='3']")).to_be_visible()
    assert api.items_of(subject=draft(anna.id, BLOCK).id)[0].content["rows"] == [["p", "q"]]


def test_sound_is_recorded_heard_and_added(page, anna):
    add = place(page)
    add.get_by_role("button", name="Record sound").click()
    expect(add.locator("[data-time]")).to_have_text("0:01")
    add.get_by_role("button", name="Stop").click()
    heard = (
        "(player) => new Promise((done) => { player.oncanplay = () => done(player.error === null); player.load(); })"
    )
    assert add.locator(".ici-recorder audio").evaluate(heard)
    check_accessible(page)
    add.get_by_role("button", name="Use it").click()
    expect(add.locator("[data-ici-file] audio")).to_be_visible()
    (file,) = api.files_of(subject=draft(anna.id, BLOCK).id)
    assert (file.content_type, file.name[:10], file.size > 1000) == ("audio/webm", "recording-", True)


def test_a_recording_thrown_away_and_a_microphone_that_is_not_there(page, anna):
    add = place(page)
    add.get_by_role("button", name="Record sound").click()
    expect(add.locator(".ici-recorder")).to_be_visible()
    add.get_by_role("button", name="Throw it away").click()
    expect(add.locator(".ici-recorder")).to_have_count(0)
    page.evaluate("void (navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error()))")
    add.get_by_role("button", name="Record sound").click()
    expect(add.locator("[data-ici-problem]")).to_contain_text("microphone is not available")
    expect(add.locator("[data-ici-record-file]")).to_be_visible()


def test_hours_of_two_tabs(page, anna):
    other = page.context.new_page()
    other.goto(page.url)
    page.get_by_label("Hours").fill("2")
    expect(page.locator("[data-ici-status]")).to_contain_text("✓ Saved")
    other.get_by_label("Hours").fill("many")
    expect(other.locator("[data-ici-hours-problem]")).to_contain_text("Line 1: Write the hours as a number")
    other.get_by_label("Hours").fill("7")
    expect(other.locator("[data-ici-conflict]")).to_be_visible()
    other.get_by_role("button", name="Take the other").click()
    expect(other.get_by_label("Hours")).to_have_value("2")
    expect(other.locator("[data-total]")).to_have_text("2")
