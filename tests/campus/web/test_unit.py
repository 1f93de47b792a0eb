"""The page of a unit."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from iciinsmes_campus.demo import api as demo

from .conftest import COURSE, FIRST_UNIT, LAST_UNIT, SECOND_UNIT, W01, W01_UNIT, browser, key, page, read


def unit_link(usage_key) -> str:
    return reverse("campus:unit", args=[COURSE, usage_key])


def test_a_unit_has_its_place_and_the_way_on(anna):
    read(anna, "why-firms-move-text")
    html = page(anna, "unit", SECOND_UNIT).content.decode()
    assert html.count("<h1>") == 1
    assert "<h1>What Halina did, in three steps</h1>" in html
    assert "2 of 2 in this section" in html
    assert re.search(rf'rel="prev" href="{re.escape(unit_link(FIRST_UNIT))}"', html)
    assert re.search(rf'rel="next" href="{re.escape(unit_link(key("vertical", "start-who-helps-you")))}"', html)
    assert "✓ done" in html
    assert "What moves your firm" in html
    assert "data-courseware" in html


def test_the_ends_of_a_course(anna):
    assert 'rel="prev"' not in page(anna, "unit", FIRST_UNIT).content.decode()
    html = page(anna, "unit", LAST_UNIT).content.decode()
    assert 'rel="next"' not in html
    assert "To the course" in html


def test_only_staff_edit(anna, tea):
    edit = reverse("campus:edit", args=[COURSE, key("html", "why-firms-move-text")])
    assert edit not in page(anna, "unit", FIRST_UNIT).content.decode()
    assert edit in page(tea, "unit", FIRST_UNIT).content.decode()


def test_a_block_leads_to_its_unit(anna):
    response = page(anna, "block", W01)
    assert response.status_code == 302
    assert response.url == f"{unit_link(W01_UNIT)}#w01"
    assert page(anna, "block", key("sequential", "one-goal")).url.startswith(
        unit_link(key("vertical", "from-trigger-to-goal"))
    )
    assert page(anna, "unit", W01).url == f"{unit_link(W01_UNIT)}#w01"
    assert page(anna, "block", W01_UNIT).url == unit_link(W01_UNIT)


@pytest.mark.parametrize("name", ["unit", "block"])
def test_blocks_that_are_not_there_or_of_another_course_are_not_found(anna, name):
    foreign = "block-v1:ICI+OTHER+2026+type@vertical+block@u1"
    assert page(anna, name, foreign).status_code == 404
    assert page(anna, name, key("vertical", "nothing")).status_code == 404


@pytest.mark.parametrize("name", ["unit", "block"])
def test_a_stranger_sees_no_unit(stranger, name):
    response = page(stranger, name, W01)
    assert response.status_code == 403
    assert "Which places surprised you most" not in response.content.decode()


@pytest.mark.parametrize("unit", [W01_UNIT, FIRST_UNIT, key("vertical", "quiz-start-questions")])
def test_queries(anna, unit, django_assert_max_num_queries):
    client = browser(anna)
    assert client.get(unit_link(unit)).status_code == 200
    with django_assert_max_num_queries(9):
        client.get(unit_link(unit))


def test_queries_while_a_work_waits_comes_back_or_is_done(
    db, monkeypatch, settings, tmp_path, django_assert_max_num_queries
):
    # The demo is about today, and has a start of its own.
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime.now(UTC))
    settings.HOME = tmp_path
    assert demo.load() == ()
    for username in ("anna.nordlicht", "jonas.nordlicht", "zofia.poddebem", "mette.elservicefyn"):
        client = browser(get_user_model().objects.get(username=username))
        client.get(unit_link(W01_UNIT))
        with django_assert_max_num_queries(10):  # of them for timeline, bell and mentor one each
            assert "Round 1" in client.get(unit_link(W01_UNIT)).content.decode(), username
