"""A task as JSON, as versions are frozen and the editor sends it.

What an author left as it was is not written: a new setting must not change the hash of tasks that learners work on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from iciinsmes.lib.json_data import from_json, to_json
from iciinsmes.review.data import rubric_from_json, rubric_to_json

from .data import Task


def task_to_json(task: Task) -> dict[str, Any]:
    """Write a task as JSON in a stable form; equal tasks give equal JSON."""
    return {**to_json(task, without=["rubric"]), "rubric": rubric_to_json(task.rubric)}


def task_from_json(content: Mapping[str, Any]) -> Task:
    """Read what `task_to_json` wrote, today or before a setting existed.

    Raises:
        KeyError: a part is missing.
        TypeError: a part has a type that it cannot have.
        ValueError: a value is none of those that a setting has.
    """
    return from_json(Task, content, rubric=rubric_from_json(content["rubric"]))
