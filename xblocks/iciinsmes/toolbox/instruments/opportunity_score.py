"""T11: which outcomes matter to customers and are not reached today, within one group of customers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from . import framework as fw
from .framework import msg
from .methods.outcomes import HIGH, UNDERSERVED, JobOutcome, has_direction, score_interval

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


def compute(table: fw.Table, options: fw.Settings) -> fw.Result:
    """Score every outcome, in one group of customers or in all of them."""
    chosen = fw.same(options.text("segment"))
    groups = fw.grouped(table.texts("segment"))
    rows = [row for name, members in groups.items() for row in members if not chosen or fw.same(name) == chosen]
    if not rows:
        text = msg("No answer is from the group “%(segment)s”.", segment=options.text("segment"))
        return fw.Result(n=0, verdict=fw.Verdict("nobody", fw.Level.TOO_LITTLE_DATA, text), notes=(text,))
    outcomes = _outcomes(table, sorted(rows))
    persons = table.texts("respondent")
    people = len({persons[row] for row in rows})
    best = outcomes[0]
    title = msg("Largest opportunity score, 0 to 20")
    return fw.Result(
        n=people,
        verdict=_verdict(outcomes),
        figures=(
            fw.Figure("people", msg("People asked"), people),
            fw.Figure("outcomes", msg("Outcomes"), len(outcomes)),
            fw.interval_figure("best_score", title, score_interval(best), n=best.n),
            fw.Figure(
                "underserved", msg("Outcomes with a score of 10 or more"), sum(o.is_underserved for o in outcomes)
            ),
            fw.Figure("overserved", msg("Outcomes with more than people need"), sum(o.is_overserved for o in outcomes)),
        ),
        tables=(_table(outcomes), *_by_segment(table, groups, outcomes, chosen)),
        charts=tuple(_charts()),
        conditions=(_wording(outcomes),),
        notes=tuple(_notes(table, rows, groups, outcomes, chosen, people)),
        estimates=(_one_score(outcomes),),
        questions=tuple(_questions(outcomes)),
        decision=fw.Decision(
            msg("For which outcome do you look for a better solution?"), tuple(outcome.name for outcome in outcomes)
        ),
    )


def _outcomes(table: fw.Table, rows: Iterable[int]) -> list[JobOutcome]:
    """Return the outcomes of some rows by falling score, equal ones by name."""
    rows = list(rows)
    wanted, reached, words = table.integers("importance"), table.integers("satisfaction"), table.texts("outcome")
    found = [
        JobOutcome(
            name,
            len(places),
            sum(wanted[rows[place]] >= _HIGH for place in places),
            sum(reached[rows[place]] >= _HIGH for place in places),
        )
        for name, places in fw.grouped(words[row] for row in rows).items()
    ]
    return sorted(found, key=lambda outcome: (-outcome.score, outcome.name))


def _table(outcomes: Sequence[JobOutcome]) -> fw.ResultTable:
    return fw.Rows("outcomes", msg("Outcomes"), outcomes).shown(
        fw.Shown("outcome", msg("Outcome"), lambda outcome: outcome.name),
        fw.Shown("score", msg("Opportunity score"), lambda outcome: outcome.score),
        fw.Shown("low", msg("From"), lambda outcome: score_interval(outcome).low),
        fw.Shown("high", msg("To"), lambda outcome: score_interval(outcome).high),
        fw.Shown("class", msg("Class"), lambda outcome: _CLASSES[outcome.category]),
        fw.Shown("importance", msg("Importance, 0 to 10"), lambda outcome: 10 * outcome.important / outcome.n),
        fw.Shown("satisfaction", msg("Satisfaction, 0 to 10"), lambda outcome: 10 * outcome.satisfied / outcome.n),
        fw.Shown("underserved", msg("Underserved"), lambda outcome: outcome.is_underserved),
        fw.Shown("n", msg("Answers"), lambda outcome: outcome.n),
    )


def _by_segment(
    table: fw.Table, groups: dict[str, list[int]], outcomes: Sequence[JobOutcome], chosen: str
) -> Iterator[fw.ResultTable]:
    """Return the scores of each group beside each other, where they would be mixed otherwise."""
    if chosen or len(groups) < 2:
        return
    scores = {
        (segment, fw.same(outcome.name)): outcome
        for segment, rows in groups.items()
        for outcome in _outcomes(table, rows)
    }
    # Named as in the table of all, whatever a group calls it.
    found = [
        (segment, scores[segment, fw.same(outcome.name)]._replace(name=outcome.name))
        for outcome in outcomes
        for segment in sorted(groups)
        if (segment, fw.same(outcome.name)) in scores
    ]
    yield fw.Rows("by_segment", msg("Scores of each group of customers"), found).shown(
        fw.Shown("outcome", msg("Outcome"), lambda entry: entry[1].name),
        fw.Shown("segment", msg("Group of customers"), lambda entry: entry[0] or msg("without a group")),
        fw.Shown("score", msg("Opportunity score"), lambda entry: entry[1].score),
        fw.Shown("class", msg("Class"), lambda entry: _CLASSES[entry[1].category]),
        fw.Shown("n", msg("Answers"), lambda entry: entry[1].n),
    )


def _charts() -> Iterator[fw.Chart]:
    title = msg("What matters, and what is reached today")
    marks = (
        fw.Mark("y", 0, msg("↑ overserved"), slope=1),
        fw.Mark("y", -UNDERSERVED, msg("score 10 or more →"), slope=2),
    )
    yield fw.scatter(
        title, "outcomes", "outcome", ("importance", "satisfaction"), marks, scale=(0, 10), emphasis="underserved"
    )
    title = msg("Opportunity scores with their intervals")
    yield fw.bars(title, "outcomes", "outcome", "score", interval=True, emphasis="underserved", highest=20)


def _wording(outcomes: Sequence[JobOutcome]) -> fw.Condition:
    unclear = [outcome.name for outcome in outcomes if not has_direction(outcome.name)]
    text = msg(
        "Outcomes that do not say what is to become more or less: %(n)s, such as “%(first)s”. Begin each with a verb "
        "like “minimise”, “reduce”, “increase”.",
        n=len(unclear),
        first=min(unclear, default=""),
    )
    return fw.Condition("wording", not unclear, text)


def _notes(
    table: fw.Table,
    rows: Sequence[int],
    groups: dict[str, list[int]],
    outcomes: Sequence[JobOutcome],
    chosen: str,
    people: int,
) -> Iterator[fw.Text]:
    if chosen and len(rows) < len(table):
        yield msg("Answers of other groups, not counted: %(rows)s.", rows=len(table) - len(rows))
    if not chosen and len(groups) > 1:
        yield msg(
            "%(groups)s groups of customers are mixed here, and their needs may differ. Choose one, or look at the "
            "scores of each group.",
            groups=len(groups),
        )
    persons, words = table.texts("respondent"), table.texts("outcome")
    twice = len(rows) - len({(persons[row], fw.same(words[row])) for row in rows})
    if twice:
        yield msg("Answers of the same person to the same outcome, counted each time: %(rows)s.", rows=twice)
    for outcome in outcomes:
        if outcome.n < _MINIMUM_PEOPLE <= people:
            yield msg("Few answers to “%(outcome)s”: %(n)s.", outcome=outcome.name, n=outcome.n)


def _verdict(outcomes: Sequence[JobOutcome]) -> fw.Verdict:
    best = outcomes[0]
    _score, low, high = score_interval(best)
    found: dict[str, str | float] = {
        "outcome": best.name,
        "score": fw.rounded(best.score, UNDERSERVED, HIGH),
        "low": round(low, 1),
        "high": round(high, 1),
    }
    if best.category in ("extreme", "high"):
        text = msg(
            "“%(outcome)s” matters, and too few are satisfied with it today: %(score)s of 20 (the true score lies "
            "between %(low)s and %(high)s). Look for a solution here.",
            **found,
        )
        return fw.Verdict("unmet", fw.Level.ATTENTION, text)
    if best.is_underserved:
        text = msg("Nothing is badly missing. “%(outcome)s” is worth a closer look: %(score)s of 20.", **found)
        return fw.Verdict("worth-considering", fw.Level.NEUTRAL, text)
    open_ = max(outcomes, key=lambda outcome: score_interval(outcome).high)
    if score_interval(open_).high >= HIGH:
        text = msg(
            "What matters to these customers seems to be reached, but few answers leave it open: the true score of "
            "“%(outcome)s” may be up to %(high)s of 20.",
            outcome=open_.name,
            high=fw.rounded(score_interval(open_).high, HIGH),
        )
        return fw.Verdict("served-open", fw.Level.NEUTRAL, text)
    overserved = [outcome for outcome in outcomes if outcome.is_overserved]
    if overserved:
        most = max(overserved, key=lambda outcome: (outcome.satisfied - outcome.important) / outcome.n)
        text = msg(
            "Nothing is missing, and of some things people have more than they need, such as “%(outcome)s”. You may "
            "save there.",
            outcome=most.name,
        )
        return fw.Verdict("overserved", fw.Level.NEUTRAL, text)
    return fw.Verdict("served", fw.Level.GOOD, msg("What matters to these customers is reached."))


def _one_score(outcomes: Sequence[JobOutcome]) -> fw.Estimate:
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
        fw.Slip(wanted - reached, msg("That is the gap alone. Add the importance to it.")),
        fw.Slip(10 * outcome.score, msg("You counted in percent. Divide the shares by 10 first.")),
        fw.Slip(wanted + reached, msg("You added the satisfaction. Take it off the importance, and add the rest.")),
    ]
    if reached > wanted:
        slips.append(
            fw.Slip(2 * wanted - reached, msg("More satisfaction than importance counts as no gap, not less."))
        )
    return fw.Estimate("score", text, outcome.score, tolerance=0.1, slips=tuple(slips))


def _questions(outcomes: Sequence[JobOutcome]) -> Iterator[fw.Question]:
    # From both ends, so that not every answer is right.
    shown = [*outcomes[: fw.MAX_CHOICES // 2], *outcomes[fw.MAX_CHOICES // 2 :][-fw.MAX_CHOICES // 2 :]]
    text = msg("Which of these outcomes are underserved, with a score of 10 or more?")
    answers = fw.choose_one([(outcome.name, outcome.is_underserved) for outcome in shown])
    yield fw.Question("underserved", text, answers, several=True)
    text = msg("Where do people have more than they need, so that you may save?")
    answers = fw.choose_one([(outcome.name, outcome.is_overserved) for outcome in shown])
    yield fw.Question("overserved", text, answers, several=True)


INSTRUMENT = fw.Instrument(
    key="opportunity-score",
    code="T11",
    title=msg("Opportunity score"),
    phases=(fw.Phase.ACQUIRE, fw.Phase.PROCESS),
    needs=(fw.Need.UNDERSTAND, fw.Need.ASK_CUSTOMERS, fw.Need.OFFER),
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
        fw.Column("respondent", msg("Number of the person"), fw.ValueKind.KEY),
        fw.Column("segment", msg("Group of customers"), fw.ValueKind.WORD, required=False),
        fw.Column("outcome", msg("Outcome"), fw.ValueKind.WORD),
        fw.number_column("importance", msg("Importance, 1 to 5"), 1, 5, whole=True),
        fw.number_column("satisfaction", msg("Satisfaction, 1 to 5"), 1, 5, whole=True),
    ),
    options=(fw.Option("segment", msg("Only this group of customers; all if empty"), fw.ValueKind.WORD),),
    minimum=_MINIMUM_PEOPLE,
    counted=msg("people"),
    reference=(
        "Ulwick, A. (2002): Turn Customer Input into Innovation. Harvard Business Review 80(1); Ulwick, A. (2005): "
        "What Customers Want. McGraw-Hill."
    ),
    # Twenty-four families with small kitchens on eight outcomes of a new kitchen.
    demo=fw.Demo(fw.Firm.NORDLICHT),
    compute=compute,
)
