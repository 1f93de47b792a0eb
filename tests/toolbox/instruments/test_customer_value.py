from __future__ import annotations

from itertools import accumulate, count, takewhile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.toolbox.instruments.customer_value import INSTRUMENT, concentration, lifetime_value
from iciinsmes.toolbox.instruments.framework import Level, check_decision, check_estimate, check_question, show
from tests.toolbox.rows import compute

SHARES = [40, 20, 15, 10, 5, 5, 5]
ROWS = [(f"C{number}", float(share)) for number, share in enumerate(SHARES, 1)]
WITH_MARGIN = [(key, sales, 200.0, 5.0) for key, sales in ROWS]
KEYS = "customer sales margin active_years"


def test_the_worked_examples():
    assert concentration(SHARES) == pytest.approx(0.24)
    assert lifetime_value(200, 0.8, 0.1) == pytest.approx(533.33, abs=0.005)


def test_a_customer_with_40_percent_is_a_dependence():
    result = compute(INSTRUMENT, "customer sales", ROWS)
    assert result.figure("largest_share").value == pytest.approx(40)
    assert result.figure("three_share").value == pytest.approx(75)
    assert result.figure("concentration").value == pytest.approx(0.24)
    assert result.figure("equal_customers").value == pytest.approx(1 / 0.24)
    assert (result.verdict.key, result.verdict.level) == ("dependent", Level.ATTENTION)
    assert result.table("customers").column("above_limit") == [True] + [False] * 6


@pytest.mark.parametrize(("largest", "key"), [(30.0, "spread"), (30.1, "dependent")])
def test_thirty_percent_is_the_border(largest, key):
    rest = (100 - largest) / 7
    rows = [("large", largest), *((f"C{number}", rest) for number in range(7))]
    result = compute(INSTRUMENT, "customer sales", rows)
    assert result.verdict.key == key
    (question,) = [entry for entry in result.questions if entry.key == "dependence"]
    assert check_question(question, [0]).right == (key == "dependent")


def test_classes_end_at_80_and_95_percent():
    result = compute(INSTRUMENT, "customer sales", ROWS)
    assert result.table("customers").column("class") == ["A", "A", "A", "B", "B", "B", "C"]
    assert result.table("classes").column("customers") == [3, 3, 1]
    assert result.table("classes").column("sales_share") == pytest.approx([75, 20, 5])


def test_retention_given_or_from_the_years():
    given_by_hand = compute(INSTRUMENT, KEYS, WITH_MARGIN, retention=80)
    from_years = compute(INSTRUMENT, KEYS, WITH_MARGIN)
    for result in (given_by_hand, from_years):
        assert result.figure("lifetime_value").value == pytest.approx(533.33, abs=0.005)
    assert len(from_years.notes) == len(given_by_hand.notes) + 1


def test_sales_of_half_a_year_count_twice():
    result = compute(INSTRUMENT, KEYS, WITH_MARGIN, months=6)
    assert result.figure("lifetime_value").value == pytest.approx(2 * 533.33, abs=0.01)
    assert result.table("customers").column("lifetime_value")[0] == pytest.approx(2 * 533.33, abs=0.01)


@pytest.mark.parametrize(
    ("keys", "rows"), [("customer sales", ROWS), ("customer sales margin", [(*row, 9.0) for row in ROWS])]
)
def test_without_margin_or_retention_there_is_no_worth(keys, rows):
    result = compute(INSTRUMENT, keys, rows)
    assert [estimate.key for estimate in result.estimates] == ["largest_share"]
    assert len(result.notes) == 1


def test_rows_of_a_customer_are_added_and_returns_taken_off():
    rows = [("a", 100.0), ("a", -40.0), ("b", 40.0), ("c", 10.0), ("c", -10.0)]
    result = compute(INSTRUMENT, "customer sales", rows)
    assert (result.figure("customers").value, result.figure("sales").value) == (2, 100)
    assert show(result.notes[0]) == "Customers without sales, left out: 1."


def test_customers_who_only_return_leave_nobody():
    assert compute(INSTRUMENT, "customer sales", [("a", -5.0), ("b", 0.0)]).verdict.key == "too-little-data"


def test_only_the_largest_are_listed():
    result = compute(INSTRUMENT, "customer sales", [(f"C{number}", 10.0 + number) for number in range(50)])
    assert len(result.table("customers").rows) == 20
    assert result.figure("customers").value == 50
    assert [row[1] for row in result.table("classes").rows] == [31, 12, 7]


@pytest.mark.parametrize(
    ("key", "answer", "slip"),
    [
        ("largest_share", 40, 100 * 40 / 60),
        ("lifetime_value", 533.33, 200 / 0.3),
        ("lifetime_value", 533.33, 200 * 0.8 / 0.2),
        ("lifetime_value", 533.33, 200 / 0.2),
    ],
)
def test_slips_are_named(key, answer, slip):
    result = compute(INSTRUMENT, KEYS, WITH_MARGIN, retention=80)
    (estimate,) = [entry for entry in result.estimates if entry.key == key]
    assert check_estimate(estimate, answer).right
    assert len(check_estimate(estimate, slip).texts) == 2


def test_the_decision_is_in_own_words():
    decision = compute(INSTRUMENT, "customer sales", ROWS).decision
    assert check_decision(decision, words="Two more builders by autumn.").right
    assert not check_decision(decision, words="later").right


@given(st.floats(1, 1e5), st.floats(0, 0.95), st.floats(0, 0.5))
def test_lifetime_value_is_the_sum_of_all_discounted_years(margin, kept, discount):
    factor = kept / (1 + discount)
    years = takewhile(lambda worth: worth > 1e-9, (margin * factor**year for year in count(1)))
    assert lifetime_value(margin, kept, discount) == pytest.approx(sum(years), rel=1e-6, abs=1e-6)


@given(st.lists(st.integers(1, 30), min_size=1, max_size=12))
def test_concentration_is_the_chance_that_two_euros_are_of_one_customer(sales):
    total = sum(sales)
    owners = [customer for customer, euros in enumerate(sales) for _euro in range(euros)]
    same = sum(owners.count(owner) for owner in owners)
    assert concentration(sales) == pytest.approx(same / total**2)
    assert 1 / len(sales) - 1e-12 <= concentration(sales) <= 1


@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=20))
def test_classes_follow_the_running_sum(sales):
    result = compute(INSTRUMENT, "customer sales", [(f"C{n}", float(amount)) for n, amount in enumerate(sales)])
    total = sum(sales)
    expected = [
        "A" if rank == 0 or running * 100 <= 80 * total else "B" if running * 100 <= 95 * total else "C"
        for rank, running in enumerate(accumulate(sorted(sales, reverse=True)))
    ]
    assert result.table("customers").column("class") == expected
