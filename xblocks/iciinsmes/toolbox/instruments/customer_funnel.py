"""T28: at which step from the first inquiry to the next order customers get lost, and whether that became worse."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from .kit import (
    Chart,
    ChartKind,
    Column,
    Condition,
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
from .kit.funnel import Move, moves, weakest
from .kit.statistics import Interval, Z
from .kit.words import grouped, in_time, same


def compute(table: Table, options: Settings) -> Result:
    """Follow the people of the latest period from step to step, and compare with the period before."""
    rows = grouped(table.texts("period"))
    steps, is_told = _steps(table)
    periods = in_time(list(rows))
    now = _chosen(periods, options.text("period"), len(periods) - 1)
    then = _chosen(periods, options.text("earlier"), now - 1)
    counts = _counts(table, steps, rows[periods[now]])
    earlier = _counts(table, steps, rows[periods[then]]) if 0 <= then != now else []
    found = moves(steps, counts, earlier)
    worst = weakest(found)
    worth = _order_value(table, rows[periods[now]])
    return Result(
        n=counts[0],
        verdict=_verdict(found, worst),
        figures=_figures(counts, worst, worth, periods[now], periods[then] if earlier else None),
        tables=(_table(found, worst, worth),),
        charts=(
            Chart(
                ChartKind.BARS,
                msg("Share that takes each step, and where the true one lies"),
                table="steps",
                label="end",
                values=("share",),
                low="low",
                high="high",
                emphasis="weakest",
                minimum=0,
                maximum=100,
            ),
        ),
        conditions=_conditions(found),
        notes=(*_unknown(periods, options), *_notes(found, is_told=is_told, has_earlier=bool(earlier))),
        estimates=_by_hand(found, counts),
        questions=(_which_is_weakest(found, worst), *_is_it_proven(worst)),
        decision=Decision(msg("What do you change at the weakest step? Write one measure, who does it and by when.")),
    )


def _steps(table: Table) -> tuple[list[str], bool]:
    """Return the steps in their order, and whether the learner told their places; else larger ones come first."""
    places, counts = table.maybe_numbers("place"), table.integers("count")
    order = []
    for name, rows in grouped(table.texts("step")).items():
        told = [place for row in rows if (place := places[row]) is not None]
        order.append((min(told, default=math.inf), -sum(counts[row] for row in rows), name))
    return [name for _place, _count, name in sorted(order)], all(place < math.inf for place, _count, _name in order)


def _chosen(periods: Sequence[str], wished: str, otherwise: int) -> int:
    return next((index for index, period in enumerate(periods) if wished and same(period) == same(wished)), otherwise)


def _unknown(periods: Sequence[str], options: Settings) -> tuple[Text, ...]:
    known = {same(period) for period in periods}
    wished = [options.text(key) for key in ("period", "earlier")]
    return tuple(
        msg("There is no period “%(period)s”: it was not looked at.", period=period)
        for period in wished
        if period and same(period) not in known
    )


def _counts(table: Table, steps: Sequence[str], rows: Sequence[int]) -> list[int]:
    """Return how many stood at each step in one period."""
    names_of_rows, counts = table.texts("step"), table.integers("count")
    sums = {same(step): 0 for step in steps}
    for row in rows:
        sums[same(names_of_rows[row])] += counts[row]
    return list(sums.values())


def _order_value(table: Table, rows: Sequence[int]) -> float | None:
    """Return what an order of the period brings on average, rows with more orders counting more."""
    counts, values = table.integers("count"), table.maybe_numbers("value")
    known = [(max(counts[row], 1), value) for row in rows if (value := values[row]) is not None]
    return math.fsum(count * value for count, value in known) / sum(count for count, _value in known) if known else None


def _figures(
    counts: Sequence[int], worst: Move | None, worth: float | None, now: str, then: str | None
) -> tuple[Figure, ...]:
    whole = Move("", "", counts[0], counts[-1])
    total = Interval(*(100 * part for part in whole.share)) if whole.is_possible else None
    figures = [
        Figure("period", msg("Period"), now),
        Figure("earlier", msg("Compared with"), then),
        Figure(
            "total",
            msg("Share that comes through to the last step"),
            total.value if total else None,
            Unit.PERCENT,
            total.low if total else None,
            total.high if total else None,
            counts[0],
        ),
        Figure("weakest", msg("Weakest step"), worst.end if worst else None),
        Figure(
            "change",
            msg("Change of its share since then"),
            100 * worst.change if worst and worst.change is not None else None,
            Unit.POINTS,
        ),
    ]
    if worst and worth is not None:
        lost = (worst.before - worst.after) * worth
        figures.append(
            Figure("lost", msg("Lost there, if each had ordered"), lost, Unit.MONEY, decimals=0, n=worst.before)
        )
    return tuple(figures)


def _table(found: Sequence[Move], worst: Move | None, worth: float | None) -> ResultTable:
    rows = []
    for move in found:
        share = [100 * part for part in move.share] if move.is_possible else [None, None, None]
        lost = max(move.before - move.after, 0)
        change = 100 * move.change if move.change is not None else None
        money = lost * worth if worth is not None else None
        rows.append((move.end, move.before, move.after, *share, change, lost, money, move is worst))
    return ResultTable(
        "steps",
        msg("From step to step"),
        (
            Heading("end", msg("Step")),
            Heading("before", msg("Before it")),
            Heading("after", msg("Took it")),
            Heading("share", msg("Share"), Unit.PERCENT),
            Heading("low", msg("From"), Unit.PERCENT),
            Heading("high", msg("To"), Unit.PERCENT),
            Heading("change", msg("Change of the share"), Unit.POINTS),
            Heading("lost", msg("Lost")),
            Heading("money", msg("Lost money, at most"), Unit.MONEY, decimals=0),
            Heading("weakest", msg("Weakest")),
        ),
        tuple(rows),
    )


def _has_fallen(worst: Move) -> bool:
    return worst.z is not None and worst.z < -Z


def _verdict(found: Sequence[Move], worst: Move | None) -> Verdict:
    if worst is None:
        text = msg("There are no two steps that follow each other. Count at least two, such as quotes and orders.")
        return Verdict("no-steps", Level.ATTENTION, text)
    share = round(100 * worst.share.value, 1)
    if worst.change is None or worst.z is None:
        text = msg(
            "Most get lost before “%(step)s”: only %(share)s %% take this step. That may be normal: compare it with "
            "your own earlier period.",
            step=worst.end,
            share=share,
        )
        return Verdict("one-period", Level.NEUTRAL, text)
    then = round(100 * (worst.share.value - worst.change), 1)
    if _has_fallen(worst):
        text = msg(
            "“%(step)s” became worse: %(share)s instead of %(then)s %% take this step. Chance alone rarely does that. "
            "Ask those you lost there.",
            step=worst.end,
            share=share,
            then=then,
        )
        return Verdict("step-got-worse", Level.ATTENTION, text)
    if worst.change < 0:
        text = msg(
            "No step became worse beyond chance. Watch “%(step)s”: %(share)s after %(then)s %%.",
            step=worst.end,
            share=share,
            then=then,
        )
        return Verdict("within-chance", Level.NEUTRAL, text)
    return Verdict("no-step-worse", Level.GOOD, msg("No step became worse than in the earlier period."))


def _conditions(found: Sequence[Move]) -> tuple[Condition, ...]:
    wrong = next((move for move in found if move.after > move.before), None)
    text = msg(
        "“%(end)s” counts more than “%(begin)s” before it. Count the same people from step to step, and look at the "
        "places of the steps.",
        end=wrong.end if wrong else "",
        begin=wrong.begin if wrong else "",
    )
    return (Condition("never-more", wrong is None, text),)


def _notes(found: Sequence[Move], *, is_told: bool, has_earlier: bool) -> tuple[Text, ...]:
    notes = []
    if not is_told:
        notes.append(msg("Steps without a place stand in the order of their counts. If that is wrong, add places."))
    missing = sum(move.change is None for move in found)
    if has_earlier and missing:
        notes.append(msg("Steps that could not be compared with the earlier period: %(missing)s.", missing=missing))
    return tuple(notes)


def _by_hand(found: Sequence[Move], counts: Sequence[int]) -> tuple[Estimate, ...]:
    """Ask for the share of a step, best one behind the first: there the slip of the wrong whole shows."""
    possible = [move for move in found if move.is_possible]
    if not possible:
        return ()
    move = possible[min(1, len(possible) - 1)]
    right = 100 * move.after / move.before
    slips = [Slip(100 - right, msg("That is the share that got lost. The question is about those who took it."))]
    if counts[0] and move.before != counts[0]:
        of_all = msg("You divided by the first step. Divide by the step just before.")
        slips.append(Slip(100 * move.after / counts[0], of_all))
    text = msg("How many percent of “%(begin)s” become “%(end)s”?", begin=move.begin, end=move.end)
    return (Estimate("share", text, right, tolerance=1, unit=Unit.PERCENT, slips=tuple(slips)),)


def _which_is_weakest(found: Sequence[Move], worst: Move | None) -> Question:
    is_compared = worst is not None and worst.change is not None
    text = (
        msg("Which step lost most against your earlier period?")
        if is_compared
        else msg("Which step is taken by the smallest share?")
    )
    shown = [move for move in found if (move.change is not None if is_compared else move.is_possible)]
    return Question("weakest", text, choose_one([(move.end, move is worst) for move in shown]))


def _is_it_proven(worst: Move | None) -> tuple[Question, ...]:
    if worst is None or worst.z is None:
        return ()
    has_fallen = _has_fallen(worst)
    text = msg("Did “%(step)s” become worse, beyond chance?", step=worst.end)
    return (
        Question("proven", text, choose_one([(msg("Yes"), has_fallen), (msg("No, we cannot say so"), not has_fallen)])),
    )


def _demo() -> list[tuple[Value, ...]]:
    """Kitchens of two half-years: fewest come back, but what fell is the hit rate of quotes, from 38 to 24 %."""
    periods: Mapping[str, tuple[int, ...]] = {"2025-H2": (184, 121, 100, 38, 9), "2026-H1": (190, 127, 108, 26, 6)}
    steps = ("inquiry", "visit", "quote", "order", "repeat order")
    return [
        (period, place, step, count, 8400.0 if step == "order" else None)
        for period, counts in periods.items()
        for place, (step, count) in enumerate(zip(steps, counts, strict=True), 1)
    ]


INSTRUMENT = Instrument(
    key="customer-funnel",
    code="T28",
    title=msg("Customer funnel"),
    phases=(Phase.REALISE,),
    needs=(Need.MONEY, Need.LOYALTY),
    purpose=msg("See at which step between inquiry and next order you lose customers."),
    explanation=(
        msg("Count for one period how many inquire, get a visit, get a quote, order, and order again."),
        msg("Each step has a share: how many of those before took it. The rest got lost there."),
        msg(
            "A low share is not bad by itself: few order a second kitchen. What counts is the step that fell most "
            "against your own earlier period, and whether chance alone could do that."
        ),
        msg("Lost money is what those lost at a step would bring if each of them ordered. It is the most it can be."),
    ),
    columns=(
        Column(
            "period",
            msg("Period"),
            Kind.WORD,
            aliases=names.PERIOD,
        ),
        Column(
            "place",
            msg("Place of the step, 1 for the first"),
            Kind.INTEGER,
            required=False,
            aliases=("no", "nr", "position", "reihenfolge", "platz", "rækkefølge", "sorszám", "kolejność", "lp"),
            minimum=1,
            maximum=99,
        ),
        Column(
            "step",
            msg("Step"),
            Kind.WORD,
            aliases=("stage", "schritt", "stufe", "trin", "lépés", "krok", "etap"),
        ),
        Column(
            "count",
            msg("How many"),
            Kind.INTEGER,
            aliases=("number", "people", "anzahl", "zahl", "antal", "darab", "szám", "liczba", "ile"),
            minimum=0,
        ),
        Column(
            "value",
            msg("Mean value of an order"),
            Kind.NUMBER,
            required=False,
            aliases=names.AMOUNT,
            minimum=0,
        ),
    ),
    options=(
        Option("period", msg("Period to look at; else the latest"), Kind.WORD),
        Option("earlier", msg("Period to compare with; else the one before"), Kind.WORD),
    ),
    minimum=20,
    counted=msg("people at the first step"),
    reference="McClure, D. (2007): Startup Metrics for Pirates: AARRR.",
    demo=Demo(Firm.NORDLICHT, _demo),
    compute=compute,
)
