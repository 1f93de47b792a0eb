"""What rooms above know of a firm or a run and the directory needs: they say so, and it knows none of them."""

from __future__ import annotations

from typing import Protocol

from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.registry import Registry


class StageOf(Protocol):
    """Where a firm's project stands."""

    def __call__(self, *, company_id: int, course_key: CourseKey) -> str:
        """Return one of `data.STAGES`; empty for a firm without a project."""


class AnswerDays(Protocol):
    """How soon the staff of a run answers."""

    def __call__(self, *, course_key: CourseKey) -> int:
        """Return so many working days."""


_STAGES: Registry[StageOf] = Registry("stage of firms")
_ANSWERS: Registry[AnswerDays] = Registry("time to an answer")


def register_stage(*, name: str, stage: StageOf) -> None:
    """Let offers be sorted by where a firm's project stands; said while the app starts.

    Args:
        name: of the room.
        stage: finds it.

    Raises:
        DoubledKey: the name is taken.
    """
    _STAGES.add(name, stage)


def register_answer_days(*, name: str, days: AnswerDays) -> None:
    """Let pages say how soon staff answers; said while the app starts.

    Args:
        name: of the room.
        days: finds it.

    Raises:
        DoubledKey: the name is taken.
    """
    _ANSWERS.add(name, days)


def stage_of(company_id: int | None, course_key: CourseKey) -> str:
    """Return the stage of a firm's project; empty without a firm, and where no room knows."""
    if company_id is None:
        return ""
    found = (find(company_id=company_id, course_key=course_key) for find in _STAGES.values())
    return next(filter(None, found), "")


def answer_days_in(course_key: CourseKey) -> int | None:
    """Return within how many working days staff answers; None where no room knows."""
    return next((find(course_key=course_key) for find in _ANSWERS.values()), None)
