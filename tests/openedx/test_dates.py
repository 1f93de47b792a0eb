"""When work is due on the platform: dates of subsections, extensions of persons, blocks that are gone."""

from __future__ import annotations

from datetime import UTC, datetime

from common.djangoapps.student.tests.factories import CourseEnrollmentFactory, UserFactory
from django.db import connection
from django.test.utils import CaptureQueriesContext
from edx_django_utils.cache import RequestCache, TieredCache
from edx_when.api import set_date_for_block, set_dates_for_course

from iciinsmes.platform import host

from .course import CourseTestCase

SERVICE = "lms"

COMMON = datetime(2100, 1, 1, tzinfo=UTC)
EXTENDED = datetime(2100, 2, 1, tzinfo=UTC)


class DatesTest(CourseTestCase):
    """A subsection with a due date, as authors give one, which one of three learners may pass by a month."""

    def setUp(self) -> None:
        """Date the subsection, and let edx-when know, as publishing does."""
        super().setUp()
        self.subsection.due = COMMON
        self.store.update_item(self.subsection, self.teacher.id)
        set_dates_for_course(self.course.id, [(self.subsection.location, {"due": COMMON})])
        self.others = [UserFactory.create() for _each in range(2)]
        for user in self.others:
            CourseEnrollmentFactory.create(user=user, course_id=self.course.id)
        set_date_for_block(self.course.id, self.subsection.location, "due", EXTENDED, user=self.learner)
        self.forget()

    def forget(self) -> None:
        RequestCache.clear_all_namespaces()
        TieredCache.dangerous_clear_all_tiers()

    def test_the_date_of_the_subsection_counts_with_the_persons_extension(self) -> None:
        key = self.assignment.location
        assert host().due_date(self.learner.id, key) == EXTENDED
        assert host().due_date(self.others[0].id, key) == COMMON

    def test_many_are_asked_for_in_as_many_queries_as_two(self) -> None:
        key = self.assignment.location
        ids = [self.learner.id, *(user.id for user in self.others)]
        counts = []
        for asked in (ids[:2], ids):
            self.forget()
            with CaptureQueriesContext(connection) as queries:
                found = host().due_dates(asked, key)
            counts.append(len(queries))
            assert found == {user_id: EXTENDED if user_id == self.learner.id else COMMON for user_id in asked}
        assert counts[0] == counts[1]

    def test_an_extension_that_was_taken_back_counts_no_more(self) -> None:
        set_date_for_block(self.course.id, self.subsection.location, "due", None, user=self.learner)
        self.forget()
        ids = [self.learner.id, self.others[0].id]
        assert host().due_dates(ids, self.assignment.location) == dict.fromkeys(ids, COMMON)
        self.forget()
        assert host().due_date(self.learner.id, self.assignment.location) == COMMON

    def test_a_block_that_is_gone_is_due_for_nobody(self) -> None:
        gone = self.assignment.location
        self.delete(gone)
        assert host().due_dates([self.learner.id], gone) == {self.learner.id: None}
