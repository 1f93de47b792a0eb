"""Roles, completion and grades through the room's door."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from edx_django_utils.cache import RequestCache
from hypothesis import given
from hypothesis import strategies as st
from opaque_keys.edx.locator import CourseLocator

from iciinsmes.platform import Role
from iciinsmes_campus.courseware.data import Node
from iciinsmes_campus.learning import api

COURSE = CourseLocator("Test", "OLX1", "2026")
OTHER = CourseLocator("Test", "Other", "2026")
BLOCK = COURSE.make_usage_key("problem", "p1")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh() -> None:
    RequestCache.clear_all_namespaces()


@pytest.fixture
def ann() -> Any:
    return get_user_model().objects.create_user("ann")


def test_roles_cost_one_query_a_request(ann: Any, django_assert_num_queries: Any) -> None:
    api.enrol(user_id=ann.pk, course_key=COURSE)
    api.enrol(user_id=ann.pk, course_key=OTHER, role=Role.TEACHER)
    with django_assert_num_queries(1):
        assert api.roles_of(ann.pk, COURSE) == {Role.LEARNER}
        assert api.roles_of(ann.pk, OTHER) == {Role.TEACHER}
        assert api.roles_of(ann.pk, CourseLocator("Test", "None", "2026")) == frozenset()


def test_enrolling_again_changes_the_role_at_once(ann: Any) -> None:
    api.enrol(user_id=ann.pk, course_key=COURSE)
    assert api.roles_of(ann.pk, COURSE) == {Role.LEARNER}
    api.enrol(user_id=ann.pk, course_key=COURSE, role=Role.COORDINATOR)
    assert api.roles_of(ann.pk, COURSE) == {Role.COORDINATOR}
    assert api.staff_ids(COURSE) == [ann.pk]
    api.leave(user_id=ann.pk, course_key=COURSE)
    assert api.roles_of(ann.pk, COURSE) == frozenset()


def test_members_come_a_page_at_a_time(django_assert_num_queries: Any) -> None:
    people = [get_user_model().objects.create_user(f"p{number}").pk for number in range(5)]
    for user_id in people:
        api.enrol(user_id=user_id, course_key=COURSE)
    with django_assert_num_queries(1):
        first = api.members(course_key=COURSE, limit=3)
    assert first == tuple(people[:3])
    assert api.members(course_key=COURSE, after=first[-1], limit=3) == tuple(people[3:])
    assert api.members(course_key=COURSE, role=Role.TEACHER) == ()


def test_due_dates_are_extended_and_taken_back(ann: Any) -> None:
    api.enrol(user_id=ann.pk, course_key=COURSE)
    until = datetime(2026, 12, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    api.extend_due(user_id=ann.pk, usage_key=BLOCK, until=until)
    member = api.membership_of(user_id=ann.pk, course_key=COURSE)
    assert member is not None
    assert member.extensions == {str(BLOCK): datetime(2026, 12, 1, 10, tzinfo=UTC)}
    api.enrol(user_id=ann.pk, course_key=COURSE)
    assert api.memberships_of(ann.pk)[0].extensions == member.extensions
    api.extend_due(user_id=ann.pk, usage_key=BLOCK, until=None)
    assert api.memberships_of(ann.pk)[0].extensions == {}
    with pytest.raises(api.LearningError):
        api.extend_due(user_id=ann.pk, usage_key=BLOCK, until=datetime(2026, 12, 1))


def test_completion_goes_up_and_down(ann: Any, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        api.complete(user_id=ann.pk, usage_key=BLOCK, fraction=1.0)
    api.complete(user_id=ann.pk, usage_key=BLOCK, fraction=0.25)
    assert api.completions(user_id=ann.pk, course_key=COURSE) == {BLOCK: 0.25}
    assert api.completions(user_id=ann.pk, course_key=OTHER) == {}
    for fraction in (-0.1, 1.1, float("nan")):
        with pytest.raises(api.LearningError):
            api.complete(user_id=ann.pk, usage_key=BLOCK, fraction=fraction)


def test_a_grade_is_replaced(ann: Any, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        api.book_grade(user_id=ann.pk, usage_key=BLOCK, earned=Decimal("7.333"), possible=Decimal(10))
    assert api.grades(user_id=ann.pk, course_key=COURSE) == {BLOCK: api.Earned(Decimal("7.33"), Decimal(10))}
    api.book_grade(user_id=ann.pk, usage_key=BLOCK, earned=1, possible=4)
    assert api.grades_of_many(user_ids=[ann.pk, 0], course_key=COURSE) == {
        ann.pk: {BLOCK: api.Earned(Decimal(1), Decimal(4))},
        0: {},
    }


@pytest.mark.parametrize(("earned", "possible"), [(1, 0), (1, -1), (float("nan"), 1), (1, float("inf")), ("x", 1)])
def test_what_is_no_grade(ann: Any, earned: Any, possible: Any) -> None:
    with pytest.raises(api.InvalidGrade):
        api.book_grade(user_id=ann.pk, usage_key=BLOCK, earned=earned, possible=possible)


def test_the_better_share_of_points_is_kept(ann: Any) -> None:
    for earned, possible, expected in ((3, 4, 3), (5, 10, 3), (9, 10, 9), (9, 10, 9)):
        api.book_grade(user_id=ann.pk, usage_key=BLOCK, earned=earned, possible=possible, only_if_higher=True)
        assert api.grades(user_id=ann.pk, course_key=COURSE)[BLOCK].earned == expected


def test_ids_for_third_parties(ann: Any) -> None:
    assert api.anonymous_id(ann.pk, COURSE) == api.anonymous_id(ann.pk, COURSE)
    assert len({api.anonymous_id(ann.pk, COURSE), api.anonymous_id(ann.pk, OTHER), api.anonymous_id(ann.pk)}) == 3
    assert str(ann.pk) != api.anonymous_id(ann.pk)


def leaf(name: str, completion: str = "completable", **more: Any) -> Node:
    key = COURSE.make_usage_key("html", name)
    return Node(usage_key=key, block_type="html", display_name=name, completion=completion, **more)


def container(*children: Node) -> Node:
    key = COURSE.make_usage_key("vertical", "v")
    return Node(usage_key=key, block_type="vertical", display_name="", children=children, completion="aggregator")


def test_only_what_a_learner_can_complete_counts() -> None:
    tree = container(leaf("a"), leaf("b", "excluded"), leaf("c", error="broken"), container(leaf("d", staff_only=True)))
    assert api.fraction_done(tree, {}) == 0.0
    assert api.fraction_done(tree, {leaf("a").usage_key: 1.0}) == 1.0
    assert api.fraction_done(container(), {}) == 1.0
    assert api.fraction_done(container(container(leaf("b", "excluded"))), {}) == 1.0


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_a_container_is_the_mean_of_its_leaves(fractions: list[float]) -> None:
    leaves = [leaf(f"n{number}") for number in range(len(fractions))]
    done = {node.usage_key: fraction for node, fraction in zip(leaves, fractions, strict=True)}
    result = api.fraction_done(container(*leaves), done)
    assert result == pytest.approx(sum(fractions) / len(fractions))
    assert (result == 1.0) == all(fraction == 1.0 for fraction in fractions) or result == pytest.approx(1.0)
