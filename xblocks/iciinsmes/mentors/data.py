"""What the mentors room takes and hands out, and how a matter is written as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

#: Lengths in characters, as tables keep them and forms allow them.
MAX_NAME = 200
MAX_EMAIL = 254
MAX_ROLE = 100
MAX_CHANGE = 500
MAX_REMARK = 2_000
#: A question has to fit into a notice, beside who asks and how to answer.
MAX_QUESTION = 500


class RequestState(StrEnum):
    """Where a request stands; EXPIRED is never stored, it is OPEN after its time."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    SENT_BACK = "sent_back"
    REVOKED = "revoked"
    EXPIRED = "expired"


class MentorVerdict(StrEnum):
    """What a mentor decides."""

    CONFIRMED = "confirmed"
    SENT_BACK = "sent_back"


class TookPlace(StrEnum):
    """Whether it happened in the firm as described."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class MentorRole(StrEnum):
    """What a mentor is to the learner."""

    OWNER = "owner"
    SUPERIOR = "superior"
    ADVISER = "adviser"
    OTHER_OWNER = "other_owner"


@dataclass(frozen=True)
class MatterPiece:
    """A file that was handed in; ``file`` is its id, None in matters from before mentors could look at files."""

    name: str
    description: str = ""
    file: UUID | None = None
    is_picture: bool = False


@dataclass(frozen=True)
class Matter:
    """What a mentor reads before answering: a copy made when the mentor is asked, never grades or other people's work.

    ``checks`` are what the author wants the mentor to look at; ``answers`` are questions with the learner's
    texts, then what was handed in and is no file; ``evidence`` are the files. ``hours`` is the time at work, None if
    nobody wrote it down.
    """

    title: str
    learner: str
    company: str
    course: str
    handed_in_at: datetime
    hours: Decimal | None = None
    purpose: str = ""
    checks: tuple[str, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()
    evidence: tuple[MatterPiece, ...] = ()


@dataclass(frozen=True)
class MentorContact:
    """Whom a learner asks.

    ``email`` is empty when the link is only shown as a QR code; ``language`` is a code of `languages.offered`; ``role``
    is a value of `MentorRole`.
    """

    name: str
    email: str
    language: str
    role: str


@dataclass(frozen=True)
class RequestData:
    """A mentor was asked about a subject.

    ``state`` is a value of `RequestState`. ``link`` is the whole address that a mentor opens, empty once it opens
    nothing: whoever has it can answer, so it is shown to the learner only. ``coach_asked_at`` and ``coach_question``
    are what the mentor asked the coach last.
    """

    id: UUID
    subject: UUID
    subject_kind: str
    course_key: str
    contact: MentorContact
    state: str
    asked_by: int
    created_at: datetime
    expires_at: datetime
    opened_at: datetime | None
    reminded_at: datetime | None
    reminders: int
    link: str
    coach_asked_at: datetime | None = None
    coach_question: str = ""


@dataclass(frozen=True)
class MaySee:
    """Who may read what the mentor wrote; that there is an answer, and which, is no secret."""

    coach: bool = False
    teacher: bool = False
    course: bool = False


@dataclass(frozen=True)
class AnswerForm:
    """An answer as somebody has typed it; `rules.answer_errors` says what is wrong with it."""

    verdict: str = ""
    took_place: str = ""
    change: str = ""
    may_see: MaySee = MaySee()
    remark: str = ""
    name: str = ""
    role: str = ""


@dataclass(frozen=True)
class AnswerData:
    """The one answer about a subject.

    ``verdict`` is confirmed or sent_back, ``took_place`` yes, partly or no; ``change`` is one sentence; ``name`` and
    ``role`` are as typed. ``request`` is None when a coordinator signed for the mentor: then ``reason`` says why, and
    ``signed_for_by`` who it was unless that person is gone; ``on_paper`` tells that there is a signed form.
    """

    request: UUID | None
    subject: UUID
    subject_kind: str
    verdict: str
    took_place: str
    change: str
    may_see: MaySee
    remark: str
    name: str
    role: str
    answered_at: datetime
    on_paper: bool = False
    signed_for_by: int | None = None
    reason: str = ""

    def seen_by(self, viewer: str) -> AnswerData:
        """Return the answer as ``viewer`` (coach, teacher or course) may read it: without words that are not for it."""
        return self if getattr(self.may_see, viewer) else replace(self, change="", remark="")


@dataclass(frozen=True)
class SignOff:
    """Everything about one subject: whom the learner has asked, newest first, and the answer if there is one."""

    requests: tuple[RequestData, ...] = ()
    answer: AnswerData | None = None


@dataclass(frozen=True)
class Invitation:
    """What a link opens: the request, what it is about, and the subject's answer if there is one."""

    request: RequestData
    matter: Matter
    answer: AnswerData | None


def matter_to_json(matter: Matter) -> dict[str, Any]:
    """Write a matter as JSON."""
    return {
        "title": matter.title,
        "learner": matter.learner,
        "company": matter.company,
        "course": matter.course,
        "handed_in_at": matter.handed_in_at.isoformat(),
        "hours": None if matter.hours is None else str(matter.hours),
        "purpose": matter.purpose,
        "checks": list(matter.checks),
        "answers": [list(pair) for pair in matter.answers],
        "evidence": [_piece_to_json(piece) for piece in matter.evidence],
    }


def matter_from_json(content: Mapping[str, Any]) -> Matter:
    """Read what `matter_to_json` wrote."""
    return Matter(
        title=content["title"],
        learner=content["learner"],
        company=content["company"],
        course=content["course"],
        handed_in_at=datetime.fromisoformat(content["handed_in_at"]),
        hours=None if content["hours"] is None else Decimal(content["hours"]),
        purpose=content["purpose"],
        checks=tuple(content["checks"]),
        answers=tuple((question, text) for question, text in content["answers"]),
        evidence=tuple(_piece_from_json(piece) for piece in content["evidence"]),
    )


def _piece_to_json(piece: MatterPiece) -> dict[str, Any]:
    return {
        "name": piece.name,
        "description": piece.description,
        "file": None if piece.file is None else str(piece.file),
        "is_picture": piece.is_picture,
    }


def _piece_from_json(content: Mapping[str, Any] | list[str]) -> MatterPiece:
    if isinstance(content, list):
        # As it was written before mentors could look at files.
        return MatterPiece(name=content[0], description=content[1])
    return MatterPiece(
        name=content["name"],
        description=content["description"],
        file=None if content["file"] is None else UUID(content["file"]),
        is_picture=content["is_picture"],
    )
