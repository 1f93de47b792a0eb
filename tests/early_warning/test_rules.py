"""The rules: the worked series, an independent computation, conventions for series that are not nice, and chance."""

from __future__ import annotations

import math
import random
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau, theilslopes

from iciinsmes.early_warning.data import AlarmRule, Colour, Grain, JudgedPeriod, MonthCell, PeriodState
from iciinsmes.early_warning.indicators import INDICATORS
from iciinsmes.early_warning.rules.judging import begin_segment, judge
from iciinsmes.early_warning.rules.limits import band, limits_from
from iciinsmes.early_warning.rules.trend import trend_of
from tests.early_warning.conftest import CASES, ORDERS

START = 2024 * 12
LATER = START + 500


def cells(key, numerators, denominators=None, extras=None) -> list[MonthCell]:
    nothing = [None] * len(numerators)
    rows = zip(numerators, denominators or nothing, extras or nothing, strict=True)
    return [
        MonthCell(key, START + place, *(None if each is None else Decimal(str(each)) for each in figures))
        for place, figures in enumerate(rows)
    ]


def judged(key, numerators, denominators=None, extras=None, running=LATER, thresholds=None) -> list[JudgedPeriod]:
    rows = cells(key, numerators, denominators, extras)
    segment = begin_segment(INDICATORS[key], rows, running, START)
    if segment is None:
        return []
    return list(judge(INDICATORS[key], rows, [segment], running, thresholds)[0][1])


def colours(found: list[JudgedPeriod]) -> str:
    return "".join(each.colour.value[0] if each.state is PeriodState.JUDGED else "." for each in found)


def rules(each: JudgedPeriod) -> set[AlarmRule]:
    return {reason.rule for reason in each.reasons}


# The worked series


def test_the_worked_series_has_the_verdicts_that_were_worked_out():
    found = judged("E1", CASES, ORDERS)
    assert [each.state for each in found[:12]] == [PeriodState.BASELINE] * 12
    assert [each.colour for each in found[12:]] == [
        Colour.GREEN,
        Colour.RED,
        Colour.GREEN,
        Colour.AMBER,
        Colour.RED,
    ]
    assert rules(found[13]) == {AlarmRule.TWICE}
    assert found[13].reasons[0].figures["times"] == pytest.approx(2.17, abs=0.005)
    assert rules(found[15]) == {AlarmRule.BEYOND_2}
    assert rules(found[16]) == {AlarmRule.BEYOND_3, AlarmRule.AGAIN}


def test_limits_follow_the_denominator_of_each_month():
    rows = cells("E1", (4, 6, 5, 3, 5, 6), (210, 220, 230, 190, 205, 240))
    limits = begin_segment(INDICATORS["E1"], rows, LATER, START).limits
    assert 100 * float(limits.centre) == pytest.approx(2.239, abs=5e-4)
    at_215 = judged("E1", (4, 6, 5, 3, 5, 6, 5), (210, 220, 230, 190, 205, 240, 215))[-1].point
    assert 100 * band(limits, INDICATORS["E1"].chart, at_215, 2)[1] == pytest.approx(4.281, abs=5e-4)
    assert 100 * band(limits, INDICATORS["E1"].chart, at_215, 3)[1] == pytest.approx(5.301, abs=5e-4)


# Independent computation: written with floats and loops, without anything of the rules above


def colour_by_hand(kind, numerators, denominators, is_up_bad, count) -> list[str]:
    values = [n / d for n, d in zip(numerators, denominators, strict=True)]
    centre = sum(numerators[:count]) / sum(denominators[:count])
    sign, found, sides, worse = (1 if is_up_bad else -1), [], 0, 1
    for place in range(count, len(values)):
        spread = centre * (1 - centre) if kind == "p" else centre
        z = sign * (values[place] - centre) / math.sqrt(spread / denominators[place])
        sides = sides + 1 if sign * (values[place] - centre) > 1e-12 else 0
        is_worse = place > count and sign * (values[place] - values[place - 1]) > 1e-12
        worse = worse + 1 if is_worse else 1
        if z > 3 or sides >= 8:
            found.append("r")
        elif z > 2 or worse >= 6:
            found.append("a")
        else:
            found.append("g")
    return found


