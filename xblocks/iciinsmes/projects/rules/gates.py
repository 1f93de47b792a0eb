"""The gates: what must be there, who decides, what may be asked, and when one may go back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from math import ceil

from ..data import DECIDERS, LOOP, Decider, Gate, ProjectPart
from ..rule_data import Checked, CheckItem, Facts, KpiFacts, MeasureFacts, TestFacts
from .lights import has_ended
from .thresholds import STANDARD, Thresholds

_KPIS = 3
_METHODS = 2
_INSIGHTS = 3
_IDEAS = 10
_COMPLETE = 100
#: Percent of the measures that are done at G7.
_DONE = 80


class GateProblem(StrEnum):
    """Why a decision may not be asked for; `labels` has a sentence for each."""

    NOT_NEXT = "gate_not_next"
    ENDED = "gate_ended"
    FEW_TESTS = "gate_few_tests"


def checklist(
    gate: Gate, facts: Facts, checked: Checked, today: date, thresholds: Thresholds = STANDARD
) -> tuple[CheckItem, ...]:
    """Return what must be there at a gate and how much of it is; values of days to come are not there yet.

    Args:
        gate: any of them, passed or not.
        facts: of the project.
        checked: what is counted beside them.
        today: the day of the question.
        thresholds: of the course run.
    """
    return tuple(_CHECKLISTS[gate](facts, checked, today, thresholds))


def ask_problems(gate: Gate, facts: Facts, today: date, thresholds: Thresholds = STANDARD) -> tuple[GateProblem, ...]:
    """Return why a decision at a gate may not be asked for; empty when it may.

    Only the gate that the project stands before can be decided. What is missing in its checklist is for those to judge
    who decide; only G6 waits until enough customers have tested (R6).
    """
    problems = []
    if has_ended(facts, today):
        problems.append(GateProblem.ENDED)
    if gate != facts.gate:
        problems.append(GateProblem.NOT_NEXT)
    elif gate is Gate.TEST and _tested(facts) < thresholds.test_customers:
        problems.append(GateProblem.FEW_TESTS)
    return tuple(problems)


def may_go_back(at: Gate | None, to: Gate) -> bool:
    """Tell whether a project before one gate may go back before another: between G2 and G6, without penalty."""
    first, last = LOOP
    return at is not None and first <= to < at <= last


def deciders(gate: Gate, *, owner_is_learner: bool, has_coach: bool, has_owner_contact: bool) -> tuple[Decider, ...]:
    """Return who decides at a gate; never empty, each once.

    The coach decides where the owner is a learner of the project, as in a firm of one person, or cannot be reached; the
    teacher where there is no coach. A learner decides G3 alone.
    """
    found = []
    is_owner_out = owner_is_learner or not has_owner_contact
    for usual in DECIDERS[gate]:
        decider = Decider.COACH if usual is Decider.OWNER and is_owner_out else usual
        found.append(Decider.TEACHER if decider is Decider.COACH and not has_coach else decider)
    return tuple(dict.fromkeys(found))


def _start(facts: Facts, checked: Checked, today: date, thresholds: Thresholds) -> Iterable[CheckItem]:
    yield _yes("trigger", ProjectPart.CHARTER, checked.trigger)
    yield _yes("trade", ProjectPart.CHARTER, checked.trade)
    yield _yes("sponsor", ProjectPart.CHARTER, checked.sponsor)
    yield _yes("coach", ProjectPart.CHARTER, checked.coach)
    yield _yes("confidentiality", ProjectPart.CHARTER, checked.confidentiality)


def _goal(facts: Facts, checked: Checked, today: date, thresholds: Thresholds) -> Iterable[CheckItem]:
    yield _yes("self_check", ProjectPart.CHARTER, checked.self_check)
    yield _yes("signals", ProjectPart.CHARTER, checked.signals)
    yield _yes("goal", ProjectPart.CHARTER, checked.goal)
    whole = [kpi for kpi in facts.kpis if _is_whole(kpi, today)]
    yield CheckItem(
        "kpis",
        ProjectPart.KPIS,
        done=len(whole) == len(facts.kpis) and 1 <= len(whole) <= _KPIS,
        have=len(whole),
        need=max(len(facts.kpis), 1),
    )


def _insight(facts: Facts, checked: Checked, today: date, thresholds: Thresholds) -> Iterable[CheckItem]:
    yield _count("customers", ProjectPart.CUSTOMERS, facts.customers, thresholds.customers)
    yield _count("methods", ProjectPart.CUSTOMERS, checked.methods, _METHODS)
    yield _count("insights", ProjectPart.CUSTOMERS, checked.insights, _INSIGHTS)


def _ideas(facts: Facts, checked: Checked, today: date, thresholds: Thresholds) -> Iterable[CheckItem]:
    yield _count("ideas", ProjectPart.IDEAS, checked.ideas, _IDEAS)
    yield _count("customer_ideas", ProjectPart.IDEAS, checked.customer_ideas, ceil(max(checked.ideas, _IDEAS) / 2))


def _choice(facts: Facts, checked: Checked, today: date, thresholds: Thresholds) -> Iterable[CheckItem]:
    yield _yes("scored", ProjectPart.IDEAS, checked.scored)
    yield _yes("recommendation", ProjectPart.IDEAS, checked.recommendation)
    yield _yes("kill_criteria", ProjectPart.CHARTER, checked.kill_criteria)
    yield _yes("resources", ProjectPart.CHARTER, checked.resources)


def _concept(facts: Facts, checked: Checked, today: date, thresholds: Thresholds) -> Iterable[CheckItem]:
    yield _yes("value_proposition", ProjectPart.CHARTER, checked.value_proposition)
    yield _yes("assumptions", ProjectPart.TESTS, checked.assumptions)
    planned = sum(1 for measure in facts.measures if _is_planned(measure))
    yield _count("measures", ProjectPart.PLAN, planned, max(len(facts.measures), 1))
    yield _yes("business_case", ProjectPart.CHARTER, checked.business_case)


def _test(facts: Facts, checked: Checked, today: date, thresholds: Thresholds) -> Iterable[CheckItem]:
    """All of it on one card: customers of one and the result of another prove nothing together."""
    need = thresholds.test_customers
    best = max(facts.tests, key=lambda test: _worth(test, need), default=None)
    yield _count("test_cards", ProjectPart.TESTS, len(facts.tests), 1)
    yield _count("test_customers", ProjectPart.TESTS, best.customers if best else 0, need)
    yield _yes("test_result", ProjectPart.TESTS, best is not None and best.has_threshold and best.has_result)
    yield _yes("test_decision", ProjectPart.TESTS, best is not None and best.decided)


def _launch(facts: Facts, checked: Checked, today: date, thresholds: Thresholds) -> Iterable[CheckItem]:
    done = sum(1 for measure in facts.measures if measure.done >= _COMPLETE)
    # In whole numbers, because a share as a float may lie just above one.
    yield _count("measures_done", ProjectPart.PLAN, done, max(-(-len(facts.measures) * _DONE // 100), 1))
    yield _count("pilots", ProjectPart.CUSTOMERS, checked.pilots, 1)
    yield _yes("costs", ProjectPart.PLAN, checked.costs)
    yield _yes("informed", ProjectPart.CHARTER, checked.informed)


def _results(facts: Facts, checked: Checked, today: date, thresholds: Thresholds) -> Iterable[CheckItem]:
    measured = sum(1 for kpi in facts.kpis if kpi.last is not None and _is_past(kpi.last_on, today))
    yield _count("kpi_values", ProjectPart.KPIS, measured, max(len(facts.kpis), 1))
    yield _yes("learning", ProjectPart.CHARTER, checked.learning)
    yield _yes("routine", ProjectPart.CHARTER, checked.routine)
    yield _yes("next_project", ProjectPart.CHARTER, checked.next_project)
    yield _yes("report", ProjectPart.WHOLE, checked.report)


_CHECKLISTS: Mapping[Gate, Callable[[Facts, Checked, date, Thresholds], Iterable[CheckItem]]] = {
    Gate.START: _start,
    Gate.GOAL: _goal,
    Gate.INSIGHT: _insight,
    Gate.IDEAS: _ideas,
    Gate.CHOICE: _choice,
    Gate.CONCEPT: _concept,
    Gate.TEST: _test,
    Gate.LAUNCH: _launch,
    Gate.RESULTS: _results,
}


def _yes(key: str, part: ProjectPart, done: bool) -> CheckItem:
    return CheckItem(key, part, done, have=int(done), need=1)


def _count(key: str, part: ProjectPart, have: int, need: int) -> CheckItem:
    return CheckItem(key, part, done=have >= need, have=have, need=need)


def _is_whole(kpi: KpiFacts, today: date) -> bool:
    return (
        kpi.has_unit
        and kpi.has_source
        and kpi.baseline is not None
        and _is_past(kpi.baseline_on, today)
        and kpi.target is not None
        and kpi.target != kpi.baseline
        and kpi.rising == (kpi.target > kpi.baseline)
        and kpi.target_on is not None
    )


def _is_past(day: date | None, today: date) -> bool:
    return day is not None and day <= today


def _is_planned(measure: MeasureFacts) -> bool:
    return measure.has_owner and measure.due is not None and measure.effort


def _tested(facts: Facts) -> int:
    """Return with how many customers the card was tried that was tried with most."""
    return max((test.customers for test in facts.tests), default=0)


def _worth(test: TestFacts, need: int) -> tuple[bool, bool, bool, int]:
    """Return how much a card proves: enough customers first, because G6 waits for them."""
    return test.customers >= need, test.has_threshold and test.has_result, test.decided, test.customers
