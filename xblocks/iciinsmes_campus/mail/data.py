"""What other rooms and pages see of the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from opaque_keys.edx.keys import CourseKey


@dataclass(frozen=True, slots=True)
class MailData:
    """One message to one receiver.

    ``html`` is empty where the message has no such version, ``course_key`` None where it belongs to no course run.
    """

    id: int
    sent_at: datetime
    course_key: CourseKey | None
    receiver: str
    sender: str
    subject: str
    body: str
    html: str


@dataclass(frozen=True, slots=True)
class MailPage:
    """A page of the outbox, newest first; ``older`` is the key of the next page, None at the end."""

    mails: tuple[MailData, ...]
    older: int | None
