from __future__ import annotations

import statistics
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from iciinsmes.toolbox.instruments.framework import (
    Level,
    adjusted_wald,
    check_decision,
    check_estimate,
    check_valid,
    day_text,
    show,
    student_limit,
)
from iciinsmes.toolbox.instruments.methods.experiments.trials import (
    mean_interval,
    problems_found,
    usability_score,
)
from iciinsmes.toolbox.instruments.prototype_test import INSTRUMENT
from tests.toolbox.rows import compute

SUS = [4, 2, 5, 1, 4, 2, 4, 2, 5, 1]
SUS_KEYS = " ".join(f"sus{number}" for number in range(1, 11))
BEFORE, TEST_DAY = date(2026, 4, 1), date(2026, 4, 8)


def managed(hits, n, **options):
    """One task, tried by n customers and managed by so many of them."""
    rows = [(f"C{person}", "book", person < hits, TEST_DAY) for person in range(n)]
    return compute(INSTRUMENT, "user task success date", rows, **options)


def usability(people, **options):
    rows = [(f"C{index}", "book", True, *answers) for index, answers in enumerate(people)]
    return compute(INSTRUMENT, f"user task success {SUS_KEYS}", rows, **options)


def unmet(found):
    return [condition.key for condition in found.conditions if not condition.met]


def right_answers(found, key):
    (question,) = [entry for entry in found.questions if entry.key == key]
    return [show(answer.text) for answer in question.answers if answer.right]


def test_the_worked_examples():
    assert usability_score(SUS) == 85
    share = adjusted_wald(4, 5)
    assert (share.low, share.high) == (pytest.approx(0.3596, abs=0.0001), pytest.approx(0.9797, abs=0.0001))
    success = managed(4, 5).figure("success")
    assert (success.value, success.low, success.n) == (pytest.approx(80), pytest.approx(35.96, abs=0.01), 5)
    assert problems_found(5) == pytest.approx(0.8436, abs=0.0001)


@pytest.mark.parametrize(
    ("hits", "threshold", "verdict", "level", "first"),
    [
        (4, 80.0, "reached", Level.GOOD, "Go"),
        (4, 80.1, "close", Level.NEUTRAL, "Iterate"),
        (4, 97.0, "close", Level.NEUTRAL, "Iterate"),
        (4, 98.0, "missed", Level.ATTENTION, "Stop"),
        (0, 60.0, "missed", Level.ATTENTION, "Stop"),
        (0, 0.0, "reached", Level.GOOD, "Go"),
    ],
)
def test_the_verdict_follows_the_own_threshold(hits, threshold, verdict, level, first):
    found = managed(hits, 5, threshold=threshold)
    assert (found.verdict.key, found.verdict.level) == (verdict, level)
    assert show(found.decision.ranking[0]).startswith(first)
    assert right_answers(found, "reached") == ["Yes" if verdict == "reached" else "No"]
    assert not check_decision(found.decision, chosen=2).right


def test_without_a_threshold_any_result_would_please():
    found = managed(5, 5)
    assert (found.verdict.key, found.verdict.level) == ("no-threshold", Level.NEUTRAL)
    assert "threshold" in unmet(found)
    assert "reached" not in [question.key for question in found.questions]


@pytest.mark.parametrize(
    ("options", "wrong"),
    [
        ({"threshold": 80.0, "threshold_day": BEFORE}, []),
        ({"threshold": 80.0, "threshold_day": TEST_DAY}, ["threshold-first"]),
        ({"threshold": 80.0}, ["threshold-first"]),
        ({"threshold_day": BEFORE}, ["threshold"]),
    ],
)
def test_the_threshold_has_to_be_set_before_the_first_test(options, wrong):
    found = managed(5, 5, **options)
    assert unmet(found) == wrong
    assert check_valid(found).right == (not wrong)


def test_one_test_without_a_day_leaves_it_open_which_was_first():
    rows = [(f"C{person}", "book", True, TEST_DAY if person else None) for person in range(5)]
    found = compute(INSTRUMENT, "user task success date", rows, threshold=80.0, threshold_day=BEFORE)
    assert unmet(found) == ["dated"]


def test_five_customers_are_needed():
    assert managed(4, 4).verdict.level is Level.TOO_LITTLE_DATA
    assert managed(4, 5, threshold=1.0).verdict.level is Level.GOOD


def test_a_customer_manages_everything_or_not():
    rows = [("A", "book", True), ("A", "pay", False), ("B", "book", True), ("B", "pay", True), ("A", "Book ", True)]
    found = compute(INSTRUMENT, "user task success", rows)
    assert (found.figure("success").value, found.n) == (pytest.approx(50), 2)
    tasks = found.table("tasks")
    assert tasks.column("task") == ["pay", "book"]
    assert (tasks.column("tried"), tasks.column("managed")) == ([2, 2], [1, 2])
    assert right_answers(found, "hardest") == ["pay"]


def test_seconds_count_where_the_task_was_managed():
    rows = [
        ("A", "book", True, 30.0),
        ("B", "book", True, 50.0),
        ("C", "book", False, 900.0),
        ("D", "book", True, None),
    ]
    assert compute(INSTRUMENT, "user task success seconds", rows).table("tasks").column("seconds") == [40]


