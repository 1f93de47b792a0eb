"""Roles, cohorts and staff of Open edX, against stand-ins."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from edx_django_utils.cache import RequestCache
from opaque_keys.edx.django.models import CourseKeyField
from opaque_keys.edx.keys import CourseKey

from iciinsmes.assignments.api import freeze_task
from iciinsmes.assignments.authoring import new_task
from iciinsmes.platform import CourseInfo, Role
from iciinsmes.platform.openedx import OpenEdxHost

from .conftest import BLOCK, COURSE, Held, RoleRow, Rows, students

pytestmark = pytest.mark.django_db


def test_access_to_the_course_becomes_a_role_here(platform, user):
    students(platform, access=[(user.id, "staff", COURSE)])
    assert OpenEdxHost().roles(user.id, COURSE) == {Role.TEACHER}


def test_an_instructor_coordinates_and_an_enrolled_person_learns(platform, user):
    students(
        platform, access=[(user.id, "staff", COURSE), (user.id, "instructor", COURSE)], enrolled=[(user.id, COURSE)]
    )
    assert OpenEdxHost().roles(user.id, COURSE) == {Role.LEARNER, Role.COORDINATOR}


def test_access_to_another_course_counts_for_nothing_here(platform, user):
    students(platform, access=[(user.id, "staff", CourseKey.from_string("course-v1:ICI+SME2+2026"))])
    assert OpenEdxHost().roles(user.id, COURSE) == frozenset()


def test_inactive_and_unknown_people_have_no_role(platform, user):
    students(platform, enrolled=[(user.id, COURSE)])
    user.is_active = False
    user.save()
    assert OpenEdxHost().roles(user.id, COURSE) == frozenset()
    assert OpenEdxHost().roles(999_999, COURSE) == frozenset()


def test_staffed_courses_come_from_the_roles_that_count_here_by_title(platform, user):
    other = CourseKey.from_string("course-v1:ICI+AAA+2026")
    beta = Held("beta_testers", CourseKey.from_string("course-v1:ICI+BETA+2026"), "ICI")
    students(platform, held=[Held("staff", COURSE, "ICI"), Held("instructor", other, "ICI")])
    assert OpenEdxHost().staffed_courses(user.id) == [
        CourseInfo(other, "Title of AAA"),
        CourseInfo(COURSE, "Title of SME1"),
    ]
    students(platform, held=[beta])
    assert OpenEdxHost().staffed_courses(user.id) == []


def test_staff_are_everybody_with_a_role_in_the_run_or_its_organisation(platform):
    other = CourseKey.from_string("course-v1:ICI+SME2+2026")
    rows = [
        RoleRow(1, COURSE, "ICI", "staff"),
        RoleRow(2, CourseKeyField.Empty, "ICI", "instructor"),
        RoleRow(3, other, "ICI", "staff"),
        RoleRow(4, COURSE, "ICI", "beta_testers"),
        RoleRow(5, CourseKeyField.Empty, "Elsewhere", "staff"),
    ]
    platform("common.djangoapps.student.models", CourseAccessRole=SimpleNamespace(objects=Rows(rows)))
    assert OpenEdxHost().staff_ids(COURSE) == [1, 2]


def test_staff_whose_roles_lie_in_openedx_authz_are_staff_too(platform, user):
    """Read on Verawood: openedx_authz/api/users.py, constants/roles.py, api/data.py (scopes of an organisation)."""
    users = get_user_model().objects
    of_org, editor = users.create_user("orga"), users.create_user("edit")
    held = {
        ("course_staff", str(COURSE)): [user],
        ("course_admin", "course-v1:ICI+*"): [of_org],
        ("course_editor", str(COURSE)): [editor],
    }
    platform("common.djangoapps.student.models", CourseAccessRole=SimpleNamespace(objects=Rows()))
    platform("openedx_authz.api", users=SimpleNamespace(get_users_for_role_in_scope=lambda *key: held.get(key, [])))
    platform(
        "openedx_authz.constants.roles",
        LEGACY_COURSE_ROLE_EQUIVALENCES={"instructor": "course_admin", "staff": "course_staff"},
    )
    assert OpenEdxHost().staff_ids(COURSE) == sorted([user.id, of_org.id])


def test_courses_of_openedx_authz_have_their_keys_as_text(platform, user):
    students(platform, held=[Held("staff", str(COURSE), "ICI")], overviews={})
    platform(
        "openedx.core.djangoapps.content.course_overviews.models",
        CourseOverview=SimpleNamespace(objects=SimpleNamespace(filter=only_keys)),
    )
    assert OpenEdxHost().staffed_courses(user.id) == [CourseInfo(COURSE, "Found")]


def only_keys(where):
    """Stand-in of a queryset that refuses keys as text."""
    (keys, _orgs) = (set(value) for _name, value in where.children)
    assert all(isinstance(key, CourseKey) for key in keys)
    return SimpleNamespace(values_list=lambda *_names: [(key, "Found") for key in keys])


@pytest.fixture
def cohorts(platform, user):
    """Stand-in of the platform's cohorts, as tests/openedx/test_roles.py tries them in a real LMS (Teak)."""
    learner = get_user_model().objects.create_user("lea")
    asked = SimpleNamespace(rows=Rows(), other_course_settings={"iciinsmes": {"teachers_by_cohort": True}}, on=True)

    def put(*rows):
        asked.rows[:] = [
            SimpleNamespace(user_id=who.id, course_id=COURSE, course_user_group_id=cohort) for who, cohort in rows
        ]

    students(platform, access=[(user.id, "staff", COURSE)])
    rows = [RoleRow(user.id, COURSE, "ICI", "staff")]
    platform("common.djangoapps.student.models", CourseAccessRole=SimpleNamespace(objects=Rows(rows)))
    platform("openedx.core.djangoapps.course_groups.models", CohortMembership=SimpleNamespace(objects=asked.rows))
    platform("openedx.core.djangoapps.course_groups.cohorts", is_course_cohorted=lambda _key: asked.on)
    platform(
        "xmodule.modulestore.django",
        modulestore=lambda: SimpleNamespace(
            get_course=lambda _key, depth: asked, bulk_operations=lambda _key: nullcontext()
        ),
    )
    return SimpleNamespace(put=put, asked=asked, learner=learner)


