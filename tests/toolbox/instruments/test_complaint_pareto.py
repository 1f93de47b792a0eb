from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.toolbox.instruments.complaint_pareto import INSTRUMENT, has_pareto_effect, vital_few
from iciinsmes.toolbox.instruments.framework import Level, check_decision, check_estimate, pareto
from tests.toolbox.rows import compute

COUNTS = {"late": 46, "wrong": 23, "damaged": 12, "rude": 9, "invoice": 6, "colour": 4}
ROWS = [(cause,) for cause, count in COUNTS.items() for _each in range(count)]


def test_the_worked_example():
    result = compute(INSTRUMENT, "cause", ROWS)
    assert result.table("causes").column("cumulated") == pytest.approx([46, 69, 81, 90, 96, 100])
    assert result.table("causes").column("class") == ["A", "A", "B", "B", "C", "C"]
    assert result.figure("vital_few").value == 3
    assert result.verdict.key == "vital-few"


def test_five_equal_causes_have_no_vital_few():
    result = compute(INSTRUMENT, "cause", [(cause,) for cause in "abcde" * 20])
    assert result.figure("vital_few").value == 4
    assert result.verdict.key == "no-vital-few"
    assert result.verdict.level is Level.NEUTRAL


def test_cost_changes_the_order():
    rows = [("late", 10.0)] * 15 + [("damaged", 500.0)] * 5 + [("wrong", None)] * 2
    by_cost = compute(INSTRUMENT, "cause cost", rows, by="cost")
    assert by_cost.table("causes").column("cause") == ["damaged", "late", "wrong"]
    assert len(by_cost.notes) == 1
    (question,) = [entry for entry in by_cost.questions if entry.key == "same_order"]
    assert [answer.right for answer in question.answers] == [False, True]


def test_spellings_of_a_cause_are_one():
    rows = [("Late delivery",)] * 3 + [("late  delivery ",)] * 2 + [("other",)]
    assert compute(INSTRUMENT, "cause", rows).table("causes").column("complaints") == [5, 1]
    assert compute(INSTRUMENT, "cause", rows).table("causes").column("cause")[0] == "Late delivery"


def test_rate_and_days():
    rows = [("late", days) for days in (3.0, 4.0, None, 11.0)]
    result = compute(INSTRUMENT, "cause days_open", rows, orders=200)
    assert result.figure("rate").value == pytest.approx(2.0)
    assert (result.figure("days_open").value, result.figure("days_open").n) == (4.0, 3)


def test_adding_only_the_second_cause_is_named():
    (estimate,) = compute(INSTRUMENT, "cause", ROWS).estimates
    assert check_estimate(estimate, 69).right
    assert len(check_estimate(estimate, 23).texts) == 2


def test_a_minor_cause_needs_a_reason():
    decision = compute(INSTRUMENT, "cause", ROWS).decision
    assert check_decision(decision, chosen=0).right
    assert not check_decision(decision, chosen=5).right
    assert check_decision(decision, chosen=5, reason="It is solved in a day.").right


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=30).filter(lambda weights: sum(weights) > 1))
def test_the_vital_few_are_the_smallest_group_with_80_percent(weights):
    causes = pareto([(f"cause {number}", weight) for number, weight in enumerate(weights)])
    few, total = vital_few(causes), sum(weights)
    ordered = sorted(weights, reverse=True)
    assert sum(ordered[:few]) >= 0.8 * total * (1 - 1e-6)
    assert sum(ordered[: few - 1]) <= 0.8 * total * (1 + 1e-6)
    assert has_pareto_effect(causes) == (few <= -(-len(weights) * 2 // 5))
