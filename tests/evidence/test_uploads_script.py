"""The upload script in Chromium: every way in which a phone's connection and a learner's hand interrupt it."""

from __future__ import annotations

import random
import re
from decimal import Decimal

import pytest
from django.conf import settings
from playwright.sync_api import FilePayload, Page, expect

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.data import Task, TaskQuestion
from iciinsmes.evidence import api
from iciinsmes.evidence.data import EvidenceRules
from iciinsmes.review.data import Criterion, Rubric, RubricLevel
from tests.drafts import draft

from . import makers
from .conftest import BLOCK, COURSE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.evidence.upload_page"),
]

LEVELS = (RubricLevel(Decimal(0), "no"), RubricLevel(Decimal(3), "yes"))
TASK = Task(
    title="Where do customers speak?",
    purpose="Know every place.",
    instructions="<p>List them.</p>",
    questions=(TaskQuestion(key="where", title="Where", required=False),),
    evidence=EvidenceRules(max_files=3, max_file_bytes=4 * 1024 * 1024, required=True),
    rubric=Rubric(criteria=(Criterion(key="all", title="All", levels=LEVELS),)),
)
PHOTO = makers.image(size=(300, 200))
# More than four pieces: 64 kB, 256 kB and 512 kB on a fast line.
LONG = makers.pdf(random.Random(1).randbytes(1_900_000))


@pytest.fixture
def page(browser, live_server, anna, client):
    assignments.freeze_task(usage_key=BLOCK, course_key=COURSE, task=TASK)
    client.force_login(anna)
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    tab = context.new_page()
    tab.set_default_timeout(10_000)
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.goto(f"{live_server.url}/page")
    yield tab
    context.close()
    assert errors == []


def section(page: Page):
    """Return the section for the whole work; every question has one of its own."""
    return page.locator("[data-ici-uploads][data-question='']")


def choose(page: Page, *files: tuple[str, bytes]) -> None:
    payload = [FilePayload(name=name, mimeType="application/octet-stream", buffer=content) for name, content in files]
    section(page).locator("input[type=file][multiple]").set_input_files(payload)


def listed(page: Page):
    return section(page).locator("[data-ici-file] .grow > a")


def sending(page: Page):
    return section(page).locator("[data-ici-sending] > li")


def names(user) -> list[str]:
    return [file.name for file in api.files_of(subject=draft(user.id, BLOCK).id)]


def test_several_files_arrive_one_after_the_other(page, anna):
    choose(page, ("a.jpg", PHOTO), ("report.pdf", LONG))
    expect(listed(page)).to_have_text(["a.jpg", "report.pdf"])
    expect(sending(page)).to_have_count(0)
    assert names(anna) == ["a.jpg", "report.pdf"]
    expect(section(page).locator("[data-ici-say]")).to_have_text("Added: report.pdf")
    shown = "async (image) => { await image.decode(); return image.naturalWidth; }"
    assert page.locator("[data-ici-file] img").evaluate(shown) > 44


def test_a_photo_from_the_camera(page, anna):
    section(page).locator("input[capture]").set_input_files(
        {"name": "image.jpg", "mimeType": "image/jpeg", "buffer": PHOTO}
    )
    expect(listed(page)).to_have_text(["image.jpg"])


def test_what_cannot_count_is_not_sent(page, anna):
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    choose(page, ("a.svg", b"<svg/>"), ("empty.pdf", b""), ("big.pdf", bytes(5_000_000)))
    expect(sending(page).locator("[data-state]")).to_contain_text(["Only these files", "empty", "up to"])
    assert requests == []
    for _row in range(3):
        sending(page).first.get_by_role("button").click()
    expect(section(page).locator("[data-ici-sending]")).to_be_hidden()


def test_one_file_too_many(page, anna):
    choose(page, *[(f"{number}.csv", b"a;%d\n" % number) for number in range(4)])
    expect(listed(page)).to_have_count(3)
    expect(sending(page).locator("[data-state]")).to_have_text("You can add up to 3 files here. Remove one first.")


def test_what_the_server_refuses_is_said(page, anna):
    choose(page, ("list.pdf", b"MZ" + bytes(500)))
    expect(sending(page).locator("[data-state]")).to_contain_text("but this is a program")
    assert names(anna) == []


def test_a_lost_connection(page, anna):
    failed: list[str] = []

    def unreliable(route):
        if len(failed) < 2 and "offset=327680" in route.request.url:
            failed.append(route.request.url)
            route.abort("internetdisconnected")
        else:
            route.continue_()

    page.route("**/chunk*", unreliable)
    choose(page, ("report.pdf", LONG))
    expect(sending(page).locator("[data-state]")).to_have_text("17 % · waits for the network, will go on by itself")
    expect(listed(page)).to_have_text(["report.pdf"], timeout=15_000)
    assert len(failed) == 2


