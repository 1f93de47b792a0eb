"""A course that tracks completion, as learners meet it in their browsers and in the gradebook."""

from __future__ import annotations

from typing import Any

from completion.models import BlockCompletion
from completion.test_utils import CompletionWaffleTestMixin
from django.urls import reverse
from lms.djangoapps.grades.api import CourseGradeFactory

from .course import CourseTestCase


class LearningTestCase(CompletionWaffleTestMixin, CourseTestCase):
    """The learner of `CourseTestCase` is signed in."""

    def setUp(self) -> None:
        """Let the site track completion, as sites do."""
        super().setUp()
        self.override_waffle_switch(True)
        self.sign_in(self.learner)

    def sign_in(self, user: Any) -> None:
        """Let somebody else sit at the browser."""
        assert self.client.login(username=user.username, password=self.TEST_PASSWORD)

    def page_of(self, block: Any) -> str:
        """Return the page of a unit with the block, as the learning MFE frames it."""
        answer = self.client.get(reverse("render_xblock", args=[str(block.location)]))
        assert answer.status_code == 200, answer.content
        return str(answer.content.decode())

    def grade(self, user: Any = None) -> Any:
        """Return the grade in the course run, by default the learner's."""
        return CourseGradeFactory().read(user or self.learner, course_key=self.course.id)

    def score_of(self, block: Any, user: Any = None) -> tuple[float, float]:
        """Return the points of a block in the gradebook, earned and possible."""
        score = self.grade(user).problem_scores[block.location]
        return score.earned, score.possible

    def done(self, block: Any, user: Any = None) -> float | None:
        """Return how much of a block is completed, 0 to 1; None where nothing is known."""
        found = BlockCompletion.objects.filter(user=user or self.learner, block_key=block.location)
        return found.values_list("completion", flat=True).first()

    def clear(self, block: Any) -> None:
        """Delete the learner's state with the tool of instructors; somebody of the staff is signed in afterwards."""
        self.sign_in(self.teacher)
        sent = {
            "problem_to_reset": str(block.location),
            "unique_student_identifier": self.learner.username,
            "delete_module": True,
        }
        answer = self.client.post(reverse("reset_student_attempts", args=[str(self.course.id)]), sent)
        assert answer.status_code == 200, answer.content
