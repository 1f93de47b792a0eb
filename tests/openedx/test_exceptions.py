"""More time and waivers, granted at the desk by who has signed in, as the platform then shows and counts them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from common.djangoapps.student.models import CourseEnrollment
from common.djangoapps.student.tests.factories import UserFactory
from django.urls import reverse
from openedx.core.djangoapps.course_date_signals.handlers import extract_dates
from xmodule.modulestore.tests.factories import BlockFactory

from iciinsmes.assignments import api as assignments
from iciinsmes.companies import api as companies
from iciinsmes.platform import host

from .course import WEIGHT
from .learning import LearningTestCase
from .work import hand_in

SERVICE = "lms"
DUE = datetime(2100, 1, 1, 12, tzinfo=UTC)
OVER = datetime(2020, 1, 1, 12, tzinfo=UTC)


class ExceptionsTest(LearningTestCase):
    """A course run with two learners of one firm and one of none, whose unit everybody has opened."""

    def setUp(self) -> None:
        """Let the subsection be due, and everybody be there."""
        super().setUp()
        self.key = self.assignment.location
        self.colleague, self.other = self.another_learner(), self.another_learner()
        firm = companies.create_company(name="Nordlicht", country="de")
        for member in (self.learner, self.colleague):
            companies.join_company(company_id=firm.id, user_id=member.id, course_key=self.course.id)
        self.set_due(DUE)
        self.page_of(self.assignment)

    def another_learner(self) -> Any:
        user = UserFactory.create()
        CourseEnrollment.enroll(user, self.course.id)
        return user

    def set_due(self, moment: datetime) -> None:
        self.subsection.due = moment
        self.store.update_item(self.subsection, self.teacher.id)
        # In tests the platform does not do by itself what it does when an author publishes.
        extract_dates(None, self.course.id)

    def decide(self, **asked: Any) -> None:
        """Grant something on the page of the course run, as somebody of the staff."""
        self.sign_in(self.teacher)
        address = reverse("iciinsmes:desk-exceptions", args=[self.course.id])
        with self.captureOnCommitCallbacks(execute=True):
            answer = self.client.post(address, {"block": str(self.key), "reason": "Harvest.", **asked})
        assert answer.status_code == 302, answer.content


class MoreTimeTest(ExceptionsTest):
    """What was granted here counts wherever the platform's own date would."""

    def extend(self, **asked: Any) -> None:
        self.decide(kind="extend", days="7", **asked)

    def due(self, user: Any) -> datetime | None:
        return assignments.due_date(user_id=user.id, usage_key=self.key)

    def test_a_learner_sees_the_later_date_and_nobody_else_does(self) -> None:
        self.extend(scope="learner", who=self.learner.username)
        assert (self.due(self.learner), self.due(self.colleague)) == (DUE + timedelta(days=7), DUE)
        self.sign_in(self.learner)
        assert "Harvest." in self.page_of(self.assignment)
        self.sign_in(self.colleague)
        assert "Harvest." not in self.page_of(self.assignment)

    def test_a_firm_and_everybody(self) -> None:
        self.extend(scope="company", who="Nordlicht")
        assert (self.due(self.colleague), self.due(self.other)) == (DUE + timedelta(days=7), DUE)
        self.decide(kind="extend", days="3", scope="all")
        assert (self.due(self.colleague), self.due(self.other)) == (DUE + timedelta(days=7), DUE + timedelta(days=3))

    def test_what_came_late_is_late_no_longer_and_its_points_are_mended(self) -> None:
        self.set_due(OVER)
        self.sign_in(self.learner)
        self.page_of(self.assignment)
        row = hand_in(self.assignment, self.learner)
        assert assignments.rounds_by_id(round_ids=[row.id])[row.id].due_at == OVER
        until = (datetime.now(UTC) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
        self.decide(kind="extend", until=until, scope="learner", who=self.learner.username)
        mended = assignments.rounds_by_id(round_ids=[row.id])[row.id]
        assert mended.due_at is not None
        assert mended.due_at > mended.handed_in_at
        self.sign_in(self.learner)
        assert "lateness counted anew" in self.page_of(self.assignment)


class WaiverTest(ExceptionsTest):
    """What somebody need not do is neither 0 points nor a hole: the gradebook goes on without it."""

    def waive(self, user: Any) -> None:
        self.decide(kind="waive", scope="learner", who=user.username)

    def ask_after_all(self, user: Any) -> None:
        self.decide(kind="unwaive", owner=user.id)

    def book_the_rest(self, user: Any) -> None:
        """Let somebody reach everything in the exercise; the quiz stays untouched."""
        host().book_grade(user_id=user.id, usage_key=self.exercise.location, earned=Decimal(10), possible=Decimal(10))

    def total(self, user: Any) -> tuple[float, float]:
        ((section,),) = [chapter["sections"] for chapter in self.grade(user).chapter_grades.values()]
        return section.graded_total.earned, section.graded_total.possible

    def test_it_counts_nothing_of_nothing_and_is_done(self) -> None:
        self.book_the_rest(self.learner)
        assert self.total(self.learner) == (WEIGHT, 4 + 2 * WEIGHT)
        self.waive(self.learner)
        assert (self.score_of(self.assignment), self.done(self.assignment)) == ((0, 0), 1)
        assert self.total(self.learner) == (WEIGHT, 4 + WEIGHT)
        assert self.grade().percent == 0.71
        self.book_the_rest(self.colleague)
        assert self.total(self.colleague) == (WEIGHT, 4 + 2 * WEIGHT)

    def test_the_learner_reads_why(self) -> None:
        self.waive(self.learner)
        self.sign_in(self.learner)
        assert "Harvest." in self.page_of(self.assignment)

    def test_it_is_asked_for_after_all(self) -> None:
        self.book_the_rest(self.learner)
        self.waive(self.learner)
        self.ask_after_all(self.learner)
        assert (self.score_of(self.assignment), self.done(self.assignment)) == ((0, WEIGHT), None)
        assert self.total(self.learner) == (WEIGHT, 4 + 2 * WEIGHT)

    def test_a_result_after_that_counts_as_any_other(self) -> None:
        self.waive(self.learner)
        self.ask_after_all(self.learner)
        host().book_grade(user_id=self.learner.id, usage_key=self.key, earned=Decimal("8.33"), possible=Decimal(10))
        assert self.score_of(self.assignment) == (8.33, WEIGHT)

    def test_a_subsection_with_nothing_left_in_it_lowers_no_grade(self) -> None:
        alone = BlockFactory.create(
            parent=self.store.get_item(self.subsection.location).get_parent(),
            category="sequential",
            graded=True,
            format="Work",
        )
        unit = BlockFactory.create(parent=alone, category="vertical")
        task = BlockFactory.create(parent=unit, category="workplace_assignment", weight=WEIGHT)
        self.sign_in(self.learner)
        self.page_of(task)
        everything = {self.exercise.location: 10, self.key: 10, self.quiz.location: 4}
        for key, points in everything.items():
            host().book_grade(user_id=self.learner.id, usage_key=key, earned=Decimal(points), possible=Decimal(points))
        assert self.grade().percent == 0.5
        self.key = task.location
        self.waive(self.learner)
        assert self.grade().percent == 1

    def test_delete_learner_state_ends_it(self) -> None:
        self.waive(self.learner)
        self.clear(self.assignment)
        assert (self.score_of(self.assignment), self.done(self.assignment)) == ((0, WEIGHT), None)
        self.sign_in(self.learner)
        assert "Harvest." not in self.page_of(self.assignment)
