"""The queue as the left column and the phone's first page show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from opaque_keys.edx.keys import CourseKey

from iciinsmes.assignments.data import ROUND
from iciinsmes.companies import api as companies
from iciinsmes.platform import host
from iciinsmes.projects import api as projects
from iciinsmes.waiting import api as waiting
from iciinsmes.waiting.data import MentorWord, Progress, QueueItem, QueuePage, WaitingFor

from . import claims, labels
from .people import People
from .queue_filter import QueueFilter, narrowing, read_filter


@dataclass(frozen=True)
class QueuePlace:
    """Where in the queue a grader is: the course run, what the queue is narrowed to, and the page by key.

    ``everywhere`` tells that the queue is that of all course runs of the grader; ``course_key`` is then that of the
    work beside it, None without one.
    """

    course_key: CourseKey | None
    chosen: QueueFilter
    after: str | None
    everywhere: bool = False

    def queue_url(self, after: str | None = None) -> str:
        """Return the address of the queue with the same filter."""
        return self._path() + self._query(after, with_all=False)

    def round_url(self, round_id: UUID) -> str:
        """Return the address of a round, from which the way back leads here."""
        return reverse("iciinsmes:desk-round", args=[self.course_key, round_id]) + self._query(self.after)

    def draft_url(self, round_id: UUID) -> str:
        """Return the address that keeps the draft of a round's assessment."""
        return reverse("iciinsmes:desk-draft", args=[self.course_key, round_id]) + self._query(self.after)

    def part_url(self, name: str, *arguments: object) -> str:
        """Return an address below the course run, from which the way back leads here."""
        return reverse(f"iciinsmes:{name}", args=[self.course_key, *arguments]) + self._query(self.after)

    def reopen_url(self, round_id: UUID) -> str:
        """Return the address that grants another round."""
        return reverse("iciinsmes:desk-reopen", args=[self.course_key, round_id]) + self._query(self.after)

    def waiting_url(self, name: str, subject_id: UUID) -> str:
        """Return an address of something that is done with what waits, from which the way back leads here."""
        return reverse(f"iciinsmes:{name}", args=[self.course_key, subject_id]) + self._query(self.after)

    def item_url(self, item: QueueItem) -> str:
        """Return the address where what waits is acted on, from which the way back leads here."""
        return waiting.address_of(item=item) + self._query(self.after)

    def turn_url(self, waiting_for: WaitingFor) -> str:
        """Return the address of the same list with what waits for somebody else."""
        turn = "" if waiting_for is WaitingFor.STAFF else waiting_for.value
        return self.with_filter(replace(self.chosen, turn=turn)).queue_url()

    def find_url(self) -> str:
        """Return the address of the queue with everything that it can be narrowed to beside it."""
        return f"{self._path()}?{urlencode({**self.chosen.values, 'find': '1'})}"

    def with_filter(self, chosen: QueueFilter) -> QueuePlace:
        """Return the beginning of the queue with another filter."""
        return replace(self, chosen=chosen, after=None)

    def _path(self) -> str:
        if self.everywhere or self.course_key is None:
            return reverse("iciinsmes:desk-all")
        return reverse("iciinsmes:desk-queue", args=[self.course_key])

    def _query(self, after: str | None, *, with_all: bool = True) -> str:
        values = {**self.chosen.values, "all": "1" if self.everywhere and with_all else "", "after": after or ""}
        given = {name: value for name, value in values.items() if value}
        return f"?{urlencode(given)}" if given else ""


@dataclass(frozen=True)
class Reach:
    """What of which course runs a grader's queue has.

    ``limits`` has for some of them the only users whose work is the grader's, unevaluated, ``times`` for each how long
    an answer may take, ``titles`` the names of the runs where there are several. ``reader_id`` is the grader.
    """

    limits: Mapping[CourseKey, QuerySet[Any]]
    times: Mapping[CourseKey, projects.AnswerTime]
    titles: Mapping[CourseKey, str]
    reader_id: int

    @property
    def overdue_before(self) -> dict[CourseKey, datetime]:
        """By course run the moment before which what waits for the staff is overdue."""
        return {key: each.overdue_before for key, each in self.times.items()}

    def is_overdue(self, item: QueueItem, waiting_for: WaitingFor) -> bool:
        """Tell whether the staff should have answered."""
        return (
            waiting_for is WaitingFor.STAFF and item.waiting_since < self.times[item.subject.course_key].overdue_before
        )


@dataclass(frozen=True)
class QueueRow:
    """One line of what waits."""

    url: str
    who: str
    learner: str
    together: str
    course: str
    title: str
    label: str
    days: str
    is_overdue: bool
    is_late: bool
    is_confirmed: bool
    is_begun: bool
    has_question: bool
    is_ready: bool
    claimed: str
    allocated: str
    staff_url: str
    is_current: bool
    is_own: bool
    is_gone: bool


@dataclass(frozen=True)
class QueueColumn:
    """One page of what waits and the way to the next."""

    rows: tuple[QueueRow, ...]
    more_url: str
    is_cut: bool
    turn: WaitingFor
    staff_url: str
    mentor_url: str


