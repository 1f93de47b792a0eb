"""A step of the demo that fails costs that step: the others are done, and somebody is told."""

from __future__ import annotations

import logging
import re
import shutil
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies
from iciinsmes.companies.models import Company
from iciinsmes.waiting import api as waiting_room
from iciinsmes_campus.courseware import api as courseware
from iciinsmes_campus.demo import api as demo
from iciinsmes_campus.demo.accounts import usernames
from iciinsmes_campus.demo.companies import COMPANIES, LEARNERS
from iciinsmes_campus.demo.companies.neighbours import NEIGHBOURS
from iciinsmes_campus.demo.course import COURSE_KEY, DAY
from iciinsmes_campus.demo.practices import FINISHED
from iciinsmes_campus.learning.models import Completion, Grade
from tests.checks import ROOT

COURSE = CourseKey.from_string(COURSE_KEY)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    settings.DEMO = True
    yield tmp_path
    courseware.forget()


@pytest.fixture
def folder(settings, tmp_path):
    """The demo's course, in which files may be broken."""
    folder = tmp_path / "courses" / "hearing-customers"
    shutil.copytree(ROOT / "courses" / "hearing-customers", folder)
    settings.COURSES_ROOT = folder.parent
    return folder


def told() -> list[str]:
    return [str(part) for part in demo.missing()]


def test_a_step_that_fails_costs_its_part_only(folder, client, caplog):
    """A quiz that has closed costs its answers, a page that was renamed costs who read it that page; no more goes."""
    schedule = folder / "schedule.toml"
    due = '["sequential/quiz-start"]\ndue = { week = '
    schedule.write_text(re.sub(re.escape(due) + r"\d+", f"{due}2", schedule.read_text()))
    for path in [folder / "html/example-nordlicht-text.xml", folder / "vertical/example-nordlicht.xml"]:
        path.write_text(path.read_text().replace('url_name="example-nordlicht-text"', 'url_name="joinery"'))
    (folder / "html/example-nordlicht-text.xml").rename(folder / "html/joinery.xml")
    with caplog.at_level(logging.ERROR, "iciinsmes_campus.demo"):
        demo.load()
    assert {line.partition(": ")[2] for line in told()} == {"answers in a quiz", "pages that were read"}
    assert any(record.exc_info for record in caplog.records)
    assert waiting_room.waiting_count(course_key=COURSE) == 4
    assert Grade.objects.exists()
    page = client.get(reverse("campus:login")).content.decode()
    assert "Parts of this demo are missing" in page
    assert all(line in page for line in told())


def test_a_course_without_the_task_costs_work_but_no_reading(folder):
    unit = folder / "vertical/w01-where-do-our-customers-speak.xml"
    unit.write_text('<vertical display_name="Empty"/>')
    demo.load()
    kinds = {line.partition(": ")[2] for line in told()}
    assert kinds == {
        "work that was handed in, and what follows from it",
        "a draft",
        # The passed round that one of them has taken over, and what was concluded from it.
        "steps of the development project",
        # Nothing is issued to who has not passed it.
        "sessions and certificates",
    }
    assert Completion.objects.exists()
    assert User.objects.count() == len(usernames())


def test_a_firm_that_cannot_be_made_costs_its_people_and_no_others(monkeypatch):
    create = companies.create_company

    def fail(**given):
        if given["name"] == COMPANIES[0].name:
            # An error of the database would end a transaction without a way back.
            with connection.cursor() as cursor:
                cursor.execute("SELECT * FROM no_such_table")
        return create(**given)

    monkeypatch.setattr(companies, "create_company", fail)
    demo.load()
    own = [learner.name for learner in LEARNERS if learner.company == COMPANIES[0].key]
    assert told()[0].startswith(COMPANIES[0].name)
    assert [line.partition(": ")[0] for line in told()[1:]] == own
    assert Company.objects.count() == len(COMPANIES) + len(NEIGHBOURS) + len(FINISHED) - 1
    assert waiting_room.waiting_count(course_key=COURSE) > 0


def test_a_demo_without_its_staff_is_told_and_is_whole_at_the_next_start(client, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("iciinsmes_campus.demo.api.learning.enrol", lambda **given: 1 / 0)
        demo.load()
    assert told() == ["the whole demo"]
    assert not User.objects.exists()
    assert not demo.is_loaded()
    assert demo.load() == ()
    assert told() == []
    assert "Parts of this demo are missing" not in client.get(reverse("campus:login")).content.decode()
    assert waiting_room.waiting_count(course_key=COURSE) == 4


def test_it_is_loaded_in_week_5_and_ages_from_then_on(home, monkeypatch):
    demo.load()
    start = courseware.run_start(COURSE)
    loaded = timezone.now()
    today = loaded.astimezone(start.zone).date()
    assert start.day == today - timedelta(days=DAY - 1)
    later = loaded + timedelta(days=30)
    with monkeypatch.context() as patch:
        patch.setattr("django.utils.timezone.now", lambda: later)
        courseware.forget()
        demo.place_if_lost()
        assert courseware.run_start(COURSE) == start
        quiz = courseware.node(COURSE.make_usage_key("sequential", "quiz-start"))
        assert quiz.due < later
    # One whose start is not kept is placed by the day it was loaded.
    (home / "runs.json").unlink()
    User.objects.filter(username="teacher").update(date_joined=timezone.now() - timedelta(days=10))
    courseware.forget()
    demo.place_if_lost()
    assert courseware.run_start(COURSE).day == start.day - timedelta(days=10)
