"""What is hidden stays hidden: nobody can compute it from what is shown."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.lib.suppression import FEWEST, shown_counts


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"a": 12, "b": 7}, {"a": 12, "b": 7}),
        ({"a": 12, "b": 7, "c": 4}, {"a": 12, "b": None, "c": None}),
        ({"a": 12, "b": 3, "c": 4}, {"a": 12, "b": None, "c": None}),
        # Two of which both could only be one: hiding them is not enough.
        ({"a": 12, "b": 6, "c": 1, "d": 1}, {"a": 12, "b": None, "c": None, "d": None}),
        ({"a": 9, "b": 0, "c": 2}, {"a": None, "c": None}),
        ({"a": 5}, {"a": 5}),
        ({"a": 5, "b": 5, "c": 4}, {"a": None, "b": None, "c": None}),
    ],
)
def test_tables_by_hand(counts, shown):
    assert shown_counts(counts) == shown


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 30)))
def test_no_small_group_is_shown(counts):
    shown = shown_counts(counts)
    assert all(count is None or count >= FEWEST for count in shown.values())
    assert shown.keys() == {key for key, count in counts.items() if count}


@pytest.mark.parametrize(("groups", "total"), [*((3, total) for total in range(5, 22)), (4, 13), (4, 17)])
def test_whoever_knows_the_rule_and_the_total_still_does_not_know(groups, total):
    """Of every table with this total: what is hidden could be at least two numbers."""
    readings: dict[tuple, list[dict[str, int]]] = {}
    for numbers in product(range(total + 1), repeat=groups):
        if sum(numbers) == total:
            counts = dict(zip("abcd"[:groups], numbers, strict=True))
            shown = shown_counts(counts)
            readings.setdefault(tuple(sorted(shown.items(), key=lambda each: each[0])), []).append(counts)
    for published, tables in readings.items():
        for key, count in published:
            if count is None:
                assert len({counts[key] for counts in tables}) > 1, (published, tables)
