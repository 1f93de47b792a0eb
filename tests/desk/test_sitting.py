"""A sitting of a teacher in a real browser: few keys, no page loaded anew, and each work with its own words."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.models import Round
from iciinsmes.platform import Role
from iciinsmes.review import api as review

from .conftest import COURSE, W01, make_task, person, waiting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

QUEUE = f"/iciinsmes/desk/{COURSE}/"
PIECES = 40


def task_of(criteria: int) -> Any:
    task = make_task()
    levels = task.rubric.criteria[0]
    keys = [f"c{number}" for number in range(criteria)]
    rubric = replace(task.rubric, criteria=tuple(replace(levels, key=key, title=key) for key in keys))
    return assignments.freeze_task(usage_key=W01, course_key=COURSE, task=replace(task, rubric=rubric))


def test_six_criteria_from_the_queue_to_the_next_take_twenty_keys(open_page, anna, bo):
    version = task_of(6)
    first, second = waiting(anna, version, days=30), waiting(bo, version)
    page = open_page(QUEUE)
    presses = 0

    def press(key: str) -> None:
        nonlocal presses
        page.keyboard.press(key)
        presses += 1

    # On a wide screen the work that waits longest is open beside the queue.
    for number in range(6):
        press("3")
        if number < 5:
            press("j")
    press("Control+Enter")
    page.wait_for_url(re.compile(str(second)))
    assert presses <= 20
    assert {int(points) for points in review.released(subjects=[first])[first].points.values()} == {2}


def test_forty_pieces_in_one_sitting(open_page, version):
    """Answers to drafts come late and in any order; each work keeps exactly its own levels and words."""
    for number in range(PIECES):
        waiting(person(f"learner{number}", Role.LEARNER), version, days=PIECES - number)
    page = open_page(QUEUE)
    loads: list[str] = []
    page.on("load", lambda: loads.append(page.url))
    order = random.Random(7)

    def late(route: Any) -> None:
        page.wait_for_timeout(order.choice((0, 5, 40)))
        route.continue_()

    page.route("**/draft/**", late)
    client = page.context.new_cdp_session(page)
    client.send("Performance.enable")

    def nodes() -> dict[str, float]:
        client.send("HeapProfiler.collectGarbage")
        found = client.send("Performance.getMetrics")["metrics"]
        return {each["name"]: each["value"] for each in found}

    sizes, marks = [], {}
    for number in range(PIECES):
        first, second = 2 + number % 2, 2 + (number // 2) % 2
        shown = page.locator("[data-rubric]").get_attribute("action") or ""
        page.keyboard.press(str(first + 1))
        page.keyboard.press("j")
        page.keyboard.press(str(second + 1))
        page.locator("#feedback").focus()
        page.keyboard.insert_text(f"Words for number {number}.")
        marks[shown.split("/")[-2]] = (first, second, f"Words for number {number}.")
        page.keyboard.press("Control+Enter")
        if number < PIECES - 1:
            expect(page.locator("[data-rubric]")).not_to_have_attribute("action", shown, timeout=20_000)
            assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
        if number in (9, PIECES - 2):
            sizes.append(nodes())
    expect(page.get_by_text("Released for").first).to_be_visible()
    expect(page).to_have_url(re.compile(re.escape(reverse("iciinsmes:desk-queue", args=[COURSE])) + "$"))
    assert loads == []
    released = review.released(subjects=list(Round.objects.values_list("id", flat=True)))
    found = {
        str(key): (*(int(result.points[name]) for name in ("completeness", "finding")), result.feedback)
        for key, result in released.items()
    }
    assert found == marks
    early, later = sizes
    assert later["JSEventListeners"] <= early["JSEventListeners"] * 1.2
    assert later["Nodes"] <= early["Nodes"] * 1.5
    assert later["JSHeapUsedSize"] <= early["JSHeapUsedSize"] * 1.3
