"""T29: go on with a project or not, by criteria fixed beforehand and by what it brings in three scenarios."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from . import framework as fw
from .framework import msg
from .methods.stage_gates import case_report as report
from .methods.stage_gates.case import Case, Scenario, break_even, read_case, scenarios, turns

_MOST_POINTS = 10

#: Should criteria together have to reach this share of their points.
_PASS = 0.6

_GO = msg("Go: on to the next stage")
_HOLD = msg("Hold: wait, and say what has to happen first")
_RECYCLE = msg("Recycle: back to the stage before, and improve it")
_KILL = msg("Kill: stop it, and keep what you learned")

#: What fits a state of the gate, best first.
_RANKINGS = {
    "go": (_GO, _HOLD, _RECYCLE, _KILL),
    "hold": (_HOLD, _RECYCLE, _KILL, _GO),
    "recycle": (_RECYCLE, _HOLD, _KILL, _GO),
    "kill": (_KILL, _RECYCLE, _HOLD, _GO),
    "incomplete": (_HOLD, _RECYCLE, _KILL, _GO),
}


class Should(NamedTuple):
    """A criterion with its weight and 0 to 10 points."""

    item: str
    weight: float
    points: float


class Gate(NamedTuple):
    """Must criteria by their answer (``open`` have none), and should criteria; ``left_out`` have no such points."""

    met: list[str]
    missed: list[str]
    open: int
    should: list[Should]
    left_out: int

    @property
    def rows(self) -> int:
        """How many criteria can be judged."""
        return len(self.met) + len(self.missed) + len(self.should)

    @property
    def share(self) -> float | None:
        """Weighted share of the points of the should criteria, 0 to 1; None without any weight."""
        weights = math.fsum(entry.weight for entry in self.should)
        if not weights:
            return None
        return math.fsum(entry.weight * entry.points for entry in self.should) / (_MOST_POINTS * weights)


def read_gate(table: fw.Table) -> Gate:
    """Read the criteria of a table with the columns type, item, met, weight and value."""
    items, met = table.texts("item"), table.maybe_flags("met")
    weights, values = table.maybe_numbers("weight"), table.maybe_numbers("value")
    gate = Gate([], [], 0, [], 0)
    for row, kind in enumerate(table.texts("type")):
        value, weight = values[row], weights[row]
        if kind == "must" and met[row] is None:
            gate = gate._replace(open=gate.open + 1)
        elif kind == "must":
            (gate.met if met[row] else gate.missed).append(items[row])
        elif kind == "should" and (value is None or value > _MOST_POINTS):
            gate = gate._replace(left_out=gate.left_out + 1)
        elif kind == "should" and value is not None:
            gate.should.append(Should(items[row], 1.0 if weight is None else weight, value))
    return gate._replace(met=sorted(gate.met), missed=sorted(gate.missed), should=sorted(gate.should))


def compute(table: fw.Table, options: fw.Settings) -> fw.Result:
    """Judge the criteria, compute the case in three scenarios, and find which input it depends on."""
    gate, case = read_gate(table), read_case(table)
    swings = {key: options.number(key) / 100 for key in ("rate", "income_swing", "cost_swing")}
    cases = scenarios(case, **swings)
    inputs = turns(case, **swings)
    conditions = tuple(_conditions(gate, case))
    state = _state(gate, cases, is_complete=all(condition.met for condition in conditions))
    return fw.Result(
        n=gate.rows + case.rows,
        verdict=_verdict(state, gate, cases, is_counted=any(case.income) and any(case.cost)),
        figures=(*_gate_figures(gate), *report.money_figures(cases, inputs), *_pieces(options)),
        tables=(_gate_table(gate), report.scenario_table(cases), report.cash_table(cases), report.input_table(inputs)),
        charts=tuple(report.cash_charts(cases)),
        conditions=conditions,
        notes=_notes(gate, case),
        estimates=(*_pieces_by_hand(options), *report.present_by_hand(case, options.number("rate"))),
        questions=(*report.what_turns(inputs, cases), *report.even_if_cautious(cases)),
        decision=fw.Decision(msg("What do you decide at this gate?"), _RANKINGS[state], consistent=1),
    )


def _state(gate: Gate, cases: Sequence[Scenario], *, is_complete: bool) -> str:
    """Return kill, recycle, incomplete, hold or go; what a gate refuses, no business case saves."""
    if gate.missed:
        return "kill"
    if gate.share is not None and gate.share < _PASS - fw.EPSILON:
        return "recycle"
    if not is_complete:
        return "incomplete"
    return "go" if cases[1].value >= 0 else "hold"


def _verdict(state: str, gate: Gate, cases: Sequence[Scenario], *, is_counted: bool) -> fw.Verdict:
    if state == "kill":
        text = msg("Stop: a must criterion is not met: “%(item)s”. No number makes up for it.", item=gate.missed[0])
        return fw.Verdict(state, fw.Level.ATTENTION, text)
    if state == "recycle":
        share = fw.rounded(100 * (gate.share or 0), 100 * _PASS)
        text = msg("Back one stage: the should criteria reach %(share)s %%, and 60 %% are needed.", share=share)
        return fw.Verdict(state, fw.Level.ATTENTION, text)
    if state == "incomplete" and cases and cases[1].value < 0 and is_counted:
        text = msg(
            "The table is not complete, and so far the case loses %(loss)s in today's money. See what is missing.",
            loss=-_money(cases[1].value),
        )
        return fw.Verdict("incomplete-and-losing", fw.Level.ATTENTION, text)
    if state == "incomplete":
        text = msg("Nothing speaks against it so far, but the table is not complete. See what is missing.")
        return fw.Verdict(state, fw.Level.NEUTRAL, text)
    cautious, expected = (_money(scenario.value) for scenario in cases[:2])
    if state == "hold":
        text = msg("Wait: the criteria are met, but the case loses %(loss)s in today's money.", loss=-expected)
        return fw.Verdict(state, fw.Level.ATTENTION, text)
    if cautious < 0:
        text = msg(
            "Go on, with open eyes: the criteria are met and the case brings %(expected)s in today's money. If it "
            "comes as in the cautious scenario, it loses %(loss)s.",
            expected=expected,
            loss=-cautious,
        )
        return fw.Verdict("go", fw.Level.GOOD, text)
    text = msg(
        "Go on: the criteria are met, and the case brings %(expected)s in today's money, %(cautious)s even in the "
        "cautious scenario.",
        expected=expected,
        cautious=cautious,
    )
    return fw.Verdict("go", fw.Level.GOOD, text)


def _money(value: float) -> float:
    """Return an amount without cents, but never 0 for what is above or below it."""
    return fw.rounded(value, 0, decimals=0)


def _gate_figures(gate: Gate) -> Iterator[fw.Figure]:
    yield fw.Figure("musts", msg("Must criteria met"), len(gate.met), n=len(gate.met) + len(gate.missed) + gate.open)
    title = msg("Should criteria, share of their points")
    yield fw.Figure("should", title, fw.percent(gate.share), fw.Unit.PERCENT, n=len(gate.should))


def _pieces(options: fw.Settings) -> Iterator[fw.Figure]:
    pieces = _break_even(options)
    if pieces is not None:
        yield fw.Figure("break_even", msg("Pieces that pay the fixed costs"), math.ceil(pieces))


def _break_even(options: fw.Settings) -> float | None:
    fixed, price, variable = (options.maybe_number(key) for key in ("fixed", "price", "variable"))
    return break_even(fixed, price, variable) if fixed and price is not None and variable is not None else None


def _gate_table(gate: Gate) -> fw.ResultTable:
    rows: list[tuple[fw.Text | str | float | None, ...]] = []
    rows += [(item, msg("must"), None, msg("no")) for item in gate.missed]
    rows += [(item, msg("must"), None, msg("yes")) for item in gate.met]
    rows += [(entry.item, msg("should"), entry.weight, entry.points) for entry in gate.should]
    return fw.Rows("gate", msg("The gate"), rows).shown(
        fw.Shown("item", msg("Criterion"), lambda row: row[0]),
        fw.Shown("type", msg("Kind"), lambda row: row[1]),
        fw.Shown("weight", msg("Weight"), lambda row: row[2]),
        fw.Shown("result", msg("Met, or points of 10"), lambda row: row[3]),
    )


def _conditions(gate: Gate, case: Case) -> Iterator[fw.Condition]:
    yield fw.Condition("must", bool(gate.met or gate.missed), msg("Name at least one must criterion, with yes or no."))
    yield fw.Condition("answered", not gate.open, msg("Some must criteria have no answer. Write yes or no."))
    text = msg("Name at least one should criterion, with 0 to 10 points.")
    yield fw.Condition("should", gate.share is not None, text)
    yield fw.Condition("income", any(case.income), msg("Name what comes in, with its year."))
    yield fw.Condition("cost", any(case.cost), msg("Name what it costs, with its year."))


def _notes(gate: Gate, case: Case) -> tuple[fw.Text, ...]:
    return fw.noted(
        msg(
            "Should criteria without points, or with more than %(most)s, left out: %(rows)s.",
            most=_MOST_POINTS,
            rows=gate.left_out,
        ),
        msg("Amounts left out, without money or a year that fits: %(rows)s.", rows=case.left_out),
    )


def _pieces_by_hand(options: fw.Settings) -> Iterator[fw.Estimate]:
    pieces = _break_even(options)
    if pieces is None:
        return
    fixed, price, variable = (options.number(key) for key in ("fixed", "price", "variable"))
    text = msg(
        "Fixed costs are %(fixed)s, a piece is sold for %(price)s and costs %(variable)s itself. How many pieces pay "
        "the fixed costs?",
        fixed=fixed,
        price=price,
        variable=variable,
    )
    slips = [fw.Slip(fixed / price, msg("You divided by the price. A piece also costs something: divide by the rest."))]
    if variable:
        slips.append(fw.Slip(fixed / variable, msg("You divided by the cost of a piece. Divide by price minus cost.")))
    right = math.ceil(pieces)
    yield fw.Estimate("break_even", text, right, tolerance=max(1, 0.005 * right), slips=tuple(slips))


INSTRUMENT = fw.Instrument(
    key="stage-gate",
    code="T29",
    title=msg("Stage gate with business case"),
    phases=(fw.Phase.REALISE,),
    needs=(fw.Need.MONEY, fw.Need.CHOOSE),
    purpose=msg("Decide whether to go on: by your criteria, and by what it brings."),
    explanation=(
        msg("Write one table. Must criteria get yes or no. Should criteria get a weight and 0 to 10 points."),
        msg("Income and costs get an amount and a year; year 0 is now. Write costs without a minus."),
        msg("The gate opens if every must is met and the should criteria reach 60 %% of their points."),
        msg(
            "Money of later years is worth less today. The sum in today's money says whether it pays, also if less "
            "comes in and it costs more. Look at the input that turns it first: test that one before you spend."
        ),
    ),
    columns=(
        fw.choice_column(
            "type",
            msg("Kind of line"),
            {"must": msg("must"), "should": msg("should"), "income": msg("income"), "cost": msg("cost")},
        ),
        fw.Column("item", msg("Criterion or item"), fw.ValueKind.WORD),
        fw.Column("met", msg("Must: met?"), fw.ValueKind.YES_NO, required=False),
        fw.number_column("weight", msg("Should: weight"), 0, required=False),
        fw.number_column("value", msg("Points 0 to 10, or money"), 0, required=False),
        fw.number_column("year", msg("Year, 0 is now"), 0, 2100, whole=True, required=False),
    ),
    options=(
        fw.number_option("rate", msg("Interest a year, in percent"), 0, 100, default=8.0),
        fw.number_option("income_swing", msg("Cautious: income down by percent"), 0, 100, default=20.0),
        fw.number_option("cost_swing", msg("Cautious: costs up by percent"), 0, 100, default=10.0),
        fw.number_option("fixed", msg("Break-even: fixed costs"), 0),
        fw.number_option("price", msg("Break-even: price of a piece"), 0),
        fw.number_option("variable", msg("Break-even: what a piece costs"), 0),
    ),
    minimum=5,
    counted=msg("criteria and amounts"),
    reference="Cooper, R. G. (1990): Stage-Gate Systems: A New Tool for Managing New Products. Business Horizons 33.",
    # Planning kitchens on a tablet at home: it pays, yet a fifth less sales is enough to turn it.
    demo=fw.Demo(fw.Firm.NORDLICHT, options={"fixed": 12000.0, "price": 85.0, "variable": 52.0}),
    compute=compute,
)
