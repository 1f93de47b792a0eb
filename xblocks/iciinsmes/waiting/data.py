"""What the waiting room takes and hands out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from opaque_keys.edx.keys import CourseKey

from iciinsmes.platform import Title
from iciinsmes.subjects import Subject

#: Counts are exact up to here; what is more is shown as "1000+", so that a count costs the same in any course.
COUNTED_TO = 1000
#: The same for each choice of a filter, of which a page has many.
CHOICES_COUNTED_TO = 99


class WaitingFor(StrEnum):
    """Who has to act next; nobody while it lies with its owner."""

    NOBODY = ""
    MENTOR = "mentor"
    STAFF = "staff"
    COACH = "coach"
    OWNER = "owner"


class Progress(StrEnum):
    """How far whoever has to act has come: nobody has looked, somebody has, an assessment is begun, or can go out."""

    NEW = "new"
    OPENED = "opened"
    BEGUN = "begun"
    READY = "ready"


class MentorWord(StrEnum):
    """Where a mentor's word stands: none is wanted, it has not come yet, or it is given."""

    NONE = ""
    OPEN = "open"
    CONFIRMED = "confirmed"


#: Stands for nobody where a queue is narrowed to what is allocated to one person.
NOBODY_ID = 0


@dataclass(frozen=True)
class Claim:
    """Who has what waits in hand, and until when, unless the person goes on working on it."""

    user_id: int
    until: datetime


@dataclass(frozen=True)
class Narrowing:
    """What a queue is narrowed to; everything by default.

    ``allocated_to`` is the only person whose it is, `NOBODY_ID` for what is allocated to nobody.
    ``since_before`` is by course run the moment before which something began to wait, ``company_ids`` are the firms of
    which it is one, ``text`` are beginnings of words in the names of its people. The rest is as in `QueueItem`.
    """

    waiting_for: WaitingFor = WaitingFor.STAFF
    place: str = ""
    kind: str = ""
    progress: Progress | None = None
    word: MentorWord | None = None
    language: str = ""
    late: bool = False
    since_before: Mapping[CourseKey, datetime] | None = None
    company_ids: Collection[int] | None = None
    text: str = ""
    allocated_to: int | None = None


@dataclass(frozen=True)
class QueueItem:
    """One line of a queue: a subject that waits for somebody.

    ``owner_id`` is whose work it is, ``with_ids`` are those who share it. ``place`` is what a queue can be narrowed to,
    the key of a block or what else the kind calls a place; ``number`` counts rounds or what else repeats. ``language``
    is the owner's, a Django language code; ``company`` the name of the firm, empty for none. ``has_question`` says that
    its owner has asked something that nobody has answered. ``claim`` has run out for None; ``allocated_to`` is whose of
    the staff it is. While ``is_blind`` both are None and ``progress`` says nothing.
    """

    subject: Subject
    owner_id: int
    title: Title
    waiting_since: datetime
    place: str = ""
    number: int = 0
    late: bool = False
    with_ids: tuple[int, ...] = ()
    progress: Progress = Progress.NEW
    word: MentorWord = MentorWord.NONE
    language: str = ""
    company: str = ""
    has_question: bool = False
    claim: Claim | None = None
    allocated_to: int | None = None
    is_blind: bool = False


@dataclass(frozen=True)
class QueuePage:
    """One page of a queue, longest waiting first; ``next_after`` is None on the last page.

    ``is_cut`` tells that not everything was looked through: there may be more, or any at all, behind ``next_after``, or
    among more people of a name than are looked for.
    """

    items: tuple[QueueItem, ...]
    next_after: str | None
    is_cut: bool = False


@dataclass(frozen=True)
class QueueCounts:
    """How much of a course waits: for the staff, for the staff since before a moment, and for a mentor.

    Each is exact up to `COUNTED_TO`, and one more than that for whatever is more. ``oldest`` is since when the first
    waits for the staff, None where nothing does.
    """

    waiting: int
    overdue: int
    with_mentor: int
    oldest: datetime | None = None


def capped(count: int, limit: int = COUNTED_TO) -> str:
    """Write a count as people read it: "1000+" for one that was not counted to its end."""
    return str(count) if count <= limit else f"{limit}+"
