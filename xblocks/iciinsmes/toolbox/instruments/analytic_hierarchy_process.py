"""T20: what weighs how much, from comparing two at a time, and whether the comparisons agree with each other."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from .kit import (
    Chart,
    ChartKind,
    Choice,
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
from .kit.pairwise import MAXIMUM, consistency_ratio, eigenvector, largest_eigenvalue, row_means
from .kit.words import grouped

#: Up to this ratio comparisons agree well enough with each other.
_MAX_RATIO = 0.10

#: More things at once nobody keeps apart.
_MAX_THINGS = 7

#: Fractions are written with two decimals: 0.33 is a third.
_HALF_CENT = 0.006

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


class _Comparisons(NamedTuple):
    """What was compared: the things, log of the mean value for each pair of indexes, and what is odd about the rows."""

    things: Sequence[str]
    logs: Mapping[tuple[int, int], float]
    with_itself: int
    contradictory: int


def compute(table: Table, options: Settings) -> Result:
    """Make a matrix of all comparisons, weigh the things, and look for the comparison that fits worst."""
    found = _comparisons(table)
    size = len(found.things)
    conditions = (
        Condition(
            "reciprocal",
            found.contradictory == 0,
            msg(
                "Pairs compared twice with different results: %(pairs)s. The other way round, 3 becomes 1/3.",
                pairs=found.contradictory,
            ),
        ),
        Condition("few", size <= _MAX_THINGS, msg("Compare at most seven things: more, nobody keeps apart.")),
    )
    notes = (
        (msg("Rows that compare something with itself, left out: %(rows)s.", rows=found.with_itself),)
        if found.with_itself
        else ()
    )
    if size > MAXIMUM:
        text = msg("%(things)s things are too many to compare in pairs. Take the seven that matter.", things=size)
        return Result(size, Verdict("too-many", Level.ATTENTION, text), conditions=conditions, notes=notes)
    missing = [pair for pair in combinations(range(size), 2) if pair not in found.logs]
    if missing or size < 2:
        return Result(size, _incomplete(found, missing), conditions=conditions, notes=notes)
    matrix = _matrix(found)
    weights = row_means(matrix) if options.text("method") == "row_means" else eigenvector(matrix)
    order = sorted(range(size), key=lambda index: (-weights[index], found.things[index]))
    pairs = _pairs(found, weights)
    ratio = consistency_ratio(matrix, weights)
    return Result(
        n=size,
        verdict=_verdict(found.things[order[0]], weights[order[0]], pairs[0], ratio),
        figures=(
            Figure("things", msg("Things compared"), size),
            Figure("ratio", msg("Consistency ratio (CR), good up to 0.10"), ratio, decimals=3, n=len(pairs)),
            Figure("eigenvalue", msg("Largest eigenvalue"), largest_eigenvalue(matrix, weights), decimals=3),
        ),
        tables=(_weights(found.things, weights, order), _pair_table(pairs)),
        charts=(
            Chart(
                ChartKind.BARS,
                msg("What weighs how much"),
                table="weights",
                label="thing",
                values=("weight",),
                emphasis="heaviest",
                minimum=0,
            ),
        ),
        conditions=conditions,
        notes=notes,
        estimates=_one_from_two(found, pairs[0]),
        questions=_questions(found.things, weights, pairs, ratio),
        decision=_decision([found.things[index] for index in order], pairs, ratio),
    )


def _comparisons(table: Table) -> _Comparisons:
    """Collect the rows by pair; several people, or several rows of one, count as their geometric mean."""
    firsts, seconds = table.texts("first"), table.texts("second")
    members = grouped([*firsts, *seconds])
    things = sorted(members)
    place = {row: index for index, thing in enumerate(things) for row in members[thing]}
    given: dict[tuple[int, int], dict[str, list[float]]] = {}
    with_itself = 0
    for row, (person, value) in enumerate(zip(table.texts("respondent"), table.numbers("value"), strict=True)):
        one, other = place[row], place[row + len(table)]
        if one == other:
            with_itself += 1
            continue
        log = math.log(_exact(value)) * (1 if one < other else -1)
        given.setdefault((min(one, other), max(one, other)), {}).setdefault(person, []).append(log)
    logs = {pair: _mean([_mean(values) for values in people.values()]) for pair, people in given.items()}
    contradictory = sum(max(values) - min(values) > 1e-9 for people in given.values() for values in people.values())
    return _Comparisons(things, logs, with_itself, contradictory)


def _exact(value: float) -> float:
    """Return the fraction that a rounded value below 1 stands for."""
    if value >= 1:
        return value
    fraction = 1 / round(1 / value)
    return fraction if abs(value - fraction) < _HALF_CENT else value


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)


def _matrix(found: _Comparisons) -> list[list[float]]:
    matrix = [[1.0] * len(found.things) for _thing in found.things]
    for (one, other), log in found.logs.items():
        matrix[one][other], matrix[other][one] = math.exp(log), math.exp(-log)
    return matrix


def _pairs(found: _Comparisons, weights: Sequence[float]) -> list[Pair]:
    """Return all pairs, the worst first, each with the more important thing of the comparison in front."""
    pairs = []
    for (one, other), log in found.logs.items():
        first, second = (one, other) if log >= 0 else (other, one)
        fitting = weights[first] / weights[second]
        pairs.append(Pair(found.things[first], found.things[second], math.exp(abs(log)), fitting))
    return sorted(pairs, key=lambda pair: (-round(pair.apart, 9), pair.first, pair.second))


def _weights(things: Sequence[str], weights: Sequence[float], order: Sequence[int]) -> ResultTable:
    heaviest = max(weights) - 1e-9
    return ResultTable(
        "weights",
        msg("Weights"),
        (
            Heading("thing", msg("What was compared")),
            Heading("weight", msg("Weight"), Unit.PERCENT),
            Heading("heaviest", msg("Heaviest")),
        ),
        tuple((things[index], 100 * weights[index], weights[index] >= heaviest) for index in order),
    )


def _pair_table(pairs: Sequence[Pair]) -> ResultTable:
    return ResultTable(
        "pairs",
        msg("Comparisons, the one that fits the others worst first"),
        (
            Heading("first", msg("More important")),
            Heading("second", msg("Less important")),
            Heading("given", msg("You said"), decimals=2),
            Heading("fitting", msg("The others say"), decimals=2),
            Heading("apart", msg("Times apart"), decimals=2),
        ),
        tuple((pair.first, pair.second, pair.given, pair.fitting, pair.apart) for pair in pairs),
    )


def _incomplete(found: _Comparisons, missing: Sequence[tuple[int, int]]) -> Verdict:
    if not missing:
        return Verdict("nothing-compared", Level.ATTENTION, msg("Nothing is compared with anything else."))
    first, second = missing[0]
    text = msg(
        "Pairs not compared yet: %(pairs)s. One of them is “%(first)s” and “%(second)s”.",
        pairs=len(missing),
        first=found.things[first],
        second=found.things[second],
    )
    return Verdict("incomplete", Level.ATTENTION, text)


def _verdict(heaviest: str, weight: float, worst: Pair, ratio: float | None) -> Verdict:
    if ratio is not None and ratio > _MAX_RATIO:
        text = msg(
            "Your comparisons contradict each other (CR %(ratio)s, good up to 0.1). Look again at “%(first)s” and "
            "“%(second)s”: you said %(given)s, the others lead to %(fitting)s.",
            ratio=round(ratio, 2),
            first=worst.first,
            second=worst.second,
            given=round(worst.given, 2),
            fitting=round(worst.fitting, 2),
        )
        return Verdict("inconsistent", Level.ATTENTION, text)
    text = msg(
        "Your comparisons agree with each other. “%(thing)s” weighs most: %(weight)s %%.",
        thing=heaviest,
        weight=round(100 * weight, 1),
    )
    return Verdict("consistent", Level.GOOD, text)


def _one_from_two(found: _Comparisons, worst: Pair) -> tuple[Estimate, ...]:
    """Ask what two comparisons say about the third, for the pair that fits worst."""
    first, last = found.things.index(worst.first), found.things.index(worst.second)
    between = next((index for index in range(len(found.things)) if index not in (first, last)), None)
    if between is None:
        return ()
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
    return (
        Estimate(
            "one_from_two",
            text,
            one * two,
            tolerance=0.05 * one * two,
            slips=(
                Slip(one + two, msg("You added. “Three times” of “two times” is six times: multiply.")),
                Slip(
                    _value(found, first, last),
                    msg("That is what you said when you compared both. What do the other two say?"),
                ),
            ),
        ),
    )


def _value(found: _Comparisons, one: int, other: int) -> float:
    return math.exp(found.logs[one, other] if one < other else -found.logs[other, one])


def _questions(
    things: Sequence[str], weights: Sequence[float], pairs: Sequence[Pair], ratio: float | None
) -> tuple[Question, ...]:
    heaviest, worst = max(weights) - 1e-9, round(pairs[0].apart, 9)
    weighing = Question(
        "heaviest",
        msg("Which weighs most?"),
        choose_one([(thing, weight >= heaviest) for thing, weight in zip(things, weights, strict=True)]),
        several=True,
    )
    if ratio is None:
        return (weighing,)
    is_good = ratio <= _MAX_RATIO
    shown = sorted(pairs[:_MAX_CHOICES], key=lambda pair: (pair.first, pair.second))
    return (
        weighing,
        Question(
            "consistent",
            msg("Do your comparisons agree well enough with each other?"),
            choose_one([(msg("Yes"), is_good), (msg("No"), not is_good)]),
        ),
        Question(
            "worst_pair",
            msg("Which comparison fits the others worst?"),
            choose_one([(_named(pair), round(pair.apart, 9) == worst) for pair in shown]),
            several=True,
        ),
    )


def _named(pair: Pair) -> Text:
    return msg("“%(first)s” and “%(second)s”", first=pair.first, second=pair.second)


def _decision(ordered: Sequence[str], pairs: Sequence[Pair], ratio: float | None) -> Decision:
    if ratio is not None and ratio > _MAX_RATIO:
        text = msg("Which pair do you compare again?")
        return Decision(text, tuple(_named(pair) for pair in pairs), consistent=1)
    return Decision(msg("What do you look at first when you choose?"), tuple(ordered), consistent=1)


def _demo() -> list[tuple[Value, ...]]:
    """What the electricians look for in a new service; in one comparison the owner mixed up the sides."""
    things = ("customer benefit", "margin", "fits our skills", "quick to start", "low risk")
    values = iter((2, 3, 4, 5, 2, 3, 4, 2, 1 / 4, 1))
    return [("P1", first, second, float(next(values))) for first, second in combinations(things, 2)]


INSTRUMENT = Instrument(
    key="analytic-hierarchy-process",
    code="T20",
    title=msg("Weights from pairs (AHP)"),
    phases=(Phase.PROCESS,),
    needs=(Need.CHOOSE,),
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
        Column("respondent", msg("Number of the person"), Kind.KEY, required=False, aliases=names.PERSON),
        Column(
            "first",
            msg("More important"),
            Kind.WORD,
            aliases=("i", "first", "a", "wichtiger", "vigtigst", "fontosabb", "ważniejsze"),
        ),
        Column(
            "second",
            msg("Less important"),
            Kind.WORD,
            aliases=("j", "second", "b", "weniger wichtig", "mindre vigtig", "kevésbé fontos", "mniej ważne"),
        ),
        Column(
            "value",
            msg("How many times, 1 to 9"),
            Kind.NUMBER,
            aliases=("value", "times", "wert", "mal", "værdi", "gange", "érték", "hányszor", "wartość", "ile razy"),
            minimum=0.11,
            maximum=9,
        ),
    ),
    options=(
        Option(
            "method",
            msg("How weights are computed"),
            Kind.CHOICE,
            default="eigenvector",
            choices=(
                Choice("eigenvector", msg("principal eigenvector (Saaty)")),
                Choice("row_means", msg("geometric means of the rows, as with a pocket calculator")),
            ),
        ),
    ),
    minimum=3,
    counted=msg("things compared"),
    reference="Saaty, T. L. (1980): The Analytic Hierarchy Process. McGraw-Hill.",
    demo=Demo(Firm.EL_SERVICE, _demo),
    compute=compute,
)
