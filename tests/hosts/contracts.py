"""What `iciinsmes.platform.Host` promises, as one body of tests: for the campus here, for Open edX inside of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model
from django.test import TestCase
from edx_django_utils.cache import RequestCache
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.platform import Role, host

DUE = datetime(2100, 1, 1, tzinfo=UTC)
LATER = DUE + timedelta(days=9)


# The platform's own base class of tests and the campus' one come beside it.
class HostContracts(TestCase):
    """Promises of a host about one course run: a graded block in a subsection that is due at `DUE`, and its people."""

    __test__ = False
    course_key: CourseKey
    usage_key: UsageKey
    gone_key: UsageKey

    def enrol(self, user: Any) -> None:
        """Let somebody learn in the course run."""
        raise NotImplementedError

    def employ(self, user: Any) -> None:
        """Let somebody teach in the course run."""
        raise NotImplementedError

    def leave(self, user: Any) -> None:
        """Let a learner leave the course run."""
        raise NotImplementedError

    def extend(self, user: Any, until: datetime) -> None:
        """Give a learner another due date for the subsection, as staff do."""
        raise NotImplementedError

    def set_own_due(self, until: datetime) -> None:
        """Let the block have a due date of its own."""
        raise NotImplementedError

    def named(self, username: str, first: str, last: str) -> Any:
        """Return a new account with this name."""
        raise NotImplementedError

    def earned(self, user: Any) -> float | None:
        """Return the points of the block in the person's gradebook."""
        raise NotImplementedError

    def completion(self, user: Any) -> float:
        """Return how much of the block the person has completed, 0 to 1."""
        raise NotImplementedError

    def learner_of(self, username: str, first: str = "Ann", last: str = "Berg") -> Any:
        user = self.named(username, first, last)
        self.enrol(user)
        RequestCache.clear_all_namespaces()
        return user

    def teacher_of(self, username: str) -> Any:
        user = self.named(username, "Tom", "Teach")
        self.employ(user)
        RequestCache.clear_all_namespaces()
        return user

    def test_roles(self) -> None:
        learner, teacher, stranger = self.learner_of("c-lea"), self.teacher_of("c-tom"), self.named("c-eve", "Eve", "E")
        assert host().roles(learner.id, self.course_key) == {Role.LEARNER}
        assert host().roles(teacher.id, self.course_key) == {Role.TEACHER}
        assert host().roles(stranger.id, self.course_key) == frozenset()
        staff = host().staff_ids(self.course_key)
        assert teacher.id in staff
        assert {learner.id, stranger.id}.isdisjoint(staff)
        assert staff == sorted(staff)

    def test_people_are_told_apart_and_known_to_take_part_in_one_query(self) -> None:
        first, second = self.learner_of("c-ann1"), self.learner_of("c-ann2")
        teacher, gone = self.teacher_of("c-tom"), self.learner_of("c-bo", "Bo", "Gone")
        self.leave(gone)
        RequestCache.clear_all_namespaces()
        with self.assertNumQueries(1):
            found = host().people([first.id, teacher.id, gone.id, 0], self.course_key)
        assert {user_id: (each.label, each.takes_part) for user_id, each in found.items()} == {
            first.id: ("Ann Berg (c-ann1)", True),
            teacher.id: ("Tom Teach", True),
            gone.id: ("Bo Gone", False),
        }
        assert found[first.id].email == first.email
        assert host().people([second.id], self.course_key)[second.id].name == "Ann Berg"

    def test_people_are_looked_for_by_name_and_user_name_in_one_query(self) -> None:
        one = self.learner_of("c-ann3")
        with self.assertNumQueries(1):
            found = host().search_names([one.id, 0])
        assert set(found) == {one.id}
        assert {"Ann", "Berg", "c-ann3"} <= set(found[one.id].split())

    def test_everybody_who_learns_is_found_by_parts_of_words(self) -> None:
        one, gone = self.learner_of("c-ann4"), self.learner_of("c-bo4", "Bo", "Gone")
        self.leave(gone)
        found = host().learners(self.course_key, text="berg c-ann4")
        assert list(found.values_list("pk", flat=True)) == [one.id]
        assert gone.id not in set(host().learners(self.course_key).values_list("pk", flat=True))

    def test_due_is_the_nearest_date_on_the_way_up_with_the_persons_extension(self) -> None:
        one, other = self.learner_of("c-one"), self.learner_of("c-other")
        assert host().due_date(one.id, self.usage_key) == DUE
        self.extend(one, LATER)
        RequestCache.clear_all_namespaces()
        assert host().due_dates([one.id, other.id], self.usage_key) == {one.id: LATER, other.id: DUE}
        assert host().due_date(one.id, self.usage_key) == LATER
        assert host().due_date(one.id, self.gone_key) is None

    def test_a_blocks_own_date_counts_first_and_an_extension_covers_it(self) -> None:
        one, other = self.learner_of("c-one"), self.learner_of("c-other")
        sooner = DUE - timedelta(days=1)
        self.set_own_due(sooner)
        RequestCache.clear_all_namespaces()
        assert host().due_dates([one.id, other.id], self.usage_key) == {one.id: sooner, other.id: sooner}
        self.extend(one, LATER)
        RequestCache.clear_all_namespaces()
        assert host().due_dates([one.id, other.id], self.usage_key) == {one.id: LATER, other.id: sooner}

    def test_a_result_is_the_learners_and_the_last_one_counts(self) -> None:
        learner, other = self.learner_of("c-lea"), self.learner_of("c-other")
        for points in ("8", "3.5"):
            host().book_grade(
                user_id=learner.id, usage_key=self.usage_key, earned=Decimal(points), possible=Decimal(10)
            )
        assert self.earned(learner) == 3.5
        assert not self.earned(other)

    def test_a_result_is_taken_back_with_its_completion_and_twice_is_once(self) -> None:
        learner = self.learner_of("c-lea")
        host().book_grade(user_id=learner.id, usage_key=self.usage_key, earned=Decimal(8), possible=Decimal(10))
        host().complete(user_id=learner.id, usage_key=self.usage_key, fraction=1.0)
        assert (self.earned(learner), self.completion(learner)) == (8, 1.0)
        for _time in range(2):
            host().forget_result(user_id=learner.id, usage_key=self.usage_key)
        assert not self.earned(learner)
        assert self.completion(learner) == 0

    def test_who_is_excused_has_no_points_and_a_later_result_counts(self) -> None:
        learner = self.learner_of("c-ann9")
        host().excuse(user_id=learner.id, usage_key=self.usage_key)
        host().excuse(user_id=learner.id, usage_key=self.usage_key)
        assert not self.earned(learner)
        host().book_grade(user_id=learner.id, usage_key=self.usage_key, earned=Decimal(8), possible=Decimal(10))
        assert self.earned(learner) == 8
        host().forget_result(user_id=learner.id, usage_key=self.usage_key)
        assert not self.earned(learner)

    def test_languages_are_those_of_each(self) -> None:
        learner, other = self.learner_of("c-ann10"), self.learner_of("c-bo10", "Bo", "Lind")
        with self.assertNumQueries(1):
            found = host().languages([learner.id, other.id])
        assert found == {each.id: host().language(each.id) for each in (learner, other)}

    def test_a_third_partys_id_leads_back(self) -> None:
        learner = self.learner_of("c-lea")
        known_as = host().anonymous_id(learner.id, self.course_key)
        assert host().user_for_anonymous_id(known_as, self.course_key) == learner.id
        assert host().user_for_anonymous_id("nobody", self.course_key) is None
        assert known_as not in {str(learner.id), get_user_model().objects.get(id=learner.id).username}
