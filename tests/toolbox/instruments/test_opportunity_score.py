from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from iciinsmes.toolbox.instruments.framework import (
    Level,
    check_decision,
    check_estimate,
    check_question,
    check_valid,
    msg,
    show,
)
from iciinsmes.toolbox.instruments.methods.outcomes import JobOutcome, has_direction, score_interval
from iciinsmes.toolbox.instruments.opportunity_score import INSTRUMENT
from tests.toolbox.rows import compute

KEYS = "respondent segment outcome importance satisfaction"


def answers(outcome: str, important: int, satisfied: int, n: int = 20, segment: str = "") -> list[tuple]:
    return [
        (f"R{person}{segment}", segment, outcome, 5 if person < important else 3, 4 if person < satisfied else 1)
        for person in range(n)
    ]


def test_the_worked_example():
    result = compute(INSTRUMENT, KEYS, answers("minimise waiting", 18, 7))
    assert result.figure("best_score").value == pytest.approx(14.5)
    assert result.table("outcomes").column("class") == [msg("High opportunity")]
    assert result.table("outcomes").column("importance") == [9.0]
    assert result.table("outcomes").column("satisfaction") == [3.5]


@pytest.mark.parametrize(
    ("important", "satisfied", "score", "category"),
    [
        (100, 49, 15.1, "extreme"),
        (100, 50, 15.0, "high"),
        (100, 80, 12.0, "high"),
        (100, 81, 11.9, "worth"),
        (100, 100, 10.0, "worth"),
        (70, 40, 10.0, "worth"),
        (70, 41, 9.9, "served"),
        (60, 60, 6.0, "served"),
        (60, 61, 6.0, "overserved"),
        (0, 0, 0.0, "served"),
    ],
)
def test_borders_between_classes(important, satisfied, score, category):
    outcome = JobOutcome("x", 100, important, satisfied)
    assert outcome.score == pytest.approx(score)
    assert outcome.category == category


@pytest.mark.parametrize(
    ("important", "satisfied", "key", "level"),
    [
        (20, 4, "unmet", Level.ATTENTION),
        (18, 12, "unmet", Level.ATTENTION),
        (16, 10, "worth-considering", Level.NEUTRAL),
        (12, 12, "served", Level.GOOD),
        (12, 15, "overserved", Level.NEUTRAL),
    ],
)
def test_verdicts(important, satisfied, key, level):
    verdict = compute(INSTRUMENT, KEYS, answers("reduce dust", important, satisfied)).verdict
    assert (verdict.key, verdict.level) == (key, level)


def test_means_would_hide_what_shares_show():
    """Half adore it and half do not care: the mean is 3, the share of those who care is 50 %."""
    rows = [(f"R{person}", "", "reduce dust", 5 if person % 2 else 1, 3) for person in range(20)]
    assert compute(INSTRUMENT, KEYS, rows).table("outcomes").column("importance") == [5.0]


def test_groups_are_never_mixed_silently():
    rows = [
        *answers("reduce dust", 18, 2, segment="families"),
        *answers("reduce dust", 4, 18, segment="Firms "),
        *answers("reduce dust", 2, 2, n=2, segment="firms"),
    ]
    mixed = compute(INSTRUMENT, KEYS, rows)
    assert show(mixed.notes[0]).startswith("2 groups of customers are mixed")
    table = mixed.table("by_segment")
    assert dict(zip(table.column("segment"), table.column("score"), strict=True)) == {
        "families": pytest.approx(17.0),
        "Firms": pytest.approx(10 * 6 / 22),
    }
    families = compute(INSTRUMENT, KEYS, rows, segment="FAMILIES")
    assert families.figure("best_score").value == pytest.approx(17)
    assert (families.n, [table.key for table in families.tables]) == (20, ["outcomes"])
    assert show(families.notes[0]) == "Answers of other groups, not counted: 22."


def test_an_unknown_group_is_said():
    result = compute(INSTRUMENT, KEYS, answers("reduce dust", 9, 9), segment="pilots")
    assert result.verdict.level is Level.TOO_LITTLE_DATA
    assert "pilots" in show(result.notes[0])


