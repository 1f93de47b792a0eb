"""The tasks an author can start from are complete, readable and survive every way through the block."""

from __future__ import annotations

from decimal import Decimal

import pytest
from lxml import etree, html

from iciinsmes.assignments.api import answer_sources
from iciinsmes.assignments.authoring import task_problems
from iciinsmes.assignments.data import CompleteOn, MentorNeed
from iciinsmes.assignments.olx import task_from_xml, task_to_xml
from iciinsmes.assignments.presets import preset_task, presets
from iciinsmes.assignments.serializers import task_from_json, task_to_json
from iciinsmes.lib.author_html import safe_html
from tests.courses.olx import pieces, sentences

LONGEST_SENTENCE = 35

#: Hours by course, as the catalogue of assignments plans them.
HOURS = {"w01": 4, "w02": 6, "w03": 5, "w04": 6, "w05": 5, "w06": 8, "w07": 7, "w08": 6}
HOURS |= {"w09": 4, "w10": 7, "w11": 5, "w12": 5, "w13": 8, "w14": 8, "w15": 14, "w16": 5}

#: What a firm hands in of its project, with hours: filled from what was entered, and passed by the sum of its points.
PROJECT = {"g2": 2, "g8": 4}

each = pytest.mark.parametrize("key", [preset.key for preset in presets()])
each_assignment = pytest.mark.parametrize("key", [preset.key for preset in presets() if preset.key not in PROJECT])
of_project = pytest.mark.parametrize("key", list(PROJECT))


def test_all_are_there_with_course_and_hours_in_teaching_order():
    hours = {key: Decimal(hours) for key, hours in (HOURS | PROJECT).items()}
    assert {preset.key: preset.hours for preset in presets()} == hours
    assert len({preset.title for preset in presets()}) == len(hours)
    order = [preset.key for preset in presets()]
    assert order == [*list(HOURS)[:5], "g2", *list(HOURS)[5:12], "g8", *list(HOURS)[12:]]


def test_an_unknown_key_is_an_error():
    with pytest.raises(KeyError):
        preset_task("w99")


@of_project
def test_what_a_project_hands_in_is_filled_from_it_and_passes_by_the_sum(key):
    task = preset_task(key)
    assert task_problems(task) == []
    assert task.team
    assert sum(1 for question in task.questions if question.source.startswith("project.")) >= 2
    assert {question.source for question in task.questions} - {""} <= set(answer_sources())
    assert task.rubric.pass_percent == 60
    assert "60 percent" in task.instructions
    floors = {criterion.key for criterion in task.rubric.criteria if criterion.floor == 50}
    assert floors == ({"insight"} if key == "g2" else {"insight", "test"})
    for criterion in task.rubric.criteria:
        (nothing, *steps) = [level.points for level in criterion.levels]
        assert nothing == 0
        assert steps == [steps[0] * number for number in (1, 2, 3)]
        assert criterion.levels[0].text.startswith("Missing:")


def test_the_weights_of_a_final_report_are_those_of_the_catalogue():
    rubric = preset_task("g8").rubric
    possible = sum(criterion.possible for criterion in rubric.criteria)
    percent = {criterion.key: criterion.possible * 100 / possible for criterion in rubric.criteria}
    assert percent == {
        "situation": 10,
        "insight": 20,
        "ideas": 15,
        "concept": 10,
        "test": 20,
        "implementation": 10,
        "success": 5,
        "reflection": 10,
    }


@each_assignment
def test_a_preset_is_a_whole_task(key):
    task = preset_task(key)
    assert task_problems(task) == []
    assert task.purpose.startswith(f"In {task.hours} hours")
    assert "you will" in task.purpose
    assert 2 <= len(task.questions) <= 4
    assert all(question.max_words for question in task.questions)
    assert all(question.min_words for question in task.questions if question.required)
    assert task.evidence.required
    assert task.weight == 10


@each_assignment
def test_a_mentor_confirms_before_the_teacher_gets_it(key):
    task = preset_task(key)
    assert task.mentor.need is MentorNeed.REQUIRED
    assert 1 <= len(task.mentor.checks) <= 3
    assert all("?" in check for check in task.mentor.checks)
    assert task.complete_on is CompleteOn.HAND_IN
    # What is checked is said by the mentor rule alone.
    assert "your mentor confirms it" in task.instructions
    assert "checks: " not in task.instructions


@each_assignment
def test_the_rule_for_a_pass_is_said_in_the_task(key):
    task = preset_task(key)
    assert "You pass with level 2." in task.instructions
    assert ("may be at level 1" in task.instructions) == bool(task.rubric.exceptions)


@each_assignment
def test_every_criterion_has_four_described_levels(key):
    task = preset_task(key)
    words = ["Missing:", "Beginning:", "Competent:", "Exemplary:"]
    for criterion in task.rubric.criteria:
        assert [level.points for level in criterion.levels] == [0, 1, 2, 3]
        assert [level.text.split()[0] for level in criterion.levels] == words
    # One criterion with one exception would let everybody pass.
    assert task.rubric.exceptions < len(task.rubric.criteria)


@each
def test_no_way_through_the_block_changes_it(key):
    task = preset_task(key)
    node = etree.Element("workplace_assignment")
    task_to_xml(task, node)
    assert task_from_xml(etree.fromstring(etree.tostring(node))) == task
    assert task_from_json(task_to_json(task)) == task
    assert safe_html(task.instructions) == task.instructions


@each
def test_busy_people_can_read_it(key):
    task = preset_task(key)
    shown = [task.title, task.purpose, *pieces(html.fromstring(f"<div>{task.instructions}</div>"))]
    shown += [text for question in task.questions for text in (question.title, question.help)]
    shown += task.mentor.checks
    shown += [level.text for criterion in task.rubric.criteria for level in criterion.levels]
    for piece in shown:
        assert "!" not in piece
        for sentence in sentences(piece):
            assert len(sentence.split()) <= LONGEST_SENTENCE, sentence
