from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from iciinsmes.toolbox.instruments.customer_satisfaction import INSTRUMENT
from iciinsmes.toolbox.instruments.framework import Level, check_decision, check_estimate, check_question, show
from tests.toolbox.rows import compute

#: 18 of 40 answers are four or five.
FORTY = [5] * 8 + [4] * 10 + [3] * 12 + [2] * 7 + [1] * 3


def result(scores, **options):
    return compute(INSTRUMENT, "score", [(score,) for score in scores], **options)


def by_touchpoint(**answers):
    rows = [(name, score) for name, scores in answers.items() for score in scores]
    return compute(INSTRUMENT, "touchpoint score", rows)


def test_the_worked_example():
    figure = result(FORTY).figure("satisfied")
    assert (figure.value, figure.n) == (45.0, 40)
    assert (figure.low, figure.high) == (pytest.approx(30.71, abs=0.005), pytest.approx(60.17, abs=0.005))
    assert result(FORTY).figure("dissatisfied").value == 25.0
    assert result(FORTY).figure("mean").value == pytest.approx(133 / 40)


def test_the_answers_add_up():
    assert result(FORTY).table("answers").column("answers") == [8, 10, 12, 7, 3]


@pytest.mark.parametrize(
    ("goal", "key", "level"),
    [
        (30.7, "goal-reached", Level.GOOD),
        (30.8, "open", Level.NEUTRAL),
        (60.1, "open", Level.NEUTRAL),
        (60.2, "goal-missed", Level.ATTENTION),
    ],
)
def test_the_goal_is_compared_with_the_interval(goal, key, level):
    verdict = result(FORTY, goal=goal).verdict
    assert (verdict.key, verdict.level) == (key, level)


def test_nineteen_answers_are_too_little_and_twenty_enough():
    assert result([5] * 19).verdict.level is Level.TOO_LITTLE_DATA
    assert result([5] * 20).verdict.key == "goal-reached"


def test_a_touchpoint_that_lies_behind_is_found():
    found = by_touchpoint(shop=[5] * 40, telephone=[5] * 14 + [3] * 6, stall=[4] * 18 + [1] * 2)
    assert found.verdict.key == "touchpoint-behind"
    assert found.table("touchpoints").column("group")[1:] == ["telephone", "stall", "shop"]
    assert found.table("touchpoints").column("behind") == [False, True, False, False]
    (question,) = found.questions
    assert [(answer.text, answer.right) for answer in question.answers] == [("telephone", True), ("stall", False)]


def test_with_two_touchpoints_the_question_is_yes_or_unknown():
    (question,) = by_touchpoint(shop=[5] * 10 + [2], telephone=[5] * 9 + [2] * 3).questions
    assert [show(answer.text) for answer in question.answers if answer.right] == ["We cannot know yet"]
    assert not check_question(question, {0}).right


@pytest.mark.parametrize(
    ("given_percent", "slip"),
    [(75, "You counted the threes."), (20, "You counted the fives only."), (66.5, "That is the mean score")],
)
def test_slips_are_named(given_percent, slip):
    (estimate,) = result(FORTY).estimates
    assert check_estimate(estimate, 45).right
    assert show(check_estimate(estimate, given_percent).texts[1]).startswith(slip)


def test_without_touchpoints_the_decision_is_in_words():
    assert not check_decision(result(FORTY).decision, words="").right
    decision = by_touchpoint(a=[5] * 5, b=[4] * 5, c=[5] * 4 + [1], d=[1] * 5).decision
    assert decision.ranking[0] == "d"


@given(st.lists(st.integers(1, 5), min_size=1, max_size=200), st.integers(1, 100))
def test_share_and_verdict_agree_with_scipy(scores, goal):
    found = result(scores, goal=goal)
    low, high = stats.binomtest(sum(score > 3 for score in scores), len(scores)).proportion_ci(method="wilson")
    figure = found.figure("satisfied")
    assert (figure.low, figure.high) == (pytest.approx(100 * low, abs=0.01), pytest.approx(100 * high, abs=0.01))
    if len(scores) >= 20 and min(abs(100 * low - goal), abs(100 * high - goal)) > 0.01:
        expected = "goal-reached" if 100 * low > goal else "goal-missed" if 100 * high < goal else "open"
        assert found.verdict.key == expected


@pytest.mark.parametrize("n", range(20, 60))
def test_a_goal_of_100_percent_is_not_missed_by_those_who_are_all_satisfied(n):
    """The end of the interval was a hair below 1 for some numbers of answers."""
    assert compute(INSTRUMENT, "score", [(5,)] * n, goal=100.0).verdict.key == "open"