def test_only_who_is_in_another_cohort_is_not_told(cohorts, user):
    def told():
        return OpenEdxHost().staff_ids(COURSE, learner_id=cohorts.learner.id)

    assert told() == [user.id]
    cohorts.put((user, 1), (cohorts.learner, 2))
    assert told() == []
    cohorts.put((user, 1), (cohorts.learner, 1))
    assert told() == [user.id]
    cohorts.put((user, 1))
    assert told() == []
    cohorts.asked.other_course_settings = {}
    assert told() == [user.id]


def test_nobody_is_limited_without_a_cohort_a_role_and_the_courses_word(cohorts, user):
    assert OpenEdxHost().limited_to(user.id, COURSE) is None
    cohorts.put((cohorts.learner, 1))
    assert OpenEdxHost().limited_to(cohorts.learner.id, COURSE) is None
    RequestCache.clear_all_namespaces()
    cohorts.put((user, 1))
    cohorts.asked.on = False
    assert OpenEdxHost().limited_to(user.id, COURSE) is None


@pytest.mark.parametrize(
    ("settings", "gives"),
    [
        ({"iciinsmes": {"teachers_by_company": True}}, True),
        ({"iciinsmes": {"teachers_by_company": "yes"}}, False),
        ({"iciinsmes": []}, False),
        (None, False),
    ],
)
def test_a_course_says_whether_teachers_have_their_own_firms(cohorts, settings, gives):
    RequestCache.clear_all_namespaces()
    cohorts.asked.other_course_settings = settings
    cohorts.asked.on = False
    assert OpenEdxHost().teachers_by_company(COURSE) is gives


@pytest.fixture
def tab(platform, monkeypatch):
    """Return the tab of the course, made from a stand-in of the platform's base class (xmodule/tabs.py of Teak)."""
    platform("xmodule.tabs", CourseTab=type("CourseTab", (), {}))
    monkeypatch.delitem(sys.modules, "iciinsmes.platform.openedx.course_tab", raising=False)
    yield import_module("iciinsmes.platform.openedx.course_tab").DeskTab
    sys.modules.pop("iciinsmes.platform.openedx.course_tab", None)


def test_the_tab_of_the_course_is_for_staff_of_courses_with_assignments(platform, tab, user):
    course = SimpleNamespace(id=COURSE)
    students(platform, access=[(user.id, "staff", COURSE)])
    assert not tab.is_enabled(course, user), "there is no assignment"
    freeze_task(usage_key=BLOCK, course_key=COURSE, task=new_task())
    assert tab.is_enabled(course, user)
    assert not tab.is_enabled(course)
    assert not tab.is_enabled(SimpleNamespace(id=CourseKey.from_string("course-v1:ICI+SME2+2026")), user)
    students(platform, enrolled=[(user.id, COURSE)])
    assert not tab.is_enabled(course, user)
    assert tab().link_func(course, reverse) == f"/iciinsmes/desk/{COURSE}/"


def test_reports_are_for_researchers_and_instructors(platform, user):
    def may(*held, access=()):
        students(platform, access=access)
        role = lambda name, where: SimpleNamespace(has_user=lambda _user: (name, where) in held)  # noqa: E731
        platform("common.djangoapps.student.roles", CourseRole=role, OrgRole=role)
        RequestCache.clear_all_namespaces()
        return OpenEdxHost().may_have_reports(user.id, COURSE)

    assert may(("data_researcher", COURSE))
    assert may(("data_researcher", "ICI"))
    assert may(access=[(user.id, "instructor", COURSE)])
    assert not may(access=[(user.id, "staff", COURSE)])
    assert not may()
