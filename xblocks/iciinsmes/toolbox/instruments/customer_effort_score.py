"""T04: do customers find it easy to deal with us? Share of five to seven of seven, by process; the older scale, too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from . import framework as fw
from .framework import msg
from .methods.surveys.good_answers import GOAL, ScoredSurvey, Wording, survey_columns, survey_result

#: From so many answers on, a scale of which nobody used the upper end was probably a shorter one.
_ENOUGH_TO_DOUBT = 10

_WORDS = Wording(
    key="easy",
    share=msg("Customers who found it easy"),
    table="processes",
    by_group=msg("Customers who found it easy, by process"),
    group=msg("Process"),
    chart=msg("Customers who found it easy, and where the true share lies"),
    marked=msg("Counts as easy"),
    below=fw.Verdict(
        "goal-missed",
        fw.Level.ATTENTION,
        msg(
            "Between %(low)s and %(high)s %% of your customers find it easy to deal with you: that is below your goal "
            "of %(goal)s %%."
        ),
    ),
    behind=fw.Verdict(
        "process-behind",
        fw.Level.ATTENTION,
        msg(
            "“%(worst)s” is clearly harder for customers than “%(best)s”: chance does not explain the difference. "
            "Take out a step there first."
        ),
    ),
    above=fw.Verdict(
        "goal-reached",
        fw.Level.GOOD,
        msg(
            "Between %(low)s and %(high)s %% of your customers find it easy to deal with you: your goal of %(goal)s %% "
            "is reached."
        ),
    ),
    unclear=fw.Verdict(
        "open",
        fw.Level.NEUTRAL,
        msg(
            "Between %(low)s and %(high)s %% of your customers find it easy to deal with you. That is not enough to "
            "say whether your goal of %(goal)s %% is reached."
        ),
    ),
)


class EffortScale(NamedTuple):
    """A way to ask: the highest score, those that mean easy, and the one beside them that people often add."""

    highest: int
    easy: range
    nearly: int
    mean: fw.Text


#: Version 2: "They made it easy for me", 1 strongly disagree to 7 strongly agree (Dixon et al. 2013).
_AGREEMENT = EffortScale(7, range(5, 8), 4, msg("Mean agreement, 1 to 7: high is good"))

#: Version 1: "How much effort did you have to put forth?", 1 very low to 5 very high (Dixon et al. 2010): reversed.
_EFFORT = EffortScale(5, range(1, 3), 3, msg("Mean effort, 1 to 5: low is good"))


def compute(table: fw.Table, options: fw.Settings) -> fw.Result:
    """Compute the share of easy contacts, in all and by process."""
    scale = _EFFORT if options.text("scale") == "effort" else _AGREEMENT
    everything = list(zip(table.integers("score"), table.texts("process"), strict=True))
    notes = tuple(_notes([score for score, _process in everything], scale))
    known = [(score, process) for score, process in everything if score <= scale.highest]
    if not known:
        return fw.Result(0, _WORDS.unclear.saying(low=0, high=0, goal=options.number("goal")), notes=notes)
    survey = ScoredSurvey(
        [score for score, _process in known], [process for _score, process in known], scale.easy, scale.highest
    )
    result = survey_result(_WORDS, survey, options.number("goal"), scale.mean)
    groups = survey.groups
    return replace(
        result,
        notes=(*notes, *result.notes),
        estimates=(_estimate(survey, scale),),
        questions=(*_hardest(groups), *_is_clear(groups)),
        decision=fw.Decision(
            msg("Which step of “%(process)s” do you remove, or take over from the customer?", process=groups[0].name)
            if groups
            else msg("Which step do you remove, or take over from the customer?")
        ),
    )


def _notes(scores: Sequence[int], scale: EffortScale) -> Iterator[fw.Text]:
    beyond = sum(score > scale.highest for score in scores)
    if beyond:
        yield msg("Answers above %(highest)s, left out: %(beyond)s.", highest=scale.highest, beyond=beyond)
    elif scale is _AGREEMENT and max(scores) <= _EFFORT.highest and len(scores) >= _ENOUGH_TO_DOUBT:
        yield msg("Nobody answered six or seven. Did you ask with the older scale from 1 to 5? Then choose that one.")


def _estimate(survey: ScoredSurvey, scale: EffortScale) -> fw.Estimate:
    above = range(scale.nearly + 1, scale.highest + 1)
    slips = [
        fw.Slip(
            survey.percent((*scale.easy, scale.nearly)),
            msg(
                "You counted the %(middle)s, too. It is the middle of the scale, neither easy nor hard.",
                middle=scale.nearly,
            ),
        ),
        fw.Slip(
            survey.percent_of_highest,
            msg("That is the mean in percent of the highest score. Count the easy answers instead."),
        ),
    ]
    if scale is _EFFORT:
        text = msg("You counted the high scores. On this scale they mean much effort.")
        slips.insert(0, fw.Slip(survey.percent(above), text))
    text = msg(
        "Work out how many percent found it easy: scores from %(low)s to %(high)s.",
        low=scale.easy[0],
        high=scale.easy[-1],
    )
    return fw.Estimate("easy", text, survey.total.percent, tolerance=1, unit=fw.Unit.PERCENT, slips=tuple(slips))


def _hardest(groups: Sequence[fw.GroupShare]) -> Iterator[fw.Question]:
    """Ask for the process with the lowest share; several if some are equal."""
    lowest = [share for share in groups if share.percent == groups[0].percent]
    shown = groups[: max(fw.MAX_CHOICES, len(lowest))]
    text = msg("Which process has the lowest share of customers who found it easy?")
    answers = fw.choose_one([(share.name, share in lowest) for share in shown])
    yield fw.Question("hardest", text, answers, several=len(lowest) > 1)


def _is_clear(groups: Sequence[fw.GroupShare]) -> Iterator[fw.Question]:
    if len(groups) < 2 or groups[0].percent == groups[-1].percent:
        return
    is_clear = groups[0] in fw.behind(groups)
    text = msg(
        "Is “%(worst)s” harder than “%(best)s” for sure, or may that be chance?",
        worst=groups[0].name,
        best=fw.best(groups).name,
    )
    yield fw.Question("clear", text, fw.choose_one([(msg("For sure"), is_clear), (msg("May be chance"), not is_clear)]))


INSTRUMENT = fw.Instrument(
    key="customer-effort-score",
    code="T04",
    title=msg("Customer effort score"),
    phases=(fw.Phase.ACQUIRE,),
    needs=(fw.Need.ASK_CUSTOMERS, fw.Need.LOYALTY),
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
    columns=survey_columns("process", _WORDS.group, msg("Score, 1 to 7"), _AGREEMENT.highest),
    options=(
        fw.choice_option(
            "scale",
            msg("How you asked"),
            {
                "agreement": msg("“They made it easy”, 1 to 7: seven is best"),
                "effort": msg("“How much effort was it?”, 1 to 5: one is best"),
            },
        ),
        GOAL,
    ),
    minimum=20,
    counted=msg("answers"),
    reference=(
        "Dixon, M., Freeman, K., Toman, N. (2010): Stop Trying to Delight Your Customers. Harvard Business Review "
        "88(7/8); Dixon, M., Toman, N., DeLisi, R. (2013): The Effortless Experience."
    ),
    # An electrician's 96 answers: a repair is easy, and the way to a quote for a heat pump is clearly not.
    demo=fw.Demo(fw.Firm.EL_SERVICE),
    compute=compute,
)
