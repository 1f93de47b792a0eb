"""The page of a course."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from opaque_keys.edx.keys import CourseKey

from iciinsmes.assignments.models import Assignment, Work
from iciinsmes.platform import Role
from iciinsmes_campus.learning import api as learning
from tests.campus.folders import COURSE as SMALL
from tests.campus.folders import policy

from .conftest import (
    COURSE,
    FIRST_UNIT,
    HOW_MANY_UNITS,
    NOW,
    SECOND_UNIT,
    W01,
    W01_UNIT,
    browser,
    key,
    page,
    person,
    read,
)


def unit_link(usage_key) -> str:
    return reverse("campus:unit", args=[COURSE, usage_key])


def test_a_learner_begins_with_the_first_unit(anna):
    html = page(anna, "course").content.decode()
    assert "Begin here" in html
    assert html.index(unit_link(FIRST_UNIT)) < html.index("1 Start: firm, trigger, self-check, goal")
    assert "due Sat 12 Dec" in html


def test_a_learner_goes_on_with_the_first_unit_that_is_not_done(anna):
    read(anna, "why-firms-move-text", "start-who-helps-you-text")
    html = page(anna, "course").content.decode()
    assert "Continue where you stopped" in html
    assert f'<a class="button go" href="{unit_link(SECOND_UNIT)}">Continue</a>' in html
    assert html.count("✓ done") == 2
    assert f"2 of {HOW_MANY_UNITS} units done" in html


def test_what_a_teacher_sent_back_comes_first(anna):
    assignment = Assignment.objects.create(usage_key=W01, course_key=COURSE, title="W01")
    Work.objects.create(assignment=assignment, owner=anna, course_key=COURSE, state="revise", round_count=1)
    learning.complete(user_id=anna.id, usage_key=W01, fraction=1)
    html = page(anna, "course").content.decode()
    assert "Your teacher asks for another round" in html
    assert f'<a class="button go" href="{unit_link(W01_UNIT)}">' in html
    assert "↻ another round" in html


def test_a_date_that_has_passed_is_said_unless_the_learner_has_more_time(anna, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(days=7))
    before = page(anna, "course").content.decode()
    assert "▲ was due Sat 28 Nov" in before
    learning.extend_due(user_id=anna.id, usage_key=key("sequential", "quiz-start"), until=NOW + timedelta(days=20))
    html = page(anna, "course").content.decode()
    assert html.count("was due") == before.count("was due") - 1
    assert "due Sat 12 Dec" in html


def test_staff_see_what_waits_and_their_pages(tea, cora):
    html = page(tea, "course").content.decode()
    for name in ("iciinsmes:desk-queue", "campus:gradebook", "campus:authoring"):
        assert reverse(name, args=[COURSE]) in html
    people = reverse("campus:people", args=[COURSE])
    assert people not in html
    assert people in page(cora, "course").content.decode()
    assert "Continue" not in html


def test_a_learner_sees_no_pages_of_the_staff(anna):
    html = page(anna, "course").content.decode()
    for name in ("iciinsmes:desk-queue", "campus:gradebook", "campus:people", "campus:authoring"):
        assert reverse(name, args=[COURSE]) not in html


def test_a_stranger_is_told_whom_to_ask(stranger, cora):
    response = page(stranger, "course")
    assert response.status_code == 403
    html = response.content.decode()
    assert "Cora Test coordinates it and can enrol you." in html
    assert "<strong>sven</strong>" in html
    assert "where-customers-speak" not in html


def test_a_course_that_does_not_exist_is_not_found(anna):
    nothing = CourseKey.from_string("course-v1:ICI+NOTHING+2026")
    assert page(anna, "course", course_key=nothing).status_code == 404


def test_parts_for_staff_only_and_parts_that_open_later(folder, db):
    files = {
        "course/2026.xml": '<course display_name="Two"><chapter url_name="c1"/></course>',
        "chapter/c1.xml": '<chapter><sequential url_name="s1"/><sequential url_name="s2"/></chapter>',
        "sequential/s2.xml": '<sequential start="2027-01-05T08:00:00Z"><vertical url_name="u2"/></sequential>',
        "vertical/u2.xml": '<vertical display_name="Late unit"><html url_name="h1"/></vertical>',
    }
    folder({**files, **policy(vertical__u1={"visible_to_staff_only": True})})
    learner = person("lea", Role.LEARNER, SMALL)
    teacher = person("tom", Role.TEACHER, SMALL)
    html = page(learner, "course", course_key=SMALL).content.decode()
    assert "vertical+block@u1" not in html
    assert "opens Tue 5 Jan 2027, 09:00 CET" in html
    assert "Begin here" not in html
    assert "staff only" in page(teacher, "course", course_key=SMALL).content.decode()
    hidden = SMALL.make_usage_key("vertical", "u1")
    late = SMALL.make_usage_key("vertical", "u2")
    assert page(learner, "unit", hidden, course_key=SMALL).status_code == 404
    closed = page(learner, "unit", late, course_key=SMALL)
    assert closed.status_code == 403
    assert "This opens on Tue 5 Jan 2027, 09:00 CET." in closed.content.decode()
    assert page(teacher, "unit", late, course_key=SMALL).status_code == 200


def test_a_course_before_its_first_day_says_when_it_opens(folder, db):
    folder(policy(course__2026={"start": "2027-02-01T08:00:00Z"}))
    learner = person("lea", Role.LEARNER, SMALL)
    response = page(learner, "course", course_key=SMALL)
    assert response.status_code == 403
    assert "This opens on Mon 1 Feb 2027, 09:00 CET." in response.content.decode()


# What is overdue for the staff hangs on the rules of the course and the holidays of its country.
@pytest.mark.parametrize(("who", "most"), [("anna", 7), ("tea", 8)])
def test_queries(who, most, request, django_assert_max_num_queries):
    client = browser(request.getfixturevalue(who))
    address = reverse("campus:course", args=[COURSE])
    client.get(address)
    with django_assert_max_num_queries(most):
        assert client.get(address).status_code == 200


def test_a_course_without_a_start_is_open_and_says_so(anna, tea, settings, tmp_path):
    settings.HOME = tmp_path
    html = page(anna, "course").content.decode()
    assert "This course has no dates yet." in html
    assert "Your teacher tells you until when" in html
    assert "Begin here" in html
    assert f"iciinsmes-campus start {COURSE}" not in html
    assert f"iciinsmes-campus start {COURSE}" in page(tea, "course").content.decode()
