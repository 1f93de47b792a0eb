"""The desk in a real browser: keys, drafts, two tabs, no script, and what axe says."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from iciinsmes.assignments import api as assignments
from iciinsmes.platform import Role
from iciinsmes.review import api as review
from iciinsmes.review.data import Criterion, CriterionKind, Marking, PointRange
from iciinsmes.waiting import api as waiting_room
from tests.browser.conftest import check_accessible, check_both_schemes

from .conftest import COURSE, PASS, W02, make_task, person, url, waiting
from .test_grading import release

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

QUEUE = f"/iciinsmes/desk/{COURSE}/"


def state(page: Any, text: str) -> None:
    expect(page.locator("#draft")).to_contain_text(text, timeout=10_000)


def kept_feedback(round_id: UUID, teacher: Any) -> str | None:
    kept = review.proposal(subject=round_id, assessor_id=teacher.id)
    return kept.feedback if kept else None


def test_a_grader_needs_no_mouse(open_page, first, second, teacher):
    page = open_page(url(first))
    page.keyboard.press("3")
    page.keyboard.press("j")
    page.keyboard.press("4")
    state(page, "5 of 6 · passes")
    state(page, "draft kept")
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.name") == "points.completeness"
    page.fill("#feedback", "34 jk")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(str(second)))
    expect(page.get_by_role("status").first).to_contain_text("Released for Tischlerei Nordlicht: passed")
    done = review.released(subjects=[first])[first]
    assert (done.feedback, done.points) == ("34 jk", {"completeness": 2, "finding": 3})


def test_a_number_in_a_range_needs_no_mouse_and_words_only_are_passed_over(open_page, anna, teacher):
    task = make_task()
    scale = PointRange(most=Decimal(10), step=Decimal("0.5"), pass_points=Decimal(5))
    criteria = (
        Criterion(key="depth", title="Depth", kind=CriterionKind.RANGE, range=scale, text="How far it goes."),
        Criterion(key="tone", title="Tone", kind=CriterionKind.FEEDBACK),
        task.rubric.criteria[0],
    )
    version = assignments.freeze_task(
        usage_key=W02, course_key=COURSE, task=replace(task, rubric=replace(task.rubric, criteria=criteria))
    )
    round_id = waiting(anna, version)
    page = open_page(url(round_id))
    page.keyboard.type("7.5")
    expect(page.get_by_label("Points for Depth")).to_have_value("7.5")
    page.keyboard.press("j")
    page.keyboard.press("4")
    state(page, "10.5 of 13 · passes")
    page.keyboard.press("k")
    expect(page.get_by_label("Points for Depth")).to_be_focused()
    page.get_by_label("Comment on Tone").fill("Warm.")
    state(page, "draft kept")
    page.set_viewport_size({"width": 360, "height": 800})
    check_accessible(page)
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile("/desk/"))
    expect(page.get_by_text("Released for")).to_contain_text("10.5 of 13")
    assert review.released(subjects=[round_id])[round_id].comments == {"tone": "Warm."}


def test_keys_can_be_switched_off_for_good(open_page, first):
    page = open_page(url(first))
    page.locator(".keys summary").click()
    page.get_by_label("Use these keys").uncheck()
    page.reload()
    page.keyboard.press("3")
    assert page.locator("[type=radio]:checked").count() == 0


def test_enter_in_the_form_keeps_the_draft_and_releases_nothing(open_page, first, teacher):
    page = open_page(url(first))
    page.locator("[type=radio]").nth(2).focus()
    page.keyboard.press("Space")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert review.released(subjects=[first]) == {}
    assert review.proposal(subject=first, assessor_id=teacher.id) is not None


def test_words_are_kept_while_typing_and_when_leaving(open_page, first, teacher):
    page = open_page(url(first))
    page.fill("#feedback", "You named who will read it.")
    state(page, "draft kept")
    page.fill("#feedback", "You named who will read it. Next: volumes.")
    page.goto(page.url.replace(url(first), QUEUE))
    page.goto(page.url.replace(QUEUE, url(first)))
    expect(page.locator("#feedback")).to_have_value("You named who will read it. Next: volumes.")


def test_two_tabs_lose_nothing(open_page, first, teacher):
    here, there = open_page(url(first)), open_page(url(first))
    there.fill("#feedback", "From the other tab")
    state(there, "draft kept")
    here.fill("#feedback", "From this tab")
    state(here, "From the other tab")
    here.get_by_role("button", name="Keep what is in this form").click()
    state(here, "draft kept")
    assert kept_feedback(first, teacher) == "From this tab"
    here.fill("#feedback", "And on it goes")
    expect(here.locator("#draft [role=alert]")).to_have_count(0)
    there.fill("#feedback", "Too late")
    there.get_by_role("link", name="Take the other version").click()
    expect(there.locator("#feedback")).to_have_value("And on it goes")


def test_a_lost_connection_is_told_and_mended(open_page, first, teacher):
    page = open_page(url(first))
    page.context.set_offline(True)
    page.fill("#feedback", "Written in a tunnel")
    state(page, "Not saved yet.")
    page.context.set_offline(False)
    state(page, "draft kept")
    assert kept_feedback(first, teacher) == "Written in a tunnel"


def test_signed_out_is_told(open_page, first):
    page = open_page(url(first))
    page.context.clear_cookies(name="sessionid")
    page.fill("#feedback", "Still here")
    state(page, "you are signed out")


def test_without_a_script(open_page, first, second):
    page = open_page(url(first), java_script_enabled=False)
    page.get_by_role("button", name="Release and next").click()
    expect(page.get_by_text("Choose a level.").first).to_be_visible()
    for name, value in PASS.items():
        page.locator(f'[name="{name}"][value="{value}"]').check()
    page.get_by_role("button", name="Release and next").click()
    page.wait_for_url(re.compile(str(second)))


def test_more_of_the_queue(open_page, version):
    for number in range(30):
        waiting(person(f"learner{number:03}", Role.LEARNER), version, days=30 - number)
    page = open_page(QUEUE, width=360)
    page.get_by_role("link", name="Show more").click()
    expect(page.locator("nav.queue li")).to_have_count(30)
    assert "Learner025" in page.evaluate("document.activeElement.textContent")


@pytest.mark.parametrize("width", [360, 1280])
def test_everybody_can_use_it(open_page, first, version, teacher, anna, width):
    release(first, version, teacher, points={"completeness": 1}, outcome="revise")
    again = waiting(anna, version, days=1, answers={"channels": "Delivery notes. And the phone."})
    for address in (reverse("iciinsmes:desk"), QUEUE, url(again), url(first)):
        page = open_page(address, width=width)
        page.wait_for_load_state("networkidle")
        page.evaluate("document.querySelectorAll('main details').forEach((details) => { details.open = true; })")
        check_both_schemes(page)
        page.close()


def test_a_work_that_is_left_is_free_and_one_that_is_read_anew_is_not(open_page, first, second, teacher):
    page = open_page(url(first))
    expect(page.locator("form.claim")).to_contain_text("You have it until")
    page.reload()
    page.fill("#feedback", "Count")
    state(page, "draft kept")
    assert waiting_room.claim_now(subject=first).user_id == teacher.id
    page.goto(page.url.replace(str(first), str(second)))
    expect(page.locator("form.claim")).to_contain_text("You have it until")
    for _try in range(40):
        if waiting_room.claim_now(subject=first) is None:
            break
        page.wait_for_timeout(100)
    assert waiting_room.claim_now(subject=first) is None
    assert waiting_room.claim_now(subject=second).user_id == teacher.id


@pytest.mark.parametrize("width", [360, 1280])
def test_two_who_have_judged_blind_see_what_differs(open_page, anna, teacher, colleague, width):
    version = assignments.freeze_task(
        usage_key=W02, course_key=COURSE, task=replace(make_task(), marking=Marking.BLIND)
    )
    round_id = waiting(anna, version)
    for user, levels in ((teacher, (2, 3)), (colleague, (1, 0))):
        review.propose(
            subject=round_id,
            rubric_id=version.rubric_id,
            assessor_id=user.id,
            points={"completeness": Decimal(levels[0]), "finding": Decimal(levels[1])},
            comments={},
            feedback="Please count again.",
            base_revision=None,
        )
        assignments.finish(round_id=round_id, assessor_id=user.id, outcome="passed" if levels[0] > 1 else "revise")
    page = open_page(url(round_id), width=width)
    expect(page.get_by_role("table", name="What both think")).to_contain_text("further apart")
    check_both_schemes(page)
    for number, level in enumerate((2, 3)):
        page.locator("fieldset.criterion").nth(number).locator("input").nth(level).check(force=True)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status").first).to_contain_text("Released for Tischlerei Nordlicht: passed")
    assert review.released(subjects=[round_id])[round_id].joint
