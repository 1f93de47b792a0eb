"""Rules of a work: what may follow what, and what may be handed in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.assignments.data import CompleteOn, LateRule, MentorNeed, Task, TaskQuestion
from iciinsmes.assignments.rules import (
    EDITABLE,
    STATE_TABLE,
    Event,
    WorkState,
    booked_points,
    count_words,
    is_complete,
    late_percent,
    next_state,
    problems,
    rounds_left,
    waiting_for,
)
from iciinsmes.evidence.data import EvidenceData, EvidenceRules
from iciinsmes.review.data import Rubric
from iciinsmes.waiting.data import WaitingFor

from .conftest import GOOD

FILE = EvidenceData(uuid4(), 1, "list.csv", "", 3, "text/csv", kept=False)


NEEDS = st.sampled_from(MentorNeed)
MOMENT = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_a_work_can_only_be_written_before_hand_in_and_after_feedback():
    assert {WorkState.DRAFT, WorkState.SENT_BACK, WorkState.REVISE} == EDITABLE


@pytest.mark.parametrize("state", WorkState)
@pytest.mark.parametrize("event", Event)
def test_every_move_outside_the_table_is_refused(state, event):
    expected = {
        ("draft", "hand_in"): "handed_in",
        ("sent_back", "hand_in"): "handed_in",
        ("revise", "hand_in"): "handed_in",
        ("handed_in", "withdraw"): "revise",
        ("handed_in", "confirm"): "confirmed",
        ("handed_in", "send_back"): "sent_back",
        ("handed_in", "release_passed"): "passed",
        ("handed_in", "release_revise"): "revise",
        ("confirmed", "release_passed"): "passed",
        ("confirmed", "release_revise"): "revise",
        ("handed_in", "reopen"): "revise",
        ("confirmed", "reopen"): "revise",
        ("sent_back", "reopen"): "sent_back",
        ("revise", "reopen"): "revise",
        ("passed", "reopen"): "revise",
        ("handed_in", "cancel"): "revise",
        ("confirmed", "cancel"): "revise",
        ("sent_back", "cancel"): "sent_back",
        ("revise", "cancel"): "revise",
        ("passed", "cancel"): "revise",
        ("revise", "correct_passed"): "passed",
        ("passed", "correct_passed"): "passed",
        ("revise", "correct_revise"): "revise",
        ("passed", "correct_revise"): "revise",
    }.get((state.value, event.value))
    reached = next_state(state, event, came_from=WorkState.REVISE, need=MentorNeed.OPTIONAL)
    assert reached == (WorkState(expected) if expected else None)


def test_every_state_can_be_reached():
    assert {WorkState.DRAFT}.union(*STATE_TABLE.values()) == set(WorkState)


@pytest.mark.parametrize("state", WorkState)
def test_nothing_passes_without_a_mentor_where_one_is_required(state):
    allowed = next_state(state, Event.RELEASE_PASSED, need=MentorNeed.REQUIRED)
    assert (allowed is not None) == (state is WorkState.CONFIRMED)


@pytest.mark.parametrize("event", [Event.CONFIRM, Event.SEND_BACK])
def test_nobody_confirms_where_no_mentor_is_foreseen(event):
    assert next_state(WorkState.HANDED_IN, event, need=MentorNeed.NONE) is None


@given(st.sampled_from(WorkState), NEEDS)
def test_nobody_waits_while_work_can_be_written_or_is_done_and_somebody_does_otherwise(state, need):
    lies_with_the_learner = state in EDITABLE or state is WorkState.PASSED
    assert (waiting_for(state, need) is WaitingFor.NOBODY) == lies_with_the_learner


@given(st.integers(0, 5), st.integers(0, 3), st.integers(0, 9))
def test_rounds_run_out_only_where_the_author_says_so(attempts, extra, handed_in):
    left = rounds_left(attempts, extra, handed_in)
    assert (left is None) == (attempts == 0)
    if left is not None:
        assert left == max(0, attempts + extra - handed_in)


RULES = st.builds(
    LateRule,
    grace_hours=st.integers(0, 720),
    percent_per_day=st.decimals(0, 100, places=2),
    max_percent=st.decimals(0, 100, places=2),
)


@given(RULES, st.integers(-(10**7), 10**7), st.integers(0, 10**6))
def test_lateness_takes_nothing_in_time_never_more_than_allowed_and_never_less_for_waiting(rule, seconds, more):
    def lost(shift):
        return late_percent(MOMENT + timedelta(seconds=shift), MOMENT, rule)

    assert (lost(seconds) == 0) or seconds > rule.grace_hours * 3600
    assert 0 <= lost(seconds) <= lost(seconds + more) <= rule.max_percent


def test_each_day_that_has_begun_counts():
    rule = LateRule(grace_hours=24, percent_per_day=Decimal(10), max_percent=Decimal(25))
    lost = [late_percent(MOMENT + timedelta(hours=hours), MOMENT, rule) for hours in (0, 24, 25, 48, 49, 72, 500)]
    assert lost == [0, 0, 10, 10, 20, 20, 25]
    assert late_percent(MOMENT, None, rule) == 0


@given(st.decimals(0, 6, places=2), st.decimals("0.5", 100, places=2), st.decimals(0, 100, places=2))
def test_the_gradebook_never_gets_less_than_nothing_or_more_than_the_weight(earned, weight, lost):
    assert 0 <= booked_points(earned, Decimal(6), weight, lost) <= weight
    assert booked_points(Decimal(3), Decimal(6), Decimal(10), Decimal(20)) == 4


@pytest.mark.parametrize(
    ("complete_on", "states"),
    [
        (CompleteOn.HAND_IN, {"handed_in", "confirmed", "passed"}),
        (CompleteOn.SIGN_OFF, {"confirmed", "passed"}),
        (CompleteOn.PASSED, {"passed"}),
    ],
)
def test_the_author_chooses_when_the_block_is_done(complete_on, states):
    assert {state.value for state in WorkState if is_complete(state, complete_on)} == states


@given(st.integers(0, 30), st.integers(0, 12), st.integers(0, 12), st.booleans())
def test_word_limits_are_inclusive(words, least, more, required):
    most = least + more
    question = TaskQuestion(key="channels", title="?", min_words=least, max_words=most, required=required)
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


ZONES = st.sampled_from(
    ["UTC", "Europe/Berlin", "Europe/Lisbon", "America/New_York", "Pacific/Auckland", "Asia/Kathmandu", "Africa/Cairo"]
).map(ZoneInfo)
#: When clocks go forward or back in one of them, in 2026.
CHANGES = [
    datetime(2026, month, day, hour, tzinfo=UTC)
    for month, day, hour in ((3, 8, 7), (3, 29, 1), (4, 4, 14), (4, 23, 22), (9, 26, 14), (10, 25, 1), (11, 1, 6))
]
MOMENTS = st.builds(
    lambda change, minutes: change + timedelta(minutes=minutes), st.sampled_from(CHANGES), st.integers(-2880, 600)
)
#: Some days, and a little less or more.
PASSED = st.builds(
    lambda days, more: days * 86400 + more,
    st.integers(-1, 20),
    st.sampled_from([-3601, -3600, -1, 0, 1, 3600, 3601, 40_000]),
)


@given(MOMENTS, PASSED, st.integers(0, 72), ZONES, ZONES)
def test_lateness_counts_what_has_passed_whatever_clocks_were_changed(due, seconds, grace, course_zone, own_zone):
    rule = LateRule(grace_hours=grace, percent_per_day=Decimal(1), max_percent=Decimal(100))
    days = max(0, -(-(seconds - grace * 3600) // 86400))
    handed_in = due + timedelta(seconds=seconds)
    assert late_percent(handed_in, due, rule) == days
    assert late_percent(handed_in.astimezone(own_zone), due.astimezone(course_zone), rule) == days
    # Python counts by the clock on the wall when both are in one zone.
    assert late_percent(handed_in.astimezone(own_zone), due.astimezone(own_zone), rule) == days


@pytest.mark.parametrize(
    ("due", "handed_in", "days"),
    [
        # Seven days and one hour on the wall, seven days of time: the night has 25 hours.
        (datetime(2026, 10, 21, 18, 0), datetime(2026, 10, 28, 17, 0), 7),
        (datetime(2026, 10, 24, 18, 0), datetime(2026, 10, 25, 17, 0), 1),
        (datetime(2026, 10, 24, 18, 0), datetime(2026, 10, 25, 17, 0, 1), 2),
        # A night of 23 hours.
        (datetime(2026, 3, 28, 18, 0), datetime(2026, 3, 29, 19, 0), 1),
        (datetime(2026, 3, 28, 18, 0), datetime(2026, 3, 29, 19, 0, 1), 2),
    ],
)
def test_a_day_is_24_hours_on_the_days_of_a_clock_change(due, handed_in, days):
    berlin = ZoneInfo("Europe/Berlin")
    rule = LateRule(percent_per_day=Decimal(1))
    assert late_percent(handed_in.replace(tzinfo=berlin), due.replace(tzinfo=berlin), rule) == days


def test_hours_of_grace_are_hours():
    due = datetime(2026, 10, 24, 18, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    assert LateRule(grace_hours=24).deadline(due) == datetime(2026, 10, 25, 16, 0, tzinfo=UTC)
