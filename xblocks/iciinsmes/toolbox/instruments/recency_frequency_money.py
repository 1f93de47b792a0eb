"""T13: which customers to ask, to keep and to win back, by when they bought last, how often, and for how much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

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
from .kit.statistics import doubled_ranks

#: With fewer customers than this, fifths would hold a handful each: thirds are used, scored 1, 3 and 5.
_MINIMUM_FOR_FIFTHS = 50

_MAX_LISTED = 10

_SEGMENTS = {
    "champions": msg("Champions"),
    "new": msg("New customers"),
    "at_risk": msg("At risk"),
    "lost": msg("Lost"),
    "others": msg("Others"),
}


class Buys(NamedTuple):
    """What one customer bought: days since the last order, number of orders, sum of money."""

    days: int
    orders: int
    money: float


class Customer(NamedTuple):
    """A customer with scores from 1 to 5, 5 is best."""

    key: str
    buys: Buys
    recency: int
    frequency: int
    money: int

    @property
    def segment(self) -> str:
        """The group, a key of `_SEGMENTS`."""
        if self.recency >= 4 and self.frequency >= 4:
            return "champions"
        if self.recency >= 4 and self.frequency == 1:
            return "new"
        if self.recency <= 2 and self.frequency >= 3:
            return "at_risk"
        return "lost" if self.recency == 1 and self.frequency <= 2 else "others"


def scores(values: Sequence[float], *, fifths: bool) -> list[int]:
    """Return a score of 1 to 5 for each value, 5 for the largest; equal values share their average rank.

    Args:
        values: at least one.
        fifths: five groups; otherwise three, scored 1, 3 and 5.
    """
    groups = 5 if fifths else 3
    # The rank over the number of values, times the number of groups, rounded up; in whole numbers.
    steps = [-(-groups * rank // (2 * len(values))) for rank in doubled_ranks(values)]
    return steps if fifths else [2 * step - 1 for step in steps]


def score_customers(buys: Mapping[str, Buys], *, fifths: bool) -> list[Customer]:
    """Score all customers against each other."""
    found = list(buys.values())
    recency = scores([-entry.days for entry in found], fifths=fifths)
    frequency = scores([entry.orders for entry in found], fifths=fifths)
    money = scores([entry.money for entry in found], fifths=fifths)
    return [Customer(*entry) for entry in zip(buys, found, recency, frequency, money, strict=True)]


def compute(table: Table, options: Settings) -> Result:
    """Sum up the orders of each customer, score them, and group them."""
    today = options.maybe_date("as_of") or max(table.dates("date"))
    buys, notes = _buys(table, today, int(options.number("window")))
    if not buys:
        return Result(n=0, verdict=_nobody(), notes=notes)
    scoring = options.text("scoring")
    fifths = scoring == "fifths" or (scoring == "auto" and len(buys) >= _MINIMUM_FOR_FIFTHS)
    customers = score_customers(buys, fifths=fifths)
    members = {name: [entry for entry in customers if entry.segment == name] for name in _SEGMENTS}
    sales = {name: sum(entry.buys.money for entry in group) for name, group in members.items()}
    return Result(
        n=len(customers),
        verdict=_verdict(members, sales),
        figures=(
            Figure("customers", msg("Customers"), len(customers)),
            Figure("orders", msg("Orders"), sum(entry.buys.orders for entry in customers)),
            Figure("sales", msg("Sales"), sum(sales.values()), Unit.MONEY, decimals=0),
            Figure("champions", _SEGMENTS["champions"], len(members["champions"])),
            Figure("at_risk", _SEGMENTS["at_risk"], len(members["at_risk"])),
        ),
        tables=(_segments(members, sales), _grid(customers), _worth_a_call(members)),
        charts=(
            Chart(
                ChartKind.HEAT,
                msg("Customers by recency and frequency"),
                table="grid",
                label="recency",
                values=tuple(f"frequency_{score}" for score in range(1, 6)),
            ),
        ),
        notes=notes,
        estimates=(_score_one(customers, fifths=fifths),),
        questions=_questions(members, sales),
        decision=Decision(
            msg("Which group do you interview first, and what do you ask?"), tuple(_SEGMENTS.values()), consistent=3
        ),
    )


def _buys(table: Table, today: date, months: int) -> tuple[dict[str, Buys], tuple[Text, ...]]:
    """Return what each customer bought in the months up to a day, and notes on what does not count."""
    first = today - timedelta(days=round(months * 365.25 / 12))
    days: dict[str, int] = {}
    orders: dict[str, int] = {}
    money: dict[str, float] = {}
    outside = returns = 0
    for key, day, amount in zip(table.texts("customer"), table.dates("date"), table.numbers("amount"), strict=True):
        if not first < day <= today:
            outside += 1
            continue
        money[key] = money.get(key, 0.0) + amount
        if amount < 0:
            returns += 1
            continue
        orders[key] = orders.get(key, 0) + 1
        days[key] = min(days.get(key, (today - day).days), (today - day).days)
    notes = []
    if outside:
        notes.append(msg("Rows outside the months looked at, not counted: %(rows)s.", rows=outside))
    if returns:
        notes.append(msg("Negative amounts, taken off the sales and not counted as orders: %(rows)s.", rows=returns))
    if len(money) > len(orders):
        missing = len(money) - len(orders)
        notes.append(msg("Customers with nothing but negative amounts, left out: %(customers)s.", customers=missing))
    return {key: Buys(days[key], orders[key], money[key]) for key in orders}, tuple(notes)


def _segments(members: Mapping[str, Sequence[Customer]], sales: Mapping[str, float]) -> ResultTable:
    customers, total = sum(map(len, members.values())), sum(sales.values())
    return ResultTable(
        "segments",
        msg("Groups of customers"),
        (
            Heading("segment", msg("Group")),
            Heading("customers", msg("Customers")),
            Heading("share", msg("Share"), Unit.PERCENT),
            Heading("sales", msg("Sales"), Unit.MONEY, decimals=0),
            Heading("sales_share", msg("Share of sales"), Unit.PERCENT),
        ),
        tuple(
            (
                _SEGMENTS[name],
                len(group),
                100 * len(group) / customers,
                sales[name],
                100 * sales[name] / total if total > 0 else None,
            )
            for name, group in members.items()
        ),
    )


def _grid(customers: Sequence[Customer]) -> ResultTable:
    counts: dict[tuple[int, int], int] = {}
    for entry in customers:
        counts[entry.recency, entry.frequency] = counts.get((entry.recency, entry.frequency), 0) + 1
    return ResultTable(
        "grid",
        msg("Customers by recency (down) and frequency F (across); 5 is best"),
        (
            Heading("recency", msg("Recency")),
            *(Heading(f"frequency_{score}", msg("F %(score)s", score=score)) for score in range(1, 6)),
        ),
        tuple(
            (recency, *(counts.get((recency, frequency), 0) for frequency in range(1, 6)))
            for recency in range(5, 0, -1)
        ),
    )


def _worth_a_call(members: Mapping[str, Sequence[Customer]]) -> ResultTable:
    largest = sorted(members["at_risk"], key=lambda entry: (-entry.buys.money, entry.key))[:_MAX_LISTED]
    return ResultTable(
        "at_risk",
        msg("At risk, by sales: worth a call"),
        (
            Heading("customer", msg("Customer number")),
            Heading("days", msg("Days since the last order"), Unit.DAYS),
            Heading("orders", msg("Orders")),
            Heading("sales", msg("Sales"), Unit.MONEY, decimals=0),
        ),
        tuple((entry.key, entry.buys.days, entry.buys.orders, entry.buys.money) for entry in largest),
    )


def _nobody() -> Verdict:
    return Verdict("nobody", Level.TOO_LITTLE_DATA, msg("No order lies in the months looked at."))


def _verdict(members: Mapping[str, Sequence[Customer]], sales: Mapping[str, float]) -> Verdict:
    total = sum(sales.values())
    share = 100 * sales["at_risk"] / total if total > 0 else 0.0
    found = {"customers": len(members["at_risk"]), "share": round(share, 1)}
    if sales["at_risk"] > sales["champions"]:
        text = msg(
            "Customers at risk: %(customers)s, with %(share)s %% of sales, more than your champions bring. Call them "
            "first.",
            **found,
        )
        return Verdict("losing", Level.ATTENTION, text)
    if members["at_risk"]:
        text = msg("Customers at risk: %(customers)s, with %(share)s %% of sales. Ask them what has changed.", **found)
        return Verdict("some-at-risk", Level.NEUTRAL, text)
    return Verdict("none-at-risk", Level.GOOD, msg("No customer who used to buy often has stopped buying."))


def _score_one(customers: Sequence[Customer], *, fifths: bool) -> Estimate:
    """Ask for the recency score of the customer in the middle of the list, where guessing helps least."""
    chosen = sorted(customers, key=lambda entry: (entry.buys.days, entry.key))[len(customers) // 3]
    if fifths:
        text = msg(
            "Customer %(customer)s bought %(days)s days ago. Which recency score is that, 1 to 5, if a fifth of the "
            "customers gets each score?",
            customer=chosen.key,
            days=chosen.buys.days,
        )
    else:
        text = msg(
            "Customer %(customer)s bought %(days)s days ago. Which recency score is that, 1, 3 or 5, if a third of the "
            "customers gets each score?",
            customer=chosen.key,
            days=chosen.buys.days,
        )
    reversed_score = Slip(6 - chosen.recency, msg("You counted from the wrong end: 5 is for those who bought last."))
    slips = () if chosen.recency == 3 else (reversed_score,)
    return Estimate("recency_score", text, chosen.recency, tolerance=0, slips=slips)


def _questions(members: Mapping[str, Sequence[Customer]], sales: Mapping[str, float]) -> tuple[Question, ...]:
    most_sales, most_members = max(sales.values()), max(map(len, members.values()))
    return (
        Question(
            "largest_sales",
            msg("Which group brings the largest share of your sales?"),
            choose_one([(title, sales[name] == most_sales) for name, title in _SEGMENTS.items()]),
            several=True,
        ),
        Question(
            "largest_group",
            msg("Which group has most customers?"),
            choose_one([(title, len(members[name]) == most_members) for name, title in _SEGMENTS.items()]),
            several=True,
        ),
    )


def _demo() -> list[tuple[Value, ...]]:
    """Sixty loyalty cards of the bakery in one year: regulars, newcomers, and some who stopped coming."""
    end = date(2026, 6, 30)
    rows: list[tuple[Value, ...]] = []
    for number in range(1, 61):
        kind = number % 6
        orders = (24, 18, 9, 1, 12, 3)[kind]
        last = (2, 6, 30, 10, 140, 230)[kind] + number % 5
        gap = (9, 12, 20, 1, 15, 30)[kind]
        rows += [
            (
                f"C{number:03}",
                end - timedelta(days=last + gap * order),
                round(4.2 + (number * 7 + order * 3) % 19 * 0.9, 2),
            )
            for order in range(orders)
            if last + gap * order < 365
        ]
    return rows


INSTRUMENT = Instrument(
    key="recency-frequency-money",
    code="T13",
    title=msg("Recency, frequency, money"),
    phases=(Phase.PROCESS,),
    needs=(Need.WHICH_CUSTOMERS, Need.LOYALTY),
    purpose=msg("See which customers to ask, to keep and to win back."),
    explanation=(
        msg("Take the orders of a year from your till or invoices: customer number, day, amount. No names."),
        msg(
            "Every customer gets three scores from 1 to 5: for how recently, how often and for how much they bought. "
            "Five is best, and customers are compared with each other."
        ),
        msg(
            "Who bought often and stopped is at risk: a call costs little. Who buys often and lately is a champion: "
            "ask what you do right."
        ),
    ),
    columns=(
        Column(
            "customer",
            msg("Customer number"),
            Kind.KEY,
            aliases=names.CUSTOMER,
        ),
        Column(
            "date",
            msg("Day of the order"),
            Kind.DATE,
            aliases=names.DATE,
        ),
        Column(
            "amount",
            msg("Amount"),
            Kind.NUMBER,
            aliases=names.AMOUNT,
        ),
    ),
    options=(
        Option("as_of", msg("Count back from this day; the last day of the data if empty"), Kind.DATE),
        Option("window", msg("Months looked at"), Kind.INTEGER, default=12, minimum=1, maximum=120),
        Option(
            "scoring",
            msg("Scores"),
            Kind.CHOICE,
            default="auto",
            choices=(
                Choice("auto", msg("fifths from 50 customers on, thirds below")),
                Choice("fifths", msg("fifths: 1 to 5")),
                Choice("thirds", msg("thirds: 1, 3, 5")),
            ),
        ),
    ),
    minimum=10,
    counted=msg("customers"),
    reference=(
        "Hughes, A. (1994): Strategic Database Marketing; Bult, J. R. and Wansbeek, T. (1995): Optimal Selection for "
        "Direct Mail. Marketing Science 14(4)."
    ),
    demo=Demo(Firm.POD_DEBEM, _demo),
    compute=compute,
)
