"""One learner and one teacher through everything: write, lose the network, hand in, grade, revise, pass."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.chromium import PHONE

from .paths import CHANNELS, FINDING, answer, attach, open_w01, saved, table


def test_from_the_first_word_to_the_grade(visitor, campus):
    learner = visitor(PHONE)
    page = learner.sign_in("balint.szephaj")
    learner.allow("422", "ERR_INTERNET_DISCONNECTED", "409")
    open_w01(page, campus)

    # What is missing is said at its place.
    answer(page, "channels").fill("too short")
    saved(page)
    page.get_by_role("button", name="Hand in round 1").click()
    expect(page.locator("[role=alert]", has_text="Not handed in yet")).to_be_visible()
    expect(page.locator(".wrong", has_text="more words needed")).to_be_visible()
    expect(page.locator(".wrong", has_text="at least one file")).to_be_visible()
    expect(answer(page, "channels")).to_have_value("too short")

    answer(page, "channels").fill(CHANNELS)
    expect(page.locator(".wrong", has_text="more words needed")).to_have_count(0)
    answer(page, "finding").fill(FINDING)
    page.get_by_label("Hours", exact=True).fill("4,5")
    saved(page)
    attach(page, table())
    expect(page.locator(".wrong", has_text="at least one file")).to_have_count(0)
    page.reload()
    expect(answer(page, "finding")).to_have_value(FINDING)
    expect(page.get_by_label("Hours", exact=True)).to_have_value("4.5")

    page.get_by_role("button", name="Hand in round 1").dblclick()
    expect(page.locator(".pill", has_text="with your teacher")).to_be_visible()
    expect(page.locator(".line > li")).to_have_count(1)

    # The teacher finds it at the end of the queue and asks for another round.
    teacher = visitor()
    desk = teacher.sign_in("teacher")
    desk.get_by_role("link", name="Desk", exact=True).click()
    desk.get_by_role("link", name=re.compile("Digital tools")).first.click()
    desk.locator("a", has_text="Szép Haj Szalon").first.click()
    expect(desk.locator("main")).to_contain_text("delivery notes")
    _grade(desk, completeness=1, finding=1, lawful=2, feedback="Name who reads the returns.")
    desk.get_by_role("button", name="Another round").click()
    expect(desk.locator("main")).to_contain_text("Released for Szép Haj Szalon")

    page.reload()
    expect(page.locator(".note.warn", has_text="another round")).to_contain_text("Name who reads the returns.")
    answer(page, "finding").fill(FINDING + "The foreman reads them each Friday.")
    saved(page)
    page.get_by_role("button", name="Hand in round 2").click()
    expect(page.locator(".pill", has_text="Round 2, with your teacher")).to_be_visible()

    desk.goto(f"{campus}/iciinsmes/desk/")
    desk.get_by_role("link", name=re.compile("Digital tools")).first.click()
    desk.locator("a", has_text="Szép Haj Szalon").first.click()
    expect(desk.locator("ins", has_text="foreman")).to_be_visible()
    _grade(desk, completeness=2, finding=3, lawful=2, feedback="Now somebody reads them.")
    desk.get_by_role("button", name=re.compile("Release and next")).click()
    expect(desk.locator("main")).to_contain_text("Released for Szép Haj Szalon")

    page.reload()
    expect(page.locator(".note.good", has_text="Passed with 7 of 9 points")).to_be_visible()
    page.goto(page.url.split("/unit/")[0] + "/progress/")
    expect(page.locator("main")).to_contain_text(re.compile(r"78"))
    page.goto(f"{campus}/outbox/")
    expect(page.locator("main")).to_contain_text("has passed")


def _grade(desk, *, completeness: int, finding: int, lawful: int, feedback: str) -> None:
    for key, points in (("completeness", completeness), ("finding", finding), ("lawful", lawful)):
        desk.locator(f"input[type=radio][name$='{key}'][value^='{points}']").check(force=True)
    desk.locator("textarea[name=feedback]").fill(feedback)
