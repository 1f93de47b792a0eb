from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.toolbox.instruments.analytic_hierarchy_process import INSTRUMENT
from iciinsmes.toolbox.instruments.framework import (
    Level,
    check_decision,
    check_estimate,
    check_question,
    check_valid,
    show,
)
from iciinsmes.toolbox.instruments.methods.ideas.pairwise import (
    consistency_ratio,
    eigenvector,
    largest_eigenvalue,
    row_means,
)
from tests.toolbox.rows import compute, demo_rows, number

KEYS = "first second value"
GOOD = [("a", "b", 3.0), ("a", "c", 5.0), ("b", "c", 2.0)]
BAD = [("a", "b", 3.0), ("a", "c", 0.2), ("b", "c", 3.0)]


def question(result, key):
    return next(entry for entry in result.questions if entry.key == key)


def full(size):
    return [(f"thing {one}", f"thing {other}", 1.0) for one, other in combinations(range(size), 2)]


def test_the_worked_example():
    result = compute(INSTRUMENT, KEYS, GOOD)
    assert result.table("weights").column("thing") == ["a", "b", "c"]
    assert result.table("weights").column("weight") == pytest.approx([64.8, 23.0, 12.2], abs=0.05)
    assert result.figure("eigenvalue").value == pytest.approx(3.0037, abs=5e-5)
    assert result.figure("ratio").value == pytest.approx(0.0032, abs=5e-5)
    assert (result.verdict.key, result.verdict.level) == ("consistent", Level.GOOD)


def test_the_worked_contradiction():
    result = compute(INSTRUMENT, KEYS, BAD)
    assert result.figure("ratio").value == pytest.approx(1.58, abs=0.005)
    assert (result.verdict.key, result.verdict.level) == ("inconsistent", Level.ATTENTION)
    assert check_question(question(result, "consistent"), [1]).right


def test_the_demo_has_one_comparison_the_wrong_way_round():
    rows = [(first, second, number(value)) for _person, first, second, value in demo_rows(INSTRUMENT)]
    (mixed_up,) = [row for row in rows if row[2] < 1]
    wrong = compute(INSTRUMENT, KEYS, rows)
    assert wrong.verdict.key == "inconsistent"
    assert set(wrong.table("pairs").rows[0][:2]) == set(mixed_up[:2])
    assert check_decision(wrong.decision, chosen=0).right
    assert not check_decision(wrong.decision, chosen=1).right
    right = [(first, second, max(value, 1 / value)) for first, second, value in rows]
    assert compute(INSTRUMENT, KEYS, right).verdict.key == "consistent"


@pytest.mark.parametrize(("value", "verdict"), [(2.7, "consistent"), (2.8, "inconsistent")])
def test_the_limit_of_the_ratio(value, verdict):
    """With three things of which two are equal, CR passes 0.10 where the third is about 2.76 times off."""
    result = compute(INSTRUMENT, KEYS, [("a", "b", 1.0), ("b", "c", 1.0), ("a", "c", value)])
    assert result.verdict.key == verdict
    assert result.figure("ratio").value == pytest.approx(0.10, abs=0.005)


def test_rounded_fractions_are_the_fractions():
    exact = compute(INSTRUMENT, KEYS, [("a", "b", 1 / 3), ("a", "c", 1 / 7), ("b", "c", 1 / 9)])
    rounded = compute(INSTRUMENT, KEYS, [("a", "b", 0.33), ("a", "c", 0.14), ("b", "c", 0.11)])
    assert exact.tables == rounded.tables


def test_the_side_of_a_pair_does_not_matter():
    turned = [(second, first, 1 / value) for first, second, value in GOOD]
    assert compute(INSTRUMENT, KEYS, turned).table("weights").column("weight") == pytest.approx(
        compute(INSTRUMENT, KEYS, GOOD).table("weights").column("weight")
    )


def test_a_pair_given_twice_must_be_reciprocal():
    assert check_valid(compute(INSTRUMENT, KEYS, [*GOOD, ("b", "a", 1 / 3)])).right
    wrong = compute(INSTRUMENT, KEYS, [*GOOD, ("b", "a", 3.0)])
    assert not check_valid(wrong).right
    assert "twice with different results: 1." in show(check_valid(wrong).texts[0])


def test_a_pair_given_twice_with_different_results_decides_the_verdict():
    result = compute(INSTRUMENT, KEYS, [*GOOD, ("b", "a", 3.0)])
    assert (result.verdict.key, result.verdict.level) == ("contradictory", Level.ATTENTION)
    assert check_question(question(result, "consistent"), [1]).right
    assert show(result.decision.ranking[0]) == "“a” and “b”"


def test_a_circle_decides_the_verdict_however_small_its_ratio():
    result = compute(INSTRUMENT, KEYS, [("a", "b", 1.2), ("b", "c", 1.2), ("c", "a", 1.2)])
    assert number(result.figure("ratio").value) < 0.05
    assert (result.verdict.key, result.verdict.level) == ("circle", Level.ATTENTION)
    assert "“a” before “b”, that before “c”, and that before “a”" in show(result.verdict.text)
    assert check_question(question(result, "consistent"), [1]).right


def test_people_who_see_it_the_other_way_round_do_not_agree():
    rows = [("P1", *row) for row in GOOD] + [("P2", "b", "a", 3.0), ("P2", "a", "c", 5.0), ("P2", "b", "c", 2.0)]
    result = compute(INSTRUMENT, f"respondent {KEYS}", rows)
    assert (result.verdict.key, result.verdict.level) == ("people-differ", Level.NEUTRAL)


