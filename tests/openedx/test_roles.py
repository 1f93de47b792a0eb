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
from django.utils import timezone
from edx_django_utils.cache import RequestCache
from openedx.core.djangoapps.content.course_overviews.models import CourseOverview

from iciinsmes.platform import Role, host

from .course import CourseTestCase


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
        self.course.start, self.course.days_early_for_beta = timezone.now() - timedelta(days=1), 5
        self.store.update_item(self.course, self.user.id)
        block = self.add("workplace_assignment", start=timezone.now() + timedelta(days=2))
        with patch.dict("django.conf.settings.FEATURES", {"DISABLE_START_DATES": False}):
            assert host().may_open(tester.id, block.location)
            assert not host().may_open(learner.id, block.location)

    def test_data_researchers_may_have_reports(self) -> None:
        key = self.course.id
        assert host().may_have_reports(self.person(CourseDataResearcherRole(key)).id, key)
        assert host().may_have_reports(self.person(CourseInstructorRole(key)).id, key)
        assert not host().may_have_reports(self.person(CourseStaffRole(key)).id, key)
        assert not host().may_have_reports(self.learner.id, key)
