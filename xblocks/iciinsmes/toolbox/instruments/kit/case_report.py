"""A business case as figures, tables, a chart and questions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from .case import Case, Scenario, Turn
from .cash import internal_rate, payback_years
from .result import Chart, ChartKind, Estimate, Figure, Heading, Mark, Question, ResultTable, Slip, Unit, choose_one
from .texts import msg

_MAX_CHOICES = 6


def money_figures(scenarios: Sequence[Scenario], inputs: Sequence[Turn]) -> tuple[Figure, ...]:
    """Return what the case is worth, when it pays, and what it depends on; nothing without inputs."""
    if not scenarios:
        return ()
    cautious, expected, hopeful = scenarios
    rate = internal_rate(expected.amounts)
    first = inputs[0]
    margin = None if first.margin is None else 100 * first.margin
    return (
        Figure("npv", msg("Worth in today's money (NPV)"), expected.value, Unit.MONEY, decimals=0),
        Figure("npv_cautious", msg("The same, cautious"), cautious.value, Unit.MONEY, decimals=0),
        Figure("npv_hopeful", msg("The same, hopeful"), hopeful.value, Unit.MONEY, decimals=0),
        Figure("irr", msg("Interest it earns (IRR)"), None if rate is None else 100 * rate, Unit.PERCENT),
        Figure("payback", msg("Years until the money is back"), payback_years(expected.amounts)),
        Figure("tipping", msg("Input it depends on most"), first.input.name),
        Figure("tipping_change", msg("By how much it may become worse"), margin, Unit.PERCENT),
    )


def scenario_table(scenarios: Sequence[Scenario]) -> ResultTable:
    """Return worth, interest and payback of each scenario."""
    rows = []
    for scenario in scenarios:
        rate = internal_rate(scenario.amounts)
        earned = None if rate is None else 100 * rate
        rows.append((scenario.title, scenario.value, earned, payback_years(scenario.amounts)))
    return ResultTable(
        "scenarios",
        msg("Three scenarios"),
        (
            Heading("scenario", msg("Scenario")),
            Heading("npv", msg("Worth today"), Unit.MONEY, decimals=0),
            Heading("irr", msg("Interest earned"), Unit.PERCENT),
            Heading("payback", msg("Back after years")),
        ),
        tuple(rows),
    )


def cash_table(scenarios: Sequence[Scenario]) -> ResultTable:
    """Return the money of each scenario, added up year by year."""
    sums = [list(accumulate(scenario.amounts)) for scenario in scenarios]
    titles = [scenario.title for scenario in scenarios]
    keys = ("cautious", "expected", "hopeful")
    return ResultTable(
        "cash",
        msg("Money in and out, added up"),
        (
            Heading("year", msg("Year")),
            *(Heading(key, title, Unit.MONEY, decimals=0) for key, title in zip(keys, titles, strict=False)),
        ),
        tuple((year, *row) for year, row in enumerate(zip(*sums, strict=True))),
    )


def cash_charts(scenarios: Sequence[Scenario]) -> tuple[Chart, ...]:
    """Return the chart of the cash table; none without inputs."""
    if not scenarios:
        return ()
    return (
        Chart(
            ChartKind.LINES,
            msg("Money in and out, added up year by year"),
            table="cash",
            label="year",
            values=("expected", "cautious", "hopeful"),
            marks=(Mark("y", 0, msg("money is back above")),),
        ),
    )


def input_table(inputs: Sequence[Turn]) -> ResultTable:
    """Return the inputs, the one the case depends on most first."""
    rows = tuple(
        (
            turn.input.name,
            msg("income") if turn.input.is_income else msg("cost"),
            turn.present,
            None if turn.margin is None else 100 * turn.margin,
            turn.turns,
        )
        for turn in inputs
    )
    return ResultTable(
        "inputs",
        msg("What the case depends on"),
        (
            Heading("input", msg("Input")),
            Heading("type", msg("Kind")),
            Heading("present", msg("Worth today"), Unit.MONEY, decimals=0),
            Heading("margin", msg("May become worse by"), Unit.PERCENT),
            Heading("turns", msg("Turns the case alone")),
        ),
        rows,
    )


def present_by_hand(case: Case, percent: float) -> tuple[Estimate, ...]:
    """Ask what the income of a year, best the second, is worth today."""
    income = case.income
    year = next((year for year in (2, 1, 3, 4, 5) if year < len(income) and income[year] > 0), None)
    if year is None or not percent:
        return ()
    amount, factor = income[year], 1 + percent / 100
    text = msg(
        "What is the income of year %(year)s, %(amount)s, worth today at %(percent)s %% interest?",
        year=year,
        amount=round(amount, 2),
        percent=percent,
    )
    slips = (
        Slip(amount, msg("That is what it is worth then. Divide by 1 plus the interest, once for each year.")),
        Slip(amount * factor**year, msg("You multiplied. Money of later years is worth less today: divide.")),
        Slip(amount * (1 - year * percent / 100), msg("You took the interest off. Divide by 1 plus the interest.")),
    )
    right = amount / factor**year
    return (Estimate("present", text, right, tolerance=0.005 * right, unit=Unit.MONEY, slips=slips),)


def what_turns(inputs: Sequence[Turn], scenarios: Sequence[Scenario]) -> tuple[Question, ...]:
    """Ask which inputs alone make the case lose money; not if it loses anyway."""
    if not scenarios or scenarios[1].value < 0:
        return ()
    text = msg("Which of these alone would make the case lose money?")
    answers = choose_one([(turn.title, turn.turns) for turn in inputs[:_MAX_CHOICES]])
    return (Question("turns", text, answers, several=True),)


def even_if_cautious(scenarios: Sequence[Scenario]) -> tuple[Question, ...]:
    """Ask whether the cautious scenario still pays."""
    if not scenarios:
        return ()
    pays = scenarios[0].value >= 0
    text = msg("Does the case still pay in the cautious scenario?")
    return (Question("cautious", text, choose_one([(msg("Yes"), pays), (msg("No"), not pays)])),)
