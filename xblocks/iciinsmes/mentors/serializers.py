"""From rows to data, and rows by their link."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from iciinsmes.lib.locks import locked

from . import links, signals
from .data import AnswerData, MaySee, MentorContact, RequestData, RequestState
from .errors import AlreadyAnswered, BadLink, Expired, Revoked
from .models import MentorAnswer, MentorRequest
from .rules import state_at


def request_data(row: MentorRequest, now: datetime | None = None) -> RequestData:
    """Return the request as it stands now."""
    state = state_at(row.state, row.expires_at, now or timezone.now())
    return RequestData(
        id=row.id,
        subject=row.subject,
        subject_kind=row.subject_kind,
        course_key=str(row.course_key),
        contact=MentorContact(name=row.name, email=row.email, language=row.language, role=row.role),
        state=state.value,
        asked_by=row.asked_by_id,
        created_at=row.created_at,
        expires_at=row.expires_at,
        opened_at=row.opened_at,
        reminded_at=row.reminded_at,
        reminders=row.reminders,
        link=links.link(row.id, row.nonce) if state is RequestState.OPEN else "",
        coach_asked_at=row.coach_asked_at,
        coach_question=row.coach_question,
    )


def answer_data(row: MentorAnswer) -> AnswerData:
    """Return the answer."""
    return AnswerData(
        request=row.request_id,
        subject=row.subject,
        subject_kind=row.subject_kind,
        verdict=str(row.verdict),
        took_place=str(row.took_place),
        change=row.change,
        may_see=MaySee(coach=row.coach_may_see, teacher=row.teacher_may_see, course=row.course_may_see),
        remark=row.remark,
        name=row.name,
        role=row.role,
        answered_at=row.answered_at,
        on_paper=row.on_paper,
        signed_for_by=row.signed_for_by_id,
        reason=row.reason,
    )


def by_token(token: str, *, lock: bool = False) -> MentorRequest:
    """Return the request that a link names, whatever has become of it; with ``lock``, inside a transaction.

    Raises:
        BadLink: there is none.
    """
    request_id, nonce = links.read(token)
    rows = locked(MentorRequest.objects) if lock else MentorRequest.objects
    row = rows.filter(pk=request_id).first()
    if row is None or not secrets.compare_digest(row.nonce, nonce):
        raise BadLink
    return row


def take_turn(subject: UUID) -> None:
    """Wait until nobody else is changing what the subject is; call it first in a transaction, before any lock."""
    signals.about_to_change.send(sender=RequestData, subject=subject)


def open_by_token(token: str) -> MentorRequest:
    """Return the locked request of a link that can still be answered; call it first in a transaction.

    Raises:
        BadLink: there is none.
        AlreadyAnswered: it has its answer.
        Revoked: it was withdrawn.
        Expired: its time is over.
    """
    take_turn(by_token(token).subject)
    # Read behind the lock: it may have been answered or withdrawn in between.
    row = by_token(token, lock=True)
    state = state_at(row.state, row.expires_at, timezone.now())
    if state is RequestState.REVOKED:
        raise Revoked
    if state is RequestState.EXPIRED:
        raise Expired
    if state is not RequestState.OPEN:
        raise AlreadyAnswered
    return row
