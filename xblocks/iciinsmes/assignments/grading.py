"""Grading a round and releasing its result."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from opaque_keys.edx.keys import UsageKey

from iciinsmes.audit_log import api as audit_log
from iciinsmes.authoring.host_mixins import Points
from iciinsmes.feedback import api as feedback
from iciinsmes.mentors import api as mentors
from iciinsmes.platform import host
from iciinsmes.review import api as review
from iciinsmes.review.data import AssessmentData
from iciinsmes.waiting.data import WaitingFor

from . import rules
from .data import GradingData, Task, TaskVersionData, Verb
from .errors import NotReleasable, NotReopenable, UnknownRound
from .marking import event_of, who_may_release
from .models import Round, Work
from .serializers import stored_round, stored_rounds, task_from_json
from .signals import passed
from .talks import talk_of
from .transitions import lead_queue, locked_rounds, may_move, move, not_the_own, publish, record


def grading(*, round_id: UUID) -> GradingData:
    """Return a round with everything a grader needs beside it, in two queries.

    Raises:
        UnknownRound: there is no such round.
    """
    of_work = list(stored_rounds().select_related("work__assignment").filter(work__rounds=round_id).order_by("number"))
    row = next((each for each in of_work if each.id == round_id), None)
    if row is None:
        raise UnknownRound(str(round_id))
    earlier = [each for each in of_work if each.number < row.number]
    released = review.released(subjects=[row.id, *(each.id for each in earlier)])
    newest = stored_round(row, released)
    return GradingData(
        round=newest,
        owner_id=row.work.owner_id,
        state=row.work.state,
        version=TaskVersionData(
            id=row.task_version_id,
            assignment_id=row.work.assignment_id,
            usage_key=row.work.assignment.usage_key,
            course_key=row.work.course_key,
            task=newest.task,
            rubric_id=row.task_version.rubric_id,
        ),
        earlier=tuple(stored_round(each, released) for each in earlier),
        work_id=row.work_id,
        work_subject=row.work.subject,
        is_newest=row.number == row.work.round_count,
        talk=talk_of(row.work),
        waits_for_mentor=rules.waiting_for(rules.WorkState(row.work.state), newest.task.mentor.need)
        is WaitingFor.MENTOR,
    )


def result_points(*, user_id: int, usage_key: UsageKey) -> Points | None:
    """Return what the newest released result that counts gave the learner in the gradebook; None without one."""
    own = Round.objects.filter(work__owner_id=user_id, work__assignment__usage_key=usage_key, cancelled_at=None)
    rows = list(own.select_related("task_version").order_by("-number"))
    released = review.released(subjects=[row.id for row in rows])
    row = next((row for row in rows if row.id in released), None)
    return None if row is None else _points(row, released[row.id], task_from_json(row.task_version.content))


def mark_opened(*, round_id: UUID, by_id: int | None = None) -> None:
    """Keep that somebody other than the learner has seen the round; from now on it cannot be withdrawn.

    Who sees one of the rounds that were handed in together has seen all. Seeing it again changes nothing. Somebody who
    opens it while the learner takes it back finds it gone.

    Args:
        round_id: the round, or its `RoundData.shared_id`.
        by_id: who of the staff saw it; None for a mentor, whose opening of the link is a line of its own.

    Raises:
        UnknownRound: it was taken back.
    """
    with transaction.atomic():
        rounds, _task = locked_rounds(round_id)
        for work, row in rounds:
            if row.opened_at is None:
                Round.objects.filter(id=row.id).update(opened_at=timezone.now())
                publish("iciinsmes.work.opened", work, work.assignment.usage_key, row.id)
                if by_id is not None:
                    record(work, Verb.OPENED, round_number=row.number, actor_id=by_id)


def reopen(*, round_id: UUID, by_id: int, reason: str) -> None:
    """Give the learner another round, whatever was decided: after a mistake, or when all rounds are used.

    Everything that happened stays; the grade stays until the next result. Colleagues who handed in together stay where
    they are: from here on this learner goes on alone.

    Args:
        round_id: the newest round of the work.
        by_id: who of the staff decided it.
        reason: what the learner reads in the timeline; not empty.

    Raises:
        UnknownRound: there is no such round.
        OwnWork: nobody grants the own work another round.
        NotReopenable: it is not the newest round, or the reason is missing.
    """
    with transaction.atomic():
        rounds, task = locked_rounds(round_id)
        not_the_own(rounds, by_id)
        work, row = rounds[0]
        state = rules.WorkState(work.state)
        if row.id != round_id or row.number != work.round_count or not reason.strip():
            raise NotReopenable(str(round_id))
        left = rules.rounds_left(task.attempts, work.extra_rounds, work.round_count)
        if state in rules.EDITABLE and left != 0:
            return
        if left == 0:
            work.extra_rounds += 1
        if row.opened_at is None:
            Round.objects.filter(id=row.id).update(opened_at=timezone.now())
        if row.team is not None:
            lead_queue(rounds, work)
        move(
            work,
            rules.Event.REOPEN,
            task=task,
            usage_key=work.assignment.usage_key,
            round_id=row.id,
            note=reason.strip(),
        )
        if row.team is None:
            # The mentor's word is still awaited for colleagues.
            mentors.revoke_all(subjects=[round_id])
        record(work, Verb.REOPENED, round_number=row.number, actor_id=by_id, note=reason.strip())


def release(
    *, round_id: UUID, assessor_id: int, outcome: str, by_id: int | None = None, reason: str = ""
) -> AssessmentData:
    """Release the assessor's proposal for the round: the learner sees it, and the grade is booked.

    State, assessment and grade change together or not at all; the mail to the learner leaves afterwards. Releasing the
    same proposal again returns it and changes nothing. Colleagues who handed in together and still wait get the same
    result, each of them one of their own, with their own lateness.

    Args:
        round_id: the newest round of a work.
        assessor_id: whose proposal it is.
        outcome: ``passed`` or ``revise``.
        by_id: who lets it go out; None for the assessor.
        reason: why a coordinator lets the own proposal go out where a second person is wanted and there is none.

    Raises:
        UnknownRound: there is no such round.
        SecondNeeded: the author wants a second person.
        OwnWork: nobody assesses the own work, nor what was handed in together with it.
        NotReleasable: the work does not wait for an assessment of this round, or not before a mentor has confirmed it.
        review.errors.ReviewError: the proposal is missing, incomplete, or another one was released.
    """
    with transaction.atomic():
        rounds, task = locked_rounds(round_id)
        not_the_own(rounds, assessor_id)
        not_the_own(rounds, by_id)
        already = review.released(subjects=[round_id]).get(round_id)
        if already is not None and already.assessor_id == assessor_id and already.outcome == outcome:
            return already
        event = event_of(outcome)
        waiting = [(work, row) for work, row in rounds if may_move(work, row, event, task)]
        if not waiting or waiting[0][1].id != round_id:
            raise NotReleasable(str(round_id))
        joint = who_may_release(
            waiting, task, assessor_id=assessor_id, by_id=by_id or assessor_id, outcome=outcome, reason=reason
        )
        assessment = review.release(
            subject=round_id, assessor_id=assessor_id, outcome=outcome, by_id=by_id, joint=joint
        )
        if reason.strip():
            _keep_reason(waiting[0][0], round_id, by_id or assessor_id, reason)
        copies = [_release_same(row, assessment, assessor_id) for _work, row in waiting[1:]]
        feedback.seal(
            assessment_id=assessment.id,
            copies=copies,
            course_key=waiting[0][0].course_key,
            others=[each.id for each in review.proposals(subject=round_id) if each.proposed_at] if joint else (),
        )
        for work, row in waiting:
            _book(work, row, assessment, event, task)
        mentors.revoke_all(subjects=[waiting[0][1].team or round_id])
    return assessment


def _release_same(row: Round, assessment: AssessmentData, assessor_id: int) -> UUID:
    """Give a colleague's round the result that was just released; a draft of the same assessor gives way to it."""
    joint = assessment.joint
    review.take_back_proposal(subject=row.id, assessor_id=assessor_id, joint=joint)
    own = review.proposal(subject=row.id, assessor_id=assessor_id, joint=joint)
    review.propose(
        subject=row.id,
        rubric_id=row.task_version.rubric_id,
        assessor_id=assessor_id,
        points=assessment.points,
        comments=assessment.comments,
        feedback=assessment.feedback,
        base_revision=own.revision if own else None,
        joint=joint,
    )
    released = review.release(
        subject=row.id,
        assessor_id=assessor_id,
        outcome=assessment.outcome,
        by_id=assessment.released_by_id,
        joint=joint,
    )
    return released.id


