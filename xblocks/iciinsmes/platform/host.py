"""The small interface between the add-on and the platform it runs in.

Everything that the add-on must ask or tell its host goes through `Host`. Two implementations exist: Open edX's in
`iciinsmes.platform.openedx`, and the campus' in `iciinsmes_campus.host`. The setting ``ICIINSMES_HOST`` names the one
in use.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache, reduce
from operator import or_
from typing import Any, Protocol

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string
from opaque_keys.edx.keys import CourseKey, UsageKey
from xblock.core import XBlock

from iciinsmes.lib.mail_addresses import visible
from iciinsmes.lib.other_languages import best_of
from iciinsmes.platform.events import Value


class Role(StrEnum):
    """What a person is in one course run."""

    LEARNER = "learner"
    TEACHER = "teacher"
    COORDINATOR = "coordinator"


#: Nobody writes more words of a name, and each is a condition.
_MOST_WORDS = 5

#: Who grades in a course run, and sees its desk.
STAFF = frozenset({Role.TEACHER, Role.COORDINATOR})


@dataclass(frozen=True)
class CourseInfo:
    """What a page of the add-on shows about a course run."""

    key: CourseKey
    title: str


@dataclass(frozen=True)
class PersonInfo:
    """A person as lists of a course run show it.

    ``label`` is the name, followed by the user name where somebody else in the list or the course has the same name.
    ``takes_part`` tells whether the person still learns or works in the course run.
    """

    name: str
    label: str
    email: str
    is_active: bool
    takes_part: bool


class Host(Protocol):
    """Questions and orders to the platform; every method may be called inside a database transaction."""

    def roles(self, user_id: int, course_key: CourseKey) -> frozenset[Role]:
        """Return the person's roles in the course run; empty for a stranger."""

    def staffed_courses(self, user_id: int) -> list[CourseInfo]:
        """Return the course runs in which the person is teacher or coordinator, by title."""

    def staff_ids(self, course_key: CourseKey, *, learner_id: int | None = None) -> list[int]:
        """Return the user ids of the course run's teachers and coordinators, ascending.

        With a learner, without teachers who are limited to others (`limited_to`).
        """

    def limited_to(self, user_id: int, course_key: CourseKey) -> QuerySet[Any] | None:
        """Return the only users whose work a teacher of the course run may see, unevaluated; None for no such limit."""

    def teachers_by_company(self, course_key: CourseKey) -> bool:
        """Tell whether the course lets teachers who coach firms see the people of these only; see `companies`."""

    def may_have_reports(self, user_id: int, course_key: CourseKey) -> bool:
        """Tell whether the person may download reports on the course run, without teaching in it."""

    def course(self, course_key: CourseKey) -> CourseInfo:
        """Return what is shown about the course run; the key itself is the title of an unknown one."""

    def ends_at(self, course_key: CourseKey) -> datetime | None:
        """Return the moment at which the course run ends; None where none is given."""

    def names(self, user_ids: Collection[int]) -> dict[int, str]:
        """Return the display name of each existing user; the number of queries does not grow with them."""

    def search_names(self, user_ids: Collection[int]) -> dict[int, str]:
        """Return by what each existing user is looked for, name and user name in one text; one query for all."""

    def people(self, user_ids: Collection[int], course_key: CourseKey) -> dict[int, PersonInfo]:
        """Return what lists of a course run show of each existing user, in the same number of queries for any."""

    def learners(self, course_key: CourseKey, *, text: str = "") -> QuerySet[Any]:
        """Return the accounts of all who learn in the course run, unevaluated, also those who have not begun.

        Each word of the text is part of name, user name or mail address.
        """

    def known_names(self, user_id: int) -> frozenset[str]:
        """Return under what others may have written the person down: user name, mail addresses, name; in lower case.

        While the host removes an account, these are the ones it had before.
        """

    def language(self, user_id: int) -> str:
        """Return the person's language as a Django language code, or the site's."""

    def languages(self, user_ids: Collection[int]) -> dict[int, str]:
        """Return `language` of each of these people, in one query."""

    def zone(self, user_id: int) -> str:
        """Return the name of the zone that the person has chosen for times, such as "Europe/Berlin"; empty for none."""

    def zone_seen(self, user_id: int) -> str:
        """Return in which zone the person's browser was of late, which may be no zone; empty where nobody notes it."""

    def anonymous_id(self, user_id: int, course_key: CourseKey) -> str:
        """Return the id under which a third party may know the person in this course run."""

    def user_for_anonymous_id(self, anonymous_id: str, course_key: CourseKey) -> int | None:
        """Return the user to whom `anonymous_id` gave this id, or None for an unknown one."""

    def looking_as_learner(self, course_key: CourseKey) -> int | None:
        """Return who really sits at the browser where staff look at the course run through one learner's eyes.

        None everywhere else. In a block the current user is then that learner, on pages of the add-on it is the staff.
        """

    def may_open(self, user_id: int, usage_key: UsageKey) -> bool:
        """Tell whether the person may know the block now: neither it nor a part around it is for staff only or to come.

        Staff of the course run may always, and a block that is gone is nobody's secret. Whether the person takes part
        in the course run at all is a question to `roles`.
        """

    def is_draft(self, block: XBlock) -> bool:
        """Tell whether the block was read for an author's preview, with content that learners may never get."""

    def in_languages(self, block: XBlock) -> Mapping[str, XBlock]:
        """Return the block by language as the course's languages have it, and its author's own under an empty one.

        A language in which it reads the same may be missing. The block itself stands alone where a course has one
        language; else what is returned knows no person, and is there to be read and frozen.
        """

    def titles_in_languages(self, usage_key: UsageKey) -> Mapping[str, str]:
        """Return the block's title in its course's languages by code, without a query; empty where there is one only.

        The author's own stands under an empty code.
        """

    def due_date(self, user_id: int, usage_key: UsageKey) -> datetime | None:
        """Return the moment (UTC) at which work in this block is due for this person, extensions included.

        None where nothing is due, and for a block that is gone.
        """

    def due_dates(self, user_ids: Collection[int], usage_key: UsageKey) -> dict[int, datetime | None]:
        """Return `due_date` for each of the persons, in as few queries as the host can."""

    def due_of_bound(self, block: XBlock, user_id: int) -> datetime | None:
        """Return `due_date` of a block that is bound to this person: hosts that bind dates as well need no query."""

    def absolute(self, path: str) -> str:
        """Return the whole address of a path of this site, as mails need it."""

    def course_url(self, course_key: CourseKey) -> str:
        """Return the whole address of the course run's first page."""

    def block_url(self, usage_key: UsageKey) -> str:
        """Return the address of the page on which a learner sees the block."""

    def book_grade(self, *, user_id: int, usage_key: UsageKey, earned: Decimal, possible: Decimal) -> None:
        """Put a result of ``earned`` out of ``possible`` points (possible > 0) into the person's gradebook.

        Whoever calls it: the grade is the learner's, not the current user's.
        """

    def excuse(self, *, user_id: int, usage_key: UsageKey) -> None:
        """Let the gradebook go on for this person as if nothing could be earned in the block: that is not 0 points.

        `book_grade` and `forget_result` end it.
        """

    def forget_result(self, *, user_id: int, usage_key: UsageKey) -> None:
        """Take grade and completion of this block from the person; nothing happens where there is none."""

    def complete(self, *, user_id: int, usage_key: UsageKey, fraction: float) -> None:
        """Record that the person has completed ``fraction`` (0 to 1) of the block."""

    def award_certificate(self, *, user_id: int, course_key: CourseKey) -> None:
        """Ask the host to give its own certificate of the course run to the person; nothing where it has none.

        A certificate of the add-on is valid without it. Asking again changes nothing.
        """

    def withdraw_certificate(self, *, user_id: int, course_key: CourseKey, by_id: int | None, reason: str) -> None:
        """Take the host's own certificate of the course run from the person; nothing happens where there is none.

        Args:
            user_id: whose it is.
            course_key: the course run.
            by_id: who of the staff decided it; None for somebody who is forgotten.
            reason: for the staff.
        """

    def certificate_url(self, *, user_id: int, course_key: CourseKey) -> str:
        """Return the address of the host's own certificate of the person, empty where there is none."""

    def defer(self, name: str, *ids: str | int) -> None:
        """Have a job (`on_job`) done after the commit, outside of the request of whoever is served now.

        Nothing is promised: a queue may lose it, or hand it out twice. So a job claims what it does, and something that
        runs regularly does what was left. An error in it never is the caller's.

        Args:
            name: of the job.
            ids: what it is called with; no names and no texts, because queues are logged.
        """

    def publish_event(self, name: str, data: Mapping[str, Value], course_key: CourseKey) -> None:
        """Publish what happened in a course run, once it is committed.

        Args:
            name: one of `iciinsmes.platform.events.EVENTS`.
            data: exactly the fields that the list names.
            course_key: the course run.

        Raises:
            ValueError: the event is not in the list, or its fields are others.
        """


