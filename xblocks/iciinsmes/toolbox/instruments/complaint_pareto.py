"""T05: which few causes make most of the complaints, by number and by cost."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from . import framework as fw
from .framework import msg

#: The rule of thumb holds if at most this part of the causes brings the vital share.
_FEW_PART = 0.4


def vital_few(causes: Sequence[fw.ParetoShare]) -> int:
    """Return how many of the causes, largest first, bring at least 80 %."""
    return 1 + sum(cause.cumulated < fw.CLASS_A_SHARE - fw.EPSILON for cause in causes)


def has_pareto_effect(causes: Sequence[fw.ParetoShare]) -> bool:
    """Tell whether at most 40 % of the causes, rounded up, bring at least 80 %."""
    return vital_few(causes) <= math.ceil(_FEW_PART * len(causes) - fw.EPSILON)


def compute(table: fw.Table, options: fw.Settings) -> fw.Result:
    """Order causes by number or by cost, and find the vital few."""
    members = fw.grouped(table.texts("cause"))
    costs = [cost or 0.0 for cost in table.maybe_numbers("cost")]
    counts = {name: len(rows) for name, rows in members.items()}
    sums = {name: sum(costs[row] for row in rows) for name, rows in members.items()}
    has_costs = sum(costs) > 0
    by_cost = options.text("by") == "cost" and has_costs
    causes = fw.pareto(list((sums if by_cost else counts).items()))
    few = vital_few(causes)
    title = msg("Causes by cost") if by_cost else msg("Causes by number of complaints")
    values = ("cost" if by_cost else "complaints", "cumulated")
    return fw.Result(
        n=len(table),
        verdict=_verdict(causes, few),
        figures=(
            fw.Figure("complaints", msg("Complaints"), len(table)),
            fw.Figure("causes", msg("Different causes"), len(causes)),
            fw.Figure("vital_few", msg("Causes that bring 80 %% together"), few),
            fw.Figure("first_share", msg("Share of the first cause"), 100 * causes[0].cumulated, fw.Unit.PERCENT),
            *_rate(len(table), options.maybe_number("orders")),
            *_days(table),
        ),
        tables=(_table(causes, few, counts, sums, has_costs=has_costs),),
        charts=(fw.Chart(fw.ChartKind.PARETO, title, "causes", "cause", values, emphasis="vital"),),
        notes=tuple(_notes(table, by_cost=options.text("by") == "cost", has_costs=has_costs)),
        estimates=tuple(_second_cumulated(causes)),
        questions=(*_which_are_vital(causes, few), *_same_order(counts, sums, has_costs=has_costs)),
        decision=fw.Decision(
            msg("Which cause do you remove first?"), tuple(cause.name for cause in causes), consistent=max(few, 3)
        ),
    )


def _rate(complaints: int, orders: float | None) -> Iterator[fw.Figure]:
    if orders:
        yield fw.Figure("rate", msg("Complaints per 100 orders"), 100 * complaints / orders, decimals=2, n=int(orders))


def _days(table: fw.Table) -> Iterator[fw.Figure]:
    days = [value for value in table.maybe_numbers("days_open") if value is not None]
    if days:
        title = msg("Days until a complaint is closed (median)")
        yield fw.Figure("days_open", title, fw.quantile(days, 0.5), fw.Unit.DAYS, n=len(days))


def _table(
    causes: Sequence[fw.ParetoShare], few: int, counts: dict[str, int], sums: dict[str, float], *, has_costs: bool
) -> fw.ResultTable:
    classes = {cause.name: fw.abc_class(causes, rank) for rank, cause in enumerate(causes)}
    vital = {cause.name for cause in causes[:few]}
    return fw.Rows("causes", msg("Causes"), causes).shown(
        fw.Shown("cause", msg("Cause"), lambda cause: cause.name),
        fw.Shown("complaints", msg("Complaints"), lambda cause: counts[cause.name]),
        fw.Shown("cost", msg("Cost"), lambda cause: sums[cause.name], fw.Unit.MONEY, decimals=0, when=has_costs),
        fw.Shown("cumulated", msg("Up to here"), lambda cause: 100 * cause.cumulated, fw.Unit.PERCENT),
        fw.Shown("class", msg("Class"), lambda cause: classes[cause.name]),
        fw.Shown("vital", msg("Vital few"), lambda cause: cause.name in vital),
    )


def _verdict(causes: Sequence[fw.ParetoShare], few: int) -> fw.Verdict:
    if len(causes) == 1:
        text = msg("All complaints have the same cause: “%(first)s”. Word causes more finely.", first=causes[0].name)
        return fw.Verdict("one-cause", fw.Level.NEUTRAL, text)
    if has_pareto_effect(causes):
        text = msg(
            "Causes that bring 80 %% of the trouble: %(few)s of %(all)s. Begin with “%(first)s”.",
            few=few,
            all=len(causes),
            first=causes[0].name,
        )
        return fw.Verdict("vital-few", fw.Level.GOOD, text)
    text = msg(
        "There are no vital few: %(few)s of %(all)s causes are needed for 80 %%. Look for what the causes have in "
        "common, or word them less finely.",
        few=few,
        all=len(causes),
    )
    return fw.Verdict("no-vital-few", fw.Level.NEUTRAL, text)


def _notes(table: fw.Table, *, by_cost: bool, has_costs: bool) -> Iterator[fw.Text]:
    missing = sum(cost is None for cost in table.maybe_numbers("cost"))
    if by_cost and not has_costs:
        yield msg("There are no costs, so the causes are ordered by number.")
    elif has_costs and missing:
        yield msg("Complaints without a cost, counted as 0: %(missing)s.", missing=missing)


def _second_cumulated(causes: Sequence[fw.ParetoShare]) -> Iterator[fw.Estimate]:
    if len(causes) < 2:
        return
    first, second = causes[0].cumulated, causes[1].cumulated
    text = msg("How many percent do the two largest causes bring together?")
    slip = fw.Slip(100 * (second - first), msg("That is the second cause alone. Add the first one."))
    yield fw.Estimate("second_cumulated", text, 100 * second, tolerance=1, unit=fw.Unit.PERCENT, slips=(slip,))


def _which_are_vital(causes: Sequence[fw.ParetoShare], few: int) -> Iterator[fw.Question]:
    """Ask for the vital few; not where the last of them equals the next one, so that either could be among them."""
    if few < len(causes) and causes[few - 1].weight == causes[few].weight:
        return
    shown = causes[: max(few, fw.MAX_CHOICES)]
    text = msg("Which causes are the vital few, those that bring 80 %% together?")
    answers = fw.choose_one([(cause.name, rank < few) for rank, cause in enumerate(shown)])
    yield fw.Question("vital_few", text, answers, several=True)


def _same_order(counts: dict[str, int], sums: dict[str, float], *, has_costs: bool) -> Iterator[fw.Question]:
    """Ask whether both orders begin alike; not where several causes are equally far ahead."""
    if not has_costs or len(counts) < 2:
        return
    first = [[name for name, value in values.items() if value == max(values.values())] for values in (counts, sums)]
    if len(first[0]) <= 1 and len(first[1]) <= 1:
        is_same = first[0] == first[1]
        text = msg("Is the most frequent cause also the one that costs most?")
        yield fw.Question("same_order", text, fw.yes_or_no(is_same))


INSTRUMENT = fw.Instrument(
    key="complaint-pareto",
    code="T05",
    title=msg("Complaint Pareto"),
    phases=(fw.Phase.ACQUIRE, fw.Phase.PROCESS),
    needs=(fw.Need.COMPLAINTS,),
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
        fw.Column("date", msg("Day of the complaint"), fw.ValueKind.DATE, required=False),
        fw.Column("cause", msg("Cause"), fw.ValueKind.WORD),
        fw.number_column("cost", msg("Cost"), 0, required=False),
        fw.Column("order_no", msg("Order number"), fw.ValueKind.KEY, required=False),
        fw.number_column("days_open", msg("Days until closed"), 0, required=False),
    ),
    options=(
        fw.choice_option("by", msg("Order the causes by"), {"count": msg("number of complaints"), "cost": msg("cost")}),
        fw.number_option("orders", msg("Orders in the same time"), 1, whole=True),
    ),
    minimum=20,
    counted=msg("complaints"),
    reference="Juran, J. M. (1951): Quality Control Handbook; ISO 10002 (complaints handling).",
    # A hundred complaints of nine months: late delivery 46 %, and damage in transit costs most.
    demo=fw.Demo(fw.Firm.NORDLICHT, options={"orders": 640}),
    compute=compute,
)
