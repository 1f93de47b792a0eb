"""Authors in Studio see, edit and save both blocks; the add-on's pages have no addresses there."""

from __future__ import annotations

import json

from django.urls import reverse

from iciinsmes.assignments.serializers import task_to_json

from .course import CourseTestCase

SERVICE = "cms"


class StudioTest(CourseTestCase):
    """What Studio asks of a block."""

    def setUp(self) -> None:
        """Sign an author in."""
        # Studio's own code cannot be imported inside the LMS, where this module is only collected.
        from cms.djangoapps.contentstore.tests.utils import AjaxEnabledTestClient

        super().setUp()
        self.author = AjaxEnabledTestClient()
        self.author.login(username=self.user.username, password=self.user_password)

    def view(self, block, name: str) -> str:
        answer = self.author.get(f"/xblock/{block.location}/{name}", HTTP_ACCEPT="application/json")
        assert answer.status_code == 200, answer.content
        html: str = answer.json()["html"]
        return html

    def submit(self, block, content: dict[str, object]) -> None:
        address = reverse(
            "component_handler",
            kwargs={"usage_key_string": str(block.location), "handler": "studio_submit", "suffix": ""},
        )
        answer = self.author.post(address, json.dumps(content), content_type="application/json")
        assert answer.status_code == 200, answer.content

    def test_both_blocks_are_shown_on_the_page_of_a_unit(self) -> None:
        for block in (self.assignment, self.exercise):
            html = self.view(block, "author_view")
            assert 'class="ici' in html
            assert "is not known here" not in html

    def test_both_blocks_can_be_edited(self) -> None:
        for block in (self.assignment, self.exercise):
            html = self.view(block, "studio_view")
            assert "<form" in html
            # By this name Studio's dialog knows that the block brings its own buttons, and hides "Close".
            assert "editor-with-buttons" in html

    def test_what_the_editor_sends_is_saved(self) -> None:
        block = self.store.get_item(self.assignment.location)
        content = {**task_to_json(block.authored_task()), "title": "Listen at the counter"}
        self.submit(block, content)
        assert self.store.get_item(self.assignment.location).display_name == "Listen at the counter"

    def test_a_new_block_says_what_is_missing_until_it_is_there(self) -> None:
        exercise = self.add("digital_tool")
        assert "Choose an instrument." in self.view(exercise, "container_preview")
        assert "The task has no text yet" in self.view(self.assignment, "container_preview")
        task = {**task_to_json(self.assignment.authored_task()), "instructions": "<p>Ask ten customers.</p>"}
        self.submit(self.assignment, task)
        assert "The task has no text yet" not in self.view(self.assignment, "container_preview")