@pytest.mark.parametrize(
    ("last", "points", "reading"),
    [((5, 1), 80, "good"), ((4, 1), 77.5, "above"), ((1, 2), 67.5, "not above"), ((2, 2), 70, "above")],
)
def test_usability_is_read_against_68_and_80(last, points, reading):
    found = usability([[4, 2] * 4 + list(last)] * 5)
    assert found.figure("sus").value == pytest.approx(points)
    assert show(found.figure("sus_reading").value).startswith(reading)


def test_half_answered_questions_are_left_out_and_counted():
    found = usability([SUS, [*SUS[:9], None], [None] * 10])
    assert (found.figure("sus").value, found.figure("sus").n) == (85, 1)
    assert show(found.notes[0]).endswith(": 1.")


def test_the_usability_can_be_what_decides():
    found = usability([SUS] * 5, measure="sus", threshold=80.0)
    assert found.verdict.key == "reached"
    assert managed(5, 5, measure="sus").verdict.key == "not-measured"


@pytest.mark.parametrize(("very", "verdict"), [(2, "reached"), (1, "close")])
def test_forty_percent_very_disappointed(very, verdict):
    said = ["very"] * very + ["somewhat"] * (5 - very)
    rows = [(f"C{person}", "book", True, feeling) for person, feeling in enumerate([*said, None])]
    found = compute(INSTRUMENT, "user task success disappointed", rows, measure="disappointed", threshold=40.0)
    assert (found.verdict.key, found.figure("disappointed").n) == (verdict, 5)


def test_who_contradicts_himself_counts_with_the_weaker_word():
    rows = [("A", "book", True, "very"), ("A", "pay", True, "not")]
    assert compute(INSTRUMENT, "user task success disappointed", rows).figure("disappointed").value == 0


def test_problems_are_sorted_by_severity_times_frequency():
    rows = [
        ("A", "book", False, "button", 2),
        ("B", "book", False, "Button", 3),
        ("B", "pay", False, "button", 1),
        ("C", "book", False, "crash", 4),
        ("D", "book", True, "typo", None),
        ("E", "book", True, None, None),
    ]
    problems = compute(INSTRUMENT, "user task success problem severity", rows).table("problems")
    assert [row[1:] for row in problems.rows] == [
        (2, pytest.approx(40), 3, 6),
        (1, pytest.approx(20), 4, 4),
        (1, pytest.approx(20), 1, 1),
    ]


def test_most_customers_needs_an_interval_above_half():
    assert right_answers(managed(5, 5), "most") == ["Yes"]
    assert right_answers(managed(4, 5), "most") == ["No, the interval reaches below half"]


def test_the_test_card_says_what_was_set_and_found():
    found = managed(4, 5, hypothesis="Customers book alone.", threshold=80.0, threshold_day=BEFORE)
    content = found.table("card").column("content")
    assert content[0] == "Customers book alone."
    assert content[2:] == [80.0, day_text(date(2026, 4, 1)), day_text(date(2026, 4, 8)), pytest.approx(80)]


@pytest.mark.parametrize(
    ("key", "right", "slip"), [("sus", 85, 34), ("sus", 85, 50), ("sus", 85, 30), ("success", 80, 20)]
)
def test_slips_are_named(key, right, slip):
    rows = [(f"C{person}", "book", person > 0, *SUS) for person in range(5)]
    found = compute(INSTRUMENT, f"user task success {SUS_KEYS}", rows)
    (estimate,) = [entry for entry in found.estimates if entry.key == key]
    assert check_estimate(estimate, right).right
    assert len(check_estimate(estimate, slip).texts) == 2


def test_counting_tries_instead_of_customers_is_named():
    rows = [(f"C{person}", task, person > 0 or task == "pay") for person in range(4) for task in ("book", "pay")]
    (estimate,) = compute(INSTRUMENT, "user task success", rows).estimates
    assert check_estimate(estimate, 75).right
    assert len(check_estimate(estimate, 87.5).texts) == 2


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 5, 8, 9, 29, 30, 120, 200])
def test_students_distribution_is_what_scipy_says(freedom):
    assert student_limit(freedom) == pytest.approx(stats.t.ppf(0.975, freedom), rel=1e-9)


@given(st.lists(st.integers(0, 40), min_size=2, max_size=60))
def test_the_interval_of_a_mean_is_what_scipy_says(halves):
    values = [2.5 * half for half in halves]
    # Where all are nearly the same, at least the rounding of each to its steps of 2.5 is uncertain.
    found, error = mean_interval(values), max(stats.sem(values), 2.5 / (12 * len(values)) ** 0.5)
    assert found.value == pytest.approx(statistics.fmean(values))
    low, high = stats.t.interval(0.95, len(values) - 1, loc=found.value, scale=error)
    assert (found.low, found.high) == (pytest.approx(low, abs=1e-7), pytest.approx(high, abs=1e-7))


@given(st.lists(st.integers(1, 5), min_size=10, max_size=10))
def test_usability_lies_between_0_and_100_in_steps_of_two_and_a_half(answers):
    score = usability_score(answers)
    assert 0 <= score <= 100
    assert score % 2.5 == 0
    assert usability_score([6 - answer for answer in answers]) == pytest.approx(100 - score)
