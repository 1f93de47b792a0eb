"""What facts mean for a certificate."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.certificates import rules
from iciinsmes.certificates.course_types import COURSE_TYPES, type_of
from iciinsmes.certificates.data import (
    CertificateCriterion,
    CertificateThresholds,
    Criteria,
    LearnerFacts,
    Missing,
    TaskFact,
)
from iciinsmes.certificates.errors import NoCriteria

SME1, SME2 = type_of("SME1"), type_of("SME2")
TOOLS = {"T01": True, "T05": True, "T08": True, "T13": False}
W01 = TaskFact("w01", "W01", "passed")
ALL = LearnerFacts(
    sessions=6,
    attended=5,
    tools=TOOLS,
    tasks=(W01,),
    self_checks=2,
    gates=frozenset({0, 1, 2}),
    talked=True,
)


def judged(facts, criterion, *, kind=SME1, **changes):
    standing = rules.judge(kind, Criteria(kind=kind.key, **changes), facts)
    return next(each for each in standing.judged if each.criterion is criterion)


def missing(*args, **changes):
    return [(gap.missing, gap.what) for gap in judged(*args, **changes).gaps]


def changed(**changes):
    return LearnerFacts(**{**ALL.__dict__, **changes})


def test_who_has_everything_is_complete():
    assert rules.judge(SME1, Criteria(kind="SME1"), ALL).is_complete


@pytest.mark.parametrize(("sessions", "attended", "lacks"), [(6, 5, 0), (6, 4, 1), (5, 4, 0), (10, 7, 1), (1, 0, 1)])
def test_four_fifths_of_the_sessions_are_rounded_up(sessions, attended, lacks):
    found = missing(changed(sessions=sessions, attended=attended), CertificateCriterion.SESSIONS)
    assert found == ([(Missing.SESSIONS, str(lacks))] if lacks else [])


def test_a_run_without_listed_sessions_says_so():
    assert missing(changed(sessions=0, attended=0), CertificateCriterion.SESSIONS) == [(Missing.NO_SESSIONS, "")]


@pytest.mark.parametrize(
    ("tools", "found"),
    [
        (TOOLS, []),
        ({**TOOLS, "T05": False}, [(Missing.OWN_DATA, "1")]),
        ({"T02": True, "T05": True, "T08": True}, [(Missing.TOOL, "T13")]),
        ({"T01": False, "T05": False, "T08": True}, [(Missing.TOOL, "T13"), (Missing.OWN_DATA, "1")]),
        ({}, [(Missing.TOOL, "T01 T02"), (Missing.TOOL, "T05"), (Missing.TOOL, "T08"), (Missing.TOOL, "T13")]),
    ],
)
def test_four_core_tools_three_with_own_data(tools, found):
    assert missing(changed(tools=tools), CertificateCriterion.TOOLS) == found


def test_tools_that_a_run_leaves_out_need_no_own_data_either():
    left = ("T05", "T08", "T13")
    assert missing(changed(tools={"T02": True}), CertificateCriterion.TOOLS, left_out=left) == []
    assert missing(changed(tools={"T02": False}), CertificateCriterion.TOOLS, left_out=left) == [
        (Missing.OWN_DATA, "1")
    ]
    every = ("T01", *left)
    criteria = Criteria(kind="SME1", left_out=every)
    assert CertificateCriterion.TOOLS not in [each.criterion for each in rules.judge(SME1, criteria, ALL).judged]


@pytest.mark.parametrize("state", ["", "draft", "handed_in", "confirmed", "sent_back", "revise"])
def test_only_passed_and_waived_assignments_count(state):
    facts = changed(tasks=(W01, TaskFact("w02", "W02", state)))
    assert missing(facts, CertificateCriterion.ASSIGNMENTS) == [(Missing.TASK, "w02")]
    assert missing(facts, CertificateCriterion.ASSIGNMENTS, left_out=("w02",)) == []
    assert missing(changed(tasks=(TaskFact("w02", "W02", "waived"),)), CertificateCriterion.ASSIGNMENTS) == []


def test_a_report_is_graded_where_the_course_has_a_task_for_it_and_missing_once():
    facts = changed(tasks=(W01, TaskFact("report", "Report", "draft", is_report=True)))
    standing = rules.judge(SME1, Criteria(kind="SME1"), facts)
    assert [each.criterion for each in standing.open] == [CertificateCriterion.REPORT]
    assert CertificateCriterion.REPORT not in [
        each.criterion for each in rules.judge(SME1, Criteria(kind="SME1"), ALL).judged
    ]


@pytest.mark.parametrize(
    ("kind", "gates", "stopped", "found"),
    [
        (SME1, {0, 1}, False, [(Missing.GATE, "2")]),
        (SME1, {2}, False, []),
        (SME1, set(), True, []),
        (SME2, {0, 1, 2, 3, 4, 5}, False, [(Missing.GATE, "6")]),
        (SME2, {6}, False, []),
        (SME2, {8}, False, []),
        (SME2, None, False, [(Missing.NO_PROJECT, "")]),
    ],
)
def test_gates_and_an_honest_stop(kind, gates, stopped, found):
    facts = changed(gates=None if gates is None else frozenset(gates), stopped=stopped)
    assert missing(facts, CertificateCriterion.GATE, kind=kind) == found


def test_the_talk_is_the_projects_or_a_teachers_word():
    assert missing(changed(talked=None), CertificateCriterion.TALK) == [(Missing.TALK, "")]
    assert missing(changed(talked=False), CertificateCriterion.TALK) == [(Missing.TALK_AGAIN, "")]
    coaching = type_of("TTT2")
    assert missing(ALL, CertificateCriterion.TALK, kind=coaching) == [(Missing.WORD, "talk")]
    assert (
        missing(changed(words={CertificateCriterion.TALK: date(2026, 10, 1)}), CertificateCriterion.TALK, kind=coaching)
        == []
    )


def test_trainers_are_asked_for_a_unit_a_firm_and_agreement():
    facts = changed(words={CertificateCriterion.FIRM_COACHED: date(2026, 10, 1)})
    assert missing(facts, CertificateCriterion.UNIT_TAUGHT, kind=type_of("TTT1")) == [(Missing.WORD, "unit_taught")]
    assert missing(facts, CertificateCriterion.FIRM_COACHED, kind=type_of("TTT2")) == []
    assert missing(facts, CertificateCriterion.AGREEMENT, kind=type_of("TTT2")) == [(Missing.WORD, "agreement")]


def test_where_nothing_is_asked_for_nothing_is_complete():
    criteria = Criteria(kind="SME1", left_out=tuple(each.value for each in CertificateCriterion))
    assert not rules.judge(SME1, criteria, ALL).is_complete


@pytest.mark.parametrize(
    ("key", "hours", "points"), [("SME1", 60, "2.5"), ("SME2", 84, "3.5"), ("TTT1", 45, "2"), ("TTT2", 60, "2.5")]
)
def test_hours_of_the_units_add_up(key, hours, points):
    assert type_of(key).hours == hours
    assert rules.points(hours) == Decimal(points)


def test_an_unknown_type_is_none():
    with pytest.raises(NoCriteria):
        type_of("SME9")
    assert set(COURSE_TYPES) == {"SME1", "SME2", "TTT1", "TTT2"}


@given(sessions=st.integers(1, 100), percent=st.integers(1, 100))
def test_no_fewer_sessions_are_enough_and_one_less_never(sessions, percent):
    need = rules.sessions_needed(sessions, percent)
    assert need * 100 >= sessions * percent > (need - 1) * 100
    assert need <= sessions


@given(hours=st.integers(0, 2000))
def test_points_are_halves_and_nearest(hours):
    found = rules.points(hours)
    assert found * 2 == int(found * 2)
    assert abs(found * 25 - hours) <= Decimal("6.25")


@given(
    attended=st.integers(0, 6),
    tools=st.dictionaries(st.sampled_from(["T01", "T02", "T05", "T08", "T13"]), st.booleans()),
    checks=st.integers(0, 3),
    own=st.integers(0, 4),
)
def test_doing_more_never_makes_more_missing(attended, tools, checks, own):
    criteria = Criteria(kind="SME1", thresholds=CertificateThresholds(own_data=own))
    less = changed(attended=attended, tools=tools, self_checks=checks)
    more = changed(attended=attended + 1, tools={**tools, "T05": True}, self_checks=checks + 1)
    assert len(rules.judge(SME1, criteria, more).open) <= len(rules.judge(SME1, criteria, less).open)
