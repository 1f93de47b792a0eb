"""Who makes a result where an author wants more than one person for it: done, taken back, and let go out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies
from iciinsmes.notices import api as notices
from iciinsmes.notices.data import NoticeKind
from iciinsmes.platform import host
from iciinsmes.review import api as review
from iciinsmes.review.data import AssessmentData, Marking
from iciinsmes.waiting import api as waiting
from iciinsmes.waiting.data import Progress

from . import notice_kinds, rules
from .data import GradingData, Task
from .errors import NotReleasable, SecondNeeded
from .models import Round, Work
from .transitions import locked_rounds, may_move, not_the_own


def marks(*, data: GradingData, reader_id: int) -> review.Marks:
    """Return what somebody of the staff may know of a round's proposals, and do now; a query, and one for the role."""
    return review.marks_of(
        data.round.task.marking,
        review.proposals(subject=data.round.id),
        reader_id=reader_id,
        decides=companies.can_coordinate(user_id=reader_id, course_key=data.course_key),
    )


def finish(*, round_id: UUID, assessor_id: int, outcome: str) -> AssessmentData:
    """Keep that somebody is done with a judgement, which goes out later or by way of somebody else.

    Doing it again changes nothing.

    Args:
        round_id: the newest round of a work.
        assessor_id: whose judgement it is.
        outcome: ``passed`` or ``revise``.

    Raises:
        UnknownRound: there is no such round.
        OwnWork: nobody judges the own work.
        NotReleasable: the work does not wait for a judgement, or this person has none to make.
        review.errors.ReviewError: the judgement is missing or incomplete, or there is a result.
    """
    with transaction.atomic():
        rounds, task = locked_rounds(round_id)
        not_the_own(rounds, assessor_id)
        work, row = rounds[0]
        if not may_move(work, row, event_of(outcome), task):
            raise NotReleasable(str(round_id))
        found = review.marks_of(
            task.marking,
            review.proposals(subject=round_id),
            reader_id=assessor_id,
            decides=companies.can_coordinate(user_id=assessor_id, course_key=work.course_key),
        )
        if found.step is review.StaffStep.NONE:
            raise NotReleasable(str(round_id))
        was_done = found.own is not None and found.own.proposed_at is not None
        done = review.hand_in_proposal(subject=round_id, assessor_id=assessor_id, outcome=outcome, joint=found.joint)
        if not was_done:
            waiting.give_back(subject=round_id, user_id=assessor_id)
            _go_on(work, row, task, done)
    return done


def take_back(*, round_id: UUID, assessor_id: int) -> bool:
    """Let somebody go on with a judgement that was done and has not gone out.

    Where two judge without knowing of each other, nobody does after both have: what each thinks alone is known then.

    Returns:
        Whether it was done; no, if it has gone out, or the other one is done too.

    Raises:
        UnknownRound: there is no such round.
    """
    with transaction.atomic():
        rounds, task = locked_rounds(round_id)
        proposals = review.proposals(subject=round_id)
        joint = any(each.joint and each.proposed_at and each.assessor_id == assessor_id for each in proposals)
        if task.marking is Marking.BLIND and not joint and len(_done_alone(proposals)) > 1:
            return False
        taken = review.take_back_proposal(subject=round_id, assessor_id=assessor_id, joint=joint)
        others = any(each.proposed_at for each in proposals if (each.assessor_id, each.joint) != (assessor_id, joint))
        if taken and (not others or task.marking is Marking.BLIND):
            waiting.step_back(subject=rounds[0][1].id)
    return taken


def who_may_release(
    rounds: Sequence[tuple[Work, Round]], task: Task, *, assessor_id: int, by_id: int, outcome: str, reason: str
) -> bool:
    """Make sure that somebody may let a judgement go out; tell whether it is the one with others' in view.

    Raises:
        SecondNeeded: another person has to see it first.
        NotReleasable: that judgement is not the one to go out.
    """
    if task.marking is Marking.ONE and by_id == assessor_id:
        return False
    work, row = rounds[0]
    course_key = work.course_key
    proposals = review.proposals(subject=row.id)
    decides = companies.can_coordinate(user_id=by_id, course_key=course_key)
    found = review.marks_of(task.marking, proposals, reader_id=by_id, decides=decides)
    if by_id == assessor_id:
        if found.joint and found.step is not review.StaffStep.NONE:
            return True
        people = {each.owner_id for each, _row in rounds}
        is_done = found.own is not None and found.own.proposed_at is not None
        if is_done and reason.strip() and may_release_alone(user_id=by_id, people=people, course_key=course_key):
            return False
        raise SecondNeeded(str(row.id))
    done = [each for each in proposals if each.proposed_at and each.assessor_id == assessor_id]
    wanted = [each for each in done if each.outcome == outcome and (each.joint or task.marking is not Marking.BLIND)]
    if not wanted or (task.marking is Marking.BLIND and found.step is not review.StaffStep.SECOND):
        raise NotReleasable(str(row.id))
    return max(each.joint for each in wanted)


def may_release_alone(*, user_id: int, people: Collection[int], course_key: CourseKey) -> bool:
    """Tell whether somebody coordinates a course run in which nobody else could be the second person for a work.

    Args:
        user_id: the person.
        people: whose work it is.
        course_key: the course run.
    """
    if not companies.can_coordinate(user_id=user_id, course_key=course_key):
        return False
    return not others_who_judge(user_id=user_id, people=people, course_key=course_key)


def others_who_judge(*, user_id: int, people: Collection[int], course_key: CourseKey) -> set[int]:
    """Return who besides somebody may judge the work of these people."""
    staff: set[int] = set()
    for owner_id in people:
        found = set(companies.staff_of(course_key=course_key, learner_id=owner_id))
        staff = staff & found if staff else found
    return staff - {user_id, *people}


def event_of(outcome: str) -> rules.Event:
    """Return what happens to a work whose result is this."""
    return rules.Event.RELEASE_PASSED if outcome == "passed" else rules.Event.RELEASE_REVISE


def _go_on(work: Work, row: Round, task: Task, done: AssessmentData) -> None:
    """Put a work where it waits for what is next, and tell those whose turn it is."""
    if task.marking is Marking.BLIND and not done.joint:
        both = _done_alone(review.proposals(subject=row.id))
        if len(both) > 1:
            waiting.end_blindness(subject=row.id)
            _tell(work, row, task, {each.assessor_id for each in both if each.assessor_id}, notice_kinds.BOTH_MARKED)
        return
    waiting.note_progress(subjects=[row.id], progress=Progress.READY)
    if task.marking is Marking.PROPOSE and not done.joint and done.assessor_id is not None:
        second = others_who_judge(user_id=done.assessor_id, people={work.owner_id}, course_key=work.course_key)
        _tell(work, row, task, second, notice_kinds.PROPOSED, by_id=done.assessor_id)


def _done_alone(proposals: Sequence[AssessmentData]) -> list[AssessmentData]:
    return [each for each in proposals if each.proposed_at is not None and not each.joint]


def _tell(
    work: Work, row: Round, task: Task, user_ids: Collection[int], kind: NoticeKind, *, by_id: int | None = None
) -> None:
    notices.notify_many(
        user_ids=sorted(user_ids),
        kind=kind,
        course_key=work.course_key,
        title=work.assignment.shown_title,
        address=reverse("iciinsmes:desk-round", args=[work.course_key, row.id]),
        actor_id=by_id,
        actor_name="" if by_id is None else host().names([by_id]).get(by_id, ""),
        subject=str(row.id),
    )
