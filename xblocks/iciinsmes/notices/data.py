"""What the notices room takes and hands out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from opaque_keys.edx.keys import CourseKey

#: Says in a mail which course run it belongs to, for hosts that keep what they send.
COURSE_HEADER = "X-ICIinSMEs-Course"


_TAKES_PART = gettext_lazy("You get this mail because you take part in this course.")


@dataclass(frozen=True)
class NoticeKind:
    """What a notice tells, and its words; a room brings its kinds with `api.register_kinds`.

    Args:
        key: is stored, at most 24 characters; never changes.
        headline: what happened in one line, with ``%(actor)s`` and ``%(title)s``; the subject of a mail too.
        next_step: what the receiver can do now.
        reason: why the receiver is told.
        actor: who acts where nobody is named.
        is_quiet: told in the inbox and in digests, never by a mail of its own: a teacher with forty learners would
            drown in them.
    """

    key: str
    headline: Promise
    next_step: Promise
    reason: Promise = _TAKES_PART
    actor: Promise | None = None
    is_quiet: bool = False

    def __str__(self) -> str:
        return self.key


class Mails(StrEnum):
    """When a person wants mails; the inbox has every notice in any case."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


@dataclass(frozen=True)
class NoticeData:
    """One line of the inbox, in the reader's language; ``course`` is the title of the course run.

    ``leads_on`` tells whether the reader may open the page that it is about.
    """

    id: int
    kind: NoticeKind
    headline: str
    detail: str
    course_key: CourseKey
    course: str
    created_at: datetime
    unread: bool
    leads_on: bool


@dataclass(frozen=True)
class InboxPage:
    """A page of the inbox, newest first; ``older`` is the key of the next page, None at the end."""

    notices: tuple[NoticeData, ...]
    older: int | None
