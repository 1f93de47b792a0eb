"""A task in a course of two languages: one version that everybody reads in the own, and that stays what it was."""

from __future__ import annotations

import logging
from decimal import Decimal

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from iciinsmes.assignments import api
from iciinsmes.assignments.models import Assignment, TaskVersion
from iciinsmes.mentors.models import MentorRequest
from iciinsmes.platform import Role
from iciinsmes.review import api as review
from iciinsmes.review.models import RubricVersion
from iciinsmes_campus.accounts import api as accounts
from iciinsmes_campus.courseware import api as courseware
from iciinsmes_campus.courseware.library import library
from iciinsmes_campus.editions import api as editions
from tests import people
from tests.campus.folders import COURSE, course_folder, key, unit
from tests.campus.translated import GERMAN, translate

pytestmark = pytest.mark.django_db

BLOCK = key("workplace_assignment", "w1")
PAGE = reverse("campus:unit", args=[COURSE, key("vertical", "u1")])
TASK = """<workplace_assignment url_name="w1" display_name="Listen" purpose="Know where." hours="1" weight="10">
  <task><![CDATA[<p>Make a list.</p>]]></task>
  <question key="places" title="Which places?" help="Name them." min_words="1" max_words="9" required="true"/>
  <evidence kinds="photo" max_files="2" max_file_mb="1" max_total_mb="2" required="false"/>
  <mentor need="required"><check>Is it true?</check></mentor>
  <rubric pass_points="2" exceptions="0">
    <criterion key="whole" title="Whole">
      <level points="0">No list</level><level points="2">Long list</level>
    </criterion>
  </rubric>
</workplace_assignment>"""
WORDS = {
    "Listen": "Zuhören",
    "Know where.": "Wissen, wo.",
    "Make a list.": "Mach eine Liste.",
    "Which places?": "Welche Orte?",
    "Name them.": "Nenne sie.",
    "Is it true?": "Stimmt es?",
    "Whole": "Vollständig",
    "No list": "Keine Liste",
    "Long list": "Lange Liste",
}
ENGLISH_PAGE = ("Listen", "Know where.", "Make a list.", "Which places?", "Name them.", "Whole")
GERMAN_PAGE = tuple(WORDS[text] for text in ENGLISH_PAGE)


@pytest.fixture
def read(settings, tmp_path):
    """Read the course anew, as the next start of the campus does."""
    settings.COURSES_ROOT = tmp_path / "courses"
    settings.COURSE_CATALOGUES = tmp_path / "catalogues"
    settings.HOME = tmp_path / "home"

    def start(words=WORDS, task=TASK):
        course_folder(settings.COURSES_ROOT, unit(task))
        translate(settings.COURSE_CATALOGUES, {**GERMAN, "vertical/u1.xml": words})
        courseware.forget()
        return courseware.course(COURSE)

    yield start
    courseware.forget()


@pytest.fixture
def anna(read):
    read()
    return people.person("anna", Role.LEARNER, COURSE)


@pytest.fixture
def tea(db):
    return people.person("tea", Role.TEACHER, COURSE)


def browser(user, language) -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(user)
    return client


def page(user, language, address=PAGE) -> str:
    return browser(user, language).get(address).content.decode()


def save(user, language, text="Phone and counter"):
    data = {
        "revision": api.work_of(user_id=user.id, usage_key=BLOCK).draft.revision,
        "hours": "",
        "answer-places": text,
    }
    return browser(user, language).post(reverse("iciinsmes:work-draft", args=[BLOCK]), data)


def hand_in(user, language):
    work = api.work_of(user_id=user.id, usage_key=BLOCK)
    data = {"revision": work.draft.revision, "hours": "", "answer-places": "Phone", "version": work.version.id}
    answer = browser(user, language).post(reverse("iciinsmes:work-hand-in", args=[BLOCK]), data)
    assert answer.status_code == 200
    return api.work_of(user_id=user.id, usage_key=BLOCK).rounds[-1]


def has(html, texts) -> bool:
    return all(text in html for text in texts)


class TestTheLearner:
    def test_reads_the_task_in_the_own_language_and_it_is_one_version(self, anna):
        assert has(page(anna, "en"), ENGLISH_PAGE)
        assert has(page(anna, "de"), GERMAN_PAGE)
        assert has(page(anna, "de-at"), GERMAN_PAGE)
        assert has(page(anna, "da"), ENGLISH_PAGE)
        assert has(page(anna, "en"), ENGLISH_PAGE)
        assert TaskVersion.objects.count() == RubricVersion.objects.count() == 1
        assert Assignment.objects.get().title == "Listen"

    def test_the_first_who_looks_decides_nothing(self, anna):
        assert has(page(anna, "de"), GERMAN_PAGE)
        assert has(page(anna, "en"), ENGLISH_PAGE)
        assert Assignment.objects.get().title == "Listen"
        assert TaskVersion.objects.count() == 1

    def test_keeps_the_draft_and_hands_in_the_same_version(self, anna):
        page(anna, "en")
        assert save(anna, "en").status_code == 200
        german = page(anna, "de")
        assert "Phone and counter" in german
        assert has(german, GERMAN_PAGE)
        version = TaskVersion.objects.get()
        hand_in(anna, "de")
        assert api.work_of(user_id=anna.id, usage_key=BLOCK).version.id == version.id
        assert TaskVersion.objects.count() == 1
        assert "Welche Orte?" in page(anna, "de")
        assert "Which places?" in page(anna, "en")

    def test_the_second_language_costs_no_query(self, anna, django_assert_max_num_queries):
        counts = []
        for language in ("en", "de"):
            client = browser(anna, language)
            client.get(PAGE)
            with django_assert_max_num_queries(20) as made:
                client.get(PAGE)
            counts.append(len(made))
        assert counts[0] == counts[1]

    def test_prints_it_in_the_own_language(self, anna):
        page(anna, "en")
        hand_in(anna, "en")
        address = reverse("iciinsmes:work-print", args=[BLOCK])
        assert has(page(anna, "de", address), ("Zuhören", "Welche Orte?"))
        assert has(page(anna, "en", address), ("Listen", "Which places?"))

    def test_a_mentor_reads_a_copy_in_the_mentors_language(self, anna):
        page(anna, "en")
        hand_in(anna, "en")
        data = {"do": "ask", "mentor_name": "Lars", "mentor_email": "", "mentor_role": "owner", "mentor_language": "de"}
        browser(anna, "en").post(reverse("iciinsmes:work-mentor", args=[BLOCK]), data)
        matter = MentorRequest.objects.get().matter
        assert (matter["title"], matter["purpose"], matter["checks"]) == ("Zuhören", "Wissen, wo.", ["Stimmt es?"])
        assert matter["course"] == "Kleiner Kurs"


