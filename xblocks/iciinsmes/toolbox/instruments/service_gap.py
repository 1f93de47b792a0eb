"""T15: where the service falls behind what customers expect, and what to improve first."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from . import framework as fw
from .framework import msg

#: In this order items are worked on.
_QUADRANTS = {
    "concentrate": msg("Concentrate here"),
    "keep": msg("Keep it up"),
    "low": msg("Low priority"),
    "overkill": msg("Possibly too much"),
}

#: With fewer items a comparison of each with the mean of all says little.
_MINIMUM_ITEMS = 4

_MINIMUM_PEOPLE = 20
_QUESTIONS = 3


class Mean(NamedTuple):
    """A mean and its 95 % interval; no interval for a single value."""

    value: float
    low: float | None
    high: float | None


class ServiceItem(NamedTuple):
    """What people expect of an item and what they get, sums of ``n`` answers of 1 to 7, and the gap of both."""

    name: str
    n: int
    expected: int
    performed: int
    gap: Mean

    @property
    def expectation(self) -> float:
        """Mean expectation, 1 to 7."""
        return self.expected / self.n

    @property
    def performance(self) -> float:
        """Mean performance, 1 to 7."""
        return self.performed / self.n

    @property
    def is_behind(self) -> bool:
        """Whether the gap is below 0 beyond chance; few answers do not tell."""
        return self.n >= _MINIMUM_PEOPLE and self.gap.high is not None and self.gap.high < 0


class Cuts(NamedTuple):
    """Means over the items, where the quadrants meet."""

    expectation: float
    performance: float

    def quadrant(self, item: ServiceItem) -> str:
        """Return the quadrant of an item, a key of `_QUADRANTS`; who reaches a mean is above it."""
        is_wanted = item.expectation >= self.expectation - fw.EPSILON
        is_good = item.performance >= self.performance - fw.EPSILON
        if is_wanted:
            return "keep" if is_good else "concentrate"
        return "overkill" if is_good else "low"


def mean_interval(values: Sequence[float], answers: int = 1) -> Mean:
    """Return the mean of gaps, at least one, and where the true one lies if there are two or more.

    A gap is a difference of two whole numbers, so where all are alike the rounding of both is still uncertain.

    Args:
        values: gaps, or means of gaps.
        answers: how many gaps each value is the mean of.
    """
    n = len(values)
    mean = sum(values) / n
    if n < 2:
        return Mean(mean, None, None)
    variance = max(sum((value - mean) ** 2 for value in values) / (n - 1), 2 * fw.rounding_variance(1) / answers)
    half = fw.Z * math.sqrt(variance / n)
    return Mean(mean, mean - half, mean + half)


def compute(table: fw.Table, _options: fw.Settings) -> fw.Result:
    """Compare what is expected with what is got for each item, and put the items into quadrants."""
    items = _items(table)
    cuts = Cuts(
        sum(item.expectation for item in items) / len(items), sum(item.performance for item in items) / len(items)
    )
    items.sort(key=lambda item: (list(_QUADRANTS).index(cuts.quadrant(item)), round(item.gap.value, 9), item.name))
    gaps = _gap_of_each_person(table)
    overall = mean_interval(gaps, len(items))
    gap = msg("Gap between what people get and expect (mean of the people)")
    text = msg("Items are compared with each other: ask about at least %(items)s.", items=_MINIMUM_ITEMS)
    return fw.Result(
        n=len(gaps),
        verdict=_verdict(items, cuts),
        figures=(
            fw.Figure("gap", gap, overall.value, fw.Unit.POINTS, overall.low, overall.high, len(gaps), decimals=2),
            fw.Figure("items", msg("Items"), len(items)),
            fw.Figure("concentrate", _QUADRANTS["concentrate"], sum(cuts.quadrant(i) == "concentrate" for i in items)),
            fw.Figure(
                "behind", msg("Items behind the expectation beyond chance"), sum(item.is_behind for item in items)
            ),
        ),
        tables=(_table(items, cuts),),
        charts=tuple(_charts(items, cuts)),
        conditions=(fw.Condition("items", len(items) >= _MINIMUM_ITEMS, text),),
        notes=tuple(
            msg("Few answers to “%(item)s”: %(n)s.", item=item.name, n=item.n)
            for item in items
            if item.n < _MINIMUM_PEOPLE <= len(gaps)
        ),
        estimates=(_one_gap(items),),
        questions=tuple(_which_quadrant(items, cuts)),
        decision=fw.Decision(
            msg("Which item do you improve first?"),
            tuple(item.name for item in items),
            consistent=max(1, sum(cuts.quadrant(item) == "concentrate" for item in items)),
        ),
    )


def _items(table: fw.Table) -> list[ServiceItem]:
    expected, performed = table.integers("expect"), table.integers("perform")
    return [
        ServiceItem(
            name,
            len(rows),
            sum(expected[row] for row in rows),
            sum(performed[row] for row in rows),
            mean_interval([performed[row] - expected[row] for row in rows]),
        )
        for name, rows in fw.grouped(table.texts("item")).items()
    ]


def _gap_of_each_person(table: fw.Table) -> list[float]:
    """Return a mean gap a person, so that who answers more items does not count more."""
    gaps: dict[str, list[int]] = {}
    for person, expected, performed in zip(
        table.texts("respondent"), table.integers("expect"), table.integers("perform"), strict=True
    ):
        gaps.setdefault(person, []).append(performed - expected)
    return [sum(values) / len(values) for values in gaps.values()]


def _table(items: Sequence[ServiceItem], cuts: Cuts) -> fw.ResultTable:
    points = fw.Unit.POINTS
    return fw.Rows("items", msg("Items"), items).shown(
        fw.Shown("item", msg("Item"), lambda item: item.name),
        fw.Shown("quadrant", msg("What to do"), lambda item: _QUADRANTS[cuts.quadrant(item)]),
        fw.Shown("expectation", msg("Expectation, 1 to 7"), lambda item: item.expectation, decimals=2),
        fw.Shown("performance", msg("Performance, 1 to 7"), lambda item: item.performance, decimals=2),
        fw.Shown("gap", msg("Gap"), lambda item: item.gap.value, points, decimals=2),
        fw.Shown("low", msg("From"), lambda item: item.gap.low, points, decimals=2),
        fw.Shown("high", msg("To"), lambda item: item.gap.high, points, decimals=2),
        fw.Shown("concentrate", _QUADRANTS["concentrate"], lambda item: cuts.quadrant(item) == "concentrate"),
        fw.Shown("n", msg("Answers"), lambda item: item.n),
    )


def _charts(items: Sequence[ServiceItem], cuts: Cuts) -> Iterator[fw.Chart]:
    means = [mean for item in items for mean in (item.expectation, item.performance)]
    title = msg("What people expect and what they get")
    marks = (
        fw.Mark("x", cuts.performance, msg("done better")),
        fw.Mark("y", cuts.expectation, msg("expected more")),
    )
    yield fw.scatter(
        title,
        "items",
        "item",
        ("performance", "expectation"),
        marks,
        scale=(math.floor(min(means)), math.ceil(max(means))),
        emphasis="concentrate",
    )
    yield fw.ranges(msg("Gaps with their intervals; below 0 people get less than they expect"), "items", "item", "gap")


def _verdict(items: Sequence[ServiceItem], cuts: Cuts) -> fw.Verdict:
    behind = sorted((item for item in items if item.is_behind), key=lambda item: (item.gap.value, item.name))
    if behind and len(items) == 1:
        # There is nothing to compare it with.
        gap = fw.rounded(-behind[0].gap.value, 0)
        text = msg("Behind what people expect: “%(item)s”, by %(gap)s points.", item=behind[0].name, gap=gap)
        return fw.Verdict("some-behind", fw.Level.NEUTRAL, text)
    urgent = [item for item in behind if cuts.quadrant(item) == "concentrate"]
    if urgent:
        text = msg(
            "Concentrate on “%(item)s”: people expect it as much as other things or more, and get less than they "
            "expect. The gap is %(gap)s points.",
            item=urgent[0].name,
            gap=fw.rounded(urgent[0].gap.value, 0),
        )
        return fw.Verdict("concentrate", fw.Level.ATTENTION, text)
    if behind:
        text = msg(
            "Behind what people expect: “%(item)s”, by %(gap)s points. Other things are expected more or done worse.",
            item=behind[0].name,
            gap=fw.rounded(-behind[0].gap.value, 0),
        )
        return fw.Verdict("some-behind", fw.Level.NEUTRAL, text)
    if any(item.gap.value < 0 for item in items):
        text = msg("No item is behind what people expect beyond chance. Ask more people to be sure.")
        return fw.Verdict("as-expected", fw.Level.NEUTRAL, text)
    return fw.Verdict("as-expected", fw.Level.GOOD, msg("Nothing is behind what people expect. Keep it up."))


def _one_gap(items: Sequence[ServiceItem]) -> fw.Estimate:
    item = items[0]
    text = msg(
        "%(n)s people gave “%(item)s” %(expected)s points for what they expect, all together, and %(performed)s for "
        "what they get. How large is the gap per person?",
        n=item.n,
        item=item.name,
        expected=item.expected,
        performed=item.performed,
    )
    together = item.performed - item.expected
    slips = (
        fw.Slip(-item.gap.value, msg("The other way round: take the expectation off the performance.")),
        fw.Slip(together, msg("That is the gap of all people together. Divide it by their number.")),
    )
    return fw.Estimate("gap", text, item.gap.value, tolerance=0.05, unit=fw.Unit.POINTS, slips=slips)


def _which_quadrant(items: Sequence[ServiceItem], cuts: Cuts) -> Iterator[fw.Question]:
    """Ask for items of different quadrants first."""
    seen: dict[str, int] = {}
    turns = []
    for item in items:
        seen[cuts.quadrant(item)] = seen.get(cuts.quadrant(item), 0) + 1
        turns.append((seen[cuts.quadrant(item)], item))
    chosen = [item for _turn, item in sorted(turns, key=lambda entry: entry[0])][:_QUESTIONS]
    for index, item in enumerate(chosen, 1):
        text = msg(
            "“%(item)s”: expectation %(expectation)s (mean of all items %(mean_expectation)s), performance "
            "%(performance)s (mean %(mean_performance)s). What follows?",
            item=item.name,
            expectation=round(item.expectation, 2),
            mean_expectation=round(cuts.expectation, 2),
            performance=round(item.performance, 2),
            mean_performance=round(cuts.performance, 2),
        )
        answers = fw.choose_one([(title, key == cuts.quadrant(item)) for key, title in _QUADRANTS.items()])
        yield fw.Question(f"item_{index}", text, answers)


INSTRUMENT = fw.Instrument(
    key="service-gap",
    code="T15",
    title=msg("Service gap"),
    phases=(fw.Phase.PROCESS,),
    needs=(fw.Need.ASK_CUSTOMERS, fw.Need.UNDERSTAND, fw.Need.OFFER),
    purpose=msg("See where your service falls behind what customers expect, and what to improve first."),
    explanation=(
        msg("Ask about six to ten things: how much do you expect of it, and how well do we do it? Both from 1 to 7."),
        msg("The gap is what people get minus what they expect. Below 0 they get less."),
        msg(
            "Then the things are compared with each other. Expected more than the others and done worse: concentrate "
            "there. Expected less and done better: there you may save time."
        ),
        msg("People expect much of nearly everything. That is why the means of all things are the borders."),
    ),
    columns=(
        fw.Column("respondent", msg("Number of the person"), fw.ValueKind.KEY),
        fw.Column("item", msg("Item"), fw.ValueKind.WORD),
        fw.number_column("expect", msg("Expectation, 1 to 7"), 1, 7, whole=True),
        fw.number_column("perform", msg("Performance, 1 to 7"), 1, 7, whole=True),
    ),
    minimum=_MINIMUM_PEOPLE,
    counted=msg("people"),
    reference=(
        "Parasuraman, A., Zeithaml, V. and Berry, L. (1988): SERVQUAL. Journal of Retailing 64(1); Martilla, J. and "
        "James, J. (1977): Importance-Performance Analysis. Journal of Marketing 41(1)."
    ),
    # Twenty-eight households on eight things about the electrician: the work is liked, being told when is not.
    demo=fw.Demo(fw.Firm.EL_SERVICE),
    compute=compute,
)
