"""What the assignments room takes and hands out, and how a task is written as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.evidence.data import EvidenceData, EvidenceRules
from iciinsmes.review.data import AssessmentData, Rubric, decimal_from_json, rubric_from_json, rubric_to_json


@dataclass(frozen=True)
class Question:
    """One thing a learner writes about.

    ``key`` is unique in its task and stays when the wording changes. Word limits are inclusive; 0 means no limit.
    """

    key: str
    title: str
    help: str = ""
    min_words: int = 0
    max_words: int = 0
    required: bool = True


@dataclass(frozen=True)
class Task:
    """What an author wrote in the block; frozen as a task version when a learner first sees it.

    ``instructions`` is HTML by a course author; ``hours`` is the planned time at work, 0 for unknown; ``weight`` is
    what the whole assignment is worth in the gradebook, in points.
    """

    title: str
    purpose: str
    instructions: str
    questions: tuple[Question, ...]
    evidence: EvidenceRules
    rubric: Rubric
    hours: Decimal = Decimal(0)
    weight: Decimal = Decimal(1)


@dataclass(frozen=True)
class TaskVersionData:
    """A frozen task and its place; ``rubric_id`` is what `review.api.freeze_rubric` gave its rubric."""

    id: int
    assignment_id: int
    usage_key: UsageKey
    course_key: CourseKey
    task: Task
    rubric_id: int


@dataclass(frozen=True)
class DraftData:
    """What is being written; ``revision`` is 0 and ``saved_at`` None before the first save."""

    answers: Mapping[str, str]
    hours: Decimal | None
    revision: int
    saved_at: datetime | None


@dataclass(frozen=True)
class RoundFile:
    """A file as it was handed in."""

    id: UUID
    name: str
    description: str
    size: int
    content_type: str


@dataclass(frozen=True)
class RoundData:
    """One hand-in, and its released assessment if there is one."""

    id: UUID
    number: int
    task: Task
    answers: Mapping[str, str]
    files: tuple[RoundFile, ...]
    hours: Decimal | None
    handed_in_at: datetime
    due_at: datetime | None
    assessment: AssessmentData | None

    @property
    def late(self) -> bool:
        """Whether it came in after the learner's own due date."""
        return self.due_at is not None and self.handed_in_at > self.due_at


@dataclass(frozen=True)
class WorkData:
    """Everything about one learner's work on one assignment; ``rounds`` ascend, ``files`` belong to the draft."""

    owner_id: int
    state: str
    version: TaskVersionData
    draft: DraftData
    files: tuple[EvidenceData, ...]
    rounds: tuple[RoundData, ...]
    due_at: datetime | None


@dataclass(frozen=True)
class QueueItem:
    """One line of the teacher's queue: the newest round of a work that waits for the staff."""

    round_id: UUID
    work_id: int
    owner_id: int
    title: str
    usage_key: UsageKey
    round_number: int
    waiting_since: datetime
    late: bool


@dataclass(frozen=True)
class QueuePage:
    """One page of the queue, longest waiting first; ``next_after`` is None on the last page."""

    items: tuple[QueueItem, ...]
    next_after: str | None


@dataclass(frozen=True)
class QueueCounts:
    """How many works wait for the staff of a course, and how many of them for more than ten days."""

    waiting: int
    older_than_ten_days: int


@dataclass(frozen=True)
class GradingData:
    """A round with what a grader needs around it; ``earlier`` are the same work's rounds before it, ascending."""

    round: RoundData
    owner_id: int
    state: str
    version: TaskVersionData
    earlier: tuple[RoundData, ...]


def task_to_json(task: Task) -> dict[str, Any]:
    """Write a task as JSON in a stable form; equal tasks give equal JSON."""
    return {
        "title": task.title,
        "purpose": task.purpose,
        "instructions": task.instructions,
        "hours": str(task.hours.normalize()),
        "weight": str(task.weight.normalize()),
        "questions": [asdict(question) for question in task.questions],
        "evidence": {**asdict(task.evidence), "kinds": list(task.evidence.kinds)},
        "rubric": rubric_to_json(task.rubric),
    }


def task_from_json(content: Mapping[str, Any]) -> Task:
    """Read what `task_to_json` wrote."""
    return Task(
        title=content["title"],
        purpose=content["purpose"],
        instructions=content["instructions"],
        hours=decimal_from_json(content["hours"]),
        weight=decimal_from_json(content["weight"]),
        questions=tuple(Question(**question) for question in content["questions"]),
        evidence=EvidenceRules(**{**content["evidence"], "kinds": tuple(content["evidence"]["kinds"])}),
        rubric=rubric_from_json(content["rubric"]),
    )
