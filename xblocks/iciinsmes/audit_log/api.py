"""The only door to the trail. Lines are added and read; none is changed, except that people are forgotten."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib import paging

from .data import AuditLine, TrailPage
from .labels import (
    VERBS,
    detail_words,
    register_details,
    register_subjects,
    register_veil,
    register_verbs,
    subject_words,
    veiled,
    verb_words,
)
from .models import AuditLogEntry
from .retirement import forget_actor

__all__ = [
    "PAGE_SIZE",
    "VERBS",
    "detail_words",
    "entries_of",
    "forget_actor",
    "page_of",
    "record",
    "record_about",
    "register_details",
    "register_subjects",
    "register_veil",
    "register_verbs",
    "subject_words",
    "verb_words",
]

PAGE_SIZE = 50
#: Lines that are written at once.
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
        verb: what was done, such as ``work_opened``; a room has given words to it (`register_verbs`).
        actor_id: who did it; None for somebody without an account.
        actor_name: the name of somebody without an account, such as a mentor.
        person_id: whom it is about, if anybody; may be the actor.
        subject: what it was done to, as kind and key such as ``work:17`` or ``round:<uuid>``; up to 100 characters.
        detail: JSON-able; names nobody and holds no id of a person, because only the columns are forgotten with one.

    Raises:
        UnknownKey: no room has given words to the verb.
    """
    _known(verb)
    AuditLogEntry.objects.create(
        course_key=course_key,
        verb=verb,
        actor_id=actor_id,
        actor_name=actor_name[:255],
        person_id=person_id,
        subject=subject,
        detail=dict(detail or {}),
    )


def record_about(
    *,
    course_key: CourseKey,
    verb: str,
    actor_id: int | None,
    people: Iterable[tuple[int, str]],
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Add a line about each of several people, hundreds in one statement; see `record`.

    Args:
        course_key: the course run.
        verb: what was done.
        actor_id: who did it.
        people: whom it is about, each with the subject.
        detail: the same for all.

    Raises:
        UnknownKey: no room has given words to the verb.
    """
    _known(verb)
    rows = [
        AuditLogEntry(
            course_key=course_key,
            verb=verb,
            actor_id=actor_id,
            person_id=person_id,
            subject=subject,
            detail=dict(detail or {}),
        )
        for person_id, subject in people
    ]
    AuditLogEntry.objects.bulk_create(rows, batch_size=_BATCH)


def entries_of(*, subject: str, verbs: Collection[str] | None = None) -> tuple[AuditLine, ...]:
    """Return all lines about one thing, oldest first, in one query.

    Args:
        subject: as it was recorded.
        verbs: only lines with one of these; None for all.
    """
    rows = AuditLogEntry.objects.filter(subject=subject)
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

    Of what two judge without knowing of each other, nobody is told who opened it before both are done: such lines name
    nobody, and are left out where lines of one person are asked for. One query more where a page has any.

    Args:
        course_key: the course run.
        person_id: only lines about this person.
        actor_id: only lines of what this person did.
        verb: only lines with it.
        after: id of the last line of the page before.
        limit: lines on a page, at least 1.
    """
    rows = AuditLogEntry.objects.filter(course_key=course_key)
    if person_id is not None:
        rows = rows.filter(person_id=person_id)
    if actor_id is not None:
        rows = rows.filter(actor_id=actor_id)
    if verb is not None:
        rows = rows.filter(verb=verb)
    found, is_more = paging.page_of(rows, "-id", after=None if after is None else (after,), limit=limit)
    entries = _behind_veils(tuple(map(_data, found)), drop=actor_id is not None)
    return TrailPage(entries=entries, next_after=found[-1].id if is_more else None)


def _behind_veils(entries: tuple[AuditLine, ...], *, drop: bool) -> tuple[AuditLine, ...]:
    """Take the names of those away who are not to be known yet, or the whole lines."""
    blind = {entry.subject for entry in entries if entry.detail.get("blind")}
    hidden = veiled(blind) if blind else set()
    shown = []
    for entry in entries:
        if entry.subject not in hidden or not entry.detail.get("blind"):
            shown.append(entry)
        elif not drop:
            name = _("one of two who judge without knowing of each other")
            shown.append(replace(entry, actor_id=None, actor_name=name))
    return tuple(shown)


def _known(verb: str) -> None:
    """Refuse a line that nobody could read."""
    VERBS[verb]


def _data(row: AuditLogEntry) -> AuditLine:
    return AuditLine(
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
