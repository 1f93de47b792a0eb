"""The first page: courses, and the next step in each."""

from __future__ import annotations

import pytest
from django.urls import reverse
from opaque_keys.edx.keys import CourseKey

from iciinsmes.platform import Role
from iciinsmes_campus.learning import api as learning
from tests.campus.folders import policy

from .conftest import FIRST_UNIT, HOW_MANY_UNITS, SECOND_UNIT, browser, person, read

HOME = "/"


def test_the_next_step_of_a_course_stands_on_the_first_page(anna):
    client = browser(anna)
    html = client.get(HOME).content.decode()
    assert "Hello Anna" in html
    assert "Begin with" in html
    assert f"/unit/{FIRST_UNIT}/" in html
    read(anna, "why-firms-move-text")
    html = client.get(HOME).content.decode()
    assert f"1 of {HOW_MANY_UNITS} units done" in html
    assert f"/unit/{SECOND_UNIT}/" in html


def test_staff_see_what_waits_for_them(tea):
    html = browser(tea).get(HOME).content.decode()
    assert "You teach" in html
    assert "Nothing waits for you." in html
    assert reverse("iciinsmes:desk-queue", args=[learning.memberships_of(tea.id)[0].course_key]) in html


def test_a_person_without_a_course_learns_whom_to_tell_which_name(stranger):
    html = browser(stranger).get(HOME).content.decode()
    assert "You take part in no course yet." in html
    assert "<strong>sven</strong>" in html


def test_a_course_whose_folder_is_gone_is_left_out(db):
    gone = person("gerd", Role.LEARNER, CourseKey.from_string("course-v1:ICI+GONE+2020"))
    assert browser(gone).get(HOME).status_code == 200


def test_a_course_that_has_not_begun_says_when(db, folder):
    folder(policy(course__2026={"start": "2027-02-01T08:00:00Z"}))
    late = person("lars", Role.LEARNER, CourseKey.from_string("course-v1:Test+OLX1+2026"))
    assert "This course begins on Mon 1 Feb 2027, 09:00 CET." in browser(late).get(HOME).content.decode()


def test_whoever_is_not_signed_in_goes_to_the_sign_in_page(client, db):
    assert client.get(HOME).url == f"{reverse('campus:login')}?next=/"


def test_the_number_of_queries_does_not_depend_on_the_courses(db, django_assert_max_num_queries):
    many = person("mia", Role.LEARNER)
    for number in range(20):
        learning.enrol(user_id=many.id, course_key=CourseKey.from_string(f"course-v1:ICI+C{number}+2026"))
    client = browser(many)
    client.get(HOME)
    with django_assert_max_num_queries(6):
        client.get(HOME)


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_page_is_only_read(anna, method):
    assert getattr(browser(anna), method)(HOME).status_code == 405
