"""The whole course on one page."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from iciinsmes.platform import Role
from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.data import show
from iciinsmes_campus.courseware import api as courseware
from iciinsmes_campus.pages.whole import time_words
from tests.campus.folders import CHOICE, policy
from tests.campus.folders import COURSE as SMALL
from tests.campus.folders import key as small_key
from tests.campus.folders import unit as small_unit

from .conftest import COURSE, browser, page, person

WHOLE = reverse("campus:whole", args=[COURSE])
#: A course as long as the longest that anybody plans.
MANY = 200


def html_of(user, address: str = WHOLE, language: str = "en") -> str:
    response = browser(user).get(address, headers={"accept-language": language})
    assert response.status_code == 200
    return response.content.decode()


def small(user) -> str:
    return page(user, "whole", course_key=SMALL).content.decode()


def main_of(html: str) -> str:
    return html.partition("<main")[2].partition("</main>")[0]


def learner():
    return person("lea", Role.LEARNER, SMALL)


def teacher():
    return person("tom", Role.TEACHER, SMALL)


def test_the_outline_of_the_course_leads_there_for_everybody(anna, tea):
    for user in (anna, tea):
        assert f'<a href="{WHOLE}">The whole course on one page</a>' in page(user, "course").content.decode()


def test_all_units_of_learners_stand_there_in_their_order(anna):
    html = html_of(anna)
    root = courseware.course(COURSE).root
    places = [
        html.index(f'id="unit-{unit.usage_key.block_id}"')
        for section in root.children
        for part in section.children
        for unit in part.children
        if not (unit.staff_only or part.staff_only or section.staff_only)
    ]
    assert len(places) > 100
    assert places == sorted(places)
    assert html.count("<h1") == 1
    assert all(f'href="#whole-{section.usage_key.block_id}"' in html for section in root.children)
    assert "cannot be shown here" not in html


def test_no_two_parts_of_the_page_have_one_name(anna, tea):
    for user in (anna, tea):
        names = re.findall(r'\sid="([^"]*)"', html_of(user))
        assert len(names) == len(set(names))


def test_headings_leave_no_level_out(anna):
    levels = [int(level) for level in re.findall(r"<h([1-6])", html_of(anna))]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_there_is_nothing_to_fill_in(anna):
    main = main_of(html_of(anna))
    assert re.findall(r"<(?:form|input|textarea|select|button|script)\b", main) == []


def test_tasks_stand_there_with_their_rubric_and_a_way_to_the_form(anna):
    html = html_of(anna)
    assert 'class="rubric"' in html
    assert re.search(r"\d h at work", html)
    assert "the form for your answers and evidence, where you hand in." in html
    assert reverse("campus:block", args=[COURSE, COURSE.make_usage_key("workplace_assignment", "w01")]) in html


def test_exercises_say_their_instrument(anna):
    instrument = toolbox.find_instrument(name="complaint-pareto")
    with translation.override("en"):
        title = show(instrument.title, toolbox.reader_language())
    assert f"the digital tool “{title}”, with demo data and your own." in unescape(html_of(anna))


def test_what_is_right_is_for_staff_and_folded(folder, db):
    folder(
        small_unit(
            '<problem url_name="p1"><numericalresponse answer="35"><label>How much?</label>'
            '<responseparam type="tolerance" default="0.5"/><textline/><solution>Fourteen of forty.</solution>'
            "</numericalresponse><demandhint><hint>Divide.</hint></demandhint></problem>"
        )
    )
    html = small(teacher())
    assert '<details class="whole-answer">' in html
    assert "35 (± 0.5)" in html
    assert "Fourteen of forty." in html
    html = small(learner())
    assert "How much?" in html
    for hidden in ("whole-answer", "35", "0.5", "Fourteen of forty.", "Divide."):
        assert hidden not in main_of(html)


def test_parts_for_staff_are_for_staff(folder, db):
    folder({**small_unit('<html url_name="h1"/>'), **policy(vertical__u1={"visible_to_staff_only": True})})
    assert "Hello" not in small(learner())
    html = small(teacher())
    assert "Hello" in html
    assert "staff only" in html


def test_a_block_for_staff_in_an_open_unit(folder, db):
    folder(policy(html__h1={"visible_to_staff_only": True}))
    assert "Hello" not in small(learner())
    assert "Hello" in small(teacher())


@pytest.mark.parametrize("part", ["chapter__c1", "sequential__s1"])
def test_a_part_that_opens_later_says_when(folder, db, part):
    folder(policy(**{part: {"start": "2027-01-05T08:00:00Z"}}))
    html = small(learner())
    assert "opens Tue 5 Jan 2027, 09:00 CET" in html
    assert "Hello" not in html
    assert "Hello" in small(teacher())


@pytest.mark.parametrize("part", ["vertical__u1", "html__h1"])
def test_a_unit_or_a_text_that_opens_later_is_not_there(folder, db, part):
    folder(policy(**{part: {"start": "2027-01-05T08:00:00Z"}}))
    assert "Hello" not in small(learner())
    assert "Hello" in small(teacher())


def test_one_section_alone(anna):
    html = html_of(anna, f"{WHOLE}?section=asking-well")
    assert 'id="whole-asking-well"' in html
    assert 'id="whole-start-with-your-firm"' not in html
    assert f'<a href="{WHOLE}">' in html
    assert browser(anna).get(f"{WHOLE}?section=nowhere").status_code == 404


def test_what_an_author_wrote_has_no_hands_here_either(folder, db):
    folder(
        {
            "html/h1.html": '<p id="here" onclick="x()">One</p><script>x()</script><a href="#here">There</a>'
            '<img src="/static/no.svg" onerror="x()" alt=""><form action="/logout/"><input></form>'
        }
    )
    html = small(learner())
    assert "onclick" not in html
    assert "onerror" not in html
    assert "x()" not in html
    assert 'id="part-1-author-here"' in html
    assert 'href="#part-1-author-here"' in html


def test_addresses_of_files_and_of_other_units(folder, db):
    text = '<p><img src="/static/a.svg" alt="A"> <a href="/jump_to_id/p1">There</a></p>'
    folder({"html/h1.html": text, "static/a.svg": "<svg/>", **small_unit(f'<html url_name="h1"/>{CHOICE}')})
    html = small(learner())
    assert reverse("courseware:static", args=[SMALL, "a.svg"]) in html
    assert reverse("campus:block", args=[SMALL, small_key("problem", "p1")]) in html


def test_a_block_that_fails_does_not_take_the_others_along(folder, db):
    broken = '<problem url_name="p2"><multiplechoiceresponse></problem>'
    folder({**small_unit('<html url_name="h1"/><problem url_name="p2"/>'), "problem/p2.xml": broken})
    html = small(learner())
    assert "Hello" in html
    assert "This part cannot be shown here." in html


def test_texts_say_their_language_on_a_page_in_another(anna):
    html = html_of(anna, language="pl")
    assert '<html lang="pl"' in html
    assert '<h2 id="whole-asking-well" lang="en">' in html
    assert '<h2 id="whole-asking-well">' in html_of(anna)


def test_minutes_in_words():
    with translation.override("en"):
        assert time_words({}) == ""
        assert time_words({"online": 0.2}) == "1 min to read and answer"
        assert time_words({"work": 240, "coaching": 60, "session": 150}) == (
            "2.5 h in the session · 4 h at work · 60 min with your coach"
        )


@pytest.mark.parametrize("who", ["anna", "tea"])
def test_queries(who, request, django_assert_max_num_queries):
    client = browser(request.getfixturevalue(who))
    client.get(WHOLE)
    with django_assert_max_num_queries(4):
        assert client.get(WHOLE).status_code == 200


def test_queries_of_a_long_course(folder, db, django_assert_max_num_queries):
    units = "".join(
        f'<vertical url_name="v{number}"><html url_name="t{number}">Text {number}</html>'
        f"{CHOICE.replace('p1', f'q{number}')}"
        f'<digital_tool url_name="d{number}" instrument="net-promoter-score"/></vertical>'
        for number in range(MANY)
    )
    folder({"sequential/s1.xml": f'<sequential display_name="Many">{units}</sequential>'})
    client: Client = browser(learner())
    address = reverse("campus:whole", args=[SMALL])
    client.get(address)
    with django_assert_max_num_queries(4):
        html = client.get(address).content.decode()
    assert html.count('<article class="whole-unit"') == MANY
