from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.toolbox.instruments.framework import (
    Level,
    check_decision,
    check_estimate,
    check_question,
    check_valid,
    show,
)
from iciinsmes.toolbox.instruments.house_of_quality import INSTRUMENT
from tests.toolbox.rows import compute

KEYS = "wish importance feature relation"
FULL = f"{KEYS} now target sales_point"


def house(importances, matrix):
    """One row for each cell, wishes w1.. and features f1.."""
    return [
        (f"w{row}", float(importance), f"f{column}", cell)
        for row, (importance, cells) in enumerate(zip(importances, matrix, strict=True), 1)
        for column, cell in enumerate(cells, 1)
    ]


WORKED = house((5, 4, 2), ((9, 3, 0), (3, 9, 1), (0, 1, 9)))


def weights(result):
    return dict(zip(*(result.table("features").column(key) for key in ("feature", "weight")), strict=True))


def question(result, key):
    return next(entry for entry in result.questions if entry.key == key)


def test_the_worked_example():
    result = compute(INSTRUMENT, KEYS, WORKED)
    assert weights(result) == {"f1": 57, "f2": 53, "f3": 22}
    assert result.table("features").column("share") == pytest.approx([43.2, 40.2, 16.7], abs=0.05)
    assert result.table("house").rows[0] == ("w1", 9, 3, 0)
    assert (result.verdict.key, result.verdict.level) == ("complete", Level.GOOD)
    assert result.decision.ranking == ("f1", "f2", "f3")


@pytest.mark.parametrize("extra", [("w4", 3.0, None, None), ("w4", 3.0, "f1", 0), ("w4", 3.0, "f1", None)])
def test_a_wish_without_a_feature_is_unmet(extra):
    result = compute(INSTRUMENT, KEYS, [*WORKED, extra])
    assert (result.verdict.key, result.verdict.level) == ("unmet-wish", Level.ATTENTION)
    assert "“w4”" in show(result.verdict.text)
    unmet = question(result, "unmet")
    assert check_question(unmet, [index for index, answer in enumerate(unmet.answers) if answer.text == "w4"]).right
    assert weights(result) == {"f1": 57, "f2": 53, "f3": 22}


def test_a_feature_without_a_wish_is_needless():
    result = compute(INSTRUMENT, KEYS, [*WORKED, ("w1", 5.0, "f4", 0)])
    assert (result.verdict.key, result.verdict.level) == ("needless-feature", Level.NEUTRAL)
    needless = question(result, "needless")
    assert [answer.text for answer in needless.answers if answer.right] == ["f4"]
    assert check_question(question(result, "unmet"), []).right


def test_the_heaviest_unmet_wish_is_named_first():
    result = compute(INSTRUMENT, KEYS, [*WORKED, ("small", 1.0, None, None), ("large", 5.0, None, None)])
    assert "“large”" in show(result.verdict.text)


def test_plans_to_improve_change_the_weights():
    """Weight 5 x 4/2 x 1.5 = 15 for the first wish; the others stay as important as they are."""
    rows = [(*row, *((2.0, 4.0, "1.5") if row[0] == "w1" else (None, None, None))) for row in WORKED]
    result = compute(INSTRUMENT, FULL, rows)
    assert weights(result) == {"f1": 15 * 9 + 12, "f2": 15 * 3 + 38, "f3": 22}
    (estimate,) = result.estimates
    assert check_estimate(estimate, 83).right
    assert "plan to improve" in show(check_estimate(estimate, 53).texts[1])


def test_slips_of_the_estimate_are_named():
    (estimate,) = compute(INSTRUMENT, KEYS, WORKED).estimates
    assert "“f2”" in show(estimate.text)
    assert check_estimate(estimate, 53).right
    assert "Multiply each relation" in show(check_estimate(estimate, 13).texts[1])
    assert "You added" in show(check_estimate(estimate, 11).texts[1])


def test_a_wish_has_one_importance():
    assert check_valid(compute(INSTRUMENT, KEYS, WORKED)).right
    assert not check_valid(compute(INSTRUMENT, KEYS, [*WORKED, ("w1", 4.0, "f1", 0)])).right


def test_a_pair_given_again_is_counted():
    result = compute(INSTRUMENT, KEYS, [*WORKED, ("W1 ", 5.0, "F1", 1)])
    assert weights(result) == weights(compute(INSTRUMENT, KEYS, WORKED))
    assert "counts: 1." in show(result.notes[0])


def test_a_relation_without_a_feature_is_counted():
    result = compute(INSTRUMENT, KEYS, [*WORKED, ("w1", 5.0, None, 9)])
    assert [show(note) for note in result.notes] == ["Relations without a feature, left out: 1."]


def test_three_wishes_are_needed():
    assert compute(INSTRUMENT, KEYS, WORKED[:6]).verdict.key == "too-little-data"
    assert compute(INSTRUMENT, KEYS, [(f"w{row}", 5.0, None, None) for row in range(3)]).verdict.key == "unmet-wish"


def test_a_feature_below_the_best_three_needs_a_reason():
    rows = house((5, 4, 3), ((9, 3, 1, 1), (9, 3, 3, 1), (9, 3, 1, 0)))
    decision = compute(INSTRUMENT, KEYS, rows).decision
    assert check_decision(decision, chosen=2).right
    assert not check_decision(decision, chosen=3).right


@given(data=st.data())
def test_weights_are_a_product_of_matrices(data):
    wishes, features = data.draw(st.integers(1, 12)), data.draw(st.integers(1, 9))
    importance = data.draw(st.lists(st.integers(1, 5), min_size=wishes, max_size=wishes))
    cell = st.sampled_from([0, 1, 3, 9])
    matrix = data.draw(st.lists(st.tuples(*[cell] * features), min_size=wishes, max_size=wishes))
    result = compute(INSTRUMENT, KEYS, data.draw(st.permutations(house(importance, matrix))))
    expected = np.array(importance) @ np.array(matrix)
    assert weights(result) == {f"f{column}": value for column, value in enumerate(expected, 1)}
    assert result.figure("unmet").value == int((np.array(matrix).sum(axis=1) == 0).sum())
    assert result.figure("needless").value == int((np.array(matrix).sum(axis=0) == 0).sum())
