"""The desk page: queue, work and rubric beside each other, gathered with the same number of queries for any course."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from opaque_keys.edx.keys import CourseKey

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.data import ROUND, GradingData, Happening
from iciinsmes.platform import host
from iciinsmes.projects import api as projects
from iciinsmes.review import api as review
from iciinsmes.review.data import AssessmentData
from iciinsmes.waiting import api as waiting
from iciinsmes.waiting.data import QueueItem, QueuePage

from .forms import GradingForm
from .people import people
from .permissions import is_own, may_read, readable
from .queue_column import QueuePlace, is_mine, queue_column, queue_page
from .rubric_column import draft_state, rubric_column, typed_version
from .work_column import work_column


@dataclass(frozen=True)
class TypedGrading:
    """What a grader has just sent; its fields say why it was not taken.

    ``kept`` is the proposal if at least that was saved; ``other`` is what another tab kept in between.
    """

    form: GradingForm
    kept: AssessmentData | None = None
    other: AssessmentData | None = None


def rows_context(place: QueuePlace, *, user_id: int) -> dict[str, Any]:
    """Return what one more page of the queue needs."""
    page = queue_page(place, user_id)
    named = people(user_ids=_people_on(page), course_key=place.course_key, company_ids=_companies_on(page))
    return {"queue": queue_column(page, place=place, people=named, current=None, user_id=user_id)}


def desk_context(
    place: QueuePlace, *, user_id: int, data: GradingData | None = None, attempt: TypedGrading | None = None
) -> dict[str, Any]:
    """Return what the desk page needs.

    Args:
        place: course run and place in the queue.
        user_id: the grader.
        data: the round to show; without one, the first of the queue is shown on wide screens.
        attempt: what the grader has just sent and could not be taken.
    """
    page = queue_page(place, user_id)
    is_queue = data is None
    if data is None:
        first = _first_round(page, user_id)
        data = None if first is None else assignments.grading(round_id=first.subject.id)
    is_closed = data is not None and not may_read(data, user_id)
    data = readable(data, user_id) if data else None
    is_open = data is not None and data.round.assessment is None and not is_closed
    proposals = review.proposals(subject=data.round.id) if data and is_open else ()
    timeline = _timeline(data) if data and not is_closed else ()
    named = people(
        user_ids=[
            *_people_on(page),
            *(proposal.assessor_id for proposal in proposals),
            *(_people_in(data) if data else ()),
            *(event.actor_id for event in timeline),
        ],
        course_key=place.course_key,
        company_ids=[*_companies_on(page), *([data.round.company_id] if data else ())],
    )
    counts = waiting.queue_counts(course_key=place.course_key, limited_to=host().limited_to(user_id, place.course_key))
    context = {
        "course": host().course(place.course_key),
        "back_url": host().block_url(place.assignment) if place.assignment else host().course_url(place.course_key),
        "counts": counts,
        "staff_light": _staff_light(user_id, place.course_key) if counts.waiting else "",
        "queue": queue_column(
            page, place=place, people=named, current=data.round.id if data else None, user_id=user_id
        ),
        "queue_url": place.queue_url(place.after),
        "first_url": place.queue_url(),
        "is_filtered": place.assignment is not None,
        "is_queue": is_queue,
        "is_closed": is_closed,
        "is_own": data is not None and is_own(data, user_id),
        "work": work_column(data, timeline, named) if data else None,
        "asides": assignments.asides_of(data=data, reader_id=user_id) if data else (),
        "other_drafts": [
            (named.name(proposal.assessor_id), assignments.points_text(proposal.earned, proposal.possible))
            for proposal in proposals
            if proposal.assessor_id != user_id
        ],
    }
    if data is not None and not is_closed:
        own = next((proposal for proposal in proposals if proposal.assessor_id == user_id), None)
        context |= _right_column(data, place, own, attempt)
    return context


def _staff_light(user_id: int, course_key: CourseKey) -> str:
    """Say what has waited for the staff for more working days than it may; empty where nothing has."""
    return projects.staff_light_words(projects.staff_light(user_id=user_id, course_key=course_key))


def _right_column(
    data: GradingData, place: QueuePlace, own: AssessmentData | None, attempt: TypedGrading | None
) -> dict[str, Any]:
    """Return the form, or what was typed into it too late."""
    addresses = {
        "round_url": place.round_url(data.round.id),
        "draft_url": place.draft_url(data.round.id),
        "reopen_url": place.reopen_url(data.round.id),
    }
    if data.round.assessment is not None:
        return {**addresses, "typed": typed_version(attempt.form) if attempt else None}
    attempt = attempt or TypedGrading(form=GradingForm(rubric=data.version.task.rubric, proposal=own), kept=own)
    state = draft_state(attempt.form, kept=attempt.kept, other=attempt.other)
    return {**addresses, "rubric": rubric_column(attempt.form, state=state)}


def _timeline(data: GradingData) -> tuple[Happening, ...]:
    """Return what happened to the rounds that the grader may read: what was said about others is not theirs either."""
    shown = {data.round.number, *(row.number for row in data.earlier)}
    return tuple(event for event in assignments.timeline(work_id=data.work_id) if event.round_number in shown)


def _first_round(page: QueuePage, user_id: int) -> QueueItem | None:
    """Return the round that waits longest and is not the grader's own, else the longest waiting of all."""
    rounds = [item for item in page.items if item.subject.kind == ROUND]
    return next((item for item in rounds if not is_mine(item, user_id)), next(iter(rounds), None))


def _companies_on(page: QueuePage) -> list[int | None]:
    return [item.subject.company_id for item in page.items]


def _people_on(page: QueuePage) -> list[int]:
    return [user_id for item in page.items for user_id in (item.owner_id, *item.with_ids)]


def _people_in(data: GradingData) -> list[int | None]:
    rounds = [data.round, *data.earlier]
    return [data.owner_id, *data.round.member_ids, *(row.assessment.assessor_id for row in rounds if row.assessment)]
