"""T11: which outcomes matter to customers and are not reached today, within one group of customers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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
    Mark,
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
    Value,
    Verdict,
    choose_one,
    msg,
    names,
)
from .kit.outcomes import UNDERSERVED, Outcome, has_direction, score_interval
from .kit.words import grouped, same

#: Answers from here on, of 1 to 5, say that an outcome is important, or that one is satisfied.
_HIGH = 4

_CLASSES = {
    "extreme": msg("Extreme opportunity"),
    "high": msg("High opportunity"),
    "worth": msg("Worth considering"),
    "served": msg("Served"),
    "overserved": msg("Overserved"),
}

_MINIMUM_PEOPLE = 20
_MAX_CHOICES = 6


def compute(table: Table, options: Settings) -> Result:
    """Score every outcome, in one group of customers or in all of them."""
    chosen = same(options.text("segment"))
    groups = grouped(table.texts("segment"))
    rows = [row for name, members in groups.items() for row in members if not chosen or same(name) == chosen]
    if not rows:
        text = msg("No answer is from the group “%(segment)s”.", segment=options.text("segment"))
        return Result(n=0, verdict=Verdict("nobody", Level.TOO_LITTLE_DATA, text), notes=(text,))
    outcomes = _outcomes(table, sorted(rows))
    persons = table.texts("respondent")
    people = len({persons[row] for row in rows})
    best = outcomes[0]
    _score, low, high = score_interval(best)
    return Result(
        n=people,
        verdict=_verdict(outcomes),
        figures=(
            Figure("people", msg("People asked"), people),
            Figure("outcomes", msg("Outcomes"), len(outcomes)),
            Figure("best_score", msg("Largest opportunity score, 0 to 20"), best.score, low=low, high=high, n=best.n),
            Figure("underserved", msg("Outcomes with a score of 10 or more"), sum(o.is_underserved for o in outcomes)),
            Figure("overserved", msg("Outcomes with more than people need"), sum(o.is_overserved for o in outcomes)),
        ),
        tables=(_table(outcomes), *_by_segment(table, groups, outcomes, chosen)),
        charts=_charts(),
        conditions=(_wording(outcomes),),
        notes=_notes(table, rows, groups, outcomes, chosen, people),
        estimates=(_one_score(outcomes),),
        questions=_questions(outcomes),
        decision=Decision(
            msg("For which outcome do you look for a better solution?"), tuple(outcome.name for outcome in outcomes)
        ),
    )


def _outcomes(table: Table, rows: Iterable[int]) -> list[Outcome]:
    """Return the outcomes of some rows by falling score, equal ones by name."""
    rows = list(rows)
    wanted, reached, words = table.integers("importance"), table.integers("satisfaction"), table.texts("outcome")
    found = [
        Outcome(
            name,
            len(places),
            sum(wanted[rows[place]] >= _HIGH for place in places),
            sum(reached[rows[place]] >= _HIGH for place in places),
        )
        for name, places in grouped(words[row] for row in rows).items()
    ]
    return sorted(found, key=lambda outcome: (-outcome.score, outcome.name))


def _table(outcomes: Sequence[Outcome]) -> ResultTable:
    headings = (
        Heading("outcome", msg("Outcome")),
        Heading("score", msg("Opportunity score")),
        Heading("low", msg("From")),
        Heading("high", msg("To")),
        Heading("class", msg("Class")),
        Heading("importance", msg("Importance, 0 to 10")),
        Heading("satisfaction", msg("Satisfaction, 0 to 10")),
        Heading("underserved", msg("Underserved")),
        Heading("n", msg("Answers")),
    )
    rows = tuple(
        (
            outcome.name,
            *score_interval(outcome),
            _CLASSES[outcome.category],
            10 * outcome.important / outcome.n,
            10 * outcome.satisfied / outcome.n,
            outcome.is_underserved,
            outcome.n,
        )
        for outcome in outcomes
    )
    return ResultTable("outcomes", msg("Outcomes"), headings, rows)


def _by_segment(
    table: Table, groups: dict[str, list[int]], outcomes: Sequence[Outcome], chosen: str
) -> tuple[ResultTable, ...]:
    """Return the scores of each group beside each other, where they would be mixed otherwise."""
    if chosen or len(groups) < 2:
        return ()
    scores = {
        (segment, same(outcome.name)): outcome for segment, rows in groups.items() for outcome in _outcomes(table, rows)
    }
    rows = tuple(
        (outcome.name, segment or msg("without a group"), found.score, _CLASSES[found.category], found.n)
        for outcome in outcomes
        for segment in sorted(groups)
        if (found := scores.get((segment, same(outcome.name))))
    )
    headings = (
        Heading("outcome", msg("Outcome")),
        Heading("segment", msg("Group of customers")),
        Heading("score", msg("Opportunity score")),
        Heading("class", msg("Class")),
        Heading("n", msg("Answers")),
    )
    return (ResultTable("by_segment", msg("Scores of each group of customers"), headings, rows),)


def _charts() -> tuple[Chart, ...]:
    return (
        Chart(
            ChartKind.SCATTER,
            msg("What matters, and what is reached today"),
            table="outcomes",
            label="outcome",
            values=("importance", "satisfaction"),
            emphasis="underserved",
            marks=(
                Mark("y", 0, msg("↑ overserved"), slope=1),
                Mark("y", -UNDERSERVED, msg("score 10 or more →"), slope=2),
            ),
            minimum=0,
            maximum=10,
        ),
        Chart(
            ChartKind.BARS,
            msg("Opportunity scores with their intervals"),
            table="outcomes",
            label="outcome",
            values=("score",),
            low="low",
            high="high",
            emphasis="underserved",
            minimum=0,
            maximum=20,
        ),
    )


def _wording(outcomes: Sequence[Outcome]) -> Condition:
    unclear = [outcome.name for outcome in outcomes if not has_direction(outcome.name)]
    text = msg(
        "Outcomes that do not say what is to become more or less: %(n)s, such as “%(first)s”. Begin each with a verb "
        "like “minimise”, “reduce”, “increase”.",
        n=len(unclear),
        first=min(unclear, default=""),
    )
    return Condition("wording", not unclear, text)


def _notes(
    table: Table,
    rows: Sequence[int],
    groups: dict[str, list[int]],
    outcomes: Sequence[Outcome],
    chosen: str,
    people: int,
) -> tuple[Text, ...]:
    notes = []
    if chosen and len(rows) < len(table):
        notes.append(msg("Answers of other groups, not counted: %(rows)s.", rows=len(table) - len(rows)))
    if not chosen and len(groups) > 1:
        notes.append(
            msg(
                "%(groups)s groups of customers are mixed here, and their needs may differ. Choose one, or look at the "
                "scores of each group.",
                groups=len(groups),
            )
        )
    persons, words = table.texts("respondent"), table.texts("outcome")
    twice = len(rows) - len({(persons[row], same(words[row])) for row in rows})
    if twice:
        notes.append(msg("Answers of the same person to the same outcome, counted each time: %(rows)s.", rows=twice))
    notes += [
        msg("“%(outcome)s” has only %(n)s answers.", outcome=outcome.name, n=outcome.n)
        for outcome in outcomes
        if outcome.n < _MINIMUM_PEOPLE <= people
    ]
    return tuple(notes)


def _verdict(outcomes: Sequence[Outcome]) -> Verdict:
    best = outcomes[0]
    found: dict[str, str | float] = {"outcome": best.name, "score": round(best.score, 1)}
    if best.category in ("extreme", "high"):
        text = msg(
            "“%(outcome)s” matters and is not reached today: %(score)s of 20. Look for a solution here.", **found
        )
        return Verdict("unmet", Level.ATTENTION, text)
    if best.is_underserved:
        text = msg("Nothing is badly missing. “%(outcome)s” is worth a closer look: %(score)s of 20.", **found)
        return Verdict("worth-considering", Level.NEUTRAL, text)
    overserved = [outcome.name for outcome in outcomes if outcome.is_overserved]
    if overserved:
        text = msg(
            "Nothing is missing, and of some things people have more than they need, such as “%(outcome)s”. You may "
            "save there.",
            outcome=overserved[-1],
        )
        return Verdict("overserved", Level.NEUTRAL, text)
    return Verdict("served", Level.GOOD, msg("What matters to these customers is reached."))


def _one_score(outcomes: Sequence[Outcome]) -> Estimate:
    """Ask for the best score: there the gap counts, and leaving it out shows."""
    outcome = outcomes[0]
    wanted, reached = 10 * outcome.important / outcome.n, 10 * outcome.satisfied / outcome.n
    text = msg(
        "Of %(n)s people %(important)s find “%(outcome)s” important (4 or 5), and %(satisfied)s are satisfied with it "
        "today (4 or 5). What is its opportunity score?",
        n=outcome.n,
        important=outcome.important,
        satisfied=outcome.satisfied,
        outcome=outcome.name,
    )
    slips = [
        Slip(wanted - reached, msg("That is the gap alone. Add the importance to it.")),
        Slip(10 * outcome.score, msg("You counted in percent. Divide the shares by 10 first.")),
        Slip(wanted + reached, msg("You added the satisfaction. Take it off the importance, and add the rest.")),
    ]
    if reached > wanted:
        slips.append(Slip(2 * wanted - reached, msg("More satisfaction than importance counts as no gap, not less.")))
    return Estimate("score", text, outcome.score, tolerance=0.1, slips=tuple(slips))


def _questions(outcomes: Sequence[Outcome]) -> tuple[Question, ...]:
    # From both ends, so that not every answer is right.
    shown = [*outcomes[: _MAX_CHOICES // 2], *outcomes[_MAX_CHOICES // 2 :][-_MAX_CHOICES // 2 :]]
    return (
        Question(
            "underserved",
            msg("Which of these outcomes are underserved, with a score of 10 or more?"),
            choose_one([(outcome.name, outcome.is_underserved) for outcome in shown]),
            several=True,
        ),
        Question(
            "overserved",
            msg("Where do people have more than they need, so that you may save?"),
            choose_one([(outcome.name, outcome.is_overserved) for outcome in shown]),
            several=True,
        ),
    )


def _demo() -> list[tuple[Value, ...]]:
    """Twenty-four families with small kitchens on eight outcomes of a new kitchen."""
    # How many find it important, and how many are satisfied.
    outcomes = {
        "minimise the days without a kitchen": (22, 6),
        "reduce the number of visits until all fits": (19, 8),
        "increase the storage that can be reached without a ladder": (18, 10),
        "minimise the risk that the price rises after the order": (16, 9),
        "reduce the time for cleaning the fronts": (15, 13),
        "increase the light on the worktop": (14, 14),
        "minimise the noise of drawers": (9, 17),
        "increase the choice of handles": (6, 19),
    }
    return [
        (
            f"R{person:02}",
            "small kitchens",
            outcome,
            (4 + person % 2) if (person * 5 + shift) % 24 < important else 1 + (person + shift) % 3,
            (5 - person % 2) if (person * 7 + shift * 3) % 24 < satisfied else 3 - (person + shift) % 3,
        )
        for shift, (outcome, (important, satisfied)) in enumerate(outcomes.items())
        for person in range(24)
    ]


_OUTCOME = (
    *("outcome", "job", "ergebnis", "wunschergebnis", "ziel", "resultat", "udbytte", "mål", "eredmény", "cél"),
    *("rezultat", "cel"),
)
_SATISFIED = (
    *("satisfaction", "satisfied", "zufriedenheit", "zufrieden", "tilfredshed", "elégedettség", "zadowolenie"),
    *("satysfakcja",),
)

INSTRUMENT = Instrument(
    key="opportunity-score",
    code="T11",
    title=msg("Opportunity score"),
    phases=(Phase.ACQUIRE, Phase.PROCESS),
    needs=(Need.UNDERSTAND, Need.ASK_CUSTOMERS, Need.OFFER),
    purpose=msg("Find what customers want to get done and cannot do well today."),
    explanation=(
        msg(
            "People do not want your product, they want to get something done. Write down what they try to reach as "
            "outcomes: “minimise the days without a kitchen”."
        ),
        msg(
            "Ask about each: how important is it, and how satisfied are you today? Both from 1 to 5. Count those who "
            "say 4 or 5, in tenths: 90 %% are 9."
        ),
        msg(
            "The score is the importance plus what is missing in satisfaction. Above 15 it is extreme, from 12 high, "
            "from 10 worth considering. Ask one group of customers at a time: mixed groups hide what each needs."
        ),
    ),
    columns=(
        Column("respondent", msg("Number of the person"), Kind.KEY, aliases=names.PERSON),
        Column("segment", msg("Group of customers"), Kind.WORD, required=False, aliases=names.SEGMENT),
        Column("outcome", msg("Outcome"), Kind.WORD, aliases=_OUTCOME),
        Column("importance", msg("Importance, 1 to 5"), Kind.INTEGER, aliases=names.IMPORTANCE, minimum=1, maximum=5),
        Column("satisfaction", msg("Satisfaction, 1 to 5"), Kind.INTEGER, aliases=_SATISFIED, minimum=1, maximum=5),
    ),
    options=(Option("segment", msg("Only this group of customers; all if empty"), Kind.WORD),),
    minimum=_MINIMUM_PEOPLE,
    counted=msg("people"),
    reference=(
        "Ulwick, A. (2002): Turn Customer Input into Innovation. Harvard Business Review 80(1); Ulwick, A. (2005): "
        "What Customers Want. McGraw-Hill."
    ),
    demo=Demo(Firm.NORDLICHT, _demo),
    compute=compute,
)
