"""T18: which of many ideas from outside is best, and whether that hangs on a single judge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from . import framework as fw
from .framework import msg

#: Means that differ by less are equal, however the scores were added up.
_DIGITS = 9

#: Of one idea: for each criterion the sum of scores and how many there are.
Sums = Mapping[str, tuple[float, int]]

_MIN_RATERS = 2

_CRITERIA = {
    "novelty": msg("Novelty"),
    "benefit": msg("Customer benefit"),
    "feasibility": msg("Feasibility"),
    "fit": msg("Fit with the firm"),
}


class JudgedIdea(NamedTuple):
    """One idea: the sums of its scores, the means that each rater gave, and when it came and was answered."""

    name: str
    sums: Sums
    by_rater: Mapping[str, Sums]
    received: date | None
    answered: date | None

    @property
    def mean(self) -> float:
        """Mean of the means of its criteria, 1 to 5."""
        return mean_of(self.sums)


def mean_of(sums: Sums) -> float:
    """Return the mean of the criteria's means; every criterion counts the same, however often it was judged."""
    return round(sum(total / count for total, count in sums.values()) / len(sums), _DIGITS)


def judged_ideas(table: fw.Table) -> list[JudgedIdea]:
    """Return the ideas, best first, equal ones by name."""
    raters, criteria, scores = table.texts("rater"), table.texts("criterion"), table.integers("score")
    received, answered = table.maybe_dates("received"), table.maybe_dates("answered")
    ideas = []
    for name, rows in fw.grouped(table.texts("idea_id")).items():
        sums: dict[str, tuple[float, int]] = {}
        by_rater: dict[str, dict[str, tuple[float, int]]] = {}
        for row in rows:
            for added in (sums, by_rater.setdefault(raters[row], {})):
                total, count = added.get(criteria[row], (0.0, 0))
                added[criteria[row]] = (total + scores[row], count + 1)
        ideas.append(JudgedIdea(name, sums, by_rater, _first(received, rows), _first(answered, rows)))
    return sorted(ideas, key=lambda idea: (-idea.mean, idea.name))


def _first(days: Sequence[date | None], rows: Sequence[int]) -> date | None:
    return min((day for row in rows if (day := days[row])), default=None)


def raters_who_decide(ideas: Sequence[JudgedIdea], raters: Sequence[str]) -> list[str]:
    """Return the raters without whose scores the first idea would no longer be ahead of all others."""
    judged: dict[str, list[int]] = {rater: [] for rater in raters}
    for place, idea in enumerate(ideas):
        for rater in idea.by_rater:
            judged[rater].append(place)
    return [rater for rater in raters if not _stays_first(ideas, rater, judged[rater])]


def _stays_first(ideas: Sequence[JudgedIdea], rater: str, judged: Sequence[int]) -> bool:
    """Tell whether the first idea still has the highest mean; only ideas that the rater judged change theirs."""
    touched = set(judged)
    first = _mean_without(ideas[0], rater)
    others = [_mean_without(ideas[place], rater) for place in judged if place]
    # The ideas are ordered: of those that stay as they are the first one has the highest mean.
    others.append(next((idea.mean for place, idea in enumerate(ideas) if place and place not in touched), None))
    return first is not None and all(first >= other for other in others if other is not None)


def _mean_without(idea: JudgedIdea, rater: str) -> float | None:
    """Return the mean without one rater's scores; None if nothing is left."""
    own = idea.by_rater.get(rater, {})
    left = {}
    for criterion, (total, count) in idea.sums.items():
        minus, fewer = own.get(criterion, (0.0, 0))
        if count > fewer:
            left[criterion] = (total - minus, count - fewer)
    return mean_of(left) if left else None


def agreement_of(ideas: Sequence[JudgedIdea], raters: Sequence[str]) -> fw.Concord | None:
    """Return how far raters agree on the order of the ideas that every one of them judged."""
    common = [idea for idea in ideas if len(idea.by_rater) == len(raters)]
    return fw.concord([[mean_of(idea.by_rater[rater]) for idea in common] for rater in raters])


def compute(table: fw.Table, options: fw.Settings) -> fw.Result:
    """Order ideas by their mean score, and leave out one rater after the other."""
    ideas = judged_ideas(table)
    raters = sorted({rater for idea in ideas for rater in idea.by_rater})
    movers = raters_who_decide(ideas, raters)
    agreement = agreement_of(ideas, raters)
    return fw.Result(
        n=sum(len(idea.by_rater) >= _MIN_RATERS for idea in ideas),
        verdict=_verdict(ideas, raters, movers, agreement),
        figures=(
            fw.Figure("ideas", msg("Ideas"), len(ideas)),
            fw.Figure("raters", msg("Raters"), len(raters)),
            fw.Figure(
                "best_mean", msg("Mean score of the first idea"), ideas[0].mean, n=len(ideas[0].by_rater), decimals=2
            ),
            *fw.agreement_figures(msg("Agreement of the raters (Kendall's W)"), agreement, len(raters)),
            fw.Figure("movers", msg("Raters without whom another idea would win"), len(movers)),
            *_participation(table, len(ideas), options.maybe_number("invited")),
            *_feedback(ideas, options.number("feedback_days")),
        ),
        tables=(_ideas_table(ideas), _raters_table(ideas, raters, movers)),
        charts=(
            fw.bars(msg("Ideas by mean score"), "ideas", "idea", "mean", highest=5),
            fw.heat(msg("Mean score of each criterion"), "ideas", "idea", tuple(_CRITERIA)),
        ),
        conditions=tuple(_conditions(ideas, has_rules=options.yes("rules"))),
        notes=tuple(_notes(table, options.maybe_number("invited"))),
        estimates=(_mean_by_hand(ideas),),
        questions=tuple(_is_stable(ideas, raters, movers)),
        decision=fw.Decision(msg("Which idea do you take further?"), tuple(idea.name for idea in ideas)),
    )


