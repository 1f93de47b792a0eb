from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from iciinsmes.toolbox.instruments.framework import (
    Level,
    check_decision,
    check_estimate,
    check_question,
    check_valid,
    day_text,
    show,
)
from iciinsmes.toolbox.instruments.netnography import INSTRUMENT
from tests.toolbox.rows import compute

FIRST = date(2026, 3, 2)  # a Monday
TICKED = {"public": True, "consent": True, "anonymous": True}


def result(codes, *, communities=("forum", "group"), sides=(None,), **options):
    """Log a post a day."""
    rows = [
        (FIRST + timedelta(days=day), communities[day % len(communities)], code, sides[day % len(sides)])
        for day, code in enumerate(codes)
    ]
    return compute(INSTRUMENT, "date community code side", rows, **(TICKED | options))


def question(found, key):
    return next(entry for entry in found.questions if entry.key == key)


@pytest.mark.parametrize(
    ("codes", "communities", "key", "level"),
    [
        (["noise"] * 30, ("a", "b"), "saturated", Level.GOOD),
        (["noise"] * 29 + ["cost"], ("a", "b"), "saturated", Level.GOOD),
        (["noise"] * 28 + ["cost", "date"], ("a", "b"), "not-saturated", Level.ATTENTION),
        (["noise"] * 19 + ["cost", "date"] + ["noise"] * 9, ("a", "b"), "saturated", Level.GOOD),
        (["noise"] * 20 + ["cost", "date"] + ["noise"] * 8, ("a", "b"), "not-saturated", Level.ATTENTION),
        (["noise"] * 30, ("a", "A "), "one-community", Level.NEUTRAL),
        (["noise"] * 29, ("a", "b"), "too-little-data", Level.TOO_LITTLE_DATA),
    ],
)
def test_the_last_ten_posts_may_bring_one_new_code(codes, communities, key, level):
    verdict = result(codes, communities=communities).verdict
    assert (verdict.key, verdict.level) == (key, level)


def test_saturation_is_asked_and_explained():
    found = result(["noise"] * 28 + ["cost", "date"])
    assert found.figure("new_codes").value == 2
    saturated = question(found, "saturated")
    assert check_question(saturated, {1}).right
    assert "New codes in the last ten posts: 2." in show(check_question(saturated, {0}).texts[0])
    assert found.table("growth").rows[-1] == (30, 3)


def test_ten_posts_have_none_before_them():
    assert result(["noise"] * 10).figure("new_codes").value is None
    assert result(["noise"] * 10 + ["cost"]).figure("new_codes").value == 1


def of_one_day(keys, codes):
    rows = [(FIRST, "forum", key, code) for key, code in zip(keys, codes, strict=True)]
    return compute(INSTRUMENT, "date community post code", rows).figure("new_codes").value


def test_posts_of_one_day_stand_in_their_order():
    """Sorted by number or by code, the new codes of the end would move to the front."""
    codes = ["noise"] * 20 + ["app", "cost", "date"]
    assert of_one_day([f"P{number}" for number in range(23)], codes) == 3
    assert of_one_day([f"P{99 - number}" for number in range(23)], codes) == 3
    assert of_one_day([f"P{number}" for number in range(23)], codes[::-1]) == 0


