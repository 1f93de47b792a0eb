from __future__ import annotations

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.toolbox.instruments.digital_maturity import (
    BANDS,
    DIMENSIONS,
    INSTRUMENT,
    INTENSITIES,
    TECHNOLOGIES,
    band_of,
)
from iciinsmes.toolbox.instruments.framework import ENGLISH, Level, check_estimate, check_valid, show
from iciinsmes.toolbox.table_import.rows.all_rows import read_table
from iciinsmes.toolbox.table_import.sheet import Sheet
from tests.toolbox.rows import compute

KEYS = "item score used"
SCORES = {"strategy": 50.0, "readiness": 65.0, "people": 45.0, "data": 28.0, "automation": 27.0, "green": 43.0}


def scored(scores):
    return [(key, score, None) for key, score in scores.items()]


def answered(count, of=12):
    return [(key, None, index < count) for index, key in enumerate([*TECHNOLOGIES][:of])]


def result(rows):
    return compute(INSTRUMENT, KEYS, rows)


def right_answers(found, key):
    (question,) = [entry for entry in found.questions if entry.key == key]
    return [show(answer.text) for answer in question.answers if answer.right]


def test_the_mean_of_six_dimensions():
    found = result(scored(SCORES))
    assert found.figure("mean").value == pytest.approx(43)
    assert found.figure("spread").value == pytest.approx(38)
    assert (found.verdict.key, found.verdict.level) == ("average", Level.NEUTRAL)
    assert "Your weakest dimension: Automation and AI." in show(found.verdict.text)
    assert right_answers(found, "weakest") == ["Automation and AI"]
    assert check_valid(found).right


@pytest.mark.parametrize(
    ("points", "key"),
    [
        (0, "basic"),
        (25, "basic"),
        (25.4, "basic"),
        (25.5, "average"),
        (50.4, "average"),
        (51, "moderately-advanced"),
        (75, "moderately-advanced"),
        (76, "advanced"),
        (100, "advanced"),
    ],
)
def test_bands_of_the_official_test(points, key):
    assert band_of(BANDS, points).key == key
    assert result(scored(dict.fromkeys(SCORES, float(points)))).verdict.key == key


@pytest.mark.parametrize(
    ("count", "key"),
    [
        *((count, "intensity-very-low") for count in (0, 3)),
        *((count, "intensity-low") for count in (4, 6)),
        *((count, "intensity-high") for count in (7, 9)),
        *((count, "intensity-very-high") for count in (10, 12)),
    ],
)
def test_bands_of_the_digital_intensity_index(count, key):
    found = result(answered(count))
    assert (found.verdict.key, found.figure("technologies").value) == (key, count)
    assert right_answers(found, "basic_level") == ["Yes" if count >= 4 else "No"]
    assert check_valid(found).right


def test_there_are_six_dimensions_and_twelve_technologies():
    assert (len(DIMENSIONS), len(TECHNOLOGIES)) == (6, 12)
    assert [band.end for band in INTENSITIES] == [3, 6, 9, 12]


def test_both_forms_together_show_both():
    found = result(scored(SCORES) + answered(5))
    assert found.verdict.key == "average"
    assert found.figure("technologies").value == 5
    assert show(found.figure("intensity").value) == "low"
    assert len(found.charts) == 3


def test_several_people_are_averaged_and_somebody_who_uses_it_counts():
    found = result(
        [*scored(SCORES), ("data", 48.0, None), ("ai", None, False), ("ai", None, True), ("ai", None, False)]
    )
    table = found.table("dimensions")
    row = next(row for row in table.rows if show(row[0]) == "Data")
    assert row[1:3] == (pytest.approx(38), 2)
    assert found.table("technologies").column("used") == [True]


def test_equally_weak_dimensions_are_all_right():
    found = result(scored({**SCORES, "data": 27.0}))
    assert right_answers(found, "weakest") == ["Data", "Automation and AI"]


@pytest.mark.parametrize("rows", [scored(SCORES)[:5], answered(4, of=11)])
def test_half_a_form_is_too_little(rows):
    found = result(rows)
    assert found.verdict.level is Level.TOO_LITTLE_DATA
    assert not check_valid(found).right


def test_lines_without_the_answer_they_take_are_counted():
    found = result([*scored(SCORES), ("ai", 80.0, None), ("data", None, True)])
    (condition,) = [entry for entry in found.conditions if not entry.met]
    assert "answer: 2." in show(condition.text)


def test_a_german_list_is_understood():
    words = ["Strategie", "Ausstattung", "Menschen", "Daten", "Automatisierung", "Grün"]
    sheet = Sheet(("Dimension", "Punkte"), [(word, 40.0) for word in words], range(2, 8))
    intake = read_table(instrument=INSTRUMENT, sheet=sheet, mapping={"item": 0, "score": 1}, languages=[ENGLISH])
    assert not intake.problems
    assert intake.table.columns["item"] == tuple(SCORES)


@pytest.mark.parametrize(
    ("key", "right", "slip"),
    [("mean", 43, 258), ("mean", 43.5, 46), ("technologies", 5, 7), ("technologies", 5, 41.7)],
)
def test_slips_are_named(key, right, slip):
    (estimate,) = [entry for entry in result(scored(SCORES) + answered(5)).estimates if entry.key == key]
    assert check_estimate(estimate, right).right
    assert len(check_estimate(estimate, slip).texts) == 2


@given(st.lists(st.tuples(st.sampled_from(sorted(SCORES)), st.integers(0, 100)), max_size=60))
def test_every_dimension_weighs_the_same_however_many_people_scored_it(more):
    rows = [*SCORES.items(), *more]
    means = [statistics.fmean(score for key, score in rows if key == dimension) for dimension in SCORES]
    found = result([(key, float(score), None) for key, score in rows])
    assert found.figure("mean").value == pytest.approx(statistics.fmean(means))
    assert found.verdict.key == next(band.key for band in BANDS if statistics.fmean(means) < band.end + 0.5)
