"""Nothing typed is lost: every form that takes words, through every fault that can come between them and the server."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from edx_django_utils.cache import RequestCache
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator, Page, Response, Route, expect

from iciinsmes.canvases import api as canvases
from iciinsmes.companies import api as companies
from iciinsmes.platform import Role
from iciinsmes.review import api as review
from iciinsmes_campus.learning import api as learning
from tests.chromium import PHONE
from tests.people import PASSWORD, SME1, person

from .conftest import Visitor, check_accessible
from .scenes import UNIT, people_of_a_company, write
from .typed_forms import FORMS, WORDS, Form, canvas_page, desk_page, firm_page

pytestmark = pytest.mark.django_db(transaction=True)
#: What the browser says by itself about answers that are none.
NOISE = ("Failed to load resource", "ERR_", "htmx:", "Response Status Error")


@pytest.fixture
def scene(db, monkeypatch):
    found = people_of_a_company(monkeypatch)
    found.stranger = person("stranger", Role.LEARNER)
    found.firm = companies.companies_of(user_ids=[found.anna.pk], course_key=SME1)[found.anna.pk]
    person("outsider")
    found.twin = person("twin", Role.LEARNER)
    return found


def everybody_is_signed_out() -> None:
    """End all sessions, as a clock or an administrator does."""
    Session.objects.all().delete()
    cache.clear()


def sign_in_elsewhere(visitor: Visitor, user: Any) -> None:
    """Be this person in another tab: with a new session and, as after every sign-in, a new form token."""
    visitor.is_user(user)
    token = f"{user.pk}".rjust(32, "x")
    visitor.context.add_cookies([{"name": "csrftoken", "value": token, "url": visitor.campus}])
    visitor.page.evaluate("window.dispatchEvent(new Event('focus'))")


def says(page: Page, text: str) -> Locator:
    """Wait until one of the notes says this, aloud."""
    note = page.locator(".ici-typed [role=alert]", has_text=text).first
    expect(note).to_be_visible()
    return note


def opened(page: Page, form: Form) -> Locator:
    """Open the form, and return its field."""
    page.evaluate("document.querySelectorAll('main details').forEach((part) => { part.open = true; })")
    form.ready(page)
    field = page.locator(form.field)
    expect(field).to_be_visible()
    return field


def nothing_is_left(page: Page) -> None:
    """Wait until no words are on the device."""
    for _try in range(50):
        page.wait_for_timeout(100)
        try:
            kept = page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('ici-typed:'))")
        except PlaywrightError:
            # The page is being replaced by the next one.
            continue
        if not kept:
            return
    raise AssertionError(kept)


def _is_done(response: Response) -> bool:
    """Tell whether the server did what was asked for; drafts and having seen a unit are nobody's wish."""
    is_step = response.request.method == "POST" and not re.search("draft|seen", response.url)
    return is_step and response.ok


def _in_trouble(status: int) -> Callable[[Route], None]:
    """Answer every step with an error, and let pages through."""

    def answer(route: Route) -> None:
        if route.request.method == "POST":
            route.fulfill(status=status, body="<h1>Sorry</h1>", content_type="text/html")
        else:
            route.continue_()

    return answer


@pytest.mark.parametrize("name", FORMS)
def test_words_outlive_every_fault(guest, scene, name):
    form = FORMS[name]
    visitor = guest(PHONE)
    visitor.allow(*NOISE)
    page = visitor.page
    user = getattr(scene, form.user) if form.user else None
    if user:
        visitor.is_user(user)
    visitor.open(form.path(scene))
    field = opened(page, form)
    done: list[str] = []
    page.on("response", lambda response: done.append(response.url) if _is_done(response) else None)
    button = page.locator(form.press).first
    here = page.url

    # A server in trouble, or a proxy whose server is away; then no network. The words stay where they are.
    for status in (500, 503):
        page.route("**/*", _in_trouble(status))
        field.fill(form.words)
        button.click()
        says(page, "the server did not manage it")
        page.unroute("**/*")
    visitor.context.set_offline(True)
    button.click()
    expect(
        page.get_by_text("No connection, nothing was sent.").or_(page.get_by_text("Not handed in: no connection")).first
    ).to_be_visible()
    visitor.context.set_offline(False)
    expect(field).to_have_value(form.words)
    assert page.url == here
    assert done == []
    if user is None:
        button.click()
        expect(page.get_by_text("Your question is with the coach")).to_be_visible()
        assert len(done) == 1
        return

    # The session ends; somebody else signs in and sees nothing of it; then the same person, and the step is done once.
    everybody_is_signed_out()
    button.dblclick()
    note = says(page, "Not saved: you are signed out")
    expect(note.get_by_role("link", name="Sign in")).to_be_visible()
    expect(field).to_have_value(form.words)
    if name == "firm":
        check_accessible(page)
    sign_in_elsewhere(visitor, scene.twin)
    says(page, "somebody else is signed in")
    expect(field).to_be_hidden()
    assert done == []
    sign_in_elsewhere(visitor, user)
    for _try in range(100):
        if done:
            break
        page.wait_for_timeout(100)
    # What the server has is nowhere else.
    nothing_is_left(page)
    assert len(done) == 1, done


