"""A learner's own results."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from iciinsmes.assignments.models import Assignment, Work
from iciinsmes.platform import Role
from iciinsmes_campus.courseware import api as courseware
from iciinsmes_campus.demo.course import QUIZ_1
from iciinsmes_campus.learning import api as learning
from tests.campus.folders import COURSE as SMALL

from .conftest import COURSE, NOW, W01, answer, browser, page, person


def text(user) -> str:
    return " ".join(page(user, "progress").content.decode().split())


def book_w01(user, earned: int) -> None:
    learning.complete(user_id=user.id, usage_key=W01, fraction=1)
    learning.book_grade(user_id=user.id, usage_key=W01, earned=Decimal(earned), possible=Decimal(10))


def test_at_the_start_nobody_reads_zero_percent_as_a_judgement(anna):
    html = text(anna)
    assert "No result yet" in html
    assert "You pass with 60 % at the end." in html
    assert "● on the way" in html
    assert "not passed" not in html


def test_results_by_type_with_what_is_dropped(anna):
    answer(anna, *QUIZ_1)
    answer(anna, "hidden-or-not", earned=0.5)
    book_w01(anna, 8)
    html = text(anna)
    assert "6 of 6 points" in html
    assert "0.5 of 4 points" in html
    assert "The best 5 of 6 count." in html
    assert "Counts 60 % of the final grade." in html
    assert "8 of 10 points" in html
    # Of what has a result: a quiz at 100 % (the worse one is dropped) with 15 %, an assignment at 80 % with 60 %.
    assert '<span class="big">84 %</span>' in html
    assert "Final grade as of today: 13 %." in html


def test_the_worst_quiz_does_not_count_once_all_are_answered(anna):
    quizzes = [node for node in courseware.course(COURSE).root.walk() if node.format == "Quiz" and node.graded]
    for node in quizzes:
        for leaf in node.leaves():
            if leaf.has_score:
                is_first = leaf.usage_key.block_id in QUIZ_1
                answer(anna, leaf.usage_key.block_id, earned=0.5 if is_first else 1)
    assert text(anna).count("○ does not count") == 1


def test_what_was_handed_in_is_never_told_to_be_missed(anna, monkeypatch):
    learning.complete(user_id=anna.id, usage_key=W01, fraction=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(days=40))
    html = text(anna)
    assert "◐ handed in, waits for a result" in html
    due = [node for node in courseware.course(COURSE).root.walk() if node.graded and node.block_type == "sequential"]
    assert html.count("▲ date has passed") == sum(node.due < NOW + timedelta(days=40) for node in due) - 1


def test_another_round_is_said(anna):
    assignment = Assignment.objects.create(usage_key=W01, course_key=COURSE, title="W01")
    Work.objects.create(assignment=assignment, owner=anna, course_key=COURSE, state="revise", round_count=1)
    book_w01(anna, 3)
    assert "↻ another round" in text(anna)


def test_after_the_course_the_result_is_final(anna, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(days=200))
    assert "✕ not passed" in text(anna)


def test_a_course_without_grading_says_so(folder, db):
    folder()
    learner = person("lea", Role.LEARNER, SMALL)
    html = page(learner, "progress", course_key=SMALL).content.decode()
    assert "Nothing in this course is graded." in html


def test_a_stranger_sees_nothing(stranger):
    assert page(stranger, "progress").status_code == 403


def test_queries(anna, django_assert_max_num_queries):
    answer(anna, *QUIZ_1)
    client = browser(anna)
    address = reverse("campus:progress", args=[COURSE])
    client.get(address)
    with django_assert_max_num_queries(7):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("language", ["de", "pl"])
def test_numbers_follow_the_language(anna, language):
    answer(anna, "which-step-counts", earned=0.5)
    client = browser(anna)
    html = client.get(reverse("campus:progress", args=[COURSE]), headers={"accept-language": language}).content.decode()
    assert "0,5" in html
    assert 'x="60"' in html
