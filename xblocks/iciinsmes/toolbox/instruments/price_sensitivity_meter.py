"""T25: which prices customers accept, from four prices that each of them names."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from . import framework as fw
from .framework import msg

#: With more rows in a wrong order than this share the four questions were not understood.
_MAX_DISORDER = 0.10

#: More prices make neither the table nor the picture clearer.
_MAX_LISTED = 30

_CURVES = {
    "too_cheap": msg("Too cheap"),
    "cheap": msg("Cheap"),
    "expensive": msg("Expensive"),
    "too_expensive": msg("Too expensive"),
    "not_cheap": msg("Not cheap"),
    "not_expensive": msg("Not expensive"),
}

#: A curve that falls and one that rises, for both ends of the range.
_RANGES = {
    "original": (("too_cheap", "not_cheap"), ("not_expensive", "too_expensive")),
    "common": (("too_cheap", "expensive"), ("cheap", "too_expensive")),
}

_VARIANTS = {
    "original": msg("too cheap with not cheap, too expensive with not expensive (van Westendorp 1976)"),
    "common": msg("too cheap with expensive, too expensive with cheap (often used later)"),
}


class Curves(NamedTuple):
    """At each price, rising, how many of ``n`` people say what a key of `_CURVES` means."""

    n: int
    prices: Sequence[float]
    counts: dict[str, Sequence[int]]


class PricePoints(NamedTuple):
    """Where curves cross: both ends of the range, the optimal price and the indifference price."""

    low: fw.Interval
    optimal: fw.Interval
    indifferent: fw.Interval
    high: fw.Interval


def curves(answers: Sequence[tuple[float, float, float, float]]) -> Curves:
    """Count at every price that was named.

    Args:
        answers: too cheap < cheap < expensive < too expensive, at least one person.
    """
    n = len(answers)
    too_cheap, cheap, expensive, too_expensive = (sorted(column) for column in zip(*answers, strict=True))
    prices = sorted({*too_cheap, *cheap, *expensive, *too_expensive})
    not_cheap = [bisect_left(cheap, price) for price in prices]
    is_expensive = [bisect_right(expensive, price) for price in prices]
    return Curves(
        n,
        prices,
        {
            "too_cheap": [n - bisect_left(too_cheap, price) for price in prices],
            "cheap": [n - count for count in not_cheap],
            "expensive": is_expensive,
            "too_expensive": [bisect_right(too_expensive, price) for price in prices],
            "not_cheap": not_cheap,
            "not_expensive": [n - count for count in is_expensive],
        },
    )


def crossing(found: Curves, falling: str, rising: str) -> fw.Interval:
    """Return the price at which two curves meet, with straight lines between the prices that were named.

    Where both run together it is the middle. The interval reaches to the nearest prices at which the two shares differ
    by more than chance explains (1.96 standard errors; nobody is counted in both).
    """
    pairs = list(zip(found.counts[falling], found.counts[rising], strict=True))
    gaps = [up - down for down, up in pairs]
    last_below = max(index for index, gap in enumerate(gaps) if gap < 0)
    first_above = min(index for index, gap in enumerate(gaps) if gap > 0)
    prices = found.prices
    if first_above == last_below + 1:
        part = -gaps[last_below] / (gaps[first_above] - gaps[last_below])
        price = prices[last_below] + part * (prices[first_above] - prices[last_below])
    else:
        price = (prices[last_below + 1] + prices[first_above - 1]) / 2
    # n d2 > z2 (p + q - d2) with shares p, q and d = p - q, here in counts.
    is_clear = [
        found.n * gap**2 > fw.Z**2 * (found.n * (down + up) - gap**2)
        for gap, (down, up) in zip(gaps, pairs, strict=True)
    ]
    low = max(index for index, gap in enumerate(gaps) if gap < 0 and is_clear[index])
    high = min(index for index, gap in enumerate(gaps) if gap > 0 and is_clear[index])
    return fw.Interval(price, prices[low], prices[high])


def points(found: Curves, variant: str) -> PricePoints:
    """Return the four points; ``variant`` is a key of `_RANGES`."""
    low, high = _RANGES[variant]
    return PricePoints(
        crossing(found, *low),
        crossing(found, "too_cheap", "too_expensive"),
        crossing(found, "cheap", "expensive"),
        crossing(found, *high),
    )


def compute(table: fw.Table, options: fw.Settings) -> fw.Result:
    """Draw the curves of all people who named four rising prices, and find where they cross."""
    rows = list(zip(*(table.numbers(key) for key in list(_CURVES)[:4]), strict=True))
    answers = [(a, b, c, d) for a, b, c, d in rows if a < b < c < d]
    left_out = len(rows) - len(answers)
    condition = fw.Condition(
        "order",
        left_out <= _MAX_DISORDER * len(rows),
        msg("More than 10 %% of the people named prices in a wrong order. Explain the four questions better."),
    )
    notes = fw.noted(msg("People without four rising prices, left out: %(people)s.", people=left_out))
    if not answers:
        verdict = fw.Verdict("nobody", fw.Level.TOO_LITTLE_DATA, msg("Nobody named four rising prices."))
        return fw.Result(n=0, verdict=verdict, conditions=(condition,), notes=notes)
    found = curves(answers)
    variant = options.text("variant")
    where = points(found, variant)
    decimals = 0 if found.prices[-1] >= 1000 else 2
    price = options.maybe_number("price")
    low, high = _RANGES[variant]
    about = msg("What people say about each price")
    return fw.Result(
        n=found.n,
        verdict=_verdict(where, price, decimals),
        figures=tuple(
            fw.interval_figure(key, title, point, fw.Unit.MONEY, found.n, decimals=decimals)
            for key, title, point in (
                ("low", msg("Lowest price accepted"), where.low),
                ("high", msg("Highest price accepted"), where.high),
                ("optimal", msg("Price that fewest people refuse"), where.optimal),
                ("indifferent", msg("Price felt to be normal"), where.indifferent),
            )
        ),
        tables=(_table(found, decimals),),
        charts=(fw.curves(about, "curves", "price", (*low, *high), _marks(where), highest=100),),
        conditions=(condition,),
        notes=(
            *notes,
            msg("The range is read where these lines cross: %(variant)s.", variant=_VARIANTS[variant]),
            msg("People say here what they would accept. Nobody has bought yet: try the price with a real offer."),
        ),
        estimates=(_too_expensive(found, decimals),),
        questions=(*_in_range(where, price, decimals), _normal(where, decimals)),
        decision=fw.Decision(
            msg("Which price do you offer to the next customers, and what would make you change it again?")
        ),
    )


def _marks(where: PricePoints) -> tuple[fw.Mark, ...]:
    titles = (
        msg("Lowest price accepted"),
        msg("Fewest people refuse"),
        msg("Felt to be normal"),
        msg("Highest price accepted"),
    )
    marks = [fw.Mark("x", point.value, title) for point, title in zip(where, titles, strict=True)]
    return tuple(sorted(marks, key=lambda mark: mark.value))


def _verdict(where: PricePoints, price: float | None, decimals: int) -> fw.Verdict:
    limits = () if price is None else (price,)
    found: dict[str, float] = {
        "low": fw.rounded(where.low.value, *limits, decimals=decimals),
        "high": fw.rounded(where.high.value, *limits, decimals=decimals),
    }
    if price is None:
        text = msg("Your customers accept prices from %(low)s to %(high)s.", **found)
        return fw.Verdict("range", fw.Level.NEUTRAL, text)
    found["price"] = price
    if price < where.low.value:
        key, level = "price-below", fw.Level.ATTENTION
        text = msg(
            "Your price of %(price)s lies below what customers accept, %(low)s to %(high)s: they doubt the quality.",
            **found,
        )
    elif price > where.high.value:
        key, level = "price-above", fw.Level.ATTENTION
        text = msg(
            "Your price of %(price)s lies above what customers accept, %(low)s to %(high)s: too many will refuse.",
            **found,
        )
    else:
        key, level = "price-in-range", fw.Level.GOOD
        text = msg("Your price of %(price)s lies within what customers accept, %(low)s to %(high)s.", **found)
    if any(end.low <= price <= end.high for end in (where.low, where.high)):
        # The true end of the range may lie on its other side.
        text = msg("%(found)s But it is near an end, and so few people do not tell for sure.", found=text)
        level = fw.Level.NEUTRAL
    return fw.Verdict(key, level, text)


def _table(found: Curves, decimals: int) -> fw.ResultTable:
    step = -(-len(found.prices) // _MAX_LISTED)
    shown = [index for index in range(len(found.prices)) if index % step == 0 or index == len(found.prices) - 1]
    return fw.ResultTable(
        "curves",
        msg("Share of people by price"),
        (
            fw.Heading("price", msg("Price"), fw.Unit.MONEY, decimals),
            *(fw.Heading(key, title, fw.Unit.PERCENT, 0) for key, title in _CURVES.items()),
        ),
        tuple((found.prices[index], *(100 * found.counts[key][index] / found.n for key in _CURVES)) for index in shown),
    )


def _too_expensive(found: Curves, decimals: int) -> fw.Estimate:
    """Ask for one point of a curve, where about half of the people find the price too expensive."""
    rising = found.counts["too_expensive"]
    index = next(index for index, count in enumerate(rising) if 2 * count >= found.n)
    return fw.Estimate(
        "too_expensive",
        msg(
            "How many percent of the people find %(price)s too expensive? Count only people with four rising prices.",
            price=round(found.prices[index], decimals),
        ),
        100 * rising[index] / found.n,
        tolerance=1,
        unit=fw.Unit.PERCENT,
        slips=(
            fw.Slip(
                100 * (1 - rising[index] / found.n),
                msg("Those are the people who still accept it: count prices up to this one."),
            ),
            fw.Slip(100 * found.counts["expensive"][index] / found.n, msg("You took the column “expensive”.")),
        ),
    )


def _in_range(where: PricePoints, price: float | None, decimals: int) -> Iterator[fw.Question]:
    if price is None:
        return
    low, high = where.low.value, where.high.value
    text = msg("Where does your price of %(price)s lie?", price=round(price, decimals))
    answers = fw.choose_one(
        [
            (msg("Below the range: it looks cheap and poor"), price < low),
            (msg("Within the range"), low <= price <= high),
            (msg("Above the range: too many refuse"), price > high),
        ]
    )
    yield fw.Question("in_range", text, answers)


def _normal(where: PricePoints, decimals: int) -> fw.Question:
    right = round(where.indifferent.value, decimals)
    prices = sorted({round(point.value, decimals) for point in where})
    text = msg("At which price do as many people say “cheap” as say “expensive”?")
    answers = fw.choose_one([(msg("%(price)s", price=price), price == right) for price in prices])
    return fw.Question("normal", text, answers)


INSTRUMENT = fw.Instrument(
    key="price-sensitivity-meter",
    code="T25",
    title=msg("Price sensitivity meter"),
    phases=(fw.Phase.PROCESS, fw.Phase.REALISE),
    needs=(fw.Need.PRICE,),
    purpose=msg("Find the range of prices that your customers accept."),
    explanation=(
        msg(
            "Show your offer and ask for four prices. From which price on is it too expensive for you? From which "
            "expensive, but still possible? Up to which is it cheap? Below which so cheap that you doubt the quality?"
        ),
        msg(
            "For each price it is counted how many people find it too cheap, cheap, expensive or too expensive. Where "
            "the lines cross, the accepted range begins and ends."
        ),
        msg("Saying is not buying. Use the range to choose a price, then test it with a real offer."),
    ),
    columns=(
        fw.Column("respondent", msg("Number of the person"), fw.ValueKind.KEY, required=False),
        fw.number_column("too_cheap", msg("Too cheap"), 0),
        fw.number_column("cheap", msg("Cheap"), 0),
        fw.number_column("expensive", msg("Expensive"), 0),
        fw.number_column("too_expensive", msg("Too expensive"), 0),
    ),
    options=(
        fw.number_option("price", msg("The price you think of"), 0),
        fw.choice_option("variant", msg("Lines that bound the range"), _VARIANTS),
    ),
    minimum=30,
    counted=msg("people with four rising prices"),
    reference=(
        "van Westendorp, P. (1976): NSS Price Sensitivity Meter: A new approach to study consumer perception of "
        "prices. Proceedings of the 29th ESOMAR Congress."
    ),
    # Twenty-six regulars of the salon on a scalp massage: too few to be sure, and two mixed up the order.
    demo=fw.Demo(fw.Firm.SZEP_HAJ, options={"price": 4500.0}),
    compute=compute,
)
