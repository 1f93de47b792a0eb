"""What the notices room takes and hands out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from opaque_keys.edx.keys import CourseKey

#: Says in a mail which course run it belongs to, for hosts that keep what they send.
COURSE_HEADER = "X-ICIinSMEs-Course"


class Kind(StrEnum):
    """What a notice tells; `words` has the text of each, and `rules.QUIET` says which are not mailed one by one."""

    HANDED_IN = "handed_in"
    SENT_BACK = "sent_back"
    SIGNED = "signed"
    PASSED = "passed"
    REVISE = "revise"
    REOPENED = "reopened"
    DUE_SOON = "due_soon"
    LINK_EXPIRING = "link_expiring"
    MENTOR_ASKS_COACH = "mentor_asks_coach"
    MESSAGE = "message"
    ERASURE_ASKED = "erasure_asked"
    TEAM_HANDED_IN = "team_handed_in"
    TEAM_WITHDRAWN = "team_withdrawn"


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
    kind: Kind
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
