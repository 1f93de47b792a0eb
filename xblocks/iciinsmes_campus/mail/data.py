"""What pages see of mail, what nobody but its receiver may see, and what can go wrong."""

from __future__ import annotations

import re
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


class MailError(Exception):
    """Base of this room's errors."""


class UnknownMail(MailError, LookupError):
    """There is no such mail, or not for this person."""


#: Who opens such a link sets somebody's password, or answers in a mentor's place.
_SECRET_LINKS = re.compile(r"(?P<start>/password/new/|/mentor/#?)[^\s\"'<>]+")


def without_secret_links(text: str) -> str:
    """Return the text of a mail as people other than its receiver may read it."""
    return _SECRET_LINKS.sub(r"\g<start>…", text)
