"""The campus' answers to what the add-on asks its host (`iciinsmes.platform.Host`)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from opaque_keys.edx.keys import CourseKey, UsageKey
from xblock.core import XBlock

from iciinsmes.platform import STAFF, CourseInfo, PersonInfo, Role, labelled
from iciinsmes.platform.events import Value, checked
from iciinsmes.platform.host import with_words
from iciinsmes_campus import worker
from iciinsmes_campus.accounts import api as accounts
from iciinsmes_campus.courseware import api as courseware
from iciinsmes_campus.learning import api as learning


class CampusHost:
    """The add-on's host outside of Open edX: courses from folders, people and results from the campus' own tables."""

    def roles(self, user_id: int, course_key: CourseKey) -> frozenset[Role]:
        """Return the person's roles in the course run; empty for a stranger. Cached for the request."""
        return learning.roles_of(user_id, course_key)

    def staffed_courses(self, user_id: int) -> list[CourseInfo]:
        """Return the course runs in which the person is teacher or coordinator, by title."""
        rows = [self.course(row.course_key) for row in learning.memberships_of(user_id) if row.role in STAFF]
        return sorted(rows, key=lambda course: course.title.casefold())

    def staff_ids(self, course_key: CourseKey, *, learner_id: int | None = None) -> list[int]:
        """Return the user ids of the course run's teachers and coordinators, ascending; all of them for any learner."""
        return learning.staff_ids(course_key)

    def limited_to(self, _user_id: int, _course_key: CourseKey) -> None:
        """Return None: every teacher sees the work of all learners of the course run."""

    def teachers_by_company(self, course_key: CourseKey) -> bool:
        """Tell whether the course's policy gives teachers their own firms."""
        try:
            return courseware.course(course_key).teachers_by_company
        except courseware.UnknownCourse:
            return False

    def may_have_reports(self, user_id: int, course_key: CourseKey) -> bool:
        """Tell whether the person may download reports on the course run: its coordinators."""
        return Role.COORDINATOR in self.roles(user_id, course_key)

    def course(self, course_key: CourseKey) -> CourseInfo:
        """Return what is shown about the course run; one whose folder has moved on to another run keeps the title.

        The key itself is the title of an unknown one.
        """
        try:
            return CourseInfo(key=course_key, title=courseware.course(course_key).title)
        except courseware.UnknownCourse:
            others = (each.title for each in courseware.courses() if each.key.course == course_key.course)
            return CourseInfo(key=course_key, title=next(others, str(course_key)))

    def ends_at(self, course_key: CourseKey) -> datetime | None:
        """Return when the course run ends; None for an unknown one."""
        try:
            return courseware.course(course_key).end
        except courseware.UnknownCourse:
            return None

    def names(self, user_ids: Collection[int]) -> dict[int, str]:
        """Return the display name of each existing user, in one query for all."""
        users = get_user_model().objects.filter(pk__in=set(user_ids))
        return {user.pk: user.get_full_name() or user.get_username() for user in users}

    def search_names(self, user_ids: Collection[int]) -> dict[int, str]:
        """Return full name and user name of each existing user, in one query for all."""
        users = get_user_model().objects.filter(pk__in=set(user_ids))
        return {user.pk: f"{user.get_full_name()} {user.get_username()}" for user in users}

    def people(self, user_ids: Collection[int], course_key: CourseKey) -> dict[int, PersonInfo]:
        """Return what lists of a course run show of each existing user, in one query for all."""
        users = list(learning.with_membership(get_user_model().objects.filter(pk__in=set(user_ids)), course_key))
        names = {user.pk: user.get_full_name() or user.get_username() for user in users}
        found = labelled(
            names,
            {user.pk: user.get_username() for user in users},
            {user.pk for user in users if user.has_namesake},
        )
        return {
            user.pk: PersonInfo(names[user.pk], found[user.pk], user.email, user.is_active, user.takes_part)
            for user in users
        }

    def learners(self, course_key: CourseKey, *, text: str = "") -> QuerySet[Any]:
        """See `Host.learners`."""
        return with_words(learning.learners(course_key), text, ("username", "email", "first_name", "last_name"))

    def known_names(self, user_id: int) -> frozenset[str]:
        """Return under what others may have written the person down: user name, mail address, name; in lower case."""
        user = get_user_model().objects.get(pk=user_id)
        written = (user.get_username(), user.email, user.get_full_name())
        return frozenset(text.casefold() for text in written if text)

    def language(self, user_id: int) -> str:
        """Return the language that the person has chosen or first signed in with, or the site's."""
        return accounts.language_of(user_id=user_id) or settings.LANGUAGE_CODE

    def languages(self, user_ids: Collection[int]) -> dict[int, str]:
        """Return `language` of each of these people, in one query."""
        chosen = accounts.languages_of(user_ids=user_ids)
        return {user_id: chosen.get(user_id, settings.LANGUAGE_CODE) for user_id in user_ids}

    def zone(self, _user_id: int) -> str:
        """Return none: accounts have no such choice, the browser's zone counts."""
        return ""

    def zone_seen(self, _user_id: int) -> str:
        """See `Host.zone_seen`; nobody notes it."""
        return ""

    def anonymous_id(self, user_id: int, course_key: CourseKey) -> str:
        """Return the id under which a third party may know the person in this course run."""
        return learning.anonymous_id(user_id, course_key)

    def user_for_anonymous_id(self, anonymous_id: str, course_key: CourseKey) -> int | None:
        """Return the member of the course run to whom `anonymous_id` gave this id, or None."""
        return learning.user_for_anonymous_id(anonymous_id, course_key)

    def looking_as_learner(self, _course_key: CourseKey) -> int | None:
        """Return None: on the campus everybody looks through the own eyes."""
        return None

    def may_open(self, user_id: int, usage_key: UsageKey) -> bool:
        """Tell whether the person may know the block now; who worked in a block that is gone reaches the own work."""
        try:
            return courseware.may_open(user_id, usage_key)
        except courseware.CoursewareError:
            return True

    def is_draft(self, _block: XBlock) -> bool:
        """Return no: what is saved here is what everybody sees."""
        return False

    def in_languages(self, block: XBlock) -> Mapping[str, XBlock]:
        """See `Host.in_languages`; the runtimes of the campus know the block's course, others only the block."""
        ask = getattr(block.runtime, "in_languages", None)
        return {"": block} if ask is None else ask(block)

    def titles_in_languages(self, usage_key: UsageKey) -> Mapping[str, str]:
        """See `Host.titles_in_languages`; courses are in memory."""
        return courseware.titles_in_languages(usage_key)

    def due_date(self, user_id: int, usage_key: UsageKey) -> datetime | None:
        """Return the moment (UTC) at which work in this block is due for this person, extensions included.

        An extension counts for the block it was given for and for everything below; the nearest one wins.
        """
        try:
            way = courseware.path_to(usage_key)
        except courseware.UnknownBlock:
            return None
        member = learning.membership_of(user_id=user_id, course_key=usage_key.course_key)
        extensions = member.extensions if member else {}
        own = (extensions[str(node.usage_key)] for node in reversed(way) if str(node.usage_key) in extensions)
        return next(own, way[-1].due)

    def due_dates(self, user_ids: Collection[int], usage_key: UsageKey) -> dict[int, datetime | None]:
        """Return `due_date` for each of the persons."""
        return {user_id: self.due_date(user_id, usage_key) for user_id in user_ids}

    def due_of_bound(self, block: XBlock, user_id: int) -> datetime | None:
        """Return `due_date`; blocks here hold what the author wrote, without extensions."""
        return self.due_date(user_id, block.usage_key)

    def absolute(self, path: str) -> str:
        """Return the whole address of a path of this campus, as mails need it."""
        return settings.ADDRESS + path

    def course_url(self, course_key: CourseKey) -> str:
        """Return the whole address of the course run's first page."""
        return self.absolute(reverse("campus:course", args=[course_key]))

    def block_url(self, usage_key: UsageKey) -> str:
        """Return the whole address of the page on which a learner sees the block, as mails need it."""
        return self.absolute(reverse("campus:block", args=[usage_key.course_key, usage_key]))

    def book_grade(self, *, user_id: int, usage_key: UsageKey, earned: Decimal, possible: Decimal) -> None:
        """Put a result of ``earned`` out of ``possible`` points (possible > 0) into the person's gradebook."""
        learning.book_grade(user_id=user_id, usage_key=usage_key, earned=earned, possible=possible)

    def excuse(self, *, user_id: int, usage_key: UsageKey) -> None:
        """Let the gradebook go on as if nothing could be earned in the block."""
        learning.excuse(user_id=user_id, usage_key=usage_key)

    def forget_result(self, *, user_id: int, usage_key: UsageKey) -> None:
        """Take grade and completion of this block from the person."""
        learning.forget_result(user_id=user_id, usage_key=usage_key)

    def complete(self, *, user_id: int, usage_key: UsageKey, fraction: float) -> None:
        """Record that the person has completed ``fraction`` (0 to 1) of the block."""
        learning.complete(user_id=user_id, usage_key=usage_key, fraction=fraction)

    def award_certificate(self, *, user_id: int, course_key: CourseKey) -> None:
        """Do nothing: the campus has no certificates of its own, those of the add-on are enough."""

    def withdraw_certificate(self, *, user_id: int, course_key: CourseKey, by_id: int | None, reason: str) -> None:
        """Do nothing, as `award_certificate` does."""

    def certificate_url(self, *, user_id: int, course_key: CourseKey) -> str:
        """Return none, as there are none."""
        return ""

    def defer(self, name: str, *ids: str | int) -> None:
        """Have a job done after the commit: by the worker of the open campus, or at once where none works."""
        # A function, because Django looks for its name when it logs a failure.
        transaction.on_commit(lambda: worker.take(name, ids), robust=True)

    def publish_event(self, name: str, data: Mapping[str, Value], course_key: CourseKey) -> None:
        """Append what happened to the log of the course run, beside what blocks report."""
        found = checked(name, data)
        user_id, usage_key = found.pop("user_id"), found.pop("usage_key", None)
        learning.log_event(
            user_id=int(user_id),
            course_key=course_key,
            usage_key=None if usage_key is None else UsageKey.from_string(str(usage_key)),
            name=name,
            data=found,
        )
