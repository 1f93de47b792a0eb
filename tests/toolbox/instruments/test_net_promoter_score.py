from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from iciinsmes.toolbox.instruments.framework import Level, check_estimate, check_question, show
from iciinsmes.toolbox.instruments.net_promoter_score import INSTRUMENT, change, net_promoter_score
from tests.toolbox.rows import compute

FORTY = [10] * 8 + [9] * 10 + [8] * 9 + [7] * 6 + [6] * 3 + [5] * 2 + [3, 0]


def result(scores, **options):
    return compute(INSTRUMENT, "score", [(score,) for score in scores], **options)


def test_the_worked_example():
    nps = result(FORTY).figure("nps")
    assert nps.value == pytest.approx(27.5)
    assert (nps.low, nps.high, nps.n) == (pytest.approx(3.1, abs=0.05), pytest.approx(48.5, abs=0.05), 40)
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


def in_two_waves(before, after):
    rows = [(date(2026, 3, 1), score) for score in before] + [(date(2026, 9, 1), score) for score in after]
    found = compute(INSTRUMENT, "date score", rows, wave_from=date(2026, 6, 1))
    return found, [show(answer.text) for entry in found.questions if entry.key == "changed"
                   for answer in entry.answers if answer.right]  # fmt: skip


def test_two_unanimous_waves_that_differ_are_a_change():
    found, right = in_two_waves([8] * 20, [10] * 20)
    assert right == ["Yes, we became better"]
    assert found.figure("change").low > 0
    assert found.figure("change_p").value < 0.001
    assert in_two_waves([9] * 20, [2] * 20)[1] == ["Yes, we became worse"]


def test_two_unanimous_waves_that_agree_may_still_differ():
    found, right = in_two_waves([10] * 20, [9] * 20)
    assert right == ["We cannot know yet"]
    assert found.figure("change").low < 0 < found.figure("change").high


def test_four_less_among_twenty_are_no_proof():
    """Fisher's test gives p = .106 for 20 of 20 against 16 of 20."""
    assert in_two_waves([10] * 20, [10] * 16 + [8] * 4)[1] == ["We cannot know yet"]


def test_a_wave_of_four_is_not_compared():
    found, right = in_two_waves([10] * 30, [0] * 4)
    assert right == []
    assert "at least 5 answers" in show(found.notes[0])


def test_all_agree_and_still_the_true_score_is_an_interval():
    found = result([10] * 30)
    assert (found.figure("nps").low, found.figure("nps").high) == (pytest.approx(77.3, abs=0.05), 100)
    assert show(found.verdict.text).startswith("With 30 answers the true score lies somewhere between 77.3 and 100.")
    nobody = result([8] * 30).figure("nps")
    assert nobody.low == pytest.approx(-nobody.high)
    assert nobody.high > 10


def test_an_earlier_score_is_said_to_be_taken_as_exact():
    (question,) = [entry for entry in result(FORTY, earlier=20.0).questions if entry.key == "changed"]
    assert "Take it as exact" in show(question.text)


SHARES = [(0.45, 0.175), (0.3, 0.3), (0.2, 0.6), (0.6, 0.1), (0.7, 0.1), (0.8, 0.05), (0.85, 0.05)]
VERY_GOOD = [(0.9, 0.02), (0.9, 0.05), (0.93, 0.02), (0.95, 0.01)]


@pytest.mark.parametrize(("promoters", "detractors"), [*SHARES, *VERY_GOOD])
@pytest.mark.parametrize("n", [20, 35, 60, 100])
def test_the_interval_holds_the_true_score_as_often_as_it_says(n, promoters, detractors):
    """By all samples there can be, each with its chance: 93 to 97 of 100 intervals hold the truth."""
    truth = 100 * (promoters - detractors)
    shares = [promoters, detractors, 1 - promoters - detractors]
    covered = 0.0
    for good in range(n + 1):
        for bad in range(n + 1 - good):
            chance = stats.multinomial.pmf([good, bad, n - good - bad], n, shares)
            if chance > 1e-7:
                found = net_promoter_score([10] * good + [0] * bad + [7] * (n - good - bad))
                covered += chance * (found.low - 1e-9 <= truth <= found.high + 1e-9)
    assert 0.93 <= covered <= 0.97


@given(st.lists(st.integers(0, 10), min_size=5, max_size=40), st.lists(st.integers(0, 10), min_size=5, max_size=40))
def test_change_interval_and_test_agree(before, after):
    found = change(net_promoter_score(before), net_promoter_score(after))
    assert found.is_proven == (found.p < 0.05) == (not found.difference.low <= 0 <= found.difference.high)
    assert found.difference.low <= found.difference.value <= found.difference.high


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
    assert found.low < found.high