def read_place(course_key: CourseKey | None, query: QueryDict) -> QueuePlace:
    """Read where the grader is; what means nothing in this course run counts as everything."""
    everywhere = course_key is None or query.get("all") == "1"
    chosen = read_filter({name: str(value) for name, value in query.dict().items()}, None if everywhere else course_key)
    return QueuePlace(course_key=course_key, chosen=chosen, after=query.get("after") or None, everywhere=everywhere)


def reach_of(place: QueuePlace, user_id: int) -> Reach:
    """Return whose work of which course runs the grader's queue has."""
    if place.course_key is not None and not place.everywhere:
        titles, keys = {}, [place.course_key]
    else:
        titles = {course.key: course.title for course in host().staffed_courses(user_id)}
        keys = list(titles)
    found = {key: companies.limited_to(user_id=user_id, course_key=key) for key in keys}
    limits = {key: users for key, users in found.items() if users is not None}
    return Reach(limits=limits, times=projects.answer_times(course_keys=keys), titles=titles, reader_id=user_id)


def queue_page(place: QueuePlace, reach: Reach) -> QueuePage:
    """Return the page of the queue at this place, with what is the reader's to grade."""
    keys = list(reach.times)
    return waiting.queue_across(
        course_keys=keys,
        narrowed=narrowing(place.chosen, keys, reach.overdue_before, reader_id=reach.reader_id),
        limits=reach.limits,
        after=place.after,
    )


def queue_column(
    page: QueuePage,
    *,
    place: QueuePlace,
    reach: Reach,
    people: People,
    current: UUID | None,
    user_id: int,
) -> QueueColumn:
    """Put names and waiting times to a page of the queue, and mark the round that is open and the reader's own.

    Args:
        page: of the queue.
        place: where in it.
        reach: whose queue it is.
        people: names of who is on the page.
        current: the id of the round that is open.
        user_id: the reader.
    """
    turn = place.chosen.turns_to
    rows = []
    for item in page.items:
        learner = people.name(item.owner_id)
        rows.append(
            QueueRow(
                url=place.item_url(item),
                who=item.company or learner,
                learner=learner if item.company else "",
                together=people.listed(item.with_ids),
                course=reach.titles.get(item.subject.course_key, ""),
                title=str(item.title),
                label=waiting.label_of(item=item),
                days=labels.waiting(labels.waiting_days(item.waiting_since)),
                is_overdue=reach.is_overdue(item, turn),
                is_late=item.late,
                is_confirmed=item.word is MentorWord.CONFIRMED,
                is_begun=item.progress is Progress.BEGUN,
                has_question=item.has_question,
                is_ready=item.progress is Progress.READY,
                claimed=claims.claimed_words(item.claim, people, user_id),
                allocated=claims.allocated_words(item, people, user_id),
                staff_url=_staff_url(place, item, user_id),
                is_current=item.subject.id == current,
                is_own=is_mine(item, user_id),
                is_gone=item.owner_id in people.gone,
            )
        )
    return QueueColumn(
        rows=tuple(rows),
        more_url=place.queue_url(page.next_after) if page.next_after else "",
        is_cut=page.is_cut,
        turn=turn,
        staff_url=place.turn_url(WaitingFor.STAFF),
        mentor_url=place.turn_url(WaitingFor.MENTOR),
    )


def _staff_url(place: QueuePlace, item: QueueItem, user_id: int) -> str:
    """Return where something is claimed and allocated whose own page, of a room below, has no place for it."""
    if item.subject.kind == ROUND or item.is_blind or is_mine(item, user_id):
        return ""
    here = replace(place, course_key=item.subject.course_key)
    return here.waiting_url("desk-allocate", item.subject.id)


def is_mine(item: QueueItem, user_id: int) -> bool:
    """Tell whether it is the reader's own work, alone or in a team."""
    return user_id in (item.owner_id, *item.with_ids)


def next_url(place: QueuePlace, *, done: UUID, user_id: int) -> str:
    """Return where to go on after ``done``: to the following item of the list, the one waiting longest, or the queue.

    The grader's own work is passed over, because somebody else grades it; so is what a colleague has in hand, and what
    the grader is done with.
    """
    reach = reach_of(place, user_id)
    items = _others(place, reach, user_id)
    ids = [item.subject.id for item in items]
    if done in ids:
        position = ids.index(done)
        items = items[position + 1 :] + items[:position]
    if not items and place.after:
        items = [item for item in _others(replace(place, after=None), reach, user_id) if item.subject.id != done]
    return place.item_url(items[0]) if items else place.queue_url()


def _others(place: QueuePlace, reach: Reach, user_id: int) -> list[QueueItem]:
    return [item for item in claims.open_to(queue_page(place, reach).items, user_id) if not is_mine(item, user_id)]


def people_on(place: QueuePlace, page: QueuePage) -> list[int]:
    """Return the user ids of who is on a page, and of the coach and the colleague by whom it is narrowed."""
    coach = [int(place.chosen.coach)] if place.chosen.coach else []
    colleague = [int(place.chosen.allocated)] if place.chosen.allocated.isdecimal() else []
    staff = [user_id for item in page.items for user_id in claims.staff_on(item)]
    return [*coach, *colleague, *staff, *(each for item in page.items for each in (item.owner_id, *item.with_ids))]


def companies_on(page: QueuePage) -> dict[int, str]:
    """Return the names of the firms on a page by their ids."""
    return {item.subject.company_id: item.company for item in page.items if item.subject.company_id is not None}
