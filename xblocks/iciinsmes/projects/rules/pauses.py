"""When a pause may be declared, changed or taken back (R12), as keys of what is wrong.

Each function looks at one pause and the others beside it, and changes none of them: whatever is done to one pause
leaves a running one as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ..rule_data import PauseFacts
from .days import paused_days
from .thresholds import Thresholds

_DAY = timedelta(days=1)


class PauseProblem(StrEnum):
    """Why a pause may not be; `labels` has a sentence for each."""

    NO_REASON = "pause_no_reason"
    TURNED = "pause_turned"
    TOO_LONG = "pause_too_long"
    TOO_MANY = "pause_too_many"
    OVERLAPS = "pause_overlaps"
    IN_THE_PAST = "pause_in_the_past"
    OVER = "pause_over"
    BEGUN = "pause_begun"


@dataclass(frozen=True)
class PauseUse:
    """How many pauses a project has had or planned, how many more it may have, and their days, each counted once."""

    number: int
    left: int
    days: int


def declaration_problems(
    wanted: PauseFacts, reason: str, others: Sequence[PauseFacts], today: date, thresholds: Thresholds
) -> tuple[PauseProblem, ...]:
    """Return why a new pause may not be declared; empty when it may.

    Args:
        wanted: its first and last day, both included.
        reason: why the firm pauses.
        others: all pauses of the project: over, running and planned.
        today: a pause begins today at the earliest, so that silence is not explained afterwards.
        thresholds: of the course run.
    """
    problems = _problems(wanted, reason, others, thresholds)
    if wanted.first < today:
        problems.append(PauseProblem.IN_THE_PAST)
    if len(others) >= thresholds.pauses:
        problems.append(PauseProblem.TOO_MANY)
    return tuple(problems)


def change_problems(
    was: PauseFacts,
    wanted: PauseFacts,
    reason: str,
    others: Sequence[PauseFacts],
    today: date,
    thresholds: Thresholds,
) -> tuple[PauseProblem, ...]:
    """Return why a declared pause may not be changed so; empty when it may.

    What is over stays. One that has begun keeps its first day and may end yesterday at the earliest, which is how a
    firm goes on today; one to come may begin today at the earliest.

    Args:
        was: the pause as it is now.
        wanted: as it would be.
        reason: why the firm pauses.
        others: the project's pauses without this one.
        today: see `declaration_problems`.
        thresholds: of the course run.
    """
    if was.last < today:
        return (PauseProblem.OVER,)
    problems = _problems(wanted, reason, others, thresholds)
    has_begun = was.first <= today
    if has_begun and wanted.first != was.first:
        problems.append(PauseProblem.BEGUN)
    if wanted.last < today - _DAY or (not has_begun and wanted.first < today):
        problems.append(PauseProblem.IN_THE_PAST)
    return tuple(problems)


def removal_problems(pause: PauseFacts, today: date) -> tuple[PauseProblem, ...]:
    """Return why a pause may not be taken back: one that has begun counts, it can only be ended."""
    if pause.last < today:
        return (PauseProblem.OVER,)
    return (PauseProblem.BEGUN,) if pause.first <= today else ()


def pause_use(pauses: Sequence[PauseFacts], thresholds: Thresholds) -> PauseUse:
    """Return what the project has used of its pauses; a day that two of them share counts once."""
    number = len(pauses)
    if not pauses:
        return PauseUse(0, thresholds.pauses, 0)
    before, last = min(pause.first for pause in pauses) - _DAY, max(pause.last for pause in pauses)
    return PauseUse(number, max(thresholds.pauses - number, 0), paused_days(pauses, before, last))


def _problems(
    wanted: PauseFacts, reason: str, others: Sequence[PauseFacts], thresholds: Thresholds
) -> list[PauseProblem]:
    problems = []
    if not reason.strip():
        problems.append(PauseProblem.NO_REASON)
    if wanted.last < wanted.first:
        return [*problems, PauseProblem.TURNED]
    if (wanted.last - wanted.first).days + 1 > thresholds.pause_days:
        problems.append(PauseProblem.TOO_LONG)
    if any(wanted.first <= other.last and other.first <= wanted.last for other in others):
        problems.append(PauseProblem.OVERLAPS)
    return problems
