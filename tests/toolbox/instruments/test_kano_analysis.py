from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.toolbox.instruments.kano_analysis import INSTRUMENT, evaluate, pair_category
from iciinsmes.toolbox.instruments.kit import check_valid
from tests.toolbox.rows import compute


def test_every_pair_of_answers():
    table = ["".join(pair_category(there, missing) for missing in range(1, 6)) for there in range(1, 6)]
    assert table == ["QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ"]


def test_the_worked_example():
    feature = evaluate("x", {"A": 12, "O": 10, "M": 5, "I": 9})
    assert (feature.better, feature.worse) == (pytest.approx(0.611, abs=5e-4), pytest.approx(-0.417, abs=5e-4))
    assert feature.category == "A"
    assert feature.strength == pytest.approx(5.6, abs=0.05)
    assert feature.is_mixed
    assert feature.total == pytest.approx(0.75)


def test_those_who_care_win_over_a_frequent_indifference():
    assert evaluate("x", {"A": 10, "O": 9, "M": 3, "I": 11, "R": 1, "Q": 1}).category == "A"


def test_must_be_wins_a_tie():
    assert evaluate("x", {"A": 5, "O": 5, "M": 5, "I": 2}).category == "M"


def test_fong_needs_a_clear_lead():
    assert not evaluate("x", {"A": 12, "O": 10, "M": 5, "I": 9}).is_significant
    assert evaluate("x", {"A": 25, "O": 5, "M": 3, "I": 3}).is_significant


def answers(*pairs):
    return [(f"R{person}", "app", *pair) for pair, count in pairs for person in range(count)]


def test_contradictions_are_a_wording_problem():
    keys = "respondent feature functional dysfunctional"
    good = compute(INSTRUMENT, keys, answers(((2, 5), 24)))
    bad = compute(INSTRUMENT, keys, answers(((2, 5), 20), ((1, 1), 4)))
    assert check_valid(good).right
    assert not check_valid(bad).right


def test_must_be_features_come_first():
    rows = [(f"R{person}", feature, *pair) for person in range(24) for feature, pair in
            (("delight", (1, 3)), ("must", (3, 5)), ("more", (1, 5)), ("never mind", (3, 3)))]  # fmt: skip
    result = compute(INSTRUMENT, "respondent feature functional dysfunctional", rows)
    assert result.table("features").column("feature") == ["must", "more", "delight", "never mind"]
    assert result.decision.ranking == ("must", "more", "delight", "never mind")
    assert result.verdict.key == "must-be-first"


@given(st.dictionaries(st.sampled_from("MOAIRQ"), st.integers(1, 50), min_size=1))
def test_coefficients_stay_in_their_ranges(counts):
    feature = evaluate("x", counts)
    assert feature.better is None or 0 <= feature.better <= 1
    assert feature.worse is None or -1 <= feature.worse <= 0
    assert 0 <= feature.strength <= 100
    assert counts[feature.category] > 0
