from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import optimize

from iciinsmes.toolbox.instruments.framework import Level, check_decision, check_estimate, check_valid, show
from iciinsmes.toolbox.instruments.methods.stage_gates.case import (
    break_even,
    internal_rate,
    payback_years,
    present_value,
)
from iciinsmes.toolbox.instruments.stage_gate import INSTRUMENT
from tests.toolbox.rows import compute

KEYS = "type item met weight value year"
WORKED = [-12000.0, 3500.0, 5000.0, 6000.0, 6000.0]
GATE = [("must", "asked for", True, None, None, None), ("should", "benefit", None, 1.0, 8.0, None)]


def money(kind, item, amounts):
    return [(kind, item, None, None, amount, year) for year, amount in amounts.items()]


CASE = money("cost", "oven", {0: 12000.0}) + money("income", "bread", {1: 3500.0, 2: 5000.0, 3: 6000.0, 4: 6000.0})


def result(rows, **options):
    return compute(INSTRUMENT, KEYS, rows, **options)


def right_answers(found, key):
    (question,) = [entry for entry in found.questions if entry.key == key]
    return [show(answer.text) for answer in question.answers if answer.right]


def test_the_worked_example():
    assert present_value(WORKED, 0.08) == pytest.approx(4700.61, abs=0.005)
    assert internal_rate(WORKED) == pytest.approx(0.2298, abs=0.00005)
    assert payback_years(WORKED) == pytest.approx(2.58, abs=0.005)
    assert break_even(12000, 85, 52) == pytest.approx(363.64, abs=0.005)


def test_the_case_of_a_table_is_the_worked_example():
    found = result(GATE + CASE, fixed=12000, price=85, variable=52)
    assert found.figure("npv").value == pytest.approx(4700.61, abs=0.005)
    assert found.figure("irr").value == pytest.approx(22.98, abs=0.005)
    assert found.figure("payback").value == pytest.approx(2.583, abs=0.001)
    assert found.figure("break_even").value == 364
    assert (found.verdict.key, found.verdict.level) == ("go", Level.GOOD)
    assert check_valid(found).right


def test_three_scenarios():
    scenarios = result(GATE + CASE, income_swing=10.0, cost_swing=5.0).table("scenarios").column("npv")
    cautious = [-12600, 3150, 4500, 5400, 5400]
    hopeful = [-11400, 3850, 5500, 6600, 6600]
    assert scenarios == pytest.approx([present_value(each, 0.08) for each in (cautious, WORKED, hopeful)])
    assert result(GATE + CASE).table("cash").column("expected") == [-12000, -8500, -3500, 2500, 8500]


def test_which_input_turns_the_case():
    found = result(GATE + CASE)
    inputs = found.table("inputs")
    assert inputs.column("input") == ["bread", "oven"]
    assert inputs.column("margin") == pytest.approx([28.146, 39.172], abs=0.001)
    assert inputs.column("turns") == [False, False]
    worse = result(GATE + CASE, income_swing=30.0, cost_swing=39.0)
    assert worse.table("inputs").column("turns") == [True, False]
    assert right_answers(worse, "turns") == ["bread: 30 % less"]
    assert right_answers(worse, "cautious") == ["No"]


def test_an_input_at_its_margin_makes_the_case_worth_nothing():
    margin = result(GATE + CASE).table("inputs").column("margin")[0] / 100
    assert result(GATE + CASE, income_swing=100 * margin, cost_swing=0.0).figure("npv_cautious").value == pytest.approx(
        0, abs=1e-6
    )


@pytest.mark.parametrize(
    ("gate", "case", "verdict"),
    [
        (GATE, CASE, "go"),
        ([("must", "a", False, None, None, None), *GATE], CASE, "kill"),
        ([GATE[0], ("should", "a", None, 2.0, 6.0, None)], CASE, "go"),
        ([GATE[0], ("should", "a", None, 2.0, 5.9, None)], CASE, "recycle"),
        ([GATE[0], ("should", "a", None, 0.3, 6.0, None), ("should", "b", None, 0.1, 6.0, None)], CASE, "go"),
        (GATE, CASE + money("cost", "rent", {4: 7000.0}), "hold"),
        (GATE[:1], CASE, "incomplete"),
        (GATE, CASE[:1], "incomplete"),
        ([("must", "a", None, None, None, None), *GATE], CASE, "incomplete"),
    ],
)
def test_the_state_of_the_gate(gate, case, verdict):
    found = compute(
        INSTRUMENT, KEYS, gate + case + [("must", f"yes {row}", True, None, None, None) for row in range(5)]
    )
    assert found.verdict.key == verdict
    if verdict != "incomplete":
        wanted = {"go": "Go", "hold": "Hold", "recycle": "Recycle", "kill": "Kill"}[verdict]
        assert show(found.decision.ranking[0]).startswith(wanted)
    assert not check_decision(found.decision, chosen=3).right


