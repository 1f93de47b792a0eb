"""Projects as the rules see them: a quiet one to change, and any at all."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from hypothesis import strategies as st

from iciinsmes.projects.data import Gate, Light, LightRule
from iciinsmes.projects.rule_data import (
    Facts,
    Finding,
    KpiFacts,
    MeasureFacts,
    MilestoneFacts,
    PauseFacts,
    RiskFacts,
    TestFacts,
)
from iciinsmes.projects.rules.lights import findings, overall
from iciinsmes.projects.rules.thresholds import STANDARD

START = date(2026, 3, 2)
GOAL_DUE, INSIGHT_DUE = 20, 48


def day(number: int) -> date:
    """A day of the project, counted from its first day, which is 0."""
    return START + timedelta(days=number)


def kpi(**changes) -> KpiFacts:
    """From 200 down to 0 within 100 days, measured often."""
    usual = {
        "id": UUID(int=1),
        "name": "Complaints",
        "rising": False,
        "baseline": Decimal(200),
        "baseline_on": day(0),
        "target": Decimal(0),
        "target_on": day(100),
        "interval_days": 3_000,
        "has_source": True,
        "has_unit": True,
    }
    return KpiFacts(**{**usual, **changes})


def measure(number: int = 0, **changes) -> MeasureFacts:
    usual = {"id": UUID(int=100 + number), "title": f"Measure {number}", "has_owner": True, "due": day(1_000)}
    return MeasureFacts(**{**usual, **changes})


def milestone(number: int = 0, due: int = 1_000, **changes) -> MilestoneFacts:
    usual = {"id": UUID(int=200 + number), "title": f"Milestone {number}", "due": day(due), "original": day(due)}
    return MilestoneFacts(**{**usual, **changes})


def risk(score: int, has_measure: bool = False) -> RiskFacts:
    return RiskFacts(UUID(int=300 + score), "Supplier", score, has_measure)


def card(customers: int = 5, threshold=True, result=True, decided=True, number: int = 0) -> TestFacts:
    return TestFacts(UUID(int=400 + number), customers, threshold, result, decided)


def pause(first: int, last: int) -> PauseFacts:
    return PauseFacts(day(first), day(last))


def quiet(**changes) -> Facts:
    """A project of which no rule says anything, as long as it changes on its thousandth day."""
    usual = {
        "started": START,
        "planned": {},
        "passed": {},
        "changed_on": day(1_000),
        "customers": 9,
        "owner_agreed": True,
    }
    return Facts(**{**usual, **changes})


def said(facts: Facts, number: int, thresholds=STANDARD) -> list[Finding]:
    return list(findings(facts, day(number), thresholds))


def light(facts: Facts, number: int, rule: LightRule | None = None, thresholds=STANDARD) -> Light:
    """The light of a rule, or of the whole, on a day of the project."""
    return overall(each.light for each in said(facts, number, thresholds) if rule in (None, each.rule))


def lights(facts: Facts, number: int) -> dict[LightRule, int]:
    """How bad each rule is on a day of the project."""
    found = dict.fromkeys(LightRule, 0)
    for each in said(facts, number):
        found[each.rule] = max(found[each.rule], each.light.severity)
    return found


numbers = st.integers(0, 150)
days = numbers.map(day)
amounts = st.decimals(0, 100, places=1)
values = st.decimals(-50, 300, places=1)


def maybe(strategy):
    return st.none() | strategy


@st.composite
def kpis(draw) -> KpiFacts:
    has_value = draw(st.booleans())
    return kpi(
        id=UUID(int=draw(st.integers(1, 9))),
        baseline=draw(maybe(values)),
        baseline_on=draw(maybe(days)),
        target=draw(maybe(values)),
        target_on=draw(maybe(days)),
        interval_days=draw(st.sampled_from([7, 31, 92])),
        last=draw(values) if has_value else None,
        last_on=draw(days) if has_value else None,
    )


@st.composite
def measures(draw) -> MeasureFacts:
    return measure(
        draw(st.integers(0, 9)),
        has_owner=draw(st.booleans()),
        due=draw(maybe(days)),
        start=draw(maybe(days)),
        done=draw(st.sampled_from([0, 50, 99, 100])),
        blocked=draw(st.booleans()),
        effort=draw(st.booleans()),
        hours_planned=draw(amounts),
        cost_planned=draw(amounts),
    )


@st.composite
def milestones(draw) -> MilestoneFacts:
    return milestone(
        draw(st.integers(0, 9)),
        due=draw(numbers),
        weight=draw(st.integers(1, 10)),
        done_on=draw(maybe(days)),
        moved=draw(st.integers(0, 4)),
    )


@st.composite
def pauses(draw) -> tuple[PauseFacts, ...]:
    """Up to two, also ones that share days, as merged projects may have them."""
    firsts = draw(st.lists(numbers, max_size=2))
    return tuple(pause(first, first + draw(st.integers(0, 40))) for first in firsts)


def some(strategy, most: int = 3):
    return st.lists(strategy, max_size=most).map(tuple)


@st.composite
def projects(draw, with_pauses=True) -> Facts:
    """Any project, with whatever is missing or out of order."""
    return Facts(
        started=START,
        planned=draw(st.dictionaries(st.sampled_from(Gate), days)),
        passed=draw(st.dictionaries(st.sampled_from(Gate), days)),
        changed_on=draw(maybe(days)),
        kpis=draw(some(kpis())),
        measures=draw(some(measures())),
        milestones=draw(some(milestones())),
        risks=draw(some(st.builds(risk, st.integers(1, 25), st.booleans()))),
        pauses=draw(pauses()) if with_pauses else (),
        customers=draw(st.integers(0, 7)),
        hours=draw(amounts),
        cost=draw(amounts),
        owner_agreed=draw(st.booleans()),
        ended_on=draw(st.none() | st.none() | days),
    )
