"""The campus keeps what hosts promise."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib.auth import get_user_model
from django.test import override_settings
from edx_django_utils.cache import RequestCache

from iciinsmes.platform import Role
from iciinsmes_campus.learning import api as learning
from tests.campus.folders import COURSE, course_folder, key, policy

from .contracts import DUE, HostContracts


class CampusContracts(HostContracts):
    """The contracts on a course from a folder."""

    __test__ = True
    course_key = COURSE
    usage_key = key("html", "h1")
    gone_key = key("html", "nowhere")

    def setUp(self) -> None:
        """Write the course."""
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        overridden = override_settings(COURSES_ROOT=self.root, ROOT_URLCONF="tests.campus.bare_pages")
        overridden.enable()
        self.addCleanup(overridden.disable)
        self.write(sequential__s1={"due": DUE.isoformat()})

    def write(self, **settings: Any) -> None:
        course_folder(self.root, policy(**settings))
        RequestCache.clear_all_namespaces()

    def named(self, username: str, first: str, last: str) -> Any:
        return get_user_model().objects.create_user(
            username, f"{username}@example.org", first_name=first, last_name=last
        )

    def enrol(self, user: Any) -> None:
        learning.enrol(user_id=user.pk, course_key=COURSE)

    def employ(self, user: Any) -> None:
        learning.enrol(user_id=user.pk, course_key=COURSE, role=Role.TEACHER)

    def leave(self, user: Any) -> None:
        learning.leave(user_id=user.pk, course_key=COURSE)

    def extend(self, user: Any, until: datetime) -> None:
        learning.extend_due(user_id=user.pk, usage_key=key("sequential", "s1"), until=until)

    def set_own_due(self, until: datetime) -> None:
        self.write(sequential__s1={"due": DUE.isoformat()}, html__h1={"due": until.isoformat()})

    def earned(self, user: Any) -> float | None:
        found = learning.grades(user_id=user.pk, course_key=COURSE).get(self.usage_key)
        return None if found is None else float(found.earned)

    def completion(self, user: Any) -> float:
        return learning.completions(user_id=user.pk, course_key=COURSE).get(self.usage_key, 0.0)
