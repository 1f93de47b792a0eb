"""Each rule just below, at and above each of its limits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from iciinsmes.projects.data import Gate, Light, LightRule
from iciinsmes.projects.rules.keys import Action, LightReason
from iciinsmes.projects.rules.lights import RULES, SUSPENDED, overall

from .rules_made import (
    GOAL_DUE,
    INSIGHT_DUE,
    day,
    kpi,
    light,
    measure,
    milestone,
    pause,
    quiet,
    risk,
    said,
)

GREEN, BLUE, AMBER, RED = Light.GREEN, Light.BLUE, Light.AMBER, Light.RED
AGREED: dict[int, date] = {Gate.GOAL: day(0)}


def test_of_a_quiet_project_nothing_is_said():
    assert said(quiet(), 50) == []
    assert light(quiet(), 50) is GREEN


@pytest.mark.parametrize(("days", "expected"), [(0, GREEN), (14, GREEN), (15, AMBER), (28, AMBER), (29, RED)])
def test_silence_is_counted_from_the_last_real_change(days, expected):
    assert light(quiet(changed_on=day(40)), 40 + days, LightRule.SILENCE) is expected
    assert light(quiet(changed_on=None), days, LightRule.SILENCE) is expected


def test_a_change_from_before_the_start_is_none():
    assert light(quiet(changed_on=day(-40)), 14) is GREEN


@pytest.mark.parametrize(("days", "expected"), [(14, GREEN), (15, AMBER), (28, AMBER), (29, RED)])
def test_days_of_pauses_are_no_silence(days, expected):
    facts = quiet(changed_on=day(0), pauses=(pause(5, 14), pause(10, 24)))
    assert light(facts, 20 + days) is expected, "days 5 to 24 do not count, and what both have counts once"


@pytest.mark.parametrize(("days", "expected"), [(0, GREEN), (1, AMBER), (14, AMBER), (15, RED)])
def test_a_milestone_is_overdue_from_the_day_after(days, expected):
    facts = quiet(milestones=(milestone(due=30), *(milestone(number, weight=9) for number in range(1, 5))))
    assert light(facts, 30 + days, LightRule.MILESTONES) is expected


def test_two_milestones_overdue_are_red_at_once_and_both_are_named():
    facts = quiet(milestones=(milestone(1, due=30), milestone(2, due=29)))
    assert light(facts, 30, LightRule.MILESTONES) is AMBER
    (found,) = [each for each in said(facts, 31) if each.rule is LightRule.MILESTONES]
    assert (found.light, found.reason) == (RED, LightReason.MILESTONES_OVERDUE)
    assert found.values == {"count": 2, "days": 2, "titles": "Milestone 2, Milestone 1"}


def test_what_was_done_late_is_not_overdue():
    late = quiet(milestones=(milestone(due=30, done_on=day(60)),), measures=(measure(due=day(30), done=100),))
    assert light(late, 59, LightRule.MILESTONES) is RED
    assert light(late, 60) is GREEN


@pytest.mark.parametrize(
    ("weights", "expected"), [((9, 91), GREEN), ((10, 90), AMBER), ((24, 76), AMBER), ((25, 75), RED), ((5, 0), RED)]
)
def test_progress_compares_weights(weights, expected):
    due, rest = weights
    facts = quiet(milestones=(milestone(1, due=30, weight=due), milestone(2, weight=rest)))
    assert light(facts, 30, LightRule.PROGRESS) is GREEN, "what is due today may still be done today"
    assert light(facts, 31, LightRule.PROGRESS) is expected


def test_progress_counts_what_was_done_early():
    early = milestone(2, due=90, weight=30, done_on=day(20))
    facts = quiet(milestones=(milestone(1, due=30, weight=30), early, milestone(3, weight=40)))
    assert light(facts, 31, LightRule.PROGRESS) is GREEN
    assert light(facts, 91, LightRule.PROGRESS) is RED


@pytest.mark.parametrize(
    ("today", "last", "expected"),
    [
        (49, 210, GREEN),
        (50, 140, GREEN),
        (50, "140.1", AMBER),
        (50, 170, AMBER),
        (50, "170.1", RED),
        (50, 100, GREEN),
        (50, 210, RED),
        (100, 80, GREEN),
        (100, "80.1", AMBER),
        (100, 140, AMBER),
        (100, "140.1", RED),
        (400, 0, GREEN),
        (400, -9, GREEN),
    ],
)
def test_a_kpi_is_compared_with_time_from_half_time_on(today, last, expected):
    facts = quiet(passed=AGREED, kpis=(kpi(last=Decimal(last), last_on=day(40)),))
    assert light(facts, today, LightRule.KPIS) is expected


@pytest.mark.parametrize(("actual", "expected"), [("0.4", GREEN), ("0.3999", AMBER), ("0.2", AMBER), ("0.1999", RED)])
def test_limits_are_met_exactly_where_time_is_no_round_share(actual, expected):
    facts = quiet(
        passed=AGREED,
        kpis=(kpi(baseline=Decimal(0), target=Decimal(1), target_on=day(3), last=Decimal(actual), last_on=day(0)),),
    )
    assert light(facts, 2, LightRule.KPIS) is expected


@pytest.mark.parametrize(("last", "reason"), [(220, LightReason.KPI_SLOW), ("220.1", LightReason.KPI_FALLEN)])
def test_what_is_clearly_worse_than_at_the_start_is_called_so(last, reason):
    (found,) = said(quiet(passed=AGREED, kpis=(kpi(last=Decimal(last), last_on=day(40)),)), 50)
    assert (found.light, found.reason) == (RED, reason)


def test_a_kpi_says_how_far_it_is_and_how_far_time_is():
    (found,) = said(quiet(passed=AGREED, kpis=(kpi(last=Decimal(210), last_on=day(40)),)), 50)
    assert (found.reason, found.action) == (LightReason.KPI_SLOW, Action.CHANGE_MEASURES)
    assert found.values == {"name": "Complaints", "attainment": "-0.05", "time": "0.5"}


def test_a_kpi_that_was_never_measured_is_no_target_reached():
    (found,) = said(quiet(passed=AGREED, kpis=(kpi(),)), 50)
    assert (found.light, found.reason) == (RED, LightReason.KPI_UNMEASURED)
    assert said(quiet(passed=AGREED, kpis=(kpi(),)), 49) == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"baseline": None}, LightReason.KPI_NO_BASELINE),
        ({"target": None}, LightReason.KPI_NO_TARGET),
        ({"target_on": None}, LightReason.KPI_NO_TARGET_DAY),
    ],
)
def test_what_a_kpi_lacks_is_red_once_its_goal_is_agreed_or_should_be(change, reason):
    kpis = (kpi(**change),)
    planned = quiet(planned={Gate.GOAL: day(GOAL_DUE)}, kpis=kpis)
    assert said(planned, GOAL_DUE - 1) == []
    for facts, today in ((planned, GOAL_DUE), (quiet(passed=AGREED, kpis=kpis), 1)):
        (found,) = said(facts, today)
        assert (found.light, found.reason, found.entry) == (RED, reason, kpis[0].id)


def test_a_project_without_kpi_is_red_once_it_should_have_one():
    facts = quiet(planned={Gate.GOAL: day(GOAL_DUE)})
    assert said(facts, GOAL_DUE - 1) == []
    assert [each.reason for each in said(facts, GOAL_DUE)] == [LightReason.NO_KPI]


def test_a_target_that_is_the_baseline_is_named_and_not_judged():
    (found,) = said(quiet(passed=AGREED, kpis=(kpi(target=Decimal("200.0"), last=Decimal(900)),)), 90)
    assert (found.light, found.reason) == (AMBER, LightReason.KPI_TARGET_IS_BASELINE)


@pytest.mark.parametrize(("days", "expected"), [(62, GREEN), (63, AMBER), (300, AMBER)])
@pytest.mark.parametrize("dates", [{"baseline_on": day(10)}, {"last": Decimal(0), "last_on": day(10)}])
def test_two_intervals_without_a_value_are_amber(days, expected, dates):
    facts = quiet(kpis=(kpi(interval_days=31, target_on=day(9_000), **dates),))
    assert light(facts, 10 + days, LightRule.KPIS) is expected


@pytest.mark.parametrize(("days", "expected"), [(62, GREEN), (63, AMBER)])
def test_values_are_not_missed_in_a_pause_or_before_the_start(days, expected):
    kpis = (kpi(interval_days=31, target_on=day(9_000), baseline_on=day(-200)),)
    assert light(quiet(kpis=kpis), days) is expected
    assert light(quiet(kpis=kpis, pauses=(pause(5, 14),)), 10 + days) is expected


def test_of_value_and_baseline_the_later_day_counts():
    dates = {"baseline_on": day(10), "last": Decimal(0), "last_on": day(0)}
    facts = quiet(kpis=(kpi(interval_days=31, target_on=day(9_000), **dates),))
    assert [light(facts, 10 + days) for days in (62, 63)] == [GREEN, AMBER]


def test_each_kpi_has_its_worst_reason():
    slow = kpi(id=UUID(int=2), last=Decimal(150), last_on=day(1), interval_days=7)
    lost = kpi(last=Decimal(210), last_on=day(1), interval_days=7)
    facts = quiet(passed=AGREED, kpis=(slow, lost))
    assert [(each.light, each.reason) for each in said(facts, 50)] == [
        (RED, LightReason.KPI_SLOW),
        (AMBER, LightReason.KPI_SLOW),
    ]


@pytest.mark.parametrize(
    ("overdue", "done", "rest", "expected"),
    [(1, 1, 2, GREEN), (2, 1, 4, AMBER), (1, 0, 1, AMBER), (2, 2, 0, AMBER), (3, 1, 1, RED), (1, 0, 0, RED)],
)
def test_measures_turn_by_the_share_that_is_overdue(overdue, done, rest, expected):
    facts = quiet(
        measures=(
            *(measure(number, due=day(30)) for number in range(overdue)),
            *(measure(number, due=day(30), done=100) for number in range(overdue, overdue + done)),
            *(measure(number, due=day(90)) for number in range(overdue + done, overdue + done + rest)),
        )
    )
    assert light(facts, 30) is GREEN, "what is due today may still be done today"
    assert light(facts, 31) is expected


@pytest.mark.parametrize("change", [{"has_owner": False}, {"due": None}])
def test_a_measure_without_owner_or_day_is_amber_at_once(change):
    (found,) = said(quiet(measures=(measure(1), measure(2, **change))), 0)
    assert (found.light, found.reason, found.entry) == (AMBER, LightReason.MEASURES_OPEN_ENDED, measure(2).id)
    assert said(quiet(measures=(measure(2, done=100, **change),)), 0) == []


def test_blocked_measures_are_named():
    facts = quiet(
        measures=(
            measure(1, due=day(3)),
            measure(2, blocked=True),
            measure(3, blocked=True, done=100),
            *(measure(number, has_owner=False) for number in range(4, 8)),
        )
    )
    (found,) = said(facts, 4)
    assert found.values == {"count": 4, "titles": "Measure 4, Measure 5, Measure 6", "blocked": "Measure 2"}
    late = replace(facts, measures=facts.measures[:2])
    assert said(late, 4)[0].values == {"overdue": 1, "count": 2, "titles": "Measure 1", "blocked": "Measure 2"}


@pytest.mark.parametrize(
    ("customers", "expected", "reason"),
    [(0, RED, LightReason.NO_CUSTOMERS), (1, AMBER, LightReason.FEW_CUSTOMERS), (4, AMBER, LightReason.FEW_CUSTOMERS)],
)
def test_customers_are_heard_by_the_day_planned_for_g2(customers, expected, reason):
    facts = quiet(planned={Gate.INSIGHT: day(INSIGHT_DUE)}, customers=customers)
    assert said(facts, INSIGHT_DUE - 1) == []
    (found,) = said(facts, INSIGHT_DUE)
    assert (found.light, found.reason) == (expected, reason)
    assert said(replace(facts, customers=5), INSIGHT_DUE) == []


@pytest.mark.parametrize(("spent", "expected"), [("110", GREEN), ("110.1", AMBER), ("125", AMBER), ("125.1", RED)])
@pytest.mark.parametrize("of", ["hours", "cost"])
def test_what_is_spent_is_compared_with_what_was_planned_to_date(of, spent, expected):
    planned = f"{of}_planned"
    facts = quiet(
        measures=(
            measure(1, start=day(0), due=day(50), **{planned: Decimal(60)}),
            measure(2, start=day(40), due=day(70), **{planned: Decimal(120)}),
            measure(3, start=day(50), due=day(70), **{planned: Decimal(500)}),
            measure(4, due=day(51), **{planned: Decimal(500)}),
        ),
        **{of: Decimal(spent)},
    )
    assert light(facts, 50, LightRule.COSTS) is expected, "60 of the first, a third of the second"


def test_thirds_add_up_to_a_whole():
    third = {"start": day(0), "due": day(3), "hours_planned": Decimal(10)}
    measures = tuple(measure(number, **third) for number in range(3))
    assert light(quiet(measures=measures, hours=Decimal(11)), 1) is GREEN
    (found,) = said(quiet(measures=measures, hours=Decimal("11.25")), 1)
    assert found.values == {"spent": "11.25", "planned": "10", "ratio": "1.125"}


def test_hours_and_cost_are_two_findings():
    facts = quiet(
        measures=(measure(due=day(5), done=100, hours_planned=Decimal(1), cost_planned=Decimal(1)),),
        hours=Decimal(2),
        cost=Decimal("1.2"),
    )
    assert [(each.reason, each.light) for each in said(facts, 5)] == [
        (LightReason.HOURS_OVER, RED),
        (LightReason.COST_OVER, AMBER),
    ]


def test_without_any_plan_nothing_is_over_it_and_before_its_first_day_everything_is():
    assert said(quiet(measures=(measure(),), hours=Decimal(99), cost=Decimal(99)), 5) == []
    facts = quiet(measures=(measure(start=day(9), due=day(20), hours_planned=Decimal(8)),), hours=Decimal(1))
    (found,) = said(facts, 9)
    assert (found.light, found.reason, found.values) == (RED, LightReason.HOURS_EARLY, {"spent": "1"})
    assert said(replace(facts, hours=Decimal(0)), 9) == []


@pytest.mark.parametrize(("score", "expected"), [(7, GREEN), (8, AMBER), (14, AMBER), (15, RED), (25, RED)])
def test_risks_count_by_score_as_long_as_nothing_is_done(score, expected):
    assert light(quiet(risks=(risk(score),)), 0) is expected
    assert light(quiet(risks=(risk(score, has_measure=True),)), 0) is GREEN


@pytest.mark.parametrize(("moved", "expected"), [(1, GREEN), (2, AMBER), (3, RED)])
def test_a_milestone_that_moves_and_moves(moved, expected):
    assert light(quiet(milestones=(milestone(moved=moved),)), 5) is expected
    assert light(quiet(milestones=(milestone(moved=moved, done_on=day(5)),)), 5) is GREEN


def test_two_milestones_moved_once_are_not_one_moved_twice():
    assert light(quiet(milestones=(milestone(1, moved=1), milestone(2, moved=1))), 0) is GREEN


def test_the_owner_agrees_by_g1():
    facts = quiet(planned={Gate.GOAL: day(GOAL_DUE)}, kpis=(kpi(),), owner_agreed=False)
    assert said(facts, GOAL_DUE - 1) == []
    (found,) = said(facts, GOAL_DUE)
    assert (found.rule, found.light) == (LightRule.APPROVAL, RED)
    assert light(replace(facts, planned={}, passed=AGREED), 1, LightRule.APPROVAL) is RED


def bad_everywhere(**changes):
    return quiet(
        planned={Gate.GOAL: day(1), Gate.INSIGHT: day(1)},
        changed_on=None,
        kpis=(kpi(),),
        measures=(measure(due=day(2), hours_planned=Decimal(1)),),
        milestones=(milestone(due=2, moved=4),),
        risks=(risk(20),),
        customers=0,
        hours=Decimal(9),
        owner_agreed=False,
        **changes,
    )


def test_every_rule_can_be_red_and_the_worst_comes_first():
    assert [each.rule for each in said(bad_everywhere(), 99)] == [rule for rule in RULES if rule is not LightRule.PAUSE]
    mixed = bad_everywhere(pauses=(pause(99, 99),))
    severities = [each.light.severity for each in said(replace(mixed, customers=1), 99)]
    assert severities == sorted(severities, reverse=True)


def test_a_pause_is_blue_and_suspends_what_is_about_time():
    facts = bad_everywhere(pauses=(pause(60, 99),))
    for today in (60, 99):
        assert SUSPENDED.isdisjoint({each.rule for each in said(facts, today)})
        assert light(facts, today) is RED, "what is agreed, spent and heard goes on"
    assert {each.rule for each in said(facts, 59)} & {each.rule for each in said(facts, 100)} >= SUSPENDED


def test_a_pause_of_a_project_without_other_trouble_is_blue():
    facts = quiet(changed_on=None, pauses=(pause(20, 40),))
    assert [light(facts, today) for today in (19, 20, 40, 41)] == [AMBER, BLUE, BLUE, AMBER]
    assert said(facts, 30)[0].values == {"last": day(40).isoformat()}


def test_from_its_last_day_on_a_project_has_no_light():
    facts = bad_everywhere(ended_on=day(99), pauses=(pause(99, 120),))
    assert said(facts, 98) != []
    assert said(facts, 99) == said(facts, 100) == []


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ((), GREEN),
        ((GREEN,), GREEN),
        ((GREEN, BLUE), BLUE),
        ((AMBER, BLUE), AMBER),
        ((AMBER, RED, BLUE), RED),
    ],
)
def test_the_whole_is_as_bad_as_its_worst_rule(found, expected):
    assert overall(found) is expected
