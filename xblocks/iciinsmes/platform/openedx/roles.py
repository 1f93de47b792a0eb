"""Who somebody is in a course run, by the platform's own answers.

They cover what a look into its tables misses: roles for a whole organisation, global staff, limited staff, the role
that somebody takes on to "view the course as a learner", and on newer releases roles that lie in openedx-authz. Tried
on Teak (lms/djangoapps/courseware/access.py, common/djangoapps/student/roles.py).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Exists, F, OuterRef, QuerySet
from opaque_keys.edx.keys import CourseKey

from ..host import CourseInfo, PersonInfo, Role, labelled, with_words
from . import cohorts
from .staff import holders, in_authz, in_table

#: Roles that make somebody staff here. "limited_staff" cannot see Studio, but grades.
STAFF_ROLES = frozenset({"staff", "limited_staff", "instructor"})
_COORDINATES = "instructor"
_RESEARCHES = "data_researcher"
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

    user = _user(user_id)
    if user is None or not user.is_active:
        return frozenset()
    staff = staff_role(user, course_key)
    learner = Role.LEARNER if CourseEnrollment.is_enrolled(user, course_key) else None
    return frozenset(role for role in (staff, learner) if role is not None)


def staff_role(user: Any, course_key: CourseKey) -> Role | None:
    """Return what a person of the staff is in the course run, None for everybody else.

    The platform keeps a person's roles with the object, so that asking again costs nothing.
    """
    from lms.djangoapps.courseware.access import has_access

    if has_access(user, "instructor", course_key):
        return Role.COORDINATOR
    return Role.TEACHER if has_access(user, "staff", course_key) else None


def may_have_reports(user_id: int, course_key: CourseKey) -> bool:
    """See `Host.may_have_reports`; the platform's data researchers, whatever else they are."""
    from common.djangoapps.student.roles import CourseRole, OrgRole

    if Role.COORDINATOR in roles(user_id, course_key):
        return True
    user = _user(user_id)
    return user is not None and (
        CourseRole(_RESEARCHES, course_key).has_user(user) or OrgRole(_RESEARCHES, course_key.org).has_user(user)
    )


def staffed_courses(user_id: int) -> list[CourseInfo]:
    """See `Host.staffed_courses`; global staff see the courses in which they hold a role, not the whole site."""
    from common.djangoapps.student.roles import RoleCache
    from django.db.models import Q
    from openedx.core.djangoapps.content.course_overviews.models import CourseOverview

    user = _user(user_id)
    if user is None:
        return []
    held = [role for role in RoleCache(user).all_roles_set if role.role in STAFF_ROLES]
    # Those of openedx-authz have keys as text.
    keys = {CourseKey.from_string(str(role.course_id)) for role in held if role.course_id}
    orgs = {role.org for role in held if not role.course_id and role.org}
    if not keys and not orgs:
        return []
    rows = CourseOverview.objects.filter(Q(id__in=keys) | Q(org__in=orgs)).values_list("id", "display_name")
    return sorted((CourseInfo(key, title) for key, title in rows), key=lambda course: course.title)


def staff_ids(course_key: CourseKey, learner_id: int | None = None) -> list[int]:
    """See `Host.staff_ids`; people who are staff of the whole organisation among them."""
    held = holders(course_key, STAFF_ROLES)
    if learner_id is None:
        return sorted(held)
    teachers = [user_id for user_id, names in held.items() if _COORDINATES not in names]
    return sorted(set(held) - cohorts.elsewhere(teachers, learner_id, course_key))


def limited_to(user_id: int, course_key: CourseKey) -> QuerySet[Any] | None:
    """See `Host.limited_to`; who is in no cohort costs nothing more than that it is known."""
    cohort = cohorts.cohort_of(user_id, course_key)
    if cohort is None or Role.TEACHER not in roles(user_id, course_key) or not cohorts.is_asked(course_key):
        return None
    return cohorts.people_of(cohort)


def _user(user_id: int) -> Any | None:
    """Return the account; the one that is asking need not be read again, and keeps its roles in memory."""
    from crum import get_current_user

    current = get_current_user()
    if current is not None and current.id == user_id:
        return current
    return get_user_model().objects.filter(id=user_id).first()


def people(user_ids: Collection[int], course_key: CourseKey) -> dict[int, PersonInfo]:
    """See `Host.people`; namesakes are looked for on the whole site, where the column has an index."""
    from common.djangoapps.student.models import CourseEnrollment, UserProfile

    namesakes = UserProfile.objects.filter(name=OuterRef("full_name")).exclude(user_id=OuterRef("id"))
    learning = CourseEnrollment.objects.filter(user_id=OuterRef("id"), course_id=course_key, is_active=True)
    rows = get_user_model().objects.filter(id__in=set(user_ids)).annotate(full_name=F("profile__name"))
    working = in_table(course_key, STAFF_ROLES).filter(user_id=OuterRef("id"))
    users = list(rows.annotate(has_namesake=Exists(namesakes), takes_part=Exists(learning) | Exists(working)))
    names = {user.id: user.full_name or user.username for user in users}
    shared = {user.id for user in users if user.has_namesake}
    found = labelled(names, {user.id: user.username for user in users}, shared)
    gone = {user.id for user in users if not (user.takes_part or user.is_staff)}
    if gone:
        gone -= {user_id for user_id, _role in in_authz(course_key, STAFF_ROLES)}
    return {
        user.id: PersonInfo(names[user.id], found[user.id], user.email, user.is_active, user.id not in gone)
        for user in users
    }


def learners(course_key: CourseKey, text: str = "") -> QuerySet[Any]:
    """See `Host.learners`; whoever is enrolled now."""
    from common.djangoapps.student.models import CourseEnrollment

    enrolled = CourseEnrollment.objects.filter(user_id=OuterRef("id"), course_id=course_key, is_active=True)
    rows = get_user_model().objects.filter(Exists(enrolled))
    return with_words(rows, text, ("username", "email", "profile__name"))
