"""The only door to the trail. Lines are added and read; none is changed, except that people are forgotten."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from opaque_keys.edx.keys import CourseKey

from iciinsmes.personal import PersonalData

from .data import EntryData, TrailPage
from .models import TrailEntry

__all__ = [
    "PAGE_SIZE",
    "courses_of",
    "entries_of",
    "expire",
    "export_person",
    "forget_actor",
    "forget_person",
    "page_of",
    "record",
    "record_about",
]

PAGE_SIZE = 50
#: Lines that are rewritten at once when somebody is forgotten.
_BATCH = 500


def record(
    *,
    course_key: CourseKey,
    verb: str,
    actor_id: int | None,
    actor_name: str = "",
    person_id: int | None = None,
    subject: str,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Add a line, in one statement; called in the transaction of the deed, it stays or goes with it.

    Args:
        course_key: the course run in which it happened.
        verb: what was done, up to 40 characters, such as ``work_opened``.
        actor_id: who did it; None for somebody without an account.
        actor_name: the name of somebody without an account, such as a mentor.
        person_id: whom it is about, if anybody; may be the actor.
        subject: what it was done to, as kind and key such as ``work:17`` or ``round:<uuid>``; up to 100 characters.
        detail: JSON-able; names nobody and holds no id of a person, because only the columns are forgotten with one.
    """
    TrailEntry.objects.create(
        course_key=course_key,
        verb=verb,
        actor_id=actor_id,
        actor_name=actor_name[:255],
        person_id=person_id,
        subject=subject,
        detail=dict(detail or {}),
    )


def record_about(*, course_key: CourseKey, verb: str, actor_id: int | None, people: Iterable[tuple[int, str]]) -> None:
    """Add a line about each of several people, hundreds in one statement; see `record`.

    Args:
        course_key: the course run.
        verb: what was done.
        actor_id: who did it.
        people: whom it is about, each with the subject.
    """
    rows = [
        TrailEntry(course_key=course_key, verb=verb, actor_id=actor_id, person_id=person_id, subject=subject)
        for person_id, subject in people
    ]
    TrailEntry.objects.bulk_create(rows, batch_size=_BATCH)


def entries_of(*, subject: str, verbs: Collection[str] | None = None) -> tuple[EntryData, ...]:
    """Return all lines about one thing, oldest first, in one query.

    Args:
        subject: as it was recorded.
        verbs: only lines with one of these; None for all.
    """
    rows = TrailEntry.objects.filter(subject=subject)
    if verbs is not None:
        rows = rows.filter(verb__in=verbs)
    return tuple(_data(row) for row in rows.order_by("at", "id"))


def page_of(
    *,
    course_key: CourseKey,
    person_id: int | None = None,
    actor_id: int | None = None,
    verb: str | None = None,
    after: int | None = None,
    limit: int = PAGE_SIZE,
) -> TrailPage:
    """Return a page of the course run's trail, newest line first, in one query over an index at any length.

    Args:
        course_key: the course run.
        person_id: only lines about this person.
        actor_id: only lines of what this person did.
        verb: only lines with it.
        after: id of the last line of the page before.
        limit: lines on a page, at least 1.
    """
    rows = TrailEntry.objects.filter(course_key=course_key)
    if person_id is not None:
        rows = rows.filter(person_id=person_id)
    if actor_id is not None:
        rows = rows.filter(actor_id=actor_id)
    if verb is not None:
        rows = rows.filter(verb=verb)
    if after is not None:
        rows = rows.filter(id__lt=after)
    found = [_data(row) for row in rows.order_by("-id")[: limit + 1]]
    shown = tuple(found[:limit])
    return TrailPage(entries=shown, next_after=shown[-1].id if len(found) > limit else None)


def courses_of(*, user_id: int) -> tuple[CourseKey, ...]:
    """Return the course runs whose trail names the person, as actor or otherwise."""
    rows = TrailEntry.objects.filter(Q(actor_id=user_id) | Q(person_id=user_id))
    keys = rows.order_by("course_key").values_list("course_key", flat=True).distinct()
    return tuple(key for key in keys if key is not None)


def export_person(*, user_id: int, course_key: CourseKey | None = None) -> PersonalData:
    """Return what the trail says about the person, and what it says the person did; others are "somebody else".

    Args:
        user_id: the person.
        course_key: only this course run; None for all.
    """
    return PersonalData(tables={"trail": _lines(user_id, course_key)})


def forget_person(*, user_id: int, course_key: CourseKey | None = None) -> None:
    """Take the person out of every line; the line itself stays, because it is also about others.

    Texts that a line has beyond its verb go too, and a mentor's name with the learner it was given for; numbers stay,
    because another learner's timeline counts rounds by them.
    """
    rows = _rows_of(user_id, course_key)
    with transaction.atomic():
        _drop_texts(rows.exclude(detail={}))
        rows.update(actor_name="")
        # In this order each statement still finds its rows.
        rows.filter(actor_id=user_id).update(actor=None)
        rows.filter(person_id=user_id).update(person=None)


def forget_actor(*, name: str, person_id: int) -> None:
    """Take the name of somebody without an account, such as a mentor, out of the lines about one person."""
    TrailEntry.objects.filter(person_id=person_id, actor_id=None, actor_name=name).update(actor_name="")


def expire(*, before: datetime, dry_run: bool = False) -> int:
    """Remove the lines written before this moment and return how many; ``dry_run`` only counts them."""
    rows = TrailEntry.objects.filter(at__lt=before)
    return rows.count() if dry_run else rows.delete()[0]


def _drop_texts(rows: QuerySet[TrailEntry]) -> None:
    stream = rows.only("id", "detail").order_by("id").iterator(chunk_size=_BATCH)
    while batch := list(islice(stream, _BATCH)):
        for row in batch:
            row.detail = {key: value for key, value in row.detail.items() if isinstance(value, int)}
        TrailEntry.objects.bulk_update(batch, ["detail"])


def _rows_of(user_id: int, course_key: CourseKey | None) -> QuerySet[TrailEntry]:
    rows = TrailEntry.objects.filter(Q(actor_id=user_id) | Q(person_id=user_id))
    return rows if course_key is None else rows.filter(course_key=course_key)


def _lines(user_id: int, course_key: CourseKey | None) -> Iterator[Mapping[str, Any]]:
    for row in _rows_of(user_id, course_key).order_by("id").iterator():
        yield {
            "course": str(row.course_key),
            "at": row.at,
            "verb": row.verb,
            "by": _who(row.actor_id, user_id),
            "about": _who(row.person_id, user_id),
            # The kind of thing only: its key and details may be those of somebody else.
            "thing": row.subject.partition(":")[0],
        }


def _who(found: int | None, user_id: int) -> str | None:
    if found is None:
        return None
    return "you" if found == user_id else "somebody else"


def _data(row: TrailEntry) -> EntryData:
    return EntryData(
        id=row.id,
        course_key=row.course_key,
        at=row.at,
        verb=row.verb,
        actor_id=row.actor_id,
        actor_name=row.actor_name,
        person_id=row.person_id,
        subject=row.subject,
        detail=row.detail,
    )
