"""A rubric may pass by the sum of its points, with floors that nothing makes up for."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.review.data import Criterion, Rubric, RubricLevel, rubric_from_json, rubric_to_json
from iciinsmes.review.rules import rubric_problems, score

LEVELS = (0, 20, 40, 60)


def criterion(key: str, floor: int = 0) -> Criterion:
    levels = tuple(RubricLevel(Decimal(points), f"level {points}") for points in LEVELS)
    return Criterion(key=key, title=key, levels=levels, floor=Decimal(floor))


RUBRIC = Rubric(
    criteria=(criterion("insight", 50), criterion("test", 50), criterion("rest")),
    pass_points=Decimal(0),
    exceptions=0,
    pass_percent=Decimal(60),
)


def passes(insight: int, test: int, rest: int) -> bool:
    return score(RUBRIC, {"insight": Decimal(insight), "test": Decimal(test), "rest": Decimal(rest)}).passes


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ((40, 40, 40), True),
        ((40, 40, 20), False),
        ((60, 20, 60), False),
        ((20, 60, 60), False),
        ((60, 40, 0), False),
        ((60, 60, 0), True),
    ],
)
def test_sum_and_floors_both_count(points, expected):
    assert passes(*points) is expected


def test_exactly_the_percent_is_enough():
    rubric = Rubric(criteria=tuple(criterion(str(number)) for number in range(5)), pass_percent=Decimal(60))
    at = dict.fromkeys(map(str, range(5)), Decimal(40)) | {"0": Decimal(20)}
    assert score(rubric, at).earned * 100 == Decimal(60) * score(rubric, at).possible
    assert score(rubric, at).passes
    assert not score(rubric, at | {"1": Decimal(20)}).passes


def test_nothing_passes_before_every_criterion_has_points():
    assert not score(RUBRIC, {"insight": Decimal(60), "test": Decimal(60)}).passes


@given(st.tuples(*[st.sampled_from(LEVELS)] * 3), st.integers(0, 2))
def test_more_points_never_fail_what_fewer_pass(points, which):
    better = list(points)
    better[which] = LEVELS[min(LEVELS.index(points[which]) + 1, 3)]
    assert passes(*better) or not passes(*points)


def test_it_is_kept_and_older_rubrics_keep_their_hash():
    assert rubric_from_json(rubric_to_json(RUBRIC)) == RUBRIC
    plain = Rubric(criteria=(criterion("work"),))
    assert set(rubric_to_json(plain)) == {"pass_points", "exceptions", "criteria"}
    assert "floor" not in rubric_to_json(plain)["criteria"][0]


@pytest.mark.parametrize(
    ("percent", "floor", "places"),
    [(101, 0, ["pass_percent"]), (-1, 0, ["pass_percent"]), (60, 101, ["criteria.0.floor"]), (60, 100, [])],
)
def test_what_cannot_be_is_said_at_its_place(percent, floor, places):
    rubric = Rubric(criteria=(criterion("work", floor),), pass_points=Decimal(0), pass_percent=Decimal(percent))
    assert [problem.place for problem in rubric_problems(rubric)] == places
