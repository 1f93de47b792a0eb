"""T20: what weighs how much, from comparing two at a time, and whether the comparisons agree with each other."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from . import framework as fw
from .framework import msg
from .methods.ideas.pairwise import (
    MAXIMUM,
    Comparisons,
    consistency_ratio,
    eigenvector,
    largest_eigenvalue,
    read_comparisons,
    row_means,
)

#: Up to this ratio comparisons agree well enough with each other.
_MAX_RATIO = 0.10

#: More things at once nobody keeps apart.
_MAX_THINGS = 7

_MAX_CHOICES = 4


class Pair(NamedTuple):
    """A comparison: how many times as important the first is, as given and as the weights have it."""

    first: str
    second: str
    given: float
    fitting: float

    @property
    def apart(self) -> float:
        """How many times too large or too small the given value is, at least 1."""
        return max(self.given / self.fitting, self.fitting / self.given)


def compute(table: fw.Table, options: fw.Settings) -> fw.Result:
    """Make a matrix of all comparisons, weigh the things, and look for the comparison that fits worst."""
    found = read_comparisons(table)
    size = len(found.things)
    conditions = (
        fw.Condition("reciprocal", not found.contradictory, _twice(found)),
        fw.Condition("few", size <= _MAX_THINGS, msg("Compare at most seven things: more, nobody keeps apart.")),
    )
    notes = fw.noted(msg("Rows that compare something with itself, left out: %(rows)s.", rows=found.with_itself))
    if size > MAXIMUM:
        text = msg("%(things)s things are too many to compare in pairs. Take the seven that matter.", things=size)
        return fw.Result(size, fw.Verdict("too-many", fw.Level.ATTENTION, text), conditions=conditions, notes=notes)
    missing = [pair for pair in combinations(range(size), 2) if pair not in found.logs]
    if missing or size < 2:
        return fw.Result(size, _incomplete(found, missing), conditions=conditions, notes=notes)
    matrix = _matrix(found)
    weights = row_means(matrix) if options.text("method") == "row_means" else eigenvector(matrix)
    order = sorted(range(size), key=lambda index: (-weights[index], found.things[index]))
    heaviest = [found.things[index] for index in order if _is_heaviest(weights, index)]
    pairs = _pairs(found, weights)
    ratio = consistency_ratio(matrix, weights)
    return fw.Result(
        n=size,
        verdict=_verdict(found, pairs[0], heaviest, weights[order[0]], ratio),
        figures=(
            fw.Figure("things", msg("Things compared"), size),
            fw.Figure("ratio", msg("Consistency ratio (CR), good up to 0.10"), ratio, decimals=3, n=len(pairs)),
            fw.Figure("eigenvalue", msg("Largest eigenvalue"), largest_eigenvalue(matrix, weights), decimals=3),
        ),
        tables=(_weights(found.things, weights, order), _pair_table(pairs)),
        charts=(fw.bars(msg("What weighs how much"), "weights", "thing", "weight", emphasis="heaviest"),),
        conditions=conditions,
        notes=notes,
        estimates=tuple(_one_from_two(found, pairs[0])),
        questions=tuple(_questions(found, weights, pairs, ratio)),
        decision=_decision(found, [found.things[index] for index in order], pairs, ratio),
    )


def _matrix(found: Comparisons) -> list[list[float]]:
    matrix = [[1.0] * len(found.things) for _thing in found.things]
    for (one, other), log in found.logs.items():
        matrix[one][other], matrix[other][one] = math.exp(log), math.exp(-log)
    return matrix


def _pairs(found: Comparisons, weights: Sequence[float]) -> list[Pair]:
    """Return all pairs, the worst first, each with the more important thing of the comparison in front."""
    pairs = []
    for (one, other), log in found.logs.items():
        first, second = (one, other) if log >= 0 else (other, one)
        fitting = weights[first] / weights[second]
        pairs.append(Pair(found.things[first], found.things[second], math.exp(abs(log)), fitting))
    return sorted(pairs, key=lambda pair: (-round(pair.apart, 9), pair.first, pair.second))


def _is_heaviest(weights: Sequence[float], index: int) -> bool:
    return weights[index] >= max(weights) - 1e-9


def _weights(things: Sequence[str], weights: Sequence[float], order: Sequence[int]) -> fw.ResultTable:
    return fw.Rows("weights", msg("Weights"), order).shown(
        fw.Shown("thing", msg("What was compared"), lambda index: things[index]),
        fw.Shown("weight", msg("Weight"), lambda index: 100 * weights[index], fw.Unit.PERCENT),
        fw.Shown("heaviest", msg("Heaviest"), lambda index: _is_heaviest(weights, index)),
    )


def _pair_table(pairs: Sequence[Pair]) -> fw.ResultTable:
    return fw.Rows("pairs", msg("Comparisons, the one that fits the others worst first"), pairs).shown(
        fw.Shown("first", msg("More important"), lambda pair: pair.first),
        fw.Shown("second", msg("Less important"), lambda pair: pair.second),
        fw.Shown("given", msg("You said"), lambda pair: pair.given, decimals=2),
        fw.Shown("fitting", msg("All together lead to"), lambda pair: pair.fitting, decimals=2),
        fw.Shown("apart", msg("Times apart"), lambda pair: pair.apart, decimals=2),
    )


def _incomplete(found: Comparisons, missing: Sequence[tuple[int, int]]) -> fw.Verdict:
    if not missing:
        return fw.Verdict("nothing-compared", fw.Level.ATTENTION, msg("Nothing is compared with anything else."))
    first, second = missing[0]
    text = msg(
        "Pairs not compared yet: %(pairs)s. One of them is “%(first)s” and “%(second)s”.",
        pairs=len(missing),
        first=found.things[first],
        second=found.things[second],
    )
    return fw.Verdict("incomplete", fw.Level.ATTENTION, text)


def _twice(found: Comparisons) -> fw.Text:
    return msg(
        "Pairs compared twice with different results: %(pairs)s. The other way round, 3 becomes 1/3.",
        pairs=len(found.contradictory),
    )


def _agrees(found: Comparisons, ratio: float | None) -> bool:
    """Tell whether nothing in the comparisons contradicts anything else."""
    return not found.contradictory and not found.circle and (ratio is None or ratio <= _MAX_RATIO)


def _verdict(
    found: Comparisons, worst: Pair, heaviest: Sequence[str], weight: float, ratio: float | None
) -> fw.Verdict:
    if found.contradictory:
        return fw.Verdict("contradictory", fw.Level.ATTENTION, _twice(found))
    if ratio is not None and ratio > _MAX_RATIO:
        text = msg(
            "Your comparisons contradict each other (CR %(ratio)s, good up to 0.1). Look again at “%(first)s” and "
            "“%(second)s”: you said %(given)s, all comparisons together lead to %(fitting)s.",
            ratio=fw.rounded(ratio, _MAX_RATIO, decimals=2),
            first=worst.first,
            second=worst.second,
            given=round(worst.given, 2),
            fitting=round(worst.fitting, 2),
        )
        return fw.Verdict("inconsistent", fw.Level.ATTENTION, text)
    if found.circle:
        first, second, third = found.circle
        text = msg(
            "Your comparisons go in a circle: “%(first)s” before “%(second)s”, that before “%(third)s”, and that "
            "before “%(first)s”. Compare these three again.",
            first=first,
            second=second,
            third=third,
        )
        return fw.Verdict("circle", fw.Level.ATTENTION, text)
    if found.disputed:
        text = msg(
            "Pairs that some people see the other way round: %(pairs)s. The weights are a mean that nobody may share. "
            "Talk about these pairs.",
            pairs=len(found.disputed),
        )
        return fw.Verdict("people-differ", fw.Level.NEUTRAL, text)
    if len(heaviest) > 1:
        text = msg(
            "Your comparisons agree with each other. These weigh most, %(weight)s %% each: %(things)s.",
            things=fw.named(heaviest),
            weight=fw.rounded(100 * weight, 100),
        )
        return fw.Verdict("consistent", fw.Level.GOOD, text)
    text = msg(
        "Your comparisons agree with each other. “%(thing)s” weighs most: %(weight)s %%.",
        thing=heaviest[0],
        weight=fw.rounded(100 * weight, 100),
    )
    return fw.Verdict("consistent", fw.Level.GOOD, text)


def _one_from_two(found: Comparisons, worst: Pair) -> Iterator[fw.Estimate]:
    """Ask what two comparisons say about the third, for the pair that fits worst."""
    first, last = found.things.index(worst.first), found.things.index(worst.second)
    between = next((index for index in range(len(found.things)) if index not in (first, last)), None)
    if between is None:
        return
    if _value(found, first, between) * _value(found, between, last) < 1:
        first, last = last, first
    one, two = _value(found, first, between), _value(found, between, last)
    text = msg(
        "“%(first)s” is %(one)s times as important as “%(between)s”, and “%(between)s” is %(two)s times as important "
        "as “%(last)s”. How many times as important as “%(last)s” must “%(first)s” be, if all agree?",
        first=found.things[first],
        between=found.things[between],
        last=found.things[last],
        one=round(one, 2),
        two=round(two, 2),
    )
    slips = (
        fw.Slip(one + two, msg("You added. “Three times” of “two times” is six times: multiply.")),
        fw.Slip(
            _value(found, first, last),
            msg("That is what you said when you compared both. What do the other two say?"),
        ),
    )
    yield fw.Estimate("one_from_two", text, one * two, tolerance=0.05 * one * two, slips=slips)


def _value(found: Comparisons, one: int, other: int) -> float:
    return math.exp(found.logs[one, other] if one < other else -found.logs[other, one])


def _questions(
    found: Comparisons, weights: Sequence[float], pairs: Sequence[Pair], ratio: float | None
) -> Iterator[fw.Question]:
    answers = fw.choose_one([(thing, _is_heaviest(weights, index)) for index, thing in enumerate(found.things)])
    yield fw.Question("heaviest", msg("Which weighs most?"), answers, several=True)
    if ratio is None:
        return
    text = msg("Do your comparisons agree well enough with each other?")
    yield fw.Question("consistent", text, fw.yes_or_no(_agrees(found, ratio)))
    worst, shown = round(pairs[0].apart, 9), sorted(pairs[:_MAX_CHOICES], key=lambda pair: (pair.first, pair.second))
    answers = fw.choose_one([(_named(pair), round(pair.apart, 9) == worst) for pair in shown])
    yield fw.Question("worst_pair", msg("Which comparison fits the others worst?"), answers, several=True)


def _named(pair: Pair) -> fw.Text:
    return msg("“%(first)s” and “%(second)s”", first=pair.first, second=pair.second)


def _decision(found: Comparisons, ordered: Sequence[str], pairs: Sequence[Pair], ratio: float | None) -> fw.Decision:
    if _agrees(found, ratio):
        return fw.Decision(msg("What do you look at first when you choose?"), tuple(ordered), consistent=1)
    twice = [{found.things[one], found.things[other]} for one, other in found.contradictory]
    again = sorted(pairs, key=lambda pair: {pair.first, pair.second} not in twice)
    text = msg("Which pair do you compare again?")
    return fw.Decision(text, tuple(map(_named, again)), consistent=max(1, len(twice)))


INSTRUMENT = fw.Instrument(
    key="analytic-hierarchy-process",
    code="T20",
    title=msg("Weights from pairs (AHP)"),
    phases=(fw.Phase.PROCESS,),
    needs=(fw.Need.CHOOSE,),
    purpose=msg("Find out what weighs how much for you, by comparing two things at a time."),
    explanation=(
        msg("It is hard to give weights to five criteria at once. It is easy to compare two of them."),
        msg(
            "Write a row for each pair, the more important one first, and how many times as important it is: 1 equal, "
            "3 a little more, 5 clearly more, 7 much more, 9 beyond comparison."
        ),
        msg(
            "All pairs together give the weights. If A is twice B, and B three times C, then A should be six times C. "
            "How far your comparisons stray from that is the consistency ratio: up to 0.10 is good."
        ),
    ),
    columns=(
        fw.Column("respondent", msg("Number of the person"), fw.ValueKind.KEY, required=False),
        fw.Column("first", msg("More important"), fw.ValueKind.WORD),
        fw.Column("second", msg("Less important"), fw.ValueKind.WORD),
        fw.number_column("value", msg("How many times, 1 to 9"), 0.11, 9),
    ),
    options=(
        fw.choice_option(
            "method",
            msg("How weights are computed"),
            {
                "eigenvector": msg("principal eigenvector (Saaty)"),
                "row_means": msg("geometric means of the rows, as with a pocket calculator"),
            },
        ),
    ),
    minimum=3,
    counted=msg("things compared"),
    reference="Saaty, T. L. (1980): The Analytic Hierarchy Process. McGraw-Hill.",
    # What the electricians look for in a new service; in one comparison the owner mixed up the sides.
    demo=fw.Demo(fw.Firm.EL_SERVICE),
    compute=compute,
)
