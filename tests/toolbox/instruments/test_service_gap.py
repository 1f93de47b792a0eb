from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from iciinsmes.toolbox.instruments.framework import (
    Level,
    check_decision,
    check_estimate,
    check_question,
    check_valid,
    msg,
    show,
)
from iciinsmes.toolbox.instruments.service_gap import INSTRUMENT, mean_interval
from tests.toolbox.rows import compute, numbers

KEYS = "respondent item expect perform"

# Means of expectation and performance; the means of all are 5 and 5.
ITEMS = {"on time": (7, 3), "clean": (6, 6), "van": (4, 4), "music": (3, 7)}


def answers(items: dict[str, tuple[int, int]], people: int = 20) -> list[tuple]:
    return [(f"R{person}", item, *pair) for item, pair in items.items() for person in range(people)]


def test_quadrants_are_cut_at_the_means():
    table = compute(INSTRUMENT, KEYS, answers(ITEMS)).table("items")
    assert dict(zip(table.column("item"), table.column("quadrant"), strict=True)) == {
        "on time": msg("Concentrate here"),
        "clean": msg("Keep it up"),
        "van": msg("Low priority"),
        "music": msg("Possibly too much"),
    }
    assert table.column("gap") == [-4, 0, 0, 4]


def test_an_item_at_both_means_is_kept():
    rows = answers({"a": (4, 6), "b": (5, 5), "c": (6, 4), "d": (5, 5)})
    table = compute(INSTRUMENT, KEYS, rows).table("items")
    assert table.column("item") == ["c", "b", "d", "a"]
    assert table.column("quadrant")[1:3] == [msg("Keep it up")] * 2


@pytest.mark.parametrize(
    ("items", "key", "level"),
    [
        (ITEMS, "concentrate", Level.ATTENTION),
        ({"a": (7, 6), "b": (6, 5), "c": (4, 4), "d": (3, 3)}, "some-behind", Level.NEUTRAL),
        ({"a": (6, 6), "b": (5, 5), "c": (4, 4), "d": (3, 3)}, "as-expected", Level.GOOD),
        # The best is wanted most and done worst, and still done as well as expected.
        ({"a": (5, 5), "b": (4, 6), "c": (4, 7), "d": (3, 6)}, "as-expected", Level.GOOD),
    ],
)
def test_verdicts(items, key, level):
    verdict = compute(INSTRUMENT, KEYS, answers(items)).verdict
    assert (verdict.key, verdict.level) == (key, level)


def test_a_small_gap_may_be_chance():
    rows = [(f"R{person}", item, 5, 6 if person % 2 else 3) for item in "abcd" for person in range(20)]
    result = compute(INSTRUMENT, KEYS, rows)
    assert result.table("items").column("gap") == [-0.5] * 4
    assert result.figure("behind").value == 0
    assert (result.verdict.key, result.verdict.level) == ("as-expected", Level.NEUTRAL)
    assert "beyond chance" in show(result.verdict.text)


def test_nothing_is_expected_more_than_other_things_if_all_are_expected_alike():
    rows = [
        (f"R{person}", item, 5, got) for item, got in zip("abcd", (3, 5, 6, 6), strict=True) for person in range(20)
    ]
    result = compute(INSTRUMENT, KEYS, rows)
    assert show(result.verdict.text).startswith("Concentrate on “a”: people expect it as much as other things or more")


def test_a_single_item_is_compared_with_no_other():
    rows = [(f"R{person}", "a", 5, 3) for person in range(20)]
    assert show(compute(INSTRUMENT, KEYS, rows).verdict.text) == "Behind what people expect: “a”, by 2 points."


def test_a_gap_that_all_share_has_an_interval():
    rows = [(f"R{person}", item, 5, 4) for item in "abcd" for person in range(20)]
    table = compute(INSTRUMENT, KEYS, rows).table("items")
    assert numbers(table, "low")[0] < -1 < numbers(table, "high")[0] < 0


def test_every_person_counts_once():
    rows = [("talks a lot", item, 5, 1) for item in "abcd"] + [("talks little", "a", 5, 5)]
    gap = compute(INSTRUMENT, KEYS, rows).figure("gap")
    assert (gap.value, gap.n) == (pytest.approx(-2), 2)


def test_three_items_are_too_few_and_nineteen_people_too_little():
    three = {name: ITEMS[name] for name in ("on time", "clean", "van")}
    assert not check_valid(compute(INSTRUMENT, KEYS, answers(three))).right
    assert check_valid(compute(INSTRUMENT, KEYS, answers(ITEMS))).right
    assert compute(INSTRUMENT, KEYS, answers(ITEMS, 19)).verdict.level is Level.TOO_LITTLE_DATA


def test_an_item_with_few_answers_is_noted():
    rows = [*answers(ITEMS), ("R1", "parking", 5, 5)]
    (note,) = compute(INSTRUMENT, KEYS, rows).notes
    assert note.parameters == {"item": "parking", "n": 1}


@pytest.mark.parametrize("slip", [4, -80])
def test_slips_are_named(slip):
    (estimate,) = compute(INSTRUMENT, KEYS, answers(ITEMS)).estimates
    assert check_estimate(estimate, -4).right
    assert len(check_estimate(estimate, slip).texts) == 2


def test_questions_are_about_different_quadrants():
    questions = compute(INSTRUMENT, KEYS, answers(ITEMS)).questions
    assert [check_question(question, [place]).right for place, question in enumerate(questions)] == [True] * 3


def test_what_to_concentrate_on_needs_no_reason():
    decision = compute(INSTRUMENT, KEYS, answers(ITEMS)).decision
    assert decision.ranking == ("on time", "clean", "van", "music")
    assert check_decision(decision, chosen=0).right
    assert not check_decision(decision, chosen=1).right


@given(st.lists(st.integers(-6, 6), min_size=2, max_size=60))
def test_the_interval_is_that_of_the_normal_distribution(gaps):
    mean, low, high = mean_interval(gaps)
    # Where all gaps are alike, at least the rounding of both answers to whole numbers is uncertain.
    error = max(stats.sem(gaps), (1 / 6 / len(gaps)) ** 0.5)
    expected = stats.norm.interval(0.95, loc=mean, scale=error)
    assert (low, high) == pytest.approx(expected, abs=1e-3)


@given(
    st.dictionaries(
        st.sampled_from("abcdefgh"),
        st.lists(st.tuples(st.integers(1, 7), st.integers(1, 7)), min_size=1, max_size=8),
        min_size=1,
    )
)
def test_quadrants_in_exact_fractions(items):
    """The same rule in fractions, where nothing is rounded."""
    means = {
        item: tuple(Fraction(sum(pair[side] for pair in pairs), len(pairs)) for side in (0, 1))
        for item, pairs in items.items()
    }
    cuts = [sum(mean[side] for mean in means.values()) / len(means) for side in (0, 1)]
    names = {
        (True, False): msg("Concentrate here"),
        (True, True): msg("Keep it up"),
        (False, False): msg("Low priority"),
        (False, True): msg("Possibly too much"),
    }
    rows = [(f"R{person}", item, *pair) for item, pairs in items.items() for person, pair in enumerate(pairs)]
    table = compute(INSTRUMENT, KEYS, rows).table("items")
    for item, quadrant in zip(table.column("item"), table.column("quadrant"), strict=True):
        expectation, performance = means[str(item)]
        assert quadrant == names[expectation >= cuts[0], performance >= cuts[1]]
