"""Grading a round and releasing its result."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from iciinsmes.notices import api as notices
from iciinsmes.platform import host
from iciinsmes.review import api as review
from iciinsmes.review.data import AssessmentData

from . import rules
from .data import GradingData, TaskVersionData, task_from_json
from .errors import NotReleasable, UnknownRound
from .models import Assignment, Round, Work
from .rows import stored_round


def grading(*, round_id: UUID) -> GradingData:
    """Return a round with everything a grader needs beside it, in three queries.

    Raises:
        UnknownRound: there is no such round.
    """
    row = Round.objects.select_related("work__assignment", "task_version").filter(id=round_id).first()
    if row is None:
        raise UnknownRound(str(round_id))
    earlier = list(
        Round.objects.filter(work_id=row.work_id, number__lt=row.number)
        .select_related("task_version")
        .order_by("number")
    )
    released = review.released(subjects=[row.id, *(other.id for other in earlier)])
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
        earlier=tuple(stored_round(other, released) for other in earlier),
    )


def release(*, round_id: UUID, assessor_id: int, outcome: str) -> AssessmentData:
    """Release the assessor's proposal for the round: the learner sees it, and the grade is booked.

    State, assessment and grade change together or not at all; the mail to the learner leaves afterwards. Releasing the
    same proposal again returns it and changes nothing.

    Args:
        round_id: the newest round of a work.
        assessor_id: whose proposal it is.
        outcome: ``passed`` or ``revise``.

    Raises:
        UnknownRound: there is no such round.
        NotReleasable: the work does not wait for an assessment of this round.
        review.errors.ReviewError: the proposal is missing, incomplete, or another one was released.
    """
    with transaction.atomic():
        row = Round.objects.select_related("task_version").filter(id=round_id).first()
        if row is None:
            raise UnknownRound(str(round_id))
        work = Work.objects.select_for_update().get(id=row.work_id)
        already = review.released(subjects=[round_id]).get(round_id)
        if already is not None and already.assessor_id == assessor_id and already.outcome == outcome:
            return already
        event = rules.Event.RELEASE_PASSED if outcome == "passed" else rules.Event.RELEASE_REVISE
        state = rules.next_state(rules.State(work.state), event)
        if state is None or row.number != work.round_count:
            raise NotReleasable(str(round_id))
        assessment = review.release(subject=round_id, assessor_id=assessor_id, outcome=outcome)
        work.state = state.value
        work.waiting_since = None
        work.save(update_fields=["state", "waiting_since"])
        assignment = Assignment.objects.get(id=work.assignment_id)
        weight = task_from_json(row.task_version.content).weight
        host().book_grade(
            user_id=work.owner_id,
            usage_key=assignment.usage_key,
            earned=assessment.earned * weight / assessment.possible,
            possible=weight,
        )
        transaction.on_commit(
            lambda: notices.tell_result(
                user_id=work.owner_id,
                course_key=work.course_key,
                title=assignment.title,
                address=host().block_url(assignment.usage_key),
                outcome=outcome,
            )
        )
    return assessment