@pytest.mark.parametrize("name", ["new canvas", "canvas version", "coach"])
def test_a_double_click_is_one_step(guest, scene, name):
    form = FORMS[name]
    visitor = guest()
    page = visitor.is_user(getattr(scene, form.user))
    visitor.open(form.path(scene))
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    opened(page, form).fill(form.words)
    page.locator(form.press).first.dblclick()
    nothing_is_left(page)
    assert len(sent) == 1, sent


@pytest.fixture
def grader(guest, scene):
    """The teacher before a round, with feedback that the server does not have yet."""
    visitor = guest()
    visitor.allow(*NOISE)
    visitor.is_user(scene.teacher)
    visitor.open(desk_page(scene))
    return visitor


def test_somebody_who_may_not_grade_any_more_keeps_the_words(grader, scene):
    page = grader.page
    learning.leave(user_id=scene.teacher.pk, course_key=SME1)
    RequestCache.clear_all_namespaces()
    page.fill("#feedback", WORDS)
    says(page, "this page takes nothing from you any more")
    page.locator("[data-release]").click()
    note = says(page, "this page takes nothing from you any more")
    expect(page.locator("#feedback")).to_have_value(WORDS)
    expect(note.get_by_role("button", name="Copy the words")).to_be_visible()
    assert WORDS in page.evaluate("JSON.stringify(localStorage)")


def test_a_desk_goes_on_with_a_fresh_token_after_signing_in_elsewhere(grader, scene):
    page = grader.page
    everybody_is_signed_out()
    page.fill("#feedback", WORDS)
    says(page, "Not saved: you are signed out")
    sign_in_elsewhere(grader, scene.teacher)
    # That one is signed in again is said until the draft is kept, which may be at once.
    expect(page.locator("[data-state]")).to_contain_text("draft kept", timeout=15_000)
    page.fill("#feedback", f"{WORDS}, and more")
    expect(page.locator("[data-state]")).to_contain_text("draft kept")
    nothing_is_left(page)
    proposal = review.proposal(subject=scene.round.id, assessor_id=scene.teacher.pk)
    assert proposal is not None
    assert proposal.feedback == f"{WORDS}, and more"


def test_words_are_offered_after_a_reload_and_wait_for_the_one_who_wrote_them(guest, scene):
    visitor = guest()
    visitor.allow(*NOISE)
    page = visitor.is_user(scene.anna)
    path = canvas_page(scene, "versions/")
    visitor.open(path)
    page.fill("#note", WORDS)
    # The battery dies; somebody else of the firm uses the phone.
    canvases.share_canvas(canvas_id=scene.canvas.id, owner_id=scene.anna.pk, for_company=True, for_staff=False)
    visitor.is_user(scene.jonas)
    visitor.open(path)
    says(page, "words of somebody else wait for this place")
    assert WORDS not in page.content()
    expect(page.locator("#note")).to_have_value("")
    visitor.is_user(scene.anna)
    visitor.open(path)
    says(page, "These words were kept on this device")
    expect(page.locator("#note")).to_have_value(WORDS)
    page.goto(f"{visitor.campus}/")
    page.go_back()
    expect(page.locator("#note")).to_have_value(WORDS)
    page.get_by_role("button", name="Throw them away").click()
    expect(page.locator("#note")).to_have_value("")
    nothing_is_left(page)