def test_weights_count():
    rows = [("should", "a", None, 3.0, 10.0, None), ("should", "b", None, None, 2.0, None)]
    assert result(GATE[:1] + rows + CASE).figure("should").value == pytest.approx(80)


def test_calendar_years_count_from_the_first():
    rows = money("cost", "oven", {2026: 12000.0})
    rows += money("income", "bread", {2027: 3500.0, 2028: 5000.0, 2029: 6000.0, 2030: 6000.0})
    assert result(GATE + rows).figure("npv").value == pytest.approx(4700.61, abs=0.005)


def test_what_cannot_be_used_is_counted():
    rows = [
        ("should", "eleven", None, 1.0, 11.0, None),
        ("should", "no points", None, 1.0, None, None),
        ("income", "no year", None, None, 50.0, None),
        ("cost", "no money", None, None, None, 1),
        ("cost", "far away", None, None, 5.0, 51),
    ]
    found = result(GATE + CASE + rows)
    assert [show(note)[-2:] for note in found.notes] == ["2.", "3."]
    assert found.n == 7
    assert found.figure("npv").value == pytest.approx(4700.61, abs=0.005)


def test_five_lines_are_needed():
    assert result(GATE + CASE[:2]).verdict.level is Level.TOO_LITTLE_DATA
    assert result(GATE + CASE[:3]).verdict.level is not Level.TOO_LITTLE_DATA


def test_no_break_even_if_a_piece_costs_more_than_it_brings():
    found = result(GATE + CASE, fixed=100, price=5, variable=5)
    assert "break_even" not in [figure.key for figure in found.figures]
    assert [estimate.key for estimate in found.estimates] == ["present"]


@pytest.mark.parametrize(
    ("key", "right", "slip"),
    [
        ("break_even", 364, 141),
        ("break_even", 363.6, 231),
        ("present", 4286.69, 5000),
        ("present", 4286.69, 5832),
        ("present", 4286.69, 4200),
    ],
)
def test_slips_are_named(key, right, slip):
    found = result(GATE + CASE, fixed=12000, price=85, variable=52)
    (estimate,) = [entry for entry in found.estimates if entry.key == key]
    assert check_estimate(estimate, right).right
    assert len(check_estimate(estimate, slip).texts) == 2


@pytest.mark.parametrize("amounts", [[], [0.0, 0.0], [100.0, 50.0], [-100.0, 230.0, -132.0], [100.0, -50.0], [-1.0]])
def test_no_interest_where_there_is_none_or_more_than_one(amounts):
    assert internal_rate(amounts) is None


@pytest.mark.parametrize(
    ("amounts", "years"),
    [([-10.0, 10.0], 1), ([-10.0, 20.0, -15.0, 10.0], 2.5), ([5.0, 5.0], 0), ([-10.0, 5.0], None), ([], None)],
)
def test_money_is_back_when_it_stays_so(amounts, years):
    assert payback_years(amounts) == (years if years is None else pytest.approx(years))


@given(st.floats(100, 1e6), st.lists(st.floats(0, 1e6), min_size=1, max_size=20))
def test_the_interest_is_what_scipy_finds(invested, income):
    amounts = [-invested, *income]
    found = internal_rate(amounts)
    assume(found is not None)
    by_scipy = optimize.brentq(lambda rate: sum(a * (1 + rate) ** -y for y, a in enumerate(amounts)), -0.98999, 100)
    assert found == pytest.approx(by_scipy, abs=1e-6)


@given(st.lists(st.floats(-1e6, 1e6), max_size=20), st.floats(0, 1))
def test_the_present_value_is_what_horner_says(amounts, rate):
    total = 0.0
    for amount in reversed(amounts):
        total = total / (1 + rate) + amount
    assert present_value(amounts, rate) == pytest.approx(total, abs=1e-3)
