from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from iciinsmes.toolbox.instruments.ab_test import INSTRUMENT
from iciinsmes.toolbox.instruments.kit import Level, check_decision, check_estimate, check_valid, show
from iciinsmes.toolbox.instruments.kit.two_shares import (
    Variant,
    compare,
    fisher_p,
    shares_z,
    visitors_for_difference,
)
from tests.toolbox.rows import compute

KEYS = "variant seen done"


def result(first, second, **options):
    rows = [("A", first[1], first[0]), ("B", second[1], second[0])]
    return compute(INSTRUMENT, KEYS, rows, **options)


def right_answers(found, key="verdict"):
    (question,) = [entry for entry in found.questions if entry.key == key]
    return [show(answer.text) for answer in question.answers if answer.right]


def test_the_worked_example_proves_a_difference():
    found = result((24, 400), (42, 410))
    difference = found.figure("difference")
    assert difference.value == pytest.approx(4.24, abs=0.005)
    assert (difference.low, difference.high) == (pytest.approx(0.50, abs=0.005), pytest.approx(7.99, abs=0.005))
    assert found.figure("z").value == pytest.approx(2.207, abs=0.001)
    assert found.figure("p").value == pytest.approx(0.0273, abs=0.0001)
    assert (found.verdict.key, found.verdict.level) == ("difference", Level.GOOD)
    assert found.table("variants").column("better") == [False, True]
    assert right_answers(found) == ["“B” brings more"]


def test_the_worked_example_without_a_proof():
    found = result((5, 40), (11, 42))
    assert found.figure("z").value == pytest.approx(1.564, abs=0.001)
    assert found.figure("p").value == pytest.approx(0.118, abs=0.001)
    assert fisher_p(5, 40, 11, 42) == pytest.approx(0.165, abs=0.001)
    assert found.verdict.key == "no-proof"
    assert right_answers(found) == ["No difference is proven"]


@pytest.mark.parametrize(("first", "second", "planned"), [(0.06, 0.10, 721), (0.20, 0.30, 294)])
def test_the_planned_number(first, second, planned):
    assert visitors_for_difference(first, second) == planned
    assert visitors_for_difference(second, first) == planned


def test_few_expected_replies_are_computed_exactly():
    few = result((4, 50), (5, 50))
    assert (few.figure("z").value, show(few.figure("method").value)) == (None, "exactly (Fisher)")
    assert few.figure("p").value == pytest.approx(1.0)
    assert show(result((5, 50), (5, 50)).figure("method").value) == "with z"


def test_who_stops_early_proves_nothing():
    early = result((24, 400), (42, 410), planned=401)
    assert (early.verdict.key, early.verdict.level) == ("too-small", Level.ATTENTION)
    assert right_answers(early) == ["It is too early to say anything"]
    assert show(early.decision.ranking[0]) == "Let the test run on"
    assert result((24, 400), (42, 410), planned=400).verdict.key == "difference"


def test_the_plan_follows_from_what_is_expected_and_hoped():
    found = result((24, 400), (42, 410), expected=6.0, hoped=10.0)
    assert found.figure("planned").value == 721
    assert found.verdict.key == "too-small"


def test_a_worse_second_variant_is_named_in_the_verdict():
    found = result((42, 410), (24, 400))
    assert show(found.verdict.text).startswith("“A” brings more. The true difference lies between 0.5 and 8 points")
    assert check_decision(found.decision, chosen=0).right
    assert show(found.decision.ranking[0]) == "Keep “A”"


def test_rows_of_a_variant_are_added_up_and_the_present_one_comes_first():
    rows = [("new", 20, 3), ("old", 30, 4), ("New", 15, 2)]
    found = compute(INSTRUMENT, KEYS, rows, present="old")
    assert found.table("variants").column("variant") == ["old", "new"]
    assert found.table("variants").column("done") == [4, 5]
    assert found.n == 30
    assert len(compute(INSTRUMENT, KEYS, rows, present="old", planned=30).notes) == 0


def test_a_present_variant_that_is_not_there_is_named():
    found = result((24, 400), (42, 410), present="C", planned=400)
    assert show(found.notes[0]) == "There is no variant “C”: “A” stands first."


def test_the_smaller_group_needs_twenty():
    assert result((2, 19), (9, 400)).verdict.level is Level.TOO_LITTLE_DATA
    assert result((2, 20), (9, 400)).verdict.level is not Level.TOO_LITTLE_DATA


def test_one_variant_is_no_test():
    found = compute(INSTRUMENT, KEYS, [("A", 400, 20), ("B", 0, 0)])
    assert found.verdict.level is Level.TOO_LITTLE_DATA


def test_impossible_rows_and_a_third_variant_are_named():
    found = compute(INSTRUMENT, KEYS, [("A", 100, 7), ("B", 100, 9), ("C", 50, 3), ("A", 3, 4)])
    assert found.table("variants").column("seen") == [100, 100]
    assert [condition.key for condition in found.conditions if not condition.met] == ["two-variants", "possible"]
    assert not check_valid(found).right


@pytest.mark.parametrize(
    ("key", "right", "slip"),
    [("difference", 4.2, -4.2), ("difference", 4.2, 70.7), ("planned", 736, 1472), ("planned", 736, 29.4)],
)
def test_slips_are_named(key, right, slip):
    found = result((24, 400), (42, 410), expected=6.0, hoped=10.0)
    (estimate,) = [entry for entry in found.estimates if entry.key == key]
    assert check_estimate(estimate, right).right
    assert len(check_estimate(estimate, slip).texts) == 2


groups = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@settings(max_examples=60, deadline=None)
@given(groups, groups)
def test_p_is_what_scipy_says(first, second):
    (hits1, n1), (hits2, n2) = first, second
    cells = [[hits1, n1 - hits1], [hits2, n2 - hits2]]
    assert fisher_p(hits1, n1, hits2, n2) == pytest.approx(stats.fisher_exact(cells).pvalue, rel=1e-6, abs=1e-12)
    if 0 < hits1 + hits2 < n1 + n2:
        squared = stats.chi2_contingency(cells, correction=False)
        assert shares_z(hits1, n1, hits2, n2) ** 2 == pytest.approx(squared.statistic, rel=1e-9, abs=1e-12)
        found = compare(Variant("A", n1, hits1), Variant("B", n2, hits2))
        assert found.is_exact == (squared.expected_freq.min() < 5 - 1e-12)
        if not found.is_exact:
            assert found.p == pytest.approx(squared.pvalue, rel=1e-9, abs=1e-12)


def test_fisher_holds_for_a_million():
    assert fisher_p(3, 1_000_000, 14, 1_000_000) == pytest.approx(stats.binomtest(3, 17, 0.5).pvalue, rel=1e-3), (
        "rare events among many follow the binomial distribution"
    )


@settings(max_examples=40, deadline=None)
@given(st.floats(0.02, 0.98), st.floats(0.02, 0.98))
def test_the_planned_number_has_80_percent_power(first, second):
    if abs(first - second) < 0.02:
        return
    n = visitors_for_difference(first, second)
    middle = (first + second) / 2
    chance = 1.96 * (2 * middle * (1 - middle) / n) ** 0.5
    error = ((first * (1 - first) + second * (1 - second)) / n) ** 0.5
    assert stats.norm.sf((chance - abs(first - second)) / error) >= 0.7999
