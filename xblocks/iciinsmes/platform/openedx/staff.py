"""Everybody who holds a role in a course run or in its whole organisation, in one query.

The platform's own lists cost a query for each role, and on Verawood those of an organisation fail where roles lie in
openedx-authz (read in common/djangoapps/student/roles.py: `_authz_users_with_role` needs a name that they do not have).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from opaque_keys.edx.keys import CourseKey


def holders(course_key: CourseKey, roles: Collection[str]) -> dict[int, set[str]]:
    """Return who holds which of these roles, by user id.

    Args:
        course_key: the course run; a role for the whole organisation counts too.
        roles: the platform's names of roles.
    """
    found: dict[int, set[str]] = {}
    for user_id, role in (*in_table(course_key, roles).values_list("user_id", "role"), *in_authz(course_key, roles)):
        found.setdefault(user_id, set()).add(role)
    return found


def in_table(course_key: CourseKey, roles: Collection[str]) -> QuerySet[Any]:
    """Return the rows of the table in which releases before Verawood keep all roles, unevaluated."""
    from common.djangoapps.student.models import CourseAccessRole
    from opaque_keys.edx.django.models import CourseKeyField

    here = Q(course_id=course_key) | Q(course_id=CourseKeyField.Empty)
    return CourseAccessRole.objects.filter(here, org=course_key.org, role__in=roles)


def in_authz(course_key: CourseKey, roles: Collection[str]) -> Iterator[tuple[int, str]]:
    """Yield what Verawood and later keep in openedx-authz; roles that have no older name are nobody's staff."""
    authz = _authz()
    if authz is None:
        return
    api, newer_names = authz
    held: dict[str, set[str]] = {}
    for role in roles:
        for scope in (str(course_key), f"course-v1:{course_key.org}+*"):
            if role in newer_names:
                for person in api.get_users_for_role_in_scope(newer_names[role], scope):
                    held.setdefault(person.username, set()).add(role)
    if not held:
        return
    users = get_user_model().objects.filter(username__in=held)
    for user_id, username in users.values_list("id", "username"):
        for role in held[username]:
            yield user_id, role


def _authz() -> tuple[Any, dict[str, str]] | None:
    """Return the package's functions and its names of the platform's roles; None on releases without it."""
    try:
        from openedx_authz.api import users
        from openedx_authz.constants.roles import LEGACY_COURSE_ROLE_EQUIVALENCES
    except ImportError:
        return None
    return users, LEGACY_COURSE_ROLE_EQUIVALENCES
