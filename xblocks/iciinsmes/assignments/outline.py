"""The task and a learner's state as plain data, for apps and for the search; see docs/reference/mobile.md."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from iciinsmes.lib.author_html import plain_text, safe_html
from iciinsmes.review.data import rubric_to_json

from .data import RoundData, Task, WorkData


def task_outline(task: Task) -> dict[str, Any]:
    """Return what an app needs to show the task; the same for everybody."""
    return {
        "title": task.title,
        "purpose": task.purpose,
        "instructions": str(safe_html(task.instructions)),
        "hours": float(task.hours),
        "statement": task.statement,
        "weight": float(task.weight),
        "questions": [asdict(question) for question in task.questions],
        "evidence": {**asdict(task.evidence), "kinds": list(task.evidence.kinds)},
        "rubric": rubric_to_json(task.rubric),
    }


def work_outline(work: WorkData) -> dict[str, Any]:
    """Return where the learner's own work stands, without what was written."""
    return {
        "state": work.state,
        "due": _moment(work.due_at),
        "draft": {"revision": work.draft.revision, "saved_at": _moment(work.draft.saved_at)},
        "rounds": [_round(row) for row in work.rounds],
    }


def search_texts(task: Task) -> dict[str, str]:
    """Return what a search over the course reads: plain text, one entry a part."""
    questions = [text for question in task.questions for text in (question.title, question.help) if text]
    return {
        "display_name": task.title,
        "purpose": task.purpose,
        "text": plain_text(task.instructions),
        "questions": " ".join(questions),
    }


def _round(row: RoundData) -> dict[str, Any]:
    assessment = row.assessment
    return {
        "number": row.number,
        "handed_in_at": _moment(row.handed_in_at),
        "late": row.late,
        "outcome": assessment.outcome if assessment else None,
        "earned": float(assessment.earned) if assessment else None,
        "possible": float(assessment.possible) if assessment else None,
    }


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat()
