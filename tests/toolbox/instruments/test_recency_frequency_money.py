from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata

from iciinsmes.toolbox.instruments.framework import Level, show
from iciinsmes.toolbox.instruments.recency_frequency_money import INSTRUMENT, Buys, score_customers, scores
from tests.toolbox.claims.seen import Seen
from tests.toolbox.rows import compute, number

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


def once_each(number):
    return orders(*((f"C{place:02}", 3 * place, 10.0 + place) for place in range(number)))


@pytest.mark.parametrize("number", [30, 60])
def test_who_bought_once_is_never_at_risk(number):
    """With ties ranked alone, everybody with one order stood in the middle of how often people buy."""
    result = compute(INSTRUMENT, "customer date amount", once_each(number))
    assert (result.verdict.key, result.verdict.level) == ("nobody-came-back", Level.NEUTRAL)
    counts = Seen(result, {}).pairs("segments", "segment", "customers")
    assert counts["At risk"] == counts["Champions"] == 0
    assert counts["New customers"] == (10 if number == 30 else 24)
    assert counts["Lost"] == (10 if number == 30 else 12)


def test_who_bought_seldom_but_twice_is_not_new():
    often = [(f"C{number:02}", day, 50.0) for number in range(30) for day in range(number, number + 2 + number % 5)]
    result = compute(INSTRUMENT, "customer date amount", orders(*often))
    assert result.table("segments").column("customers")[1] == 0


def test_nobody_at_risk_is_never_called_first_whatever_was_returned():
    rows = orders(*((f"C{number}", day, 5.0) for number in range(12) for day in (number, number + 1)))
    rows += orders(*((f"C{number}", number, -50.0) for number in range(12)))
    result = compute(INSTRUMENT, "customer date amount", rows)
    assert number(result.figure("sales").value) < 0
    assert result.verdict.key in ("none-at-risk", "some-at-risk")
    assert "%" not in show(result.verdict.text)


@pytest.mark.parametrize(
    ("as_of", "months", "first"),
    [
        (date(2026, 6, 30), 12, date(2025, 7, 1)),
        (date(2026, 6, 15), 1, date(2026, 5, 16)),
        (date(2026, 3, 31), 1, date(2026, 3, 1)),
        (date(2024, 2, 29), 12, date(2023, 3, 1)),
        (date(2026, 1, 10), 3, date(2025, 10, 11)),
    ],
)
def test_months_are_those_of_the_calendar(as_of, months, first):
    rows = [("a", first, 1.0), ("b", first - timedelta(days=1), 1.0), ("c", as_of, 1.0)]
    result = compute(INSTRUMENT, "customer date amount", rows, as_of=as_of, window=months)
    assert result.figure("customers").value == 2


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
