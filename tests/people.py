"""People for tests."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from edx_django_utils.cache import RequestCache
from opaque_keys.edx.keys import CourseKey

from iciinsmes.platform import Role
from iciinsmes_campus.learning import api as learning

#: The course of the demo, read from the repository's own folder.
SME1 = CourseKey.from_string("course-v1:ICIinSMEs+SME1+2026")
PASSWORD = "a long secret"


def person(name: str, role: Role | None = None, course_key: CourseKey = SME1, **fields: Any):
    """Make a user; with a role, a member of the course run."""
    fields = {"email": f"{name}@example.org", **fields}
    user = get_user_model().objects.create_user(name, password=PASSWORD, **fields)
    if role is not None:
        learning.enrol(user_id=user.pk, course_key=course_key, role=role)
    RequestCache.clear_all_namespaces()
    return user
