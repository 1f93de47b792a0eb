"""The button Back: what was typed is still there, pictures show, and after signing out it leads to nobody's page."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from .paths import COURSE, answer, open_w01, saved

QUEUE = f"/iciinsmes/desk/{COURSE}/"


def test_back_shows_what_was_typed(visitor, campus):
    page = visitor().sign_in("reka.szephaj")
    open_w01(page, campus)
    answer(page, "channels").fill("typed before looking something up")
    saved(page)
    page.goto(f"{campus}/courses/{COURSE}/")
    page.go_back()
    expect(answer(page, "channels")).to_have_value("typed before looking something up")


def test_pictures_of_works_show_each_time(visitor, campus):
    page = visitor().sign_in("teacher")
    page.goto(campus + QUEUE)
    address = page.locator(f"a[href^='{QUEUE}']").evaluate_all("found => found.map((each) => each.href)")
    shown = 0
    for each in dict.fromkeys(address):
        page.goto(each)
        for picture in page.locator("main img").all():
            picture.scroll_into_view_if_needed()
            expect(picture).to_have_js_property("complete", True)
            assert picture.evaluate("picture => picture.naturalWidth") > 0
            shown += 1
        if shown:
            break
    assert shown
    page.goto(campus + QUEUE)
    page.go_back()
    expect(page.locator("main img").first).to_have_js_property("complete", True)


def test_after_signing_out_back_leads_to_no_page_of_the_person(visitor, campus):
    someone = visitor()
    page = someone.sign_in("anna.nordlicht")
    name = page.locator("header").inner_text()
    for path in ("/account/", "/iciinsmes/privacy/", "/iciinsmes/inbox/", "/iciinsmes/toolbox/", "/no-such-page"):
        someone.allow("404")
        page.goto(campus + path)
        expect(page.locator("header")).to_contain_text("Anna")
    assert "Anna" in name
    page.locator("details:has(form[action='/logout/']) > summary").click()
    page.locator("form[action='/logout/'] button").click()
    page.wait_for_url(re.compile("/login/"))
    for _step in range(6):
        page.go_back()
        page.wait_for_load_state()
        assert "Anna" not in page.locator("header").inner_text()
