from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.toolbox.instruments.conjoint_analysis import INSTRUMENT
from iciinsmes.toolbox.instruments.framework import (
    Level,
    check_estimate,
    check_question,
    check_valid,
    mean_interval,
    show,
)
from iciinsmes.toolbox.instruments.methods.conjoint.cards import effects, estimator, evaluate, is_orthogonal, price_in
from tests.toolbox.instruments.test_every_instrument import demo
from tests.toolbox.rows import compute, number

KEYS = "respondent card rating attribute_1 attribute_2 attribute_3"

#: +++, +--, -+-, --+ ; "a" comes before "b", so its part-worth is the first.
FOUR = [("a", "a", "a"), ("a", "b", "b"), ("b", "a", "b"), ("b", "b", "a")]

#: Every pair of levels of four attributes once.
NINE = [(str(i), str(j), str((i + j) % 3), str((i + 2 * j) % 3)) for i, j in product(range(3), repeat=2)]


def rows(ratings, cards=FOUR, people=20):
    return [
        (f"R{person:02}", f"K{number}", rating, *card)
        for person in range(people)
        for number, (rating, card) in enumerate(zip(ratings, cards, strict=True))
    ]


def worths(result):
    return {(show(row[0]), row[1]): row[2] for row in result.table("worths").rows}


def question(result, key):
    return next(entry for entry in result.questions if entry.key == key)


def test_the_worked_example():
    person = evaluate("R1", (9, 5, 6, 2), FOUR, estimator(effects(FOUR)))
    assert [values[0] for values in person.worths] == pytest.approx([1.5, 2.0, 0.0])
    assert person.importance == pytest.approx([42.857, 57.143, 0], abs=1e-3)
    assert person.fit is None, "four cards and four unknowns: nothing is left to judge by"


def test_the_worked_example_as_a_table():
    result = compute(INSTRUMENT, KEYS, rows((9, 5, 6, 2)), name_1="price", name_2="delivery")
    assert result.table("importance").column("attribute")[:2] == ["delivery", "price"]
    assert result.table("importance").column("importance") == pytest.approx([57.143, 42.857, 0], abs=1e-3)
    assert worths(result)["price", "a"] == pytest.approx(1.5)
    assert worths(result)["Attribute 3", "b"] == pytest.approx(0)
    assert result.figure("fit").value is None
    assert (result.verdict.key, result.verdict.level) == ("clear", Level.GOOD)
    assert check_valid(result).right


def test_an_importance_lies_between_0_and_100():
    table = [*rows((9, 5, 6, 2), people=19), *(("R19", *row[1:]) for row in rows((9, 5, 6, 4), people=1))]
    shares = compute(INSTRUMENT, KEYS, table).table("importance")
    assert number(shares.column("importance")[2]) > 0
    assert min(map(number, shares.column("low"))) == 0


def test_levels_need_to_stand_in_one_row_of_a_card_only():
    full = rows((9, 5, 6, 2))
    short = [row if row[0] == "R07" else (*row[:3], None, None, None) for row in full]
    assert compute(INSTRUMENT, KEYS, short) == compute(INSTRUMENT, KEYS, full)


def test_cards_without_levels_are_counted():
    result = compute(INSTRUMENT, KEYS, [*rows((9, 5, 6, 2)), ("R01", "K9", 5.0, None, "a", "a")])
    assert "left out: 1." in show(result.notes[0])
    assert result.n == 20


def test_a_card_has_the_same_levels_everywhere():
    wrong = [*rows((9, 5, 6, 2))[:-1], ("R19", "K3", 2, "b", "b", "b")]
    result = compute(INSTRUMENT, KEYS, wrong)
    assert "other levels" in show(check_valid(result).texts[0])
    assert worths(result) == worths(compute(INSTRUMENT, KEYS, rows((9, 5, 6, 2))))


def test_ranks_are_turned_round():
    ranked = compute(INSTRUMENT, KEYS, rows((1, 3, 2, 4)), scale="rank")
    rated = compute(INSTRUMENT, KEYS, rows((4, 2, 3, 1)))
    assert ranked.tables == rated.tables
    assert rated.estimates
    assert not ranked.estimates


def test_people_with_gaps_and_people_who_rate_all_the_same_are_left_out():
    table = [*rows((9, 5, 6, 2)), ("gap", "K1", 3.0, *FOUR[1])]
    table += [("same", f"K{number}", 5.0, *card) for number, card in enumerate(FOUR)]
    result = compute(INSTRUMENT, KEYS, table)
    assert result.n == 20
    assert ["left out: 1." in show(note) for note in result.notes] == [True, True]


def test_twenty_people_are_needed():
    assert compute(INSTRUMENT, KEYS, rows((9, 5, 6, 2), people=19)).verdict.key == "too-little-data"


def test_more_cards_than_unknowns():
    three = compute(INSTRUMENT, KEYS, rows((9, 5, 6), FOUR[:3]))
    assert "more cards" in show(check_valid(three).texts[0])
    assert three.verdict.key == "mixed-up"


