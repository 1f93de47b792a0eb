"""Copies of all blocks keep what authors chose and carry nothing of a learner."""

from __future__ import annotations

import re
from typing import Any

from cms.djangoapps.contentstore.tasks import rerun_course
from common.djangoapps.course_action_state.models import CourseRerunState
from django.apps import apps
from opaque_keys.edx.keys import UsageKey
from openedx.core.djangoapps.content_libraries import api as libraries
from openedx.core.djangoapps.xblock import api as library_blocks
from organizations.models import Organization
from rest_framework.test import APIClient

from iciinsmes.assignments import api as assignments
from iciinsmes.evaluation import api as evaluation
from iciinsmes.evaluation.data import ReactionData
from iciinsmes.exercises import api as exercises
from iciinsmes.self_check import api as self_check
from iciinsmes.self_check.data import TypedItem

from .authored import AuthoredTestCase

SERVICE = "cms"
CLIPBOARD = "/api/content-staging/v1/clipboard/"


class CopiesTest(AuthoredTestCase):
    """Rerun, copy and paste, and libraries."""

    def setUp(self) -> None:
        """Let a learner begin those that learners fill in."""
        super().setUp()
        self.assignment, self.exercise, self.self_check = (
            self.authored[category] for category in ("workplace_assignment", "digital_tool", "self_check")
        )
        self.begin()
        self.rows = self.rows_now()
        self.client = APIClient()
        self.client.login(username=self.user.username, password=self.user_password)

    def begin(self) -> None:
        key = self.assignment.location
        about = {"user_id": self.learner.id, "usage_key": key}
        work = assignments.open_work(
            **about, course_key=self.course.id, task=self.assignment.authored_task(), due_at=None
        )
        answers = {work.version.task.questions[0].key: "Twenty-one were asked."}
        assignments.save_draft(**about, answers=answers, hours=None, base_revision=0, own_work=True)
        exercises.open_exercise(
            user_id=self.learner.id,
            usage_key=self.exercise.location,
            course_key=self.course.id,
            settings=self.exercise.authored(),
        )
        key = self.self_check.location
        self_check.freeze_block(usage_key=key, course_key=self.course.id, settings=self.self_check.authored())
        typed = {"1": TypedItem(choice="3")}
        self_check.save_draft(user_id=self.learner.id, usage_key=key, number=1, typed=typed)
        key = self.authored["reaction"].location
        settings = self.authored["reaction"].authored()
        evaluation.freeze_block(usage_key=key, course_key=self.course.id, settings=settings)
        said = ReactionData(ratings={"useful": 5, "worth": 4, "next_step": 3})
        evaluation.answer(user_id=self.learner.id, usage_key=key, reaction=said)

    def rows_now(self) -> dict[str, int]:
        return {
            model.__name__: model._default_manager.count() for model in apps.get_app_config("iciinsmes").get_models()
        }

    def check_follows(self, kept_key: Any, key: UsageKey) -> None:
        """Fail unless points follow the library until the course has chosen its own."""
        for points, chosen, expected in ((4.0, None, 4.0), (5.0, 9.0, 9.0)):
            copy = self.store.get_item(key)
            if chosen is not None:
                copy.weight = chosen
                self.store.update_item(copy, self.user.id)
            olx = library_blocks.get_block_draft_olx(kept_key)
            libraries.set_library_block_olx(kept_key, re.sub(r' weight="[^"]+"', f' weight="{points}"', olx, count=1))
            libraries.publish_changes(kept_key.context_key)
            synced = self.client.post(f"/api/contentstore/v2/downstreams/{key}/sync")
            assert synced.status_code == 200, synced.content
            assert self.store.get_item(key).weight == expected

    def test_a_rerun_keeps_everything_and_carries_no_learners_row(self) -> None:
        new = self.course.id.replace(run="again")
        CourseRerunState.objects.initiated(self.course.id, new, self.user, "Again")
        assert rerun_course(str(self.course.id), str(new), self.user.id) == "succeeded"
        for block in self.authored.values():
            copy = self.store.get_item(block.location.map_into_course(new))
            self.check(block, copy)
        assert self.rows_now() == self.rows

    def test_copy_and_paste_keeps_everything_and_carries_no_learners_row(self) -> None:
        for block in self.authored.values():
            copied = self.client.post(CLIPBOARD, {"usage_key": str(block.location)}, format="json")
            assert copied.status_code == 200, copied.content
            place = {"parent_locator": str(self.unit.location), "staged_content": "clipboard"}
            pasted = self.client.post("/xblock/", place, format="json")
            assert pasted.status_code == 200, pasted.content
            self.check(block, self.store.get_item(UsageKey.from_string(pasted.json()["locator"])))
        assert self.rows_now() == self.rows

    def test_a_library_keeps_everything_and_gives_it_back(self) -> None:
        org = Organization.objects.get_or_create(short_name="ICI", defaults={"name": "ICI"})[0]
        library = libraries.create_library(org=org, slug="tasks", title="Tasks", description="")
        for block in self.authored.values():
            copied = self.client.post(CLIPBOARD, {"usage_key": str(block.location)}, format="json")
            assert copied.status_code == 200, copied.content
            kept_key = libraries.import_staged_content_from_user_clipboard(library.key, self.user).usage_key
            libraries.publish_changes(library.key)
            self.check(block, library_blocks.load_block(kept_key, self.user), has_due=False)
            place = {
                "parent_locator": str(self.unit.location),
                "category": block.category,
                "library_content_key": str(kept_key),
            }
            taken = self.client.post("/xblock/", place, format="json")
            assert taken.status_code == 200, taken.content
            self.check(block, self.store.get_item(UsageKey.from_string(taken.json()["locator"])), has_due=False)
            self.check_follows(kept_key, UsageKey.from_string(taken.json()["locator"]))
        assert self.rows_now() == self.rows
