from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from iciinsmes.toolbox.instruments.customer_funnel import INSTRUMENT, moves, weakest
from iciinsmes.toolbox.instruments.framework import Level, check_estimate, check_valid, in_time, show
from tests.toolbox.rows import compute

KEYS = "period place step count value"
STEPS = ("inquiry", "quote", "order")


def rows(periods, value=None):
    return [
        (period, place, step, count, value if step == "order" else None)
        for period, counts in periods.items()
        for place, (step, count) in enumerate(zip(STEPS, counts, strict=True), 1)
    ]


def result(periods, value=None, **options):
    return compute(INSTRUMENT, KEYS, rows(periods, value), **options)


def right_answers(found, key):
    (question,) = [entry for entry in found.questions if entry.key == key]
    return [show(answer.text) for answer in question.answers if answer.right]


def test_shares_of_each_step_and_of_all():
    found = result({"2026": (100, 40, 18)}, value=500.0)
    steps = found.table("steps")
    assert steps.column("share") == pytest.approx([40, 45])
    assert (steps.column("low")[1], steps.column("high")[1]) == (
        pytest.approx(30.71, abs=0.005),
        pytest.approx(60.17, abs=0.005),
    )
    assert found.figure("total").value == pytest.approx(18)
    assert steps.column("lost") == [60, 22]
    assert steps.column("money") == pytest.approx([30_000, 11_000])


def test_without_an_earlier_period_the_lowest_share_is_weakest():
    found = result({"2026": (100, 40, 18)})
    assert (found.verdict.key, found.verdict.level) == ("one-period", Level.NEUTRAL)
    assert found.table("steps").column("weakest") == [True, False]
    assert right_answers(found, "weakest") == ["quote"]


def test_the_weakest_step_is_the_one_that_fell_most():
    found = result({"2025": (200, 100, 38), "2026": (200, 104, 22)}, value=1000.0)
    assert found.figure("weakest").value == "order"
    assert found.figure("change").value == pytest.approx(100 * (22 / 104 - 38 / 100))
    assert found.figure("lost").value == pytest.approx(82_000)
    assert (found.verdict.key, found.verdict.level) == ("step-got-worse", Level.ATTENTION)
    assert right_answers(found, "proven") == ["Yes"]


@pytest.mark.parametrize(
    ("orders", "verdict"), [(30, "within-chance"), (25, "step-got-worse"), (26, "within-chance"), (40, "no-step-worse")]
)
def test_a_fall_counts_only_beyond_chance_of_two_steps(orders, verdict):
    assert result({"2025": (100, 100, 40), "2026": (100, 100, orders)}).verdict.key == verdict


def test_a_small_fall_of_many_is_surer_than_a_large_one_of_few():
    found = result({"2025": (900, 600, 20), "2026": (900, 540, 13)})
    assert found.table("steps").column("change") == pytest.approx([-6.67, -0.93], abs=0.01)
    few = result({"2025": (900, 30, 15), "2026": (900, 29, 11)})
    assert few.verdict.key == "within-chance"
    both = result({"2025": (900, 60, 30), "2026": (900, 25, 10)})
    assert both.table("steps").column("change") == pytest.approx([-3.89, -10], abs=0.01)
    assert (both.figure("weakest").value, both.verdict.key) == ("quote", "step-got-worse")
    assert both.table("steps").column("weakest") == [True, False]
    assert right_answers(both, "weakest") == ["quote"]


def test_where_some_steps_cannot_be_compared_nothing_is_said_about_them():
    found = result({"2025": (100, 50, 60), "2026": (100, 52, 20)})
    assert (found.verdict.key, found.verdict.level) == ("not-all-compared", Level.NEUTRAL)
    assert show(found.verdict.text) == "Of the steps that can be compared with the earlier period none became worse."


def test_equally_low_steps_are_both_right():
    assert right_answers(result({"2026": (100, 50, 25)}), "weakest") == ["quote", "order"]


