"""Courses and people for the tests of the courseware."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from edx_django_utils.cache import RequestCache
from xblock.plugin import PLUGIN_CACHE

from iciinsmes.platform import Role
from iciinsmes_campus.courseware import api
from iciinsmes_campus.learning import api as learning
from tests.campus.folders import COURSE, course_folder

Make = Callable[..., Any]


@pytest.fixture(autouse=True)
def _fresh() -> None:
    RequestCache.clear_all_namespaces()


@pytest.fixture
def make(settings: Any, tmp_path: Path) -> Make:
    """Write the small course with these files, and return it as the campus reads it."""
    settings.COURSES_ROOT = tmp_path
    settings.ROOT_URLCONF = "tests.campus.bare_pages"

    def write(files: Mapping[str, str | bytes | None] | None = None) -> api.CourseNode:
        course_folder(tmp_path, files)
        api.forget()
        return api.course(COURSE)

    return write


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Make XBlock classes answer to tags, as if packages brought them."""

    def register(**classes: Any) -> None:
        for tag, block_class in classes.items():
            monkeypatch.setitem(PLUGIN_CACHE, (block_class.entry_point, tag), block_class)

    return register


@pytest.fixture
def person(db: None) -> Callable[..., Any]:
    """Make a user; with a role, a member of the small course."""

    def create(name: str, role: Role | None = None, course_key: Any = COURSE) -> Any:
        user = get_user_model().objects.create_user(name, email=f"{name}@example.org", password="a long secret")
        if role is not None:
            learning.enrol(user_id=user.pk, course_key=course_key, role=role)
        return user

    return create


@pytest.fixture
def ann(person: Callable[..., Any]) -> Any:
    """A learner of the small course."""
    return person("ann", Role.LEARNER)


@pytest.fixture
def tom(person: Callable[..., Any]) -> Any:
    """A teacher of the small course."""
    return person("tom", Role.TEACHER)
