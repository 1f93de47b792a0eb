"""Rules of a work's life and of what may be handed in; pure functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iciinsmes.evidence.api import check_rules
from iciinsmes.evidence.data import EvidenceData, ItemData
from iciinsmes.waiting.data import WaitingFor

from .data import CompleteOn, HoursEntry, LateRule, MentorNeed, Task, TaskQuestion
from .hours_log import MAX_HOURS, problem_of

#: Longest answer that is kept, in characters: about forty pages.
MAX_ANSWER_CHARS = 100_000


class WorkState(StrEnum):
    """Where a work stands."""

    DRAFT = "draft"
    HANDED_IN = "handed_in"
    CONFIRMED = "confirmed"
    SENT_BACK = "sent_back"
    REVISE = "revise"
    PASSED = "passed"


class Event(StrEnum):
    """What moves a work: the learner hands in or withdraws, the mentor answers, the staff does the rest."""

    HAND_IN = "hand_in"
    WITHDRAW = "withdraw"
    CONFIRM = "confirm"
    SEND_BACK = "send_back"
    RELEASE_PASSED = "release_passed"
    RELEASE_REVISE = "release_revise"
    REOPEN = "reopen"
    CANCEL = "cancel"
    CORRECT_PASSED = "correct_passed"
    CORRECT_REVISE = "correct_revise"


#: Every move that exists; what is not in the table does not happen. Withdrawing leads back to where the hand-in came
#: from, so it has one row for each state in which a work can be handed in.
STATE_TABLE: Mapping[tuple[WorkState, Event], frozenset[WorkState]] = {
    (WorkState.DRAFT, Event.HAND_IN): frozenset({WorkState.HANDED_IN}),
    (WorkState.SENT_BACK, Event.HAND_IN): frozenset({WorkState.HANDED_IN}),
    (WorkState.REVISE, Event.HAND_IN): frozenset({WorkState.HANDED_IN}),
    (WorkState.HANDED_IN, Event.WITHDRAW): frozenset({WorkState.DRAFT, WorkState.SENT_BACK, WorkState.REVISE}),
    (WorkState.HANDED_IN, Event.CONFIRM): frozenset({WorkState.CONFIRMED}),
    (WorkState.HANDED_IN, Event.SEND_BACK): frozenset({WorkState.SENT_BACK}),
    (WorkState.HANDED_IN, Event.RELEASE_PASSED): frozenset({WorkState.PASSED}),
    (WorkState.HANDED_IN, Event.RELEASE_REVISE): frozenset({WorkState.REVISE}),
    (WorkState.CONFIRMED, Event.RELEASE_PASSED): frozenset({WorkState.PASSED}),
    (WorkState.CONFIRMED, Event.RELEASE_REVISE): frozenset({WorkState.REVISE}),
    (WorkState.HANDED_IN, Event.REOPEN): frozenset({WorkState.REVISE}),
    (WorkState.CONFIRMED, Event.REOPEN): frozenset({WorkState.REVISE}),
    (WorkState.SENT_BACK, Event.REOPEN): frozenset({WorkState.SENT_BACK}),
    (WorkState.REVISE, Event.REOPEN): frozenset({WorkState.REVISE}),
    (WorkState.PASSED, Event.REOPEN): frozenset({WorkState.REVISE}),
    (WorkState.HANDED_IN, Event.CANCEL): frozenset({WorkState.REVISE}),
    (WorkState.CONFIRMED, Event.CANCEL): frozenset({WorkState.REVISE}),
    (WorkState.SENT_BACK, Event.CANCEL): frozenset({WorkState.SENT_BACK}),
    (WorkState.REVISE, Event.CANCEL): frozenset({WorkState.REVISE}),
    (WorkState.PASSED, Event.CANCEL): frozenset({WorkState.REVISE}),
    (WorkState.REVISE, Event.CORRECT_PASSED): frozenset({WorkState.PASSED}),
    (WorkState.PASSED, Event.CORRECT_PASSED): frozenset({WorkState.PASSED}),
    (WorkState.REVISE, Event.CORRECT_REVISE): frozenset({WorkState.REVISE}),
    (WorkState.PASSED, Event.CORRECT_REVISE): frozenset({WorkState.REVISE}),
}

EDITABLE = frozenset(state for state, event in STATE_TABLE if event is Event.HAND_IN)

#: Where somebody else has to act, the mentor or the staff.
LIES_WITH_OTHERS = frozenset({WorkState.HANDED_IN, WorkState.CONFIRMED})


def next_state(
    state: WorkState, event: Event, *, came_from: WorkState = WorkState.DRAFT, need: MentorNeed = MentorNeed.NONE
) -> WorkState | None:
    """Return where ``event`` leads from ``state``, or None if it is not allowed there.

    Args:
        state: where the work stands.
        event: what happens.
        came_from: where the work stood before its newest round; withdrawing leads back there.
        need: where a mentor is required, nothing passes that no mentor has confirmed; and where none is foreseen,
            nobody confirms.
    """
    ends = STATE_TABLE.get((state, event), frozenset())
    if event is Event.WITHDRAW:
        return came_from if came_from in ends else None
    if event is Event.RELEASE_PASSED and waiting_for(state, need) is WaitingFor.MENTOR:
        return None
    if event in (Event.CONFIRM, Event.SEND_BACK) and need is MentorNeed.NONE:
        return None
    return next(iter(ends), None)


def waiting_for(state: WorkState, need: MentorNeed) -> WaitingFor:
    """Return whose queue the work stands in: a handed-in one in the mentor's where a mentor is required."""
    if state is WorkState.HANDED_IN and need is MentorNeed.REQUIRED:
        return WaitingFor.MENTOR
    return WaitingFor.STAFF if state in LIES_WITH_OTHERS else WaitingFor.NOBODY