@given(
    st.lists(st.tuples(st.integers(1, 40), st.integers(150, 400)), min_size=13, max_size=40),
    st.sampled_from([("E2", "p", True), ("E2", "p", True)]),
)
def test_charts_agree_with_a_computation_by_hand(rows, kind):
    key, chart, is_up_bad = kind
    numerators, denominators = zip(*rows, strict=True)
    found = judged(key, numerators, denominators)
    wanted = colour_by_hand(chart, numerators, denominators, is_up_bad, 12)
    assert colours(found)[12:] == "".join(wanted)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(50, 400)), min_size=13, max_size=40))
def test_rates_agree_with_a_computation_by_hand_but_for_their_own_rule(rows):
    numerators, denominators = zip(*rows, strict=True)
    found = judged("E1", numerators, denominators, thresholds={"cases": 1_000_000})
    if sum(numerators[:12]):
        assert colours(found)[12:] == "".join(colour_by_hand("u", numerators, denominators, True, 12))
    else:
        assert set(colours(found)[12:]) <= {"g"}


@given(st.lists(st.integers(1, 400), min_size=13, max_size=30))
def test_individual_values_have_limits_from_moving_ranges(costs):
    found = judged("E2C", costs, [20_000] * len(costs), thresholds={"red": 1000})
    values = [cost / 20_000 for cost in costs]
    base = values[:12]
    centre = sum(base) / 12
    sigma = sum(abs(b - a) for a, b in pairwise(base)) / 11 / 1.128
    for place in range(12, len(values)):
        if sigma and abs(abs(values[place] - centre) / sigma - 3) > 1e-9:
            is_far = values[place] - centre > 3 * sigma
            assert (AlarmRule.BEYOND_3 in rules(found[place])) == is_far


@given(st.lists(st.integers(1, 12), min_size=4, max_size=12))
def test_the_trend_agrees_with_scipy(values):
    found = trend_of([Fraction(each) for each in values])
    if len(set(values)) == 1:
        assert found is None
        return
    tau = kendalltau(range(len(values)), values)
    assert found.tau == pytest.approx(tau.statistic)
    assert found.probability == pytest.approx(tau.pvalue)
    assert found.slope == pytest.approx(theilslopes(values).slope)


# Frozen


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(20, 400)), min_size=14, max_size=40),
    st.tuples(st.integers(0, 60), st.integers(20, 400)),
)
def test_another_month_changes_no_limit_and_no_earlier_verdict(rows, new):
    numerators, denominators = zip(*rows, strict=True)
    before = cells("E1", numerators, denominators)
    segment = begin_segment(INDICATORS["E1"], before, LATER, START)
    after = cells("E1", (*numerators, new[0]), (*denominators, new[1]))
    assert begin_segment(INDICATORS["E1"], after, LATER, START) == segment
    first = judge(INDICATORS["E1"], before, [segment], LATER)[0][1]
    second = judge(INDICATORS["E1"], after, [segment], LATER)[0][1]
    assert second[:-1] == first


# Series that are not nice


STEADY = ((5, 5, 6, 5, 4, 5, 5, 6, 4, 5, 5, 5), (200,) * 12)


def test_fewer_than_six_months_are_grey():
    assert judged("E1", (5, 9, 4, 6, 10), (210, 330, 180, 240, 410)) == []
    found = judged("E1", (5, 9, 4, 6, 10, 5), (210, 330, 180, 240, 410, 200))
    assert {each.state for each in found} == {PeriodState.BASELINE}


