from __future__ import annotations

from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from iciinsmes.toolbox.instruments.framework import Level, check_estimate, check_question, check_valid, msg, show
from iciinsmes.toolbox.instruments.lead_user_screening import INSTRUMENT
from tests.toolbox.rows import compute

KEYS = "person t1 t2 t3 b1 b2 b3 own_solution referred_by"


def person(key: str, ahead: str, benefit: str, *, solution: bool | None = None, named_by: str | None = None) -> tuple:
    """Make a row; the answers are written as digits."""
    return (key, *map(int, ahead + benefit), solution, named_by)


def crowd(count: int) -> list[tuple]:
    return [person(f"X{number:02}", "123", "212") for number in range(count)]


def run(*rows: tuple, **options):
    return compute(INSTRUMENT, KEYS, rows, **options)


@pytest.mark.parametrize(
    ("ahead", "benefit", "quadrant", "is_lead"),
    [
        ("444", "345", "Ahead and in need", True),
        ("443", "555", "In need, not ahead", False),
        ("555", "443", "Ahead, small need", False),
        ("443", "344", "Neither", False),
    ],
)
def test_four_on_both_scales_is_a_lead_user(ahead, benefit, quadrant, is_lead):
    result = run(person("P1", ahead, benefit))
    table = result.table("quadrants")
    assert dict(zip(map(show, table.column("quadrant")), table.column("people"), strict=True))[quadrant] == 1
    assert result.table("people").column("lead_user") == [is_lead]


def test_the_best_tenth_is_rounded_up_and_equal_people_are_in():
    best = [person("A", "555", "555"), person("B", "333", "444"), person("C", "444", "333")]
    assert run(*best, *crowd(7), rule="top_tenth").figure("lead_users").value == 1
    assert run(*best, *crowd(8), rule="top_tenth").figure("lead_users").value == 3
    assert run(*best, *crowd(8)).figure("lead_users").value == 1


def test_an_own_solution_is_a_bonus_among_equals():
    rows = [person("A", "444", "444"), person("B", "444", "444", solution=True), person("C", "454", "444")]
    assert run(*rows, *crowd(8)).table("people").column("person")[:3] == ["C", "B", "A"]
    # Two of twenty: the bonus decides who is the second.
    assert run(*rows, *crowd(17), rule="top_tenth").table("people").column("lead_user")[:3] == [True, True, False]


@pytest.mark.parametrize(
    ("rows", "key", "level"),
    [
        ([person("A", "444", "444", solution=True)], "own-solutions", Level.GOOD),
        ([person("A", "444", "444", solution=False)], "lead-users", Level.GOOD),
        ([person("A", "444", "344", solution=True)], "none-found", Level.ATTENTION),
    ],
)
def test_verdicts(rows, key, level):
    verdict = run(*rows, *crowd(9)).verdict
    assert (verdict.key, verdict.level) == (key, level)


def test_naming_others_is_compared_with_own_choice():
    rows = [person("A", "444", "555", named_by="X01"), person("B", "222", "111", named_by="X02"), *crowd(10)]
    result = run(*rows)
    assert (result.figure("share_named").value, result.figure("share_named").n) == (50, 2)
    assert (result.figure("share_others").value, result.figure("share_others").n) == (0, 10)
    assert "share_named" not in [figure.key for figure in run(*crowd(10)).figures]


def test_what_is_odd_about_names_is_noted():
    rows = [person("A", "444", "555", named_by="A"), person("B", "222", "111", named_by="Z"), *crowd(10), *crowd(1)]
    result = run(*rows)
    assert [show(note) for note in result.notes] == [
        "Further answers of the same people, joined with the first: 1.",
        "People who named themselves, not counted as named: 1.",
        "People who named others and did not answer themselves: 1.",
    ]
    assert (result.n, result.figure("share_named").n) == (12, 1)


def test_the_same_answer_six_times_is_hardly_an_answer():
    same = [person(f"S{number}", "333", "333") for number in range(3)]
    assert check_valid(run(*same[:2], *crowd(8))).right
    assert not check_valid(run(*same, *crowd(8))).right


def test_nine_people_are_too_few():
    assert run(*crowd(9)).verdict.level is Level.TOO_LITTLE_DATA


def test_people_in_one_place_are_one_point():
    places = run(*crowd(6), person("A", "444", "444")).table("places")
    assert places.column("people") == ["A", "X00, X01, X02, X03, +2"]
    assert places.column("n") == [1, 6]


@pytest.mark.parametrize("slip", [4.33, (4.67 + 4.33) / 2, 14])
def test_slips_are_named(slip):
    (estimate,) = run(person("A", "545", "445"), *crowd(9)).estimates
    assert check_estimate(estimate, 4.67).right
    assert len(check_estimate(estimate, slip).texts) == 2


def test_questions_follow_the_data():
    result = run(person("A", "555", "444"), person("B", "112", "555"), *crowd(9))
    first, second, third, largest, who = result.questions
    assert [question.before for question in result.questions] == [True, True, True, False, False]
    assert [check_question(entry, [place]).right for entry, place in ((first, 0), (second, 2), (third, 3))] == [
        True
    ] * 3
    assert check_question(largest, [3]).right
    assert check_question(who, [0]).right
    assert first.answers[0].text == msg("Ahead and in need")


answers = st.lists(st.tuples(*[st.integers(1, 5)] * 6), min_size=1, max_size=40)


@given(answers)
def test_lead_users_counted_with_means(rows):
    result = run(*((f"P{number}", *row, None, None) for number, row in enumerate(rows)))
    hits = sum(mean(row[:3]) >= 4 and mean(row[3:]) >= 4 for row in rows)
    figure = result.figure("share")
    expected = binomtest(hits, len(rows)).proportion_ci(method="wilson")
    assert result.figure("lead_users").value == hits
    assert (figure.low, figure.high) == pytest.approx((100 * expected.low, 100 * expected.high), abs=0.01)
    assert sum(row[1] for row in result.table("quadrants").rows) == len(rows)


@given(answers)
def test_the_best_tenth_counted_by_who_is_better(rows):
    """In the best tenth is who has fewer better ones before them than a tenth of all holds."""
    result = run(*((f"P{number}", *row, None, None) for number, row in enumerate(rows)), rule="top_tenth")
    totals = [sum(row) for row in rows]
    inside = sum(10 * sum(other > mine for other in totals) < len(rows) for mine in totals)
    assert result.figure("lead_users").value == inside
