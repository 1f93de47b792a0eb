"""Stand-ins of exactly the calls of Open edX that the add-on makes.

The platform cannot be installed as a package; tests/openedx tries the same calls inside a real one.
"""

from __future__ import annotations

import sys
from types import ModuleType, SimpleNamespace
from typing import NamedTuple

import pytest
from django.contrib.auth import get_user_model
from edx_django_utils.cache import RequestCache
from opaque_keys.edx.keys import CourseKey, UsageKey

COURSE = CourseKey.from_string("course-v1:ICI+SME1+2026")
BLOCK = UsageKey.from_string("block-v1:ICI+SME1+2026+type@workplace_assignment+block@w01")


class Rows(list):
    """Stand-in of a queryset: filters plain objects by equality and ``__in``, and by one or another of them."""

    def filter(self, *either, **wanted):
        for where in either:
            return Rows(row for name, value in where.children for row in self.filter(**{name: value})).filter(**wanted)

        def matches(row):
            for name, value in wanted.items():
                if name.endswith("__in"):
                    if getattr(row, name[:-4]) not in value:
                        return False
                elif getattr(row, name) != value:
                    return False
            return True

        return Rows(row for row in self if matches(row))

    def values_list(self, *names, flat=False):
        if flat:
            return Rows(getattr(row, names[0]) for row in self)
        return Rows(tuple(getattr(row, name) for name in names) for row in self)

    def first(self):
        return self[0] if self else None


@pytest.fixture
def platform(monkeypatch):
    """Put modules into place for the time of one test: ``platform("a.b", name=value)``."""

    def install(path: str, **names):
        parts = path.split(".")
        for depth in range(1, len(parts) + 1):
            name = ".".join(parts[:depth])
            if name not in sys.modules:
                monkeypatch.setitem(sys.modules, name, ModuleType(name))
        for name, value in names.items():
            monkeypatch.setattr(sys.modules[path], name, value, raising=False)

    return install


@pytest.fixture
def user():
    return get_user_model().objects.create_user("anna", "anna@example.org", "a-long-password")


@pytest.fixture(autouse=True)
def _new_request():
    RequestCache.clear_all_namespaces()


def students(platform, access=(), enrolled=(), held=(), overviews=None):
    """Stand-in of the platform's roles, as tests/openedx/test_roles.py tries them in a real LMS (Teak).

    ``access`` holds (user id, level, course), ``held`` the rows of `RoleCache`.
    """
    platform("crum", get_current_user=lambda: None)
    platform(
        "lms.djangoapps.courseware.access", has_access=lambda user, level, key: (user.id, level, key) in set(access)
    )
    platform(
        "common.djangoapps.student.models",
        CourseEnrollment=SimpleNamespace(is_enrolled=lambda user, key: (user.id, key) in enrolled),
        anonymous_id_for_user=lambda user, key: f"anonymous-{user.id}-{key.course}",
    )
    platform("common.djangoapps.student.roles", RoleCache=lambda user: SimpleNamespace(all_roles_set=set(held)))
    platform(
        "openedx.core.djangoapps.content.course_overviews.models",
        CourseOverview=SimpleNamespace(
            get_from_ids=lambda keys: {key: (overviews or {}).get(key) for key in keys},
            objects=SimpleNamespace(
                filter=lambda _where: SimpleNamespace(values_list=lambda *_names: held_courses(held))
            ),
        ),
    )


class Held(NamedTuple):
    role: str
    course_id: CourseKey | str | None
    org: str


def held_courses(held):
    return [(role.course_id, f"Title of {role.course_id.course}") for role in held if role.course_id]


class RoleRow(NamedTuple):
    """A row of the platform's table of roles, as `holders` reads it."""

    user_id: int
    course_id: CourseKey | object
    org: str
    role: str
