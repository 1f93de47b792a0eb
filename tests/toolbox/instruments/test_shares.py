from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from iciinsmes.toolbox.instruments.framework import (
    GroupShare,
    Standing,
    behind,
    best,
    by_group,
    small_groups,
    standing,
)


def test_a_goal_is_reached_or_missed_only_with_all_of_the_interval():
    share = GroupShare("", 18, 40)  # 30.7 to 60.2 percent
    assert standing(share, share.low) is Standing.ABOVE
    assert standing(share, share.low + 0.01) is Standing.OPEN
    assert standing(share, share.high) is Standing.OPEN
    assert standing(share, share.high + 0.01) is Standing.BELOW


def test_groups_of_four_are_named_in_a_note_but_not_shown():
    names = ["shop"] * 5 + ["phone"] * 4 + [""] * 3
    assert [(share.name, share.n) for share in by_group(names, [True] * 12)] == [("shop", 5)]
    assert [note.parameters["few"] for note in small_groups(names)] == [1]
    assert small_groups(["shop"] * 5) == ()


def test_spellings_of_a_group_are_one():
    assert [share.n for share in by_group(["Shop"] * 3 + [" shop "] * 2, [True] * 5)] == [5]


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.booleans(), min_size=5, max_size=200), min_size=1))
def test_groups_lie_behind_if_their_interval_ends_below_the_one_of_another(answers):
    """The intervals are those of scipy, compared pair by pair."""
    shares = by_group(
        [name for name, hits in answers.items() for _hit in hits], [hit for hits in answers.values() for hit in hits]
    )
    intervals = {
        name: stats.binomtest(sum(hits), len(hits)).proportion_ci(method="wilson") for name, hits in answers.items()
    }
    for share in shares:
        assert (share.low, share.high) == pytest.approx([100 * end for end in intervals[share.name]], abs=0.01)
    assert {share.name for share in behind(shares)} == {
        one for one in intervals if any(100 * (other.low - intervals[one].high) > 0.01 for other in intervals.values())
    }
    assert best(shares) not in behind(shares)
    assert [share.percent for share in shares] == sorted(share.percent for share in shares)


def test_among_many_groups_intervals_apart_are_not_enough():
    def groups(number):
        return [
            GroupShare("low", 4, 30),
            *(GroupShare(f"g{each}", 10, 30) for each in range(number)),
            GroupShare("high", 17, 30),
        ]

    assert [share.name for share in behind(groups(2))] == ["low"]
    assert behind(groups(18)) == []
    assert [share.name for share in behind([GroupShare("low", 0, 30), *groups(18)])] == ["low"]
