"""The platform's roles, in all the ways it gives them, are roles of the add-on."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

from common.djangoapps.student.models import CourseEnrollment
from common.djangoapps.student.roles import (
    CourseBetaTesterRole,
    CourseDataResearcherRole,
    CourseInstructorRole,
    CourseLimitedStaffRole,
    CourseStaffRole,
    OrgInstructorRole,
    OrgStaffRole,
)
from common.djangoapps.student.tests.factories import UserFactory
from django.conf import settings
from django.utils import timezone
from edx_django_utils.cache import RequestCache
from openedx.core.djangoapps.content.course_overviews.models import CourseOverview
from openedx.core.djangoapps.course_groups.cohorts import add_user_to_cohort, set_course_cohorted
from openedx.core.djangoapps.course_groups.tests.helpers import CohortFactory

from iciinsmes.assignments import api as assignments
from iciinsmes.companies.api import can_grade_of, can_see_work
from iciinsmes.platform import Role, host

from .course import CourseTestCase
from .work import hand_in


class RolesTest(CourseTestCase):
    """What `Host.roles` and its neighbours promise."""

    def person(self, *given, **account):
        user = UserFactory.create(**account)
        for role in given:
            role.add_users(user)
        RequestCache.clear_all_namespaces()
        return user

    def roles_of(self, user):
        return host().roles(user.id, self.course.id)

    def test_every_way_to_be_staff(self) -> None:
        key, org = self.course.id, self.course.id.org
        assert self.roles_of(self.person(CourseStaffRole(key))) == {Role.TEACHER}
        assert self.roles_of(self.person(CourseLimitedStaffRole(key))) == {Role.TEACHER}
        assert self.roles_of(self.person(OrgStaffRole(org))) == {Role.TEACHER}
        assert self.roles_of(self.person(CourseInstructorRole(key))) == {Role.COORDINATOR}
        assert self.roles_of(self.person(OrgInstructorRole(org))) == {Role.COORDINATOR}
        assert self.roles_of(self.person(is_staff=True)) == {Role.COORDINATOR}

    def test_who_is_none(self) -> None:
        key = self.course.id
        assert self.roles_of(self.person(CourseBetaTesterRole(key))) == frozenset()
        assert self.roles_of(self.person(CourseDataResearcherRole(key))) == frozenset()
        assert self.roles_of(self.person(OrgStaffRole("elsewhere"))) == frozenset()
        assert self.roles_of(self.person(CourseStaffRole(key), is_active=False)) == frozenset()
        assert host().roles(10**9, key) == frozenset()

    def test_whom_studio_enrolled_keeps_both_roles(self) -> None:
        both = self.person(CourseStaffRole(self.course.id))
        CourseEnrollment.enroll(both, self.course.id)
        RequestCache.clear_all_namespaces()
        assert self.roles_of(both) == {Role.TEACHER, Role.LEARNER}

    def test_staff_of_the_organisation_find_the_course_and_are_told_of_it(self) -> None:
        CourseOverview.get_from_id(self.course.id)
        teacher = self.person(OrgStaffRole(self.course.id.org))
        assert self.course.id in [course.key for course in host().staffed_courses(teacher.id)]
        assert teacher.id in host().staff_ids(self.course.id)
        assert self.teacher.id in host().staff_ids(self.course.id)
        assert self.learner.id not in host().staff_ids(self.course.id)
        assert host().staffed_courses(self.learner.id) == []

    def test_the_roles_of_a_person_are_asked_once_a_request(self) -> None:
        user = self.person(CourseStaffRole(self.course.id))
        self.roles_of(user)
        with self.assertNumQueries(0):
            self.roles_of(user)

    def test_all_staff_are_found_in_one_query(self) -> None:
        key, org = self.course.id, self.course.id.org
        roles = (
            CourseLimitedStaffRole(key),
            CourseInstructorRole(key),
            OrgInstructorRole(org),
            OrgStaffRole("elsewhere"),
        )
        limited, coordinator, of_org, stranger = (self.person(role) for role in roles)
        with self.assertNumQueries(1):
            found = host().staff_ids(key)
        assert {self.teacher.id, limited.id, coordinator.id, of_org.id} <= set(found)
        assert stranger.id not in found
        assert host().people([limited.id, stranger.id], key)[limited.id].takes_part
        assert not host().people([limited.id, stranger.id], key)[stranger.id].takes_part

    def test_a_beta_tester_who_is_enrolled_learns_and_sees_blocks_early(self) -> None:
        tester, learner = self.person(CourseBetaTesterRole(self.course.id)), self.person()
        for user in (tester, learner):
            CourseEnrollment.enroll(user, self.course.id)
        RequestCache.clear_all_namespaces()
        assert self.roles_of(tester) == self.roles_of(learner) == {Role.LEARNER}
        self.course.days_early_for_beta = 5
        self.store.update_item(self.course, self.user.id)
        block = self.add("workplace_assignment", start=timezone.now() + timedelta(days=2))
        with patch.dict(settings.FEATURES, {"DISABLE_START_DATES": False}):
            assert host().may_open(tester.id, block.location)
            assert not host().may_open(learner.id, block.location)

    def test_data_researchers_may_have_reports(self) -> None:
        key = self.course.id
        assert host().may_have_reports(self.person(CourseDataResearcherRole(key)).id, key)
        assert host().may_have_reports(self.person(CourseInstructorRole(key)).id, key)
        assert not host().may_have_reports(self.person(CourseStaffRole(key)).id, key)
        assert not host().may_have_reports(self.learner.id, key)


class CohortsTest(CourseTestCase):
    """Teachers who are limited to a cohort, where the course asks for it."""

    def setUp(self) -> None:
        """Put a teacher and a learner into one cohort, a learner into another, a teacher into none."""
        super().setUp()
        self.here, self.there = self.learner, UserFactory.create()
        CourseEnrollment.enroll(self.there, self.course.id)
        self.head, self.coordinator = UserFactory.create(), UserFactory.create()
        CourseStaffRole(self.course.id).add_users(self.head)
        CourseInstructorRole(self.course.id).add_users(self.coordinator)
        set_course_cohorted(self.course.id, True)
        first, second = (CohortFactory(course_id=self.course.id, name=name) for name in ("A", "B"))
        for cohort, user in (
            (first, self.teacher),
            (first, self.here),
            (second, self.there),
            (second, self.coordinator),
        ):
            add_user_to_cohort(cohort, user)
        self.ask({"iciinsmes": {"teachers_by_cohort": True}})

    def ask(self, other_settings) -> None:
        self.course.other_course_settings = other_settings
        self.store.update_item(self.course, self.user.id)
        RequestCache.clear_all_namespaces()

    def graded_by(self, user) -> set[int]:
        RequestCache.clear_all_namespaces()
        people = (self.here.id, self.there.id)
        return {owner for owner in people if can_grade_of(user_id=user.id, owner_id=owner, course_key=self.course.id)}

    def test_a_teacher_in_a_cohort_sees_its_learners_only(self) -> None:
        assert self.graded_by(self.teacher) == {self.here.id}
        assert not can_see_work(user_id=self.teacher.id, owner_id=self.there.id, course_key=self.course.id)

    def test_others_see_all(self) -> None:
        assert self.graded_by(self.head) == {self.here.id, self.there.id}
        assert self.graded_by(self.coordinator) == {self.here.id, self.there.id}
        assert self.graded_by(self.here) == set()

    def test_nobody_is_limited_where_the_course_does_not_ask(self) -> None:
        for asked in ({}, {"iciinsmes": {}}, {"iciinsmes": "yes"}, {"iciinsmes": {"teachers_by_cohort": "no"}}):
            self.ask(asked)
            assert self.graded_by(self.teacher) == {self.here.id, self.there.id}
        self.ask({"iciinsmes": {"teachers_by_cohort": True}})
        set_course_cohorted(self.course.id, False)
        assert self.graded_by(self.teacher) == {self.here.id, self.there.id}

    def test_the_desk_shows_and_opens_what_is_the_teachers(self) -> None:
        own, other = hand_in(self.assignment, self.here), hand_in(self.assignment, self.there)
        self.client.login(username=self.teacher.username, password=self.TEST_PASSWORD)
        desk = f"/iciinsmes/desk/{self.course.id}/"
        page = self.client.get(desk).content.decode()
        assert str(own.id) in page
        assert str(other.id) not in page
        assert "1 waiting" in page
        assert self.client.get(f"{desk}rounds/{own.id}/").status_code == 200
        assert self.client.get(f"{desk}rounds/{other.id}/").status_code == 404
        assert assignments.waiting_count(usage_key=self.assignment.location) == 2

    def test_only_those_are_told_whose_learner_it_is(self) -> None:
        here = host().staff_ids(self.course.id, learner_id=self.here.id)
        there = host().staff_ids(self.course.id, learner_id=self.there.id)
        assert set(here) == {self.teacher.id, self.head.id, self.coordinator.id}
        assert set(there) == {self.head.id, self.coordinator.id}

    def test_a_page_of_a_course_without_cohorts_costs_one_query_more(self) -> None:
        RequestCache.clear_all_namespaces()
        host().roles(self.head.id, self.course.id)
        with self.assertNumQueries(1):
            assert host().limited_to(self.head.id, self.course.id) is None
        with self.assertNumQueries(0):
            assert host().limited_to(self.head.id, self.course.id) is None