def test_equal_weights_are_named_together():
    assert show(compute(INSTRUMENT, KEYS, full(3)).verdict.text) == (
        "Your comparisons agree with each other. These weigh most, 33.3 % each: “thing 0”, “thing 1” and “thing 2”."
    )


def test_a_ratio_above_the_limit_is_not_written_as_the_limit():
    result = compute(INSTRUMENT, KEYS, [("a", "b", 1.0), ("b", "c", 1.0), ("a", "c", 2.79)])
    assert result.verdict.key == "inconsistent"
    assert "(CR 0.1, good" not in show(result.verdict.text)


@given(st.lists(st.tuples(st.sampled_from(("P1", "P2")), st.sampled_from("abc"), st.sampled_from("abc"),
                          st.sampled_from((1 / 3, 0.5, 1.0, 1.2, 2.0, 6.0))), min_size=3, max_size=9))  # fmt: skip
def test_who_agrees_contradicts_nowhere(rows):
    result = compute(INSTRUMENT, f"respondent {KEYS}", rows)
    if not result.figures:
        assert result.verdict.level in (Level.ATTENTION, Level.TOO_LITTLE_DATA)
        return
    contradicts = [condition for condition in result.conditions if not condition.met]
    if result.verdict.key == "consistent":
        assert not contradicts
        assert number(result.figure("ratio").value) <= 0.10
        first = result.table("weights").rows[0]
        assert f"“{first[0]}”" in show(result.verdict.text)
        assert f"{round(number(first[1]), 1):g} %" in show(result.verdict.text)
    if contradicts and result.n >= INSTRUMENT.minimum:
        assert result.verdict.level is Level.ATTENTION


def test_several_people_count_as_their_geometric_mean():
    rows = [(person, "a", other, value) for person, value in (("P1", 2.0), ("P2", 8.0)) for other in "bc"]
    result = compute(INSTRUMENT, f"respondent {KEYS}", [*rows, ("P1", "b", "c", 1.0)])
    assert check_valid(result).right
    assert result.table("weights").column("weight") == pytest.approx([100 * 4 / 6, 100 / 6, 100 / 6])


def test_missing_pairs_are_named():
    result = compute(INSTRUMENT, KEYS, GOOD[:2])
    assert result.verdict.key == "incomplete"
    assert "“b” and “c”" in show(result.verdict.text)
    assert not result.figures


def test_how_many_things():
    assert compute(INSTRUMENT, KEYS, full(2)).verdict.level is Level.TOO_LITTLE_DATA
    assert check_valid(compute(INSTRUMENT, KEYS, full(7))).right
    assert not check_valid(compute(INSTRUMENT, KEYS, full(8))).right
    assert compute(INSTRUMENT, KEYS, full(9)).figure("ratio").value == pytest.approx(0, abs=1e-9)
    assert compute(INSTRUMENT, KEYS, full(10)).verdict.key == "too-many"


def test_rows_about_one_thing_are_counted():
    result = compute(INSTRUMENT, KEYS, [*GOOD, ("a", "A ", 1.0)])
    assert "left out: 1." in show(result.notes[0])
    assert result.tables == compute(INSTRUMENT, KEYS, GOOD).tables


def test_slips_of_the_estimate_are_named():
    """B is 3 times C and C 5 times A, so B should be 15 times A; said was a third."""
    (estimate,) = compute(INSTRUMENT, KEYS, BAD).estimates
    assert "must “b” be" in show(estimate.text)
    assert check_estimate(estimate, 15).right
    assert "multiply" in show(check_estimate(estimate, 8).texts[1])
    assert "when you compared" in show(check_estimate(estimate, 1 / 3).texts[1])


def test_a_pocket_calculator_gives_other_weights_where_comparisons_contradict_each_other():
    rows = [row[1:] for row in demo_rows(INSTRUMENT)]
    ways = [compute(INSTRUMENT, KEYS, rows, method=way).table("weights") for way in ("eigenvector", "row_means")]
    assert [sum(map(number, way.column("weight"))) for way in ways] == pytest.approx([100, 100])
    assert ways[0].column("weight") != pytest.approx(ways[1].column("weight"), abs=0.1)


@st.composite
def matrices(draw):
    size = draw(st.integers(3, 9))
    matrix = np.ones((size, size))
    for one, other in combinations(range(size), 2):
        matrix[one, other] = draw(st.sampled_from([1 / 9, 1 / 5, 1 / 3, 1 / 2, 1, 2, 3, 4, 5, 7, 9]))
        matrix[other, one] = 1 / matrix[one, other]
    return matrix


@given(matrices())
def test_weights_are_the_eigenvector_that_numpy_finds(matrix):
    values, vectors = np.linalg.eig(matrix)
    largest = np.argmax(values.real)
    expected = np.abs(vectors[:, largest].real)
    weights = eigenvector(matrix.tolist())
    assert weights == pytest.approx(expected / expected.sum(), abs=1e-6)
    assert largest_eigenvalue(matrix.tolist(), weights) == pytest.approx(values[largest].real, abs=1e-6)
    assert row_means(matrix.tolist()) == pytest.approx(
        np.exp(np.log(matrix).mean(axis=1)) / np.exp(np.log(matrix).mean(axis=1)).sum()
    )


@given(st.lists(st.floats(0.1, 10), min_size=3, max_size=9))
def test_comparisons_made_of_weights_are_consistent_and_give_them_back(given_weights):
    matrix = [[one / other for other in given_weights] for one in given_weights]
    for weights in (eigenvector(matrix), row_means(matrix)):
        assert weights == pytest.approx([weight / sum(given_weights) for weight in given_weights])
        assert consistency_ratio(matrix, weights) == pytest.approx(0, abs=1e-9)
