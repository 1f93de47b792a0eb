"""What an author may not save: each refusal stands at its field, and a task without faults has none."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from iciinsmes.assignments.authoring import new_task, task_problems
from iciinsmes.assignments.data import CompleteOn, LateRule, MentorNeed, MentorRule, TaskQuestion

NONE = MentorRule(need=MentorNeed.NONE)


def question(**settings):
    return {"questions": (TaskQuestion(key="a", title="What did you find?"), TaskQuestion(key="b", **settings))}


def test_a_new_task_can_be_saved():
    assert not task_problems(new_task())


@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        ({"title": " "}, "title", "needs a title"),
        ({"title": "x" * 256}, "title", "longer than 255"),
        ({"hours": Decimal(1000)}, "hours", "between 0 and 999"),
        ({"weight": Decimal(0)}, "weight", "above 0"),
        ({"questions": ()}, "questions", "at least one question"),
        (question(title=" "), "questions.1.title", "needs a text"),
        (question(title="How?", min_words=-1), "questions.1.min_words", "cannot be negative"),
        (question(title="How?", min_files=-1), "questions.1.min_files", "cannot be negative"),
        (question(title="How?", min_words=9, max_words=8), "questions.1.max_words", "smaller than the smallest"),
        (
            {"questions": (TaskQuestion(key="A!", title="How?"),)},
            "questions.0.title",
            "small letters, digits",
        ),
        (
            {"questions": (TaskQuestion(key="a", title="How?"), TaskQuestion(key="a", title="Why?"))},
            "questions.1.title",
            "used twice",
        ),
        ({"gate": "9", "mentor": MentorRule(need=MentorNeed.REQUIRED)}, "gate", "from 0 to 8"),
        ({"gate": "3", "mentor": NONE}, "gate", "no mentor is asked"),
        ({"attempts": 51}, "attempts", "and 50"),
        ({"late": LateRule(grace_hours=721)}, "late.grace_hours", "30 days"),
        ({"late": LateRule(percent_per_day=Decimal(101))}, "late.percent_per_day", "0 and 100"),
        ({"late": LateRule(max_percent=Decimal(-1))}, "late.max_percent", "0 and 100"),
        ({"mentor": MentorRule(need=MentorNeed.REQUIRED, checks=("It works.", " "))}, "mentor.checks.1", "be empty"),
        ({"mentor": NONE, "complete_on": CompleteOn.SIGN_OFF}, "complete_on", "no mentor is asked"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(change, place, words):
    (problem,) = task_problems(replace(new_task(), **change))
    assert problem.place == place
    assert words in problem.message


@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        ({"kinds": ("dream",)}, "evidence.kinds", "dream"),
        ({"required": True, "kinds": ()}, "evidence.required", "no file is allowed"),
        ({"max_files": 51}, "evidence.max_files", "between 0 and 50"),
        ({"max_file_bytes": 0}, "evidence.max_file_bytes", "not empty"),
    ],
)
def test_rules_for_files_that_nobody_can_keep(change, place, words):
    task = new_task()
    (problem,) = task_problems(replace(task, evidence=replace(task.evidence, **change)))
    assert problem.place == place
    assert words in problem.message
