"""Authors in Studio see, change, duplicate and delete each block, and take it along in a course's export."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.urls import reverse
from opaque_keys.edx.keys import CourseKey, UsageKey
from xmodule.contentstore.django import contentstore
from xmodule.modulestore.exceptions import ItemNotFoundError
from xmodule.modulestore.xml_exporter import export_course_to_xml
from xmodule.modulestore.xml_importer import import_course_from_xml

from iciinsmes.assignments.serializers import task_to_json
from iciinsmes.early_warning.indicators import INDICATORS
from iciinsmes.lib.json_data import to_json

from .authored import AuthoredTestCase

SERVICE = "cms"


def sent_by(block: Any, title: str) -> dict[str, Any]:
    """Return what the editor of a block sends when only the title was changed, and the weight."""
    more = {"title": title, "weight": "2.5"}
    if block.category == "workplace_assignment":
        return {**task_to_json(block.authored()), **more}
    settings = block.authored()
    if block.category == "early_warning":
        shown = {f"shows_{key}": key in settings.indicators for key in INDICATORS}
        return {**to_json(settings, without=["indicators"]), **shown, **more}
    if block.category == "best_practice_cases":
        return {**to_json(settings), "cases": " ".join(settings.cases), **more}
    return {**to_json(settings), **more}


class AuthoringTest(AuthoredTestCase):
    """What Studio asks of each block."""

    def setUp(self) -> None:
        """Sign an author in."""
        # Studio's own code cannot be imported inside the LMS, where this module is only collected.
        from cms.djangoapps.contentstore.tests.utils import AjaxEnabledTestClient

        super().setUp()
        self.author = AjaxEnabledTestClient()
        self.author.login(username=self.user.username, password=self.user_password)

    def view(self, block: Any, name: str) -> str:
        answer = self.author.get(f"/xblock/{block.location}/{name}", HTTP_ACCEPT="application/json")
        assert answer.status_code == 200, answer.content
        return str(answer.json()["html"])

    def test_each_is_shown_on_the_page_of_a_unit_and_has_an_editor(self) -> None:
        for category, block in self.authored.items():
            with self.subTest(category):
                shown = self.view(block, "author_view")
                assert 'class="ici' in shown
                assert "twenty" in shown or category == "workplace_assignment"
                assert "editor-with-buttons" in self.view(block, "studio_view")

    def test_nothing_is_missing_in_a_block_that_is_complete(self) -> None:
        for category, block in self.authored.items():
            with self.subTest(category):
                assert self.view(block, "container_preview")
                assert block.validate().messages == []

    def test_what_the_editor_sends_is_saved(self) -> None:
        for category, block in self.authored.items():
            with self.subTest(category):
                before = block.authored()
                address = reverse(
                    "component_handler",
                    kwargs={"usage_key_string": str(block.location), "handler": "studio_submit", "suffix": ""},
                )
                content = json.dumps(sent_by(block, "Another title"))
                answer = self.author.post(address, content, content_type="application/json")
                assert answer.status_code == 200, answer.content
                saved = self.store.get_item(block.location)
                assert (saved.display_name, saved.weight) == ("Another title", 2.5)
                assert sent_by(saved, "")["title"] == ""
                assert saved.authored() != before
                assert saved.authored().weight == Decimal("2.5")

    def test_a_duplicate_has_everything_but_the_name(self) -> None:
        for category, block in self.authored.items():
            with self.subTest(category):
                place = {
                    "parent_locator": str(self.unit.location),
                    "duplicate_source_locator": str(block.location),
                }
                answer = self.author.ajax_post("/xblock/", place)
                assert answer.status_code == 200, answer.content
                copy = self.store.get_item(UsageKey.from_string(answer.json()["locator"]))
                assert copy.display_name != block.display_name
                copy.display_name = block.display_name
                self.check(block, copy)

    def test_a_deleted_block_is_gone_and_the_unit_stays(self) -> None:
        for category, block in self.authored.items():
            with self.subTest(category):
                assert self.author.delete(f"/xblock/{block.location}").status_code == 204
                with pytest.raises(ItemNotFoundError):
                    self.store.get_item(block.location)
        assert self.view(self.unit, "container_preview")

    def test_a_course_is_exported_and_imported_without_loss(self) -> None:
        folder = Path(self.enterContext(TemporaryDirectory()))
        export_course_to_xml(self.store, contentstore(), self.course.id, str(folder), "out")
        target = CourseKey.from_string("course-v1:Elsewhere+Again+2027")
        self.import_course(folder, target)
        for category, block in self.authored.items():
            with self.subTest(category):
                self.check(block, self.store.get_item(block.location.map_into_course(target)))
        export_course_to_xml(self.store, contentstore(), target, str(folder), "again")
        first, second = (
            (folder / name / "vertical" / f"{self.unit.location.block_id}.xml").read_text() for name in ("out", "again")
        )
        assert first == second
        assert all(f"<{category} " in first for category in self.authored)

    def import_course(self, folder: Path, target: CourseKey) -> None:
        import_course_from_xml(
            self.store,
            self.user.id,
            str(folder),
            ["out"],
            target_id=target,
            static_content_store=contentstore(),
            create_if_not_present=True,
            load_error_blocks=False,
        )
