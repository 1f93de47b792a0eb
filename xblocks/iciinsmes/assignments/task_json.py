"""A task as JSON, as versions are frozen and the editor sends it.

What an author left as it was is not written: a new setting must not change the hash of tasks that learners work on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from iciinsmes.evidence.data import EvidenceRules
from iciinsmes.review.data import decimal_from_json, rubric_from_json, rubric_to_json

from .data import CompleteOn, LateRule, MentorNeed, MentorRule, Question, Task


def task_to_json(task: Task) -> dict[str, Any]:
    """Write a task as JSON in a stable form; equal tasks give equal JSON."""
    content: dict[str, Any] = {
        "title": task.title,
        "purpose": task.purpose,
        "instructions": task.instructions,
        "hours": str(task.hours.normalize()),
        "weight": str(task.weight.normalize()),
        "questions": [_question_json(question) for question in task.questions],
        "evidence": {**asdict(task.evidence), "kinds": list(task.evidence.kinds)},
        "rubric": rubric_to_json(task.rubric),
    }
    if task.attempts:
        content["attempts"] = task.attempts
    if task.late != LateRule():
        content["late"] = {
            "grace_hours": task.late.grace_hours,
            "accept": task.late.accept,
            "percent_per_day": str(task.late.percent_per_day.normalize()),
            "max_percent": str(task.late.max_percent.normalize()),
        }
    if task.mentor != MentorRule():
        content["mentor"] = {"need": task.mentor.need.value, "checks": list(task.mentor.checks)}
    if task.complete_on is not CompleteOn.HAND_IN:
        content["complete_on"] = task.complete_on.value
    if task.team:
        content["team"] = True
    if task.statement:
        content["statement"] = True
    return content


def task_from_json(content: Mapping[str, Any]) -> Task:
    """Read what `task_to_json` wrote, today or before a setting existed.

    Raises:
        KeyError: a part is missing.
        TypeError: a part has a name that does not exist.
        ValueError: a value is none of those that a setting has.
    """
    return Task(
        title=content["title"],
        purpose=content["purpose"],
        instructions=content["instructions"],
        hours=decimal_from_json(content["hours"]),
        weight=decimal_from_json(content["weight"]),
        questions=tuple(Question(**question) for question in content["questions"]),
        evidence=EvidenceRules(**{**content["evidence"], "kinds": tuple(content["evidence"]["kinds"])}),
        rubric=rubric_from_json(content["rubric"]),
        attempts=int(content.get("attempts", 0)),
        late=_late_rule(content["late"]) if "late" in content else LateRule(),
        mentor=_mentor_rule(content["mentor"]) if "mentor" in content else MentorRule(),
        complete_on=CompleteOn(content.get("complete_on", CompleteOn.HAND_IN)),
        team=bool(content.get("team", False)),
        statement=bool(content.get("statement", False)),
    )


def _question_json(question: Question) -> dict[str, Any]:
    content = asdict(question)
    if not question.min_files:
        del content["min_files"]
    return content


def _late_rule(content: Mapping[str, Any]) -> LateRule:
    return LateRule(
        grace_hours=int(content["grace_hours"]),
        accept=bool(content["accept"]),
        percent_per_day=decimal_from_json(content["percent_per_day"]),
        max_percent=decimal_from_json(content["max_percent"]),
    )


def _mentor_rule(content: Mapping[str, Any]) -> MentorRule:
    return MentorRule(need=MentorNeed(content["need"]), checks=tuple(str(check) for check in content["checks"]))
