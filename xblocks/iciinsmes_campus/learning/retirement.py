"""What the campus keeps about one person's learning: handed out, erased, and how long the log of events is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import simplejson
from django.db import transaction
from django.db.models import QuerySet
from edx_django_utils.cache import RequestCache
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.lib.locks import locked
from iciinsmes.lib.personal_data import PersonalData
from iciinsmes_campus.scrubbing import scrub_when_committed

from .models import BlockState, Completion, Grade, Membership, TrackingEvent
from .rules import without_contribution
from .state import merge_state

#: Scope of what all learners of a block share, as XBlock names it.
_SHARED = "user_state_summary"
_OWN = "user_state"


def export_person(*, user_id: int, course_key: CourseKey | None = None) -> PersonalData:
    """Return courses and roles, answers to quizzes and other state of blocks, what was done, results, and events.

    Args:
        user_id: the person.
        course_key: only this course run, without the membership, which does not end with an erasure there; None for
            all, and for what belongs to none.
    """
    tables: dict[str, Iterator[Mapping[str, Any]]] = {
        "answers": _answers(user_id, course_key),
        "done": _done(_of_run(Completion.objects.filter(user_id=user_id), course_key)),
        "results": _results(_of_run(Grade.objects.filter(user_id=user_id), course_key)),
        "events": _events(_of_run(TrackingEvent.objects.filter(user_id=user_id), course_key)),
    }
    if course_key is None:
        tables["courses"] = _courses(Membership.objects.filter(user_id=user_id))
    return PersonalData(tables=tables)


def forget_person(*, user_id: int, course_key: CourseKey | None = None) -> None:
    """Remove the person's state, completion, results and events, and what the person put into common clouds and polls.

    In one course run the membership stays: who takes part is said on the page of people. Everywhere it goes too.
    """
    with transaction.atomic():
        for row in _states(user_id, course_key):
            if row.scope == _OWN:
                _take_back(row)
            row.delete()
        for table in (Completion, Grade, TrackingEvent):
            _of_run(table.objects.filter(user_id=user_id), course_key).delete()
        if course_key is None:
            Membership.objects.filter(user_id=user_id).delete()
            RequestCache("campus.memberships").delete(user_id)


def courses_of(*, user_id: int) -> set[CourseKey]:
    """Return the course runs in which the person has done something; only taking part leaves nothing yet."""
    found = {_run_of(row) for row in BlockState.objects.filter(user_id=user_id).only("place")}
    for table in (Completion, Grade, TrackingEvent):
        found.update(table.objects.filter(user_id=user_id).values_list("course_key", flat=True).distinct())
    return {key for key in found if key is not None}


def expire_events(*, before: datetime, dry_run: bool = False) -> int:
    """Remove the events from before this moment and return how many; ``dry_run`` only counts them."""
    rows = TrackingEvent.objects.filter(created_at__lt=before)
    if dry_run:
        return rows.count()
    scrub_when_committed()
    return rows.delete()[0]


def _take_back(row: BlockState) -> None:
    """Take a person's words or vote out of what all learners of the block have said together."""
    shared = locked(BlockState.objects).filter(user=None, scope=_SHARED, place=row.place).first()
    if shared is None:
        return
    changes = without_contribution(own=simplejson.loads(row.values), shared=simplejson.loads(shared.values))
    if changes:
        merge_state(user_id=None, place=(_SHARED, row.place), changes=changes)


def _states(user_id: int, course_key: CourseKey | None) -> Iterator[BlockState]:
    """Yield the person's rows; those that belong to no course run only where all are meant."""
    for row in BlockState.objects.filter(user_id=user_id).order_by("id"):
        if course_key is None or _run_of(row) == course_key:
            yield row


def _run_of(row: BlockState) -> CourseKey | None:
    try:
        return UsageKey.from_string(row.place).course_key
    except InvalidKeyError:
        return None


def _of_run(rows: QuerySet[Any], course_key: CourseKey | None) -> QuerySet[Any]:
    return rows if course_key is None else rows.filter(course_key=course_key)


def _answers(user_id: int, course_key: CourseKey | None) -> Iterator[Mapping[str, Any]]:
    for row in _states(user_id, course_key):
        yield {"where": row.place, "kind": row.scope, "at": row.updated_at, "values": simplejson.loads(row.values)}


def _done(rows: QuerySet[Completion]) -> Iterator[Mapping[str, Any]]:
    for row in rows.order_by("id").iterator():
        yield {"where": str(row.usage_key), "at": row.updated_at, "share": row.fraction}


def _results(rows: QuerySet[Grade]) -> Iterator[Mapping[str, Any]]:
    for row in rows.order_by("id").iterator():
        yield {"where": str(row.usage_key), "at": row.updated_at, "earned": row.earned, "possible": row.possible}


def _events(rows: QuerySet[TrackingEvent]) -> Iterator[Mapping[str, Any]]:
    for row in rows.order_by("id").iterator():
        yield {"where": str(row.usage_key or row.course_key), "at": row.created_at, "what": row.name, "more": row.data}


def _courses(rows: QuerySet[Membership]) -> Iterator[Mapping[str, Any]]:
    for row in rows.order_by("id").iterator():
        yield {"course": str(row.course_key), "role": row.role, "since": row.created_at, "own_dates": row.extensions}
