"""Comments, recordings and messages in a real browser: mouse and keyboard, no network, signed out."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from iciinsmes.feedback import api as feedback
from iciinsmes.review import api as review
from iciinsmes.threads.models import Message
from tests.browser.conftest import check_accessible

from .conftest import url, waiting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ANSWER = "Delivery notes 😀. The phone. The phone again."


@pytest.fixture
def asked(anna, version):
    return waiting(anna, version, answers={"channels": ANSWER})


@pytest.fixture(autouse=True)
def _own_storage(tmp_path, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "iciinsmes": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "private")},
        },
    }


def remarks(round_id, teacher) -> list[Any]:
    own = review.proposal(subject=round_id, assessor_id=teacher.id)
    return list(feedback.draft_of(assessment_ids=[own.id]).remarks) if own else []


def mark(page: Any, words: str, *, nth: int = 0) -> None:
    """Select words of the answer as a mouse does."""
    page.evaluate(
        """([words, nth]) => {
          const walker = document.createTreeWalker(document.querySelector("[data-said-text]"), NodeFilter.SHOW_TEXT);
          for (let node; (node = walker.nextNode());) {
            let at = -1;
            for (let time = 0; time <= nth; time += 1) { at = node.data.indexOf(words, at + 1); }
            if (at < 0) { continue; }
            document.getSelection().setBaseAndExtent(node, at, node, at + words.length);
            return;
          }
        }""",
        [words, nth],
    )


def test_what_is_marked_is_commented_on_and_no_key_releases_it(open_page, asked, teacher):
    page = open_page(url(asked))
    mark(page, "The phone", nth=1)
    page.get_by_role("button", name="Comment on these words").click()
    page.keyboard.type("Which one?")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".remarks")).to_contain_text("Which one?")
    expect(page.locator("mark.said")).to_have_text("The phone")
    (kept,) = remarks(asked, teacher)
    # Counted in characters, not in the halves of which browsers make an emoji.
    assert kept.anchor.start == ANSWER.rindex("The phone")
    assert review.released(subjects=[asked]) == {}
    mark(page, " again")
    page.keyboard.press("Alt+c")
    page.keyboard.type("And this?")
    page.keyboard.press("Control+Enter")
    expect(page.locator("mark.said")).to_have_count(2)
    assert remarks(asked, teacher)[1].anchor.quote == " again"
    page.set_viewport_size({"width": 360, "height": 800})
    check_accessible(page)


def test_the_keyboard_alone_marks_and_comments(open_page, asked, teacher):
    page = open_page(url(asked))
    page.keyboard.press("Alt+c")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    for _step in range(8):
        page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("[name=quote]").first).to_have_value("Delivery")
    page.keyboard.press("Tab")
    page.keyboard.type("Good.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("mark.said")).to_have_text("Delivery")
    assert remarks(asked, teacher)[0].anchor.start == 0


def test_words_survive_a_tunnel_a_lost_session_and_a_new_page(open_page, asked, teacher):
    page = open_page(url(asked))
    page.keyboard.press("Alt+c")
    page.keyboard.type("Written in a tunnel")
    page.context.set_offline(True)
    page.keyboard.press("Control+Enter")
    form = page.locator("[data-said-form]").first
    expect(form.get_by_role("alert")).to_be_visible()
    page.context.set_offline(False)
    page.reload()
    field = page.get_by_label("Your comment").first
    expect(field).to_have_value("Written in a tunnel")
    cookies = page.context.cookies()
    page.context.clear_cookies()
    field.focus()
    page.keyboard.press("Control+Enter")
    expect(form.get_by_role("alert")).to_contain_text("signed out")
    page.context.add_cookies(cookies)
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator(".remarks")).to_contain_text("Written in a tunnel")
    assert len(remarks(asked, teacher)) == 1


def test_a_release_waits_for_what_is_still_being_written(open_page, asked, second, teacher):
    page = open_page(url(asked))
    for key in ("3", "j", "4"):
        page.keyboard.press(key)
    page.keyboard.press("Alt+c")
    page.keyboard.type("Nearly")
    page.locator("[data-release]").click()
    expect(page.locator("[data-text-unfinished]")).to_be_visible()
    expect(page.get_by_label("Your comment").first).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".remarks")).to_contain_text("Nearly")
    page.locator("[data-release]").click()
    page.wait_for_url(re.compile(str(second)))
    assert review.released(subjects=[asked])[asked].beside["remarks"][0]["text"] == "Nearly"


def test_a_recording_needs_no_mouse_and_its_state_is_told(open_page, asked, teacher):
    page = open_page(url(asked), permissions=["microphone"])
    page.locator(".for-learner > summary").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Record sound").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".ici-recorder [role=status]")).to_have_text("● Recording")
    expect(page.locator(".ici-recorder [data-time]")).to_have_text("0:01")
    page.keyboard.press("Enter")
    expect(page.locator(".ici-recorder [role=status]")).to_contain_text("Listen to it")
    page.keyboard.press("Enter")
    expect(page.locator(".for-learner [data-ici-file] audio")).to_be_visible()
    own = review.proposal(subject=asked, assessor_id=teacher.id)
    (file,) = feedback.draft_files(assessment_id=own.id)
    assert file.is_sound
    page.set_viewport_size({"width": 360, "height": 800})
    check_accessible(page)


def test_messages_are_sent_beside_the_work_and_keep_their_words_without_a_network(open_page, asked):
    page = open_page(url(asked))
    page.locator("details.talk > summary").click()
    field = page.get_by_label("Your message")
    field.fill("Did you ask the drivers?")
    page.context.set_offline(True)
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-thread-form]").get_by_role("alert")).to_be_visible()
    page.context.set_offline(False)
    field.focus()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".messages")).to_contain_text("Did you ask the drivers?")
    expect(page.get_by_label("Your message").last).to_be_focused()
    assert Message.objects.count() == 1
    assert review.released(subjects=[asked]) == {}
    check_accessible(page)
