"""T05: which few causes make most of the complaints, by number and by cost."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta

from .kit import (
    Chart,
    ChartKind,
    Choice,
    Column,
    Decision,
    Demo,
    Estimate,
    Figure,
    Firm,
    Heading,
    Instrument,
    Kind,
    Level,
    Need,
    Option,
    Phase,
    Question,
    Result,
    ResultTable,
    Settings,
    Slip,
    Table,
    Text,
    Unit,
    Value,
    Verdict,
    choose_one,
    msg,
    names,
)
from .kit.pareto import CLASS_A_SHARE, EPSILON, Share, abc_class, pareto
from .kit.statistics import quantile
from .kit.words import grouped

#: The rule of thumb holds if at most this part of the causes brings the vital share.
_FEW_PART = 0.4

_MAX_CHOICES = 6


def vital_few(causes: Sequence[Share]) -> int:
    """Return how many of the causes, largest first, bring at least 80 %."""
    return 1 + sum(cause.cumulated < CLASS_A_SHARE - EPSILON for cause in causes)


def has_pareto_effect(causes: Sequence[Share]) -> bool:
    """Tell whether at most 40 % of the causes, rounded up, bring at least 80 %."""
    return vital_few(causes) <= math.ceil(_FEW_PART * len(causes) - EPSILON)


def compute(table: Table, options: Settings) -> Result:
    """Order causes by number or by cost, and find the vital few."""
    members = grouped(table.texts("cause"))
    costs = [cost or 0.0 for cost in table.maybe_numbers("cost")]
    counts = {name: len(rows) for name, rows in members.items()}
    sums = {name: sum(costs[row] for row in rows) for name, rows in members.items()}
    has_costs = sum(costs) > 0
    by_cost = options.text("by") == "cost" and has_costs
    causes = pareto(list((sums if by_cost else counts).items()))
    few = vital_few(causes)
    return Result(
        n=len(table),
        verdict=_verdict(causes, few),
        figures=(
            Figure("complaints", msg("Complaints"), len(table)),
            Figure("causes", msg("Different causes"), len(causes)),
            Figure("vital_few", msg("Causes that bring 80 %% together"), few),
            Figure("first_share", msg("Share of the first cause"), 100 * causes[0].cumulated, Unit.PERCENT),
            *_rate(len(table), options.maybe_number("orders")),
            *_days(table),
        ),
        tables=(_table(causes, few, counts, sums, has_costs=has_costs),),
        charts=(
            Chart(
                ChartKind.PARETO,
                msg("Causes by cost") if by_cost else msg("Causes by number of complaints"),
                table="causes",
                label="cause",
                values=("cost" if by_cost else "complaints", "cumulated"),
                emphasis="vital",
            ),
        ),
        notes=_notes(table, by_cost=options.text("by") == "cost", has_costs=has_costs),
        estimates=_second_cumulated(causes),
        questions=(_which_are_vital(causes, few), *_same_order(counts, sums, has_costs=has_costs)),
        decision=Decision(
            msg("Which cause do you remove first?"), tuple(cause.name for cause in causes), consistent=max(few, 3)
        ),
    )


def _rate(complaints: int, orders: float | None) -> tuple[Figure, ...]:
    if not orders:
        return ()
    return (Figure("rate", msg("Complaints per 100 orders"), 100 * complaints / orders, decimals=2, n=int(orders)),)


def _days(table: Table) -> tuple[Figure, ...]:
    days = [value for value in table.maybe_numbers("days_open") if value is not None]
    if not days:
        return ()
    title = msg("Days until a complaint is closed (median)")
    return (Figure("days_open", title, quantile(days, 0.5), Unit.DAYS, n=len(days)),)


def _table(
    causes: Sequence[Share], few: int, counts: dict[str, int], sums: dict[str, float], *, has_costs: bool
) -> ResultTable:
    headings = [
        Heading("cause", msg("Cause")),
        Heading("complaints", msg("Complaints")),
        Heading("cumulated", msg("Up to here"), Unit.PERCENT),
        Heading("class", msg("Class")),
        Heading("vital", msg("Vital few")),
    ]
    rows = [
        (cause.name, counts[cause.name], 100 * cause.cumulated, abc_class(causes, rank), rank < few)
        for rank, cause in enumerate(causes)
    ]
    if not has_costs:
        return ResultTable("causes", msg("Causes"), tuple(headings), tuple(rows))
    cost = Heading("cost", msg("Cost"), Unit.MONEY, decimals=0)
    return ResultTable(
        "causes",
        msg("Causes"),
        (*headings[:2], cost, *headings[2:]),
        tuple((*row[:2], sums[cause.name], *row[2:]) for row, cause in zip(rows, causes, strict=True)),
    )


def _verdict(causes: Sequence[Share], few: int) -> Verdict:
    if has_pareto_effect(causes):
        text = msg(
            "%(few)s of %(all)s causes bring 80 %% of the trouble. Begin with “%(first)s”.",
            few=few,
            all=len(causes),
            first=causes[0].name,
        )
        return Verdict("vital-few", Level.GOOD, text)
    text = msg(
        "There are no vital few: %(few)s of %(all)s causes are needed for 80 %%. Look for what the causes have in "
        "common, or word them less finely.",
        few=few,
        all=len(causes),
    )
    return Verdict("no-vital-few", Level.NEUTRAL, text)


def _notes(table: Table, *, by_cost: bool, has_costs: bool) -> tuple[Text, ...]:
    if by_cost and not has_costs:
        return (msg("There are no costs, so the causes are ordered by number."),)
    missing = sum(cost is None for cost in table.maybe_numbers("cost"))
    if has_costs and missing:
        return (msg("Complaints without a cost, counted as 0: %(missing)s.", missing=missing),)
    return ()


def _second_cumulated(causes: Sequence[Share]) -> tuple[Estimate, ...]:
    if len(causes) < 2:
        return ()
    first, second = causes[0].cumulated, causes[1].cumulated
    text = msg("How many percent do the two largest causes bring together?")
    slip = Slip(100 * (second - first), msg("That is the second cause alone. Add the first one."))
    return (Estimate("second_cumulated", text, 100 * second, tolerance=1, unit=Unit.PERCENT, slips=(slip,)),)


def _which_are_vital(causes: Sequence[Share], few: int) -> Question:
    shown = causes[: max(few, _MAX_CHOICES)]
    return Question(
        "vital_few",
        msg("Which causes are the vital few, those that bring 80 %% together?"),
        choose_one([(cause.name, rank < few) for rank, cause in enumerate(shown)]),
        several=True,
    )


def _same_order(counts: dict[str, int], sums: dict[str, float], *, has_costs: bool) -> tuple[Question, ...]:
    if not has_costs or len(counts) < 2:
        return ()
    is_same = pareto(list(counts.items()))[0].name == pareto(list(sums.items()))[0].name
    text = msg("Is the most frequent cause also the one that costs most?")
    return (Question("same_order", text, choose_one([(msg("Yes"), is_same), (msg("No"), not is_same)])),)


def _demo() -> list[tuple[Value, ...]]:
    """A hundred complaints of nine months: late delivery 46 %, and damage in transit costs most."""
    causes = {
        "late delivery": (46, 40),
        "wrong measurement": (23, 180),
        "damage in transit": (12, 420),
        "fitter not punctual": (9, 25),
        "wrong invoice": (6, 15),
        "colour differs": (4, 230),
    }
    names = [name for name, (count, _cost) in causes.items() for _each in range(count)]
    return [
        (
            date(2026, 1, 12) + timedelta(days=index * 37 % 270),
            name,
            float(causes[name][1] + index * 7 % 20),
            f"A{2000 + index * 13 % 700}",
            float(2 + index * 5 % 17),
        )
        for index, name in enumerate(names)
    ]


INSTRUMENT = Instrument(
    key="complaint-pareto",
    code="T05",
    title=msg("Complaint Pareto"),
    phases=(Phase.ACQUIRE, Phase.PROCESS),
    needs=(Need.COMPLAINTS,),
    purpose=msg("Find the few causes behind most complaints."),
    explanation=(
        msg("Write down every complaint with one cause. Use the same words for the same cause."),
        msg(
            "The causes are ordered by number or by cost and added up. Often a few causes bring 80 %% of the trouble: "
            "remove those, and most of it is gone."
        ),
        msg("Not every firm has such a few. If all causes are about equally frequent, this instrument says so."),
    ),
    columns=(
        Column(
            "date",
            msg("Day of the complaint"),
            Kind.DATE,
            required=False,
            aliases=names.DATE,
        ),
        Column(
            "cause",
            msg("Cause"),
            Kind.WORD,
            aliases=(
                "cause",
                "reason",
                "category",
                "grund",
                "ursache",
                "årsag",
                "ok",
                "kategória",
                "przyczyna",
                "powód",
            ),
        ),
        Column(
            "cost",
            msg("Cost"),
            Kind.NUMBER,
            required=False,
            aliases=names.COST,
            minimum=0,
        ),
        Column(
            "order_no",
            msg("Order number"),
            Kind.KEY,
            required=False,
            aliases=names.ORDER,
        ),
        Column(
            "days_open",
            msg("Days until closed"),
            Kind.NUMBER,
            required=False,
            aliases=("days_open", "days", "tage", "dage", "napok", "dni"),
            minimum=0,
        ),
    ),
    options=(
        Option(
            "by",
            msg("Order the causes by"),
            Kind.CHOICE,
            default="count",
            choices=(Choice("count", msg("number of complaints")), Choice("cost", msg("cost"))),
        ),
        Option("orders", msg("Orders in the same time"), Kind.INTEGER, minimum=1),
    ),
    minimum=20,
    counted=msg("complaints"),
    reference="Juran, J. M. (1951): Quality Control Handbook; ISO 10002 (complaints handling).",
    demo=Demo(Firm.NORDLICHT, _demo, options=(("orders", 640),)),
    compute=compute,
)
