from __future__ import annotations

import math
from datetime import date

import numpy
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from iciinsmes.toolbox.instruments.framework import (
    Level,
    Table,
    WrongOption,
    check_estimate,
    check_question,
    check_valid,
    day_text,
    run,
    show,
)
from iciinsmes.toolbox.instruments.methods.surveys.sampling import answers_needed, interval_of, margin_of
from iciinsmes.toolbox.instruments.survey_sampling import INSTRUMENT
from tests.toolbox.instruments.test_every_instrument import assert_sound
from tests.toolbox.rows import compute


def result(**known):
    """Run with one survey; what is no column is an option."""
    row = {"answers": 0} | {column.key: known.pop(column.key) for column in INSTRUMENT.columns if column.key in known}
    return run(INSTRUMENT, Table.of(list(row), [tuple(row.values())]), known)


SALON = {"customers": 80, "invited": 64, "answers": 40}


@pytest.mark.parametrize(
    ("margin", "customers", "needed"), [(0.05, None, 385), (0.05, 300, 169), (0.10, 80, 44), (0.5, 1, 1)]
)
def test_the_worked_sample_sizes(margin, customers, needed):
    assert answers_needed(margin, customers) == needed


def test_the_worked_margin():
    assert 100 * margin_of(40, 80) == pytest.approx(11.0, abs=0.05)
    assert 100 * margin_of(40, None) == pytest.approx(15.5, abs=0.05)
    assert margin_of(80, 80) == 0
    assert margin_of(1, 1) == 0


def test_last_and_next_survey():
    found = result(**SALON)
    assert found.figure("margin").value == pytest.approx(11.0, abs=0.05)
    assert found.figure("response").value == 62.5
    assert found.figure("needed").value == 44
    assert found.figure("invitations").value == math.ceil(44 / 0.625)
    assert found.figure("if_all").value == 50
    assert result(**SALON, response_rate=100.0).figure("invitations").value == 44


@pytest.mark.parametrize(
    ("options", "key", "level"),
    [
        ({**SALON, "margin": 11.0}, "exact-enough", Level.GOOD),
        ({**SALON, "margin": 10.9}, "ask-more", Level.ATTENTION),
        ({**SALON, "response_rate": 55.0}, "ask-more", Level.ATTENTION),  # 44 of 80
        ({**SALON, "response_rate": 54.9}, "more-must-answer", Level.ATTENTION),
        ({"answers": 40}, "ask-more", Level.ATTENTION),
        ({"answers": 9}, "too-little-data", Level.TOO_LITTLE_DATA),
        ({"answers": 10, "customers": 10}, "exact-enough", Level.GOOD),
        ({}, "too-little-data", Level.TOO_LITTLE_DATA),
    ],
)
def test_the_verdict(options, key, level):
    verdict = result(**options).verdict
    assert (verdict.key, verdict.level) == (key, level)


def test_without_a_last_survey_the_next_one_can_be_planned():
    found = result(customers=300, margin=5.0, response_rate=40.0)
    assert [(figure.key, figure.value) for figure in found.figures] == [
        ("needed", 169),
        ("invitations", 423),
        ("if_all", 120),
    ]
    assert [estimate.key for estimate in found.estimates] == ["invitations"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"answers": 41, "invited": 40},
        {"invited": 81, "customers": 80},
        {"answers": 81, "customers": 80},
        {"satisfied": 41, "answers": 40},
        {"satisfied": 3, "answers": 0},
    ],
)
def test_numbers_that_contradict_each_other_are_said_to(wrong):
    found = result(**wrong)
    assert not check_valid(found).right
    assert [condition.met for condition in found.conditions] == [False]


def test_the_last_survey_counts_and_all_are_shown():
    rows = [(date(2026, 4, 13), 40, 24, 80), (date(2025, 10, 6), 22, None, 78), (None, 70, 70, 80)]
    found = compute(INSTRUMENT, "date answers satisfied customers", rows)
    assert (found.n, found.figure("satisfied").value) == (40, 60.0)
    assert found.table("surveys").column("day") == [None, day_text(date(2025, 10, 6)), day_text(date(2026, 4, 13))]
    assert found.table("surveys").column("satisfied") == [100.0, None, 60.0]
    assert found.table("surveys").column("margin")[2] == found.figure("margin").value


