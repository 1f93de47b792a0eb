"""How far a KPI has come, with the figures that users of other software were shown wrongly."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from iciinsmes.projects.rules.attainment import attainment, elapsed_of, time_share

from .rules_made import day, numbers, values


@pytest.mark.parametrize(
    ("baseline", "target", "actual", "expected"),
    [
        (200, 0, 100, "0.5"),
        (200, 0, 210, "-0.05"),
        (200, 0, 200, "0"),
        (200, 0, 0, "1"),
        (200, 0, -100, "1.5"),
        (20, 40, 30, "0.5"),
        (20, 40, 10, "-0.5"),
        (-10, 10, 0, "0.5"),
        (10, -10, 15, "-0.25"),
        ("2.5", "5.0", "3.0", "0.2"),
    ],
)
def test_attainment_serves_rising_and_falling_targets_and_is_not_clamped(baseline, target, actual, expected):
    assert attainment(Decimal(baseline), Decimal(target), Decimal(actual)) == Decimal(expected)


@pytest.mark.parametrize("missing", ["baseline", "target", "actual"])
def test_what_is_missing_is_never_a_number(missing):
    given_values = {"baseline": Decimal(0), "target": Decimal(0) + 5, "actual": Decimal(5)}
    assert attainment(**{**given_values, missing: None}) is None


def test_a_target_that_is_the_baseline_gives_none():
    assert attainment(Decimal("7.0"), Decimal(7), Decimal(9)) is None


@given(values, values, values, values)
def test_nearer_to_the_target_is_never_less(baseline, target, one, other):
    assume(baseline != target)
    low, high = sorted([one, other])
    near, far = (high, low) if target > baseline else (low, high)
    assert attainment(baseline, target, near) >= attainment(baseline, target, far)


@given(values, values, values)
def test_a_falling_target_is_a_rising_one_in_a_mirror(baseline, target, actual):
    assert attainment(-baseline, -target, -actual) == attainment(baseline, target, actual)


@pytest.mark.parametrize(
    ("today", "expected"), [(-5, "0"), (0, "0"), (1, "0.01"), (50, "0.5"), (99, "0.99"), (100, "1"), (300, "1")]
)
def test_the_share_of_time_lies_between_0_and_1(today, expected):
    assert time_share(day(0), day(100), day(today)) == Decimal(expected)


@pytest.mark.parametrize("last", [0, -3])
def test_a_time_without_length_is_over_when_it_has_come(last):
    assert time_share(day(0), day(last), day(last - 1)) == 0
    assert time_share(day(0), day(last), day(last)) == 1


@given(numbers, numbers, numbers, st.integers(0, 50))
def test_time_never_runs_back(first, last, today, later):
    assert time_share(day(first), day(last), day(today)) <= time_share(day(first), day(last), day(today + later)) <= 1
    elapsed, planned = elapsed_of(day(first), day(last), day(today))
    assert 0 <= elapsed <= planned
