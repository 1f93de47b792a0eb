"""What is proposed and ready in a course run, a page at a time, and letting it go out now or at a moment."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from opaque_keys.edx.keys import CourseKey

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.data import ROUND
from iciinsmes.assignments.errors import AssignmentError
from iciinsmes.companies import api as companies
from iciinsmes.review import api as review
from iciinsmes.review.data import AssessmentData, Marking
from iciinsmes.waiting import api as waiting
from iciinsmes.waiting.data import Narrowing, Progress, QueueItem

from .permissions import may_read
from .queue_column import is_mine

PAGE_SIZE = 50
#: Read at once where everything goes out.
_MANY = 200


@dataclass(frozen=True)
class Ready:
    """Something that can go out; ``may_release`` is no for the own work and the own proposal that needs a second."""

    item: QueueItem
    assessment: AssessmentData
    may_release: bool


def ready_page(
    course_key: CourseKey, *, user_id: int, place: str, after: str | None, limit: int = PAGE_SIZE
) -> tuple[list[Ready], str | None]:
    """Return what is ready, longest waiting first, and the mark of the next page; four queries for any number."""
    limit_to = companies.limited_to(user_id=user_id, course_key=course_key)
    narrowed = Narrowing(kind="", place=place, progress=Progress.READY)
    page = waiting.queue(course_key=course_key, narrowed=narrowed, limited_to=limit_to, after=after, limit=limit)
    items = [item for item in page.items if item.subject.kind == ROUND]
    ids = [item.subject.id for item in items]
    proposals = review.proposals_of(subjects=ids)
    rounds = assignments.rounds_by_id(round_ids=ids)
    decides = companies.can_coordinate(user_id=user_id, course_key=course_key)
    found = []
    for item in items:
        row = rounds.get(item.subject.id)
        if row is None:
            continue
        marking = row.task.marking
        marks = review.marks_of(marking, proposals.get(row.id, ()), reader_id=user_id, decides=decides)
        readable = assignments.can_read_round(
            user_id=user_id, round_data=row, owner_id=item.owner_id, course_key=course_key
        )
        if marks.ready is not None:
            may = not is_mine(item, user_id) and readable and _may(marking, marks, marks.ready, user_id)
            found.append(Ready(item=item, assessment=marks.ready, may_release=may))
    return found, page.next_after


def release_now(course_key: CourseKey, *, user_id: int, round_ids: Collection[UUID]) -> tuple[int, list[UUID]]:
    """Release each of these by the function that releases a single one; return how many, and which could not be."""
    done, failed = 0, []
    for round_id in round_ids:
        try:
            ready = _ready_of(course_key, user_id, round_id)
            if ready is None or ready.assessor_id is None:
                failed.append(round_id)
                continue
            assignments.release(round_id=round_id, assessor_id=ready.assessor_id, outcome=ready.outcome, by_id=user_id)
            done += 1
        except (AssignmentError, review.ReviewError):
            failed.append(round_id)
    return done, failed


def plan(course_key: CourseKey, *, user_id: int, round_ids: Collection[UUID], at: datetime | None) -> int:
    """Plan when these go out, or take their plans away; return how many have changed."""
    count = 0
    for round_id in round_ids:
        ready = _ready_of(course_key, user_id, round_id)
        if ready is not None:
            count += (
                review.unplan(assessment_id=ready.id)
                if at is None
                else review.plan_release(assessment_id=ready.id, by_id=user_id, at=at)
            )
    return count


def plan_all(course_key: CourseKey, *, user_id: int, place: str, at: datetime) -> int:
    """Plan when everything goes out that the person may release; return how much that is."""
    return sum(
        review.plan_release(assessment_id=each.assessment.id, by_id=user_id, at=at)
        for each in _all(course_key, user_id, place)
        if each.may_release
    )


def _all(course_key: CourseKey, user_id: int, place: str) -> Iterator[Ready]:
    after = None
    while True:
        page, after = ready_page(course_key, user_id=user_id, place=place, after=after, limit=_MANY)
        yield from page
        if after is None:
            return


def _ready_of(course_key: CourseKey, user_id: int, round_id: UUID) -> AssessmentData | None:
    """Return what of a round the person may let go out; None where that is nothing.

    Raises:
        UnknownRound: there is no such round.
    """
    data = assignments.grading(round_id=round_id)
    here = data.course_key == course_key and may_read(data, user_id)
    if not here or not companies.can_grade_of(user_id=user_id, owner_id=data.owner_id, course_key=course_key):
        return None
    marks = assignments.marks(data=data, reader_id=user_id)
    ready = marks.ready
    return ready if ready is not None and _may(data.round.task.marking, marks, ready, user_id) else None


def _may(marking: Marking, marks: review.Marks, ready: AssessmentData, user_id: int) -> bool:
    """Tell whether the person may let it go out: nobody alone where a second person is wanted."""
    if marking is Marking.ONE:
        return True
    if ready.joint:
        return marks.step is not review.StaffStep.NONE
    return ready.assessor_id != user_id
