from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.toolbox.instruments.framework import Level, check_decision, check_estimate
from iciinsmes.toolbox.instruments.value_proposition_canvas import INSTRUMENT, fit
from tests.toolbox.rows import compute

KEYS = "card place text importance linked_to evidence"
PLACES = ("jobs", "pains", "gains", "products", "pain_relievers", "gain_creators")


def fill(*rows):
    """Add cards without links until each place has three."""
    filled = list(rows)
    for place in PLACES:
        lacking = 3 - sum(row[1] == place for row in rows)
        filled += [(None, place, f"{place} {number}", 1, None, None) for number in range(lacking)]
    return filled


ROWS = fill(
    ("P1", "pains", "late", 5, None, None),
    ("P2", "pains", "noise", 4, None, None),
    ("P3", "pains", "dust", 1, None, None),
    ("G1", "gains", "plan in 3D", 4, None, None),
    ("G2", "gains", "one contact", 3, None, None),
    ("G3", "gains", "own wood", 3, None, None),
    ("R1", "pain_relievers", "sawn elsewhere", None, "P2", None),
    ("C1", "gain_creators", "walk through", None, "G1; g2", "9 of 11"),
)


def test_fit_weighs_by_importance():
    assert fit([(5, True), (3, False), (2, True)]) == pytest.approx(0.7)


def test_only_answers_with_evidence_count():
    result = compute(INSTRUMENT, KEYS, ROWS)
    assert result.figure("fit").value == pytest.approx(100 * 7 / 20)
    assert result.figure("promised").value == pytest.approx(100 * 11 / 20)
    assert result.verdict.key == "gaps"
    assert result.verdict.text.parameters["first"] == "late"


def test_cards_without_a_link_are_found_on_both_sides():
    result = compute(INSTRUMENT, KEYS, ROWS)
    assert (result.figure("unanswered").value, result.figure("useless").value) == (3 + 2 + 1, 3 + 2 + 2)
    assert result.table("places").column("cards") == [3] * 6
    assert result.table("places").column("linked") == [0, 1, 2, 0, 1, 1]


def test_a_link_may_stand_on_either_card():
    there = [("P1", "pains", "late", 5, "R1", None), ("R1", "pain_relievers", "call", None, None, "talk")]
    back = [("P1", "pains", "late", 5, None, None), ("R1", "pain_relievers", "call", None, "P1", "talk")]
    assert compute(INSTRUMENT, KEYS, there).figures == compute(INSTRUMENT, KEYS, back).figures


def test_evidence_of_the_pain_does_not_prove_the_answer():
    rows = [("P1", "pains", "late", 5, None, "six talks"), ("R1", "pain_relievers", "call", None, "P1", None)]
    assert compute(INSTRUMENT, KEYS, rows).figure("fit").value == 0


@pytest.mark.parametrize(
    ("importance", "evidence", "key", "level"),
    [
        (3, "talk", "fit", Level.GOOD),
        (2.9, "talk", "gaps", Level.ATTENTION),
        (3, None, "unproven", Level.NEUTRAL),
    ],
)
def test_borders_between_verdicts(importance, evidence, key, level):
    rows = [
        ("P1", "pains", "late", importance, None, None),
        *[(f"P{number}", "pains", "noise", 1, None, None) for number in (2, 3)],
        ("R1", "pain_relievers", "call", None, "P1, G1, G2, G3", evidence),
        *[(f"G{number}", "gains", "joy", 1, None, None) for number in (1, 2, 3)],
    ]
    rows += [(None, "pains", "dust", 1, None, None)] * 2
    result = compute(INSTRUMENT, KEYS, fill(*rows))
    assert (result.verdict.key, result.verdict.level) == (key, level)


def test_a_place_with_two_cards_is_too_little():
    result = compute(INSTRUMENT, KEYS, ROWS[:-1])
    assert (result.n, result.verdict.level) == (2, Level.TOO_LITTLE_DATA)


def test_no_pains_and_gains_at_all():
    result = compute(INSTRUMENT, KEYS, [("O1", "products", "kitchen", None, None, None)])
    assert result.figure("fit").value is None
    assert not result.estimates


def test_wrong_links_and_missing_weights_are_counted():
    rows = [
        ("P1", "pains", "late", None, "X9, P2, P1", None),
        ("P2", "pains", "noise", 5, "R1", None),
        ("R1", "pain_relievers", "call", None, None, "talk"),
        ("r1 ", "pain_relievers", "write", None, None, None),
    ]
    weights, links = compute(INSTRUMENT, KEYS, rows).notes
    assert weights.parameters == {"unweighed": 1}
    assert links.parameters == {"unknown": 4}, "R1 could be either of two"


def test_the_biggest_unanswered_pain_is_asked_for():
    question = compute(INSTRUMENT, KEYS, ROWS).questions[0]
    assert [answer.text for answer in question.answers if answer.right] == ["late"]
    assert len(question.answers) == 3


@pytest.mark.parametrize("slip", [100 * 2 / 6, 55, 65])
def test_every_slip_is_named(slip):
    (estimate,) = compute(INSTRUMENT, KEYS, ROWS).estimates
    assert check_estimate(estimate, 35).right
    assert len(check_estimate(estimate, slip).texts) == 2


def test_what_is_answered_is_not_to_be_decided():
    decision = compute(INSTRUMENT, KEYS, ROWS).decision
    assert decision.ranking == ("late", "noise", "own wood", "dust")
    assert check_decision(decision, chosen=2).right
    assert not check_decision(decision, chosen=3).right


importance = st.one_of(st.none(), st.integers(1, 5))
links = st.lists(st.sampled_from(["1", "2", "3", "4", "5", "99"]), max_size=3).map(",".join)
cards = st.tuples(st.sampled_from(PLACES), importance, links, st.sampled_from(["", "proof"]))


@given(st.lists(cards, min_size=1, max_size=12))
def test_a_matrix_of_all_pairs_gives_the_same_fit(drawn):
    rows = [(str(number), place, "x", *rest) for number, (place, *rest) in enumerate(drawn)]
    result = compute(INSTRUMENT, KEYS, rows)
    needs = [row for row in rows if row[1] in ("pains", "gains")]
    if not needs:
        assert result.figure("fit").value is None
        return
    proven = total = Fraction(0)
    for need in needs:
        answers = [
            offer
            for offer in rows
            if offer[1] in PLACES[3:] and (need[0] in offer[4].split(",") or offer[0] in need[4].split(","))
        ]
        total += need[3] or 3
        proven += (need[3] or 3) * any(offer[5] for offer in answers)
    assert result.figure("fit").value == pytest.approx(float(100 * proven / total))