def _participation(table: fw.Table, ideas: int, invited: float | None) -> Iterator[fw.Figure]:
    sources = len(set(table.texts("source")) - {""})
    if sources:
        yield fw.Figure("participants", msg("People who sent ideas"), sources)
        yield fw.Figure("per_participant", msg("Ideas for each of them"), ideas / sources, n=sources)
    if sources and invited and sources <= invited:
        yield fw.Figure("participation", msg("Participation"), 100 * sources / invited, fw.Unit.PERCENT, n=int(invited))


def _feedback(ideas: Sequence[JudgedIdea], days: float) -> Iterator[fw.Figure]:
    dated = [idea for idea in ideas if idea.received]
    if dated:
        in_time = sum(
            idea.answered is not None and idea.received is not None and (idea.answered - idea.received).days <= days
            for idea in dated
        )
        title = msg("Ideas answered within %(days)s days", days=int(days))
        yield fw.Figure("feedback", title, 100 * in_time / len(dated), fw.Unit.PERCENT, n=len(dated))


def _ideas_table(ideas: Sequence[JudgedIdea]) -> fw.ResultTable:
    def score(idea: JudgedIdea, criterion: str) -> float | None:
        total, count = idea.sums.get(criterion, (0.0, 0))
        return total / count if count else None

    return fw.Rows("ideas", msg("Ideas, the best first"), ideas).shown(
        fw.Shown("idea", msg("Idea"), lambda idea: idea.name),
        fw.Shown("mean", msg("Mean"), lambda idea: idea.mean, decimals=2),
        *(fw.Shown(key, title, partial(score, criterion=key)) for key, title in _CRITERIA.items()),
        fw.Shown("raters", msg("Raters"), lambda idea: len(idea.by_rater)),
    )


def _raters_table(ideas: Sequence[JudgedIdea], raters: Sequence[str], movers: Sequence[str]) -> fw.ResultTable:
    given: dict[str, list[float]] = {rater: [] for rater in raters}
    for idea in ideas:
        for rater, sums in idea.by_rater.items():
            given[rater].append(mean_of(sums))
    decisive = set(movers)
    return fw.Rows("raters", msg("Raters"), given).shown(
        fw.Shown("rater", msg("Rater"), lambda rater: rater),
        fw.Shown("ideas", msg("Ideas judged"), lambda rater: len(given[rater])),
        fw.Shown("mean", msg("Mean score given"), lambda rater: sum(given[rater]) / len(given[rater]), decimals=2),
        fw.Shown("decisive", msg("Decides the first place"), lambda rater: rater in decisive),
    )


def _leaders(ideas: Sequence[JudgedIdea]) -> list[str]:
    """Return the ideas that no other one has a higher mean than."""
    return [idea.name for idea in ideas if idea.mean == ideas[0].mean]


def _verdict(
    ideas: Sequence[JudgedIdea], raters: Sequence[str], movers: Sequence[str], agreement: fw.Concord | None
) -> fw.Verdict:
    first, leaders = ideas[0].name, _leaders(ideas)
    if len(raters) < _MIN_RATERS:
        text = msg("One person judged alone. Let at least a second one judge all ideas, without seeing the scores.")
        return fw.Verdict("one-opinion", fw.Level.ATTENTION, text)
    if len(ideas) == 1:
        return fw.Verdict("one-idea", fw.Level.ATTENTION, msg("There is only one idea: nothing to choose from."))
    if len(leaders) > 1:
        text = msg("First place is shared by %(ideas)s.", ideas=fw.named(leaders))
        return fw.Verdict("shared", fw.Level.NEUTRAL, text)
    if movers:
        text = msg(
            "“%(first)s” is ahead, but without one of the raters it would not be. Talk about the scores that differ "
            "before you choose.",
            first=first,
        )
        return fw.Verdict("hangs-on-one", fw.Level.ATTENTION, text)
    if agreement is None:
        text = msg(
            "No idea overtakes “%(first)s” whoever is left out. Whether the raters see the ideas alike cannot be "
            "said: let each judge all of them.",
            first=first,
        )
        return fw.Verdict("agreement-unknown", fw.Level.NEUTRAL, text)
    if agreement.is_low:
        text = msg(
            "No idea overtakes “%(first)s” whoever is left out, but the raters see the ideas differently.", first=first
        )
        return fw.Verdict("raters-differ", fw.Level.NEUTRAL, text)
    if not agreement.is_common:
        text = msg(
            "No idea overtakes “%(first)s” whoever is left out, but so few raters and ideas agree as far by chance, "
            "too.",
            first=first,
        )
        return fw.Verdict("agreement-by-chance", fw.Level.NEUTRAL, text)
    text = msg("No idea overtakes “%(first)s” whoever is left out, and the raters see the ideas alike.", first=first)
    return fw.Verdict("stable", fw.Level.GOOD, text)


