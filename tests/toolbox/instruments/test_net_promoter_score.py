from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.toolbox.instruments.kit import Level, check_estimate, check_question, show
from iciinsmes.toolbox.instruments.net_promoter_score import INSTRUMENT, net_promoter_score
from tests.toolbox.rows import compute

FORTY = [10] * 8 + [9] * 10 + [8] * 9 + [7] * 6 + [6] * 3 + [5] * 2 + [3, 0]


def result(scores, **options):
    return compute(INSTRUMENT, "score", [(score,) for score in scores], **options)


def test_the_worked_example():
    nps = result(FORTY).figure("nps")
    assert nps.value == pytest.approx(27.5)
    assert (nps.low, nps.high, nps.n) == (pytest.approx(4.5, abs=0.05), pytest.approx(50.5, abs=0.05), 40)
    assert net_promoter_score(FORTY).error == pytest.approx(11.72, abs=0.005)
    assert result(FORTY).verdict.level is Level.GOOD


def test_the_groups_add_up():
    assert result(FORTY).table("groups").column("answers") == [18, 15, 7]
    assert sum(result(FORTY).table("groups").column("share")) == pytest.approx(100)


def test_two_waves_of_forty_do_not_prove_a_change():
    second = [10] * 12 + [9] * 10 + [8] * 10 + [7] * 4 + [6] * 2 + [4, 2]
    rows = [(date(2026, 3, 1), score) for score in FORTY] + [(date(2026, 9, 1), score) for score in second]
    found = compute(INSTRUMENT, "date score", rows, wave_from=date(2026, 6, 1))
    assert found.figure("change").value == pytest.approx(17.5)
    assert found.figure("change_z").value == pytest.approx(1.109, abs=0.001)
    (question,) = [entry for entry in found.questions if entry.key == "changed"]
    assert [show(answer.text) for answer in question.answers if answer.right] == ["We cannot know yet"]


def test_an_earlier_score_inside_the_interval_is_no_change():
    (question,) = [entry for entry in result(FORTY, earlier=20.0).questions if entry.key == "changed"]
    assert not check_question(question, {0}).right
    assert check_question(question, {2}).right


def test_counting_the_eights_is_named():
    (estimate,) = result(FORTY).estimates
    assert check_estimate(estimate, 28).right
    feedback = check_estimate(estimate, 50)
    assert [show(text) for text in feedback.texts] == [
        "22.5 too high.",
        "You counted the eights as promoters. Only nine and ten count.",
    ]


def test_few_answers_are_too_little_data_but_still_numbers():
    found = result([10] * 5 + [0] * 4)
    assert found.verdict.level is Level.TOO_LITTLE_DATA
    assert found.figure("nps").value == pytest.approx(11.1, abs=0.05)


@given(st.lists(st.integers(0, 10), min_size=1, max_size=200))
def test_the_score_is_the_mean_of_votes(scores):
    """Another way to compute it: each answer votes 100, 0 or -100; its spread is the error."""
    votes = [100 if score > 8 else -100 if score < 7 else 0 for score in scores]
    mean = sum(votes) / len(votes)
    variance = sum((vote - mean) ** 2 for vote in votes) / len(votes)
    found = net_promoter_score(scores)
    assert found.value == pytest.approx(mean, abs=1e-9)
    assert found.error == pytest.approx((variance / len(votes)) ** 0.5, abs=1e-6)
    assert -100 <= found.low <= found.value <= found.high <= 100
