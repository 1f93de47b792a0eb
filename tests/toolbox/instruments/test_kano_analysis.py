from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.toolbox.instruments.framework import Level, check_valid, show
from iciinsmes.toolbox.instruments.kano_analysis import INSTRUMENT, evaluate, pair_category
from tests.toolbox.claims.seen import Seen
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


#: A pair of answers for each category.
PAIRS = {"M": (2, 5), "O": (1, 5), "A": (1, 3), "I": (3, 3), "R": (5, 1), "Q": (1, 1)}


def verdict(**features):
    """The verdict on features, each given by how often each category was answered, such as ``app="MMI"``."""
    rows = [(f"R{person}", feature, *PAIRS[letter]) for feature, letters in features.items()
            for person, letter in enumerate(letters)]  # fmt: skip
    return compute(INSTRUMENT, "respondent feature functional dysfunctional", rows).verdict


def test_a_must_be_is_named_wherever_one_is():
    assert show(verdict(app="O" * 24, bread="M" * 24).text).startswith("Make sure of “bread”: ")
    both = verdict(app="M" * 24, bread="M" * 20 + "I" * 4, tea="O" * 24)
    assert show(both.text).startswith("Make sure of “app” and “bread”: ")
    mixed = verdict(app="O" * 24, bread="M" * 12 + "O" * 11 + "I")
    assert (mixed.key, mixed.level) == ("must-be-unsure", Level.ATTENTION)
    assert "“bread”" in show(mixed.text)
    few = verdict(app="O" * 24, bread="M" * 6)
    assert few.key == "must-be-unsure"


def test_what_is_not_wanted_or_not_understood_is_not_called_indifferent():
    assert verdict(app="I" * 24, tea="I" * 24).key == "indifferent"
    assert show(verdict(app="I" * 24, tea="R" * 24).text).startswith("Customers would rather do without “tea”.")
    assert verdict(app="I" * 24, tea="Q" * 24).key == "not-understood"
    differ = verdict(app="I" * 24, tea="A" * 9 + "O" * 8 + "I" * 7)
    assert (differ.key, differ.level) == ("mixed", Level.NEUTRAL)
    assert "“tea”" in show(differ.text)


def test_a_category_that_fewer_say_than_another_is_mixed():
    feature = evaluate("x", {"M": 11, "I": 6, "R": 4, "Q": 3})
    assert (feature.category, feature.is_mixed) == ("I", True)


@given(st.dictionaries(st.sampled_from("abcd"), st.text("MOAIRQ", min_size=1, max_size=30), min_size=1))
def test_the_sentence_follows_the_categories(features):
    rows = [(f"R{person}", feature, *PAIRS[letter]) for feature, letters in features.items()
            for person, letter in enumerate(letters)]  # fmt: skip
    result = compute(INSTRUMENT, "respondent feature functional dysfunctional", rows)
    category = Seen(result, {}).pairs("features", "feature", "category")
    found = set(category.values())
    said = show(result.verdict.text)
    named = {feature for feature in features if f"“{feature}”" in said}
    if result.verdict.key == "too-little-data":
        assert result.n < INSTRUMENT.minimum
        return
    assert ("Must-be" in found) == result.verdict.key.startswith("must-be")
    if "Must-be" in found:
        assert named
        assert {category[feature] for feature in named} == {"Must-be"}
    elif result.verdict.key == "no-must-be":
        assert {category[feature] for feature in named} <= {"Performance", "Delight"}
    elif result.verdict.key == "indifferent":
        assert found == {"Indifferent"}


@given(st.dictionaries(st.sampled_from("MOAIRQ"), st.integers(1, 50), min_size=1))
def test_coefficients_stay_in_their_ranges(counts):
    feature = evaluate("x", counts)
    assert feature.better is None or 0 <= feature.better <= 1
    assert feature.worse is None or -1 <= feature.worse <= 0
    assert 0 <= feature.strength <= 100
    assert counts[feature.category] > 0