def test_a_gap_has_no_verdict_ends_runs_and_enters_no_limit():
    numerators, denominators = list(STEADY[0]), list(STEADY[1])
    whole = begin_segment(INDICATORS["E1"], cells("E1", numerators, denominators), LATER, START)
    gap = begin_segment(
        INDICATORS["E1"], cells("E1", [*numerators[:3], None, *numerators[3:]], [*denominators, 200]), LATER, START
    )
    assert gap.limits.centre == whole.limits.centre
    bad = [6] * 7
    found = judged("E1", [*numerators, *bad, None, *bad], [*denominators, *(200,) * 15])
    assert found[19].state is PeriodState.GAP
    assert not any(AlarmRule.RUN in rules(each) for each in found)
    unbroken = judged("E1", [*numerators, *bad, 6], [*denominators, *(200,) * 8])
    assert AlarmRule.RUN in rules(unbroken[-1])
    assert unbroken[-1].colour is Colour.RED


def test_a_gap_enters_no_moving_range():
    rows = cells("E2C", (100, 200, None, 100, 200, 100, 200), (10_000,) * 7)
    limits = begin_segment(INDICATORS["E2C"], rows, LATER, START).limits
    assert (limits.count, limits.range_count) == (6, 4)


def test_a_typed_zero_is_a_real_zero():
    found = judged("E1", [*STEADY[0], 0], [*STEADY[1], 200])
    assert (found[-1].state, found[-1].value) == (PeriodState.JUDGED, 0)


def test_a_point_on_the_centre_ends_a_run():
    base = ((5,) * 6 + (4, 6) * 3, (200,) * 12)
    on_centre = judged("E1", [*base[0], *(6,) * 7, 5, 6], [*base[1], *(200,) * 9])
    assert not any(AlarmRule.RUN in rules(each) for each in on_centre)


def test_six_steadily_worse_are_amber_on_whichever_side_and_a_tie_ends_them():
    base = [20, 22, 18, 21, 19, 20, 20, 22, 18, 21, 19, 20]
    worse = [10, 11, 12, 13, 14, 15]
    found = judged("E1", [*base, *worse], [1000] * 18)
    assert [AlarmRule.TREND in rules(each) for each in found[12:]] == [False] * 5 + [True]
    assert found[-1].colour is Colour.AMBER
    tied = judged("E1", [*base, 10, 11, 12, 12, 13, 14, 15], [1000] * 19)
    assert not any(AlarmRule.TREND in rules(each) for each in tied)


def test_beyond_is_strict():
    # Centre 1/10 and 900 of it: two standard deviations are exactly 2 %, so 108 lie on the limit.
    base = ([90] * 10 + [80, 100], [900] * 12)
    assert judged("E2", [*base[0], 108], [*base[1], 900])[-1].reasons == ()
    assert rules(judged("E2", [*base[0], 109], [*base[1], 900])[-1]) == {AlarmRule.BEYOND_2}
    assert rules(judged("E2", [*base[0], 117], [*base[1], 900])[-1]) == {AlarmRule.BEYOND_2}
    assert rules(judged("E2", [*base[0], 118], [*base[1], 900])[-1]) == {AlarmRule.BEYOND_3}


def test_again_marks_only_what_lies_beyond_two_sigma_itself_and_gives_no_colour():
    base = ([90] * 10 + [80, 100], [900] * 12)
    found = judged("E2", [*base[0], 125, 90, 110, 90, 90, 110], [*base[1], *(900,) * 6])[12:]
    assert [AlarmRule.AGAIN in rules(each) for each in found] == [False, False, True, False, False, False]
    assert found[2].colour is Colour.AMBER
    assert found[1].colour is Colour.GREEN


@pytest.mark.parametrize(("numerators", "size"), [((0,) * 12, 200), ((200,) * 12, 200)])
def test_without_spread_the_chart_is_off(numerators, size):
    found = judged("E2", [*numerators, 150, 150], [size] * 14)
    assert [each.colour for each in found[12:]] == [Colour.GREEN] * 2
    assert found[12].reasons == ()