def _keep_reason(work: Work, round_id: UUID, by_id: int, reason: str) -> None:
    """Tell the trail why there was no second person."""
    audit_log.record(
        course_key=work.course_key,
        verb="released_alone",
        actor_id=by_id,
        person_id=work.owner_id,
        subject=f"round:{round_id}",
        detail={"why_alone": reason.strip()[:500]},
    )


def _book(work: Work, row: Round, assessment: AssessmentData, event: rules.Event, task: Task) -> None:
    """Move the work and book the grade."""
    assignment = work.assignment
    move(work, event, task=task, usage_key=assignment.usage_key, round_id=row.id)
    book_points(work, row, assessment, task)
    if event is rules.Event.RELEASE_PASSED:
        passed.send(sender=Round, round_id=row.id)
    verb = Verb.PASSED if assessment.outcome == "passed" else Verb.REVISE
    record(work, verb, round_number=row.number, actor_id=assessment.released_by_id or assessment.assessor_id)


def book_points(work: Work, row: Round, assessment: AssessmentData, task: Task) -> None:
    """Put what a result is worth into the gradebook, less what lateness takes.

    Args:
        work: whose, with its assignment.
        row: the round.
        assessment: its result.
        task: what the round answers.
    """
    earned, possible = _points(row, assessment, task)
    usage_key = work.assignment.usage_key
    host().book_grade(user_id=work.owner_id, usage_key=usage_key, earned=earned, possible=possible)


def _points(row: Round, assessment: AssessmentData, task: Task) -> Points:
    points = rules.booked_points(assessment.earned, assessment.possible, task.weight, row.late_percent)
    return Points(points, task.weight)
