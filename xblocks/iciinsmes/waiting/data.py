"""What the waiting room takes and hands out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from iciinsmes.subjects import Subject

#: Counts are exact up to here; what is more is shown as "1000+", so that a count costs the same in any course.
COUNTED_TO = 1000


class WaitingFor(StrEnum):
    """Who has to act next; nobody while it lies with its owner."""

    NOBODY = ""
    MENTOR = "mentor"
    STAFF = "staff"
    COACH = "coach"
    OWNER = "owner"


@dataclass(frozen=True)
class QueueItem:
    """One line of a queue: a subject that waits for somebody.

    ``owner_id`` is whose work it is, ``with_ids`` are those who share it. ``place`` is what a queue can be narrowed to,
    the key of a block or what else the kind calls a place; ``number`` counts rounds or what else repeats.
    """

    subject: Subject
    owner_id: int
    title: str
    waiting_since: datetime
    place: str = ""
    number: int = 0
    late: bool = False
    with_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class QueuePage:
    """One page of a queue, longest waiting first; ``next_after`` is None on the last page."""

    items: tuple[QueueItem, ...]
    next_after: str | None


@dataclass(frozen=True)
class QueueCounts:
    """How much of a course waits: for the staff, for the staff since more than ten days, and for a mentor.

    Each is exact up to `COUNTED_TO`, and one more than that for whatever is more.
    """

    waiting: int
    older_than_ten_days: int
    with_mentor: int


def capped(count: int) -> str:
    """Write a count as people read it: "1000+" for one that was not counted to its end."""
    return str(count) if count <= COUNTED_TO else f"{COUNTED_TO}+"
