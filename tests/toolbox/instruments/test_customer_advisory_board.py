from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from iciinsmes.toolbox.instruments.customer_advisory_board import INSTRUMENT
from iciinsmes.toolbox.instruments.framework import (
    Level,
    check_decision,
    check_estimate,
    check_question,
    check_valid,
    show,
)
from tests.toolbox.rows import compute

KEYS = "member segment advice date status"
TODAY = date(2026, 9, 30)
MIXED = ["private", "private", "private", "firms", "firms", "clubs"]


def seats(*segments: str) -> list[tuple]:
    return [(f"B{seat}", segment, None, None, None) for seat, segment in enumerate(segments)]


def advice(days: int | None, status: str | None, member: str = "B0", segment: str = "private") -> tuple:
    return (member, segment, f"advice of {days}", TODAY - timedelta(days=days) if days is not None else None, status)


def run(*rows: tuple, segments: str | None = None, today: date | None = TODAY):
    return compute(INSTRUMENT, KEYS, rows, segments=segments, today=today)


def test_composition_counts_members_and_what_became_of_their_advice():
    result = run(*seats(*MIXED), advice(70, "open"), advice(5, "open"), advice(9, "answered"), advice(9, "implemented"))
    assert result.table("composition").rows == (
        ("private", 3, 50.0, 2, 1, 1),
        ("firms", 2, pytest.approx(100 / 3), 0, 0, 0),
        ("clubs", 1, pytest.approx(100 / 6), 0, 0, 0),
    )
    assert result.figure("answered").value == 50
    assert result.figure("implemented").value == 25
    assert (result.figure("overdue").value, result.figure("overdue").n) == (1, 4)


def test_coverage_is_of_all_groups_the_firm_has():
    result = run(*seats(*MIXED), segments="Private, firms,clubs , schools,")
    assert result.figure("coverage").value == 75
    assert show(check_valid(result).texts[0]) == "Nobody on the board speaks for: schools."
    assert result.table("composition").rows[-1] == ("schools", 0, 0.0, 0, 0, 0)
    assert check_valid(run(*seats(*MIXED), segments="private, firms, clubs")).right


def test_without_the_groups_coverage_stays_open():
    result = run(*seats(*MIXED))
    assert "coverage" not in [figure.key for figure in result.figures]
    assert show(result.notes[-1]).startswith("Name all groups")


@pytest.mark.parametrize(
    ("segments", "key"),
    [
        (["a"] * 3 + ["b"] * 2, "too-little-data"),
        (["a"] * 3 + ["b"] * 3, "no-advice"),
        (["a"] * 4 + ["b"] * 3, "one-sided"),
        (["a"] * 6 + ["b"] * 6, "no-advice"),
        (["a"] * 6 + ["b"] * 7, "one-sided"),
    ],
)
def test_six_to_twelve_members_and_no_group_above_half(segments, key):
    assert run(*seats(*segments)).verdict.key == key


@pytest.mark.parametrize(
    ("rows", "key", "level"),
    [
        ([advice(61, "open")], "advice-waits", Level.ATTENTION),
        ([advice(60, "open"), advice(90, "implemented")], "heard", Level.GOOD),
        ([advice(90, "answered")], "nothing-done", Level.NEUTRAL),
    ],
)
def test_verdicts_on_advice(rows, key, level):
    verdict = run(*seats(*MIXED), *rows).verdict
    assert (verdict.key, verdict.level) == (key, level)


def test_the_last_day_of_the_data_is_today_if_nothing_else_is_said():
    rows = [*seats(*MIXED), advice(100, "open"), advice(40, "answered")]
    assert run(*rows, today=None).figure("overdue").value == 0
    assert run(*rows).figure("overdue").value == 1


def test_later_and_undated_advice_is_noted():
    result = run(*seats(*MIXED), advice(-1, "open"), advice(None, None), segments="private, firms, clubs")
    assert [show(note) for note in result.notes] == [
        "Advice of later days, not counted: 1.",
        "Open advice without a day, so nobody knows how long it waits: 1.",
    ]
    assert result.figure("overdue").n == 1


def test_a_member_of_several_groups_counts_in_the_most_frequent():
    rows = [*seats(*MIXED), advice(1, "answered", segment="Firms"), advice(2, "answered", segment="firms ")]
    result = run(*rows, segments="private, firms, clubs")
    assert result.table("composition").column("members") == [3, 2, 1]
    assert result.table("composition").column("segment")[0] == "firms"
    assert show(result.notes[0]) == "Members with more than one group, counted in the one named most often: 1."


def test_slips_are_named():
    result = run(*seats(*MIXED), advice(70, "open"), advice(5, "open"), advice(9, "answered"), advice(9, "implemented"))
    answered, overdue = result.estimates
    assert check_estimate(answered, 50).right
    assert len(check_estimate(answered, 25).texts) == 2
    assert len(check_estimate(answered, 100).texts) == 2
    assert check_estimate(overdue, 1).right
    assert len(check_estimate(overdue, 2).texts) == 2


def test_questions_and_decision_follow_the_data():
    rows = [
        *seats(*["a"] * 5, "b"),
        advice(70, "open", "B5", "b"),
        advice(90, "open", "B0", "a"),
        advice(1, "open", "B1", "a"),
    ]
    result = run(*rows, segments="a, b, c")
    composition, waiting = result.questions
    assert check_question(composition, [2, 3]).right
    assert check_question(waiting, [0, 2]).right
    assert [show(entry) for entry in result.decision.ranking] == ["B0: advice of 90", "B5: advice of 70"]
    assert check_decision(run(*seats(*MIXED)).decision, words="Ask about the new opening hours.").right


@given(
    st.lists(
        st.tuples(st.sampled_from("abcdef"), st.integers(0, 150), st.sampled_from(["open", "answered", "implemented"])),
        min_size=1,
        max_size=40,
    )
)
def test_rates_and_waiting_counted_another_way(given_advice):
    rows = [advice(days, status, member, member) for member, days, status in given_advice]
    result = run(*rows)
    n = len(rows)
    statuses = [status for _member, _days, status in given_advice]
    assert result.figure("overdue").value == sum(days > 60 for _m, days, status in given_advice if status == "open")
    for key, hits in (("answered", n - statuses.count("open")), ("implemented", statuses.count("implemented"))):
        expected = binomtest(hits, n).proportion_ci(method="wilson")
        figure = result.figure(key)
        assert figure.value == pytest.approx(100 * hits / n)
        assert (figure.low, figure.high) == pytest.approx((100 * expected.low, 100 * expected.high), abs=0.01)
    assert sum(sum(row[3:]) for row in result.table("composition").rows) == n
