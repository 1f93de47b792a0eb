"""Rules of a work: what may follow what, and what may be handed in."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.assignments.data import Question, Task
from iciinsmes.assignments.rules import EDITABLE, STATE_TABLE, Event, State, count_words, next_state, problems
from iciinsmes.evidence.data import EvidenceData, EvidenceRules
from iciinsmes.review.data import Rubric

from .conftest import GOOD

FILE = EvidenceData(uuid4(), 1, "list.csv", "", 3, "text/csv", kept=False)


def test_a_work_can_only_be_written_before_hand_in_and_after_feedback():
    assert {State.DRAFT, State.REVISE} == EDITABLE


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("event", Event)
def test_every_move_outside_the_table_is_refused(state, event):
    expected = {
        ("draft", "hand_in"): "handed_in",
        ("revise", "hand_in"): "handed_in",
        ("handed_in", "release_passed"): "passed",
        ("handed_in", "release_revise"): "revise",
    }.get((state.value, event.value))
    assert next_state(state, event) == (State(expected) if expected else None)


def test_every_state_can_be_reached():
    assert {State.DRAFT, *STATE_TABLE.values()} == set(State)


@given(st.integers(0, 30), st.integers(0, 12), st.integers(0, 12), st.booleans())
def test_word_limits_are_inclusive(words, least, more, required):
    most = least + more
    question = Question(key="channels", title="?", min_words=least, max_words=most, required=required)
    task = _task(question, EvidenceRules())
    found = problems(task, answers={"channels": "word " * words}, hours=None, files=[])
    if words == 0:
        assert ("channels" in found) == required
    else:
        assert ("channels" in found) == (words < least or (bool(most) and words > most))


def _task(question, evidence):
    return Task("t", "", "", (question,), evidence, Rubric(()))


@given(st.text())
def test_words_are_counted_between_any_white_space(text):
    assert count_words(text) == len(text.split())


def test_missing_evidence_too_many_files_and_impossible_hours_are_named_by_field(task):
    assert problems(task, answers=GOOD, hours=None, files=[FILE]) == {}
    assert problems(task, answers=GOOD, hours=None, files=[]).keys() == {"files"}
    assert problems(task, answers=GOOD, hours=None, files=[FILE] * 3).keys() == {"files"}
    assert problems(task, answers=GOOD, hours=Decimal(1000), files=[FILE]).keys() == {"hours"}


def test_an_optional_question_may_stay_empty_but_not_break_its_limits(task):
    optional = replace(task.questions[0], required=False)
    task = replace(task, questions=(optional,))
    assert "channels" not in problems(task, answers={}, hours=None, files=[FILE])
    assert "channels" in problems(task, answers={"channels": "one"}, hours=None, files=[FILE])
