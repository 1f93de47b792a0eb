"""What must be there at each gate, who decides, what may be asked, and when one may go back."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.projects.data import Decider, Gate, ProjectPart
from iciinsmes.projects.rule_data import Checked, CheckItem, Facts
from iciinsmes.projects.rules.gates import GateProblem, ask_problems, checklist, deciders, may_go_back
from iciinsmes.projects.rules.thresholds import STANDARD

from .rules_made import card, day, kpi, measure, projects, quiet

OWNER, COACH, LEARNER, TEACHER = Decider.OWNER, Decider.COACH, Decider.LEARNER, Decider.TEACHER
NOW = day(50)
#: Twenty of everything that is counted, and yes to everything else.
_FULL: dict[str, Any] = {each.name: 20 if type(each.default) is int else True for each in fields(Checked)}
FULL = Checked(**_FULL)
DONE = quiet(
    kpis=(kpi(last=Decimal(9), last_on=day(40)),),
    measures=(measure(done=100, effort=True),),
    tests=(card(),),
    hours=Decimal(4),
)


def passed_before(gate: Gate) -> dict[int, date]:
    return {each: day(1) for each in Gate if each < gate}


def items(gate: Gate, facts: Facts = DONE, checked: Checked = FULL, **more) -> dict[str, CheckItem]:
    return {item.key: item for item in checklist(gate, facts, checked, NOW, **more)}


def open_items(gate: Gate, facts: Facts = DONE, checked: Checked = FULL) -> set[str]:
    return {key for key, item in items(gate, facts, checked).items() if not item.done}


@pytest.mark.parametrize(
    ("gate", "keys"),
    [
        (Gate.START, "trigger trade sponsor coach confidentiality"),
        (Gate.GOAL, "self_check signals goal kpis"),
        (Gate.INSIGHT, "customers methods insights"),
        (Gate.IDEAS, "ideas customer_ideas"),
        (Gate.CHOICE, "scored recommendation kill_criteria resources"),
        (Gate.CONCEPT, "value_proposition assumptions measures business_case"),
        (Gate.TEST, "test_cards test_customers test_result test_decision"),
        (Gate.LAUNCH, "measures_done pilots costs informed"),
        (Gate.RESULTS, "kpi_values learning routine next_project report"),
    ],
)
def test_what_must_be_there(gate, keys):
    assert list(items(gate)) == keys.split()
    assert open_items(gate) == set()
    nothing = quiet(customers=0)
    assert open_items(gate, nothing, Checked()) == set(keys.split())
    assert all(item.have == 0 for item in items(gate, nothing, Checked()).values())


@pytest.mark.parametrize("name", [each.name for each in fields(Checked)])
def test_everything_that_is_counted_has_its_line(name):
    without = replace(FULL, **{name: type(getattr(FULL, name))(0)})
    assert {key for gate in Gate for key in open_items(gate, DONE, without)} == {name}


@pytest.mark.parametrize(
    ("gate", "key", "change", "need"),
    [
        (Gate.INSIGHT, "methods", "methods", 2),
        (Gate.INSIGHT, "insights", "insights", 3),
        (Gate.IDEAS, "ideas", "ideas", 10),
    ],
)
def test_counts_at_their_limits(gate, key, change, need):
    for have in (need - 1, need):
        item = items(gate, checked=replace(FULL, **{change: have}))[key]
        assert (item.have, item.need, item.done) == (have, need, have == need)


def test_customers_are_those_of_the_rule_about_them():
    assert open_items(Gate.INSIGHT, replace(DONE, customers=4)) == {"customers"}
    assert open_items(Gate.INSIGHT, replace(DONE, customers=5)) == set()
    strict = replace(STANDARD, customers=10)
    assert items(Gate.INSIGHT, thresholds=strict)["customers"] == CheckItem(
        "customers", ProjectPart.CUSTOMERS, False, 9, 10
    )


@pytest.mark.parametrize(
    ("ideas", "of_customers", "need"), [(10, 5, 5), (10, 4, 5), (11, 5, 6), (12, 6, 6), (3, 3, 5), (0, 0, 5)]
)
def test_half_of_the_ideas_are_from_customers(ideas, of_customers, need):
    item = items(Gate.IDEAS, checked=replace(FULL, ideas=ideas, customer_ideas=of_customers))["customer_ideas"]
    assert (item.have, item.need, item.done) == (of_customers, need, of_customers >= need)


@pytest.mark.parametrize(
    "change",
    [
        {"baseline": None},
        {"baseline_on": None},
        {"baseline_on": day(51)},
        {"target": None},
        {"target": Decimal(200)},
        {"target_on": None},
        {"has_unit": False},
        {"has_source": False},
        {"rising": True},
    ],
)
def test_a_kpi_counts_when_it_is_whole(change):
    two = replace(DONE, kpis=(kpi(), kpi(**change)))
    assert items(Gate.GOAL, two)["kpis"] == CheckItem("kpis", ProjectPart.KPIS, False, 1, 2)


@pytest.mark.parametrize(("number", "done"), [(0, False), (1, True), (3, True), (4, False)])
def test_one_to_three_kpis(number, done):
    assert items(Gate.GOAL, replace(DONE, kpis=(kpi(),) * number))["kpis"].done is done


@pytest.mark.parametrize("change", [{"has_owner": False}, {"due": None}, {"effort": False}])
def test_a_measure_is_planned_with_owner_day_and_effort(change):
    facts = replace(DONE, measures=(measure(1, effort=True), measure(2, **{"effort": True, **change})))
    assert items(Gate.CONCEPT, facts)["measures"] == CheckItem("measures", ProjectPart.PLAN, False, 1, 2)


@pytest.mark.parametrize(
    ("of", "need"), [(1, 1), (2, 2), (4, 4), (5, 4), (6, 5), (9, 8), (10, 8), (11, 9), (35, 28), (300, 240)]
)
def test_four_fifths_of_the_measures_are_done(of, need):
    for done in (need - 1, need):
        facts = replace(DONE, measures=(measure(done=100),) * done + (measure(done=99),) * (of - done))
        item = items(Gate.LAUNCH, facts)["measures_done"]
        assert (item.have, item.need, item.done) == (done, need, done == need)


@pytest.mark.parametrize(
    ("cards", "missing"),
    [
        ([card(4)], {"test_customers"}),
        ([card(5, threshold=False)], {"test_result"}),
        ([card(5, result=False)], {"test_result"}),
        ([card(5, decided=False)], {"test_decision"}),
        ([card(3), card(3)], {"test_customers"}),
        ([card(5, decided=False), card(9, threshold=False, decided=False), card(4)], {"test_decision"}),
        ([card(0, False, False, False), card()], set()),
    ],
)
def test_a_test_is_proved_on_one_card(cards, missing):
    assert open_items(Gate.TEST, replace(DONE, tests=tuple(cards))) == missing


def test_a_value_of_a_day_to_come_is_not_there_yet():
    facts = replace(DONE, kpis=(kpi(last=Decimal(1), last_on=day(50)), kpi(last=Decimal(1), last_on=day(51))))
    assert items(Gate.RESULTS, facts)["kpi_values"] == CheckItem("kpi_values", ProjectPart.KPIS, False, 1, 2)


@given(projects(), st.sampled_from(Gate))
def test_a_line_is_done_when_there_is_enough_of_it(facts, gate):
    for item in checklist(gate, facts, FULL, NOW):
        assert item.need >= 1
        assert not item.done or item.have >= item.need


@pytest.mark.parametrize("gate", Gate)
def test_only_the_gate_in_front_is_asked_for(gate):
    facts = replace(DONE, passed=passed_before(gate))
    assert [each for each in Gate if not ask_problems(each, facts, NOW)] == [gate]
    other = next(each for each in Gate if each is not gate)
    assert ask_problems(other, facts, NOW) == (GateProblem.NOT_NEXT,)


def test_behind_the_last_gate_nothing_is_asked_for():
    facts = replace(DONE, passed=dict.fromkeys(Gate, day(1)))
    assert all(ask_problems(gate, facts, NOW) for gate in Gate)


def test_an_ended_project_asks_for_nothing():
    assert ask_problems(Gate.START, replace(DONE, ended_on=NOW), NOW) == (GateProblem.ENDED,)
    assert not ask_problems(Gate.START, replace(DONE, ended_on=day(51)), NOW)


@pytest.mark.parametrize(("cards", "problems"), [((), 1), ((card(4), card(4)), 1), ((card(5),), 0)])
def test_g6_waits_for_five_customers_on_one_card(cards, problems):
    facts = replace(DONE, passed=passed_before(Gate.TEST), tests=cards)
    assert ask_problems(Gate.TEST, facts, NOW) == (GateProblem.FEW_TESTS,) * problems
    easy = replace(STANDARD, test_customers=0)
    assert not ask_problems(Gate.TEST, facts, NOW, easy)


def test_a_missing_line_blocks_no_other_gate():
    assert not ask_problems(Gate.START, quiet(customers=0), NOW)


def test_going_back_is_free_between_g2_and_g6():
    free = {(at, to) for at, to in product([*Gate, None], Gate) if may_go_back(at, to)}
    assert free == {(Gate(at), Gate(to)) for at in range(3, 7) for to in range(2, at)}


@pytest.mark.parametrize(
    ("gate", "usual", "without_owner", "without_coach", "alone"),
    [
        (Gate.START, (OWNER,), (COACH,), (OWNER,), (TEACHER,)),
        (Gate.GOAL, (OWNER, COACH), (COACH,), (OWNER, TEACHER), (TEACHER,)),
        (Gate.INSIGHT, (COACH,), (COACH,), (TEACHER,), (TEACHER,)),
        (Gate.IDEAS, (LEARNER,), (LEARNER,), (LEARNER,), (LEARNER,)),
        (Gate.CHOICE, (OWNER,), (COACH,), (OWNER,), (TEACHER,)),
        (Gate.CONCEPT, (COACH,), (COACH,), (TEACHER,), (TEACHER,)),
        (Gate.TEST, (COACH, OWNER), (COACH,), (TEACHER, OWNER), (TEACHER,)),
        (Gate.LAUNCH, (OWNER,), (COACH,), (OWNER,), (TEACHER,)),
        (Gate.RESULTS, (TEACHER,), (TEACHER,), (TEACHER,), (TEACHER,)),
    ],
)
def test_somebody_always_decides(gate, usual, without_owner, without_coach, alone):
    def found(owner_is_learner, has_coach, has_owner_contact):
        return deciders(
            gate, owner_is_learner=owner_is_learner, has_coach=has_coach, has_owner_contact=has_owner_contact
        )

    assert found(False, True, True) == usual
    assert found(True, True, True) == found(False, True, False) == found(True, True, False) == without_owner
    assert found(False, False, True) == without_coach
    assert found(True, False, True) == found(False, False, False) == alone
