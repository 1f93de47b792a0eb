"""A business case as figures, tables, a chart and questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from ... import framework as fw
from ...framework import msg
from .case import Case, Scenario, Turn, internal_rate, payback_years


def money_figures(scenarios: Sequence[Scenario], inputs: Sequence[Turn]) -> Iterator[fw.Figure]:
    """Return what the case is worth, when it pays, and what it depends on; nothing without inputs."""
    if not scenarios:
        return
    cautious, expected, hopeful = scenarios
    rate = internal_rate(expected.amounts)
    first = inputs[0]
    yield fw.Figure("npv", msg("Worth in today's money (NPV)"), expected.value, fw.Unit.MONEY, decimals=0)
    yield fw.Figure("npv_cautious", msg("The same, cautious"), cautious.value, fw.Unit.MONEY, decimals=0)
    yield fw.Figure("npv_hopeful", msg("The same, hopeful"), hopeful.value, fw.Unit.MONEY, decimals=0)
    yield fw.Figure("irr", msg("Interest it earns (IRR)"), fw.percent(rate), fw.Unit.PERCENT)
    yield fw.Figure("payback", msg("Years until the money is back"), payback_years(expected.amounts))
    yield fw.Figure("tipping", msg("Input it depends on most"), first.input.name)
    yield fw.Figure("tipping_change", msg("By how much it may become worse"), fw.percent(first.margin), fw.Unit.PERCENT)


def scenario_table(scenarios: Sequence[Scenario]) -> fw.ResultTable:
    """Return worth, interest and payback of each scenario."""
    return fw.Rows("scenarios", msg("Three scenarios"), scenarios).shown(
        fw.Shown("scenario", msg("Scenario"), lambda scenario: scenario.title),
        fw.Shown("npv", msg("Worth today"), lambda scenario: scenario.value, fw.Unit.MONEY, decimals=0),
        fw.Shown("irr", msg("Interest earned"), lambda case: fw.percent(internal_rate(case.amounts)), fw.Unit.PERCENT),
        fw.Shown("payback", msg("Back after years"), lambda scenario: payback_years(scenario.amounts)),
    )


def cash_table(scenarios: Sequence[Scenario]) -> fw.ResultTable:
    """Return the money of each scenario, added up year by year."""
    sums = [list(accumulate(scenario.amounts)) for scenario in scenarios]
    titles = [scenario.title for scenario in scenarios]
    keys = ("cautious", "expected", "hopeful")
    return fw.ResultTable(
        "cash",
        msg("Money in and out, added up"),
        (
            fw.Heading("year", msg("Year")),
            *(fw.Heading(key, title, fw.Unit.MONEY, decimals=0) for key, title in zip(keys, titles, strict=False)),
        ),
        tuple((year, *row) for year, row in enumerate(zip(*sums, strict=True))),
    )


def cash_charts(scenarios: Sequence[Scenario]) -> Iterator[fw.Chart]:
    """Return the chart of the cash table; none without inputs."""
    title = msg("Money in and out, added up year by year")
    marks = (fw.Mark("y", 0, msg("money is back above")),)
    if scenarios:
        yield fw.Chart(fw.ChartKind.LINES, title, "cash", "year", ("expected", "cautious", "hopeful"), marks=marks)


def input_table(inputs: Sequence[Turn]) -> fw.ResultTable:
    """Return the inputs, the one the case depends on most first."""
    return fw.Rows("inputs", msg("What the case depends on"), inputs).shown(
        fw.Shown("input", msg("Input"), lambda turn: turn.input.name),
        fw.Shown("type", msg("Kind"), lambda turn: msg("income") if turn.input.is_income else msg("cost")),
        fw.Shown("present", msg("Worth today"), lambda turn: turn.present, fw.Unit.MONEY, decimals=0),
        fw.Shown("margin", msg("May become worse by"), lambda turn: fw.percent(turn.margin), fw.Unit.PERCENT),
        fw.Shown("turns", msg("Turns the case alone"), lambda turn: turn.turns),
    )


def present_by_hand(case: Case, percent: float) -> Iterator[fw.Estimate]:
    """Ask what the income of a year, best the second, is worth today."""
    income = case.income
    year = next((year for year in (2, 1, 3, 4, 5) if year < len(income) and income[year] > 0), None)
    if year is None or not percent:
        return
    amount, factor = income[year], 1 + percent / 100
    text = msg(
        "What is the income of year %(year)s, %(amount)s, worth today at %(percent)s %% interest?",
        year=year,
        amount=round(amount, 2),
        percent=percent,
    )
    slips = (
        fw.Slip(amount, msg("That is what it is worth then. Divide by 1 plus the interest, once for each year.")),
        fw.Slip(amount * factor**year, msg("You multiplied. Money of later years is worth less today: divide.")),
        fw.Slip(amount * (1 - year * percent / 100), msg("You took the interest off. Divide by 1 plus the interest.")),
    )
    right = amount / factor**year
    yield fw.Estimate("present", text, right, tolerance=0.005 * right, unit=fw.Unit.MONEY, slips=slips)


def what_turns(inputs: Sequence[Turn], scenarios: Sequence[Scenario]) -> Iterator[fw.Question]:
    """Ask which inputs alone make the case lose money; not if it loses anyway."""
    if scenarios and scenarios[1].value >= 0:
        text = msg("Which of these alone would make the case lose money?")
        answers = fw.choose_one([(turn.title, turn.turns) for turn in inputs[: fw.MAX_CHOICES]])
        yield fw.Question("turns", text, answers, several=True)


def even_if_cautious(scenarios: Sequence[Scenario]) -> Iterator[fw.Question]:
    """Ask whether the cautious scenario still pays."""
    if scenarios:
        pays = scenarios[0].value >= 0
        text = msg("Does the case still pay in the cautious scenario?")
        yield fw.Question("cautious", text, fw.yes_or_no(pays))
