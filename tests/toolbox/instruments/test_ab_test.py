from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from iciinsmes.toolbox.instruments.ab_test import INSTRUMENT
from iciinsmes.toolbox.instruments.framework import (
    Level,
    Variant,
    check_decision,
    check_estimate,
    check_valid,
    compare,
    fisher_p,
    shares_score_interval,
    shares_z,
    show,
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
    assert found.table("variants").column("seen") == [100, 100, 50]
    assert [condition.key for condition in found.conditions if not condition.met] == ["two-variants", "possible"]
    assert not check_valid(found).right


def of_many(*variants, **options):
    rows = [(name, seen, done) for name, (done, seen) in zip("ABCDE", variants, strict=False)]
    return compute(INSTRUMENT, KEYS, rows, **options)


def test_of_three_variants_the_best_is_named_only_if_it_beats_each_other_one():
    near = of_many((20, 400), (40, 400), (58, 400))
    assert (near.verdict.key, near.verdict.level) == ("no-proof", Level.NEUTRAL)
    assert show(near.verdict.text).startswith("“C” is ahead with 14.5 %, but that it brings more than each of the")
    assert right_answers(near) == ["No difference is proven"]
    assert near.table("variants").column("better") == [False, False, False]
    far = of_many((20, 400), (40, 400), (80, 400))
    assert show(far.verdict.text) == "“C” brings more than each of the others: 20 %."
    assert right_answers(far) == ["“C” brings more"]
    assert far.table("variants").column("better") == [False, False, True]
    assert far.figure("p").value == pytest.approx(3 * compare(Variant("B", 400, 40), Variant("C", 400, 80)).p)
    assert show(far.decision.ranking[0]) == "Use “C”"


def test_equals_among_many_and_many_stopped_early():
    equal = of_many((20, 400), (40, 400), (40, 400))
    assert show(equal.verdict.text) == "No variant is ahead: “B” and “C” have the same share."
    assert (equal.figure("best").value, equal.figure("p").value) == (None, 1)
    early = of_many((20, 400), (40, 400), (80, 400), planned=500)
    assert early.verdict.key == "too-small"
    assert right_answers(early) == ["It is too early to say anything"]
    assert early.table("variants").column("better") == [False, False, False]


def test_who_brings_more_beside_few_replies_has_an_interval_without_0():
    found = result((1, 150), (3, 22))
    assert found.verdict.key == "difference"
    assert 0 < found.figure("difference").low < found.figure("difference").high


def test_where_nobody_replies_the_difference_is_still_open():
    found = result((0, 60), (0, 40))
    assert found.figure("difference").low < 0 < found.figure("difference").high


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


@settings(max_examples=100, deadline=None)
@given(groups, groups)
def test_the_interval_holds_0_if_and_only_if_nothing_is_proven(first, second):
    (hits1, n1), (hits2, n2) = first, second
    found = compare(Variant("A", n1, hits1), Variant("B", n2, hits2))
    low, high = found.difference.low, found.difference.high
    assert (low <= 0 <= high) == (not found.is_proven)
    assert -1 <= low <= found.difference.value <= high <= 1
    assert low < high


@settings(max_examples=40, deadline=None)
@given(groups, groups)
def test_each_end_of_the_score_interval_is_just_ruled_out(first, second):
    (hits1, n1), (hits2, n2) = first, second
    found = shares_score_interval(hits1, n1, hits2, n2)
    for end in (found.low, found.high):
        if not -0.999 < end < 0.999:
            continue

        def unlikelihood(share, end=end):
            return -stats.binom.logpmf(hits1, n1, share) - stats.binom.logpmf(hits2, n2, share + end)

        borders = (max(0.0, -end), min(1.0, 1 - end))
        likeliest = optimize.minimize_scalar(unlikelihood, bounds=borders, method="bounded", options={"xatol": 1e-10}).x
        error = (likeliest * (1 - likeliest) / n1 + (likeliest + end) * (1 - likeliest - end) / n2) ** 0.5
        # Near a border the optimiser's own share is off by more than that of the method.
        assert abs(hits2 / n2 - hits1 / n1 - end) / error == pytest.approx(1.96, abs=0.005)


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
