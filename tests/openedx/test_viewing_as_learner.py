"""Staff who view the course as one learner see that learner's pages, and can change nothing by them."""

from __future__ import annotations

import json
from typing import Any

from common.djangoapps.student.models import CourseEnrollment
from django.urls import reverse

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.models import Draft, Work
from iciinsmes.audit_log import api as audit_log

from .course import CourseTestCase

SERVICE = "lms"
WORDS = "Eleven customers said that nobody calls back."


class ViewingAsLearnerTest(CourseTestCase):
    """What "View as: specific learner" promises."""

    def setUp(self) -> None:
        """Let the learner begin, and the teacher look through the learner's eyes."""
        super().setUp()
        self.key = self.assignment.location
        self.question = self.assignment.authored_task().questions[0].key
        self.page(self.learner, self.assignment)
        assignments.save_draft(
            user_id=self.learner.id,
            usage_key=self.key,
            answers={self.question: WORDS},
            hours=None,
            base_revision=0,
            own_work=True,
        )

    def page(self, user: Any, block: Any) -> str:
        self.client.login(username=user.username, password=self.TEST_PASSWORD)
        return self.shown(block)

    def shown(self, block: Any) -> str:
        answer = self.client.get(reverse("render_xblock", args=[str(block.location)]))
        assert answer.status_code == 200, answer.content
        return answer.content.decode()

    def view_as(self, username: str | None) -> None:
        self.client.login(username=self.teacher.username, password=self.TEST_PASSWORD)
        chosen = {"role": "student", "user_name": username} if username else {"role": "staff"}
        address = reverse("masquerade_update", args=[str(self.course.id)])
        answer = self.client.post(address, json.dumps(chosen), content_type="application/json")
        assert answer.json()["success"], answer.content

    def test_the_learners_words_are_shown_and_nothing_can_be_pressed(self) -> None:
        own = self.page(self.learner, self.assignment)
        assert WORDS in own
        assert "as this learner sees" not in own
        self.view_as(self.learner.username)
        shown = self.shown(self.assignment)
        assert WORDS in shown
        assert "as this learner sees" in shown
        assert "<fieldset disabled" in shown
        assert "iciinsmes/work.js" in own
        assert "iciinsmes/work.js" not in shown
        exercise = self.shown(self.exercise)
        assert "as this learner sees" in exercise
        assert "iciinsmes/exercises.js" not in exercise

    def test_looking_at_a_learner_who_has_done_nothing_leaves_no_trace_there(self) -> None:
        Work.objects.all().delete()
        self.view_as(self.learner.username)
        self.shown(self.assignment)
        assert not Work.objects.exists()

    def test_the_trail_tells_who_looked(self) -> None:
        self.view_as(self.learner.username)
        self.shown(self.assignment)
        (line,) = [line for line in audit_log.page_of(course_key=self.course.id).entries if line.verb == "work_opened"]
        assert (line.actor_id, line.person_id) == (self.teacher.id, self.learner.id)

    def test_nothing_is_changed_meanwhile_not_even_an_own_work(self) -> None:
        CourseEnrollment.enroll(self.teacher, self.course.id)
        self.page(self.teacher, self.assignment)
        address = reverse("iciinsmes:work-draft", args=[self.key])
        sent = {"revision": "0", f"answer-{self.question}": "Mine"}
        self.view_as(self.learner.username)
        answer = self.client.post(address, sent)
        assert answer.status_code == 403
        assert "as somebody else" in answer.json()["message"]
        assert not Draft.objects.filter(work__owner=self.teacher).exists()
        self.view_as(None)
        assert self.client.post(address, sent).status_code == 200
        assert WORDS in str(Draft.objects.get(work__owner=self.learner).answers)
        assert "as this learner sees" not in self.shown(self.assignment)
