"""The course of this repository with people in every role."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth import get_user_model
from django.test import Client, override_settings
from django.urls import reverse
from opaque_keys.edx.keys import CourseKey

from iciinsmes.platform import Role
from iciinsmes_campus.courseware import api as courseware
from iciinsmes_campus.editions.api import read_outline
from iciinsmes_campus.learning import api as learning
from tests.campus.folders import course_folder

SOURCE = Path(__file__).parents[3] / "courses/hearing-customers"
COURSE = CourseKey.from_string("course-v1:ICIinSMEs+SME1+2026")
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def key(kind: str, name: str):
    return COURSE.make_usage_key(kind, name)


W01 = key("workplace_assignment", "w01")
W01_UNIT = key("vertical", "w01-where-do-our-customers-speak")
FIRST_UNIT = key("vertical", "why-firms-move")
SECOND_UNIT = key("vertical", "hear-work-out-do")
#: The last one that learners see.
LAST_UNIT = key("vertical", [unit.name for unit in read_outline(SOURCE).units if not unit.is_for_staff][-1])
#: Counted in the sources without what only staff see, so that a unit more in the course is none here.
HOW_MANY_UNITS = sum(
    text.count("<vertical ")
    for path in Path(__file__).parents[3].glob("courses/hearing-customers/sequential/*.xml")
    if "visible_to_staff_only" not in (text := path.read_text(encoding="utf-8"))
)


def person(name: str, role: Role | None = None, course_key: CourseKey = COURSE):
    user = get_user_model().objects.create_user(
        name, f"{name}@example.org", "a-long-password", first_name=name.title(), last_name="Test"
    )
    if role:
        learning.enrol(user_id=user.id, course_key=course_key, role=role)
    return user


def browser(user) -> Client:
    """Return a browser in which the person is signed in."""
    client = Client()
    client.force_login(user)
    return client


def page(user, name: str, *args, course_key: CourseKey = COURSE):
    return browser(user).get(reverse(f"campus:{name}", args=[course_key, *args]))


def read(user, *names: str) -> None:
    """Let the person have seen these texts."""
    learning.complete_many(user_id=user.id, usage_keys=[key("html", name) for name in names])


def answer(user, *names: str, earned: float = 1, possible: float = 1) -> None:
    """Let the person have answered these quiz questions."""
    for name in names:
        learning.complete(user_id=user.id, usage_key=key("problem", name), fraction=1)
        learning.book_grade(
            user_id=user.id,
            usage_key=key("problem", name),
            earned=Decimal(str(earned)),
            possible=Decimal(str(possible)),
        )


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    """A campus on which the course starts five weeks before `NOW`."""
    home = tmp_path_factory.mktemp("web")
    with override_settings(HOME=home):
        courseware.begin_run(COURSE, day=date(2026, 10, 19), zone=ZoneInfo("Europe/Berlin"))
    return home


@pytest.fixture(autouse=True)
def _clock(monkeypatch, settings, home):
    """Stop the clock in November 2026, in the fifth week of the course."""
    settings.HOME = home
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def anna(db):
    return person("anna", Role.LEARNER)


@pytest.fixture
def bo(db):
    return person("bo", Role.LEARNER)


@pytest.fixture
def tea(db):
    return person("tea", Role.TEACHER)


@pytest.fixture
def cora(db):
    return person("cora", Role.COORDINATOR)


@pytest.fixture
def stranger(db):
    return person("sven")


@pytest.fixture
def folder(tmp_path, settings):
    """Return a function that makes the small course of the tests the only one, with some files replaced."""

    def make(files=None):
        course_folder(tmp_path, files)
        settings.COURSES_ROOT = tmp_path
        courseware.forget()

    yield make
    courseware.forget()
