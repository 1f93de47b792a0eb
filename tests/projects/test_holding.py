"""Worse at once, better after seven whole days, and the same however often anybody looked."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.lib.json_data import from_json, to_json
from iciinsmes.projects.data import Gate, Light, LightRule
from iciinsmes.projects.rule_data import Finding, Held
from iciinsmes.projects.rules.holding import catch_up
from iciinsmes.projects.rules.keys import LightReason
from iciinsmes.projects.rules.lights import findings, overall
from iciinsmes.projects.rules.thresholds import STANDARD

from .rules_made import START, day, measure, milestone, numbers, pause, projects, quiet, risk

GREEN, BLUE, AMBER, RED = Light.GREEN, Light.BLUE, Light.AMBER, Light.RED
CALM = quiet()
AT_RISK = quiet(risks=(risk(8),))
IN_DANGER = quiet(risks=(risk(15),))


class Story:
    """A project looked at on change and by night, as the room does it."""

    def __init__(self, facts, number: int = 0) -> None:
        self.facts = facts
        self.looked: date | None = None
        self.held: dict[str, Held] = {}
        self.shown: tuple[Finding, ...] = ()
        self.look(number)

    def look(self, number: int) -> Light:
        self.held, self.shown = catch_up(self.held, self.facts, self.looked, day(number), STANDARD)
        self.looked = day(number)
        return self.light

    def change(self, facts, number: int) -> Light:
        self.look(number)
        self.facts = facts
        return self.look(number)

    @property
    def light(self) -> Light:
        return overall(each.light for each in self.shown)


@pytest.mark.parametrize("nights", [1, 7])
def test_seven_whole_days_pass_before_green(nights):
    story = Story(AT_RISK)
    assert story.change(CALM, 10) is AMBER
    for number in range(11, 17, nights):
        assert story.look(number) is AMBER
    assert story.look(17) is GREEN
    assert story.held == {}


def test_what_is_held_keeps_its_last_reason_and_says_until_when():
    story = Story(AT_RISK)
    story.change(CALM, 10)
    (found,) = story.shown
    assert (found.reason, found.values["score"], found.until) == (LightReason.RISK_OPEN, 8, day(17))


def test_worse_is_shown_at_once_also_from_amber_to_red():
    story = Story(CALM)
    assert story.change(AT_RISK, 3) is AMBER
    assert story.change(IN_DANGER, 3) is RED
    assert story.shown[0].until is None


def test_the_limit_is_met_on_the_way_in_without_any_days():
    story = Story(quiet(changed_on=None))
    assert [story.look(number) for number in (14, 15, 28, 29)] == [GREEN, AMBER, AMBER, RED]


def test_a_relapse_begins_the_seven_days_anew():
    story = Story(AT_RISK)
    story.change(CALM, 10)
    story.change(AT_RISK, 16)
    assert story.shown[0].until is None
    story.change(CALM, 16)
    assert [story.look(number) for number in (17, 22, 23)] == [AMBER, AMBER, GREEN]


def test_each_rule_counts_for_itself():
    both = quiet(risks=(risk(8),), milestones=(milestone(moved=2),))
    story = Story(both, 5)
    story.change(replace(both, risks=()), 5)
    story.change(CALM, 9)
    shown = []
    for number in (11, 12, 15, 16):
        story.look(number)
        shown.append([each.rule for each in story.shown])
    assert shown == [[LightRule.RISKS, LightRule.CHURN], [LightRule.CHURN], [LightRule.CHURN], []]


def test_red_becomes_amber_after_seven_days_and_both_reasons_are_seen_until_then():
    story = Story(IN_DANGER)
    assert story.change(AT_RISK, 4) is RED
    assert [(each.values["score"], each.until) for each in story.shown] == [(15, day(11)), (8, None)]
    assert story.look(10) is RED
    assert story.look(11) is AMBER
    assert [(each.values["score"], each.until) for each in story.shown] == [(8, None)]


def test_red_goes_by_way_of_amber_where_amber_was_said_later():
    story = Story(IN_DANGER)
    story.change(AT_RISK, 4)
    assert story.change(CALM, 8) is RED
    assert [story.look(number) for number in (10, 11, 14, 15)] == [RED, AMBER, AMBER, GREEN]


def test_red_that_is_gone_as_a_whole_leaves_no_amber_behind():
    story = Story(IN_DANGER)
    story.change(CALM, 4)
    assert [story.look(number) for number in (10, 11)] == [RED, GREEN]


def test_what_was_worse_only_for_an_hour_is_held():
    story = Story(CALM)
    story.change(AT_RISK, 5)
    assert story.change(CALM, 5) is AMBER
    assert [story.look(number) for number in (11, 12)] == [AMBER, GREEN]


def test_twenty_eight_missed_nights_change_nothing():
    diligent, careless = (Story(quiet(changed_on=None, milestones=(milestone(due=20),)), 1) for _ in range(2))
    for number in range(2, 30):
        diligent.look(number)
    careless.look(29)
    assert (careless.held, careless.shown) == (diligent.held, diligent.shown)
    assert careless.light is RED
    for story in (diligent, careless):
        story.change(replace(story.facts, changed_on=day(29), milestones=()), 29)
    for number in range(30, 36):
        assert diligent.look(number) is RED
    assert careless.look(35) is RED
    assert careless.look(36) is diligent.look(36) is GREEN


def test_what_was_mended_long_ago_and_never_looked_at_is_green():
    story = Story(AT_RISK)
    story.change(CALM, 10)
    assert story.look(1_000) is GREEN


def test_what_heals_by_time_alone_heals_on_the_same_day_for_everybody():
    """Hours spent early are over plan only until the plan has caught up."""
    early = quiet(measures=(measure(start=day(0), due=day(100), hours_planned=Decimal(100)),), hours=Decimal(22))
    careful = Story(early, 1)
    lights = [careful.look(number) for number in range(2, 40)]
    assert lights.index(AMBER) + 2 == 25, "red until the 17th, held until the 24th"
    assert lights.index(GREEN) + 2 == 27
    for number in (24, 25, 26, 27, 39):
        careless = Story(early, 1)
        assert careless.look(number) is lights[number - 2]


def test_a_pause_hides_what_it_suspends_and_stops_its_seven_days():
    facts = quiet(changed_on=None, pauses=(pause(23, 42),))
    story = Story(facts, 20)
    story.change(replace(facts, changed_on=day(20)), 20)
    assert story.shown[0].until == day(47), "three days before the pause, four after it"
    assert [story.look(number) for number in (22, 23, 42, 43, 46, 47)] == [AMBER, BLUE, BLUE, AMBER, AMBER, GREEN]


def test_a_pause_stops_no_other_days():
    story = Story(replace(AT_RISK, changed_on=None, pauses=(pause(5, 40),)), 4)
    story.change(replace(story.facts, risks=()), 5)
    assert [story.look(number) for number in (11, 12)] == [AMBER, BLUE]


def test_from_its_end_on_a_project_holds_nothing():
    story = Story(IN_DANGER)
    assert story.change(replace(IN_DANGER, ended_on=day(5)), 5) is GREEN
    assert (story.held, story.shown) == ({}, ())


def test_nothing_is_held_where_a_course_wants_none():
    thresholds = replace(STANDARD, hold_days=0)
    held, _shown = catch_up({}, IN_DANGER, None, day(1), thresholds)
    assert catch_up(held, CALM, day(1), day(1), thresholds) == ({}, ())


def test_a_clock_that_was_put_back_shows_today():
    held, _shown = catch_up({}, AT_RISK, None, day(9), STANDARD)
    assert catch_up(held, AT_RISK, day(9), day(3), STANDARD)[1] == findings(AT_RISK, day(3), STANDARD)


def day_by_day(held, facts, last, today):
    """What looking every night gives."""
    shown: tuple[Finding, ...] = ()
    while last < today:
        held, shown = catch_up(held, facts, last, last + timedelta(days=1), STANDARD)
        last += timedelta(days=1)
    return held, shown


@given(projects(), projects(), numbers, st.integers(1, 60), st.integers(1, 60))
def test_missed_nights_never_change_what_is_shown(before, facts, first, until, later):
    held, _shown = catch_up({}, before, None, day(first), STANDARD)
    held, _shown = day_by_day(held, before, day(first), day(first + until))
    held, _shown = catch_up(held, facts, day(first + until), day(first + until), STANDARD)
    last, today = day(first + until), day(first + until + later)
    assert catch_up(held, facts, last, today, STANDARD) == day_by_day(held, facts, last, today)


@pytest.mark.parametrize("pauses", [(), (pause(22, 40),), (pause(10, 20),), (pause(18, 21), pause(23, 26))])
@pytest.mark.parametrize("done", [19, 20, 21, 27])
def test_missed_nights_change_nothing_around_pauses(pauses, done):
    facts = quiet(
        milestones=(milestone(due=2, done_on=day(done)),),
        measures=(measure(start=day(0), due=day(100), hours_planned=Decimal(100)),),
        hours=Decimal(22),
        pauses=pauses,
    )
    before, _shown = catch_up({}, facts, None, day(4), STANDARD)
    for number in range(15, 60):
        assert catch_up(before, facts, day(4), day(number), STANDARD) == day_by_day(before, facts, day(4), day(number))


@given(projects(), projects(), numbers)
def test_looking_twice_on_one_day_is_looking_once(before, facts, number):
    held, _shown = catch_up({}, before, None, day(number), STANDARD)
    once = catch_up(held, facts, day(number), day(number), STANDARD)
    assert catch_up(once[0], facts, day(number), day(number), STANDARD) == once


@given(projects(), projects(), numbers, st.integers(0, 20))
def test_holding_never_makes_a_light_better_and_never_hides_a_reason(before, facts, number, later):
    held, _shown = catch_up({}, before, None, day(number), STANDARD)
    held, _shown = catch_up(held, facts, day(number), day(number), STANDARD)
    _held, shown = catch_up(held, facts, day(number), day(number + later), STANDARD)
    said = findings(facts, day(number + later), STANDARD)
    assert all(each in shown for each in said)
    assert all(each.until is None or each.until > day(number + later) for each in shown)
    for rule in LightRule:
        worst = max((each.light.severity for each in said if each.rule is rule), default=0)
        assert max((each.light.severity for each in shown if each.rule is rule), default=0) >= worst


@given(projects(with_pauses=False), projects(with_pauses=False), st.integers(0, 200))
def test_a_finding_that_is_held_is_gone_on_the_day_it_says(before, facts, number):
    held, _shown = catch_up({}, before, None, day(number), STANDARD)
    held, shown = catch_up(held, facts, day(number), day(number), STANDARD)
    for finding in shown:
        if finding.until is None:
            continue
        eve = catch_up(held, facts, day(number), finding.until - timedelta(days=1), STANDARD)[1]
        morning = catch_up(held, facts, day(number), finding.until, STANDARD)[1]
        relapsed = [each for each in eve if each.rule is finding.rule and each.until is None]
        assert relapsed or finding in eve or facts.ended_on
        assert finding not in morning


def test_what_is_remembered_is_kept_as_json():
    held, _shown = catch_up({}, IN_DANGER, None, START, STANDARD)
    assert {key: (each.light, each.better_since) for key, each in held.items()} == {
        "R8-red": (RED, None),
        "R8-amber": (AMBER, None),
    }
    assert held["R8-amber"] == Held(AMBER)
    kept = json.loads(json.dumps(to_json(held)))
    assert {key: from_json(Held, each) for key, each in kept.items()} == held
    assert catch_up({}, replace(IN_DANGER, passed={Gate.START: START}), None, START, STANDARD)[0] == held