@pytest.mark.parametrize(
    ("cards", "verdict"),
    [
        ([("a", "x"), ("b", "y"), ("a", "x"), ("b", "y")], "mixed-up"),
        ([("a", "x"), ("a", "y"), ("a", "x"), ("a", "y")], "unusable-cards"),
        ([("a", "x"), ("b", "x"), ("c", "y"), ("d", "y")], "unusable-cards"),
    ],
)
def test_cards_that_tell_nothing(cards, verdict):
    result = compute(INSTRUMENT, "respondent card rating attribute_1 attribute_2", rows((9, 5, 6, 2), cards))
    assert (result.verdict.key, result.verdict.level) == (verdict, Level.ATTENTION)


def test_what_orthogonal_means():
    assert is_orthogonal(FOUR)
    assert is_orthogonal(NINE)
    assert not is_orthogonal([*FOUR, ("a", "a", "b")])
    uneven = compute(INSTRUMENT, KEYS, rows((9, 5, 6, 2, 8), [*FOUR, ("a", "a", "b")]))
    assert any("evenly" in show(note) for note in uneven.notes)
    assert not uneven.estimates


def test_two_that_matter_equally_are_not_told_apart():
    table = [row for row in rows((9, 5, 6, 2), people=20) if row[0] < "R10"]
    table += [row for row in rows((9, 6, 5, 2), people=20) if row[0] >= "R10"]
    result = compute(INSTRUMENT, KEYS, table)
    assert result.verdict.key == "unclear"
    assert check_question(question(result, "is_ahead"), [1]).right


@pytest.mark.parametrize(("people", "verdict", "right"), [(0, "clear", 0), (5, "clear", 1), (6, "reversals", 2)])
def test_people_who_prefer_a_higher_price(people, verdict, right):
    """Up to a quarter of twenty may like it dear; delivery matters most to all."""
    cards = [({"a": "€ 900", "b": "€ 1.200"}[card[0]], *card[1:]) for card in FOUR]
    usual, odd = rows((8, 4, 6, 2), cards, 20 - people), rows((6, 2, 8, 4), cards, people)
    result = compute(INSTRUMENT, KEYS, [*usual, *((f"odd {row[0]}", *row[1:]) for row in odd)], price=1)
    assert result.figure("reversals").value == pytest.approx(5 * people)
    assert result.verdict.key == verdict
    assert check_question(question(result, "reversals"), [right]).right


@pytest.mark.parametrize(
    ("words", "price"),
    [("80 zł", 80), ("€ 1.200", 1200), ("1 200 Ft", 1200), ("3,50 €", 3.5), ("12.75", 12.75), ("cheap", None)],
)
def test_prices_in_words(words, price):
    assert price_in(words) == price


def test_an_attribute_without_prices_is_said():
    for place in (1, 5):
        result = compute(INSTRUMENT, KEYS, rows((9, 5, 6, 2)), price=place)
        assert any("no prices" in show(note) for note in result.notes)


def test_slips_of_the_estimate_are_named():
    """Cards with level a of attribute 2 have a mean of 7.5, all cards of 5.5, the others of 3.5."""
    (estimate,) = compute(INSTRUMENT, KEYS, rows((9, 5, 6, 2))).estimates
    assert check_estimate(estimate, 2).right
    assert "Take off" in show(check_estimate(estimate, 7.5).texts[1])
    assert "mean of all" in show(check_estimate(estimate, 4).texts[1])


def test_the_lesson_of_the_demo():
    result = demo(INSTRUMENT)
    assert result.table("importance").column("attribute")[:2] == ["delivery", "price"]
    assert result.figure("reversals").value == pytest.approx(100 * 2 / 24)
    assert check_question(question(result, "reversals"), [1]).right


designs = st.sampled_from([FOUR, NINE, [*product("ab", "xy", "mno")], [*product("ab", repeat=3)][:7]])


@given(data=st.data())
def test_part_worths_are_what_numpy_finds_by_least_squares(data):
    cards = data.draw(designs)
    ratings = data.draw(st.lists(st.integers(1, 10), min_size=len(cards), max_size=len(cards)))
    design = effects(cards)
    person = evaluate("R1", ratings, cards, estimator(design))
    coefficients, _rest, rank, _values = np.linalg.lstsq(np.array(design, float), np.array(ratings, float))
    assert rank == len(design[0])
    if person is None:
        assert np.ptp(ratings) == 0 or np.allclose(coefficients[1:], 0)
        return
    found = [value for values in person.worths for value in values[:-1]]
    assert found == pytest.approx(list(coefficients[1:]), abs=1e-9)
    assert [sum(values) for values in person.worths] == pytest.approx([0] * len(person.worths), abs=1e-9)
    assert sum(person.importance) == pytest.approx(100)
    if person.fit is not None:
        fitted = np.array(design) @ coefficients
        residual = ((np.array(ratings) - fitted) ** 2).sum() / ((np.array(ratings) - np.mean(ratings)) ** 2).sum()
        assert person.fit == pytest.approx(1 - residual, abs=1e-9)


def test_cards_that_change_together_have_no_estimator():
    assert estimator(effects([("a", "x"), ("b", "y"), ("a", "x")])) is None


@given(st.lists(st.floats(-100, 100), min_size=2, max_size=50))
def test_the_interval_of_a_mean(values):
    found = mean_interval(values)
    half = 1.96 * np.std(values, ddof=1) / np.sqrt(len(values))
    assert (found.value, found.low, found.high) == pytest.approx(
        (np.mean(values), np.mean(values) - half, np.mean(values) + half), abs=1e-6
    )
