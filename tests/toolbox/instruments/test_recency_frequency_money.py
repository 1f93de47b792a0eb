from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata

from iciinsmes.toolbox.instruments.recency_frequency_money import INSTRUMENT, Buys, score_customers, scores
from tests.toolbox.rows import compute

DAYS = [5, 12, 20, 33, 47, 60, 88, 120, 200, 365]
ORDERS = [9, 7, 7, 5, 4, 4, 3, 2, 1, 1]
MONEY = [2400, 1800, 900, 1500, 700, 650, 300, 250, 90, 60]


def test_the_worked_example_with_fifths():
    assert scores([-days for days in DAYS], fifths=True) == [5, 5, 4, 4, 3, 3, 2, 2, 1, 1]
    assert scores(ORDERS, fifths=True) == [5, 5, 5, 4, 3, 3, 2, 2, 1, 1]
    assert scores(MONEY, fifths=True) == [5, 5, 4, 4, 3, 3, 2, 2, 1, 1]


def test_segments_of_the_worked_example():
    buys = {f"C{number}": Buys(*entry) for number, entry in enumerate(zip(DAYS, ORDERS, MONEY, strict=True))}
    found = [customer.segment for customer in score_customers(buys, fifths=True)]
    assert found == ["champions"] * 4 + ["others"] * 4 + ["lost"] * 2


def test_few_customers_get_thirds():
    assert scores([1, 2, 3, 4, 5, 6], fifths=False) == [1, 1, 3, 3, 5, 5]


def orders(*entries):
    return [(key, date(2026, 6, 30) - timedelta(days=days), amount) for key, days, amount in entries]


def test_orders_are_summed_up_and_what_does_not_count_is_said():
    rows = orders(("a", 0, 10.0), ("a", 5, 20.0), ("a", 9, -5.0), ("b", 400, 99.0), ("c", 3, -7.0))
    result = compute(INSTRUMENT, "customer date amount", rows)
    assert (result.figure("customers").value, result.figure("orders").value) == (1, 2)
    assert result.figure("sales").value == pytest.approx(25)
    assert len(result.notes) == 3


def test_somebody_who_stopped_is_at_risk():
    regulars = [(f"C{number}", day, 50.0) for number in range(40) for day in range(number, number + 3)]
    stopped = [("gone", 100 + 7 * week, 80.0) for week in range(12)]
    result = compute(INSTRUMENT, "customer date amount", orders(*regulars, *stopped))
    assert result.table("at_risk").column("customer")[0] == "gone"
    assert result.verdict.key in ("some-at-risk", "losing")


def test_another_day_to_count_from():
    result = compute(INSTRUMENT, "customer date amount", orders(("a", 0, 1.0)), as_of=date(2026, 6, 1))
    assert result.n == 0
    assert result.verdict.key == "too-little-data"


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=80), st.booleans())
def test_scores_are_ranks_in_groups(values, fifths):
    """The definition with another library's ranks: groups times rank over n, rounded up."""
    groups = 5 if fifths else 3
    steps = [int(-(-round(groups * rank * 2) // (2 * len(values)))) for rank in rankdata(values)]
    assert scores(values, fifths=fifths) == (steps if fifths else [2 * step - 1 for step in steps])
