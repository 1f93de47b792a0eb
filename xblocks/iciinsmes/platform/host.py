"""The small interface between the add-on and the platform it runs in.

Everything that the add-on must ask or tell its host goes through `Host`. Two implementations exist: Open edX's in
`iciinsmes.platform.openedx`, and the campus' in `iciinsmes_campus.host`. The setting ``ICIINSMES_HOST`` names the one
in use.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from opaque_keys.edx.keys import CourseKey, UsageKey


class Role(StrEnum):
    """What a person is in one course run."""

    LEARNER = "learner"
    TEACHER = "teacher"
    COORDINATOR = "coordinator"


#: Who grades in a course run, and sees its desk.
STAFF = frozenset({Role.TEACHER, Role.COORDINATOR})


@dataclass(frozen=True)
class CourseInfo:
    """What a page of the add-on shows about a course run."""

    key: CourseKey
    title: str


class Host(Protocol):
    """Questions and orders to the platform; every method may be called inside a database transaction."""

    def roles(self, user_id: int, course_key: CourseKey) -> frozenset[Role]:
        """Return the person's roles in the course run; empty for a stranger."""

    def staffed_courses(self, user_id: int) -> list[CourseInfo]:
        """Return the course runs in which the person is teacher or coordinator, by title."""

    def staff_ids(self, course_key: CourseKey) -> list[int]:
        """Return the user ids of the course run's teachers and coordinators, ascending."""

    def course(self, course_key: CourseKey) -> CourseInfo:
        """Return what is shown about the course run; the key itself is the title of an unknown one."""

    def names(self, user_ids: Collection[int]) -> dict[int, str]:
        """Return the display name of each existing user; the number of queries does not grow with them."""

    def written_as(self, user_id: int) -> frozenset[str]:
        """Return under what others may have written the person down: user name, mail addresses, name; in lower case.

        While the host removes an account, these are the ones it had before.
        """

    def language(self, user_id: int) -> str:
        """Return the person's language as a Django language code, or the site's."""

    def anonymous_id(self, user_id: int, course_key: CourseKey) -> str:
        """Return the id under which a third party may know the person in this course run."""

    def user_behind(self, anonymous_id: str, course_key: CourseKey) -> int | None:
        """Return the user to whom `anonymous_id` gave this id, or None for an unknown one."""

    def due_date(self, user_id: int, usage_key: UsageKey) -> datetime | None:
        """Return the moment (UTC) at which work in this block is due for this person, extensions included."""

    def absolute(self, path: str) -> str:
        """Return the whole address of a path of this site, as mails need it."""

    def block_url(self, usage_key: UsageKey) -> str:
        """Return the address of the page on which a learner sees the block."""

    def book_grade(self, *, user_id: int, usage_key: UsageKey, earned: Decimal, possible: Decimal) -> None:
        """Put a result of ``earned`` out of ``possible`` points (possible > 0) into the person's gradebook.

        Whoever calls it: the grade is the learner's, not the current user's.
        """

    def forget_result(self, *, user_id: int, usage_key: UsageKey) -> None:
        """Take grade and completion of this block from the person; nothing happens where there is none."""

    def complete(self, *, user_id: int, usage_key: UsageKey, fraction: float) -> None:
        """Record that the person has completed ``fraction`` (0 to 1) of the block."""


@cache
def host() -> Host:
    """Return the host named by the setting ``ICIINSMES_HOST``."""
    implementation: Host = import_string(settings.ICIINSMES_HOST)()
    return implementation
