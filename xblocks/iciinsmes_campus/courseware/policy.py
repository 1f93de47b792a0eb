"""Reads what a course's policies folder says: settings by block, and how the grade is made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from .data import AssignmentType, GradingPolicy
from .errors import UnreadableFile
from .files import CourseFiles

Policy = Mapping[str, Mapping[str, Any]]


def block_policy(files: CourseFiles, *, run: str) -> Policy:
    """Return settings by ``type/url_name`` from ``policies/<run>/policy.json``; empty without such a file.

    Raises:
        UnreadableFile: if the file is no JSON object of objects.
    """
    name = f"policies/{run}/policy.json"
    policy = _json(files, name)
    if not isinstance(policy, dict) or not all(isinstance(value, dict) for value in policy.values()):
        raise UnreadableFile(f"{name} must map “type/url_name” to settings.")
    return policy


def gives_companies(policy: Policy, *, run: str) -> bool:
    """Tell whether the course's settings of others say that teachers who coach firms see the people of these only."""
    others = policy.get(f"course/{run}", {}).get("other_course_settings")
    ours = others.get("iciinsmes") if isinstance(others, dict) else None
    return isinstance(ours, dict) and ours.get("teachers_by_company") is True


def grading_policy(files: CourseFiles, *, run: str) -> GradingPolicy:
    """Return the grading policy from ``policies/<run>/grading_policy.json``; empty without such a file.

    Raises:
        UnreadableFile: if the file says something that makes no policy.
    """
    name = f"policies/{run}/grading_policy.json"
    policy = _json(files, name)
    try:
        types = tuple(_assignment_type(entry) for entry in policy.get("GRADER", []))
        cutoffs = {str(grade): float(value) for grade, value in policy.get("GRADE_CUTOFFS", {}).items()}
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise UnreadableFile(f"{name} is no grading policy: {error!r}.") from error
    if any(entry.weight < 0 or entry.min_count < 0 or entry.drop_count < 0 for entry in types):
        raise UnreadableFile(f"{name} has a number below zero.")
    if any(not 0 < value <= 1 for value in cutoffs.values()):
        raise UnreadableFile(f"{name}: cutoffs must lie between 0 and 1.")
    best_first = sorted(cutoffs.items(), key=lambda item: item[1], reverse=True)
    return GradingPolicy(types=types, cutoffs=dict(best_first))


def _assignment_type(entry: Mapping[str, Any]) -> AssignmentType:
    name = str(entry["type"])
    return AssignmentType(
        name=name,
        short_label=str(entry.get("short_label") or name),
        weight=float(entry["weight"]),
        min_count=int(entry.get("min_count", 1)),
        drop_count=int(entry.get("drop_count", 0)),
    )


def _json(files: CourseFiles, name: str) -> Any:
    if not files.exists(name):
        return {}
    try:
        return json.loads(files.text(name))
    except ValueError as error:
        raise UnreadableFile(f"{name} is no JSON: {error}.") from error
