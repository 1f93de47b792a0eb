"""T18: which of many ideas from outside is best, and whether that hangs on a single judge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from .idea_judgements import Idea, agreement_of, judged_ideas, mean_of, raters_who_decide
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

_MIN_RATERS = 2
_MIN_AGREEMENT = 0.3

_CRITERIA = (
    Choice("novelty", msg("Novelty"), ("neuheit", "nyhed", "újdonság", "nowość")),
    Choice("benefit", msg("Customer benefit"), ("kundennutzen", "kundeværdi", "vevői haszon", "korzyść klienta")),
    Choice("feasibility", msg("Feasibility"), ("machbarkeit", "gennemførlighed", "megvalósíthatóság", "wykonalność")),
    Choice("fit", msg("Fit with the firm"), ("passung", "pasform", "illeszkedés", "dopasowanie")),
)


def compute(table: Table, options: Settings) -> Result:
    """Order ideas by their mean score, and leave out one rater after the other."""
    ideas = judged_ideas(table)
    raters = sorted({rater for idea in ideas for rater in idea.by_rater})
    movers = raters_who_decide(ideas, raters)
    agreement = agreement_of(ideas, raters)
    return Result(
        n=sum(len(idea.by_rater) >= _MIN_RATERS for idea in ideas),
        verdict=_verdict(ideas, raters, movers, agreement),
        figures=(
            Figure("ideas", msg("Ideas"), len(ideas)),
            Figure("raters", msg("Raters"), len(raters)),
            Figure(
                "best_mean", msg("Mean score of the first idea"), ideas[0].mean, n=len(ideas[0].by_rater), decimals=2
            ),
            Figure("agreement", msg("Agreement of the raters (Kendall's W)"), agreement, n=len(raters), decimals=2),
            Figure("movers", msg("Raters without whom another idea would win"), len(movers)),
            *_participation(table, len(ideas), options.maybe_number("invited")),
            *_feedback(ideas, options.number("feedback_days")),
        ),
        tables=(_ideas_table(ideas), _raters_table(ideas, raters, movers)),
        charts=(
            Chart(
                ChartKind.BARS,
                msg("Ideas by mean score"),
                table="ideas",
                label="idea",
                values=("mean",),
                minimum=0,
                maximum=5,
            ),
            Chart(
                ChartKind.HEAT,
                msg("Mean score of each criterion"),
                table="ideas",
                label="idea",
                values=tuple(str(choice.value) for choice in _CRITERIA),
            ),
        ),
        conditions=_conditions(ideas, has_rules=options.values["rules"] is True),
        notes=_notes(table, options.maybe_number("invited")),
        estimates=(_mean_by_hand(ideas),),
        questions=_is_stable(raters, movers),
        decision=Decision(msg("Which idea do you take further?"), tuple(idea.name for idea in ideas)),
    )


def _participation(table: Table, ideas: int, invited: float | None) -> Iterator[Figure]:
    sources = len(set(table.texts("source")) - {""})
    if sources:
        yield Figure("participants", msg("People who sent ideas"), sources)
        yield Figure("per_participant", msg("Ideas for each of them"), ideas / sources, n=sources)
    if sources and invited and sources <= invited:
        yield Figure("participation", msg("Participation"), 100 * sources / invited, Unit.PERCENT, n=int(invited))


def _feedback(ideas: Sequence[Idea], days: float) -> Iterator[Figure]:
    dated = [idea for idea in ideas if idea.received]
    if not dated:
        return
    in_time = sum(
        idea.answered is not None and idea.received is not None and (idea.answered - idea.received).days <= days
        for idea in dated
    )
    title = msg("Ideas answered within %(days)s days", days=int(days))
    yield Figure("feedback", title, 100 * in_time / len(dated), Unit.PERCENT, n=len(dated))


def _ideas_table(ideas: Sequence[Idea]) -> ResultTable:
    def score(idea: Idea, criterion: str) -> float | None:
        total, count = idea.sums.get(criterion, (0.0, 0))
        return total / count if count else None

    return ResultTable(
        "ideas",
        msg("Ideas, the best first"),
        (
            Heading("idea", msg("Idea")),
            Heading("mean", msg("Mean"), decimals=2),
            *(Heading(str(choice.value), choice.title) for choice in _CRITERIA),
            Heading("raters", msg("Raters")),
        ),
        tuple(
            (*(idea.name, idea.mean), *(score(idea, str(choice.value)) for choice in _CRITERIA), len(idea.by_rater))
            for idea in ideas
        ),
    )


def _raters_table(ideas: Sequence[Idea], raters: Sequence[str], movers: Sequence[str]) -> ResultTable:
    given: dict[str, list[float]] = {rater: [] for rater in raters}
    for idea in ideas:
        for rater, sums in idea.by_rater.items():
            given[rater].append(mean_of(sums))
    decisive = set(movers)
    return ResultTable(
        "raters",
        msg("Raters"),
        (
            Heading("rater", msg("Rater")),
            Heading("ideas", msg("Ideas judged")),
            Heading("mean", msg("Mean score given"), decimals=2),
            Heading("decisive", msg("Decides the first place")),
        ),
        tuple((rater, len(means), sum(means) / len(means), rater in decisive) for rater, means in given.items()),
    )


def _verdict(ideas: Sequence[Idea], raters: Sequence[str], movers: Sequence[str], agreement: float | None) -> Verdict:
    first = ideas[0].name
    if len(raters) < _MIN_RATERS:
        text = msg("One person judged alone. Let at least a second one judge all ideas, without seeing the scores.")
        return Verdict("one-opinion", Level.ATTENTION, text)
    if movers:
        text = msg(
            "“%(first)s” is ahead, but without one of the raters it would not be. Talk about the scores that differ "
            "before you choose.",
            first=first,
        )
        return Verdict("hangs-on-one", Level.ATTENTION, text)
    if agreement is None or agreement < _MIN_AGREEMENT:
        text = msg(
            "“%(first)s” stays ahead whoever is left out, but the raters see the ideas differently.", first=first
        )
        return Verdict("raters-differ", Level.NEUTRAL, text)
    text = msg("“%(first)s” stays ahead whoever is left out, and the raters see the ideas alike.", first=first)
    return Verdict("stable", Level.GOOD, text)


def _conditions(ideas: Sequence[Idea], *, has_rules: bool) -> tuple[Condition, ...]:
    return (
        Condition(
            "rules",
            has_rules,
            msg("Say before the start what happens to ideas, whose they are and what one can win. Then tick the box."),
        ),
        Condition(
            "two_raters",
            all(len(idea.by_rater) >= _MIN_RATERS for idea in ideas),
            msg("Every idea needs the scores of at least two raters."),
        ),
        Condition(
            "criteria",
            all(len(idea.sums) == len(_CRITERIA) for idea in ideas),
            msg("Every idea needs scores for novelty, customer benefit, feasibility and fit."),
        ),
    )


def _notes(table: Table, invited: float | None) -> tuple[Text, ...]:
    if invited and len(set(table.texts("source")) - {""}) > invited:
        return (msg("More people sent ideas than were invited, so there is no participation."),)
    return ()


def _mean_by_hand(ideas: Sequence[Idea]) -> Estimate:
    """Ask for the last idea of the alphabet, which gives the first one not away."""
    idea = max(ideas, key=lambda idea: idea.name)
    means = [total / count for total, count in idea.sums.values()]
    slips = [Slip(sum(means), msg("You added the criteria. Divide by how many there are."))]
    if "benefit" in idea.sums:
        total, count = idea.sums["benefit"]
        slips.append(Slip(total / count, msg("That is the customer benefit alone. All criteria count.")))
    text = msg("What is the mean score of “%(idea)s”: the mean of the means of its criteria?", idea=idea.name)
    return Estimate("mean", text, idea.mean, tolerance=0.05, slips=tuple(slips))


def _is_stable(raters: Sequence[str], movers: Sequence[str]) -> tuple[Question, ...]:
    if len(raters) < _MIN_RATERS:
        return ()
    text = msg("Would the same idea be ahead, whichever single rater you leave out?")
    return (Question("is_stable", text, choose_one([(msg("Yes"), not movers), (msg("No"), bool(movers))])),)


def _demo() -> list[tuple[Value, ...]]:
    """Six ideas for the bakery, judged by three: one of them loves the robot, and that alone puts it first."""
    # Scores by rater for novelty, customer benefit, feasibility and fit.
    scores = {
        "bread robot at the station": ("5444", "4323", "5555"),
        "sourdough by subscription": ("4445", "3454", "4443"),
        "baking evening for children": ("3344", "3345", "3243"),
        "yesterday's bread as crisps": ("4354", "3354", "3343"),
        "birthday cakes by photo": ("2433", "3333", "2333"),
        "coffee cup with deposit": ("2343", "2344", "2243"),
    }
    criteria = [str(choice.value) for choice in _CRITERIA]
    return [
        (
            *(idea, f"S{1 + number % 5}", f"R{rater}", criterion, int(score)),
            date(2026, 3, 2 + number),
            date(2026, 3, 12 + 2 * number),
        )
        for number, (idea, judgements) in enumerate(scores.items())
        for rater, judgement in enumerate(judgements, 1)
        for criterion, score in zip(criteria, judgement, strict=True)
    ]


INSTRUMENT = Instrument(
    key="idea-competition",
    code="T18",
    title=msg("Idea competition"),
    phases=(Phase.ACQUIRE,),
    needs=(Need.IDEAS, Need.CHOOSE),
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
        Column("idea_id", msg("Idea"), Kind.WORD, aliases=names.IDEA),
        Column(
            "source",
            msg("Who sent it"),
            Kind.KEY,
            required=False,
            aliases=("source", "participant", "sender", "einsender", "teilnehmer", "afsender", "beküldő", "autor"),
        ),
        Column(
            "rater",
            msg("Rater"),
            Kind.KEY,
            aliases=("rater", "judge", "jury", "bewerter", "bedømmer", "bíráló", "oceniający"),
        ),
        Column(
            "criterion",
            msg("Criterion"),
            Kind.CHOICE,
            aliases=("criterion", "kriterium", "szempont", "kryterium"),
            choices=_CRITERIA,
        ),
        Column("score", msg("Score, 1 to 5"), Kind.INTEGER, aliases=names.SCORE, minimum=1, maximum=5),
        Column(
            "received",
            msg("Day the idea came"),
            Kind.DATE,
            required=False,
            aliases=("received", "eingang", "modtaget", "beérkezett", "wpłynęło"),
        ),
        Column(
            "answered",
            msg("Day it was answered"),
            Kind.DATE,
            required=False,
            aliases=("answered", "feedback", "beantwortet", "besvaret", "megválaszolva", "odpowiedź"),
        ),
    ),
    options=(
        Option("rules", msg("Rules and rights to the ideas were told beforehand"), Kind.YES_NO, default=False),
        Option("invited", msg("People invited"), Kind.INTEGER, minimum=1),
        Option(
            "feedback_days",
            msg("Days within which ideas are answered"),
            Kind.INTEGER,
            default=14,
            minimum=1,
            maximum=365,
        ),
    ),
    minimum=5,
    counted=msg("ideas with two raters"),
    reference=(
        "Piller, F. and Walcher, D. (2006): Toolkits for Idea Competitions. R&D Management 36(3); Howe, J. (2006): The "
        "Rise of Crowdsourcing. Wired 14(6)."
    ),
    demo=Demo(Firm.POD_DEBEM, _demo, options=(("rules", True), ("invited", 40))),
    compute=compute,
)
