"""The only door to the demo."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies
from iciinsmes.platform import Role
from iciinsmes_campus.learning import api as learning

from .accounts import PEOPLE, OfferedAccount, offered
from .course import ASSIGNMENT, COURSE_KEY, place
from .history import replay
from .past import date_mails, on_day, sort_lines
from .texts import FIRMS, LEARNERS

__all__ = ["OfferedAccount", "is_loaded", "load", "offered"]


def is_loaded() -> bool:
    """Tell whether the demo's accounts are there."""
    return User.objects.filter(username=PEOPLE[0].username).exists()


def load() -> None:
    """Create firms, people and history; all of it or nothing.

    Raises:
        courseware.UnknownCourse: the demo's course is not among the courses.
        courseware.UnreadableRuns: if the file with the starts of runs cannot be read.
    """
    began = timezone.now()
    with transaction.atomic():
        _load()
        sort_lines()
    with transaction.atomic():
        date_mails(sent_since=began)


def _load() -> None:
    course_key = CourseKey.from_string(COURSE_KEY)
    assignment = course_key.make_usage_key("workplace_assignment", ASSIGNMENT)
    place(course_key, today=timezone.now())
    firms = {
        firm.key: companies.create_company(
            name=firm.name, country=firm.country, region=firm.region, trade=firm.trade, size_class=firm.size_class
        )
        for firm in FIRMS
    }
    staff = [_account(person.username, person.first_name, person.last_name) for person in PEOPLE]
    for person, user in zip(PEOPLE, staff, strict=True):
        learning.enrol(user_id=user.id, course_key=course_key, role=person.role)
    teacher = next(user for person, user in zip(PEOPLE, staff, strict=True) if person.role is Role.TEACHER)
    for learner in LEARNERS:
        user = _account(learner.username, learner.first_name, learner.last_name)
        learning.enrol(user_id=user.id, course_key=course_key)
        with on_day(learner.begins):
            companies.join_company(company_id=firms[learner.firm].id, user_id=user.id, course_key=course_key)
        replay(learner, user=user, teacher=teacher, course_key=course_key, assignment=assignment)


def _account(username: str, first_name: str, last_name: str) -> User:
    """Create an account that can be entered from the sign-in page of a demo, and in no other way."""
    return User.objects.create(
        username=username,
        first_name=first_name,
        last_name=last_name,
        email=f"{username}@example.org",
        password=make_password(None),
    )
