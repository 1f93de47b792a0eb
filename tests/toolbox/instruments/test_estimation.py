from __future__ import annotations

import math

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from iciinsmes.toolbox.instruments.framework import (
    adjusted_wald,
    agreement,
    doubled_ranks,
    kendall_w_of_scores,
    mean_difference,
    normal_cdf,
    quantile,
    two_sided_p,
    wilson,
)

numbers = st.lists(st.integers(-100, 100).map(lambda value: value / 4), min_size=1, max_size=60)


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(18, 40, 0.3071, 0.6017), (0, 10, 0, 0.2775), (10, 10, 0.7225, 1), (4, 5, 0.3755, 0.9638)],
)
def test_wilson(hits, n, low, high):
    assert wilson(hits, n) == pytest.approx((hits / n, low, high), abs=1e-4)


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.sampled_from([0, n]) | st.integers(0, n), st.just(n))))
def test_the_share_is_inside_its_interval(hits_of):
    hits, n = hits_of
    found = wilson(hits, n)
    assert 0 <= found.low <= found.value <= found.high <= 1
    assert found.low < found.high


def test_adjusted_wald():
    assert adjusted_wald(4, 5) == pytest.approx((0.8, 0.3596, 0.9797), abs=1e-4)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_is_the_one_of_scipy(counts):
    theirs = stats.binomtest(*counts).proportion_ci(0.95, method="wilson")
    assert wilson(*counts)[1:] == pytest.approx((theirs.low, theirs.high), abs=1e-4)


@given(st.floats(-6, 6))
def test_the_normal_distribution_is_the_one_of_scipy(z):
    assert normal_cdf(z) == pytest.approx(stats.norm.cdf(z))
    assert two_sided_p(z) == pytest.approx(2 * stats.norm.sf(abs(z)))


@given(numbers)
def test_ranks_are_those_of_scipy(values):
    assert [rank / 2 for rank in doubled_ranks(values)] == list(stats.rankdata(values))


@given(numbers, st.floats(0, 1))
def test_quantiles_are_those_of_numpy(values, share):
    assert quantile(values, share) == pytest.approx(numpy.quantile(values, share), abs=1e-9)


def test_agreement_of_raters():
    assert kendall_w_of_scores([[1, 2, 3, 4], [2, 1, 3, 4], [1, 3, 2, 4]]) == pytest.approx(0.778, abs=5e-4)
    assert kendall_w_of_scores([[1, 2], [1, 2]]) == 1
    assert kendall_w_of_scores([[1, 2]]) is None


def test_scores_of_one_kind_show_no_agreement():
    assert kendall_w_of_scores([[3, 3], [3, 3]]) is None
    assert kendall_w_of_scores([[3, 4]]) is None
    assert kendall_w_of_scores([[3, 4, 4], [1, 5, 5]]) == pytest.approx(1)


@given(
    st.integers(3, 6).flatmap(
        lambda items: st.lists(st.lists(st.integers(1, 5), min_size=items, max_size=items), min_size=2, max_size=8)
    )
)
def test_agreement_of_scores_follows_from_friedmans_test(scores):
    found = kendall_w_of_scores(scores)
    if found is None:
        assert all(len(set(row)) == 1 for row in scores)
        return
    expected = stats.friedmanchisquare(*zip(*scores, strict=True)).statistic
    assert found == pytest.approx(expected / len(scores) / (len(scores[0]) - 1), abs=1e-9)


def test_kappa_of_two_coders():
    """Fifty cases, both yes 20, both no 15: kappa is 0.4 (0.7 seen, 0.5 by chance)."""
    first = ["yes"] * 25 + ["no"] * 25
    second = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    found = agreement(first, second)
    assert (found.observed, found.expected, found.kappa) == pytest.approx((0.7, 0.5, 0.4))
    assert agreement("aaa", "aaa").kappa is None
    assert agreement("aab", "aab").kappa == 1


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=80))
def test_kappa_from_a_table_of_both_coders(pairs):
    table = numpy.zeros((4, 4))
    for one, other in pairs:
        table[one, other] += 1
    table /= len(pairs)
    chance = float((table.sum(axis=0) * table.sum(axis=1)).sum())
    found = agreement(*zip(*pairs, strict=True))
    assert found.expected == pytest.approx(chance)
    if found.kappa is not None:
        assert found.kappa == pytest.approx((numpy.trace(table) - chance) / (1 - chance), abs=1e-6)


several = numbers.filter(lambda values: len(set(values)) > 1)


@given(several, several)
def test_the_difference_of_means_is_tested_as_by_welch(first, second):
    found = mean_difference(first, second, step=0.001)
    expected = stats.ttest_ind(first, second, equal_var=False)
    assert found.value == pytest.approx(numpy.mean(first) - numpy.mean(second), abs=1e-9)
    # Degrees of freedom are rounded down, which is on the careful side; a whole number may be computed as a hair less.
    freedoms = {math.floor(expected.df - 1e-9), math.floor(expected.df + 1e-9)}
    wanted = [2 * stats.t.sf(abs(expected.statistic), freedom) for freedom in freedoms]
    assert any(found.p == pytest.approx(p, rel=1e-6) for p in wanted)


def test_two_unanimous_groups_differ_only_if_there_are_enough():
    assert mean_difference([4, 4], [5, 5], step=1).p > 0.05
    assert mean_difference([4] * 6, [5] * 6, step=1).p < 0.001
