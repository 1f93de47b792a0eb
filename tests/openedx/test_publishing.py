"""What learners work on is what an author has published, from that moment on; a preview changes nothing for them."""

from __future__ import annotations

import pytest
from django.conf import settings
from xmodule.modulestore import ModuleStoreEnum
from xmodule.modulestore.django import modulestore

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.errors import UnknownAssignment
from iciinsmes.exercises import api as exercises
from iciinsmes.exercises.errors import UnknownExercise

from .course import CourseTestCase

IS_STUDIO = settings.ROOT_URLCONF.startswith("cms.")


class PublishingTest(CourseTestCase):
    """What an author does in Studio, and what the add-on knows afterwards."""

    ENABLED_SIGNALS = ["course_published"]

    def title(self) -> str:
        return assignments.current_task(usage_key=self.assignment.location).task.title

    def edit(self, block, **fields) -> None:
        """Change a block as Studio does: the draft only."""
        store = modulestore()
        with store.branch_setting(ModuleStoreEnum.Branch.draft_preferred, self.course.id):
            draft = store.get_item(block.location)
            for name, value in fields.items():
                setattr(draft, name, value)
            store.update_item(draft, self.user.id)

    def publish(self, block) -> None:
        with self.captureOnCommitCallbacks(execute=True):
            modulestore().publish(block.location, self.user.id)


@pytest.mark.skipif(not IS_STUDIO, reason="authors publish in Studio")
class StudioTest(PublishingTest):
    """Nobody has looked yet."""

    def test_a_published_task_is_known_before_anybody_looks(self) -> None:
        self.edit(self.assignment, display_name="Ask ten customers")
        self.publish(self.assignment)
        assert self.title() == "Ask ten customers"

    def test_a_draft_stays_the_authors_own(self) -> None:
        self.publish(self.assignment)
        before = self.title()
        self.edit(self.assignment, display_name="Half a thought")
        assert self.title() == before

    def test_a_unit_that_is_published_takes_its_blocks_along(self) -> None:
        self.edit(self.assignment, display_name="Ask ten customers")
        self.edit(self.exercise, display_name="Ask twenty")
        self.publish(self.unit)
        assert self.title() == "Ask ten customers"
        known = exercises.exercise_of(user_id=self.learner.id, usage_key=self.exercise.location)
        assert known.settings.title == "Ask twenty"

    def test_what_cannot_be_used_yet_stops_no_publishing(self) -> None:
        bare = self.add("digital_tool")
        self.edit(bare, display_name="No instrument yet")
        self.edit(self.assignment, display_name="Ask ten customers")
        self.publish(self.unit)
        assert self.title() == "Ask ten customers"
        with pytest.raises(UnknownExercise):
            exercises.exercise_of(user_id=self.learner.id, usage_key=bare.location)


@pytest.mark.skipif(IS_STUDIO, reason="learners are in the LMS")
class PreviewTest(PublishingTest):
    """The LMS shows a draft to staff who ask for it."""

    def setUp(self) -> None:
        """Sign in somebody who authors and, as Studio does it with its course team, is enrolled too."""
        super().setUp()
        from common.djangoapps.student.models import CourseEnrollment

        CourseEnrollment.enroll(self.teacher, self.course.id)
        self.edit(self.assignment, display_name="Half a thought")
        self.edit(self.exercise, display_name="Half a number")

    def page(self, person, block, **asked: str) -> str:
        assert self.client.login(username=person.username, password=self.TEST_PASSWORD)
        answer = self.client.get(f"/xblock/{block.location}", asked)
        assert answer.status_code == 200
        text: str = answer.content.decode()
        return text

    def test_a_preview_shows_the_draft_and_freezes_nothing(self) -> None:
        assert "Half a thought" in self.page(self.teacher, self.assignment, preview="1")
        assert "Half a number" in self.page(self.teacher, self.exercise, preview="1")
        with pytest.raises(UnknownAssignment):
            self.title()
        with pytest.raises(UnknownExercise):
            exercises.exercise_of(user_id=self.learner.id, usage_key=self.exercise.location)

    def test_a_preview_leaves_the_task_that_learners_work_on(self) -> None:
        self.page(self.learner, self.assignment)
        before = self.title()
        self.page(self.teacher, self.assignment, preview="1")
        assert self.title() == before

    def test_a_learner_who_asks_for_a_preview_sees_what_is_published(self) -> None:
        assert "Half a thought" not in self.page(self.learner, self.assignment, preview="1")
        assert self.title() != "Half a thought"
