"""What can go wrong in the assignments room; every error is the caller's to show, none is a defect."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from .data import DraftData


class AssignmentError(Exception):
    """Base of all errors of this room."""


class UnknownAssignment(AssignmentError):
    """No learner has seen an assignment under this key yet."""


class UnknownRound(AssignmentError):
    """There is no round with this id."""


class NotEditable(AssignmentError):
    """The work is handed in or passed; nothing can be written or handed in now."""


class Waived(NotEditable):
    """The learner need not do it; nothing can be handed in until that is taken back."""


class NotExcepted(AssignmentError):
    """What was asked for cannot be granted; ``problems`` maps the name of a field to a sentence."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(", ".join(sorted(problems)))
        self.problems = dict(problems)


class StaleDraft(AssignmentError):
    """Another tab or device saved in between; ``current`` is what it saved."""

    def __init__(self, current: DraftData) -> None:
        super().__init__(f"draft is at revision {current.revision}")
        self.current = current


class TaskChanged(AssignmentError):
    """The author changed the task after the learner opened it."""


class NoRoundsLeft(AssignmentError):
    """The author allows no more rounds, and the staff has granted none."""


class TooLate(AssignmentError):
    """The deadline is over and the author takes nothing later; ``deadline`` is when it was."""

    def __init__(self, deadline: datetime) -> None:
        super().__init__(deadline.isoformat())
        self.deadline = deadline


class NotAColleague(AssignmentError):
    """The person is not an active member of the same firm in this course run, or the task is not done together."""


class ColleaguesRefused(AssignmentError):
    """Some colleagues cannot be included; ``reasons`` maps their user ids to what handing in alone would raise."""

    def __init__(self, reasons: Mapping[int, AssignmentError]) -> None:
        super().__init__(", ".join(f"{user_id}: {type(error).__name__}" for user_id, error in sorted(reasons.items())))
        self.reasons = dict(reasons)


class NotWithdrawable(AssignmentError):
    """Somebody has opened the round, it is not the newest one, a colleague handed it in, or nothing is handed in."""


class NotAwaited(AssignmentError):
    """Nobody waits for a mentor's word on this round: it is answered, withdrawn, assessed or out of date."""


class OwnWork(AssignmentError):
    """The person who judges is one of those whose work it is; somebody else has to."""


class NotReopenable(AssignmentError):
    """Nothing was handed in yet, so there is nothing to open again."""


class IncompleteWork(AssignmentError):
    """The work breaks rules of the task; ``problems`` maps the keys that `rules.problems` names to messages."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(", ".join(sorted(problems)))
        self.problems = dict(problems)


class NotReleasable(AssignmentError):
    """The round does not wait for an assessment: a newer round exists, or it is already assessed."""


class SecondNeeded(AssignmentError):
    """The author wants a second person: nobody lets the own judgement go out alone."""


class UnknownSource(AssignmentError):
    """An answer cannot be filled from there: the question names no source, or one that no room has brought."""