@cache
def host() -> Host:
    """Return the host named by the setting ``ICIINSMES_HOST``."""
    implementation: Host = import_string(settings.ICIINSMES_HOST)()
    return implementation


@dataclass(frozen=True)
class Title:
    """What a block is called: by its author, and by language where it is called otherwise."""

    own: str
    others: Mapping[str, str]

    def __str__(self) -> str:
        """Return it in the active language."""
        return self.read_in(None)

    def read_in(self, language: str | None) -> str:
        """Return it as readers of a language read it; None for the active one."""
        found = best_of(self.others, language)
        return self.own if found is None else self.others[found]


def block_title(usage_key: UsageKey | None, own: str) -> Title:
    """Return what a block is called now.

    Args:
        usage_key: the block.
        own: its title as a table keeps it; the host's word for its author's counts more.
    """
    titles = host().titles_in_languages(usage_key) if usage_key is not None else {}
    return Title(titles.get("", own), titles)


def course_title(course_key: CourseKey) -> Title:
    """Return what a course run is called."""
    return block_title(course_key.make_usage_key("course", "course"), host().course(course_key).title)


#: The room above that knows says so when the app starts; so this package needs not know what an assignment is.
_askers: list[Callable[[CourseKey], bool]] = []


def ask_use(asker: Callable[[CourseKey], bool]) -> None:
    """Ask this function too from now on; once said is enough."""
    if asker not in _askers:
        _askers.append(asker)


