from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.toolbox.instruments.framework import (
    Level,
    check_decision,
    check_estimate,
    check_question,
    check_valid,
    msg,
    show,
)
from iciinsmes.toolbox.instruments.idea_scoring import INSTRUMENT
from tests.toolbox.rows import compute, number

WEIGHTED = "idea criterion weight score"
RICE = "idea reach impact confidence effort"
ICE = "idea impact confidence ease"


def weighted(scores, weights=(50, 30, 20)):
    rows = [
        (idea, f"criterion {number}", weight, value)
        for idea, values in scores.items()
        for number, (weight, value) in enumerate(zip(weights, values, strict=True), 1)
    ]
    return compute(INSTRUMENT, WEIGHTED, rows)


def question(result, key):
    return next(entry for entry in result.questions if entry.key == key)


def test_the_worked_rice():
    result = compute(INSTRUMENT, RICE, [("app", 200, 2, 0.8, 4), ("flyer", 100, 0.5, 1, 1)])
    assert result.table("ideas").rows == (("app", 80.0, True), ("flyer", 50.0, False))
    assert check_valid(result).right
    assert result.verdict.key == "robust"


def test_confidence_of_rice_may_be_percent():
    shares = compute(INSTRUMENT, RICE, [("app", 200, 2, 0.8, 4), ("flyer", 100, 0.5, 1, 1)])
    percents = compute(INSTRUMENT, RICE, [("app", 200, 2, 80, 4), ("flyer", 100, 0.5, 100, 1)])
    assert shares.tables == percents.tables
    assert check_valid(percents).right


@pytest.mark.parametrize(("impact", "confidence"), [(4, 0.8), (2, 0.7), (2, 10)])
def test_rice_knows_its_steps_only(impact, confidence):
    result = compute(INSTRUMENT, RICE, [("app", 200, impact, confidence, 4), ("flyer", 100, 0.5, 1, 1)])
    assert "RICE knows these steps" in show(check_valid(result).texts[0])


def test_ice_is_a_product_or_a_mean_and_says_which():
    rows = [("app", 8, 5, 2), ("flyer", 4, 6, 9)]
    product, mean = compute(INSTRUMENT, ICE, rows), compute(INSTRUMENT, ICE, rows, method="ice_mean")
    assert product.table("ideas").column("score") == [216, 80]
    assert mean.table("ideas").column("score") == pytest.approx([19 / 3, 5])
    assert [result.figure("method").value for result in (product, mean)] == [msg("ICE, product"), msg("ICE, mean")]
    for off_scale in (("talk", 0, 1, 1), ("talk", 8, 80, 1)):
        assert not check_valid(compute(INSTRUMENT, ICE, [*rows, off_scale])).right


def test_weights_count():
    result = weighted({"a": (8, 4, 5), "b": (6, 9, 9), "c": (1, 1, 1)})
    assert result.table("ideas").column("score") == pytest.approx([7.5, 6.2, 1])
    assert result.table("sensitivity").column("weight") == pytest.approx([50, 30, 20])
    assert result.figure("lead").value == pytest.approx(100 * (1 - 6.2 / 7.5))


def test_without_weights_all_criteria_count_the_same():
    result = compute(INSTRUMENT, "idea criterion score", [("a", "x", 4), ("a", "y", 6), ("b", "x", 1), ("b", "y", 2)])
    assert result.table("ideas").column("score") == pytest.approx([5, 1.5])
    assert any("no weights" in show(note) for note in result.notes)


def test_a_criterion_needs_one_weight():
    rows = [("a", "x", 40, 4), ("a", "y", 60, 6), ("b", "x", 40, 1), ("b", "y", 60, 2)]
    assert check_valid(compute(INSTRUMENT, WEIGHTED, rows)).right
    for wrong in (50, None):
        changed = [rows[0], ("a", "y", wrong, 6), rows[2], ("b", "y", wrong and 60, 2)]
        assert not check_valid(compute(INSTRUMENT, WEIGHTED, changed)).right


def test_several_people_count_as_their_mean_and_ideas_with_gaps_are_left_out():
    rows = [("a", "x", 1, 4), ("A", "x", 1, 8), ("a", "y", 1, 2), ("b", "x", 1, 5), ("b", "y", 1, 5), ("c", "x", 1, 9)]
    result = compute(INSTRUMENT, WEIGHTED, rows)
    assert dict(zip(*(result.table("ideas").column(key) for key in ("idea", "score")), strict=True)) == {"b": 5, "a": 4}
    assert any("left out: 1." in show(note) for note in result.notes)


def test_rows_with_gaps_are_counted():
    rows = [("a", "x", 1, 4), ("b", "x", 1, 8), ("a", None, 1, 9), ("b", "x", 1, None)]
    result = compute(INSTRUMENT, WEIGHTED, rows)
    assert any("a score, left out: 2." in show(note) for note in result.notes)
    assert result.table("ideas").column("score") == [8, 4]


