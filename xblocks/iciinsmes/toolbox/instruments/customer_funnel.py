"""T28: at which step from the first inquiry to the next order customers get lost, and whether that became worse."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from . import framework as fw
from .framework import msg


class Move(NamedTuple):
    """The way from one step to the next: how many stood before it, and how many of them took it.

    ``change`` is how far the share lies above that of the earlier period, -1 to 1, and ``p`` how likely such a change
    is by chance if this step alone was looked at; None without an earlier period.
    """

    begin: str
    end: str
    before: int
    after: int
    change: float | None = None
    p: float | None = None

    @property
    def is_possible(self) -> bool:
        """Whether there is a share: somebody stood before the step, and no more than those took it."""
        return 0 < self.before >= self.after

    @property
    def share(self) -> fw.Interval:
        """Share that took the step, 0 to 1; only where it is possible."""
        return fw.wilson(self.after, self.before)

    @property
    def lost(self) -> int:
        """How many stood before it and did not take it; none where more took it than stood there."""
        return max(self.before - self.after, 0)


class Weakest(NamedTuple):
    """The step to look at: the surest fall since the earlier period, or else the lowest share.

    ``p`` belongs to a fall: how likely one so sure is by chance at any of the steps compared (Bonferroni), at most 1.
    """

    move: Move
    p: float | None

    @property
    def is_fall(self) -> bool:
        """Whether the share fell since the earlier period."""
        return self.p is not None

    @property
    def has_fallen(self) -> bool:
        """Whether it fell beyond chance."""
        return self.p is not None and self.p < fw.SIGNIFICANT


def moves(steps: Sequence[str], counts: Sequence[int], earlier: Sequence[int]) -> list[Move]:
    """Return the moves of a funnel, compared with those of an earlier period.

    Args:
        steps: names in their order.
        counts: one a step.
        earlier: the same of the earlier period; empty if there is none.
    """
    found = []
    for index in range(len(steps) - 1):
        move = Move(steps[index], steps[index + 1], counts[index], counts[index + 1])
        then = Move("", "", earlier[index], earlier[index + 1]) if earlier else None
        if then and then.is_possible and move.is_possible:
            p = fw.compare(fw.Variant("", then.before, then.after), fw.Variant("", move.before, move.after)).p
            move = move._replace(change=move.after / move.before - then.after / then.before, p=p)
        found.append(move)
    return found


def weakest(found: Sequence[Move]) -> Weakest | None:
    """Return the step to look at; None if no step has a share."""
    compared = [move for move in found if move.p is not None]
    falls = [move for move in compared if move.change is not None and move.change < 0]
    if falls:
        # A large fall of few people may be chance; a small one of many may not. Equally sure ones: the larger.
        surest = min(falls, key=lambda move: (move.p or 0.0, move.change or 0.0))
        return Weakest(surest, min(1.0, len(compared) * (surest.p or 0.0)))
    possible = [move for move in found if move.is_possible]
    return Weakest(min(possible, key=lambda move: move.share.value), None) if possible else None


def compute(table: fw.Table, options: fw.Settings) -> fw.Result:
    """Follow the people of the latest period from step to step, and compare with the period before."""
    rows = fw.grouped(table.texts("period"))
    steps, is_told = _steps(table)
    periods = fw.in_time(list(rows))
    now = _chosen(periods, options.text("period"), len(periods) - 1)
    then = _chosen(periods, options.text("earlier"), now - 1)
    counts = _counts(table, steps, rows[periods[now]])
    earlier = _counts(table, steps, rows[periods[then]]) if 0 <= then != now else []
    found = moves(steps, counts, earlier)
    worst = weakest(found)
    worth = _order_value(table, rows[periods[now]])
    title = msg("Share that takes each step, and where the true one lies")
    return fw.Result(
        n=counts[0],
        verdict=_verdict(found, worst),
        figures=tuple(_figures(counts, worst, worth, periods[now], periods[then] if earlier else None)),
        tables=(_table(found, worst, worth),),
        charts=(fw.bars(title, "steps", "end", "share", interval=True, emphasis="weakest", highest=100),),
        conditions=tuple(_conditions(found)),
        notes=(*_unknown(periods, options), *_notes(found, is_told=is_told, has_earlier=bool(earlier))),
        estimates=tuple(_by_hand(found, counts)),
        questions=(_which_is_weakest(found, worst), *_is_it_proven(worst)),
        decision=fw.Decision(
            msg("What do you change at the weakest step? Write one measure, who does it and by when.")
        ),
    )


def _steps(table: fw.Table) -> tuple[list[str], bool]:
    """Return the steps in their order, and whether the learner told their places; else larger ones come first."""
    places, counts = table.maybe_numbers("place"), table.integers("count")
    order = []
    for name, rows in fw.grouped(table.texts("step")).items():
        told = [place for row in rows if (place := places[row]) is not None]
        order.append((min(told, default=math.inf), -sum(counts[row] for row in rows), name))
    return [name for _place, _count, name in sorted(order)], all(place < math.inf for place, _count, _name in order)


def _chosen(periods: Sequence[str], wished: str, otherwise: int) -> int:
    return next(
        (index for index, period in enumerate(periods) if wished and fw.same(period) == fw.same(wished)), otherwise
    )


def _unknown(periods: Sequence[str], options: fw.Settings) -> Iterator[fw.Text]:
    known = {fw.same(period) for period in periods}
    for period in (options.text("period"), options.text("earlier")):
        if period and fw.same(period) not in known:
            yield msg("There is no period “%(period)s”: it was not looked at.", period=period)


def _counts(table: fw.Table, steps: Sequence[str], rows: Sequence[int]) -> list[int]:
    """Return how many stood at each step in one period."""
    names_of_rows, counts = table.texts("step"), table.integers("count")
    sums = {fw.same(step): 0 for step in steps}
    for row in rows:
        sums[fw.same(names_of_rows[row])] += counts[row]
    return list(sums.values())


def _order_value(table: fw.Table, rows: Sequence[int]) -> float | None:
    """Return what an order of the period brings on average, rows with more orders counting more."""
    counts, values = table.integers("count"), table.maybe_numbers("value")
    known = [(max(counts[row], 1), value) for row in rows if (value := values[row]) is not None]
    return math.fsum(count * value for count, value in known) / sum(count for count, _value in known) if known else None


def _figures(
    counts: Sequence[int], worst: Weakest | None, worth: float | None, now: str, then: str | None
) -> Iterator[fw.Figure]:
    whole = Move("", "", counts[0], counts[-1])
    total = whole.share.percent if whole.is_possible else (None, None, None)
    title = msg("Share that comes through to the last step")
    yield fw.Figure("period", msg("Period"), now)
    yield fw.Figure("earlier", msg("Compared with"), then)
    yield fw.Figure("total", title, total[0], fw.Unit.PERCENT, total[1], total[2], counts[0])
    yield fw.Figure("weakest", msg("Weakest step"), worst.move.end if worst else None)
    change = fw.percent(worst.move.change) if worst else None
    yield fw.Figure("change", msg("Change of its share since then"), change, fw.Unit.POINTS)
    title = msg("Chance of such a fall at one of the steps without any cause (p)")
    yield fw.Figure("p", title, worst.p if worst else None, decimals=3)
    if worst and worth is not None:
        title, before = msg("Lost there, if each had ordered"), worst.move.before
        yield fw.Figure("lost", title, (before - worst.move.after) * worth, fw.Unit.MONEY, decimals=0, n=before)


def _table(found: Sequence[Move], worst: Weakest | None, worth: float | None) -> fw.ResultTable:
    shares = {move: move.share.percent for move in found if move.is_possible}
    none = (None, None, None)
    return fw.Rows("steps", msg("From step to step"), found).shown(
        fw.Shown("end", msg("Step"), lambda move: move.end),
        fw.Shown("before", msg("Before it"), lambda move: move.before),
        fw.Shown("after", msg("Took it"), lambda move: move.after),
        fw.Shown("share", msg("Share"), lambda move: shares.get(move, none)[0], fw.Unit.PERCENT),
        fw.Shown("low", msg("From"), lambda move: shares.get(move, none)[1], fw.Unit.PERCENT),
        fw.Shown("high", msg("To"), lambda move: shares.get(move, none)[2], fw.Unit.PERCENT),
        fw.Shown("change", msg("Change of the share"), lambda move: fw.percent(move.change), fw.Unit.POINTS),
        fw.Shown("lost", msg("Lost"), lambda move: move.lost),
        fw.Shown(
            "money",
            msg("Lost money, at most"),
            lambda move: None if worth is None else move.lost * worth,
            fw.Unit.MONEY,
            decimals=0,
        ),
        fw.Shown("weakest", msg("Weakest"), lambda move: worst is not None and move is worst.move),
    )


def _verdict(found: Sequence[Move], worst: Weakest | None) -> fw.Verdict:
    if worst is None:
        text = msg("There are no two steps that follow each other. Count at least two, such as quotes and orders.")
        return fw.Verdict("no-steps", fw.Level.ATTENTION, text)
    step, share = worst.move.end, fw.rounded(100 * worst.move.share.value, 0, 100)
    if worst.move.change is not None and worst.is_fall:
        before = 100 * (worst.move.share.value - worst.move.change)
        now = 100 * worst.move.share.value
        share, then = fw.rounded(now, before, 0), fw.rounded(before, now, 100)
        if worst.has_fallen:
            text = msg(
                "“%(step)s” became worse: %(share)s instead of %(then)s %% take this step. Chance alone rarely does "
                "that. Ask those you lost there.",
                step=step,
                share=share,
                then=then,
            )
            return fw.Verdict("step-got-worse", fw.Level.ATTENTION, text)
        text = msg(
            "No step became worse beyond chance. Watch “%(step)s”: %(share)s after %(then)s %%.",
            step=step,
            share=share,
            then=then,
        )
        return fw.Verdict("within-chance", fw.Level.NEUTRAL, text)
    compared = sum(move.p is not None for move in found)
    if compared == len(found):
        return fw.Verdict("no-step-worse", fw.Level.GOOD, msg("No step became worse than in the earlier period."))
    if compared:
        text = msg("Of the steps that can be compared with the earlier period none became worse.")
        return fw.Verdict("not-all-compared", fw.Level.NEUTRAL, text)
    text = msg(
        "The smallest share takes “%(step)s”: %(share)s %%. That may be normal: compare it with your own earlier "
        "period.",
        step=step,
        share=share,
    )
    return fw.Verdict("one-period", fw.Level.NEUTRAL, text)


def _conditions(found: Sequence[Move]) -> Iterator[fw.Condition]:
    wrong = next((move for move in found if move.after > move.before), None)
    text = msg(
        "“%(end)s” counts more than “%(begin)s” before it. Count the same people from step to step, and look at the "
        "places of the steps.",
        end=wrong.end if wrong else "",
        begin=wrong.begin if wrong else "",
    )
    yield fw.Condition("never-more", wrong is None, text)


def _notes(found: Sequence[Move], *, is_told: bool, has_earlier: bool) -> Iterator[fw.Text]:
    if not is_told:
        yield msg("Steps without a place stand in the order of their counts. If that is wrong, add places.")
    missing = sum(move.change is None for move in found)
    if has_earlier and missing:
        yield msg("Steps that could not be compared with the earlier period: %(missing)s.", missing=missing)


def _by_hand(found: Sequence[Move], counts: Sequence[int]) -> Iterator[fw.Estimate]:
    """Ask for the share of a step, best one behind the first: there the slip of the wrong whole shows."""
    possible = [move for move in found if move.is_possible]
    if not possible:
        return
    move = possible[min(1, len(possible) - 1)]
    right = 100 * move.after / move.before
    slips = [fw.Slip(100 - right, msg("That is the share that got lost. The question is about those who took it."))]
    if counts[0] and move.before != counts[0]:
        of_all = msg("You divided by the first step. Divide by the step just before.")
        slips.append(fw.Slip(100 * move.after / counts[0], of_all))
    text = msg("How many percent of “%(begin)s” become “%(end)s”?", begin=move.begin, end=move.end)
    yield fw.Estimate("share", text, right, tolerance=1, unit=fw.Unit.PERCENT, slips=tuple(slips))


def _which_is_weakest(found: Sequence[Move], worst: Weakest | None) -> fw.Question:
    if worst is not None and worst.is_fall:
        text = msg("Which step fell most surely against your earlier period?")
        shown = [move for move in found if move.p is not None]
        answers = fw.choose_one([(move.end, move is worst.move) for move in shown])
    else:
        text = msg("Which step is taken by the smallest share?")
        shown = [move for move in found if move.is_possible]
        lowest = min((move.share.value for move in shown), default=0.0)
        answers = fw.choose_one([(move.end, move.share.value == lowest) for move in shown])
    return fw.Question("weakest", text, answers, several=sum(answer.right for answer in answers) > 1)


def _is_it_proven(worst: Weakest | None) -> Iterator[fw.Question]:
    if worst is not None and worst.is_fall:
        text = msg("Did “%(step)s” become worse, beyond chance?", step=worst.move.end)
        answers = [(msg("Yes"), worst.has_fallen), (msg("No, we cannot say so"), not worst.has_fallen)]
        yield fw.Question("proven", text, fw.choose_one(answers))


INSTRUMENT = fw.Instrument(
    key="customer-funnel",
    code="T28",
    title=msg("Customer funnel"),
    phases=(fw.Phase.REALISE,),
    needs=(fw.Need.MONEY, fw.Need.LOYALTY),
    purpose=msg("See at which step between inquiry and next order you lose customers."),
    explanation=(
        msg("Count for one period how many inquire, get a visit, get a quote, order, and order again."),
        msg("Each step has a share: how many of those before took it. The rest got lost there."),
        msg(
            "A low share is not bad by itself: few order a second kitchen. What counts is the step that fell most "
            "surely against your own earlier period, and whether chance alone could do that at one of the steps."
        ),
        msg("Lost money is what those lost at a step would bring if each of them ordered. It is the most it can be."),
    ),
    columns=(
        fw.Column("period", msg("Period"), fw.ValueKind.WORD),
        fw.number_column("place", msg("Place of the step, 1 for the first"), 1, 99, whole=True, required=False),
        fw.Column("step", msg("Step"), fw.ValueKind.WORD),
        fw.number_column("count", msg("How many"), 0, whole=True),
        fw.number_column("value", msg("Mean value of an order"), 0, required=False),
    ),
    options=(
        fw.Option("period", msg("Period to look at; else the latest"), fw.ValueKind.WORD),
        fw.Option("earlier", msg("Period to compare with; else the one before"), fw.ValueKind.WORD),
    ),
    minimum=20,
    counted=msg("people at the first step"),
    reference="McClure, D. (2007): Startup Metrics for Pirates: AARRR.",
    # Kitchens of two half-years: fewest come back, but what fell is the hit rate of quotes, from 38 to 24 %.
    demo=fw.Demo(fw.Firm.NORDLICHT),
    compute=compute,
)