def test_an_answer_that_never_arrived(page, anna):
    """The server has the piece, the page does not know: sending it again changes nothing."""
    lost: list[str] = []

    def swallow(route):
        if not lost:
            lost.append(route.fetch().text())
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/chunk*", swallow)
    choose(page, ("report.pdf", LONG))
    expect(listed(page)).to_have_text(["report.pdf"], timeout=10_000)


def test_a_server_that_stumbles_and_one_that_lies_down(page, anna):
    answers = [503, 502]
    page.route("**/begin", lambda route: route.fulfill(status=answers.pop()) if answers else route.continue_())
    choose(page, ("a.jpg", PHOTO))
    expect(listed(page)).to_have_text(["a.jpg"], timeout=10_000)
    page.route("**/begin", lambda route: route.fulfill(status=403, body="<html>CSRF</html>"))
    choose(page, ("b.csv", b"a;b\n"))
    expect(sending(page).locator("[data-state]")).to_contain_text("You are signed out")


def test_a_page_that_was_closed_goes_on_where_it_stopped(page, anna):
    page.route("**/chunk?offset=851968", lambda route: route.abort())
    choose(page, ("report.pdf", LONG))
    expect(sending(page).locator("[data-state]")).to_contain_text("waits")
    page.on("dialog", lambda dialog: dialog.accept())
    # Still cut off until the page is gone: it tries again by itself.
    page.reload()
    page.unroute("**/chunk?offset=851968")
    pieces: list[str] = []
    page.on("request", lambda request: pieces.append(request.url))
    choose(page, ("report.pdf", LONG))
    expect(listed(page)).to_have_text(["report.pdf"])
    assert next(url for url in pieces if "/chunk" in url).endswith("=851968")


def test_without_a_secure_context_there_is_no_hash_and_it_still_works(page, anna):
    page.evaluate("Object.defineProperty(crypto, 'subtle', { value: undefined })")
    choose(page, ("a.jpg", PHOTO))
    expect(listed(page)).to_have_text(["a.jpg"])


def test_cancelling_while_it_waits(page, anna):
    page.route("**/chunk*", lambda route: route.abort())
    choose(page, ("report.pdf", LONG), ("a.jpg", PHOTO))
    expect(sending(page).first.locator("[data-state]")).to_contain_text("waits")
    page.unroute("**/chunk*")
    with page.expect_response("**/cancel"):
        sending(page).first.get_by_role("button", name="Cancel report.pdf").click()
    expect(listed(page)).to_have_text(["a.jpg"])
    expect(sending(page)).to_have_count(0)
    assert names(anna) == ["a.jpg"]


def test_descriptions_and_removal(page, anna):
    choose(page, ("a.jpg", PHOTO), ("b.csv", b"a;b\n"))
    expect(listed(page)).to_have_count(2)
    page.get_by_label("What does it show? a.jpg").fill("Board in the workshop")
    page.get_by_label("What does it show? b.csv").click()
    expect(section(page).locator("[data-ici-say]")).to_have_text("Saved")
    page.get_by_label("What does it show? b.csv").type("Half a")
    page.locator("[data-ici-file] summary").first.click()
    expect(page.get_by_text("Remove this file for good?").first).to_be_visible()
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(listed(page)).to_have_text(["b.csv"])
    expect(page.get_by_label("What does it show? b.csv")).to_have_value("Half a")
    expect(section(page).locator("[data-ici-files]")).to_be_focused()
    assert names(anna) == ["b.csv"]


def test_typing_goes_on_while_another_file_arrives(page, anna):
    choose(page, ("a.jpg", PHOTO))
    field = page.get_by_label("What does it show? a.jpg")
    field.fill("Board in")
    choose(page, ("b.csv", b"a;b\n"))
    expect(listed(page)).to_have_count(2)
    expect(field).to_have_value("Board in")


def test_a_description_without_connection_is_sent_later(page, anna):
    choose(page, ("a.jpg", PHOTO))
    expect(listed(page)).to_have_count(1)
    field = page.get_by_label("What does it show? a.jpg")
    page.context.set_offline(True)
    field.fill("Board")
    field.blur()
    expect(section(page).locator("[data-ici-problem]")).to_contain_text("Not saved")
    with page.expect_response("**/describe?*"):
        page.context.set_offline(False)
    expect(section(page).locator("[data-ici-problem]")).to_be_hidden()
    assert api.files_of(subject=draft(anna.id, BLOCK).id)[0].description == "Board"


def test_a_hand_in_takes_the_last_description_along(page, anna):
    choose(page, ("a.jpg", PHOTO))
    page.get_by_label("What does it show? a.jpg").fill("Board")
    page.locator("[data-ici-hand-in]").click()
    expect(page.get_by_text("with your teacher")).to_be_visible()
    work = assignments.work_of(user_id=anna.id, usage_key=BLOCK)
    assert [file.description for file in work.rounds[0].files] == ["Board"]