def test_a_log_with_the_latest_on_top_is_read_from_below():
    newest_first = [(FIRST + timedelta(days=9 - row // 3), "forum", code)
                    for row, code in enumerate(["cost", "date"] + ["noise"] * 28)]  # fmt: skip
    found = compute(INSTRUMENT, "date community code", newest_first)
    assert found.figure("new_codes").value == 2
    assert found.table("growth").rows[-1] == (30, 3)
    assert found.table("growth").rows[-3][1] == 1


def test_rows_with_one_number_are_one_post():
    rows = [(FIRST, "forum", "P1", "noise", "own"), (FIRST, "forum", "p1 ", "cost", "competitor")]
    rows += [(FIRST, "forum", None, "noise", "none")] * 2
    found = compute(INSTRUMENT, "date community post code side", rows)
    assert (found.n, found.figure("codes").value) == (3, 2)
    assert found.table("codes").rows[0][:3] == ("noise", 3, 100.0)
    assert found.table("codes").column("share")[1] == pytest.approx(100 / 3)
    assert (found.figure("voice").value, found.figure("voice").n) == (50.0, 2)


def test_posts_per_week_count_calendar_weeks_without_gaps():
    rows = [(FIRST + timedelta(days=days), "forum", "noise", "own") for days in (0, 6, 21)]
    found = compute(INSTRUMENT, "date community code side", rows)
    assert (found.figure("per_week").value, found.figure("per_week").n) == (0.75, 4)
    assert found.table("weeks").rows == (
        (day_text(date(2026, 3, 2)), 2, 2, 0),
        (day_text(date(2026, 3, 9)), 0, 0, 0),
        (day_text(date(2026, 3, 16)), 0, 0, 0),
        (day_text(date(2026, 3, 23)), 1, 1, 0),
    )


def test_only_the_last_twenty_weeks_are_shown():
    assert not result(["noise"] * 140).notes
    found = result(["noise"] * 141)
    assert len(found.table("weeks").rows) == 20
    assert [note.parameters["weeks"] for note in found.notes] == [20]


@pytest.mark.parametrize("open_box", ["public", "consent", "anonymous"])
def test_each_box_must_be_ticked(open_box):
    assert check_valid(result(["noise"] * 30)).right
    feedback = check_valid(result(["noise"] * 30, **{open_box: False}))
    assert not feedback.right
    assert len(feedback.texts) == 1
    assert show(feedback.texts[0]).endswith("Then tick the box.")


@pytest.mark.parametrize(
    ("sides", "right"), [(["own"], 0), (["competitor"], 1), (["own", "competitor"], 2), (["own", "none"], 0)]
)
def test_who_is_named_more_often(sides, right):
    assert check_question(question(result(["noise"] * 30, sides=sides), "named_more"), {right}).right


def test_without_any_firm_nothing_is_asked_about_it():
    found = result(["noise"] * 30, sides=["none", None])
    assert [figure.key for figure in found.figures][-1] == "new_codes"
    assert not found.estimates
    assert [entry.key for entry in found.questions] == ["saturated"]


@pytest.mark.parametrize(
    ("given_percent", "slip"), [(100 / 3, "Divide by your mentions and"), (10, "Divide by the mentions of all firms")]
)
def test_slips_are_named(given_percent, slip):
    """Of forty posts four name us and twelve a competitor."""
    sides = ["own"] + ["competitor"] * 3 + ["none"] * 6
    (estimate,) = result(["noise"] * 40, sides=sides).estimates
    assert check_estimate(estimate, 25).right
    assert show(check_estimate(estimate, given_percent).texts[1]).startswith(slip)


def test_a_rare_need_is_chosen_with_a_reason():
    decision = result(["a"] * 9 + ["b"] * 8 + ["c"] * 7 + ["d"] * 6).decision
    assert decision.ranking == ("a", "b", "c", "d")
    assert check_decision(decision, chosen=2).right
    assert not check_decision(decision, chosen=3).right


LOG = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.sampled_from(["own", "competitor", "none"])), min_size=11, max_size=60
)


@given(LOG)
def test_new_codes_and_voice_by_sets_and_scipy(log):
    """Another way: codes of the last ten posts that are in none before; shares with the intervals of scipy."""
    rows = [(FIRST + timedelta(days=day), "forum", code, side) for day, (code, side) in enumerate(log)]
    found = compute(INSTRUMENT, "date community code side", rows)
    codes = [code for code, _side in log]
    assert found.figure("new_codes").value == len(set(codes[-10:]) - set(codes[:-10]))
    for name, posts, _share, low, high in found.table("codes").rows:
        ends = stats.binomtest(codes.count(name), len(codes)).proportion_ci(method="wilson")
        assert posts == codes.count(name)
        assert (low, high) == (pytest.approx(100 * ends.low, abs=0.01), pytest.approx(100 * ends.high, abs=0.01))
    sides = [side for _code, side in log]
    if set(sides) - {"none"}:
        own, others = sides.count("own"), sides.count("competitor")
        assert found.figure("voice").value == pytest.approx(100 * own / (own + others))
    assert sum(int(str(posts)) for posts in found.table("weeks").column("posts")) == len(log)
