"""The queue as the left column and the phone's first page show it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.assignments import api as assignments
from iciinsmes.platform import host
from iciinsmes.waiting import api as waiting
from iciinsmes.waiting.data import QueueItem, QueuePage, WaitingFor

from . import labels
from .people import People


@dataclass(frozen=True)
class QueuePlace:
    """Where in the queue a grader is: the course run, one assignment or all, whose turn it is, and the page by key."""

    course_key: CourseKey
    assignment: UsageKey | None
    after: str | None
    waiting_for: WaitingFor = WaitingFor.STAFF

    def queue_url(self, after: str | None = None) -> str:
        """Return the address of the queue with the same assignment."""
        return reverse("iciinsmes:desk-queue", args=[self.course_key]) + self._query(after)

    def round_url(self, round_id: UUID) -> str:
        """Return the address of a round, from which the way back leads here."""
        return reverse("iciinsmes:desk-round", args=[self.course_key, round_id]) + self._query(self.after)

    def draft_url(self, round_id: UUID) -> str:
        """Return the address that keeps the draft of a round's assessment."""
        return reverse("iciinsmes:desk-draft", args=[self.course_key, round_id]) + self._query(self.after)

    def reopen_url(self, round_id: UUID) -> str:
        """Return the address that grants another round."""
        return reverse("iciinsmes:desk-reopen", args=[self.course_key, round_id]) + self._query(self.after)

    def item_url(self, item: QueueItem) -> str:
        """Return the address where what waits is acted on, from which the way back leads here."""
        return waiting.address_of(item=item) + self._query(self.after)

    def turn_url(self, waiting_for: WaitingFor) -> str:
        """Return the address of the same list with what waits for somebody else."""
        return replace(self, waiting_for=waiting_for).queue_url()

    def _query(self, after: str | None) -> str:
        turn = "" if self.waiting_for is WaitingFor.STAFF else self.waiting_for.value
        values = {"assignment": str(self.assignment or ""), "turn": turn, "after": after or ""}
        given = {name: value for name, value in values.items() if value}
        return f"?{urlencode(given)}" if given else ""


@dataclass(frozen=True)
class Row:
    """One line of what waits."""

    url: str
    who: str
    learner: str
    together: str
    title: str
    label: str
    days: str
    is_long: bool
    is_late: bool
    is_current: bool
    is_own: bool
    is_gone: bool


@dataclass(frozen=True)
class QueueChoice:
    """One assignment of the filter."""

    value: str
    title: str
    is_chosen: bool


@dataclass(frozen=True)
class QueueColumn:
    """One page of waiting rounds and the way to the next."""

    rows: tuple[Row, ...]
    more_url: str
    choices: tuple[QueueChoice, ...]
    is_mentors: bool
    other_turn_url: str


def read_place(course_key: CourseKey, query: QueryDict) -> QueuePlace:
    """Read where the grader is; what is no key of this course run counts as all assignments."""
    try:
        assignment = UsageKey.from_string(query.get("assignment", ""))
    except InvalidKeyError:
        assignment = None
    if assignment is not None and assignment.course_key != course_key:
        assignment = None
    turn = WaitingFor.MENTOR if query.get("turn") == WaitingFor.MENTOR.value else WaitingFor.STAFF
    return QueuePlace(course_key=course_key, assignment=assignment, after=query.get("after") or None, waiting_for=turn)


def queue_page(place: QueuePlace, user_id: int) -> QueuePage:
    """Return the page of the queue at this place, with what is the reader's to grade."""
    return waiting.queue(
        course_key=place.course_key,
        place=str(place.assignment or ""),
        waiting_for=place.waiting_for,
        limited_to=host().limited_to(user_id, place.course_key),
        after=place.after,
    )


def queue_column(
    page: QueuePage, *, place: QueuePlace, people: People, current: UUID | None, user_id: int
) -> QueueColumn:
    """Put names and waiting times to a page of the queue, and mark the round that is open and the reader's own."""
    rows = []
    for item in page.items:
        days = labels.waiting_days(item.waiting_since)
        learner = people.name(item.owner_id)
        company = people.company(item.subject.company_id)
        rows.append(
            Row(
                url=place.item_url(item),
                who=company or learner,
                learner=learner if company else "",
                together=people.listed(item.with_ids),
                title=item.title,
                label=waiting.label_of(item=item),
                days=labels.waiting(days),
                is_long=days >= labels.LONG_WAIT_DAYS,
                is_late=item.late,
                is_current=item.subject.id == current,
                is_own=is_mine(item, user_id),
                is_gone=item.owner_id in people.gone,
            )
        )
    return QueueColumn(
        rows=tuple(rows),
        more_url=place.queue_url(page.next_after) if page.next_after else "",
        choices=_choices(place),
        is_mentors=place.waiting_for is WaitingFor.MENTOR,
        other_turn_url=place.turn_url(
            WaitingFor.STAFF if place.waiting_for is WaitingFor.MENTOR else WaitingFor.MENTOR
        ),
    )


def is_mine(item: QueueItem, user_id: int) -> bool:
    """Tell whether it is the reader's own work, alone or in a team."""
    return user_id in (item.owner_id, *item.with_ids)


def next_url(place: QueuePlace, *, done: UUID, user_id: int) -> str:
    """Return where to go on after ``done``: to the following item of the list, the one waiting longest, or the queue.

    The grader's own work is passed over: somebody else grades it.
    """
    items = _others(place, user_id)
    ids = [item.subject.id for item in items]
    if done in ids:
        position = ids.index(done)
        items = items[position + 1 :] + items[:position]
    if not items and place.after:
        items = [item for item in _others(replace(place, after=None), user_id) if item.subject.id != done]
    return place.item_url(items[0]) if items else place.queue_url()


def _others(place: QueuePlace, user_id: int) -> list[QueueItem]:
    return [item for item in queue_page(place, user_id).items if not is_mine(item, user_id)]


def _choices(place: QueuePlace) -> tuple[QueueChoice, ...]:
    return tuple(
        QueueChoice(value=str(usage_key), title=title, is_chosen=usage_key == place.assignment)
        for usage_key, title in assignments.assignments_of(course_key=place.course_key)
    )