def test_periods_can_be_chosen():
    periods = {"2024": (100, 50, 10), "2025": (100, 50, 20), "2026": (100, 50, 30)}
    assert result(periods).figure("change").value == pytest.approx(0)
    found = result(periods, period="2025", earlier="2024")
    assert (found.figure("period").value, found.figure("earlier").value) == ("2025", "2024")
    assert found.table("steps").column("change") == pytest.approx([0, 20])


def test_a_period_that_is_not_there_is_named():
    found = result({"2025": (100, 50, 20), "2026": (100, 50, 30)}, period="2027")
    assert found.figure("period").value == "2026"
    assert show(found.notes[0]) == "There is no period “2027”: it was not looked at."


@pytest.mark.parametrize(
    "periods",
    [
        ["2025-11", "2025-12", "2026-1", "2026-02"],
        ["12/2025", "1/2026", "02/2026"],
        ["Q4 2025", "Q1 2026", "Q2 2026"],
        ["2024/25", "2025/26"],
        ["week 9", "week 10"],
    ],
)
def test_periods_stand_in_time_however_they_are_written(periods):
    assert in_time(periods[::-1]) == periods


def test_a_step_that_counts_more_than_the_one_before_is_named():
    found = result({"2026": (100, 40, 50)})
    assert not check_valid(found).right
    assert "“order” counts more than “quote”" in show(found.conditions[0].text)
    assert found.table("steps").column("share") == [pytest.approx(40), None]


def test_without_places_larger_steps_come_first():
    found = compute(INSTRUMENT, "period step count", [("a", "order", 5), ("a", "Visit", 30), ("a", "quote", 12)])
    assert found.table("steps").column("end") == ["quote", "order"]
    assert len(found.notes) == 1


def test_rows_of_a_step_are_added_up_and_the_value_is_weighted():
    table = [("a", "quote", 30, None), ("a", "order", 2, 100.0), ("a", "Order ", 8, 200.0)]
    found = compute(INSTRUMENT, "period step count value", table)
    assert found.table("steps").column("after") == [10]
    assert found.figure("lost").value == pytest.approx(20 * 180)


def test_twenty_people_are_needed_at_the_first_step():
    assert result({"2026": (19, 10, 5)}).verdict.level is Level.TOO_LITTLE_DATA
    assert result({"2026": (20, 10, 5)}).verdict.level is Level.NEUTRAL


def test_one_step_is_no_funnel():
    assert compute(INSTRUMENT, "period step count", [("a", "quote", 30)]).verdict.key == "no-steps"


@pytest.mark.parametrize(("given_", "texts"), [(45, 1), (55, 2), (18, 2)])
def test_slips_are_named(given_, texts):
    (estimate,) = result({"2026": (100, 40, 18)}).estimates
    feedback = check_estimate(estimate, given_)
    assert feedback.right == (given_ == 45)
    assert len(feedback.texts) == texts


funnel = st.lists(st.integers(0, 300), min_size=4, max_size=4)


@given(funnel, funnel)
def test_shares_and_changes_are_what_scipy_says(now, then):
    found = moves("abcd", now, then)
    for index, move in enumerate(found):
        if not move.is_possible:
            continue
        wilson = stats.binomtest(now[index + 1], now[index]).proportion_ci(method="wilson")
        assert (move.share.low, move.share.high) == (
            pytest.approx(wilson.low, abs=1e-4),
            pytest.approx(wilson.high, abs=1e-4),
        )
        if move.p is not None:
            cells = [[now[index + 1], now[index] - now[index + 1]], [then[index + 1], then[index] - then[index + 1]]]
            expected = stats.contingency.expected_freq(cells)
            if expected.min() >= 5:
                assert move.p == pytest.approx(stats.chi2_contingency(cells, correction=False).pvalue)
            elif abs(expected.min() - 5) > 1e-9:
                assert move.p == pytest.approx(stats.fisher_exact(cells).pvalue, rel=1e-6, abs=1e-12)
    worst = weakest(found)
    compared = [move for move in found if move.p is not None]
    falls = [move for move in compared if move.change < 0]
    if worst:
        assert worst.is_fall == bool(falls)
    if falls:
        assert worst.move.p == min(move.p for move in falls)
        assert worst.p == pytest.approx(min(1, worst.move.p * len(compared)))
