"""T04: do customers find it easy to deal with us? Share of five to seven of seven, by process; the older scale, too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from .kit import (
    Choice,
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
    Text,
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

_MAX_CHOICES = 6

#: From so many answers on, a scale of which nobody used the upper end was probably a shorter one.
_ENOUGH_TO_DOUBT = 10


class Scale(NamedTuple):
    """A way to ask: the highest score, those that mean easy, and the one beside them that people often add."""

    highest: int
    easy: range
    nearly: int
    mean: Text


#: Version 2: "They made it easy for me", 1 strongly disagree to 7 strongly agree (Dixon et al. 2013).
_AGREEMENT = Scale(7, range(5, 8), 4, msg("Mean agreement, 1 to 7: high is good"))

#: Version 1: "How much effort did you have to put forth?", 1 very low to 5 very high (Dixon et al. 2010): reversed.
_EFFORT = Scale(5, range(1, 3), 3, msg("Mean effort, 1 to 5: low is good"))


def compute(table: Table, options: Settings) -> Result:
    """Compute the share of easy contacts, in all and by process."""
    scale = _EFFORT if options.text("scale") == "effort" else _AGREEMENT
    everything = list(zip(table.integers("score"), table.texts("process"), strict=True))
    known = [(score, process) for score, process in everything if score <= scale.highest]
    if not known:
        return Result(0, _verdict(Share("", 0, 1), (), 0), notes=_notes(everything, scale))
    scores, processes = [score for score, _process in known], [process for _score, process in known]
    easy = [score in scale.easy for score in scores]
    total = Share(msg("All answers"), sum(easy), len(easy))
    groups = by_group(processes, easy)
    return Result(
        n=total.n,
        verdict=_verdict(total, groups, options.number("goal")),
        figures=(
            share_figure("easy", msg("Customers who found it easy"), total),
            Figure("mean", scale.mean, sum(scores) / len(scores), n=len(scores), decimals=2),
        ),
        tables=(
            share_table("processes", msg("Customers who found it easy, by process"), msg("Process"), total, groups),
            _answers(scores, scale),
        ),
        charts=(share_chart(msg("Customers who found it easy, and where the true share lies"), "processes"),),
        notes=(*_notes(everything, scale), *small_groups(processes)),
        estimates=(_estimate(scores, total, scale),),
        questions=(*_hardest(groups), *_is_clear(groups)),
        decision=Decision(
            msg("Which step of “%(process)s” do you remove, or take over from the customer?", process=groups[0].name)
            if groups
            else msg("Which step do you remove, or take over from the customer?")
        ),
    )


def _notes(answers: Sequence[tuple[int, str]], scale: Scale) -> tuple[Text, ...]:
    beyond = sum(score > scale.highest for score, _process in answers)
    if beyond:
        return (msg("Answers above %(highest)s, left out: %(beyond)s.", highest=scale.highest, beyond=beyond),)
    highest = max(score for score, _process in answers)
    if scale is _AGREEMENT and highest <= _EFFORT.highest and len(answers) >= _ENOUGH_TO_DOUBT:
        return (
            msg("Nobody answered six or seven. Did you ask with the older scale from 1 to 5? Then choose that one."),
        )
    return ()


def _answers(scores: Sequence[int], scale: Scale) -> ResultTable:
    counts = Counter(scores)
    return ResultTable(
        "answers",
        msg("The numbers"),
        (
            Heading("score", msg("Score")),
            Heading("easy", msg("Counts as easy")),
            Heading("answers", msg("Answers")),
            Heading("share", msg("Share"), Unit.PERCENT),
        ),
        tuple(
            (score, score in scale.easy, counts[score], 100 * counts[score] / len(scores))
            for score in range(scale.highest, 0, -1)
        ),
    )


def _verdict(total: Share, groups: Sequence[Share], goal: float) -> Verdict:
    found = {"low": round(total.low, 1), "high": round(total.high, 1), "goal": round(goal, 1)}
    place = standing(total, goal)
    if place is Standing.BELOW:
        text = msg(
            "Between %(low)s and %(high)s %% of your customers find it easy to deal with you: that is below your goal "
            "of %(goal)s %%.",
            **found,
        )
        return Verdict("goal-missed", Level.ATTENTION, text)
    if weak := behind(groups):
        text = msg(
            "“%(worst)s” is clearly harder for customers than “%(best)s”: chance does not explain the difference. "
            "Take out a step there first.",
            worst=weak[0].name,
            best=best(groups).name,
        )
        return Verdict("process-behind", Level.ATTENTION, text)
    if place is Standing.ABOVE:
        text = msg(
            "Between %(low)s and %(high)s %% of your customers find it easy to deal with you: your goal of %(goal)s %% "
            "is reached.",
            **found,
        )
        return Verdict("goal-reached", Level.GOOD, text)
    text = msg(
        "Between %(low)s and %(high)s %% of your customers find it easy to deal with you. That is not enough to say "
        "whether your goal of %(goal)s %% is reached.",
        **found,
    )
    return Verdict("open", Level.NEUTRAL, text)


def _estimate(scores: Sequence[int], total: Share, scale: Scale) -> Estimate:
    n = len(scores)
    low_end = 100 * sum(score > scale.nearly for score in scores) / n
    slips = [
        Slip(
            100 * sum(score in scale.easy or score == scale.nearly for score in scores) / n,
            msg("You counted the %(middle)s, too. It is the middle of the scale, neither easy nor hard.",
                middle=scale.nearly),
        ),
        Slip(
            100 * sum(scores) / (scale.highest * n),
            msg("That is the mean in percent of the highest score. Count the easy answers instead."),
        ),
    ]  # fmt: skip
    if scale is _EFFORT:
        slips.insert(0, Slip(low_end, msg("You counted the high scores. On this scale they mean much effort.")))
    text = msg(
        "Work out how many percent found it easy: scores from %(low)s to %(high)s.",
        low=scale.easy[0],
        high=scale.easy[-1],
    )
    return Estimate("easy", text, total.percent, tolerance=1, unit=Unit.PERCENT, slips=tuple(slips))


def _hardest(groups: Sequence[Share]) -> tuple[Question, ...]:
    """Ask for the process with the lowest share; several if some are equal."""
    lowest = [share for share in groups if share.percent == groups[0].percent]
    shown = groups[: max(_MAX_CHOICES, len(lowest))]
    text = msg("Which process has the lowest share of customers who found it easy?")
    answers = choose_one([(share.name, share in lowest) for share in shown])
    return (Question("hardest", text, answers, several=len(lowest) > 1),)


def _is_clear(groups: Sequence[Share]) -> tuple[Question, ...]:
    if len(groups) < 2 or groups[0].percent == groups[-1].percent:
        return ()
    is_clear = groups[0] in behind(groups)
    text = msg(
        "Is “%(worst)s” harder than “%(best)s” for sure, or may that be chance?",
        worst=groups[0].name,
        best=best(groups).name,
    )
    return (Question("clear", text, choose_one([(msg("For sure"), is_clear), (msg("May be chance"), not is_clear)])),)


def _demo() -> list[tuple[Value, ...]]:
    """An electrician's 96 answers: a repair is easy, and the way to a quote for a heat pump is clearly not."""
    counts = {
        "repair at home": (14, 10, 4, 1, 1, 0, 0),
        "making an appointment": (8, 9, 5, 2, 1, 1, 0),
        "quote for a heat pump": (2, 4, 5, 3, 4, 3, 1),
        "invoice and payment": (7, 6, 3, 1, 1, 0, 0),
    }
    return [
        (f"C{index * 29 % 173:03}", date(2026, 2, 2) + timedelta(days=index * 13 % 84), process, score)
        for index, (process, score) in enumerate(spread_out(counts, 7), 1)
    ]