def rounds_left(attempts: int, extra_rounds: int, round_count: int) -> int | None:
    """Return how many more rounds may be handed in, 0 or more; None where the author set no limit (``attempts`` 0)."""
    return max(0, attempts + extra_rounds - round_count) if attempts else None


def late_percent(handed_in_at: datetime, due_at: datetime | None, rule: LateRule) -> Decimal:
    """Return the share of points that a round loses by being late, 0 to 100: for each day begun after the deadline.

    A day is 24 hours that passed, wherever learner and course are and whatever clocks were changed.
    """
    deadline = rule.deadline(due_at)
    if deadline is None or handed_in_at.astimezone(UTC) <= deadline:
        return Decimal(0)
    days = -((deadline - handed_in_at.astimezone(UTC)) // timedelta(days=1))
    return min(days * rule.percent_per_day, rule.max_percent)


def booked_points(earned: Decimal, possible: Decimal, weight: Decimal, late_percent: Decimal) -> Decimal:
    """Return what the gradebook gets, 0 to ``weight``: the share of the points, less what lateness takes.

    Args:
        earned: points of the assessment.
        possible: the most points it could give, above 0.
        weight: what the assignment is worth.
        late_percent: share that is taken, 0 to 100.
    """
    return earned * weight / possible * (100 - late_percent) / 100


def is_complete(state: WorkState, complete_on: CompleteOn) -> bool:
    """Tell whether the block counts as done; what was done once stays done when another round is asked for."""
    reached = {
        CompleteOn.HAND_IN: {WorkState.HANDED_IN, WorkState.CONFIRMED, WorkState.PASSED},
        CompleteOn.SIGN_OFF: {WorkState.CONFIRMED, WorkState.PASSED},
        CompleteOn.PASSED: {WorkState.PASSED},
    }
    return state in reached[complete_on]


def count_words(text: str) -> int:
    """Count words as word processors do: runs of anything but white space."""
    return len(text.split())


def problems(
    task: Task,
    *,
    answers: Mapping[str, str],
    hours: Decimal | None,
    files: Sequence[EvidenceData],
    items: Sequence[ItemData] = (),
    log: Sequence[HoursEntry] = (),
    own_work: bool = False,
) -> dict[str, str]:
    """Tell what is still missing before the work may be handed in.

    Returns:
        Question key, ``files:`` with a question key, ``files``, ``hours`` or ``own_work`` to a message in the active
        language; empty if nothing is missing.
    """
    found = {}
    for question in task.questions:
        message = _answer_problem(question, answers.get(question.key, ""))
        if message:
            found[question.key] = message
        there = [piece.question for piece in files] + [piece.question for piece in items]
        lacking = question.min_files - there.count(question.key)
        if lacking > 0:
            found[f"files:{question.key}"] = ngettext(
                "Add %(count)d more photo, file or other evidence to this question.",
                "Add %(count)d more photos, files or other evidence to this question.",
                lacking,
            ) % {"count": lacking}
    if problem_of(log):
        found["hours"] = problem_of(log)
    if hours is not None and not 0 <= hours <= MAX_HOURS:
        found["hours"] = _("Hours must lie between 0 and %(max)s.") % {"max": MAX_HOURS}
    broken = check_rules(files, task.evidence, items)
    if broken:
        found["files"] = " ".join(broken)
    if task.statement and not own_work:
        found["own_work"] = _("Tick this before you hand in.")
    return found


def _answer_problem(question: TaskQuestion, text: str) -> str | None:
    words = count_words(text)
    if words == 0:
        return _("Write your answer here first.") if question.required else None
    if words < question.min_words:
        lacking = question.min_words - words
        return ngettext(
            "%(count)d more word needed (at least %(limit)d).",
            "%(count)d more words needed (at least %(limit)d).",
            lacking,
        ) % {"count": lacking, "limit": question.min_words}
    if question.max_words and words > question.max_words:
        excess = words - question.max_words
        return ngettext(
            "%(count)d word too many (at most %(limit)d).",
            "%(count)d words too many (at most %(limit)d).",
            excess,
        ) % {"count": excess, "limit": question.max_words}
    return None
