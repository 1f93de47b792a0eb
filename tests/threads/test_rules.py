"""When a question is open, and when somebody is told, for any order of messages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.threads.data import Side
from iciinsmes.threads.rules import Said, is_told, question_since

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def thread(sides: list[Side]) -> list[Said]:
    return [Said(id=number, side=side, at=NOON + timedelta(hours=number)) for number, side in enumerate(sides, start=1)]


@given(sides=st.lists(st.sampled_from(Side), max_size=8), settled_to=st.integers(0, 9))
def test_a_question_is_open_from_the_first_message_that_nobody_answered_or_settled(sides, settled_to):
    said = thread(sides)
    since = question_since(said, settled_to)
    tail: list[Said] = []
    for each in said:
        tail = [] if each.side is Side.STAFF else [*tail, each]
    waiting = [each.at for each in tail if each.id > settled_to]
    assert since == (waiting[0] if waiting else None)


def test_messages_in_a_row_are_told_once():
    last = Said(id=1, side=Side.LEARNER, at=NOON)
    assert is_told(None, Side.LEARNER, NOON)
    assert not is_told(last, Side.LEARNER, NOON + timedelta(minutes=5))
    assert is_told(last, Side.LEARNER, NOON + timedelta(minutes=16))
    assert is_told(last, Side.STAFF, NOON + timedelta(minutes=1))
