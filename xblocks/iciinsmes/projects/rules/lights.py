"""The lights of a project: one small function a rule, and what all of them say together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from ..data import Gate, Light, LightRule, ProjectPart
from ..rule_data import Facts, Finding
from .days import active_days, is_due, pause_on
from .keys import Action, LightReason
from .kpi_rule import kpis
from .plan_rules import churn, costs, measures, milestones, progress
from .thresholds import Thresholds

#: What a pause suspends (R12): rules about the firm's time, not about what it has agreed, spent and heard.
SUSPENDED = frozenset({LightRule.SILENCE, LightRule.MILESTONES, LightRule.PROGRESS, LightRule.KPIS, LightRule.MEASURES})


def findings(facts: Facts, today: date, thresholds: Thresholds) -> tuple[Finding, ...]:
    """Return what the rules say of a project on a day, the worst first, then in the order of the rules.

    Only what is not green, and the pause that runs. From the day on which the project has ended there is nothing.
    """
    if has_ended(facts, today):
        return ()
    paused = pause_on(facts.pauses, today) is not None
    found = [
        finding
        for rule, say in RULES.items()
        if not (paused and rule in SUSPENDED)
        for finding in say(facts, today, thresholds)
    ]
    return tuple(sorted(found, key=lambda finding: -finding.light.severity))


def overall(lights: Iterable[Light]) -> Light:
    """Return the light of the whole: the worst one; blue where nothing is amber or red and the project has a pause."""
    given = set(lights)
    return next((light for light in (Light.RED, Light.AMBER, Light.BLUE) if light in given), Light.GREEN)


def has_ended(facts: Facts, today: date) -> bool:
    """Tell whether the project was finished or stopped, on that day or before."""
    return facts.ended_on is not None and today >= facts.ended_on


def silence(facts: Facts, today: date, thresholds: Thresholds) -> Iterator[Finding]:
    """R1: days since the last real change, else since the start; days of pauses do not count."""
    days = active_days(facts.pauses, max(facts.started, facts.changed_on or facts.started), today)
    if days > thresholds.silence_amber_days:
        light = Light.RED if days > thresholds.silence_red_days else Light.AMBER
        yield Finding(
            LightRule.SILENCE, light, LightReason.SILENT, Action.WRITE_DIARY, ProjectPart.DIARY, {"days": days}
        )


def customers(facts: Facts, today: date, thresholds: Thresholds) -> Iterator[Finding]:
    """R6: customers heard by the day for which G2 is planned: none is red, too few is amber."""
    if facts.customers < thresholds.customers and is_due(Gate.INSIGHT, facts, today):
        none = facts.customers == 0
        light, reason = (Light.RED, LightReason.NO_CUSTOMERS) if none else (Light.AMBER, LightReason.FEW_CUSTOMERS)
        values = {"count": facts.customers, "need": thresholds.customers}
        yield Finding(LightRule.CUSTOMERS, light, reason, Action.ASK_CUSTOMERS, ProjectPart.CUSTOMERS, values)


def risks(facts: Facts, today: date, thresholds: Thresholds) -> Iterator[Finding]:
    """R8: risks that nothing is done about, by probability times impact."""
    for risk in facts.risks:
        if not risk.has_measure and risk.score >= thresholds.risk_amber:
            light = Light.RED if risk.score >= thresholds.risk_red else Light.AMBER
            values = {"title": risk.title, "score": risk.score}
            yield Finding(
                LightRule.RISKS, light, LightReason.RISK_OPEN, Action.ADD_MEASURE, ProjectPart.PLAN, values, risk.id
            )


def approval(facts: Facts, today: date, thresholds: Thresholds) -> Iterator[Finding]:
    """R10: G1 is passed, or the day for which it is planned has come, without the owner's yes."""
    if not facts.owner_agreed and is_due(Gate.GOAL, facts, today):
        yield Finding(LightRule.APPROVAL, Light.RED, LightReason.NOT_AGREED, Action.ASK_OWNER, ProjectPart.GATES, {})


def pause(facts: Facts, today: date, thresholds: Thresholds) -> Iterator[Finding]:
    """R12: a declared pause runs."""
    running = pause_on(facts.pauses, today)
    if running is not None:
        values = {"last": running.last.isoformat()}
        yield Finding(LightRule.PAUSE, Light.BLUE, LightReason.PAUSED, Action.GO_ON, ProjectPart.WHOLE, values)


#: The rules of a project's own light; R11 is about staff.
RULES: Mapping[LightRule, Callable[[Facts, date, Thresholds], Iterator[Finding]]] = {
    LightRule.SILENCE: silence,
    LightRule.MILESTONES: milestones,
    LightRule.PROGRESS: progress,
    LightRule.KPIS: kpis,
    LightRule.MEASURES: measures,
    LightRule.CUSTOMERS: customers,
    LightRule.COSTS: costs,
    LightRule.RISKS: risks,
    LightRule.CHURN: churn,
    LightRule.APPROVAL: approval,
    LightRule.PAUSE: pause,
}
