"""Scoring: the worked numbers of the domain, and what holds for all answers."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.self_check import rules
from iciinsmes.self_check.data import Axis, ItemAnswer, Level, Quadrant, Scale, TypedItem
from iciinsmes.self_check.shipped import shipped_model

MODEL = shipped_model()
CODES = [item.code for item in MODEL.items]
RESPONSIVE = [item.code for item in MODEL.items if item.axis is Axis.RESPONSIVE]
PROACTIVE = [item.code for item in MODEL.items if item.axis is Axis.PROACTIVE]
answer = st.one_of(st.integers(0, 4).map(ItemAnswer), st.just(ItemAnswer(applies=False)), st.just(ItemAnswer()))
answers = st.dictionaries(st.sampled_from(CODES), answer)
whole = st.fixed_dictionaries({code: st.integers(0, 4).map(ItemAnswer) for code in CODES})


def both(responsive: int | None, proactive: int | None) -> dict[str, ItemAnswer]:
    """All statements of an axis answered alike."""
    return {code: ItemAnswer(responsive) for code in RESPONSIVE} | {code: ItemAnswer(proactive) for code in PROACTIVE}


def test_there_are_four_statements_in_each_of_six_dimensions_half_of_them_of_each_axis():
    assert [dimension.code for dimension in MODEL.dimensions] == ["D1", "D2", "D3", "D4", "D5", "D6"]
    for dimension in MODEL.dimensions:
        axes = [item.axis for item in MODEL.items if item.dimension == dimension.code]
        assert axes == [Axis.RESPONSIVE] * 2 + [Axis.PROACTIVE] * 2
    helps = "T05 T03 T08 T10 EW EW T07 T10 T08 T05 T06 T11 T18 T18 T17 T19 CP T26 T26 T22 SD W14 CP SD"
    assert [item.advice for item in MODEL.items] == helps.split()


def test_a_dimension_is_the_mean_of_its_answers_times_25():
    found = rules.outcome(MODEL, {"1": ItemAnswer(1), "2": ItemAnswer(3), "3": ItemAnswer(0), "4": ItemAnswer(4)})
    assert found.dimensions[0].value == 50


@pytest.mark.parametrize(
    ("given", "value"),
    [
        ([0, 4, 4, 4], 75),
        ([4, 4, 4, None], 100),
        ([4, 4, None, None], None),
        ([0, 0, 0, "none"], 0),
        ([0, 3, "none", None], None),
    ],
)
def test_a_dimension_needs_three_of_four_and_zero_is_an_answer(given, value):
    said = {
        str(code): ItemAnswer(applies=False) if each == "none" else ItemAnswer(each)
        for code, each in enumerate(given, start=1)
    }
    found = rules.outcome(MODEL, said).dimensions[0]
    assert found.value == value
    assert found.answered == sum(isinstance(each, int) for each in given)


def test_an_axis_needs_nine_of_twelve():
    nine = {code: ItemAnswer(3) for code in RESPONSIVE[:9]}
    assert rules.outcome(MODEL, nine).responsive.value == 75
    assert rules.outcome(MODEL, dict(list(nine.items())[:8])).responsive.value is None
    assert rules.outcome(MODEL, nine).overall is None


@pytest.mark.parametrize(
    ("responsive", "proactive", "quadrant"),
    [
        (1, 1, Quadrant.WAITING),
        (3, 1, Quadrant.RESPONDING),
        (1, 3, Quadrant.EXPLORING),
        (3, 3, Quadrant.PROACTIVE),
        (2, 2, Quadrant.PROACTIVE),
    ],
)
def test_quadrants_part_at_the_middle(responsive, proactive, quadrant):
    assert rules.outcome(MODEL, both(responsive, proactive)).quadrant is quadrant


def test_less_than_five_points_from_the_middle_is_on_the_border():
    said = both(2, 4)
    assert rules.outcome(MODEL, said).border == (Axis.RESPONSIVE,)
    # Twelve answers: a point more is 25/12, so two points are 4.2 away and three 6.3.
    up = said | dict.fromkeys(RESPONSIVE[:2], ItemAnswer(3))
    assert rules.outcome(MODEL, up).border == (Axis.RESPONSIVE,)
    assert rules.outcome(MODEL, said | dict.fromkeys(RESPONSIVE[:3], ItemAnswer(3))).border == ()
    ten = {code: ItemAnswer(2) for code in RESPONSIVE[:10]} | dict.fromkeys(RESPONSIVE[:2], ItemAnswer(3))
    assert rules.outcome(MODEL, ten).responsive.value == 55
    assert rules.outcome(MODEL, ten).border == ()


@pytest.mark.parametrize(
    ("value", "level"),
    [
        (0, Level.START),
        (Fraction(69, 2) - Fraction(1, 1000), Level.START),
        (Fraction(69, 2), Level.BUILDING),
        (35, Level.BUILDING),
        (59, Level.BUILDING),
        (60, Level.STEADY),
        (79, Level.STEADY),
        (80, Level.LEADING),
        (100, Level.LEADING),
    ],
)
def test_levels_follow_the_number_that_is_shown(value, level):
    assert rules.level(Fraction(value)) is level


def test_advice_is_about_the_three_lowest_and_ties_go_by_dimension():
    said = {code: ItemAnswer(3) for code in CODES} | {"21": ItemAnswer(0), "7": ItemAnswer(1), "2": ItemAnswer(1)}
    assert rules.outcome(MODEL, said).weakest == ("21", "2", "7")
    assert rules.outcome(MODEL, {code: ItemAnswer(2) for code in CODES}).weakest == ("1", "2", "3")


def test_what_is_open_or_does_not_apply_is_never_the_weakest():
    said = {code: ItemAnswer(4) for code in CODES} | {
        "1": ItemAnswer(),
        "2": ItemAnswer(applies=False),
        "3": ItemAnswer(0),
    }
    assert rules.outcome(MODEL, said).weakest == ("3",)


def test_a_reversed_statement_and_another_range_are_scored_as_declared():
    other = replace(MODEL.items[0], reverse=True, scale=Scale(1, 5))
    model = replace(MODEL, items=(other, *MODEL.items[1:]))
    assert [rules.score_of(model, other, {"1": ItemAnswer(value)}) for value in (1, 3, 5)] == [100, 50, 0]
    five = replace(MODEL, scale=Scale(1, 5))
    said = {code: ItemAnswer(1) for code in CODES}
    assert rules.outcome(five, said).overall == 0


def test_weights_weigh():
    model = replace(MODEL, items=(replace(MODEL.items[0], weight=Decimal(3)), *MODEL.items[1:]))
    said = {"1": ItemAnswer(4), "2": ItemAnswer(0), "3": ItemAnswer(0), "4": ItemAnswer(0)}
    assert rules.outcome(model, said).dimensions[0].value == 50


@given(answers, st.sampled_from(CODES))
def test_a_better_answer_never_makes_anything_worse(said, code):
    lower = said | {code: ItemAnswer(1)}
    higher = said | {code: ItemAnswer(2)}
    one, other = rules.outcome(MODEL, lower), rules.outcome(MODEL, higher)
    pairs = [*zip(one.dimensions, other.dimensions, strict=True)]
    pairs += [(one.responsive, other.responsive), (one.proactive, other.proactive)]
    for before, after in pairs:
        assert (before.value is None) == (after.value is None)
        assert before.value is None or before.value <= after.value


@given(answers)
def test_all_values_lie_between_0_and_100_or_are_missing(said):
    found = rules.outcome(MODEL, said)
    scores = [*(each.value for each in found.dimensions), found.responsive.value, found.proactive.value, found.overall]
    assert all(0 <= value <= 100 for value in scores if value is not None)
    assert (found.quadrant is None) == (found.overall is None) == (found.level is None)
    assert len(found.weakest) <= 3
    assert all(said[code].value is not None for code in found.weakest)


@given(answers, st.randoms(use_true_random=False))
def test_the_order_of_statements_within_a_dimension_changes_no_score(said, random):
    items = list(MODEL.items)
    random.shuffle(items)
    one, other = rules.outcome(MODEL, said), rules.outcome(replace(MODEL, items=tuple(items)), said)
    assert (one.dimensions, one.responsive, one.proactive) == (other.dimensions, other.responsive, other.proactive)


@given(whole)
def test_turning_scale_and_answers_around_changes_nothing(said):
    model = replace(MODEL, items=tuple(replace(item, reverse=True) for item in MODEL.items))
    turned = {code: ItemAnswer(4 - each.value) for code, each in said.items()}
    assert rules.outcome(model, turned) == rules.outcome(MODEL, said)


def test_before_and_after_look_only_at_what_both_ask_alike():
    changed = [
        replace(MODEL.items[0], reverse=True),
        replace(MODEL.items[1], scale=Scale(1, 5)),
        replace(MODEL.items[2], code="3b"),
    ]
    after = replace(MODEL, items=(*changed, *MODEL.items[3:]))
    was, now = {code: ItemAnswer(1) for code in CODES}, {code: ItemAnswer(3) for code in [*CODES, "3b"]}
    found = rules.compare(MODEL, was, after, now)
    assert found.left_out == 4  # 1 and 2 ask otherwise, 3 has gone, 3b has come
    assert [(each.before, each.after) for each in found.dimensions] == [(25, 75)] * 6
    assert {each.code for each in found.items} == set(CODES[3:])


def test_reworded_statements_with_the_same_code_are_compared():
    after = replace(MODEL, items=tuple(replace(item, text={"en": "Said otherwise."}) for item in MODEL.items))
    found = rules.compare(MODEL, both(1, 1), after, both(2, 2))
    assert found.left_out == 0
    assert found.responsive.by == 25


def test_persons_two_points_apart_shall_talk_and_no_answer_is_none():
    anna = {code: ItemAnswer(2) for code in CODES}
    jonas = anna | {"1": ItemAnswer(4), "2": ItemAnswer(3), "3": ItemAnswer(applies=False), "4": ItemAnswer()}
    found = {each.code: each for each in rules.together(MODEL, [(MODEL, anna), (MODEL, jonas)]).items}
    assert (found["1"].median, found["1"].low, found["1"].high, found["1"].talk) == (3, 2, 4, True)
    assert not found["2"].talk
    assert (found["3"].persons, found["3"].low, found["3"].high) == (1, 2, 2)
    assert found["4"].persons == 1


@given(answers, answers)
def test_two_devices_never_take_back_each_others_answers(first, second):
    def sent(said):
        choices = {
            code: rules.DOES_NOT_APPLY if not each.applies else None if each.value is None else str(each.value)
            for code, each in said.items()
        }
        return {code: TypedItem(choice=choice) for code, choice in choices.items()}

    kept = rules.merged(MODEL, rules.merged(MODEL, {}, sent(first)), sent(second))
    for code in CODES:
        last = second.get(code, ItemAnswer())
        assert kept.get(code, ItemAnswer()) == (first.get(code, ItemAnswer()) if last.is_open else last)


@pytest.mark.parametrize(
    ("known", "proof", "was", "kept"),
    [
        ("", "The list", "", "The list"),
        ("The list", "", "", "The list"),
        ("The list", "", "The list", ""),
        ("The list", "The book", "The list", "The book"),
        ("The list", "The book", "", "The list / The book"),
        ("The list", "The list", "", "The list"),
        ("The list", "The list, and the book", "", "The list, and the book"),
    ],
)
def test_of_two_proofs_written_at_once_both_stay(known, proof, was, kept):
    found = rules.merged(MODEL, {"1": ItemAnswer(proof=known)}, {"1": TypedItem(proof=proof, was=was)})
    assert found.get("1", ItemAnswer()).proof == kept


def test_nonsense_from_a_browser_changes_nothing():
    known = {"1": ItemAnswer(2)}
    for choice in ("5", "-1", "2.0", "", "٣", "x" * 50):
        assert rules.merged(MODEL, known, {"1": TypedItem(choice=choice)}) == known
    assert rules.merged(MODEL, known, {"99": TypedItem(choice="1")}) == known
