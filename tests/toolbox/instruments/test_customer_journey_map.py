from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.toolbox.instruments.customer_journey_map import INSTRUMENT, pain
from iciinsmes.toolbox.instruments.framework import Level, check_estimate, check_question, check_valid
from tests.toolbox.rows import compute

KEYS = "step satisfaction importance frequency evidence"


def journey(*steps):
    """Rows of steps s1, s2 ... each of satisfaction, importance, frequency, all with evidence."""
    return [(f"s{number}", *values, "talk") for number, values in enumerate(steps, 1)]


def test_the_worked_example():
    assert pain(2, 5, 4) == 60


@pytest.mark.parametrize(("ratings", "expected"), [((5, 5, 5), 0), ((1, 5, 5), 100), ((1, 1, 1), 4), ((5, 1, 1), 0)])
def test_the_ends_of_the_scale(ratings, expected):
    assert pain(*ratings) == expected


def test_pain_orders_the_steps_and_satisfaction_does_not():
    result = compute(INSTRUMENT, KEYS, journey((4, 3, 2), (2, 4, 4), (1, 2, 1), (3, 3, 3), (5, 5, 5)))
    assert result.table("steps").column("pain") == [6, 48, 8, 18, 0]
    assert result.figure("highest_pain").value == 48
    assert result.figure("two_worst").value == pytest.approx(100 * 66 / 80)
    top, lowest = result.questions
    assert [answer.text for answer in top.answers if answer.right] == ["s2"]
    assert [answer.right for answer in lowest.answers] == [False, True]
    assert len(check_question(lowest, [0]).texts) == 1


@pytest.mark.parametrize(
    ("satisfaction", "importance", "key", "level"),
    [
        (2.9, 5, "moment-of-truth-hurts", Level.ATTENTION),
        (2.9, 4.9, "dissatisfied", Level.ATTENTION),
        (3, 5, "smooth", Level.GOOD),
    ],
)
def test_borders_between_verdicts(satisfaction, importance, key, level):
    result = compute(INSTRUMENT, KEYS, journey((satisfaction, importance, 1), *[(4, 4, 4)] * 4))
    assert (result.verdict.key, result.verdict.level) == (key, level)


def test_a_moment_of_truth_comes_before_a_step_with_more_pain():
    result = compute(INSTRUMENT, KEYS, journey((2, 5, 1), (2, 4, 5), *[(4, 4, 4)] * 3))
    assert result.verdict.text.parameters["step"] == "s1"


def test_four_steps_are_too_few():
    assert compute(INSTRUMENT, KEYS, journey(*[(4, 4, 4)] * 4)).verdict.level is Level.TOO_LITTLE_DATA


@pytest.mark.parametrize(("with_evidence", "valid"), [(3, True), (2, False)])
def test_sixty_percent_of_the_steps_need_evidence(with_evidence, valid):
    rows = [(f"s{step}", 3, 3, 3, "talk" if step < with_evidence else None) for step in range(5)]
    assert check_valid(compute(INSTRUMENT, KEYS, rows)).right is valid


def test_several_customers_become_means():
    rows = [("Quote", 2, 5, 4, None), ("quote ", 4, 5, 2, "talk"), ("visit", 5, 5, 5, None)]
    result = compute(INSTRUMENT, KEYS, rows)
    assert result.table("steps").rows[0] == ("Quote", "", 3, 5, 3, 30, True, False, True)
    assert len(result.notes) == 1


def test_every_slip_is_named():
    (estimate,) = compute(INSTRUMENT, KEYS, journey((2, 5, 4))).estimates
    assert check_estimate(estimate, 60).right
    for slip in (40, 12, 15):
        assert len(check_estimate(estimate, slip).texts) == 2
    assert len(check_estimate(estimate, 90).texts) == 1


def test_who_and_until_when_is_asked_for_the_two_worst():
    decision = compute(INSTRUMENT, KEYS, journey((2, 5, 4), (4, 1, 1), (1, 5, 5))).decision
    assert decision.text.parameters == {"first": "s3", "second": "s1"}


ratings = st.integers(1, 5)


@given(st.lists(st.tuples(st.sampled_from("abcdef"), ratings, ratings, ratings), min_size=1, max_size=30))
def test_exact_fractions_give_the_same_pains(rows):
    result = compute(INSTRUMENT, "step satisfaction importance frequency", rows)
    expected = []
    for name in dict.fromkeys(name for name, *_ratings in rows):
        same = [values for other, *values in rows if other == name]
        satisfaction, importance, frequency = (Fraction(sum(column), len(same)) for column in zip(*same, strict=True))
        expected.append(float(5 * importance * frequency - satisfaction * importance * frequency))
    assert result.table("steps").column("pain") == pytest.approx(expected)
    assert min(expected) >= 0
    assert max(expected) <= 100
