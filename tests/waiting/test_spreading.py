"""Firms shared out evenly: nobody has more than another by more than one firm, and an empty one stops nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iciinsmes.waiting.spreading import spread
from tests.examples import examples

COUNTS = st.dictionaries(st.integers(1, 60), st.integers(0, 40), max_size=40)
PEOPLE = st.lists(st.integers(100, 120), min_size=1, max_size=7, unique=True)


def loads(counts, people, found):
    return {person: sum(counts[unit] for unit, holder in found.items() if holder == person) for person in people}


@settings(max_examples=examples(300))
@given(counts=COUNTS, people=PEOPLE)
def test_everything_is_given_and_nobody_has_a_firm_too_many(counts, people):
    found = spread(counts, people)
    assert found.keys() == counts.keys()
    works = loads(counts, people, found)
    for person in people:
        mine = [counts[unit] for unit, holder in found.items() if holder == person and counts[unit]]
        if mine:
            # Without the smallest of the own firms, nobody has more than who has the fewest works.
            assert works[person] - min(mine) <= min(works.values())


@settings(max_examples=examples(100))
@given(units=st.integers(0, 50), people=PEOPLE)
def test_the_remainder_goes_to_different_people(units, people):
    found = spread(dict.fromkeys(range(units), 1), people)
    shares = [list(found.values()).count(person) for person in people]
    assert max(shares) - min(shares) <= 1


@settings(max_examples=examples(100))
@given(units=st.integers(0, 50), people=PEOPLE)
def test_firms_of_which_nothing_waits_are_shared_out_too(units, people):
    found = spread(dict.fromkeys(range(units), 0), people)
    shares = [list(found.values()).count(person) for person in people]
    assert max(shares) - min(shares) <= 1


@settings(max_examples=examples(100))
@given(counts=COUNTS, people=PEOPLE, data=st.data())
def test_nobody_gets_what_is_not_for_them_and_what_is_for_nobody_stops_nothing(counts, people, data):
    barred = {unit: data.draw(st.sets(st.sampled_from(people))) for unit in counts}
    found = spread(counts, people, barred=barred)
    assert all(holder not in barred[unit] for unit, holder in found.items())
    assert found.keys() == {unit for unit in counts if set(people) - barred[unit]}


@pytest.mark.parametrize(("load", "taker"), [({1: (9, 1)}, 2), ({2: (9, 1)}, 1), ({}, 1)])
def test_who_has_little_gets_the_next(load, taker):
    assert spread({"firm": 3}, [1, 2], load=load) == {"firm": taker}
