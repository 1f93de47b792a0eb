"""Teachers who are limited to their own cohort or to their own firms, where a course asks for it.

A course asks in Studio's advanced settings, in "Other Course Settings". Read on Teak
(openedx/core/djangoapps/course_groups): somebody is in one cohort of a course run at most.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from opaque_keys.edx.keys import CourseKey

#: `{"iciinsmes": {"teachers_by_cohort": true, "teachers_by_company": true}}`.
_OURS, _ASKED, _FIRMS = "iciinsmes", "teachers_by_cohort", "teachers_by_company"
_CACHE = "iciinsmes.platform.cohorts"


def cohort_of(user_id: int, course_key: CourseKey) -> int | None:
    """Return the id of somebody's cohort in the course run; a request reads those of all course runs at once."""
    from edx_django_utils.cache import RequestCache
    from openedx.core.djangoapps.course_groups.models import CohortMembership

    cache = RequestCache(_CACHE).data
    if user_id not in cache:
        rows = CohortMembership.objects.filter(user_id=user_id)
        cache[user_id] = dict(rows.values_list("course_id", "course_user_group_id"))
    found: int | None = cache[user_id].get(course_key)
    return found


def people_of(cohort: int) -> QuerySet[Any]:
    """Return the people of a cohort, as users."""
    from openedx.core.djangoapps.course_groups.models import CohortMembership

    people = CohortMembership.objects.filter(course_user_group_id=cohort)
    return get_user_model().objects.filter(id__in=people.values("user_id"))


def elsewhere(teacher_ids: Collection[int], learner_id: int, course_key: CourseKey) -> set[int]:
    """Return the teachers who are limited to another cohort than the learner's."""
    from openedx.core.djangoapps.course_groups.models import CohortMembership

    if not teacher_ids or not is_asked(course_key):
        return set()
    rows = CohortMembership.objects.filter(user_id__in=[*teacher_ids, learner_id], course_id=course_key)
    cohorts = dict(rows.values_list("user_id", "course_user_group_id"))
    own = cohorts.get(learner_id)
    return {user_id for user_id in teacher_ids if cohorts.get(user_id, own) != own}


def is_asked(course_key: CourseKey) -> bool:
    """Tell whether the course has cohorts switched on and limits its teachers to them."""
    from openedx.core.djangoapps.course_groups.cohorts import is_course_cohorted

    return _says(course_key, _ASKED) and is_course_cohorted(course_key)


def gives_companies(course_key: CourseKey) -> bool:
    """Tell whether the course gives teachers their own firms; a request asks the course once."""
    from edx_django_utils.cache import RequestCache

    cache = RequestCache(_CACHE).data
    key = f"{_FIRMS} {course_key}"
    if key not in cache:
        cache[key] = _says(course_key, _FIRMS)
    return bool(cache[key])


def _says(course_key: CourseKey, name: str) -> bool:
    """Tell whether this is true in the course's settings for the add-on."""
    from xmodule.modulestore.django import modulestore

    # What the platform looks up of a course it looks up once inside.
    with modulestore().bulk_operations(course_key):
        course = modulestore().get_course(course_key, depth=0)
    if course is None:
        return False
    ours = (course.other_course_settings or {}).get(_OURS)
    return isinstance(ours, dict) and ours.get(name) is True
