"""What the staff decides against the usual course of a work: another result, a round that does not count, a reset."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from iciinsmes.audit_log import api as audit_log
from iciinsmes.mentors import api as mentors
from iciinsmes.notices import api as notices
from iciinsmes.platform import host
from iciinsmes.review import api as review
from iciinsmes.review.data import AssessmentData

from . import notice_kinds, rules
from .data import MentorNeed, Task, Verb
from .errors import NotExcepted
from .extensions import MOST_REASON
from .grading import book_points
from .models import Round, Work
from .rebooking import book_anew
from .signals import passed
from .transitions import lead_queue, locked_rounds, may_move, move, not_the_own, record, timeline
from .works import clear_work


def correct_result(
    *,
    round_id: UUID,
    by_id: int,
    rubric_id: int,
    points: Mapping[str, Decimal],
    comments: Mapping[str, str],
    feedback: str,
    outcome: str,
    reason: str,
    base: int,
) -> AssessmentData:
    """Put another result in the place of a released one: state, result and grade together or not at all.

    The learner reads the new one, the earlier one and why. Colleagues who handed in together keep theirs. Doing the
    same again returns what is there.

    Args:
        round_id: the newest round of a work.
        by_id: who of the staff decided it.
        rubric_id: with which rubric it is judged now.
        points: criterion key to points.
        comments: criterion key to text.
        feedback: text to the learner.
        outcome: ``passed`` or ``revise``.
        reason: what the learner reads; not empty.
        base: `AssessmentData.revision` of the result that the page showed.

    Raises:
        UnknownRound: there is no such round.
        OwnWork: nobody assesses the own work.
        NotExcepted: there is a newer round, this one does not count, or no mentor has confirmed what would pass.
        review.errors.ReviewError: the new result does not fit, or somebody else was faster.
    """
    with transaction.atomic():
        rounds, task = locked_rounds(round_id)
        not_the_own(rounds, by_id)
        work, row = rounds[0]
        event = rules.Event.CORRECT_PASSED if outcome == "passed" else rules.Event.CORRECT_REVISE
        before = review.released(subjects=[round_id]).get(round_id)
        _must_be_correctable(work, row, event, task)
        result = review.correct(
            subject=round_id,
            rubric_id=rubric_id,
            assessor_id=by_id,
            points=points,
            comments=comments,
            feedback=feedback,
            outcome=outcome,
            reason=reason,
            base=base,
        )
        if before is not None and before.id == result.id and before.revision == result.revision:
            return result
        was_passed = rules.WorkState(work.state) is rules.WorkState.PASSED
        move(work, event, task=task, usage_key=work.assignment.usage_key, round_id=row.id, note=reason.strip())
        book_points(work, row, result, task)
        if event is rules.Event.CORRECT_PASSED and not was_passed:
            passed.send(sender=Round, round_id=row.id)
        record(work, Verb.CORRECTED, round_number=row.number, actor_id=by_id, note=reason.strip())
    return result


def cancel_round(*, round_id: UUID, by_id: int, reason: str) -> None:
    """Say that a round does not count: it stays with its feedback, marked, and the learner can hand in again.

    It uses up none of the rounds that the author allows; the grade is that of the newest round that counts, or none.
    Colleagues who handed in together stay where they are. Doing it again changes nothing.

    Args:
        round_id: the newest round of a work.
        by_id: who of the staff decided it.
        reason: what the learner reads; not empty.

    Raises:
        UnknownRound: there is no such round.
        OwnWork: it is the own work.
        NotExcepted: there is a newer round, or the reason is missing or too long.
    """
    reason = _reason(reason)
    with transaction.atomic():
        rounds, task = locked_rounds(round_id)
        not_the_own(rounds, by_id)
        work, row = rounds[0]
        if row.cancelled_at is not None:
            return
        if row.id != round_id or not may_move(work, row, rules.Event.CANCEL, task):
            raise NotExcepted({"work": _("There is a newer round.")})
        now = timezone.now()
        Round.objects.filter(id=row.id).update(cancelled_at=now, opened_at=row.opened_at or now)
        if task.attempts:
            work.extra_rounds += 1
        if row.team is not None:
            lead_queue(rounds, work)
        else:
            mentors.revoke_all(subjects=[round_id])
        move(work, rules.Event.CANCEL, task=task, usage_key=work.assignment.usage_key, round_id=row.id, note=reason)
        book_anew(work)
        record(work, Verb.CANCELLED, round_number=row.number, actor_id=by_id, note=reason)


def reset_work(*, round_id: UUID, by_id: int, reason: str) -> None:
    """Let a learner begin anew: draft, rounds, results and files are removed, grade and completion too.

    The trail keeps that there was a work, what happened to it and why it was removed, without texts. Colleagues who
    handed in together keep their rounds and the files in them.

    Args:
        round_id: any round of the work.
        by_id: who of the staff decided it.
        reason: what the learner reads; not empty.

    Raises:
        UnknownRound: there is no such round; the second half of a double click ends here.
        OwnWork: it is the own work.
        NotExcepted: the reason is missing or too long.
    """
    reason = _reason(reason)
    with transaction.atomic():
        rounds, _task = locked_rounds(round_id)
        not_the_own(rounds, by_id)
        work = rounds[0][0]
        assignment, number, owner_id = work.assignment, work.round_count, work.owner_id
        audit_log.record(
            course_key=work.course_key,
            verb="work_reset",
            actor_id=by_id,
            person_id=owner_id,
            subject=f"work:{work.id}",
            detail={"title": assignment.title, "round": number, "note": reason},
        )
        clear_work(user_id=owner_id, usage_key=assignment.usage_key)
        host().forget_result(user_id=owner_id, usage_key=assignment.usage_key)
        notices.notify(
            user_id=owner_id,
            kind=notice_kinds.RESET,
            course_key=assignment.course_key,
            title=assignment.shown_title,
            address=host().block_url(assignment.usage_key),
            detail=reason,
            subject=str(round_id),
        )


def _must_be_correctable(work: Work, row: Round, event: rules.Event, task: Task) -> None:
    if row.cancelled_at is not None:
        raise NotExcepted({"work": _("This round does not count. Ask the learner to hand in again.")})
    if not may_move(work, row, event, task):
        raise NotExcepted({"work": _("There is a newer round, or no result yet. Assess that one.")})
    confirmed = task.mentor.need is not MentorNeed.REQUIRED or any(
        said.verb == Verb.CONFIRMED and said.round_number == row.number for said in timeline(work_id=work.id)
    )
    if event is rules.Event.CORRECT_PASSED and not confirmed:
        raise NotExcepted({"outcome": _("A mentor has to confirm this round before it can pass.")})


def _reason(text: str) -> str:
    reason = text.replace("\0", "").strip()
    if not reason:
        raise NotExcepted({"reason": _("Say why, so that the learner understands.")})
    if len(reason) > MOST_REASON:
        raise NotExcepted({"reason": _("At most %(limit)d characters.") % {"limit": MOST_REASON}})
    return reason
