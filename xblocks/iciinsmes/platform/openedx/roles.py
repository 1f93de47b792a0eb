"""Who somebody is in a course run, by the platform's own answers.

They cover what a look into its tables misses: roles for a whole organisation, global staff, limited staff, the role
that somebody takes on to "view the course as a learner", and on newer releases roles that lie in openedx-authz. Tried
on Teak (lms/djangoapps/courseware/access.py, common/djangoapps/student/roles.py).
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from opaque_keys.edx.keys import CourseKey

from ..host import CourseInfo, Role

#: Roles that make somebody staff here. "limited_staff" cannot see Studio, but grades.
STAFF_ROLES = frozenset({"staff", "limited_staff", "instructor"})
_CACHE = "iciinsmes.platform.roles"


def roles(user_id: int, course_key: CourseKey) -> frozenset[Role]:
    """See `Host.roles`; instructors and global staff coordinate. Asked once a request."""
    from edx_django_utils.cache import RequestCache

    cache = RequestCache(_CACHE).data
    key = (user_id, course_key)
    if key not in cache:
        cache[key] = _roles(user_id, course_key)
    found: frozenset[Role] = cache[key]
    return found


def _roles(user_id: int, course_key: CourseKey) -> frozenset[Role]:
    from common.djangoapps.student.models import CourseEnrollment
    from lms.djangoapps.courseware.access import has_access

    user = _user(user_id)
    if user is None or not user.is_active:
        return frozenset()
    found = set()
    if has_access(user, "instructor", course_key):
        found.add(Role.COORDINATOR)
    elif has_access(user, "staff", course_key):
        found.add(Role.TEACHER)
    if CourseEnrollment.is_enrolled(user, course_key):
        found.add(Role.LEARNER)
    return frozenset(found)


def staffed_courses(user_id: int) -> list[CourseInfo]:
    """See `Host.staffed_courses`; global staff see the courses in which they hold a role, not the whole site."""
    from common.djangoapps.student.roles import RoleCache
    from django.db.models import Q
    from openedx.core.djangoapps.content.course_overviews.models import CourseOverview

    user = _user(user_id)
    if user is None:
        return []
    held = [role for role in RoleCache(user).all_roles_set if role.role in STAFF_ROLES]
    keys = {role.course_id for role in held if role.course_id}
    orgs = {role.org for role in held if not role.course_id and role.org}
    if not keys and not orgs:
        return []
    rows = CourseOverview.objects.filter(Q(id__in=keys) | Q(org__in=orgs)).values_list("id", "display_name")
    return sorted((CourseInfo(key, title) for key, title in rows), key=lambda course: course.title)


def staff_ids(course_key: CourseKey) -> list[int]:
    """See `Host.staff_ids`; people who are staff of the whole organisation among them."""
    from common.djangoapps.student import roles as platform

    holders = (
        platform.CourseStaffRole(course_key),
        platform.CourseLimitedStaffRole(course_key),
        platform.CourseInstructorRole(course_key),
        platform.OrgStaffRole(course_key.org),
        platform.OrgInstructorRole(course_key.org),
    )
    return sorted({user_id for role in holders for user_id in role.users_with_role().values_list("id", flat=True)})


def _user(user_id: int) -> Any | None:
    """Return the account; the one that is asking need not be read again, and keeps its roles in memory."""
    from crum import get_current_user

    current = get_current_user()
    if current is not None and current.id == user_id:
        return current
    return get_user_model().objects.filter(id=user_id).first()