def is_used(course_key: CourseKey) -> bool:
    """Tell whether the course run uses the add-on, as far as a desk is needed: a site has many others."""
    return any(asker(course_key) for asker in _askers)


def labels(user_ids: Collection[int], course_key: CourseKey) -> dict[int, str]:
    """Return what each existing user is called in a list of the course run, so that no two are called the same."""
    found = host().people(user_ids, course_key) if user_ids else {}
    return {user_id: person.label for user_id, person in found.items()}


def told_apart(name: str, username: str) -> str:
    """Return what somebody is called in a list where there are several of the name."""
    return f"{name} ({username})"


def labelled(names: Mapping[int, str], usernames: Mapping[int, str], shared: Collection[int]) -> dict[int, str]:
    """Return names, with the user name behind those of which there are several.

    Args:
        names: by user id.
        usernames: by user id.
        shared: whose name somebody has who is not among them.
    """
    count = Counter(visible(name).casefold() for name in names.values())
    return {
        user_id: told_apart(name, usernames[user_id])
        if name != usernames[user_id] and (user_id in shared or count[visible(name).casefold()] > 1)
        else name
        for user_id, name in names.items()
    }


def with_words(rows: QuerySet[Any], text: str, columns: Collection[str]) -> QuerySet[Any]:
    """Return the rows in which each word of the text is part of one of the columns, unevaluated."""
    for word in text.split()[:_MOST_WORDS]:
        rows = rows.filter(reduce(or_, (Q(**{f"{column}__icontains": word}) for column in columns)))
    return rows
