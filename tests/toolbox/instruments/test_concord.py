from __future__ import annotations

from itertools import permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from iciinsmes.toolbox.instruments.framework import concord


def friedman(orders) -> float:
    return stats.friedmanchisquare(*zip(*orders, strict=True)).statistic


@settings(max_examples=8, deadline=None)
@given(st.lists(st.permutations([1, 2, 3]), min_size=3, max_size=3))
def test_p_of_few_people_is_exact(orders):
    """By all orders that people could have given, counted with Friedman's statistic of another library."""
    found = concord(orders)
    possible = [friedman(entry) for entry in product(permutations([1, 2, 3]), repeat=len(orders))]
    exact = sum(value >= friedman(orders) - 1e-9 for value in possible) / len(possible)
    assert found.p == pytest.approx(exact, abs=1e-12)


def test_a_known_value():
    """Three people, three things, all alike: one of 36 ways (tables of Friedman's test give .028)."""
    assert concord([[1, 2, 3]] * 3).p == pytest.approx(1 / 36)
    assert concord([[1, 2, 3]] * 2).p == pytest.approx(1 / 6)


@settings(max_examples=10, deadline=None)
@given(st.integers(5, 7).flatmap(lambda n: st.lists(st.permutations(range(n)), min_size=12, max_size=50)))
def test_p_of_many_is_near_friedmans(orders):
    found = concord(orders)
    assert found.p == pytest.approx(stats.chi2.sf(friedman(orders), len(orders[0]) - 1), abs=0.04)


def test_equal_scores_share_a_rank():
    assert concord([[3, 3, 3], [3, 3, 3]]) is None
    found = concord([[1, 1, 5]] * 5)
    assert (found.w, found.p) == (pytest.approx(1), pytest.approx(3**-4))


def test_the_same_data_give_the_same_p():
    rows = [[1, 2, 3, 4, 5, 6], [2, 1, 4, 3, 6, 5], [3, 1, 2, 6, 4, 5], [1, 3, 2, 5, 6, 4]]
    assert concord(rows) == concord(rows[::-1])


def test_a_common_order_is_one_beyond_chance():
    assert concord([[1, 2, 3, 4]] * 3).is_common
    by_chance = concord([[1, 2], [1, 2], [1, 2]])
    assert (by_chance.is_low, by_chance.is_common) == (False, False)
    assert concord([[1, 2, 3], [3, 2, 1]] * 3).is_low
