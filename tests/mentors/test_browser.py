"""The mentor's page in a real browser: on a phone, with and without script, and what axe says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.signals import request_started
from django.template.loader import render_to_string
from playwright.sync_api import expect

from iciinsmes.mentors import api
from iciinsmes.notices.links import stop_link
from tests.browser.conftest import check_accessible, check_both_schemes
from tests.chromium import DESKTOP, PHONE

from .conftest import MATTER, OWNER, YES, path

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("alone")]


@pytest.fixture
def english(ask, firm):
    return ask(replace(OWNER, language="en"))


@pytest.fixture
def open_page(live_server, browser) -> Iterator[Any]:
    """Open an address at a device of its own; complaints of the browser fail the test."""
    contexts = []
    complaints: list[str] = []

    def note(text: str, is_wrong: bool) -> None:
        if is_wrong and "status of 4" not in text:
            complaints.append(text)

    def open_page(address: str, viewport=PHONE, **options: Any) -> Any:
        context = browser.new_context(viewport=viewport, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: note(message.text, message.type == "error"))
        page.on("pageerror", lambda error: note(str(error), True))
        page.on("request", lambda sent: note(sent.url, not sent.url.startswith(live_server.url)))
        page.goto(live_server.url + address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def said_to_server() -> Iterator[list[str]]:
    """What servers and proxies see of each request beside its body: method, address, query, referrer."""
    lines: list[str] = []

    def note(environ: dict[str, str], **_more: Any) -> None:
        lines.append(
            " ".join(environ.get(name, "") for name in ("REQUEST_METHOD", "PATH_INFO", "QUERY_STRING", "HTTP_REFERER"))
        )

    request_started.connect(note)
    yield lines
    request_started.disconnect(note)


def state(request):
    return api.requests_of(subjects=[request.subject])[request.subject][0]


def fill(page: Any) -> None:
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("What changes at work because of it?").fill(YES.change)
    page.get_by_label("Your name").fill("Lars Fyn")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_mentor_confirms_on_a_phone(open_page, english, script):
    page = open_page(path(english), java_script_enabled=script)
    if not script:
        page.get_by_label("Link").fill(page.url)
        page.get_by_role("button", name="Open").click()
    fill(page)
    page.get_by_role("button", name="Confirm", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you, Lars Fyn.")
    page.reload()
    expect(page.get_by_text(YES.change)).to_be_visible()
    assert state(english).state == "confirmed"


def test_no_request_line_holds_the_secret(open_page, english, said_to_server):
    """Proxies and servers write down address, query and where somebody came from."""
    page = open_page(path(english))
    fill(page)
    page.get_by_role("button", name="Polski").click()
    expect(page.locator("html")).to_have_attribute("lang", "pl")
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="Confirm", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you, Lars Fyn.")
    page.get_by_role("link", name="Dansk").click()
    expect(page.locator("html")).to_have_attribute("lang", "da")
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "da")
    assert [line for line in said_to_server if line.startswith("POST")]
    assert [line for line in said_to_server if english.link.rstrip("/")[-40:] in line] == []


def test_times_are_the_mentors_own(open_page, english):
    page = open_page(path(english), timezone_id="Asia/Kolkata")
    expect(page.get_by_text("The link works once, until")).to_contain_text(" IST")
    fill(page)
    page.get_by_role("button", name="Confirm", exact=True).click()
    expect(page.locator(".mentor-answer")).to_contain_text(" IST")


def test_what_is_typed_outlives_the_pass(open_page, english):
    page = open_page(path(english))
    page.get_by_label("What changes at work because of it?").fill(YES.change)
    page.context.clear_cookies()
    page.reload()
    expect(page.get_by_label("What changes at work because of it?")).to_have_value(YES.change)
    fill(page)
    page.context.clear_cookies()
    page.get_by_role("button", name="Confirm", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you, Lars Fyn.")
    assert state(english).state == "confirmed"


def test_a_link_that_is_put_into_the_address_line_of_the_door(open_page, english):
    page = open_page("/iciinsmes/mentor/")
    page.evaluate("(link) => { location.href = link; }", path(english))
    expect(page.get_by_label("Your name")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Your name")).to_be_visible()


def test_mails_are_stopped_without_telling_the_log_by_what(open_page, learner, said_to_server):
    link = urlsplit(stop_link(learner.pk))
    page = open_page(f"{link.path}#{link.fragment}")
    expect(page.get_by_label("Link")).to_be_hidden()
    page.get_by_role("button", name="Yes, stop all mails").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You get no more mails")
    assert [line for line in said_to_server if link.fragment[-20:] in line] == []


def test_a_program_that_runs_scripts_and_scrolls_opens_nothing(open_page, english):
    page = open_page(path(english))
    page.evaluate("window.scrollTo(0, 900)")
    page.evaluate("document.body.dispatchEvent(new PointerEvent('pointerdown', {bubbles: true}))")
    page.evaluate("document.querySelector('[name=change]').focus()")
    page.wait_for_load_state("networkidle")
    assert state(english).opened_at is None
    with page.expect_request("**/opened/") as sent:
        page.get_by_label("Your name").click()
    assert sent.value.method == "POST"
    page.wait_for_load_state("networkidle")
    page.get_by_label("Your role").click()
    page.reload()
    assert state(english).opened_at is not None


def test_what_is_missing_is_shown_at_its_place_and_nothing_is_lost(open_page, english):
    page = open_page(path(english))
    page.get_by_label("What changes at work because of it?").fill(YES.change)
    page.get_by_text("Send back with a remark").click()
    page.get_by_label("What is missing or not right?").fill("Only eleven.")
    page.get_by_role("button", name="Send back", exact=True).click()
    expect(page.get_by_text("Not sent yet.")).to_be_visible()
    expect(page.get_by_text("Choose yes, partly or no.")).to_be_visible()
    expect(page.get_by_label("What changes at work because of it?")).to_have_value(YES.change)
    expect(page.get_by_label("What is missing or not right?")).to_have_value("Only eleven.")
    check_accessible(page)
    page.get_by_role("button", name="Polski").click()
    expect(page.locator("html")).to_have_attribute("lang", "pl")
    expect(page.locator("#remark")).to_have_value("Only eleven.")


def test_the_enter_key_asks_for_a_choice(open_page, english):
    page = open_page(path(english))
    fill(page)
    page.get_by_label("Your name").press("Enter")
    expect(page.get_by_text("Choose one of the buttons")).to_be_visible()
    expect(page.get_by_label("Your name")).to_have_value("Lars Fyn")
    assert state(english).state == "open"


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_page_is_usable_for_everybody(open_page, english, ask, learner, viewport):
    page = open_page(path(english), viewport)
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    check_both_schemes(page)
    fill(page)
    page.get_by_role("button", name="Confirm", exact=True).click()
    expect(page.get_by_text("What you said")).to_be_visible()
    check_both_schemes(page)
    page.goto(page.url.partition("/mentor/")[0] + "/mentor/nothing/")
    check_both_schemes(page)
    page.goto(page.url.replace("nothing/", ""))
    expect(page.get_by_role("heading", level=1)).to_have_text("Open your link")
    check_both_schemes(page)


def test_a_withdrawn_link_is_explained_to_everybody(open_page, english, learner):
    api.revoke(request_id=english.id, asked_by=learner.pk)
    page = open_page(path(english))
    expect(page.get_by_text("Ask Mette Holm for a new link.")).to_be_visible()
    check_accessible(page)


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_paper_form_is_usable_for_everybody(open_page, live_server, viewport):
    page = open_page("/iciinsmes/mentor/nothing/", viewport)
    page.set_content(render_to_string("iciinsmes/mentors/paper.html", api.paper_context(matter=MATTER, language="en")))
    check_accessible(page)


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_learners_part_is_usable_for_everybody(open_page, english, ask, subject, learner, viewport):
    page = open_page("/iciinsmes/mentor/nothing/", viewport)
    shell = render_to_string("iciinsmes/mentors/base.html")
    for _step in range(2):
        part = api.render_part(
            sign_off=api.sign_offs_of(subjects=[subject])[subject], action="/x", paper="/y", one_person=False
        )
        head = "<h1>Unit</h1><h2>Task</h2>"
        page.set_content(shell.replace("</main>", f"{head}{part}</main>"))
        page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
        check_accessible(page)
        api.revoke(request_id=english.id, asked_by=learner.pk)
