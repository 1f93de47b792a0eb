from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from iciinsmes.toolbox.instruments.customer_effort_score import INSTRUMENT
from iciinsmes.toolbox.instruments.framework import Level, check_estimate, check_question, show
from tests.toolbox.rows import compute

#: 18 of 40 answers are five to seven.
FORTY = [7] * 5 + [6] * 6 + [5] * 7 + [4] * 9 + [3] * 6 + [2] * 4 + [1] * 3

#: The same in the older question: 18 of 40 answers are one or two.
FORTY_OLD = [1] * 8 + [2] * 10 + [3] * 12 + [4] * 7 + [5] * 3


def result(scores, **options):
    return compute(INSTRUMENT, "score", [(score,) for score in scores], **options)


def by_process(**answers):
    rows = [(name, score) for name, scores in answers.items() for score in scores]
    return compute(INSTRUMENT, "process score", rows)


@pytest.mark.parametrize(("scores", "scale"), [(FORTY, "agreement"), (FORTY_OLD, "effort")])
def test_the_worked_example_on_both_scales(scores, scale):
    figure = result(scores, scale=scale).figure("easy")
    assert (figure.value, figure.n) == (45.0, 40)
    assert (figure.low, figure.high) == (pytest.approx(30.71, abs=0.005), pytest.approx(60.17, abs=0.005))


def test_the_older_scale_is_reversed():
    assert result([1] * 20, scale="effort").verdict.key == "goal-reached"
    assert result([5] * 20, scale="effort").verdict.key == "goal-missed"
    assert result([1] * 20).verdict.key == "goal-missed"
    assert result([5] * 20).verdict.key == "goal-reached"
    assert show(result(FORTY_OLD, scale="effort").figures[1].title) == "Mean effort, 1 to 5: low is good"


def test_scores_that_the_older_scale_does_not_have_are_left_out_and_counted():
    found = result([*FORTY_OLD, 6, 7, 7], scale="effort")
    assert found.n == 40
    assert [show(note) for note in found.notes] == ["Answers above 5, left out: 3."]
    nothing = result([6, 7], scale="effort")
    assert (nothing.n, nothing.verdict.level, len(nothing.notes)) == (0, Level.TOO_LITTLE_DATA, 1)


def test_a_scale_whose_upper_end_nobody_used_is_doubted():
    assert "older scale" in show(result([5, 4, 3, 2, 1] * 2).notes[0])
    assert not result([5, 4, 3, 2, 1] * 2, scale="effort").notes
    assert not result([5] * 9).notes
    assert not result([*[5] * 9, 6]).notes


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


def test_nineteen_answers_are_too_little():
    assert result([7] * 19).verdict.level is Level.TOO_LITTLE_DATA


def test_the_hardest_process_is_asked_for_and_whether_it_is_sure():
    found = by_process(repair=[7] * 40, invoice=[6] * 18 + [1] * 2, quote=[6] * 10 + [2] * 10)
    assert found.verdict.key == "process-behind"
    hardest, clear = found.questions
    assert [(answer.text, answer.right) for answer in hardest.answers] == [
        ("quote", True),
        ("invoice", False),
        ("repair", False),
    ]
    assert check_question(clear, {0}).right
    assert "quote" in show(found.decision.text)


def test_a_difference_within_chance_is_not_sure():
    clear = by_process(repair=[7] * 9 + [1], quote=[7] * 7 + [1] * 3).questions[1]
    assert check_question(clear, {1}).right


def test_equally_hard_processes_are_both_right():
    (hardest,) = by_process(repair=[7] * 9 + [1], quote=[7] * 9 + [1]).questions
    assert hardest.several
    assert check_question(hardest, {0, 1}).right


@pytest.mark.parametrize(
    ("scores", "scale", "given_percent", "slip"),
    [
        (FORTY, "agreement", 67.5, "You counted the 4, too."),
        (FORTY, "agreement", 100 * sum(FORTY) / 280, "That is the mean"),
        (FORTY_OLD, "effort", 75, "You counted the 3, too."),
        (FORTY_OLD, "effort", 25, "You counted the high scores."),
        (FORTY_OLD, "effort", 100 * sum(FORTY_OLD) / 200, "That is the mean"),
    ],
)
def test_slips_are_named(scores, scale, given_percent, slip):
    (estimate,) = result(scores, scale=scale).estimates
    assert check_estimate(estimate, 45).right
    assert show(check_estimate(estimate, given_percent).texts[1]).startswith(slip)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=200))
def test_turning_the_scale_round_changes_nothing_but_the_mean(scores):
    """One and two of the older scale are five and seven of the newer; shares also by scipy and by fractions."""
    turned = [{1: 7, 2: 5, 3: 4, 4: 2, 5: 1}[score] for score in scores]
    old, new = result(scores, scale="effort"), result(turned)
    assert old.figure("easy").value == new.figure("easy").value
    assert old.verdict.key == new.verdict.key
    low, high = stats.binomtest(sum(score < 3 for score in scores), len(scores)).proportion_ci(method="wilson")
    assert (old.figure("easy").low, old.figure("easy").high) == (
        pytest.approx(100 * low, abs=0.01),
        pytest.approx(100 * high, abs=0.01),
    )
    assert old.figure("mean").value == pytest.approx(float(Fraction(sum(scores), len(scores))))
