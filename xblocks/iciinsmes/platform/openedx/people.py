"""Who people are to those who see them in a list of a course run."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.auth import get_user_model
from django.db.models import Exists, F, OuterRef
from opaque_keys.edx.keys import CourseKey

from ..host import PersonInfo, labelled
from .roles import STAFF_ROLES
from .staff import in_authz, in_table


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
