"""Sessions of a course run, and who was there: a list that teachers tick."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.audit_log import api as audit_log

from .data import Presence, SessionData
from .errors import UnknownSession
from .models import Attendance, TrainingSession

#: A course of a year with a session each week has fewer.
MOST_SESSIONS = 100


def sessions_of(*, course_key: CourseKey) -> tuple[SessionData, ...]:
    """Return the sessions of a run by day, with how many were there or made up for it, in one query."""
    rows = TrainingSession.objects.filter(course_key=course_key).annotate(count=Count("attendances"))
    return tuple(SessionData(row.id, row.held_on, row.title, row.count) for row in rows.order_by("held_on", "id"))


def session_of(*, session_id: int, course_key: CourseKey) -> SessionData:
    """Return a session of this run.

    Raises:
        UnknownSession: there is none.
    """
    rows = TrainingSession.objects.filter(pk=session_id, course_key=course_key).annotate(count=Count("attendances"))
    row = rows.order_by("id").first()
    if row is None:
        raise UnknownSession(session_id)
    return SessionData(row.id, row.held_on, row.title, row.count)


def add_session(*, course_key: CourseKey, held_on: date, title: str) -> SessionData:
    """List a session; the same day and title again is the same session, so a double click adds one.

    Args:
        course_key: the run.
        held_on: its day.
        title: what it is about, 1 to 200 characters.
    """
    row, _is_new = TrainingSession.objects.get_or_create(course_key=course_key, held_on=held_on, title=title)
    return SessionData(row.id, row.held_on, row.title)


def remove_session(*, session_id: int, course_key: CourseKey) -> None:
    """Take a session out of the list; one that is gone already is none.

    Raises:
        UnknownSession: somebody was ticked in it meanwhile, so that it did take place.
    """
    with transaction.atomic():
        row = TrainingSession.objects.filter(pk=session_id, course_key=course_key).first()
        if row is not None:
            if row.attendances.exists():
                raise UnknownSession(session_id)
            row.delete()


def presences_in(*, session_id: int, learner_ids: Collection[int]) -> dict[int, Presence]:
    """Return which of these learners were in a session or made up for it, in one query."""
    rows = Attendance.objects.filter(session_id=session_id, learner_id__in=learner_ids)
    return {row.learner_id: Presence(row.is_replaced, row.note) for row in rows}


def mark(
    *,
    session_id: int,
    course_key: CourseKey,
    by_id: int,
    changes: Mapping[int, Presence | None],
) -> int:
    """Write down who was in a session, who made up for it, and with None who was not; return how many have changed.

    Only learners that are named are touched, so two teachers who tick different people do not undo each other.

    Args:
        session_id: the session.
        course_key: its run.
        by_id: a teacher who may see these learners; that is the caller's to ask.
        changes: by learner.

    Raises:
        UnknownSession: the run has no such session.
    """
    session_of(session_id=session_id, course_key=course_key)
    changed = []
    with transaction.atomic():
        before = presences_in(session_id=session_id, learner_ids=list(changes))
        for learner_id, wanted in changes.items():
            if wanted == before.get(learner_id):
                continue
            changed.append(learner_id)
            if wanted is None:
                Attendance.objects.filter(session_id=session_id, learner_id=learner_id).delete()
                continue
            Attendance.objects.update_or_create(
                session_id=session_id,
                learner_id=learner_id,
                defaults={
                    "is_replaced": wanted.is_replaced,
                    "note": wanted.note[:200],
                    "marked_by_id": by_id,
                    "marked_at": timezone.now(),
                },
            )
        audit_log.record_about(
            course_key=course_key,
            verb="presence_marked",
            actor_id=by_id,
            people=[(learner_id, f"session:{session_id}") for learner_id in changed],
        )
    return len(changed)