class TestTheStaff:
    def test_a_teacher_grades_in_the_own_language_with_the_same_points(self, anna, tea):
        page(anna, "en")
        row = hand_in(anna, "en")
        address = reverse("iciinsmes:desk-round", args=[COURSE, row.id])
        german = page(tea, "de", address)
        assert has(german, ("Zuhören", "Welche Orte?", "Vollständig", "Lange Liste"))
        assert has(page(tea, "en", address), ("Listen", "Which places?", "Whole", "Long list"))
        with translation.override("de"):
            version = api.current_task(usage_key=BLOCK)
            review.propose(
                subject=row.id,
                rubric_id=version.rubric_id,
                assessor_id=tea.id,
                points={"whole": Decimal(2)},
                comments={},
                feedback="Gut",
                base_revision=None,
            )
            api.release(round_id=row.id, assessor_id=tea.id, outcome="revise")
        assert has(page(anna, "en"), ("Long list", "Gut"))
        assert has(page(anna, "de"), ("Lange Liste", "Gut"))
        assert RubricVersion.objects.count() == 1
        assert api.result_points(user_id=anna.id, usage_key=BLOCK).earned == 10

    def test_the_queue_and_its_filters(self, anna, tea):
        page(anna, "de")
        hand_in(anna, "de")
        address = reverse("iciinsmes:desk-queue", args=[COURSE]) + "?turn=mentor"
        with translation.override("de"):
            assert api.assignments_of(course_key=COURSE) == [(BLOCK, "Zuhören")]
        assert "Zuhören" in page(tea, "de", address)
        assert "Zuhören" not in page(tea, "en", address)

    def test_who_is_told_reads_it_in_the_own_language(self, anna, tea, django_capture_on_commit_callbacks):
        accounts.keep_language(user_id=anna.id, language="de")
        page(anna, "en")
        row = hand_in(anna, "en")
        with django_capture_on_commit_callbacks(execute=True):
            review.propose(
                subject=row.id,
                rubric_id=api.current_task(usage_key=BLOCK).rubric_id,
                assessor_id=tea.id,
                points={},
                comments={},
                feedback="More",
                base_revision=None,
            )
            api.release(round_id=row.id, assessor_id=tea.id, outcome="revise")
        assert "Zuhören" in mail.outbox[-1].subject
        assert "Kleiner Kurs" in mail.outbox[-1].body


class TestFrozen:
    def test_a_new_translation_is_a_new_version_and_old_rounds_keep_theirs(self, anna, read):
        page(anna, "de")
        hand_in(anna, "de")
        read({**WORDS, "Which places?": "An welchen Orten?"})
        german = page(anna, "de")
        assert "Welche Orte?" in german
        assert "An welchen Orten?" not in german
        assert TaskVersion.objects.count() == 2
        assert RubricVersion.objects.count() == 1
        bo = people.person("bo", Role.LEARNER, COURSE)
        assert "An welchen Orten?" in page(bo, "de")

    def test_a_course_without_translations_has_the_hash_that_it_always_had(self, read, anna, settings):
        (settings.COURSE_CATALOGUES / "small/de/course.po").unlink()
        courseware.forget()
        page(anna, "de")
        assert "other_languages" not in TaskVersion.objects.get().content

    def test_what_an_author_changes_is_read_in_every_language(self, anna, django_capture_on_commit_callbacks):
        page(anna, "de")
        task = library().of(BLOCK).blocks[BLOCK].fields["task"]
        courseware.set_overlay(BLOCK, {"task": {**task, "purpose": "Changed."}})
        german = page(anna, "de")
        assert has(german, ("Zuhören", "Changed.", "Which places?"))

    def test_points_cannot_differ(self, read, anna, monkeypatch, caplog):
        weave = editions.weave_into

        def wrong(source, target, **how):
            weave(source, target, **how)
            file = target / "vertical/u1.xml"
            file.write_text(file.read_text().replace('<level points="2">', '<level points="3">'))

        monkeypatch.setattr(editions, "weave_into", wrong)
        read({**WORDS, "Name them.": "Nenn sie."})
        with caplog.at_level(logging.ERROR):
            german = page(anna, "de")
        assert has(german, ENGLISH_PAGE[1:])
        assert "rubric/criteria/0/levels/1/points is no translation" in caplog.text
        assert "other_languages" not in TaskVersion.objects.get().content
