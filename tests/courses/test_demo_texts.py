"""Whether the demo's history fits the course it is about, as the app's own rules will demand when it is loaded."""

from __future__ import annotations

import csv
import io
from collections import Counter
from uuid import uuid4

import pytest

from iciinsmes.assignments.olx import task_from_xml
from iciinsmes.assignments.rules import problems
from iciinsmes.evidence.data import EvidenceData
from iciinsmes.review.rules import score
from iciinsmes_campus.demo.companies import COMPANIES, LEARNERS
from iciinsmes_campus.demo.course import ASSIGNMENT, COURSE_KEY
from iciinsmes_campus.demo.data import DemoLearner, DemoPhoto, DemoTable, DemoWork
from tests.courses.capa import grade
from tests.courses.olx import COURSES_ROOT, parse_xml

COURSE = COURSES_ROOT / "hearing-customers"
BLOCK = next(parse_xml(COURSE / "vertical" / "w01-where-do-our-customers-speak.xml").iter("workplace_assignment"))
TASK = task_from_xml(BLOCK)
COLUMNS = ["Channel", "Who looks after it", "Per month", "What happens today", "Gap"]

pytestmark = pytest.mark.filterwarnings("ignore:'.*' deprecated")

each_learner = pytest.mark.parametrize("learner", LEARNERS, ids=lambda learner: learner.username)


def works(learner: DemoLearner) -> list[DemoWork]:
    return [*learner.rounds, *([learner.draft] if learner.draft else [])]


def waiting() -> list[int]:
    """Ages in days of what waits for the teacher."""
    newest = [learner.rounds[-1] for learner in LEARNERS if learner.rounds]
    return sorted((-work.days for work in newest if work.assessment is None), reverse=True)


def test_it_names_the_course_and_assignment_that_exist():
    course = parse_xml(COURSE / "course.xml")
    assert f"course-v1:{course.get('org')}+{course.get('course')}+{course.get('url_name')}" == COURSE_KEY
    assert BLOCK.get("url_name") == ASSIGNMENT


def test_the_queue_shows_four_ages():
    assert waiting() == [17, 9, 4, 1]


def test_every_state_occurs():
    rounds = Counter(len(learner.rounds) for learner in LEARNERS)
    outcomes = Counter(
        work.assessment.outcome for learner in LEARNERS for work in learner.rounds if work.assessment is not None
    )
    assert rounds == {1: 5, 2: 1, 0: 2}
    assert outcomes == {"revise": 2, "passed": 1}
    assert [learner.username for learner in LEARNERS if learner.draft] == ["reka.szephaj"]


def test_two_people_of_each_firm():
    assert Counter(learner.company for learner in LEARNERS) == {firm.key: 2 for firm in COMPANIES}
    assert len({learner.username for learner in LEARNERS}) == len(LEARNERS)


@each_learner
def test_user_names_tell_the_firm(learner):
    assert learner.username.isascii()
    assert learner.username.split(".")[1] == learner.company


def content_type(file):
    return "image/jpeg" if isinstance(file, DemoPhoto) else "text/csv"


@each_learner
def test_hand_ins_are_complete(learner):
    for work in learner.rounds:
        assert set(work.answers) == {question.key for question in TASK.questions}
        files = [
            EvidenceData(uuid4(), 1, file.name, file.description, 1, content_type(file), False) for file in work.files
        ]
        assert problems(TASK, answers=work.answers, hours=work.hours, files=files) == {}
        assert work.hours


@each_learner
def test_assessments_use_the_rubric(learner):
    criteria = {criterion.key for criterion in TASK.rubric.criteria}
    for assessment in (work.assessment for work in learner.rounds if work.assessment):
        assert set(assessment.points) == set(assessment.comments) == criteria
        assert score(TASK.rubric, assessment.points).passes == (assessment.outcome == "passed")
        assert "Strength:" in assessment.feedback
        assert "Next step, criterion " in assessment.feedback


@each_learner
def test_time_runs_forward(learner):
    steps = []
    for work in learner.rounds:
        steps.append(work.days)
        if work.assessment:
            steps.append(work.assessment.days)
    assert steps == sorted(set(steps))
    assert all(day <= 0 for day in steps)
    begun = [reading.days for reading in learner.readings]
    assert min(begun) >= -48
    assert not steps or min(begun) < steps[0]


@each_learner
def test_pages_and_questions_exist(learner):
    for reading in learner.readings:
        assert (COURSE / "html" / f"{reading.page}.html").is_file(), reading.page
    for answer in learner.quiz:
        assert 0 <= grade(COURSE / "problem" / f"{answer.problem}.xml", answer.answers) <= 1
    assert len({answer.problem for answer in learner.quiz}) == len(learner.quiz)


def test_quizzes_went_well_but_not_perfectly():
    grades = [
        grade(COURSE / "problem" / f"{answer.problem}.xml", answer.answers)
        for learner in LEARNERS
        for answer in learner.quiz
    ]
    assert 0.7 < sum(grades) / len(grades) < 0.95


@each_learner
def test_tables_open_in_a_spreadsheet(learner):
    for file in (file for work in works(learner) for file in work.files if isinstance(file, DemoTable)):
        rows = list(csv.reader(io.StringIO(file.text, newline=""), delimiter=";"))
        assert rows[0] == COLUMNS
        assert all(len(row) == len(COLUMNS) for row in rows)
        assert file.text.endswith("\r\n")
        assert file.name.endswith(".csv")


@each_learner
def test_photos_can_be_drawn(learner):
    for file in (file for work in works(learner) for file in work.files if isinstance(file, DemoPhoto)):
        assert file.name.endswith(".png")
        assert max(len(line) for line in (file.title, *file.lines)) <= 40


@each_learner
def test_nobody_shouts(learner):
    texts = [text for work in works(learner) for text in work.answers.values()]
    texts += [work.assessment.feedback for work in learner.rounds if work.assessment]
    assert not any("!" in text for text in texts)
