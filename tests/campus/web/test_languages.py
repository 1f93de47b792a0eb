"""Pages of a course that has other languages than its reader."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from iciinsmes.platform import Role
from iciinsmes_campus.courseware import api as courseware
from tests import people
from tests.campus.folders import COURSE, course_folder, key
from tests.campus.translated import translate

pytestmark = pytest.mark.django_db

H1 = key("html", "h1")


@pytest.fixture(autouse=True)
def _course(settings, tmp_path):
    settings.COURSES_ROOT = tmp_path / "courses"
    settings.COURSE_CATALOGUES = tmp_path / "catalogues"
    settings.HOME = tmp_path / "home"
    course_folder(settings.COURSES_ROOT)
    translate(settings.COURSE_CATALOGUES)
    courseware.forget()
    yield
    courseware.forget()


def page(role: Role, language: str, name: str, *args: object) -> str:
    client = Client(headers={"accept-language": language})
    client.force_login(people.person(f"a-{language}-{name}", role, COURSE))
    return client.get(reverse(f"campus:{name}", args=[COURSE, *args])).content.decode()


@pytest.mark.parametrize(
    ("language", "title", "notice"),
    [("en", "Small course", False), ("de", "Kleiner Kurs", False), ("pl", "Small course", True)],
)
def test_the_course_says_in_which_language_it_is(language, title, notice):
    html = page(Role.LEARNER, language, "course")
    assert f"<h1>{title}</h1>" in html
    assert ('<p class="soft">' in html) is notice


def test_all_lists_of_a_course_follow_the_reader():
    assert "Einheit" in page(Role.LEARNER, "de", "course")
    assert "Kleiner Kurs" in page(Role.LEARNER, "de", "progress")
    assert "Kleiner Kurs" in page(Role.TEACHER, "de", "gradebook")


@pytest.mark.parametrize(("language", "says"), [("en", False), ("de", True), ("da", False)])
def test_an_editor_says_which_text_it_holds(language, says):
    html = page(Role.TEACHER, language, "edit", H1)
    assert "reader" in html
    assert "Leser" not in html
    assert ('class="note" role="note"' in html) is says