def test_words_that_differ_from_what_is_there_are_offered(guest, scene):
    visitor = guest()
    visitor.allow(*NOISE)
    page = visitor.is_user(scene.coordinator)
    visitor.open(firm_page(scene))
    page.evaluate("document.querySelectorAll('main details').forEach((part) => { part.open = true; })")
    page.fill("#name", WORDS)
    page.reload()
    note = says(page, "This device has words that never reached the server")
    expect(page.locator("#name")).not_to_have_value(WORDS)
    note.get_by_role("button", name="Use them").click()
    expect(page.locator("#name")).to_have_value(WORDS)
    page.locator("[aria-labelledby=data] form .go").click()
    expect(page.get_by_role("heading", name=WORDS)).to_be_visible()
    nothing_is_left(page)


def test_people_sign_in_in_another_tab_with_the_link_of_the_note(guest, scene):
    visitor = guest()
    visitor.allow(*NOISE)
    page = visitor.is_user(scene.anna)
    visitor.open(canvas_page(scene, "versions/"))
    everybody_is_signed_out()
    page.fill("#note", WORDS)
    page.locator(".canvas-keep .go").click()
    with page.expect_popup() as opening:
        says(page, "Not saved: you are signed out").get_by_role("link", name="Sign in").click()
    there = opening.value
    there.fill("#id_username", "anna")
    there.fill("#id_password", PASSWORD)
    there.get_by_role("button", name="Sign in", exact=True).click()
    expect(there.get_by_text("Close this tab")).to_be_visible()
    there.close()
    expect(page.get_by_text(f"Version 1: {WORDS}")).to_be_visible(timeout=10_000)
    assert len(canvases.versions_of(canvas_id=scene.canvas.id, reader_id=scene.anna.pk)) == 1


def test_an_item_that_was_cut_off_is_added_once_its_writer_is_back(guest, scene):
    visitor = guest(PHONE)
    visitor.allow(*NOISE)
    page = visitor.is_user(scene.jonas)
    write(scene.jonas)
    visitor.open(UNIT)
    page.get_by_role("button", name="Write an observation").first.click()
    page.get_by_label("Where?").fill("Counter")
    page.get_by_label("What did you see or hear?").fill(WORDS)
    everybody_is_signed_out()
    page.get_by_role("button", name="Add", exact=True).dblclick()
    says(page, "you are signed out")
    expect(page.get_by_label("What did you see or hear?")).to_have_value(WORDS)
    sign_in_elsewhere(visitor, scene.jonas)
    expect(page.locator("[data-ici-file]", has_text=WORDS)).to_have_count(1)
    nothing_is_left(page)


def test_a_board_that_only_looks_says_that_nobody_is_signed_in_and_goes_on(guest, scene):
    visitor = guest()
    visitor.allow(*NOISE)
    page = visitor.is_user(scene.anna)
    visitor.open(canvas_page(scene))
    everybody_is_signed_out()
    says(page, "you are signed out")
    sign_in_elsewhere(visitor, scene.anna)
    cells = {"text": "Quiet machines", "importance": "3"}
    canvases.add_card(canvas_id=scene.canvas.id, user_id=scene.anna.pk, place="pains", cells=cells)
    expect(page.get_by_text("Quiet machines", exact=True)).to_be_visible(timeout=20_000)


def test_a_page_out_of_the_browsers_memory_hides_words_from_somebody_else(guest, scene):
    visitor = guest()
    visitor.allow(*NOISE)
    page = visitor.is_user(scene.anna)
    visitor.open(canvas_page(scene, "versions/"))
    page.fill("#note", WORDS)
    visitor.is_user(scene.twin)
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    says(page, "somebody else is signed in")
    expect(page.locator("#note")).to_be_hidden()


def test_a_refused_form_comes_back_in_its_place_with_its_words(guest, scene):
    visitor = guest()
    visitor.allow(*NOISE)
    page = visitor.is_user(scene.coordinator)
    visitor.open(firm_page(scene))
    page.fill("#who", "nobody at all")
    page.locator("[aria-labelledby=coaches] .code-entry button").click()
    expect(page.locator("#who-wrong")).to_be_visible()
    expect(page.locator("#who")).to_have_value("nobody at all")
    page.fill("#who", "tea")
    page.locator("[aria-labelledby=coaches] .code-entry button").dblclick()
    expect(page.locator("[aria-labelledby=coaches] li")).to_have_count(1)
    nothing_is_left(page)
