"""T14: which customers bring the sales, how far the firm depends on them, and what one is worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from . import framework as fw
from .framework import msg

#: With a larger share of sales than this the firm depends on a customer.
_DEPENDENCE = 0.3

_WORTH = msg("Worth of a customer over the years (CLV)")

_MAX_LISTED = 20


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


def compute(table: fw.Table, options: fw.Settings) -> fw.Result:
    """Add up the sales of each customer, put customers in classes, and work out dependence and worth."""
    buyers, notes = _buyers(table)
    if not buyers:
        return fw.Result(
            n=0, verdict=fw.Verdict("nobody", fw.Level.TOO_LITTLE_DATA, msg("No customer has sales.")), notes=notes
        )
    shares = fw.pareto([(key, sales) for key, (sales, _margin) in buyers.items()])
    total = sum(share.weight for share in shares)
    worth, worth_notes = _worth(table, options, [margin for _sales, margin in buyers.values()])
    largest = shares[0].weight / total
    index = concentration([share.weight for share in shares])
    title = msg("Customers by sales")
    text = msg("Smaller customers, counted but not listed: %(customers)s.", customers=len(shares[_MAX_LISTED:]))
    return fw.Result(
        n=len(shares),
        verdict=_verdict(shares, largest),
        figures=(
            fw.Figure("customers", msg("Customers"), len(shares)),
            fw.Figure("sales", msg("Sales"), total, fw.Unit.MONEY, decimals=0, n=len(shares)),
            fw.Figure("largest_share", msg("Share of the largest customer (CR1)"), 100 * largest, fw.Unit.PERCENT),
            fw.Figure(
                "three_share", msg("Share of the three largest"), 100 * shares[:3][-1].cumulated, fw.Unit.PERCENT
            ),
            fw.Figure("concentration", msg("Concentration of sales (HHI), 1 is a single customer"), index, decimals=4),
            fw.Figure("equal_customers", msg("As concentrated as so many equal customers"), 1 / index),
            *_worth_figures(worth, len(shares)),
        ),
        tables=(_customers(shares, buyers, worth, options), _classes(shares)),
        charts=(
            fw.Chart(
                fw.ChartKind.PARETO, title, "customers", "customer", ("sales", "cumulated"), emphasis="above_limit"
            ),
        ),
        notes=(*notes, *worth_notes, *fw.noted(text)),
        estimates=(_largest_share(shares), *_worth_of_one(worth)),
        questions=(_depends(shares, largest), *_which_are_a(shares)),
        decision=fw.Decision(
            msg("What do you do this year so that sales stand on more feet, or so that your A customers stay?")
        ),
    )


def _buyers(table: fw.Table) -> tuple[dict[str, tuple[float, float]], tuple[fw.Text, ...]]:
    """Return sales and margin of every customer with sales above 0, and a note on the others."""
    margins = table.maybe_numbers("margin")
    found: dict[str, tuple[float, float]] = {}
    for key, amount, margin in zip(table.texts("customer"), table.numbers("sales"), margins, strict=True):
        sales, earned = found.get(key, (0.0, 0.0))
        found[key] = (sales + amount, earned + (margin or 0.0))
    buyers = {key: sums for key, sums in found.items() if sums[0] > fw.EPSILON}
    missing = len(found) - len(buyers)
    return buyers, fw.noted(msg("Customers without sales, left out: %(customers)s.", customers=missing))


def _worth(table: fw.Table, options: fw.Settings, margins: Sequence[float]) -> tuple[Worth | None, tuple[fw.Text, ...]]:
    """Return what the lifetime value rests on, or what is missing for it."""
    if not table.has("margin"):
        return None, (msg("Add the margin of each customer to see what a customer is worth over the years."),)
    notes: list[fw.Text] = []
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


def _active_years(table: fw.Table) -> list[float]:
    """Return for each customer the largest number of years in its rows."""
    longest: dict[str, float] = {}
    for key, years in zip(table.texts("customer"), table.maybe_numbers("active_years"), strict=True):
        if years is not None:
            longest[key] = max(years, longest.get(key, 0.0))
    return list(longest.values())


def _worth_figures(worth: Worth | None, n: int) -> Iterator[fw.Figure]:
    if worth is not None:
        title = msg("Margin of a customer in a year (mean)")
        yield fw.Figure("margin", title, worth.margin, fw.Unit.MONEY, n=n, decimals=2)
        yield fw.Figure("retention", msg("Customers who stay each year"), 100 * worth.retention, fw.Unit.PERCENT)
        yield fw.Figure("lifetime_value", _WORTH, worth.value, fw.Unit.MONEY, n=n, decimals=2)


def _customers(
    shares: Sequence[fw.ParetoShare], buyers: dict[str, tuple[float, float]], worth: Worth | None, options: fw.Settings
) -> fw.ResultTable:
    total = sum(share.weight for share in shares)
    classes = {share.name: fw.abc_class(shares, rank) for rank, share in enumerate(shares)}

    def value(key: str) -> float | None:
        yearly = buyers[key][1] * 12 / options.number("months")
        return lifetime_value(yearly, worth.retention, worth.discount) if worth else None

    return fw.Rows("customers", msg("Largest customers"), shares[:_MAX_LISTED]).shown(
        fw.Shown("customer", msg("Customer number"), lambda share: share.name),
        fw.Shown("sales", msg("Sales"), lambda share: share.weight, fw.Unit.MONEY, decimals=0),
        fw.Shown("share", msg("Share"), lambda share: 100 * share.weight / total, fw.Unit.PERCENT),
        fw.Shown("cumulated", msg("Up to here"), lambda share: 100 * share.cumulated, fw.Unit.PERCENT),
        fw.Shown("class", msg("Class"), lambda share: classes[share.name]),
        fw.Shown("above_limit", msg("More than 30 %%"), lambda share: share.weight / total > _DEPENDENCE + fw.EPSILON),
        fw.Shown(
            "lifetime_value",
            msg("Worth over the years"),
            lambda share: value(share.name),
            fw.Unit.MONEY,
            decimals=0,
            when=worth is not None,
        ),
    )


def _classes(shares: Sequence[fw.ParetoShare]) -> fw.ResultTable:
    total = sum(share.weight for share in shares)
    members: dict[str, list[float]] = {"A": [], "B": [], "C": []}
    for rank, share in enumerate(shares):
        members[fw.abc_class(shares, rank)].append(share.weight)
    return fw.Rows("classes", msg("Classes: A brings up to 80 %% of sales, B up to 95 %%, C the rest"), members).shown(
        fw.Shown("class", msg("Class"), lambda name: name),
        fw.Shown("customers", msg("Customers"), lambda name: len(members[name])),
        fw.Shown("share", msg("Share"), lambda name: 100 * len(members[name]) / len(shares), fw.Unit.PERCENT),
        fw.Shown("sales", msg("Sales"), lambda name: sum(members[name], 0.0), fw.Unit.MONEY, decimals=0),
        fw.Shown("sales_share", msg("Share of sales"), lambda name: 100 * sum(members[name]) / total, fw.Unit.PERCENT),
    )


def _verdict(shares: Sequence[fw.ParetoShare], largest: float) -> fw.Verdict:
    share = fw.rounded(100 * largest, 100 * _DEPENDENCE, 100)
    if largest > _DEPENDENCE + fw.EPSILON:
        text = msg(
            "Customer %(customer)s alone brings %(share)s %% of your sales. If this customer leaves, the firm is in "
            "trouble: look for others to stand on.",
            customer=shares[0].name,
            share=share,
        )
        return fw.Verdict("dependent", fw.Level.ATTENTION, text)
    text = msg("No customer brings more than 30 %% of your sales. The largest brings %(share)s %%.", share=share)
    return fw.Verdict("spread", fw.Level.GOOD, text)


def _largest_share(shares: Sequence[fw.ParetoShare]) -> fw.Estimate:
    largest, total = shares[0].weight, sum(share.weight for share in shares)
    text = msg(
        "Customer %(customer)s has the largest sales. How many percent of all sales is that?", customer=shares[0].name
    )
    slip = msg("You divided by the sales of the others. Divide by all sales, the largest customer included.")
    slips = (fw.Slip(100 * largest / (total - largest), slip),) if total - largest > fw.EPSILON else ()
    return fw.Estimate("largest_share", text, 100 * largest / total, tolerance=1, unit=fw.Unit.PERCENT, slips=slips)


def _worth_of_one(worth: Worth | None) -> Iterator[fw.Estimate]:
    if worth is None:
        return
    margin, kept, discount = worth
    text = msg(
        "A customer brings a margin of %(margin)s a year, %(kept)s of 100 customers stay each year, and money loses "
        "%(discount)s %% a year. What is a customer worth over the years (CLV)?",
        margin=round(margin, 2),
        kept=round(100 * kept, 2),
        discount=round(100 * discount, 2),
    )
    slips = (
        fw.Slip(margin / (1 + discount - kept), msg("Multiply by the share that stays: next year not all are there.")),
        fw.Slip(margin * kept / (1 - kept), msg("You left out that money loses worth: add it below the line.")),
        fw.Slip(margin / (1 - kept), msg("That counts all margins in full. Take those who leave and the waiting off.")),
    )
    tolerance = max(0.05, abs(worth.value) / 100)
    yield fw.Estimate("lifetime_value", text, worth.value, tolerance, unit=fw.Unit.MONEY, slips=slips)


def _depends(shares: Sequence[fw.ParetoShare], largest: float) -> fw.Question:
    does = largest > _DEPENDENCE + fw.EPSILON
    because = msg(
        "The limit is 30 %%. Your largest customer brings %(share)s %%.",
        share=fw.rounded(100 * largest, 100 * _DEPENDENCE, 100),
    )
    answers = [(msg("Yes, on %(customer)s", customer=shares[0].name), does), (msg("No, on none of them"), not does)]
    text = msg("Does your firm depend on a single customer?")
    return fw.Question("dependence", text, fw.choose_one(answers, because))


def _which_are_a(shares: Sequence[fw.ParetoShare]) -> Iterator[fw.Question]:
    """Ask for class A among the largest; not where its last customer equals the next one."""
    classes = [fw.abc_class(shares, rank) for rank in range(len(shares))]
    last = classes.count("A")
    if last < len(shares) and shares[last - 1].weight == shares[last].weight:
        return
    text = msg("Which of these customers are class A, those that bring up to 80 %% of your sales together?")
    shown = zip(shares[: fw.MAX_CHOICES], classes, strict=False)
    answers = fw.choose_one([(share.name, name == "A") for share, name in shown])
    yield fw.Question("class_a", text, answers, several=True)


INSTRUMENT = fw.Instrument(
    key="customer-value",
    code="T14",
    title=msg("Customer value and concentration"),
    phases=(fw.Phase.PROCESS,),
    needs=(fw.Need.WHICH_CUSTOMERS, fw.Need.LOYALTY, fw.Need.MONEY),
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
        fw.Column("customer", msg("Customer number"), fw.ValueKind.KEY),
        fw.Column("sales", msg("Sales"), fw.ValueKind.NUMBER),
        fw.Column("margin", msg("Margin: sales less what they cost you"), fw.ValueKind.NUMBER, required=False),
        fw.number_column("active_years", msg("Years as a customer"), 0, 100, required=False),
    ),
    options=(
        fw.number_option("months", msg("Months that the sales are from"), 1, 120, whole=True, default=12),
        fw.number_option("retention", msg("Of 100 customers, how many stay another year"), 0, 99),
        fw.number_option("discount", msg("Percent that money loses a year"), 0, 100, default=10),
    ),
    minimum=5,
    counted=msg("customers"),
    reference=(
        "Gupta, S. and Lehmann, D. R. (2003): Customers as Assets. Journal of Interactive Marketing 17(1); Herfindahl, "
        "O. (1950) and Hirschman, A. (1945) for the index of concentration."
    ),
    # A year of the joinery: one builder of flats brings more than a third, and sixty kitchens share the rest.
    demo=fw.Demo(fw.Firm.NORDLICHT),
    compute=compute,
)
