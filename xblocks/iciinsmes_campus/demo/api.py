"""The only door to the demo."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password
from django.contrib.auth.models import User
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies
from iciinsmes.companies.data import CompanyData
from iciinsmes.platform import Role
from iciinsmes.waiting import api as waiting
from iciinsmes_campus.courseware import api as courseware
from iciinsmes_campus.learning import api as learning

from .accounts import PEOPLE, OfferedAccount, offered, usernames
from .certificates import tell_certificates
from .companies import COMPANIES, LEARNERS
from .companies.neighbours import NEIGHBOURS, Neighbour
from .course import ASSIGNMENT, COURSE_KEY, place
from .early_warning import tell_warnings
from .evaluation import tell_evaluations
from .history import replay
from .letters import Letter, letters
from .past import date_mails, on_day, sort_lines
from .practices import tell_practices
from .projects import tell_projects
from .steps import DemoPart, MissingPart, Steps, keep_missing, kept_missing
from .support import tell_support

__all__ = [
    "COURSE_KEY",
    "Letter",
    "MissingPart",
    "OfferedAccount",
    "holds_others",
    "is_loaded",
    "letters",
    "load",
    "missing",
    "offered",
    "place_if_lost",
]


def is_loaded() -> bool:
    """Tell whether the demo's accounts are there."""
    return User.objects.filter(username=PEOPLE[0].username).exists()


def holds_others() -> bool:
    """Tell whether there are accounts that are not the demo's: of another name, or with a password of their own."""
    ours = User.objects.filter(username__in=usernames(), password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return User.objects.exclude(pk__in=ours.values("pk")).exists()


def load() -> tuple[MissingPart, ...]:
    """Create firms, people and history. A step that fails costs that step and what depends on it; the log says why.

    Returns:
        What is missing; `missing` tells it from then on.

    Raises:
        courseware.UnknownCourse: the demo's course is not among the courses.
        courseware.UnreadableRuns: the file with the starts of runs cannot be read.
    """
    began = timezone.now()
    course_key = CourseKey.from_string(COURSE_KEY)
    place(course_key, today=began)
    steps = Steps()
    # Without its staff there is no demo, and the next start tries again.
    with steps.step(DemoPart.ALL, ""):
        _load(course_key, steps)
        with steps.step(DemoPart.ORDER, ""):
            sort_lines()
    with steps.step(DemoPart.ORDER, ""):
        date_mails(sent_since=began)
    keep_missing(steps.missing)
    return steps.missing


def missing() -> tuple[MissingPart, ...]:
    """Return what could not be made when the demo was loaded."""
    return kept_missing()


def place_if_lost() -> None:
    """Give the run of a demo that is loaded its first day again, if that is not kept: counted from the day of loading.

    Raises:
        courseware.UnknownCourse: the demo's course is not among the courses.
        courseware.UnreadableRuns: the file with the starts of runs cannot be read.
    """
    course_key = CourseKey.from_string(COURSE_KEY)
    if courseware.run_start(course_key) is None:
        place(course_key, today=User.objects.get(username=PEOPLE[0].username).date_joined)


def _load(course_key: CourseKey, steps: Steps) -> None:
    assignment = course_key.make_usage_key("workplace_assignment", ASSIGNMENT)
    held = {}
    for company in (*COMPANIES, *(each.company for each in NEIGHBOURS)):
        with steps.step(DemoPart.COMPANY, company.name):
            held[company.key] = companies.create_company(
                name=company.name,
                country=company.country,
                region=company.region,
                trade=company.trade,
                size_class=company.size_class,
            )
    staff = [_account(person.username, person.first_name, person.last_name) for person in PEOPLE]
    for person, user in zip(PEOPLE, staff, strict=True):
        if person.role is not None:
            learning.enrol(user_id=user.id, course_key=course_key, role=person.role)
    teacher = next(user for person, user in zip(PEOPLE, staff, strict=True) if person.role is Role.TEACHER)
    # Before anybody hands in: what begins to wait is then whose firm it is.
    if held:
        waiting.allocate_companies(course_key=course_key, to={next(iter(held.values())).id: teacher.pk})
    for learner in LEARNERS:
        if learner.company not in held:
            steps.lack(DemoPart.PERSON, learner.name)
            continue
        with steps.step(DemoPart.PERSON, learner.name) as step:
            user = _account(learner.username, learner.first_name, learner.last_name)
            learning.enrol(user_id=user.id, course_key=course_key)
            with on_day(learner.begins):
                companies.join_company(company_id=held[learner.company].id, user_id=user.id, course_key=course_key)
        if step.done:
            replay(learner, user=user, teacher=teacher, course_key=course_key, assignment=assignment, steps=steps)
    for neighbour in NEIGHBOURS:
        _neighbour(neighbour, held, course_key, steps)
    tell_projects(held, actor_id=staff[0].pk, course_key=course_key, steps=steps)
    tell_warnings(held, course_key=course_key, steps=steps)
    coordinator = next(user for person, user in zip(PEOPLE, staff, strict=True) if person.role is Role.COORDINATOR)
    tell_evaluations(course_key, coordinator=coordinator, steps=steps)
    tell_certificates(held, course_key=course_key, steps=steps)
    tell_practices(account=_account, teacher=teacher, course_key=course_key, steps=steps)
    tell_support(held, course_key=course_key, steps=steps)


def _neighbour(neighbour: Neighbour, held: Mapping[str, CompanyData], course_key: CourseKey, steps: Steps) -> None:
    """Let the one learner of a firm come to it; what they do together is told with the projects."""
    name = f"{neighbour.first_name} {neighbour.last_name}"
    company = held.get(neighbour.company.key)
    if company is None:
        steps.lack(DemoPart.PERSON, name)
        return
    with steps.step(DemoPart.PERSON, name), on_day(neighbour.project.begins):
        user = _account(neighbour.username, neighbour.first_name, neighbour.last_name)
        learning.enrol(user_id=user.id, course_key=course_key)
        companies.join_company(company_id=company.id, user_id=user.id, course_key=course_key)


def _account(username: str, first_name: str, last_name: str) -> User:
    """Create an account that can be entered from the sign-in page of a demo, and in no other way."""
    return User.objects.create(
        username=username,
        first_name=first_name,
        last_name=last_name,
        email=f"{username}@example.org",
        password=make_password(None),
    )
