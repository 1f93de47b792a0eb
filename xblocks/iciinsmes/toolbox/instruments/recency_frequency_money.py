"""T13: which customers to ask, to keep and to win back, by when they bought last, how often, and for how much."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from . import framework as fw
from .framework import msg

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

_MONTHS_OF_A_YEAR = 12


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
        if self.recency >= 4 and self.buys.orders == 1:
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
    steps = [-(-groups * rank // (2 * len(values))) for rank in fw.doubled_ranks(values)]
    return steps if fifths else [2 * step - 1 for step in steps]


def score_customers(buys: Mapping[str, Buys], *, fifths: bool) -> list[Customer]:
    """Score all customers against each other; whoever bought once has not bought often, however many others did so."""
    found = list(buys.values())
    recency = scores([-entry.days for entry in found], fifths=fifths)
    ranked = scores([entry.orders for entry in found], fifths=fifths)
    frequency = [1 if entry.orders == 1 else score for entry, score in zip(found, ranked, strict=True)]
    money = scores([entry.money for entry in found], fifths=fifths)
    return [Customer(*entry) for entry in zip(buys, found, recency, frequency, money, strict=True)]


def months_before(day: date, months: int) -> date:
    """Return the same day so many months earlier, or the last day of a month that is too short for it.

    Args:
        day: any day.
        months: 0 or above; what would lie before the calendar begins is its first day.
    """
    year, month = divmod(day.year * _MONTHS_OF_A_YEAR + day.month - 1 - months, _MONTHS_OF_A_YEAR)
    if year < date.min.year:
        return date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def compute(table: fw.Table, options: fw.Settings) -> fw.Result:
    """Sum up the orders of each customer, score them, and group them."""
    today = options.maybe_date("as_of") or max(table.dates("date"))
    buys, notes = _buys(table, today, int(options.number("window")))
    if not buys:
        text = msg("No order lies in the months looked at.")
        return fw.Result(n=0, verdict=fw.Verdict("nobody", fw.Level.TOO_LITTLE_DATA, text), notes=notes)
    scoring = options.text("scoring")
    fifths = scoring == "fifths" or (scoring == "auto" and len(buys) >= _MINIMUM_FOR_FIFTHS)
    customers = score_customers(buys, fifths=fifths)
    members = {name: [entry for entry in customers if entry.segment == name] for name in _SEGMENTS}
    sales = {name: sum(entry.buys.money for entry in group) for name, group in members.items()}
    title = msg("Customers by recency and frequency")
    return fw.Result(
        n=len(customers),
        verdict=_verdict(members, sales),
        figures=(
            fw.Figure("customers", msg("Customers"), len(customers)),
            fw.Figure("orders", msg("Orders"), sum(entry.buys.orders for entry in customers)),
            fw.Figure("sales", msg("Sales"), sum(sales.values()), fw.Unit.MONEY, decimals=0),
            fw.Figure("champions", _SEGMENTS["champions"], len(members["champions"])),
            fw.Figure("at_risk", _SEGMENTS["at_risk"], len(members["at_risk"])),
        ),
        tables=(_segments(members, sales), _grid(customers), _worth_a_talk(members)),
        charts=(fw.heat(title, "grid", "recency", tuple(f"frequency_{score}" for score in range(1, 6))),),
        notes=notes,
        estimates=(_score_one(customers, fifths=fifths),),
        questions=tuple(_questions(members, sales)),
        decision=fw.Decision(
            msg("Which group do you interview first, and what do you ask?"), tuple(_SEGMENTS.values()), consistent=3
        ),
    )


def _buys(table: fw.Table, today: date, months: int) -> tuple[dict[str, Buys], tuple[fw.Text, ...]]:
    """Return what each customer bought in the calendar months up to a day, and notes on what does not count."""
    first = months_before(today, months)
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
    without = len(money) - len(orders)
    return {key: Buys(days[key], orders[key], money[key]) for key in orders}, fw.noted(
        msg("Rows outside the months looked at, not counted: %(rows)s.", rows=outside),
        msg("Negative amounts, taken off the sales and not counted as orders: %(rows)s.", rows=returns),
        msg("Customers with nothing but negative amounts, left out: %(customers)s.", customers=without),
    )


def _segments(members: Mapping[str, Sequence[Customer]], sales: Mapping[str, float]) -> fw.ResultTable:
    customers, total = sum(map(len, members.values())), sum(sales.values())
    return fw.Rows("segments", msg("Groups of customers"), members).shown(
        fw.Shown("segment", msg("Group"), lambda name: _SEGMENTS[name]),
        fw.Shown("customers", msg("Customers"), lambda name: len(members[name])),
        fw.Shown("share", msg("Share"), lambda name: 100 * len(members[name]) / customers, fw.Unit.PERCENT),
        fw.Shown("sales", msg("Sales"), lambda name: sales[name], fw.Unit.MONEY, decimals=0),
        fw.Shown(
            "sales_share",
            msg("Share of sales"),
            lambda name: 100 * sales[name] / total if total > 0 else None,
            fw.Unit.PERCENT,
        ),
    )


def _grid(customers: Sequence[Customer]) -> fw.ResultTable:
    counts = Counter((entry.recency, entry.frequency) for entry in customers)
    return fw.ResultTable(
        "grid",
        msg("Customers by recency (down) and frequency F (across); 5 is best"),
        (
            fw.Heading("recency", msg("Recency")),
            *(fw.Heading(f"frequency_{score}", msg("F %(score)s", score=score)) for score in range(1, 6)),
        ),
        tuple((recency, *(counts[recency, frequency] for frequency in range(1, 6))) for recency in range(5, 0, -1)),
    )


def _worth_a_talk(members: Mapping[str, Sequence[Customer]]) -> fw.ResultTable:
    largest = sorted(members["at_risk"], key=lambda entry: (-entry.buys.money, entry.key))[:_MAX_LISTED]
    return fw.Rows("at_risk", msg("At risk, by sales: worth a talk"), largest).shown(
        fw.Shown("customer", msg("Customer number"), lambda entry: entry.key),
        fw.Shown("days", msg("Days since the last order"), lambda entry: entry.buys.days, fw.Unit.DAYS),
        fw.Shown("orders", msg("Orders"), lambda entry: entry.buys.orders),
        fw.Shown("sales", msg("Sales"), lambda entry: entry.buys.money, fw.Unit.MONEY, decimals=0),
    )


def _verdict(members: Mapping[str, Sequence[Customer]], sales: Mapping[str, float]) -> fw.Verdict:
    total, at_risk = sum(sales.values()), len(members["at_risk"])
    if at_risk and 0 < sales["at_risk"] <= total:
        found = {"customers": at_risk, "share": fw.rounded(100 * sales["at_risk"] / total, 0, 100)}
        if members["champions"] and sales["at_risk"] > sales["champions"]:
            text = msg(
                "Customers at risk: %(customers)s, with %(share)s %% of sales, more than your champions bring. Ask "
                "them first what has changed.",
                **found,
            )
            return fw.Verdict("losing", fw.Level.ATTENTION, text)
        text = msg("Customers at risk: %(customers)s, with %(share)s %% of sales. Ask them what has changed.", **found)
        return fw.Verdict("some-at-risk", fw.Level.NEUTRAL, text)
    if at_risk:
        # Returned goods: the share of sales says nothing.
        text = msg("Customers at risk: %(customers)s. Ask them what has changed.", customers=at_risk)
        return fw.Verdict("some-at-risk", fw.Level.NEUTRAL, text)
    if all(entry.buys.orders == 1 for group in members.values() for entry in group):
        text = msg("Nobody bought twice in these months: nobody can be at risk, and nobody came back.")
        return fw.Verdict("nobody-came-back", fw.Level.NEUTRAL, text)
    return fw.Verdict("none-at-risk", fw.Level.GOOD, msg("No customer who used to buy often has stopped buying."))


def _score_one(customers: Sequence[Customer], *, fifths: bool) -> fw.Estimate:
    """Ask for the recency score of the customer in the middle of the list, where guessing helps least."""
    chosen = sorted(customers, key=lambda entry: (entry.buys.days, entry.key))[len(customers) // 3]
    found: dict[str, str | int] = {"customer": chosen.key, "days": chosen.buys.days}
    if fifths:
        text = msg(
            "Customer %(customer)s bought %(days)s days ago. Which recency score is that, 1 to 5, if a fifth of the "
            "customers gets each score?",
            **found,
        )
    else:
        text = msg(
            "Customer %(customer)s bought %(days)s days ago. Which recency score is that, 1, 3 or 5, if a third of the "
            "customers gets each score?",
            **found,
        )
    reversed_score = fw.Slip(6 - chosen.recency, msg("You counted from the wrong end: 5 is for those who bought last."))
    slips = () if chosen.recency == 3 else (reversed_score,)
    return fw.Estimate("recency_score", text, chosen.recency, tolerance=0, slips=slips)


def _questions(members: Mapping[str, Sequence[Customer]], sales: Mapping[str, float]) -> Iterator[fw.Question]:
    most_sales, most_members = max(sales.values()), max(map(len, members.values()))
    if most_sales > 0:  # where returned goods are worth more than the sales, no group brings any
        answers = fw.choose_one([(title, sales[name] == most_sales) for name, title in _SEGMENTS.items()])
        text = msg("Which group brings the largest share of your sales?")
        yield fw.Question("largest_sales", text, answers, several=True)
    answers = fw.choose_one([(title, len(members[name]) == most_members) for name, title in _SEGMENTS.items()])
    yield fw.Question("largest_group", msg("Which group has most customers?"), answers, several=True)


INSTRUMENT = fw.Instrument(
    key="recency-frequency-money",
    code="T13",
    title=msg("Recency, frequency, money"),
    phases=(fw.Phase.PROCESS,),
    needs=(fw.Need.WHICH_CUSTOMERS, fw.Need.LOYALTY),
    purpose=msg("See which customers to ask, to keep and to win back."),
    explanation=(
        msg("Take the orders of a year from your till or invoices: customer number, day, amount. No names."),
        msg(
            "Every customer gets three scores from 1 to 5: for how recently, how often and for how much they bought. "
            "Five is best, and customers are compared with each other."
        ),
        msg(
            "Who bought often and stopped is at risk: a talk costs little. Who buys often and lately is a champion: "
            "ask what you do right."
        ),
    ),
    columns=(
        fw.Column("customer", msg("Customer number"), fw.ValueKind.KEY),
        fw.Column("date", msg("Day of the order"), fw.ValueKind.DATE),
        fw.Column("amount", msg("Amount"), fw.ValueKind.NUMBER),
    ),
    options=(
        fw.Option("as_of", msg("Count back from this day; the last day of the data if empty"), fw.ValueKind.DATE),
        fw.number_option("window", msg("Months looked at"), 1, 120, whole=True, default=12),
        fw.choice_option(
            "scoring",
            msg("Scores"),
            {
                "auto": msg("fifths from 50 customers on, thirds below"),
                "fifths": msg("fifths: 1 to 5"),
                "thirds": msg("thirds: 1, 3, 5"),
            },
        ),
    ),
    minimum=10,
    counted=msg("customers"),
    reference=(
        "Hughes, A. (1994): Strategic Database Marketing; Bult, J. R. and Wansbeek, T. (1995): Optimal Selection for "
        "Direct Mail. Marketing Science 14(4)."
    ),
    # Sixty loyalty cards of the bakery in one year: regulars, newcomers, and some who stopped coming.
    demo=fw.Demo(fw.Firm.POD_DEBEM),
    compute=compute,
)
