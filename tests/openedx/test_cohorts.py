"""A course may limit its teachers to the learners of their own cohort."""

from __future__ import annotations

from typing import Any

from common.djangoapps.student.models import CourseEnrollment
from common.djangoapps.student.roles import CourseInstructorRole, CourseStaffRole
from common.djangoapps.student.tests.factories import UserFactory
from edx_django_utils.cache import RequestCache
from openedx.core.djangoapps.course_groups.cohorts import add_user_to_cohort, set_course_cohorted
from openedx.core.djangoapps.course_groups.tests.helpers import CohortFactory

from iciinsmes.companies.api import can_grade_of, can_see_work
from iciinsmes.platform import host
from iciinsmes.waiting import api as waiting_room

from .course import CourseTestCase
from .work import hand_in

SERVICE = "lms"


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

    def ask(self, other_settings: dict[str, Any]) -> None:
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
        words: tuple[dict[str, Any], ...] = (
            {},
            {"iciinsmes": {}},
            {"iciinsmes": "yes"},
            {"iciinsmes": {"teachers_by_cohort": "no"}},
        )
        for asked in words:
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
        block = self.assignment.location
        assert waiting_room.waiting_count(course_key=block.course_key, place=str(block)) == 2

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