def test_without_spread_fixed_limits_count():
    found = judged("E4", [*(50,) * 12, 46, 40], [50] * 14)
    assert rules(found[12]) == {AlarmRule.LIMIT_AND_BASELINE}
    assert rules(found[13]) == {AlarmRule.LIMIT}
    assert found[13].colour is Colour.RED


def test_who_is_steadily_at_ninety_percent_is_judged_by_the_chart():
    base = [90, 91, 89, 90, 90, 91, 89, 90, 90, 90, 91, 89]
    found = judged("E4", [*base, 88, 92, 84], [100] * 15)
    assert [each.colour for each in found[12:]] == [Colour.GREEN, Colour.GREEN, Colour.RED]
    assert rules(found[-1]) == {AlarmRule.LIMIT}


def test_shown_limits_stay_where_values_can_be():
    found = judged("E2", [1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0], [30] * 13)
    limits = limits_from([each.point for each in found], INDICATORS["E2"].chart, True)
    low, high = band(limits, INDICATORS["E2"].chart, found[-1].point, 3)
    assert 0 <= low <= high <= 1


def test_nothing_to_divide_by_has_no_verdict():
    found = judged("E1", [*STEADY[0], 0, 3], [*STEADY[1], 0, 0])
    assert [each.state for each in found[12:]] == [PeriodState.NOTHING] * 2
    assert found[-1].colour is Colour.GREY


def test_the_running_month_is_provisional():
    found = judged("E1", [*STEADY[0], 90], [*STEADY[1], 200], running=START + 12)
    assert found[-1].state is PeriodState.PROVISIONAL
    assert found[-1].colour is Colour.GREY


# Small denominators


def test_small_months_become_quarters_and_five_quarters_are_grey():
    fifteen = judged("E1", (1,) * 15, (12,) * 15)
    assert {each.state for each in fifteen} == {PeriodState.TOO_FEW}
    assert len(fifteen) == 5
    eighteen = judged("E1", (1,) * 18, (12,) * 18)
    assert [each.state for each in eighteen] == [PeriodState.BASELINE] * 6
    more = judged("E1", (1,) * 18 + (4, 4, 4), (12,) * 21)
    assert len(more) == 7
    assert more[-1].state is PeriodState.JUDGED
    assert more[-1].colour is Colour.RED


@given(st.lists(st.integers(1, 60), min_size=6, max_size=14))
def test_the_length_of_periods_is_decided_by_the_median_of_the_first_denominators(sizes):
    segment = begin_segment(INDICATORS["E1"], cells("E1", [1] * len(sizes), sizes), LATER, START)
    assert (segment.grain is Grain.QUARTER) == (median(sizes[:12]) < 20)


def test_a_quarter_with_a_missing_month_is_a_gap():
    found = judged("E1", (1, 1, None, *(1,) * 9), (12,) * 12)
    assert found[0].state is PeriodState.GAP


# Rules of single indicators

FIRM = [1000] * 12


@pytest.mark.parametrize(
    ("key", "numerators", "denominators", "wanted"),
    [
        ("E3", [*(2,) * 6, 3, 6, 3], [*(20,) * 6, 20, 20, 9], ".....gara"),
        ("E6", [*(100,) * 6, 95, 95, 95, 60], (100,) * 10, ".....ggaar"),
        ("E8", [*(1,) * 6, 10, 20], (100,) * 8, ".....gar"),
        ("E10", [*(20,) * 6, 25, 26, 40, 41], (100,) * 10, ".....ggaar"),
        ("E12", [*(12,) * 6, 9, 4, 4, 3], (100,) * 10, ".....garar"),
        ("E9", [*(20,) * 12, 19, 19, 19, 20, 9], (100,) * 17, "............ggagr"),
    ],
)
def test_fixed_limits(key, numerators, denominators, wanted):
    assert colours(judged(key, numerators, denominators)) == wanted