def test_the_columns_that_a_method_needs_are_named():
    result = compute(INSTRUMENT, RICE, [("app", 200, 2, 0.8, 4)] * 3, method="ice")
    assert result.verdict.level is Level.TOO_LITTLE_DATA
    assert "ease" in show(result.notes[0])


def test_two_ideas_are_needed_and_five_are_better():
    one = weighted({"a": (8, 4, 5)})
    assert one.verdict.key == "too-little-data"
    four, five = (weighted({name: (8, 4, index) for index, name in enumerate(found)}) for found in ("abcd", "abcde"))
    assert any("Fewer than five" in show(note) for note in four.notes)
    assert not five.notes


def test_a_first_place_that_hangs_on_one_weight():
    """With 40 and 60, b leads by 0.2. Criterion 2 with 20 % less has 48 of 88, and a is ahead."""
    result = weighted({"a": (8, 4), "b": (4, 7)}, weights=(40, 60))
    assert (result.verdict.key, result.verdict.level) == ("sensitive", Level.ATTENTION)
    assert "“a”" in show(result.verdict.text)
    assert check_question(question(result, "stands_firm"), [0]).right
    assert check_question(question(result, "otherwise"), [0]).right


def test_a_first_place_that_stands_firm():
    result = weighted({"a": (8, 4), "b": (9, 7)}, weights=(40, 60))
    assert (result.verdict.key, result.verdict.level) == ("robust", Level.GOOD)
    assert check_question(question(result, "stands_firm"), [1]).right


@pytest.mark.parametrize(("reach", "verdict"), [(124, "robust"), (125, "robust"), (126, "sensitive")])
def test_the_border_of_a_firm_first_place(reach, verdict):
    """A first place of 100 loses 20 %; effort with 20 % more costs a sixth only."""
    rows = [("first", 1000, 1, 1, 1), ("second", reach * 6.4, 1, 1, 1)]
    assert compute(INSTRUMENT, RICE, rows).verdict.key == verdict


def test_equal_scores_are_a_tie():
    result = weighted({"a": (5, 5), "b": (5, 5), "c": (1, 1)}, weights=(40, 60))
    assert result.verdict.key == "tie"
    assert result.figure("first").value == msg("several")


@pytest.mark.parametrize(
    ("keys", "rows", "slips"),
    [
        (RICE, [("app", 200, 2, 0.8, 4), ("flyer", 100, 0.5, 0.5, 2)], [(50, "divide"), (25, "confidence")]),
        (ICE, [("app", 8, 5, 2), ("flyer", 4, 3, 2)], [(9, "Multiply")]),
        (
            WEIGHTED,
            [("a", "x", 3, 9), ("a", "y", 1, 9), ("b", "x", 3, 2), ("b", "y", 1, 6)],
            [(4, "without weights"), (12, "Divide")],
        ),
    ],
)
def test_slips_of_the_estimate_are_named(keys, rows, slips):
    result = compute(INSTRUMENT, keys, rows)
    (estimate,) = result.estimates
    assert check_estimate(estimate, number(result.table("ideas").rows[1][1])).right
    for value, words in slips:
        assert words in show(check_estimate(estimate, value).texts[1])


def test_forgetting_to_divide_a_mean():
    (estimate,) = compute(INSTRUMENT, ICE, [("app", 8, 5, 2), ("flyer", 4, 3, 2)], method="ice_mean").estimates
    assert check_estimate(estimate, 3).right
    assert "three" in show(check_estimate(estimate, 9).texts[1])


def test_another_idea_than_the_first_needs_a_reason():
    decision = weighted({"a": (8, 4), "b": (9, 7)}, weights=(40, 60)).decision
    assert check_decision(decision, chosen=0).right
    assert not check_decision(decision, chosen=1).right
    assert check_decision(decision, chosen=1, reason="It is done in a day.").right


@given(
    st.lists(st.integers(1, 100), min_size=2, max_size=4).flatmap(
        lambda weights: st.tuples(
            st.just(weights),
            st.lists(st.tuples(*[st.integers(0, 10)] * len(weights)), min_size=2, max_size=6),
        )
    )
)
def test_sensitivity_is_what_computing_anew_in_fractions_gives(drawn):
    weights, scores = drawn

    def firsts(changed):
        totals = [sum(w * s for w, s in zip(changed, row, strict=True)) / sum(changed) for row in scores]
        return {index for index, total in enumerate(totals) if total == max(totals)}

    exact = [Fraction(weight) for weight in weights]
    start = firsts(exact)
    turns = sum(
        not start & firsts([weight * by if index == part else weight for index, weight in enumerate(exact)])
        for part in range(len(exact))
        for by in (Fraction(4, 5), Fraction(6, 5))
    )
    result = weighted({f"idea {index}": row for index, row in enumerate(scores)}, weights)
    assert result.figure("turning").value == turns
    assert {index for index in range(len(scores)) if (f"idea {index}", True) in
            {(row[0], row[2]) for row in result.table("ideas").rows}} == start  # fmt: skip
