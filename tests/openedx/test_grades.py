"""Results of another person reach the gradebook as they are, and instructors' tools do what instructors expect."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from unittest.mock import patch

from completion.models import BlockCompletion
from completion.test_utils import CompletionWaffleTestMixin
from django.urls import reverse
from lms.djangoapps.courseware.models import StudentModule
from lms.djangoapps.grades.api import CourseGradeFactory

from iciinsmes.assignments import api as assignments
from iciinsmes.authoring.host_mixins import Points
from iciinsmes.platform import host

from .course import WEIGHT, CourseTestCase

SERVICE = "lms"


class GradesTest(CompletionWaffleTestMixin, CourseTestCase):
    """What `Host.book_grade` and `Host.forget_result` promise."""

    def setUp(self) -> None:
        """Let the site track completion, as sites do."""
        super().setUp()
        self.override_waffle_switch(True)

    def book(self, earned: str, possible: str = "10", block: Any = None) -> None:
        usage_key = (block or self.assignment).location
        host().book_grade(
            user_id=self.learner.id, usage_key=usage_key, earned=Decimal(earned), possible=Decimal(possible)
        )

    def total(self) -> tuple[float, float]:
        """Return the subsection's points as the gradebook shows them."""
        found = self.subsection_grade()
        return found.all_total.earned, found.all_total.possible

    def points_of(self, block: Any) -> tuple[float, float]:
        score = self.subsection_grade().problem_scores[block.location]
        return score.earned, score.possible

    def subsection_grade(self) -> Any:
        grade = CourseGradeFactory().read(self.learner, course_key=self.course.id)
        ((section,),) = [chapter["sections"] for chapter in grade.chapter_grades.values()]
        return section

    def test_the_gradebook_shows_the_points_and_not_a_hundredfold(self) -> None:
        self.book("8.33")
        assert self.points_of(self.assignment) == (8.33, WEIGHT)
        assert self.total() == (8.33, 4 + 2 * WEIGHT)

    def test_a_result_of_other_points_counts_with_the_blocks_weight(self) -> None:
        self.book("5", "6")
        earned, possible = self.points_of(self.assignment)
        assert (round(earned, 4), possible) == (8.3333, WEIGHT)

    def test_a_later_result_replaces_the_earlier_one_downwards_too(self) -> None:
        self.book("8")
        self.book("3.5")
        assert self.points_of(self.assignment) == (3.5, WEIGHT)

    def test_a_deleted_block_costs_nobody_anything(self) -> None:
        self.delete(self.assignment.location)
        self.book("8")

    def instructor(self, address: str, **more: Any) -> Any:
        self.client.login(username=self.teacher.username, password=self.TEST_PASSWORD)
        data = {"problem_to_reset": str(self.assignment.location), "unique_student_identifier": self.learner.username}
        return self.client.post(reverse(address, args=[str(self.course.id)]), {**data, **more})

    def test_delete_learner_state_succeeds_and_takes_points_and_completion_with_it(self) -> None:
        self.book("8")
        host().complete(user_id=self.learner.id, usage_key=self.assignment.location, fraction=1.0)
        answer = self.instructor("reset_student_attempts", delete_module=True)
        assert answer.status_code == 200, answer.content
        assert self.total() == (0, 4 + 2 * WEIGHT)
        assert not BlockCompletion.objects.filter(user=self.learner).exists()
        assert not StudentModule.objects.filter(student=self.learner).exists()

    def test_delete_learner_state_succeeds_before_anything_was_graded(self) -> None:
        answer = self.instructor("reset_student_attempts", delete_module=True)
        assert answer.status_code == 200, answer.content

    def test_reset_attempts_leaves_the_result(self) -> None:
        self.book("8")
        answer = self.instructor("reset_student_attempts", delete_module=False)
        assert answer.status_code == 200, answer.content
        assert self.points_of(self.assignment) == (8, WEIGHT)

    def test_an_override_counts_until_the_result_is_rescored(self) -> None:
        self.book("8")
        with patch.object(assignments, "result_points", return_value=Points(Decimal(8), Decimal(10))):
            assert self.instructor("override_problem_score", score="5").status_code == 200
            assert self.points_of(self.assignment) == (5, WEIGHT)
            assert self.instructor("rescore_problem", only_if_higher=False).status_code == 200
        assert self.points_of(self.assignment) == (8, WEIGHT)

    def test_rescoring_only_upwards_keeps_a_better_override(self) -> None:
        self.book("8")
        with patch.object(assignments, "result_points", return_value=Points(Decimal(8), Decimal(10))):
            assert self.instructor("override_problem_score", score="9").status_code == 200
            assert self.instructor("rescore_problem", only_if_higher=True).status_code == 200
        assert self.points_of(self.assignment) == (9, WEIGHT)
