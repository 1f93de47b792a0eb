"""What is worse, older or missing never gives a better light."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.projects.data import Gate, LightRule
from iciinsmes.projects.rules.lights import findings
from iciinsmes.projects.rules.thresholds import STANDARD

from .rules_made import (
    START,
    amounts,
    day,
    kpi,
    kpis,
    lights,
    maybe,
    measure,
    measures,
    milestone,
    milestones,
    numbers,
    projects,
    quiet,
    risk,
    values,
)

AGREED: dict[int, date] = {Gate.GOAL: START}


def assert_never_better(before, after, today):
    """No rule says less of the second than of the first."""
    was, now = lights(before, today), lights(after, today)
    assert {rule for rule in LightRule if now[rule] < was[rule]} == set()


@given(projects(with_pauses=False), numbers, st.integers(1, 60))
def test_waiting_betters_nothing_but_what_was_spent_early(facts, today, later):
    facts = replace(facts, ended_on=None, milestones=tuple(replace(each, done_on=None) for each in facts.milestones))
    was, now = lights(facts, today), lights(facts, today + later)
    assert {rule for rule in LightRule if now[rule] < was[rule]} <= {LightRule.COSTS}


@given(projects(), numbers, maybe(numbers))
def test_an_older_last_change_is_never_better(facts, today, older):
    changed = None if older is None else min(day(older), facts.changed_on or START)
    assert_never_better(facts, replace(facts, changed_on=changed), today)


@given(projects(), milestones(), numbers)
def test_a_milestone_that_is_not_done_after_all_is_never_better(facts, one, today):
    done = replace(facts, milestones=(*facts.milestones, one))
    undone = replace(facts, milestones=(*facts.milestones, replace(one, done_on=None)))
    assert_never_better(done, undone, today)


@given(projects(), milestones(), numbers, numbers)
def test_a_milestone_done_later_or_moved_again_is_never_better(facts, one, today, later):
    later_done = None if one.done_on is None else max(one.done_on, day(later))
    worse = replace(one, done_on=later_done, moved=one.moved + 1)
    before, after = (replace(facts, milestones=(*facts.milestones, each)) for each in (one, worse))
    assert_never_better(before, after, today)


@given(projects(), kpis(), values, numbers)
def test_a_value_farther_from_the_target_is_never_better(facts, one, other, today):
    one = replace(one, last=one.last or Decimal(0), last_on=one.last_on or START)
    if one.baseline is not None and one.target is not None:
        far = min if one.target > one.baseline else max
        other = far(one.last, other)
    before, after = (replace(facts, kpis=(*facts.kpis, each)) for each in (one, replace(one, last=other)))
    if one.baseline is not None and one.target is not None:
        assert_never_better(before, after, today)


@given(projects(), kpis(), numbers, numbers)
def test_an_older_value_is_never_better(facts, one, older, today):
    older_one = replace(one, last_on=None if one.last_on is None else min(one.last_on, day(older)))
    before, after = (replace(facts, kpis=(*facts.kpis, each)) for each in (one, older_one))
    assert_never_better(before, after, today)


@given(kpis(), numbers)
def test_removing_the_last_value_is_never_better(one, today):
    before, after = (quiet(kpis=(each,), changed_on=None) for each in (one, replace(one, last=None, last_on=None)))
    assert_never_better(before, after, today)


@given(projects(), kpis(), st.sampled_from(["baseline", "baseline_on", "target", "target_on"]), numbers)
def test_once_it_is_due_nothing_that_a_kpi_lacks_is_better(facts, one, lost, today):
    facts = replace(facts, passed={**facts.passed, **AGREED})
    before, after = (replace(facts, kpis=(*facts.kpis, each)) for each in (one, replace(one, **{lost: None})))
    assert_never_better(before, after, today)
    without = replace(facts, kpis=())
    assert_never_better(replace(facts, kpis=(one,)), without, today)


@given(projects(), measures(), st.sampled_from([0, 50, 99]), numbers)
def test_a_measure_that_is_less_done_or_has_lost_its_owner_is_never_better(facts, one, done, today):
    worse = replace(one, done=min(one.done, done), has_owner=False)
    before, after = (replace(facts, measures=(*facts.measures, each)) for each in (one, worse))
    assert_never_better(before, after, today)


@given(projects(), measures(), numbers)
def test_a_measure_that_is_open_and_without_a_day_is_never_green(facts, one, today):
    facts = replace(facts, ended_on=None, pauses=(), measures=(*facts.measures, replace(one, due=None, done=0)))
    assert lights(facts, today)[LightRule.MEASURES] > 0


@given(projects(), measures(), numbers, numbers, numbers)
def test_costs_are_never_better_with_a_later_day_or_without_any(facts, one, due, start, today):
    first = replace(one, due=day(due), start=day(start))
    later = replace(first, due=day(due + today), start=day(start + 5))
    for worse in (later, replace(first, start=None), replace(first, due=None)):
        before, after = (replace(facts, measures=(*facts.measures, each)) for each in (first, worse))
        assert lights(after, today)[LightRule.COSTS] >= lights(before, today)[LightRule.COSTS]


@given(projects(), amounts, amounts, numbers)
def test_spending_more_is_never_better(facts, hours, cost, today):
    assert_never_better(facts, replace(facts, hours=facts.hours + hours, cost=facts.cost + cost), today)


@given(projects(), st.integers(0, 7), numbers)
def test_fewer_customers_and_no_agreement_are_never_better(facts, customers, today):
    worse = replace(facts, customers=min(customers, facts.customers), owner_agreed=False)
    assert_never_better(facts, worse, today)


@given(projects(), st.integers(1, 25), st.integers(1, 25), st.booleans(), numbers)
def test_a_higher_risk_or_one_without_measure_is_never_better(facts, one, other, has_measure, today):
    low, high = sorted([one, other])
    before = replace(facts, risks=(*facts.risks, risk(low, has_measure)))
    after = replace(facts, risks=(*facts.risks, risk(high, has_measure and low == high)))
    assert_never_better(before, after, today)


@given(projects(), st.sampled_from(Gate), numbers, numbers)
def test_a_gate_that_is_due_earlier_is_never_better(facts, gate, earlier, today):
    planned = min(day(earlier), facts.planned.get(gate, day(earlier)))
    assert_never_better(facts, replace(facts, planned={**facts.planned, gate: planned}), today)


@given(projects(), numbers)
def test_what_is_said_is_not_green_and_the_worst_comes_first(facts, today):
    found = findings(facts, day(today), STANDARD)
    severities = [each.light.severity for each in found]
    assert severities == sorted(severities, reverse=True)
    assert all(each.light.severity or each.rule is LightRule.PAUSE for each in found)
    assert all(isinstance(value, str | int) for each in found for value in each.values.values())


def test_the_examples_above_are_worth_something():
    bad = quiet(milestones=(milestone(due=1),), measures=(measure(due=day(1)),), kpis=(kpi(),), passed=AGREED)
    assert sum(lights(bad, 90).values()) == 8
