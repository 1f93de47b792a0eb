"""A result that is to go out at a moment: nothing of it before, and afterwards all that a release brings."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from freezegun import freeze_time

from iciinsmes import tasks
from iciinsmes.notices.models import Notice

from .course import WEIGHT
from .learning import LearningTestCase
from .work import hand_in

SERVICE = "lms"
WORDS = "Name who reads them."


class PlannedReleasesTest(LearningTestCase):
    """The teacher judges today, and lets the result go out tomorrow by what the beat sends."""

    def setUp(self) -> None:
        """Let the learner hand in, and the teacher judge it for later."""
        super().setUp()
        self.page_of(self.assignment)
        row = hand_in(self.assignment, self.learner)
        self.sign_in(self.teacher)
        self.address = reverse("iciinsmes:desk-round", args=[self.course.id, row.id])
        rubric = self.assignment.authored_task().rubric
        points = {f"points.{each.key}": str(each.levels[-1].points) for each in rubric.criteria}
        assert self.client.get(self.address).status_code == 200
        answer = self.client.post(self.address, {**points, "feedback": WORDS, "decision": "passed", "later": "1"})
        assert answer.status_code == 302, answer.content
        self.tomorrow = timezone.now() + timedelta(days=1)
        self.let_out(do="plan", round=str(row.id), at=self.tomorrow.strftime("%Y-%m-%dT%H:%M"))

    def let_out(self, **asked: str) -> None:
        address = reverse("iciinsmes:desk-let-out", args=[self.course.id])
        page = self.client.post(address, asked, follow=True)
        assert "goes out on" in page.content.decode()

    def beat(self) -> None:
        with self.captureOnCommitCallbacks(execute=True):
            tasks.do_job.delay("regular.notices", [])

    def told(self) -> int:
        return Notice.objects.filter(kind="passed", user=self.learner).count()

    def learners_page(self) -> Any:
        self.sign_in(self.learner)
        return self.page_of(self.assignment)

    def test_nothing_of_it_is_seen_before(self) -> None:
        self.beat()
        assert (self.score_of(self.assignment), self.told()) == ((0, WEIGHT), 0)
        assert WORDS not in self.learners_page()

    def test_at_the_moment_it_goes_out_once_with_points_and_words(self) -> None:
        with freeze_time(self.tomorrow + timedelta(minutes=1), tick=True):
            self.beat()
        with freeze_time(self.tomorrow + timedelta(minutes=7), tick=True):
            self.beat()
        assert (self.score_of(self.assignment), self.told()) == ((WEIGHT, WEIGHT), 1)
        assert WORDS in self.learners_page()
