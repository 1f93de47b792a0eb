from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq

from iciinsmes.toolbox.instruments.framework import Level, check_estimate, check_question, check_valid, show
from iciinsmes.toolbox.instruments.price_sensitivity_meter import INSTRUMENT, crossing, curves, points
from tests.toolbox.rows import compute, demo_rows, number

KEYS = "too_cheap cheap expensive too_expensive"

TEN = [(10 + step, 20 + step, 30 + step, 40 + step) for step in range(0, 20, 2)]
THIRTY = TEN * 3


def people(count, *prices):
    return [prices] * count


def test_curves_cross_where_shares_are_equal():
    """At 24 three of ten say too cheap and two not cheap, at 26 two and three: both lines meet at 25."""
    found = points(curves(TEN), "original")
    assert found.low.value == pytest.approx(25)
    assert found.high.value == pytest.approx(43)
    assert found.indifferent.value == pytest.approx(34.0, abs=1.0)
    assert found.optimal.value == pytest.approx(34.0, abs=1.0)


def test_people_who_agree_completely_have_the_range_of_their_own_prices():
    found = points(curves(people(30, 10, 20, 30, 40)), "original")
    assert 10 < found.low.value < 30
    assert 20 < found.indifferent.value < 30
    assert found.indifferent.value == pytest.approx(25)
    assert 20 < found.high.value <= 40


def test_the_later_variant_is_narrower_and_named():
    original = compute(INSTRUMENT, KEYS, THIRTY)
    common = compute(INSTRUMENT, KEYS, THIRTY, variant="common")
    assert number(common.figure("low").value) > number(original.figure("low").value)
    assert number(common.figure("high").value) < number(original.figure("high").value)
    for result, words in ((original, "van Westendorp"), (common, "often used later")):
        assert any(words in show(note) for note in result.notes)


def test_rows_in_a_wrong_order_are_counted_and_left_out():
    wrong = [(40, 30, 20, 10), (10, 10, 30, 40), (10, 20, 20, 30)]
    result = compute(INSTRUMENT, KEYS, THIRTY + wrong)
    assert result.n == 30
    assert result.figure("low") == compute(INSTRUMENT, KEYS, THIRTY).figure("low")
    assert "left out: 3." in show(result.notes[0])
    assert check_valid(result).right, "3 of 33 are less than 10 %"
    assert not check_valid(compute(INSTRUMENT, KEYS, THIRTY + wrong + wrong[:1])).right


def test_nobody_in_the_right_order():
    result = compute(INSTRUMENT, KEYS, [(4, 3, 2, 1)] * 40)
    assert result.verdict.level is Level.TOO_LITTLE_DATA
    assert not result.figures


def test_many_prices_are_thinned_out_for_reading_but_not_for_computing():
    rows = [(100.0 + step, 200.0 + step, 300.0 + step, 400.0 + step) for step in range(99)]
    result = compute(INSTRUMENT, KEYS, rows)
    shown = result.table("curves").column("price")
    assert len(shown) <= 31
    assert (shown[0], shown[-1]) == (100, 498)
    assert result.figure("indifferent").value == points(curves(rows), "original").indifferent.value


def test_thirty_people_are_needed():
    assert compute(INSTRUMENT, KEYS, THIRTY[:29]).verdict.key == "too-little-data"
    assert compute(INSTRUMENT, KEYS, THIRTY).verdict.key == "range"


@pytest.mark.parametrize(
    ("price", "verdict", "right"),
    [
        (24.9, "price-below", 0),
        (25, "price-in-range", 1),
        (43, "price-in-range", 1),
        (43.1, "price-above", 2),
    ],
)
def test_a_price_is_compared_with_the_range(price, verdict, right):
    result = compute(INSTRUMENT, KEYS, THIRTY, price=price)
    assert result.verdict.key == verdict
    (question,) = [entry for entry in result.questions if entry.key == "in_range"]
    assert check_question(question, [right]).right
    assert not check_question(question, [(right + 1) % 3]).right


def test_slips_of_the_estimate_are_named():
    """Of nine people five find 45 too expensive, and all of them expensive."""
    (estimate,) = compute(INSTRUMENT, KEYS, [(10 + step, 20, 30, 41 + step) for step in range(9)] * 4).estimates
    assert "45" in show(estimate.text)
    assert check_estimate(estimate, 100 * 5 / 9).right
    assert "still accept" in show(check_estimate(estimate, 100 * 4 / 9).texts[1])
    assert "expensive" in show(check_estimate(estimate, 100).texts[1])


answers = st.lists(
    st.lists(st.integers(1, 60), min_size=4, max_size=4, unique=True).map(lambda prices: tuple(sorted(prices))),
    min_size=1,
    max_size=40,
)
PAIRS = [("too_cheap", "too_expensive"), ("cheap", "expensive"), ("too_cheap", "not_cheap")]


def shares(rows, name):
    """Count for every named price, one by one."""
    prices = sorted({price for row in rows for price in row})
    says = {
        "too_cheap": lambda row, price: price <= row[0],
        "cheap": lambda row, price: price <= row[1],
        "not_cheap": lambda row, price: price > row[1],
        "expensive": lambda row, price: price >= row[2],
        "too_expensive": lambda row, price: price >= row[3],
    }[name]
    return prices, [sum(says(row, price) for row in rows) / len(rows) for price in prices]


@pytest.mark.parametrize(("falling", "rising"), PAIRS)
@given(rows=answers)
def test_the_crossing_is_the_root_that_scipy_finds(falling, rising, rows):
    prices, down = shares(rows, falling)
    up = shares(rows, rising)[1]
    gap = np.array(up) - np.array(down)

    def root(shift):
        return brentq(lambda price: np.interp(price, prices, gap) - shift, prices[0], prices[-1])

    found = crossing(curves(rows), falling, rising)
    # A little above and below 0 lie the ends of the stretch where both curves run together.
    assert found.value == pytest.approx((root(1e-7) + root(-1e-7)) / 2, abs=1e-3)
    assert found.low <= found.value <= found.high


def test_the_interval_is_about_as_wide_as_one_by_drawing_people_again_and_again():
    found_in_demo = [[number(price) for price in row[1:]] for row in demo_rows(INSTRUMENT)]
    rows = [(a, b, c, d) for a, b, c, d in found_in_demo if a < b < c < d]
    drawn = np.random.default_rng(7).integers(0, len(rows), (2000, len(rows)))
    values = [crossing(curves([rows[index] for index in one]), "cheap", "expensive").value for one in drawn]
    low, high = np.quantile(values, [0.025, 0.975])
    found = crossing(curves(rows), "cheap", "expensive")
    assert found.high - found.low == pytest.approx(high - low, rel=0.35)
