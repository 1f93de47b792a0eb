from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.toolbox.instruments.business_model_canvas import INSTRUMENT, risk
from iciinsmes.toolbox.instruments.framework import Level, check_estimate, check_question
from tests.toolbox.rows import compute, numbers

KEYS = "block assumption importance evidence change"
BLOCKS = [choice.value for choice in INSTRUMENT.columns[0].choices]


def nine(*rows):
    """Add a well-known card to each block that has none."""
    filled = {row[0] for row in rows}
    return [*rows, *[(block, f"about {block}", 2, 4, "as_is") for block in BLOCKS if block not in filled]]


@pytest.mark.parametrize(
    ("importance", "evidence", "expected"), [(5, 0, 25), (5, 5, 0), (1, 0, 5), (4, 1.5, 14), (3, 2, 9)]
)
def test_risk_is_importance_times_what_is_missing(importance, evidence, expected):
    assert risk(importance, evidence) == expected


def test_the_riskiest_comes_first_and_equal_ones_by_importance():
    rows = nine(("value", "b", 4, 0, "new"), ("revenue", "a", 5, 1, "new"), ("costs", "c", 5, 4, "changed"))
    result = compute(INSTRUMENT, KEYS, rows)
    assert result.table("assumptions").column("assumption")[:3] == ["a", "b", "c"]
    assert result.figure("highest_risk").value == 20
    assert result.figure("changes").value == 3
    assert result.decision.text.parameters == {"assumption": "a"}
    riskiest = next(question for question in result.questions if question.key == "riskiest")
    assert [answer.text for answer in riskiest.answers if answer.right] == ["a", "b"]
    assert riskiest.several


@pytest.mark.parametrize(
    ("importance", "evidence", "change", "key", "level"),
    [
        (3.1, 2.4, "new", "test-first", Level.ATTENTION),
        (3, 2.4, "new", "well-known", Level.GOOD),
        (3.1, 2.5, "changed", "well-known", Level.GOOD),
        (3, 0, "as_is", "no-change", Level.NEUTRAL),
        (5, None, "as_is", "test-first", Level.ATTENTION),
    ],
)
def test_borders_between_verdicts(importance, evidence, change, key, level):
    result = compute(INSTRUMENT, KEYS, nine(("value", "x", importance, evidence, change)))
    assert (result.verdict.key, result.verdict.level) == (key, level)


def test_an_empty_block_is_too_little():
    result = compute(INSTRUMENT, KEYS, nine()[:-1])
    assert (result.n, result.verdict.level) == (8, Level.TOO_LITTLE_DATA)


def test_missing_evidence_counts_as_none_and_is_said():
    result = compute(INSTRUMENT, KEYS, [("value", "x", 5, None, None), ("value", "y", 5, 0, None)])
    assert result.table("assumptions").column("risk") == [25, 25]
    assert result.notes[0].parameters == {"missing": 1}


def test_blocks_are_summed_up():
    rows = [("value", "x", 5, 1, "new"), ("value", "y", 2, 2, "as_is"), ("costs", "z", 1, 5, None)]
    table = compute(INSTRUMENT, KEYS, rows).table("blocks")
    assert len(table.rows) == 9
    filled = [row[1:] for row in table.rows if row[1]]
    assert filled == [(2, 1, 20, 1.5), (1, 0, 0, 5)]


def test_every_slip_is_named():
    (estimate,) = compute(INSTRUMENT, KEYS, [("value", "x", 4, 2, "new")]).estimates
    assert check_estimate(estimate, 12).right
    for slip in (8, 7):
        assert len(check_estimate(estimate, slip).texts) == 2


@pytest.mark.parametrize(("evidence", "right"), [(1, 0), (4, 1)])
def test_what_changes_is_compared_with_the_rest(evidence, right):
    rows = [("value", "x", 4, evidence, "new"), ("costs", "y", 4, 3, "as_is")]
    question = compute(INSTRUMENT, KEYS, rows).questions[-1]
    assert check_question(question, [right]).right
    assert not check_question(question, [1 - right]).right


cards = st.tuples(
    st.sampled_from(BLOCKS), st.text(min_size=1, max_size=3), st.integers(1, 5), st.integers(0, 5), st.just("new")
)


@given(st.lists(cards, min_size=1, max_size=30))
def test_counting_squares_of_the_map_gives_the_same_order(rows):
    # A risk is a rectangle: as many squares as there are whole steps of importance and of missing evidence.
    squares = [
        len([(up, across) for up in range(importance) for across in range(5) if across >= evidence])
        for _block, _text, importance, evidence, _change in rows
    ]
    result = compute(INSTRUMENT, KEYS, rows)
    assert numbers(result.table("assumptions"), "risk") == sorted(squares, reverse=True)
    assert result.figure("leaps").value == sum(row[2] in (4, 5) and row[3] in (0, 1, 2) for row in rows)
    assert result.figure("blocks").value == len({row[0] for row in rows})