def test_answers_given_twice_and_rare_outcomes_are_noted():
    rows = [*answers("reduce dust", 18, 7), *answers("cut noise", 2, 2, n=3), ("R0", "", "Cut noise", 1, 1)]
    notes = [show(note) for note in compute(INSTRUMENT, KEYS, rows).notes]
    assert notes == [
        "Answers of the same person to the same outcome, counted each time: 1.",
        "Few answers to “cut noise”: 4.",
    ]


@pytest.mark.parametrize(
    "words",
    [
        *("Minimise the days without a kitchen", "the time to order is reduced", "raise the light on the desk"),
        *("Wartezeit auf den Monteur verringern", "ERHÖHE die Auswahl", "Kosten senken", "Lärm reduzieren"),
        *("mindske ventetiden", "øge udvalget", "Undgå støv", "sænk prisen"),
        *("csökkenteni a várakozási időt", "Növelje a választékot", "a hibák elkerülése", "emelni a komfortot"),
        *("zmniejszyć czas oczekiwania", "Zwiększyć wybór", "skrócić kolejkę", "podnieść wygodę"),
        "o\u0308ge udvalget, erho\u0308hen",  # letters and accents written apart, as files of some systems have them
    ],
)
def test_directions_are_known_in_five_languages(words):
    assert has_direction(words)


@pytest.mark.parametrize(
    "words", ["fresh bread", "raisins", "cutlery", "senkrecht", "gute Beratung", "øjne", "az emelet", "", "dobry chleb"]
)
def test_what_has_no_direction_is_no_outcome(words):
    assert not has_direction(words)


def test_wishes_without_a_direction_are_a_wording_problem():
    good = compute(INSTRUMENT, KEYS, answers("minimise waiting", 18, 7))
    bad = compute(INSTRUMENT, KEYS, [*answers("minimise waiting", 18, 7), *answers("fresh bread", 3, 3)])
    assert check_valid(good).right
    assert "fresh bread" in show(check_valid(bad).texts[0])


@pytest.mark.parametrize("slip", [9.0 - 3.5, 145, 9.0 + 3.5])
def test_slips_are_named(slip):
    (estimate,) = compute(INSTRUMENT, KEYS, answers("minimise waiting", 18, 7)).estimates
    assert check_estimate(estimate, 14.5).right
    assert len(check_estimate(estimate, slip).texts) == 2


def test_a_negative_gap_counts_as_none():
    (estimate,) = compute(INSTRUMENT, KEYS, answers("minimise waiting", 8, 12)).estimates
    assert check_estimate(estimate, 4.0).right
    assert "counts as no gap" in show(check_estimate(estimate, 2.0).texts[1])


def test_questions_and_decision_follow_the_scores():
    rows = [*answers("reduce dust", 18, 2), *answers("cut noise", 16, 10), *answers("avoid waste", 5, 15)]
    result = compute(INSTRUMENT, KEYS, rows)
    assert result.decision.ranking == ("reduce dust", "cut noise", "avoid waste")
    assert check_decision(result.decision, chosen=0).right
    under, over = result.questions
    assert check_question(under, [0, 1]).right
    assert check_question(over, [2]).right


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=60))
def test_scores_are_the_published_formula(pairs):
    """Importance + max(importance - satisfaction, 0) in fractions, and both shares with the interval of scipy."""
    rows = [(f"R{person}", "", "reduce dust", *pair) for person, pair in enumerate(pairs)]
    result = compute(INSTRUMENT, KEYS, rows)
    wanted = sum(pair[0] in (4, 5) for pair in pairs)
    reached = sum(pair[1] in (4, 5) for pair in pairs)
    importance, satisfaction = Fraction(10 * wanted, len(pairs)), Fraction(10 * reached, len(pairs))
    score = importance + max(importance - satisfaction, Fraction(0))
    assert result.figure("best_score").value == pytest.approx(float(score))
    found = score_interval(JobOutcome("x", len(pairs), wanted, reached))
    important = binomtest(wanted, len(pairs)).proportion_ci(method="wilson")
    assert 10 * important.low - 1e-3 <= found.low <= found.value <= found.high
    if reached >= wanted:
        assert found.low == pytest.approx(10 * important.low, abs=2e-3)
