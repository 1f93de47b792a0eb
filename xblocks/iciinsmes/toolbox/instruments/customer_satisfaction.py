"""T03: are customers satisfied with a contact? Share of four and five of five, by touchpoint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from .kit import (
    Column,
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
    Unit,
    Value,
    Verdict,
    choose_one,
    msg,
    names,
)
from .kit.shares import (
    Share,
    Standing,
    behind,
    best,
    by_group,
    share_chart,
    share_figure,
    share_table,
    small_groups,
    spread_out,
    standing,
)

_LOWEST, _SATISFIED, _HIGHEST = 1, 4, 5
_MAX_CHOICES = 6


def compute(table: Table, options: Settings) -> Result:
    """Compute the share of satisfied answers, in all and by touchpoint."""
    scores = table.integers("score")
    touchpoints = table.texts("touchpoint")
    satisfied = [score >= _SATISFIED for score in scores]
    total = Share(msg("All answers"), sum(satisfied), len(scores))
    groups = by_group(touchpoints, satisfied)
    unhappy = Share("", sum(score < _SATISFIED - 1 for score in scores), len(scores))
    return Result(
        n=total.n,
        verdict=_verdict(total, groups, options.number("goal")),
        figures=(
            share_figure("satisfied", msg("Satisfied customers (4 and 5)"), total),
            share_figure("dissatisfied", msg("Dissatisfied customers (1 and 2)"), unhappy),
            Figure("mean", msg("Mean score"), sum(scores) / len(scores), n=len(scores), decimals=2),
        ),
        tables=(
            share_table("touchpoints", msg("Satisfied customers by touchpoint"), msg("Touchpoint"), total, groups),
            _answers(scores),
        ),
        charts=(share_chart(msg("Satisfied customers, and where the true share lies"), "touchpoints"),),
        notes=small_groups(touchpoints),
        estimates=(_estimate(scores, total),),
        questions=_which_differ(groups),
        decision=Decision(
            msg("Which touchpoint do you improve first?") if groups else msg("What do you improve first? Write why."),
            tuple(share.name for share in groups),
        ),
    )


def _answers(scores: Sequence[int]) -> ResultTable:
    counts = Counter(scores)
    return ResultTable(
        "answers",
        msg("The numbers"),
        (
            Heading("score", msg("Score")),
            Heading("answers", msg("Answers")),
            Heading("share", msg("Share"), Unit.PERCENT),
        ),
        tuple((score, counts[score], 100 * counts[score] / len(scores)) for score in range(_HIGHEST, 0, -1)),
    )


def _verdict(total: Share, groups: Sequence[Share], goal: float) -> Verdict:
    found = {"low": round(total.low, 1), "high": round(total.high, 1), "goal": round(goal, 1)}
    place = standing(total, goal)
    if place is Standing.BELOW:
        text = msg(
            "Between %(low)s and %(high)s %% of your customers are satisfied: that is below your goal of %(goal)s %%.",
            **found,
        )
        return Verdict("goal-missed", Level.ATTENTION, text)
    if weak := behind(groups):
        text = msg(
            "“%(worst)s” lies clearly behind “%(best)s”: chance does not explain the difference. Look there first.",
            worst=weak[0].name,
            best=best(groups).name,
        )
        return Verdict("touchpoint-behind", Level.ATTENTION, text)
    if place is Standing.ABOVE:
        text = msg(
            "Between %(low)s and %(high)s %% of your customers are satisfied: your goal of %(goal)s %% is reached.",
            **found,
        )
        return Verdict("goal-reached", Level.GOOD, text)
    text = msg(
        "Between %(low)s and %(high)s %% of your customers are satisfied. That is not enough to say whether your goal "
        "of %(goal)s %% is reached.",
        **found,
    )
    return Verdict("open", Level.NEUTRAL, text)


def _estimate(scores: Sequence[int], total: Share) -> Estimate:
    n = len(scores)
    return Estimate(
        "satisfied",
        msg("Work out how many percent of the answers are satisfied."),
        total.percent,
        tolerance=1,
        unit=Unit.PERCENT,
        slips=(
            Slip(
                100 * sum(score >= _SATISFIED - 1 for score in scores) / n,
                msg("You counted the threes. They are neither satisfied nor dissatisfied."),
            ),
            Slip(
                100 * sum(score == _HIGHEST for score in scores) / n,
                msg("You counted the fives only. The fours are satisfied, too."),
            ),
            Slip(
                100 * sum(scores) / (_HIGHEST * n),
                msg("That is the mean score in percent of five. Count the satisfied answers instead."),
            ),
        ),
    )


def _which_differ(groups: Sequence[Share]) -> tuple[Question, ...]:
    if len(groups) < 2:
        return ()
    weak, top = behind(groups), best(groups)
    others = [share for share in groups if share != top][:_MAX_CHOICES]
    if len(others) == 1:
        text = msg("Is “%(worst)s” clearly worse than “%(best)s”?", worst=others[0].name, best=top.name)
        answers = choose_one([(msg("Yes"), bool(weak)), (msg("We cannot know yet"), not weak)])
        return (Question("differ", text, answers),)
    text = msg("Which are clearly worse than “%(best)s”, so that chance does not explain it?", best=top.name)
    answers = choose_one([(share.name, share in weak) for share in others])
    return (Question("differ", text, answers, several=True),)


def _demo() -> list[tuple[Value, ...]]:
    """A bakery's 120 answers: orders by telephone lie clearly behind, the three shops differ by chance only."""
    counts = {
        "shop at the market": (16, 11, 2, 1, 0),
        "shop at the station": (14, 10, 3, 1, 1),
        "shop in the old town": (15, 9, 2, 2, 0),
        "order by telephone": (4, 7, 6, 4, 2),
        "market stall": (5, 3, 1, 1, 0),
    }
    return [
        (f"C{index * 37 % 211:03}", date(2026, 4, 6) + timedelta(days=index * 11 % 56), touchpoint, score)
        for index, (touchpoint, score) in enumerate(spread_out(counts, _HIGHEST), 1)
    ]


