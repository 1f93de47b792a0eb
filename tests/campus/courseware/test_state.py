"""State under concurrency: no field is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from xblock.fields import Scope

from iciinsmes_campus.courseware.state import LearnerState, place_of
from iciinsmes_campus.learning import api as learning
from iciinsmes_campus.learning.models import BlockState
from tests.at_once import at_once
from tests.campus.courseware.blocks import HabitBlock
from tests.campus.folders import COURSE, key, unit

BLOCK = key("habit", "x1")


def together(*jobs: Callable[[], None]) -> list[Exception]:
    """Run the jobs in threads that start together; return what failed."""
    return [result for result in at_once(*jobs) if isinstance(result, Exception)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scope", [Scope.user_state, Scope.user_state_summary])
def test_no_field_is_lost(scope: Any) -> None:
    user = get_user_model().objects.create_user("ann")

    def writer(name: str) -> Callable[[], None]:
        def write() -> None:
            for number in range(10):
                LearnerState(user.pk).save(scope, BLOCK, {f"{name}{number}": number})

        return write

    assert together(writer("a"), writer("b")) == []
    values = LearnerState(user.pk).values(scope, BLOCK)
    assert len(values) == 20


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_both_count(make: Any, install: Any, ann: Any) -> None:
    install(habit=HabitBlock)
    make(unit('<habit url_name="x1"/>'))
    url = f"/courses/xblock/{BLOCK}/learn/count"

    def click() -> None:
        client = Client()
        client.force_login(ann)
        for _ in range(5):
            assert client.post(url, "{}", content_type="application/json").status_code == 200

    assert together(click, click) == []
    assert LearnerState(ann.pk).values(Scope.user_state, BLOCK) == {"one": 10}
    assert LearnerState(ann.pk).values(Scope.user_state_summary, BLOCK) == {"together": 10}


@pytest.mark.django_db(transaction=True)
def test_grades_and_completion_booked_at_once() -> None:
    user = get_user_model().objects.create_user("ann")

    def book() -> None:
        for points in range(8):
            learning.book_grade(user_id=user.pk, usage_key=BLOCK, earned=points, possible=8, only_if_higher=True)
            learning.complete(user_id=user.pk, usage_key=BLOCK, fraction=1.0)

    assert together(book, book) == []
    assert learning.grades(user_id=user.pk, course_key=COURSE)[BLOCK].earned == 7


@pytest.mark.django_db
def test_two_first_writers_of_shared_state_are_joined() -> None:
    place = place_of(Scope.user_state_summary, BLOCK)
    for values in ('{"a": 1}', '{"b": 2}'):
        BlockState.objects.create(user=None, scope=place[0], place=place[1], values=values)
    state = LearnerState(None)
    assert state.values(Scope.user_state_summary, BLOCK) == {"a": 1, "b": 2}
    state.save(Scope.user_state_summary, BLOCK, {"c": 3}, deleted=["a"])
    assert BlockState.objects.count() == 1
    assert LearnerState(None).values(Scope.user_state_summary, BLOCK) == {"b": 2, "c": 3}


@pytest.mark.django_db
def test_a_visitors_state_ends_with_the_request() -> None:
    state = LearnerState(None)
    state.save(Scope.user_state, BLOCK, {"a": 1})
    assert state.values(Scope.user_state, BLOCK) == {"a": 1}
    assert BlockState.objects.count() == 0
