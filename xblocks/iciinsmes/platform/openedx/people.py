"""Who people are to those who see them in a list of a course run."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.auth import get_user_model
from opaque_keys.edx.keys import CourseKey

from ..host import PersonInfo, labelled
from .roles import STAFF_ROLES
from .staff import holders


def people(user_ids: Collection[int], course_key: CourseKey) -> dict[int, PersonInfo]:
    """See `Host.people`; namesakes are looked for on the whole site, where the column has an index."""
    from common.djangoapps.student.models import UserProfile

    ids = set(user_ids)
    users = {user.id: user for user in get_user_model().objects.filter(id__in=ids)}
    usernames = {user_id: user.username for user_id, user in users.items()}
    profiles = UserProfile.objects.filter(user_id__in=ids).values_list("user_id", "name")
    names = usernames | {user_id: name for user_id, name in profiles if name}
    others = UserProfile.objects.filter(name__in=set(names.values())).values_list("user_id", "name")
    elsewhere = {name for user_id, name in others if user_id not in ids}
    shared = {user_id for user_id, name in names.items() if name in elsewhere}
    found = labelled(names, usernames, shared)
    here = _taking_part(ids, course_key)
    return {
        user_id: PersonInfo(
            names[user_id], found[user_id], user.email, user.is_active, user_id in here or user.is_staff
        )
        for user_id, user in users.items()
    }


def _taking_part(user_ids: Collection[int], course_key: CourseKey) -> set[int]:
    """Return who is enrolled in the course run, or staff of it or of its whole organisation."""
    from common.djangoapps.student.models import CourseEnrollment

    enrolled = CourseEnrollment.objects.filter(course_id=course_key, user_id__in=user_ids, is_active=True)
    return {*enrolled.values_list("user_id", flat=True), *holders(course_key, STAFF_ROLES, among=user_ids)}