def test_one_of_the_best_customers_gone_quiet_is_red():
    assert judged("E8", (1,) * 7, (100,) * 7, (0,) * 6 + (1,))[-1].colour is Colour.RED


def test_the_biggest_customer_growing_by_ten_points_in_a_year_is_red():
    found = judged("E10", (*(10,) * 12, 20), (100,) * 13)
    assert rules(found[-1]) == {AlarmRule.GROWN}


def test_cost_that_rises_three_times_above_three_percent_is_red():
    costs = [*(31, 32, 30) * 4, 31, 32, 33, 34]
    found = judged("E2C", costs, [1000] * 16)
    assert AlarmRule.COST_RISING in rules(found[-1])
    assert AlarmRule.COST_RISING not in rules(found[-3])


def test_sales_are_judged_by_two_whole_years():
    assert set(colours(judged("E5", [*FIRM, *(850,) * 11]))) <= {".", "g"}
    found = judged("E5", [*FIRM, *(940,) * 12])
    assert AlarmRule.YEAR in rules(found[-1])
    assert max(reason.colour.value for reason in found[-1].reasons if reason.rule is AlarmRule.YEAR) == "amber"
    assert judged("E5", [*FIRM, *(850,) * 12])[-1].colour is Colour.RED


def test_a_year_without_sales_is_no_base_for_a_percentage():
    assert AlarmRule.YEAR not in rules(judged("E5", [*(0,) * 12, *(5,) * 12])[-1])
    assert AlarmRule.YEAR not in rules(judged("E5", [*(-100,) * 12, *(-50,) * 12])[-1])


def test_the_hit_rate_needs_more_than_chance():
    base = ([40] * 12, [100] * 12)
    assert judged("E7", [*base[0], 36, 36, 36], [*base[1], 100, 100, 100])[-1].colour is Colour.GREEN
    assert judged("E7", [*base[0], 33, 33, 33], [*base[1], 100, 100, 100])[-1].colour is Colour.AMBER
    assert judged("E7", [*base[0], 24, 24, 24], [*base[1], 100, 100, 100])[-1].colour is Colour.RED


def test_stars_are_the_mean_of_the_last_ten_reviews():
    base = ([4.5] * 12, [5] * 12)
    assert judged("E11", [*base[0], 4.2], [*base[1], 5])[-1].colour is Colour.GREEN
    assert judged("E11", [*base[0], 4.2, 4.2], [*base[1], 5, 5])[-1].colour is Colour.AMBER
    assert judged("E11", [*base[0], 3.9, 3.9], [*base[1], 5, 5])[-1].colour is Colour.RED


def test_a_promoter_score_warns_only_beyond_chance():
    base = ([20] * 12, [40] * 12, [8] * 12)
    steady = judged("E11N", [*base[0], 18], [*base[1], 40], [*base[2], 9])
    assert steady[-1].colour is Colour.GREEN
    fallen = judged("E11N", [*base[0], 8], [*base[1], 40], [*base[2], 22])
    assert fallen[-1].colour is Colour.RED


# Chance


def test_quiet_firms_have_about_as_many_false_alarms_as_they_are_told():
    chance = random.Random(20)
    firms, amber, red = 60, 0, 0
    for count in (6, 9, 12):
        for _firm in range(firms):
            size = [chance.randint(150, 450) for _month in range(count + 12)]
            cases = [sum(chance.random() < 0.03 for _order in range(each)) for each in size]
            rows = cells("E2", cases, size)
            segment = begin_segment(INDICATORS["E2"], rows[:count], LATER, START)
            found = judge(INDICATORS["E2"], rows, [segment], LATER)[0][1][count:]
            amber += sum(each.colour is Colour.AMBER for each in found)
            red += sum(each.colour is Colour.RED for each in found)
    # Of twelve indicators in a year.
    assert 3.5 < 12 * amber / (3 * firms) < 6.5
    assert 1 < 12 * red / (3 * firms) < 4.5
