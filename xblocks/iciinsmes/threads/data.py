"""What the room of threads takes and hands out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from iciinsmes.subjects import Subject

#: Characters of one message.
MAX_TEXT = 5_000
#: An own message can be changed so long after it was written; afterwards it may have been read and answered.
CHANGEABLE = timedelta(minutes=15)
#: Messages of a page.
PAGE = 20


class Side(StrEnum):
    """Who speaks: those whose work it is, or those who accompany it."""

    LEARNER = "learner"
    STAFF = "staff"


@dataclass(frozen=True)
class Speaker:
    """What a person may do in a thread: speak on a side.

    ``subject`` is what is asked about, ``others`` are those of colleagues who do it together: a message belongs to all.
    ``with_ids`` are these colleagues, for the staff the learner too, and ``title`` is what it is about;
    ``with_coach`` says that coaches read it as well.
    """

    side: Side
    subject: Subject
    title: str
    others: tuple[UUID, ...] = ()
    with_ids: tuple[int, ...] = ()
    with_coach: bool = False

    @property
    def subjects(self) -> tuple[UUID, ...]:
        """Everything that a message is written about."""
        return (self.subject.id, *self.others)


@dataclass(frozen=True)
class MessageData:
    """One message; the text of one that was deleted is gone.

    ``author_id`` is None for an account that is gone; ``is_changeable`` and ``is_own`` are for the reader.
    """

    id: int
    author_id: int | None
    side: Side
    text: str
    written_at: datetime
    changed_at: datetime | None
    is_deleted: bool
    is_own: bool
    is_changeable: bool


@dataclass(frozen=True)
class ThreadPage:
    """A page of a thread, oldest first; ``before`` leads to the earlier ones, None where there are none."""

    messages: tuple[MessageData, ...]
    before: int | None


@dataclass(frozen=True)
class ThreadData:
    """How a thread stands: how many messages it has, and since when a learner's question has no answer."""

    count: int = 0
    question_since: datetime | None = None
    last_side: Side | None = None


#: How a thread without a message stands.
SILENCE = ThreadData()
