"""Pauses of a project: declared, changed and taken back, each without touching another."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from .course_rules import thresholds_of
from .data import PauseData
from .days import today
from .errors import UnknownProjectEntry, WrongPause
from .evaluation import look_again
from .models import Project, ProjectPause
from .projects import changing
from .rule_data import PauseFacts
from .rules import pauses as rules
from .serializers import pause_data

_REASON = 500


def pauses_of(*, project_id: UUID) -> tuple[PauseData, ...]:
    """Return the project's pauses, the earliest first, in one query."""
    return tuple(
        pause_data(row) for row in ProjectPause.objects.filter(project_id=project_id).order_by("first_on", "id")
    )


def declare_pause(
    *, project_id: UUID, user_id: int, course_key: CourseKey, first: date, last: date, reason: str
) -> PauseData:
    """Declare a pause, both days included; lights that tell of silence are suspended for its days.

    Raises:
        UnknownProject, NotAllowed, HasEnded: see `projects.changing`.
        WrongPause: it may not be so.
    """
    with changing(project_id, user_id, course_key) as row:
        wanted = PauseFacts(first, last)
        others = [PauseFacts(each.first_on, each.last_on) for each in row.pauses.all()]
        _raise_first(rules.declaration_problems(wanted, reason, others, today(), thresholds_of(course_key=course_key)))
        pause = ProjectPause.objects.create(
            project=row, first_on=first, last_on=last, reason=reason.strip()[:_REASON], declared_by_id=user_id
        )
        look_again(row, timezone.now())
    return pause_data(pause)


def change_pause(
    *, project_id: UUID, user_id: int, course_key: CourseKey, pause_id: int, first: date, last: date, reason: str
) -> PauseData:
    """Change a pause that is not over; one that has begun keeps its first day and may end yesterday at the earliest.

    Raises:
        UnknownProject, NotAllowed, HasEnded: see `projects.changing`.
        UnknownProjectEntry: there is no such pause.
        WrongPause: it may not be so.
    """
    with changing(project_id, user_id, course_key) as row:
        pause, others = _pause(row, pause_id)
        was, wanted = PauseFacts(pause.first_on, pause.last_on), PauseFacts(first, last)
        _raise_first(rules.change_problems(was, wanted, reason, others, today(), thresholds_of(course_key=course_key)))
        pause.first_on, pause.last_on, pause.reason = first, last, reason.strip()[:_REASON]
        pause.save(update_fields=["first_on", "last_on", "reason"])
        look_again(row, timezone.now())
    return pause_data(pause)


def take_back_pause(*, project_id: UUID, user_id: int, course_key: CourseKey, pause_id: int) -> None:
    """Take back a pause that has not begun.

    Raises:
        UnknownProject, NotAllowed, HasEnded: see `projects.changing`.
        UnknownProjectEntry: there is no such pause.
        WrongPause: it has begun; it can be ended by `change_pause`.
    """
    with changing(project_id, user_id, course_key) as row:
        pause, _others = _pause(row, pause_id)
        _raise_first(rules.removal_problems(PauseFacts(pause.first_on, pause.last_on), today()))
        pause.delete()
        look_again(row, timezone.now())


def _pause(row: Project, pause_id: int) -> tuple[ProjectPause, list[PauseFacts]]:
    rows = {each.pk: each for each in row.pauses.all()}
    if pause_id not in rows:
        raise UnknownProjectEntry
    pause = rows.pop(pause_id)
    return pause, [PauseFacts(each.first_on, each.last_on) for each in rows.values()]


def _raise_first(problems: tuple[rules.PauseProblem, ...]) -> None:
    if problems:
        raise WrongPause(problems[0].value)
