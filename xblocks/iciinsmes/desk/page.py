"""The desk page: queue, work and rubric beside each other, gathered with the same number of queries for any course."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.data import ROUND, WORK, GradingData, Happening
from iciinsmes.platform import host
from iciinsmes.review import api as review
from iciinsmes.review.data import AssessmentData
from iciinsmes.waiting import api as waiting
from iciinsmes.waiting.data import QueueItem, QueuePage

from . import claims
from .feedback_part import feedback_fields, said_in
from .forms import GradingForm
from .marking import marking_box, start_of
from .people import people
from .permissions import is_own, may_read, readable
from .queue_column import QueuePlace, companies_on, is_mine, people_on, queue_page, reach_of
from .queue_context import around_queue, people_of_queue
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


def desk_context(
    place: QueuePlace,
    *,
    user_id: int,
    data: GradingData | None = None,
    attempt: TypedGrading | None = None,
    with_panel: bool = False,
) -> dict[str, Any]:
    """Return what the desk page needs.

    Args:
        place: course run and place in the queue.
        user_id: the grader.
        data: the round to show; without one, the first of the queue is shown on wide screens.
        attempt: what the grader has just sent and could not be taken.
        with_panel: whether everything that the queue can be narrowed to stands in the place of a work.
    """
    reach = reach_of(place, user_id)
    page = queue_page(place, reach)
    course_key = place.course_key
    if course_key is None:
        raise ValueError("the queue of all course runs has no work beside it")
    is_queue = data is None
    if data is None and not with_panel:
        first = _first_round(page, user_id)
        data = None if first is None else assignments.grading(round_id=first.subject.id)
    is_closed = data is not None and not may_read(data, user_id)
    data = readable(data, user_id) if data else None
    is_open = data is not None and data.round.assessment is None and not is_closed
    found = assignments.marks(data=data, reader_id=user_id) if data and is_open else None
    item = _waiting_item(page, data) if data and is_open else None
    timeline = _timeline(data) if data and not is_closed else ()
    named = people(
        user_ids=[
            *(() if place.everywhere else people_on(place, page)),
            *(each.assessor_id for each in ((*found.others, found.ready) if found else ()) if each),
            *(claims.staff_on(item) if item else ()),
            *(_people_in(data) if data else ()),
            *(event.actor_id for event in timeline),
        ],
        course_key=course_key,
        companies=companies_on(page),
        company_ids=[data.round.company_id] if data else (),
    )
    block = None if place.everywhere else place.chosen.block
    said = said_in(data, found) if data and not is_closed else {}
    context = {
        **around_queue(
            place,
            reach,
            page,
            people_of_queue(place, page) if place.everywhere else named,
            current=data.round.id if data else None,
            user_id=user_id,
            with_panel=with_panel,
        ),
        "course": host().course(course_key),
        "back_url": host().block_url(block) if block else host().course_url(course_key),
        "is_of_block": block is not None,
        "is_queue": is_queue,
        "is_closed": is_closed,
        "is_own": data is not None and is_own(data, user_id),
        "talk": data.talk if data and not is_own(data, user_id) else None,
        "talk_url": reverse("iciinsmes:thread", args=[WORK, data.work_subject]) if data else "",
        "work": work_column(data, timeline, named, said) if data else None,
        "earlier_results": assignments.earlier_results(
            rounds=[data.round, *data.earlier], timeline=timeline, name_of=named.name
        )
        if data
        else (),
        "asides": assignments.asides_of(data=data, reader_id=user_id) if data else (),
        "other_drafts": [
            (named.name(each.assessor_id), assignments.points_text(each.earned, each.possible))
            for each in (found.others if found else ())
            if each.assessor_id != user_id and each.proposed_at is None
        ],
        "claim": claims.claim_box(item, named, user_id) if item else None,
    }
    if data is not None and not is_closed:
        context |= _right_column(data, place, found, attempt)
        context["marking"] = marking_box(data, found, named, user_id) if found else None
    return context


def _right_column(
    data: GradingData, place: QueuePlace, found: review.Marks | None, attempt: TypedGrading | None
) -> dict[str, Any]:
    """Return the form, or what was typed into it too late."""
    addresses = {
        "round_url": place.round_url(data.round.id),
        "draft_url": place.draft_url(data.round.id),
        "reopen_url": place.reopen_url(data.round.id),
        "claim_url": place.waiting_url("desk-claim", data.round.id),
        "allocate_url": place.waiting_url("desk-allocate", data.round.id),
        "marking_url": place.waiting_url("desk-marking", data.round.id),
    }
    if found is None or found.step in (review.StaffStep.WAIT, review.StaffStep.NONE):
        return {**addresses, "typed": typed_version(attempt.form) if attempt else None}
    if attempt is None:
        start = start_of(found)
        form = GradingForm(rubric=data.version.task.rubric, proposal=start, is_new=start is not found.own)
        attempt = TypedGrading(form=form, kept=found.own)
    state = draft_state(attempt.form, kept=attempt.kept, other=attempt.other)
    rubric = rubric_column(attempt.form, state=state)
    return {**addresses, "rubric": rubric, **feedback_fields(place, data.round.id, found)}


def _waiting_item(page: QueuePage, data: GradingData) -> QueueItem | None:
    """Return the round as it waits, from the page of the queue if it stands there."""
    there = next((item for item in page.items if item.subject.id == data.round.id), None)
    return there or waiting.item_of(subject=data.round.id)


def _timeline(data: GradingData) -> tuple[Happening, ...]:
    """Return what happened to the rounds that the grader may read: what was said about others is not theirs either."""
    shown = {data.round.number, *(row.number for row in data.earlier)}
    return tuple(event for event in assignments.timeline(work_id=data.work_id) if event.round_number in shown)


def _first_round(page: QueuePage, user_id: int) -> QueueItem | None:
    """Return the round that waits longest for the grader: not the own, nor a colleague's; else the longest waiting."""
    rounds = [item for item in page.items if item.subject.kind == ROUND]
    others = [item for item in rounds if not is_mine(item, user_id)]
    return next(claims.open_to(others, user_id), None) or next(iter([*others, *rounds]), None)


def _people_in(data: GradingData) -> list[int | None]:
    rounds = [data.round, *data.earlier]
    return [data.owner_id, *data.round.member_ids, *(row.assessment.assessor_id for row in rounds if row.assessment)]