def _conditions(ideas: Sequence[JudgedIdea], *, has_rules: bool) -> Iterator[fw.Condition]:
    text = msg("Say before the start what happens to ideas, whose they are and what one can win. Then tick the box.")
    yield fw.Condition("rules", has_rules, text)
    text = msg("Every idea needs the scores of at least two raters.")
    yield fw.Condition("two_raters", all(len(idea.by_rater) >= _MIN_RATERS for idea in ideas), text)
    text = msg("Every idea needs scores for novelty, customer benefit, feasibility and fit.")
    yield fw.Condition("criteria", all(len(idea.sums) == len(_CRITERIA) for idea in ideas), text)


def _notes(table: fw.Table, invited: float | None) -> Iterator[fw.Text]:
    if invited and len(set(table.texts("source")) - {""}) > invited:
        yield msg("More people sent ideas than were invited, so there is no participation.")


def _mean_by_hand(ideas: Sequence[JudgedIdea]) -> fw.Estimate:
    """Ask for the last idea of the alphabet, which gives the first one not away."""
    idea = max(ideas, key=lambda idea: idea.name)
    means = [total / count for total, count in idea.sums.values()]
    slips = [fw.Slip(sum(means), msg("You added the criteria. Divide by how many there are."))]
    if "benefit" in idea.sums:
        total, count = idea.sums["benefit"]
        slips.append(fw.Slip(total / count, msg("That is the customer benefit alone. All criteria count.")))
    text = msg("What is the mean score of “%(idea)s”: the mean of the means of its criteria?", idea=idea.name)
    return fw.Estimate("mean", text, idea.mean, tolerance=0.05, slips=tuple(slips))


def _is_stable(ideas: Sequence[JudgedIdea], raters: Sequence[str], movers: Sequence[str]) -> Iterator[fw.Question]:
    if len(raters) >= _MIN_RATERS and len(_leaders(ideas)) <= 1:
        text = msg("Leave out one rater after the other: does the first idea keep the highest mean each time?")
        yield fw.Question("is_stable", text, fw.yes_or_no(not movers))


INSTRUMENT = fw.Instrument(
    key="idea-competition",
    code="T18",
    title=msg("Idea competition"),
    phases=(fw.Phase.ACQUIRE,),
    needs=(fw.Need.IDEAS, fw.Need.CHOOSE),
    purpose=msg("Collect many ideas from outside, and judge them fairly."),
    explanation=(
        msg(
            "Ask customers, neighbours or the whole net for ideas. Say beforehand what happens to them, whose they are "
            "and what one can win."
        ),
        msg(
            "At least two raters give each idea 1 to 5 points for novelty, customer benefit, feasibility and fit with "
            "the firm, each on their own. The mean orders the ideas."
        ),
        msg(
            "Then one rater after the other is left out. If another idea wins, the result hangs on one person. And "
            "answer everybody soon: who hears nothing sends nothing again."
        ),
    ),
    columns=(
        fw.Column("idea_id", msg("Idea"), fw.ValueKind.WORD),
        fw.Column("source", msg("Who sent it"), fw.ValueKind.KEY, required=False),
        fw.Column("rater", msg("Rater"), fw.ValueKind.KEY),
        fw.choice_column("criterion", msg("Criterion"), _CRITERIA),
        fw.number_column("score", msg("Score, 1 to 5"), 1, 5, whole=True),
        fw.Column("received", msg("Day the idea came"), fw.ValueKind.DATE, required=False),
        fw.Column("answered", msg("Day it was answered"), fw.ValueKind.DATE, required=False),
    ),
    options=(
        fw.switch_option("rules", msg("Rules and rights to the ideas were told beforehand")),
        fw.number_option("invited", msg("People invited"), 1, whole=True),
        fw.number_option("feedback_days", msg("Days within which ideas are answered"), 1, 365, whole=True, default=14),
    ),
    minimum=5,
    counted=msg("ideas with two raters"),
    reference=(
        "Piller, F. and Walcher, D. (2006): Toolkits for Idea Competitions. R&D Management 36(3); Howe, J. (2006): The "
        "Rise of Crowdsourcing. Wired 14(6)."
    ),
    # Six ideas for the bakery, judged by three: one of them loves the robot, and that alone puts it first.
    demo=fw.Demo(fw.Firm.POD_DEBEM, options={"rules": True, "invited": 40}),
    compute=compute,
)
