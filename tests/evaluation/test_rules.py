"""What may be shown: no figure of fewer than five, no sum that tells one, and days of months."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.evaluation import rules
from iciinsmes.evaluation.data import Figure, KeptAnswer, KeptData, Obstacle, ReactionData

SMALL = st.integers(0, 40)


@given(SMALL, SMALL)
def test_a_share_is_hidden_if_few_have_it_or_few_have_not(part, rest):
    found = rules.share(part, part + rest)
    few = 0 < part + rest < 5 or 0 < part < 5 or 0 < rest < 5
    assert (found is None) is few
    assert few or found == Figure(Decimal(part), part + rest)


@given(st.lists(st.integers(0, 100), max_size=12))
def test_a_mean_of_fewer_than_five_is_hidden(values):
    found = rules.mean(values)
    assert (found is None) is (0 < len(values) < 5)
    assert found is None or found.base == len(values)


@given(st.dictionaries(st.sampled_from("abcd"), SMALL, min_size=2))
def test_a_hidden_part_cannot_be_computed_from_the_whole(counts):
    found = rules.parts(counts)
    hidden = [key for key, figure in found.items() if figure is None]
    assert all(counts[key] >= 5 or not counts[key] for key in counts if key not in hidden)
    known = [key for key in hidden if counts[key]]
    # One alone would be the whole without the others.
    assert len(known) != 1 or all(figure is None for figure in found.values())


@given(SMALL, SMALL, SMALL)
def test_completers_and_certificates_do_not_tell_who_is_between_them(rest, between, certified):
    starters, completers = rest + between + certified, between + certified
    found = rules.ways(starters, completers, certified)
    if found["completers"] is not None and found["certificates"] is not None:
        assert not 0 < between < 5
    if found["completers"] is not None:
        assert not 0 < rest < 5
    if found["certificates"] is not None:
        assert not 0 < certified < 5


@given(st.lists(st.tuples(SMALL, SMALL), min_size=1, max_size=8))
def test_a_sum_holds_only_what_is_shown(runs):
    """Whatever is hidden may be anything: the sum is the same, so that nothing can be computed from it."""
    figures = [rules.share(part, part + rest) for part, rest in runs]
    shown = [figure for figure in figures if figure is not None]
    found = rules.together(figures)
    assert (found is None) is (len(shown) < len(figures) and not any(figure.base for figure in shown))
    if found is not None:
        assert found == Figure(sum((each.total for each in shown), Decimal(0)), sum(each.base for each in shown))


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 7, 31), 6, date(2027, 1, 31)),
        (date(2026, 12, 1), 0, date(2026, 12, 1)),
    ],
)
def test_months_after_a_day_stay_in_the_month_that_is_meant(day, months, later):
    assert rules.months_after(day, months) == later


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.sampled_from((3, 6)))
def test_a_mail_is_due_for_sixty_days_whatever_night_was_missed(ends_on, months):
    first = rules.months_after(ends_on, months)
    assert not rules.is_due(ends_on, months, first - timedelta(days=1))
    assert rules.is_due(ends_on, months, first)
    assert rules.is_due(ends_on, months, first + timedelta(days=59))
    assert not rules.is_due(ends_on, months, first + timedelta(days=60))
    assert not rules.is_due(None, months, first)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 400))
def test_a_value_counts_for_one_time_only_and_none_lies_ahead(ends_on, days):
    today = ends_on + timedelta(days=days)
    spans = list(rules.spans_of(ends_on, today).values())
    assert all(last <= today for _first, last in spans)
    for (_first, last), (first, _last) in pairwise(spans):
        assert first == last + timedelta(days=1)


def test_without_a_last_day_all_values_until_today_count():
    assert rules.spans_of(None, date(2026, 12, 1)) == {"end": (None, date(2026, 12, 1))}


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_one_typing_error_is_not_the_mean_of_all(way):
    assert -100 <= rules.percent(way) <= 200


def test_sums_count_each_answer_once():
    one = ReactionData({"useful": 5, "worth": 1, "next_step": 3}, (Obstacle.TIME, Obstacle.BOSS))
    other = ReactionData({"useful": 2, "worth": 2, "next_step": 2}, (Obstacle.TIME,))
    found = rules.sums_of_reactions([one, other])
    assert (found.answers, found.sums) == (2, {"useful": 7, "worth": 3, "next_step": 5})
    assert (found.obstacles["time"], found.obstacles["boss"], found.obstacles["data"]) == (2, 1, 0)
    said = dict.fromkeys(("still_used", "effect_seen", "others_use"), KeptAnswer.PARTLY)
    assert rules.sums_of_kept([KeptData({**said, "still_used": KeptAnswer.YES})]).sums == {
        "still_used": 1,
        "effect_seen": 0,
        "others_use": 0,
    }