def test_a_contradiction_in_an_older_survey_is_said_too():
    rows = [(date(2026, 4, 13), 40, 80), (date(2025, 10, 6), 22, 20)]
    assert not check_valid(compute(INSTRUMENT, "date answers customers", rows)).right


def test_numbers_that_fit_are_valid():
    assert check_valid(result(**SALON, satisfied=40)).right


def test_a_wanted_margin_of_nothing_is_refused():
    with pytest.raises(WrongOption):
        result(margin=0.0)


@pytest.mark.parametrize(
    ("key", "given_number", "slip"),
    [
        ("margin", 15.5, "You left out the correction"),
        ("margin", 22.1, "That is the whole width."),
        ("margin", 5.6, "Multiply by 1.96"),
        ("invitations", 44, "That is the number of answers."),
        ("invitations", 27.5, "Divide by the share"),
    ],
)
def test_slips_are_named(key, given_number, slip):
    (estimate,) = [entry for entry in result(**SALON).estimates if entry.key == key]
    assert check_estimate(estimate, 11 if key == "margin" else 71).right
    assert show(check_estimate(estimate, given_number).texts[1]).startswith(slip)


@pytest.mark.parametrize(("satisfied", "right"), [(44, 0), (43, 2), (37, 2), (36, 1)])
def test_more_than_half_is_known_only_beyond_the_margin(satisfied, right):
    """80 of 100 customers answered: the margin is 4.9 points, and 44 are 5 points more than half."""
    found = result(customers=100, answers=80, satisfied=satisfied)
    assert found.figure("margin").value == pytest.approx(4.9, abs=0.05)
    (question,) = found.questions
    assert check_question(question, {right}).right


@given(st.integers(1, 2000), st.integers(1, 400), st.data())
def test_half_lies_outside_the_interval_exactly_if_it_is_farther_than_the_margin(customers, answers, data):
    assume(answers < customers)
    hits = data.draw(st.integers(0, answers))
    found, distance = interval_of(hits, answers, customers), abs(hits / answers - 0.5)
    margin = margin_of(answers, customers)
    assume(abs(distance - margin) > 1e-9)
    assert (not found.low <= 0.5 <= found.high) == (distance > margin)


@given(st.integers(2, 3000), st.floats(0.01, 0.5), st.floats(0.01, 0.99))
def test_the_needed_answers_are_the_fewest_within_the_margin(customers, margin, share):
    """Another way: count up until the margin fits; the formula by the book differs by one answer at most."""
    fitting = next(n for n in range(1, customers + 1) if margin_of(n, customers, share) <= margin)
    assert abs(answers_needed(margin, customers, share) - fitting) <= 1


@given(st.integers(1, 500), st.integers(0, 500))
def test_among_very_many_customers_the_interval_is_the_one_of_scipy(answers, hits):
    assume(hits <= answers)
    low, high = stats.binomtest(hits, answers).proportion_ci(method="wilson")
    assert interval_of(hits, answers, None) == pytest.approx((hits / answers, low, high), abs=1e-4)


@given(st.integers(4, 60), st.data())
def test_the_correction_is_the_spread_of_drawing_without_putting_back(customers, data):
    """All samples by the hypergeometric distribution of scipy: how far their share lies from the true one."""
    answers = data.draw(st.integers(1, customers))
    hits = data.draw(st.integers(1, customers))
    found = numpy.arange(answers + 1)
    chances = stats.hypergeom(customers, hits, answers).pmf(found)
    spread = (chances @ (found / answers - hits / customers) ** 2) ** 0.5
    assert margin_of(answers, customers, hits / customers) == pytest.approx(1.96 * spread, abs=1e-9)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            **{key: st.integers(1, 10**9) | st.integers(1, 50) for key in ("customers", "invited")},
            **{key: st.integers(0, 10**9) | st.integers(0, 50) for key in ("answers", "satisfied")},
            "margin": st.floats(1, 50),
            "share": st.floats(1, 99),
            "response_rate": st.floats(1, 100),
        },
    )
)
def test_any_numbers_give_a_sound_result(options):
    assert_sound(result(**options))
