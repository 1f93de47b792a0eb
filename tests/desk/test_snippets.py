"""Snippets beside the rubric and on their own page."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from iciinsmes.platform import Role
from iciinsmes.review import api as review
from iciinsmes.snippets import api as snippets
from tests.browser.conftest import check_accessible

from .conftest import COURSE, person, text_of, url

PAGE = reverse("iciinsmes:desk-snippets", args=[COURSE])


def keep(user, text, **more):
    return snippets.keep(user_id=user.pk, course_key=COURSE, text=text, **more)


@pytest.mark.django_db
class TestPages:
    def test_beside_a_round_they_are_filled_in_with_bare_names(self, desk, first, teacher):
        keep(teacher, "Dear {learner} of {company}, round {round} of {task} is good.")
        html = text_of(desk.get(url(first, "desk-round-snippets")))
        assert "Dear Anna of Tischlerei Nordlicht, round 1 of W01" in html

    def test_a_new_one_is_kept_there_and_on_the_page(self, desk, first, teacher):
        assert "Kept beside" in text_of(desk.post(url(first, "desk-round-snippets"), {"text": "Kept beside"}))
        assert desk.post(PAGE, {"text": "Kept there", "shared": "on"}).status_code == 302
        html = text_of(desk.get(PAGE))
        assert "Kept beside" in html
        assert "shared in this course" in html

    def test_what_is_refused_comes_back_with_its_reason(self, desk, first):
        too_long = "x" * 5001
        for address in (PAGE, url(first, "desk-round-snippets")):
            html = text_of(desk.post(address, {"text": too_long, "shared": "on"}), 422)
            assert too_long in html
            assert "5000 characters" in html
            assert "checked" in html

    def test_one_that_was_removed_meanwhile_can_be_kept_anew(self, desk, teacher):
        kept = keep(teacher, "Old words")
        snippets.remove(user_id=teacher.pk, course_key=COURSE, snippet_id=kept.id)
        for wanted in (kept.id, "nonsense"):
            html = text_of(desk.post(PAGE, {"text": "New words", "snippet": wanted}), 422)
            assert "New words" in html
            assert "removed in the meantime" in html

    def test_removing_is_for_the_author_and_for_coordinators(self, client, teacher, colleague):
        kept = keep(teacher, "Ours", is_shared=True)
        address = reverse("iciinsmes:desk-snippet-remove", args=[COURSE, kept.id])
        client.force_login(person("tom", Role.TEACHER))
        assert client.post(address).status_code == 404
        client.force_login(colleague)
        assert client.post(address).status_code == 302
        assert snippets.snippets_for(user_id=teacher.pk, course_key=COURSE) == ()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_snippet_is_put_in_by_keys_and_saved_with_the_draft(open_page, first, teacher):
    keep(teacher, "Name two sources.")
    keep(teacher, "Well done, {learner}.")
    page = open_page(url(first))
    page.fill("#feedback", "Hello.")
    page.keyboard.press("Alt+s")
    search = page.get_by_label("Search your snippets")
    expect(search).to_be_focused()
    page.keyboard.type("well")
    expect(page.locator("[data-snippet]:visible")).to_have_count(1)
    page.keyboard.press("Enter")
    feedback = page.locator("#feedback")
    expect(feedback).to_have_value("Hello. Well done, Anna.")
    expect(feedback).to_be_focused()
    page.keyboard.press("Control+z")
    expect(feedback).to_have_value("Hello.")
    with page.expect_response(lambda answer: "Name%20two" in (answer.request.post_data or "")) as saved:
        page.get_by_role("button", name="Name two sources.").click()
    assert saved.value.status == 200
    assert review.proposal(subject=first, assessor_id=teacher.id).feedback == "Hello. Name two sources."
    page.get_by_label("A new snippet").fill("Kept from here.")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("button", name="Kept from here.")).to_be_visible()
    check_accessible(page)
    page.goto(page.url.split("/rounds/")[0] + "/snippets/")
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    check_accessible(page)
