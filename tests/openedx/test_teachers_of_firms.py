"""A course may give its teachers their own firms: who coaches some sees the people of these only."""

from __future__ import annotations

from typing import Any

from common.djangoapps.student.models import CourseEnrollment
from common.djangoapps.student.roles import CourseInstructorRole, CourseStaffRole
from common.djangoapps.student.tests.factories import UserFactory
from edx_django_utils.cache import RequestCache
from openedx.core.djangoapps.course_groups.cohorts import add_user_to_cohort, set_course_cohorted
from openedx.core.djangoapps.course_groups.tests.helpers import CohortFactory

from iciinsmes.companies import api as companies
from iciinsmes.platform import host

from .course import CourseTestCase
from .work import hand_in

SERVICE = "lms"


class TeachersOfFirmsTest(CourseTestCase):
    """A teacher who coaches the firm of one learner, another one who coaches none, and an instructor who does."""

    def setUp(self) -> None:
        """Put two learners into two firms, and let the course give firms to teachers."""
        super().setUp()
        self.here, self.there = self.learner, UserFactory.create()
        self.head, self.coordinator = UserFactory.create(), UserFactory.create()
        CourseEnrollment.enroll(self.there, self.course.id)
        CourseStaffRole(self.course.id).add_users(self.head)
        CourseInstructorRole(self.course.id).add_users(self.coordinator)
        firms = {
            user.id: companies.create_company(name=name, country="de")
            for user, name in ((self.here, "Nordlicht"), (self.there, "Lindmoor"))
        }
        for user_id, firm in firms.items():
            companies.join_company(company_id=firm.id, user_id=user_id, course_key=self.course.id)
        for user in (self.teacher, self.coordinator):
            companies.assign_coach(
                company_id=firms[self.here.id].id,
                course_key=self.course.id,
                who=user.username,
                actor_id=self.coordinator.id,
            )
        self.ask(teachers_by_company=True)

    def ask(self, **ours: Any) -> None:
        self.course.other_course_settings = {"iciinsmes": ours}
        self.store.update_item(self.course, self.user.id)
        RequestCache.clear_all_namespaces()

    def graded_by(self, user: Any) -> set[int]:
        RequestCache.clear_all_namespaces()
        people = (self.here.id, self.there.id)
        key = self.course.id
        return {owner for owner in people if companies.can_grade_of(user_id=user.id, owner_id=owner, course_key=key)}

    def test_who_coaches_firms_sees_their_people_and_others_see_all(self) -> None:
        assert self.graded_by(self.teacher) == {self.here.id}
        assert self.graded_by(self.head) == {self.here.id, self.there.id}
        assert self.graded_by(self.coordinator) == {self.here.id, self.there.id}

    def test_nobody_is_limited_where_the_course_does_not_say_so(self) -> None:
        for said in ({}, {"teachers_by_company": "yes"}, {"teachers_by_cohort": True}):
            self.ask(**said)
            assert self.graded_by(self.teacher) == {self.here.id, self.there.id}

    def test_with_cohorts_as_well_both_have_to_hold(self) -> None:
        set_course_cohorted(self.course.id, True)
        cohort = CohortFactory(course_id=self.course.id, name="A")
        for user in (self.teacher, self.there):
            add_user_to_cohort(cohort, user)
        self.ask(teachers_by_company=True, teachers_by_cohort=True)
        assert self.graded_by(self.teacher) == set()
        add_user_to_cohort(cohort, self.here)
        assert self.graded_by(self.teacher) == {self.here.id}

    def test_the_desk_shows_opens_and_tells_what_is_the_teachers(self) -> None:
        own, other = hand_in(self.assignment, self.here), hand_in(self.assignment, self.there)
        self.client.login(username=self.teacher.username, password=self.TEST_PASSWORD)
        desk = f"/iciinsmes/desk/{self.course.id}/"
        page = self.client.get(desk).content.decode()
        assert str(own.id) in page
        assert str(other.id) not in page
        assert self.client.get(f"{desk}rounds/{own.id}/").status_code == 200
        assert self.client.get(f"{desk}rounds/{other.id}/").status_code == 404
        told = companies.staff_of(course_key=self.course.id, learner_id=self.there.id)
        assert set(told) == {self.head.id, self.coordinator.id}

    def test_a_request_asks_the_course_once(self) -> None:
        RequestCache.clear_all_namespaces()
        assert host().teachers_by_company(self.course.id)
        with self.assertNumQueries(0):
            assert host().teachers_by_company(self.course.id)
