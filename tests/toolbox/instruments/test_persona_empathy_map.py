from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.toolbox.instruments.framework import Level, check_estimate, check_valid
from iciinsmes.toolbox.instruments.persona_empathy_map import INSTRUMENT
from tests.toolbox.rows import compute, numbers

KEYS = "persona field statement source_id"
FIELDS = ("says", "thinks", "does", "feels", "pain", "gain")


def cards(sourced, unsourced, persona="commuter", sources=5):
    """Cards in all fields in turn, the first ones with sources."""
    return [
        (persona, FIELDS[index % 6], f"statement {index}", f"I{index % sources}" if index < sourced else None)
        for index in range(sourced + unsourced)
    ]


def found(rows, condition):
    result = compute(INSTRUMENT, KEYS, rows)
    return next(entry.met for entry in result.conditions if entry.key == condition)


@pytest.mark.parametrize(("sourced", "key"), [(7, "grounded"), (6, "invented")])
def test_seventy_percent_need_a_source(sourced, key):
    result = compute(INSTRUMENT, KEYS, cards(sourced, 10 - sourced))
    assert result.verdict.key == key
    assert result.figure("ratio").value == pytest.approx(10 * sourced)
    assert check_valid(result).right is (key == "grounded")


def test_an_empty_field_is_a_gap():
    result = compute(INSTRUMENT, KEYS, cards(5, 0))
    assert result.verdict.key == "gaps"
    assert result.table("personas").column("empty_fields") == [1]
    assert not check_valid(result).right


def test_each_persona_needs_five_sources():
    rows = [*cards(12, 0), *cards(12, 0, "family", sources=4)]
    result = compute(INSTRUMENT, KEYS, rows)
    assert (result.n, result.verdict.level) == (4, Level.TOO_LITTLE_DATA)
    assert compute(INSTRUMENT, KEYS, [*cards(12, 0), *cards(12, 0, "family")]).n == 5


def test_the_weakest_persona_decides():
    result = compute(INSTRUMENT, KEYS, [*cards(30, 0), *cards(6, 4, "family")])
    assert result.verdict.text.parameters == {"share": 60, "persona": "family"}
    assert [answer.right for answer in result.questions[-1].answers] == [False, True]


def test_fields_are_counted():
    table = compute(INSTRUMENT, KEYS, cards(6, 3)).table("fields")
    assert table.column("statements") == [2, 2, 2, 1, 1, 1]
    assert table.column("share") == [50, 50, 50, 100, 100, 100]
    assert table.column("weak") == [True] * 3 + [False] * 3


def test_contradictions_are_listed_once_and_wrong_links_counted():
    rows = [
        ("says", "I eat healthily", "1", "2"),
        ("does", "buys sweet rolls", "2", "1"),
        ("does", "pays by card", "3", "99"),
        ("feels", "rushed", "4", "4"),
    ]
    result = compute(INSTRUMENT, "field statement card contradicts", rows)
    (pair,) = result.table("contradictions").rows
    assert pair[2:] == ("I eat healthily", pair[3], "buys sweet rolls")
    assert result.notes[0].parameters == {"unknown": 2}


@pytest.mark.parametrize(
    ("statement", "allowed"),
    [
        ("Frau Müller ruft dreimal an", False),
        ("told by Mr. Jensen", False),
        ("Pani Kowalska czeka", False),
        ("Kovács úr szerint drága", False),
        ("the woman from the corner shop calls", True),
        ("eine Frau ruft an", True),
        ("pan z psem czeka", True),
    ],
)
def test_real_names_are_refused(statement, allowed):
    assert found([("p", "says", statement, "I1")], "no_names") is allowed


def test_every_slip_is_named():
    (estimate,) = compute(INSTRUMENT, KEYS, cards(15, 5)).estimates
    assert check_estimate(estimate, 75).right
    for slip in (25, 300):
        assert len(check_estimate(estimate, slip).texts) == 2


def test_nothing_without_a_source_has_no_weakest_field():
    assert [question.key for question in compute(INSTRUMENT, KEYS, cards(12, 0)).questions] == ["is_it_a_fact"]


cells = st.tuples(
    st.sampled_from(["a", "b"]), st.sampled_from(FIELDS), st.just("x"), st.sampled_from(["I1", "I2", None])
)


@given(st.lists(cells, min_size=1, max_size=40))
def test_fields_and_personas_count_the_same_statements(rows):
    result = compute(INSTRUMENT, KEYS, rows)
    sourced = len([row for row in rows if row[3]])
    assert sum(numbers(result.table("fields"), "sourced")) == sourced
    assert result.figure("ratio").value == pytest.approx(100 * sourced / len(rows))
    personas = result.table("personas")
    counted = zip(numbers(personas, "statements"), numbers(personas, "share"), strict=True)
    assert sum(statements * share / 100 for statements, share in counted) == pytest.approx(sourced)
    assert result.n == min(len({row[3] for row in rows if row[0] == name and row[3]}) for name in {r[0] for r in rows})


def test_a_single_persona_needs_no_name():
    result = compute(INSTRUMENT, "field statement source_id", [row[1:] for row in cards(1, 9, sources=5)])
    assert result.figure("personas").value == 1
    assert result.table("personas").column("persona") != [""]
