"""What files, sign-offs, assessments and "what waits for whom" belong to, without a room knowing what it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from opaque_keys.edx.keys import CourseKey


@dataclass(frozen=True)
class Subject:
    """One thing that people work on: a learner's work, a round of it, a firm's project.

    ``kind`` is a word of the room that has it, which registers under it what others ask; ``course_key`` is the course
    run in which it is asked about, ``company_id`` the firm whose it is, None for none. Who owns or contributed is no
    property of a subject: each row that belongs to one names its person.
    """

    id: UUID
    kind: str
    course_key: CourseKey
    company_id: int | None = None


#: A subject, or what finds or makes it inside the transaction that adds to it.
SubjectOrMaker = Subject | Callable[[], Subject]


def made(subject: SubjectOrMaker) -> Subject:
    """Return the subject, made where it has to be."""
    return subject if isinstance(subject, Subject) else subject()