def test_a_hand_in_does_not_overtake_a_file(page, anna):
    page.route("**/chunk*", lambda route: route.abort())
    choose(page, ("report.pdf", LONG))
    expect(sending(page).locator("[data-state]")).to_contain_text("waits")
    page.locator("[data-ici-hand-in]").click()
    expect(section(page).locator("[data-ici-problem]")).to_contain_text("still on its way")
    assert assignments.work_of(user_id=anna.id, usage_key=BLOCK).rounds == ()
    page.unroute("**/chunk*")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(listed(page)).to_have_text(["report.pdf"])


def test_dropping_files(page, anna):
    section(page).locator("[data-ici-drop]").evaluate(
        """(place) => {
          const carried = new DataTransfer();
          carried.items.add(new File(["a;b\\n"], "dropped.csv"));
          for (const name of ["dragover", "drop"]) {
            place.dispatchEvent(new DragEvent(name, { bubbles: true, cancelable: true, dataTransfer: carried }));
          }
        }"""
    )
    expect(listed(page)).to_have_text(["dropped.csv"])


def pieces_of(page: Page, answer) -> list[int]:
    """Answer every piece with a function of it; return the sizes of those that are sent."""
    sizes: list[int] = []

    def take(route):
        sizes.append(len(route.request.post_data_buffer or b""))
        answer(route)

    page.route("**/chunk*", take)
    return sizes


def test_pieces_fit_the_line(page, anna):
    """Every piece takes ten seconds, as on a line of about 50 kbit/s: they become as small as takes eight."""
    page.clock.install()

    def slowly(route):
        page.clock.fast_forward(10_000)
        route.continue_()

    sizes = pieces_of(page, slowly)
    choose(page, ("report.pdf", LONG[:300_000] + LONG[-100:]))
    expect(listed(page)).to_have_text(["report.pdf"], timeout=15_000)
    assert sizes[0] == 65_536
    assert sizes[:-1] == sorted(sizes[:-1], reverse=True)
    assert sizes[1] < 0.9 * sizes[0]
    assert min(sizes[:-1]) >= 16 * 1024


def test_a_piece_that_never_gets_through_is_cut(page, anna):
    """A line too slow for a piece of this size within the patience of the page."""
    page.clock.install()
    waiting: list[int] = []

    def never_if_large(route):
        size = len(route.request.post_data_buffer or b"")
        if size > 30_000:
            waiting.append(size)
            page.clock.fast_forward(95_000)
        else:
            route.continue_()

    sizes = pieces_of(page, never_if_large)
    choose(page, ("list.pdf", LONG[:40_000] + LONG[-100:]))
    expect(sending(page).locator("[data-state]")).to_contain_text("waits")
    page.clock.run_for(5_000)
    page.clock.resume()
    expect(listed(page)).to_have_text(["list.pdf"], timeout=15_000)
    assert len(waiting) == 1
    assert sizes[0] == waiting[0] > 40_000
    assert 16_000 < sizes[1] < 17_000


def test_a_file_that_changes_while_it_is_sent(page, anna, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(LONG)
    sent: list[str] = []

    def change(route):
        if not sent:
            path.write_bytes(b"something else, later")
        sent.append(route.request.url)
        route.continue_()

    page.route("**/chunk*", change)
    section(page).locator("input[type=file][multiple]").set_input_files(path)
    expect(sending(page).locator("[data-state]")).to_have_text(
        "The file has changed since you chose it, or it is gone. Choose it again."
    )
    assert len(sent) == 1
    assert names(anna) == []


def test_a_file_that_was_deleted_before_it_is_sent(page, anna, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(LONG)
    page.route("**/begin", lambda route: (path.unlink(), route.continue_()))
    section(page).locator("input[type=file][multiple]").set_input_files(path)
    expect(sending(page).locator("[data-state]")).to_contain_text("Choose it again")


def test_a_server_that_never_takes_a_piece_is_not_asked_for_ever(page, anna):
    requests: list[str] = []

    def refuse(route):
        requests.append(route.request.url)
        route.fulfill(status=409, json={"received": 0, "message": "A part of the file is missing."})

    page.route("**/chunk*", refuse)
    choose(page, ("report.pdf", LONG))
    expect(sending(page).locator("[data-state]")).to_contain_text("This did not work")
    assert len(requests) < 10


def test_a_file_that_is_other_when_it_arrives_is_said(page, anna):
    page.route(
        "**/begin",
        lambda route: route.continue_(
            post_data=re.sub("sha256=[0-9a-f]+", "sha256=" + "0" * 64, route.request.post_data)
        ),
    )
    choose(page, ("a.jpg", PHOTO))
    expect(sending(page).locator("[data-state]")).to_contain_text("was changed while it was sent")


def test_a_photo_without_an_ending_and_sound_that_cannot_be_played(page, anna):
    choose(page, ("image", PHOTO))
    expect(listed(page)).to_have_text(["image.jpg"])
    choose(page, ("memo.xyz", b"abc"))
    expect(sending(page).locator("[data-state]")).to_contain_text("Only these files")
