"""The platform keeps what hosts promise."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from common.djangoapps.student.models import CourseEnrollment
from common.djangoapps.student.roles import CourseStaffRole
from common.djangoapps.student.tests.factories import UserFactory
from completion.models import BlockCompletion
from completion.test_utils import CompletionWaffleTestMixin
from lms.djangoapps.grades.api import CourseGradeFactory
from lms.djangoapps.instructor.views.tools import set_due_date_extension
from openedx.core.djangoapps.course_date_signals.handlers import extract_dates

from tests.hosts.contracts import DUE, HostContracts

from .course import CourseTestCase

SERVICE = "lms"


class OpenEdxContracts(CompletionWaffleTestMixin, CourseTestCase, HostContracts):
    """The contracts on a course in the platform's store."""

    __test__ = True

    def setUp(self) -> None:
        """Let the subsection be due, and the site track completion."""
        super().setUp()
        self.override_waffle_switch(True)
        self.course_key, self.usage_key = self.course.id, self.assignment.location
        self.gone_key = self.course.id.make_usage_key("workplace_assignment", "nowhere")
        self.set_due(self.subsection, DUE)

    def set_due(self, part: Any, until: datetime) -> None:
        part.due = until
        self.store.update_item(part, self.teacher.id)
        # In tests the platform does not do by itself what it does when an author publishes.
        extract_dates(None, self.course.id)

    def named(self, username: str, first: str, last: str) -> Any:
        return UserFactory.create(username=username, first_name=first, last_name=last)

    def enrol(self, user: Any) -> None:
        CourseEnrollment.enroll(user, self.course.id)

    def employ(self, user: Any) -> None:
        CourseStaffRole(self.course.id).add_users(user)

    def leave(self, user: Any) -> None:
        CourseEnrollment.unenroll(user, self.course.id)

    def extend(self, user: Any, until: datetime) -> None:
        course = self.store.get_course(self.course.id)
        subsection = self.store.get_item(self.subsection.location)
        set_due_date_extension(course, subsection, user, until, self.teacher)

    def set_own_due(self, until: datetime) -> None:
        self.set_due(self.assignment, until)

    def earned(self, user: Any) -> float | None:
        grade = CourseGradeFactory().read(user, course_key=self.course.id)
        ((section,),) = [chapter["sections"] for chapter in grade.chapter_grades.values()]
        score = section.problem_scores.get(self.usage_key)
        return None if score is None else score.earned

    def completion(self, user: Any) -> float:
        found = BlockCompletion.objects.filter(user=user, block_key=self.usage_key).values_list("completion", flat=True)
        return found.first() or 0.0
