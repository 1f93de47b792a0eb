"""The course that comes with the product goes into Studio as an author imports it, and again in another language."""

from __future__ import annotations

import logging
from typing import Any
from unittest.mock import patch

import pytest
from django.urls import reverse
from edx_django_utils.cache import RequestCache
from organizations.tests.factories import OrganizationFactory
from user_tasks.models import UserTaskArtifact, UserTaskStatus
from xmodule.modulestore.django import modulestore
from xmodule.modulestore.tests.django_utils import ModuleStoreTestCase
from xmodule.modulestore.tests.factories import CourseFactory

from iciinsmes.platform import host

from . import shipped

SERVICE = "cms"
KEY = shipped.KEY
KINDS = (
    "workplace_assignment",
    "digital_tool",
    "development_project",
    "self_check",
    "best_practice_cases",
    "early_warning",
    "reaction",
    "support_directory",
)

pytestmark = pytest.mark.skipif(not shipped.FOLDER, reason="COURSES names no folder with the course's archives")


class Warnings(logging.Handler):
    """Keeps what is logged as a warning or worse, but for the platform's own about its toggles."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if not record.name.startswith("edx_toggles"):
            self.lines.append(f"{record.name}: {record.getMessage()}")


class ImportTest(ModuleStoreTestCase):
    """An empty course run, and its author."""

    ENABLED_SIGNALS = ["course_published"]

    def setUp(self) -> None:
        """Sign the author in."""
        from cms.djangoapps.contentstore.tests.utils import AjaxEnabledTestClient

        super().setUp()
        host.cache_clear()
        self.enterContext(patch.dict("django.conf.settings.FEATURES", {"ENABLE_COURSE_OLX_VALIDATION": True}))
        OrganizationFactory.create(short_name=KEY.org)
        CourseFactory.create(org=KEY.org, number=KEY.course, run=KEY.run)
        self.author = AjaxEnabledTestClient()
        self.author.login(username=self.user.username, password=self.user_password)
        self.warnings = Warnings()
        logging.getLogger().addHandler(self.warnings)
        self.addCleanup(logging.getLogger().removeHandler, self.warnings)

    def import_course(self, language: str) -> dict[str, str]:
        """Upload the archive on Studio's page of imports; return what the blocks are called."""
        path = shipped.archive(language)
        with path.open("rb") as packed, self.captureOnCommitCallbacks(execute=True):
            address = reverse("import_handler", args=[str(KEY)])
            answer = self.author.post(address, {"name": path.name, "course-data": [packed]})
        assert answer.status_code == 200, answer.content
        status = UserTaskStatus.objects.order_by("-created")[0]
        assert status.state == UserTaskStatus.SUCCEEDED, [each.text for each in UserTaskArtifact.objects.all()]
        assert [each.text for each in UserTaskArtifact.objects.all()] == []
        RequestCache.clear_all_namespaces()
        return {str(block.location): block.display_name for block in modulestore().get_items(KEY)}

    def view(self, block: Any, name: str) -> str:
        answer = self.author.get(f"/xblock/{block.location}/{name}", HTTP_ACCEPT="application/json")
        assert answer.status_code == 200, answer.content
        return str(answer.json()["html"])

    def test_a_language_over_another_changes_words_and_no_names(self) -> None:
        english = self.import_course("en")
        german = self.import_course("de")
        assert set(english) == set(german)
        assert sum(english[key] != german[key] for key in english) > 200
        assert modulestore().get_course(KEY).language == "de"
        assert self.warnings.lines == []
        self.check_every_unit()

    def check_every_unit(self) -> None:
        """Fail unless Studio shows each unit, and has an editor of each own block, without a complaint."""
        seen = set()
        for unit in modulestore().get_items(KEY, qualifiers={"category": "vertical"}):
            blocks = [block for block in unit.get_children() if block.category in KINDS]
            for block in blocks:
                with self.subTest(block.location.block_id):
                    seen.add(block.category)
                    shown = self.view(block, "container_preview")
                    assert 'class="ici' in shown
                    assert "trouble rendering" not in shown
                    assert "editor-with-buttons" in self.view(block, "studio_view")
                    assert block.validate().messages == []
            if blocks:
                page = self.view(unit, "container_preview")
                assert "trouble rendering" not in page
                assert all(f'data-locator="{block.location}"' in page for block in blocks)
        assert seen == set(KINDS)
