"""Grade and completion of a work, booked anew from what counts of it now."""

from __future__ import annotations

from iciinsmes.platform import host
from iciinsmes.review import api as review

from . import rules
from .data import CompleteOn, Verb
from .grading import book_points
from .models import Round, Work
from .serializers import task_from_json
from .transitions import timeline


def book_anew(work: Work) -> None:
    """Tell the host what a locked work comes to, after a round no longer counts or a waiver has ended.

    The newest result of a round that counts is the grade; without any there is none, which is not 0.
    """
    usage_key = work.assignment.usage_key
    rounds = list(work.rounds.filter(cancelled_at=None).select_related("task_version").order_by("-number"))
    released = review.released(subjects=[row.id for row in rounds])
    host().forget_result(user_id=work.owner_id, usage_key=usage_key)
    newest = next((row for row in rounds if row.id in released), None)
    if newest is not None:
        book_points(work, newest, released[newest.id], task_from_json(newest.task_version.content))
    if _is_done(
        work, rounds, {row.id for row in rounds if row.id in released and released[row.id].outcome == "passed"}
    ):
        host().complete(user_id=work.owner_id, usage_key=usage_key, fraction=1.0)


def _is_done(work: Work, rounds: list[Round], passed: set[object]) -> bool:
    if not rounds:
        return False
    complete_on = task_from_json(rounds[0].task_version.content).complete_on
    if passed or complete_on is CompleteOn.HAND_IN:
        return True
    if complete_on is CompleteOn.PASSED or rules.WorkState(work.state) is rules.WorkState.PASSED:
        return False
    numbers = {row.number for row in rounds}
    said = {event.round_number for event in timeline(work_id=work.id) if event.verb == Verb.CONFIRMED}
    return bool(numbers & said)