INSTRUMENT = Instrument(
    key="customer-satisfaction",
    code="T03",
    title=msg("Customer satisfaction"),
    phases=(Phase.ACQUIRE,),
    needs=(Need.ASK_CUSTOMERS, Need.LOYALTY),
    purpose=msg("See how many customers are satisfied with a contact, and where they are not."),
    explanation=(
        msg("Ask right after a contact: how satisfied are you, from one (not at all) to five (very)?"),
        msg(
            "Four and five count as satisfied. Their share says more than the mean: a mean of 3.5 may be all lukewarm, "
            "or half delighted and half annoyed."
        ),
        msg(
            "Every share has an interval, because you asked some customers and not all. Two touchpoints differ for "
            "sure only if their intervals lie apart."
        ),
        msg("Set your goal before you look. 80 %% is where many firms begin."),
    ),
    columns=(
        Column("customer", msg("Customer number"), Kind.KEY, required=False, aliases=names.CUSTOMER),
        Column("date", msg("Day of the answer"), Kind.DATE, required=False, aliases=names.DATE),
        Column("touchpoint", msg("Touchpoint"), Kind.WORD, required=False, aliases=names.TOUCHPOINT),
        Column(
            "score",
            msg("Score, 1 to 5"),
            Kind.INTEGER,
            aliases=(
                "csat",
                "satisfaction",
                "zufriedenheit",
                "tilfredshed",
                "elégedettség",
                "zadowolenie",
                *names.SCORE,
            ),
            minimum=_LOWEST,
            maximum=_HIGHEST,
        ),
    ),
    options=(Option("goal", msg("Your goal in percent"), Kind.NUMBER, default=80.0, minimum=1, maximum=100),),
    minimum=20,
    counted=msg("answers"),
    reference=(
        "Wilson, E. B. (1927): Probable Inference, the Law of Succession, and Statistical Inference. Journal of the "
        "American Statistical Association 22; ISO 10004 (monitoring customer satisfaction)."
    ),
    demo=Demo(Firm.POD_DEBEM, _demo),
    compute=compute,
)
