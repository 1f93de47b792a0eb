"""Teachers who see only some learners: those of their cohort, as the host says, or of the firms that they coach."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from opaque_keys.edx.keys import CourseKey

from iciinsmes.platform import Role, host

from .models import CompanyCoach, CompanyMembership


def limited_to(*, user_id: int, course_key: CourseKey) -> QuerySet[Any] | None:
    """Return the only users whose work a teacher of the course run may see, unevaluated; None for no such limit.

    Where the course gives teachers their own firms, who coaches some of them sees the people of these; who coaches none
    sees all, as coordinators do.
    """
    limit = host().limited_to(user_id, course_key)
    if not host().teachers_by_company(course_key) or not _only_teaches(user_id, course_key):
        return limit
    firms = CompanyCoach.objects.filter(user_id=user_id, course_key=course_key).values_list("company_id", flat=True)
    own = list(firms)
    if not own:
        return limit
    people = CompanyMembership.objects.filter(course_key=course_key, active=True, company_id__in=own).values("user_id")
    return (get_user_model().objects.all() if limit is None else limit).filter(id__in=people)


def staff_of(*, course_key: CourseKey, learner_id: int | None) -> list[int]:
    """Return the user ids of teachers and coordinators who may see this learner's work, ascending; all for None."""
    staff = host().staff_ids(course_key, learner_id=learner_id)
    if learner_id is None or not host().teachers_by_company(course_key):
        return staff
    firms: dict[int, set[int]] = {}
    rows = CompanyCoach.objects.filter(course_key=course_key, user_id__in=staff)
    for coach_id, company_id in rows.values_list("user_id", "company_id"):
        firms.setdefault(coach_id, set()).add(company_id)
    stays = CompanyMembership.objects.filter(user_id=learner_id, course_key=course_key, active=True)
    own = set(stays.values_list("company_id", flat=True))
    return [
        user_id
        for user_id in staff
        if user_id not in firms or firms[user_id] & own or not _only_teaches(user_id, course_key)
    ]


def _only_teaches(user_id: int, course_key: CourseKey) -> bool:
    roles = host().roles(user_id, course_key)
    return Role.TEACHER in roles and Role.COORDINATOR not in roles
