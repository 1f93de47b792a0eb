"""A firm's project in units of the platform: shown, written on, done for all members, cleared."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from completion.models import BlockCompletion
from completion.test_utils import CompletionWaffleTestMixin
from django.urls import reverse
from lms.djangoapps.grades.api import CourseGradeFactory

from iciinsmes.companies import api as companies
from iciinsmes.projects import api
from iciinsmes.projects.data import Kind

from .course import CourseTestCase

SERVICE = "lms"
WORDS = "I took a day off for you, twice."


class ProjectsTest(CompletionWaffleTestMixin, CourseTestCase):
    """What the block `development_project` promises to a platform."""

    def setUp(self) -> None:
        """Put the learner into a firm, and two blocks into the unit."""
        super().setUp()
        self.override_waffle_switch(True)
        self.block = self.add("development_project", weight=5.0, part="customers")
        self.diary = self.add("development_project", weight=0.0, part="diary")
        firm = companies.create_company(name="Nordlicht", country="de", trade="Joinery")
        companies.join_company(company_id=firm.id, user_id=self.learner.id, course_key=self.course.id)
        self.client.login(username=self.learner.username, password=self.TEST_PASSWORD)

    def page_of(self, block: Any) -> str:
        answer = self.client.get(reverse("render_xblock", args=[str(block.location)]))
        assert answer.status_code == 200, answer.content
        return str(answer.content.decode())

    def write(self, **more: str) -> Any:
        """Send a customer's words as the block's form does."""
        project = api.open_project(user_id=self.learner.id, course_key=self.course.id)
        address = reverse("iciinsmes:project-entry-new", args=[self.course.id, project.id, Kind.CONTACT.value])
        content = {
            "entry_id": str(uuid4()),
            "on": "2026-09-20",
            "customer": "C014",
            "method": "phone",
            "words": WORDS,
        }
        with self.captureOnCommitCallbacks(execute=True):
            return self.client.post(address, {**content, **more})

    def test_it_is_shown_in_a_unit_and_one_project_in_all_of_them(self) -> None:
        assert "data-ici-project" in self.page_of(self.block)
        assert "data-ici-project" in self.page_of(self.diary)
        assert self.write().status_code == 302
        assert WORDS in self.page_of(self.block)

    def test_what_is_wrong_is_told_and_nothing_is_lost(self) -> None:
        answer = self.write(customer="petra@example.org")
        assert answer.status_code == 422, answer.content
        assert WORDS in answer.content.decode()

    def test_it_is_done_with_grade_and_completion_once_the_part_holds_something(self) -> None:
        self.page_of(self.block)
        self.write()
        done = BlockCompletion.objects.get(user=self.learner, block_key=self.block.location)
        assert done.completion == 1
        grade = CourseGradeFactory().read(self.learner, course_key=self.course.id)
        ((section,),) = [chapter["sections"] for chapter in grade.chapter_grades.values()]
        score = section.problem_scores[self.block.location]
        assert (score.earned, score.possible) == (5, 5)

    def test_a_stranger_reads_what_it_is_about(self) -> None:
        self.client.login(username=self.teacher.username, password=self.TEST_PASSWORD)
        assert "data-ici-project" not in self.page_of(self.block)
