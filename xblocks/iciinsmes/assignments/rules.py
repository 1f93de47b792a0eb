"""Rules of a work's life and of what may be handed in; pure functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import Enum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iciinsmes.evidence.api import check_rules
from iciinsmes.evidence.data import EvidenceData

from .data import Question, Task

#: Longest answer that is kept, in characters: about forty pages.
MAX_ANSWER_CHARS = 100_000
MAX_HOURS = Decimal(999)


class State(str, Enum):
    """Where a work stands."""

    DRAFT = "draft"
    HANDED_IN = "handed_in"
    REVISE = "revise"
    PASSED = "passed"


class Event(str, Enum):
    """What moves a work: the learner hands in, the teacher releases one of two outcomes."""

    HAND_IN = "hand_in"
    RELEASE_PASSED = "release_passed"
    RELEASE_REVISE = "release_revise"


#: Every move that exists; what is not in the table does not happen.
STATE_TABLE: Mapping[tuple[State, Event], State] = {
    (State.DRAFT, Event.HAND_IN): State.HANDED_IN,
    (State.REVISE, Event.HAND_IN): State.HANDED_IN,
    (State.HANDED_IN, Event.RELEASE_PASSED): State.PASSED,
    (State.HANDED_IN, Event.RELEASE_REVISE): State.REVISE,
}

EDITABLE = frozenset(state for state, event in STATE_TABLE if event is Event.HAND_IN)


def next_state(state: State, event: Event) -> State | None:
    """Return where ``event`` leads from ``state``, or None if it is not allowed there."""
    return STATE_TABLE.get((state, event))


def count_words(text: str) -> int:
    """Count words as word processors do: runs of anything but white space."""
    return len(text.split())


def problems(
    task: Task, *, answers: Mapping[str, str], hours: Decimal | None, files: Sequence[EvidenceData]
) -> dict[str, str]:
    """Tell what is still missing before the work may be handed in.

    Returns:
        Question key, ``files`` or ``hours`` to a message in the active language; empty if nothing is missing.
    """
    found = {}
    for question in task.questions:
        message = _answer_problem(question, answers.get(question.key, ""))
        if message:
            found[question.key] = message
    if hours is not None and not 0 <= hours <= MAX_HOURS:
        found["hours"] = _("Hours must lie between 0 and %(max)s.") % {"max": MAX_HOURS}
    broken = check_rules(files, task.evidence)
    if broken:
        found["files"] = " ".join(broken)
    return found


def _answer_problem(question: Question, text: str) -> str | None:
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
