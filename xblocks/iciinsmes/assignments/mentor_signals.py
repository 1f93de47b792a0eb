"""What happens at a mentor's, as it concerns a work: its state and its timeline."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from iciinsmes.mentors import errors as mentors_errors
from iciinsmes.mentors import signals
from iciinsmes.mentors.data import AnswerData, Matter, RequestData

from .data import ROUND, Verb
from .errors import NotAwaited, OwnWork, UnknownRound
from .grading import mark_opened
from .mentor_notices import tell_of_question
from .models import Round, Work
from .sign_offs import sign_off
from .transitions import locked_rounds, publish, record


def listen() -> None:
    """Connect the receivers."""
    signals.about_to_change.connect(_lock)
    signals.asked.connect(_asked)
    signals.reminded.connect(_reminded)
    signals.revoked.connect(_revoked)
    signals.link_opened.connect(_link_opened)
    signals.coach_asked.connect(_coach_asked)
    signals.answered.connect(_answered)


def _lock(subject: UUID, **_more: object) -> None:
    _locked(subject)


def _asked(request: RequestData, **_more: object) -> None:
    # A request about another kind of subject finds no rounds here, and so do all that follow.
    for work, row in _locked(request.subject):
        record(work, Verb.MENTOR_ASKED, round_number=row.number, note=request.contact.name, actor_id=request.asked_by)
        publish("iciinsmes.mentor.asked", work, work.assignment.usage_key, row.id)


def _reminded(request: RequestData, *, by_itself: bool, **_more: object) -> None:
    actor_id = None if by_itself else request.asked_by
    _record(request.subject, Verb.MENTOR_REMINDED, note=request.contact.name, actor_id=actor_id)


def _revoked(request: RequestData, **_more: object) -> None:
    _record(request.subject, Verb.LINK_REVOKED, note=request.contact.name, actor_id=request.asked_by)


def _link_opened(request: RequestData, **_more: object) -> None:
    # What a mentor has begun to read cannot be taken back any more.
    if Round.objects.filter(Q(id=request.subject) | Q(team=request.subject)).exists():
        mark_opened(round_id=request.subject)
        _record(request.subject, Verb.LINK_OPENED, actor_name=request.contact.name)


def _coach_asked(request: RequestData, matter: Matter, **_more: object) -> None:
    _record(request.subject, Verb.COACH_ASKED, actor_name=request.contact.name, note=request.coach_question)
    tell_of_question(request, matter)


def _answered(answer: AnswerData, *, user_id: int | None = None, **_more: object) -> None:
    if answer.subject_kind != ROUND:
        return
    if user_id is not None and any(work.owner_id == user_id for work, _row in _locked(answer.subject)):
        raise mentors_errors.OwnSignOff
    confirmed = answer.verdict == "confirmed"
    try:
        sign_off(
            round_id=answer.subject,
            confirmed=confirmed,
            by_name="" if answer.signed_for_by else answer.name,
            by_id=answer.signed_for_by,
            note="\n".join(filter(None, (answer.remark, answer.reason))),
        )
    except OwnWork as error:
        raise mentors_errors.OwnSignOff from error
    except (NotAwaited, UnknownRound) as error:
        raise mentors_errors.AnswerNotAwaited from error


def _record(subject: UUID, verb: Verb, *, note: str = "", actor_id: int | None = None, actor_name: str = "") -> None:
    """Add a line to the work's life."""
    for work, row in _locked(subject):
        record(work, verb, round_number=row.number, note=note, actor_id=actor_id, actor_name=actor_name)


def _locked(subject: UUID) -> list[tuple[Work, Round]]:
    """Return the locked works and rounds; a request about a round that was taken back has none any more."""
    try:
        return locked_rounds(subject)[0]
    except UnknownRound:
        return []
