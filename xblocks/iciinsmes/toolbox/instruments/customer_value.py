"""T14: which customers bring the sales, how far the firm depends on them, and what one is worth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .kit import (
    Answer,
    Cell,
    Chart,
    ChartKind,
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
from .kit.pareto import EPSILON, Share, abc_class, pareto

#: With a larger share of sales than this the firm depends on a customer.
_DEPENDENCE = 0.3

_WORTH = msg("Worth of a customer over the years (CLV)")

_MAX_LISTED = 20
_MAX_CHOICES = 6


class Worth(NamedTuple):
    """What future years are worked out with: margin of a mean customer in a year, retention and discount, 0 to 1."""

    margin: float
    retention: float
    discount: float

    @property
    def value(self) -> float:
        """Lifetime value of the mean customer."""
        return lifetime_value(self.margin, self.retention, self.discount)


def concentration(sales: Sequence[float]) -> float:
    """Return the index of Herfindahl and Hirschman: 1/n if n customers buy alike, 1 if there is only one.

    Args:
        sales: above 0, at least one.
    """
    total = sum(sales)
    return sum((amount / total) ** 2 for amount in sales)


def lifetime_value(margin: float, retention: float, discount: float) -> float:
    """Return what a customer brings in all coming years in money of today (Gupta and Lehmann 2003).

    Args:
        margin: what the customer brings in a year, the same every year.
        retention: share of customers who are still there a year later, 0 to below 1.
        discount: interest for waiting a year, 0 or more.
    """
    return margin * retention / (1 + discount - retention)


def compute(table: Table, options: Settings) -> Result:
    """Add up the sales of each customer, put customers in classes, and work out dependence and worth."""
    buyers, notes = _buyers(table)
    if not buyers:
        return Result(n=0, verdict=Verdict("nobody", Level.TOO_LITTLE_DATA, msg("No customer has sales.")), notes=notes)
    shares = pareto([(key, sales) for key, (sales, _margin) in buyers.items()])
    total = sum(share.weight for share in shares)
    worth, worth_notes = _worth(table, options, [margin for _sales, margin in buyers.values()])
    largest = shares[0].weight / total
    index = concentration([share.weight for share in shares])
    return Result(
        n=len(shares),
        verdict=_verdict(shares, largest),
        figures=(
            Figure("customers", msg("Customers"), len(shares)),
            Figure("sales", msg("Sales"), total, Unit.MONEY, decimals=0, n=len(shares)),
            Figure("largest_share", msg("Share of the largest customer (CR1)"), 100 * largest, Unit.PERCENT),
            Figure("three_share", msg("Share of the three largest"), 100 * shares[:3][-1].cumulated, Unit.PERCENT),
            Figure("concentration", msg("Concentration of sales (HHI), 1 is a single customer"), index, decimals=4),
            Figure("equal_customers", msg("As concentrated as so many equal customers"), 1 / index),
            *_worth_figures(worth, len(shares)),
        ),
        tables=(_customers(shares, buyers, worth, options), _classes(shares)),
        charts=(
            Chart(
                ChartKind.PARETO,
                msg("Customers by sales"),
                table="customers",
                label="customer",
                values=("sales", "cumulated"),
                emphasis="above_limit",
            ),
        ),
        notes=(*notes, *worth_notes, *_not_listed(shares)),
        estimates=(_largest_share(shares), *_worth_of_one(worth)),
        questions=(_depends(shares, largest), _which_are_a(shares)),
        decision=Decision(
            msg("What do you do this year so that sales stand on more feet, or so that your A customers stay?")
        ),
    )


def _buyers(table: Table) -> tuple[dict[str, tuple[float, float]], tuple[Text, ...]]:
    """Return sales and margin of every customer with sales above 0, and a note on the others."""
    margins = table.maybe_numbers("margin")
    found: dict[str, tuple[float, float]] = {}
    for key, amount, margin in zip(table.texts("customer"), table.numbers("sales"), margins, strict=True):
        sales, earned = found.get(key, (0.0, 0.0))
        found[key] = (sales + amount, earned + (margin or 0.0))
    buyers = {key: sums for key, sums in found.items() if sums[0] > EPSILON}
    missing = len(found) - len(buyers)
    return buyers, (msg("Customers without sales, left out: %(customers)s.", customers=missing),) if missing else ()


def _worth(table: Table, options: Settings, margins: Sequence[float]) -> tuple[Worth | None, tuple[Text, ...]]:
    """Return what the lifetime value rests on, or what is missing for it."""
    if not table.has("margin"):
        return None, (msg("Add the margin of each customer to see what a customer is worth over the years."),)
    notes: list[Text] = []
    if gaps := sum(margin is None for margin in table.maybe_numbers("margin")):
        notes.append(msg("Rows without a margin, counted as 0: %(rows)s.", rows=gaps))
    kept = options.maybe_number("retention")
    if kept is None:
        years = _active_years(table)
        if not years or sum(years) / len(years) <= 1:
            notes.append(msg("Say how many customers of 100 are still there a year later to see what one is worth."))
            return None, tuple(notes)
        kept = min(round(100 * (1 - len(years) / sum(years)), 1), 99.0)
        notes.append(
            msg(
                "Customers have been with you for %(years)s years on average. If that is the whole time they stay, "
                "%(kept)s of 100 stay each year; they may stay longer.",
                years=round(sum(years) / len(years), 1),
                kept=kept,
            )
        )
    yearly = sum(margins) / len(margins) * 12 / options.number("months")
    return Worth(yearly, kept / 100, options.number("discount") / 100), tuple(notes)


def _active_years(table: Table) -> list[float]:
    """Return for each customer the largest number of years in its rows."""
    longest: dict[str, float] = {}
    for key, years in zip(table.texts("customer"), table.maybe_numbers("active_years"), strict=True):
        if years is not None:
            longest[key] = max(years, longest.get(key, 0.0))
    return list(longest.values())


def _worth_figures(worth: Worth | None, n: int) -> tuple[Figure, ...]:
    if worth is None:
        return ()
    return (
        Figure("margin", msg("Margin of a customer in a year (mean)"), worth.margin, Unit.MONEY, n=n, decimals=2),
        Figure("retention", msg("Customers who stay each year"), 100 * worth.retention, Unit.PERCENT),
        Figure("lifetime_value", _WORTH, worth.value, Unit.MONEY, n=n, decimals=2),
    )


def _customers(
    shares: Sequence[Share], buyers: dict[str, tuple[float, float]], worth: Worth | None, options: Settings
) -> ResultTable:
    total = sum(share.weight for share in shares)
    headings = [
        Heading("customer", msg("Customer number")),
        Heading("sales", msg("Sales"), Unit.MONEY, decimals=0),
        Heading("share", msg("Share"), Unit.PERCENT),
        Heading("cumulated", msg("Up to here"), Unit.PERCENT),
        Heading("class", msg("Class")),
        Heading("above_limit", msg("More than 30 %%")),
    ]
    if worth:
        headings.append(Heading("lifetime_value", msg("Worth over the years"), Unit.MONEY, decimals=0))

    def value(key: str) -> tuple[float, ...]:
        yearly = buyers[key][1] * 12 / options.number("months")
        return (lifetime_value(yearly, worth.retention, worth.discount),) if worth else ()

    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            share.name,
            share.weight,
            100 * share.weight / total,
            100 * share.cumulated,
            abc_class(shares, rank),
            share.weight / total > _DEPENDENCE + EPSILON,
            *value(share.name),
        )
        for rank, share in enumerate(shares[:_MAX_LISTED])
    )
    return ResultTable("customers", msg("Largest customers"), tuple(headings), rows)


def _classes(shares: Sequence[Share]) -> ResultTable:
    total = sum(share.weight for share in shares)
    members: dict[str, list[float]] = {"A": [], "B": [], "C": []}
    for rank, share in enumerate(shares):
        members[abc_class(shares, rank)].append(share.weight)
    return ResultTable(
        "classes",
        msg("Classes: A brings up to 80 %% of sales, B up to 95 %%, C the rest"),
        (
            Heading("class", msg("Class")),
            Heading("customers", msg("Customers")),
            Heading("share", msg("Share"), Unit.PERCENT),
            Heading("sales", msg("Sales"), Unit.MONEY, decimals=0),
            Heading("sales_share", msg("Share of sales"), Unit.PERCENT),
        ),
        tuple(
            (name, len(sales), 100 * len(sales) / len(shares), sum(sales, 0.0), 100 * sum(sales) / total)
            for name, sales in members.items()
        ),
    )


def _not_listed(shares: Sequence[Share]) -> tuple[Text, ...]:
    rest = len(shares) - _MAX_LISTED
    return (msg("Smaller customers, counted but not listed: %(customers)s.", customers=rest),) if rest > 0 else ()


def _verdict(shares: Sequence[Share], largest: float) -> Verdict:
    share = round(100 * largest, 1)
    if largest > _DEPENDENCE + EPSILON:
        text = msg(
            "Customer %(customer)s alone brings %(share)s %% of your sales. If this customer leaves, the firm is in "
            "trouble: look for others to stand on.",
            customer=shares[0].name,
            share=share,
        )
        return Verdict("dependent", Level.ATTENTION, text)
    text = msg("No customer brings more than 30 %% of your sales. The largest brings %(share)s %%.", share=share)
    return Verdict("spread", Level.GOOD, text)


def _largest_share(shares: Sequence[Share]) -> Estimate:
    largest, total = shares[0].weight, sum(share.weight for share in shares)
    text = msg(
        "Customer %(customer)s has the largest sales. How many percent of all sales is that?", customer=shares[0].name
    )
    slip = msg("You divided by the sales of the others. Divide by all sales, the largest customer included.")
    slips = (Slip(100 * largest / (total - largest), slip),) if total - largest > EPSILON else ()
    return Estimate("largest_share", text, 100 * largest / total, tolerance=1, unit=Unit.PERCENT, slips=slips)


def _worth_of_one(worth: Worth | None) -> tuple[Estimate, ...]:
    if worth is None:
        return ()
    margin, kept, discount = worth
    text = msg(
        "A customer brings a margin of %(margin)s a year, %(kept)s of 100 customers stay each year, and money loses "
        "%(discount)s %% a year. What is a customer worth over the years (CLV)?",
        margin=round(margin, 2),
        kept=round(100 * kept, 2),
        discount=round(100 * discount, 2),
    )
    slips = (
        Slip(margin / (1 + discount - kept), msg("Multiply by the share that stays: next year not all are there.")),
        Slip(margin * kept / (1 - kept), msg("You left out that money loses worth: add it below the line.")),
        Slip(margin / (1 - kept), msg("That counts all margins in full. Take those who leave and the waiting off.")),
    )
    tolerance = max(0.05, abs(worth.value) / 100)
    return (Estimate("lifetime_value", text, worth.value, tolerance, unit=Unit.MONEY, slips=slips),)


def _depends(shares: Sequence[Share], largest: float) -> Question:
    does = largest > _DEPENDENCE + EPSILON
    because = msg("The limit is 30 %%. Your largest customer brings %(share)s %%.", share=round(100 * largest, 1))
    return Question(
        "dependence",
        msg("Does your firm depend on a single customer?"),
        (
            Answer(msg("Yes, on %(customer)s", customer=shares[0].name), does, because),
            Answer(msg("No, on none of them"), not does, because),
        ),
    )


def _which_are_a(shares: Sequence[Share]) -> Question:
    shown = enumerate(shares[:_MAX_CHOICES])
    return Question(
        "class_a",
        msg("Which of these customers are class A, those that bring up to 80 %% of your sales together?"),
        choose_one([(share.name, abc_class(shares, rank) == "A") for rank, share in shown]),
        several=True,
    )


def _demo() -> list[tuple[Value, ...]]:
    """A year of the joinery: one builder of flats brings more than a third, and sixty kitchens share the rest."""
    large = (("C001", 412_000), ("C002", 118_000), ("C003", 64_000), ("C004", 41_000))
    kitchens = [(f"C{number:03}", 3_900 + number * number * 37 % 9_700) for number in range(5, 65)]
    # Those who buy most have the best prices: their margin is the smallest part of their sales.
    return [
        (key, float(sales), round(sales * (0.11 if sales > 100_000 else 0.22 if sales > 20_000 else 0.29), 2), years)
        for index, (key, sales) in enumerate([*large, *kitchens])
        for years in (float(9 - index if index < 4 else 1 + index % 4),)
    ]


_SALES = (
    *("turnover", "revenue", "erlös", "omsætning", "salg", "árbevétel", "forgalom", "sprzedaż", "obrót", "przychód"),
    *("jahresumsatz", "årsomsætning"),
)
_MARGIN = (
    *("margin", "profit", "marge", "deckungsbeitrag", "rohertrag", "dækningsbidrag", "avance", "árrés", "fedezet"),
    *("marża", "zysk"),
)
_YEARS = ("active years", "years", "jahre", "kundenjahre", "år", "kundeår", "évek", "aktív évek", "lata", "liczba lat")

INSTRUMENT = Instrument(
    key="customer-value",
    code="T14",
    title=msg("Customer value and concentration"),
    phases=(Phase.PROCESS,),
    needs=(Need.WHICH_CUSTOMERS, Need.LOYALTY, Need.MONEY),
    purpose=msg("See which customers carry the firm, how far you depend on them, and what a customer is worth."),
    explanation=(
        msg("Take the sales of a year for each customer: customer number, sales, and the margin if you know it."),
        msg(
            "Customers are ordered by sales. Class A brings up to 80 %% of them, B up to 95 %%, C the rest. If one "
            "customer brings more than 30 %%, the firm depends on that customer."
        ),
        msg(
            "What a customer is worth over the years follows from the margin of a year, how many stay, and what money "
            "loses by waiting. So you see what you may spend to win or keep one."
        ),
    ),
    columns=(
        Column("customer", msg("Customer number"), Kind.KEY, aliases=names.CUSTOMER),
        Column("sales", msg("Sales"), Kind.NUMBER, aliases=(*_SALES, *names.AMOUNT)),
        Column("margin", msg("Margin: sales less what they cost you"), Kind.NUMBER, required=False, aliases=_MARGIN),
        Column(
            "active_years",
            msg("Years as a customer"),
            Kind.NUMBER,
            required=False,
            aliases=_YEARS,
            minimum=0,
            maximum=100,
        ),
    ),
    options=(
        Option("months", msg("Months that the sales are from"), Kind.INTEGER, default=12, minimum=1, maximum=120),
        Option("retention", msg("Of 100 customers, how many stay another year"), Kind.NUMBER, minimum=0, maximum=99),
        Option("discount", msg("Percent that money loses a year"), Kind.NUMBER, default=10, minimum=0, maximum=100),
    ),
    minimum=5,
    counted=msg("customers"),
    reference=(
        "Gupta, S. and Lehmann, D. R. (2003): Customers as Assets. Journal of Interactive Marketing 17(1); Herfindahl, "
        "O. (1950) and Hirschman, A. (1945) for the index of concentration."
    ),
    demo=Demo(Firm.NORDLICHT, _demo),
    compute=compute,
)