INSTRUMENT = Instrument(
    key="customer-effort-score",
    code="T04",
    title=msg("Customer effort score"),
    phases=(Phase.ACQUIRE,),
    needs=(Need.ASK_CUSTOMERS, Need.LOYALTY),
    purpose=msg("See how easy it is to deal with you, and which process costs customers effort."),
    explanation=(
        msg("After an order, a repair or a call, ask: “They made it easy for me.” One: not at all, seven: completely."),
        msg(
            "Five to seven count as easy. Customers who had much effort leave sooner, also if they like you in the end."
        ),
        msg(
            "Compare processes: which one is hardest? The interval tells whether that is sure. Then remove one step: a "
            "form, a second call, a question asked twice."
        ),
        msg("Older questionnaires ask for effort from one to five. There a low score is good: choose your scale."),
    ),
    columns=(
        Column("customer", msg("Customer number"), Kind.KEY, required=False, aliases=names.CUSTOMER),
        Column("date", msg("Day of the answer"), Kind.DATE, required=False, aliases=names.DATE),
        Column("process", msg("Process"), Kind.WORD, required=False, aliases=names.PROCESS),
        Column(
            "score",
            msg("Score, 1 to 7"),
            Kind.INTEGER,
            aliases=("ces", "effort", "aufwand", "indsats", "erőfeszítés", "wysiłek", *names.SCORE),
            minimum=1,
            maximum=_AGREEMENT.highest,
        ),
    ),
    options=(
        Option(
            "scale",
            msg("How you asked"),
            Kind.CHOICE,
            default="agreement",
            choices=(
                Choice("agreement", msg("“They made it easy”, 1 to 7: seven is best")),
                Choice("effort", msg("“How much effort was it?”, 1 to 5: one is best")),
            ),
        ),
        Option("goal", msg("Your goal in percent"), Kind.NUMBER, default=80.0, minimum=1, maximum=100),
    ),
    minimum=20,
    counted=msg("answers"),
    reference=(
        "Dixon, M., Freeman, K., Toman, N. (2010): Stop Trying to Delight Your Customers. Harvard Business Review "
        "88(7/8); Dixon, M., Toman, N., DeLisi, R. (2013): The Effortless Experience."
    ),
    demo=Demo(Firm.EL_SERVICE, _demo),
    compute=compute,
)
