"""T03: are customers satisfied with a contact? Share of four and five of five, by touchpoint."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from . import framework as fw
from .framework import msg
from .methods.surveys.good_answers import GOAL, ScoredSurvey, Wording, survey_columns, survey_result

_HIGHEST = 5
_SATISFIED, _DISSATISFIED = (4, 5), (1, 2)

_WORDS = Wording(
    key="satisfied",
    share=msg("Satisfied customers (4 and 5)"),
    table="touchpoints",
    by_group=msg("Satisfied customers by touchpoint"),
    group=msg("Touchpoint"),
    chart=msg("Satisfied customers, and where the true share lies"),
    below=fw.Verdict(
        "goal-missed",
        fw.Level.ATTENTION,
        msg("Between %(low)s and %(high)s %% of your customers are satisfied: that is below your goal of %(goal)s %%."),
    ),
    behind=fw.Verdict(
        "touchpoint-behind",
        fw.Level.ATTENTION,
        msg("“%(worst)s” lies clearly behind “%(best)s”: chance does not explain the difference. Look there first."),
    ),
    above=fw.Verdict(
        "goal-reached",
        fw.Level.GOOD,
        msg("Between %(low)s and %(high)s %% of your customers are satisfied: your goal of %(goal)s %% is reached."),
    ),
    unclear=fw.Verdict(
        "open",
        fw.Level.NEUTRAL,
        msg(
            "Between %(low)s and %(high)s %% of your customers are satisfied. That is not enough to say whether your "
            "goal of %(goal)s %% is reached."
        ),
    ),
)


def compute(table: fw.Table, options: fw.Settings) -> fw.Result:
    """Compute the share of satisfied answers, in all and by touchpoint."""
    survey = ScoredSurvey(table.integers("score"), table.texts("touchpoint"), _SATISFIED, _HIGHEST)
    groups = survey.groups
    result = survey_result(_WORDS, survey, options.number("goal"), msg("Mean score"))
    unhappy = fw.GroupShare("", sum(score in _DISSATISFIED for score in survey.scores), len(survey.scores))
    satisfied, mean = result.figures
    return replace(
        result,
        figures=(
            satisfied,
            fw.share_figure("dissatisfied", msg("Dissatisfied customers (1 and 2)"), unhappy),
            mean,
        ),
        estimates=(_estimate(survey),),
        questions=tuple(_which_differ(groups)),
        decision=fw.Decision(
            msg("Which touchpoint do you improve first?") if groups else msg("What do you improve first? Write why."),
            tuple(share.name for share in groups),
        ),
    )


def _estimate(survey: ScoredSurvey) -> fw.Estimate:
    of_five = survey.percent_of_highest
    slips = (
        fw.Slip(survey.percent((3, 4, 5)), msg("You counted the threes. They are neither satisfied nor dissatisfied.")),
        fw.Slip(survey.percent((5,)), msg("You counted the fives only. The fours are satisfied, too.")),
        fw.Slip(of_five, msg("That is the mean score in percent of five. Count the satisfied answers instead.")),
    )
    text = msg("Work out how many percent of the answers are satisfied.")
    return fw.Estimate("satisfied", text, survey.total.percent, tolerance=1, unit=fw.Unit.PERCENT, slips=slips)


def _which_differ(groups: Sequence[fw.GroupShare]) -> Iterator[fw.Question]:
    if len(groups) < 2:
        return
    weak, top = fw.behind(groups), fw.best(groups)
    others = [share for share in groups if share != top][: fw.MAX_CHOICES]
    if len(others) == 1:
        text = msg("Is “%(worst)s” clearly worse than “%(best)s”?", worst=others[0].name, best=top.name)
        yield fw.Question("differ", text, fw.yes_or_no(bool(weak), no=msg("We cannot know yet")))
    else:
        text = msg("Which are clearly worse than “%(best)s”, so that chance does not explain it?", best=top.name)
        answers = fw.choose_one([(share.name, share in weak) for share in others])
        yield fw.Question("differ", text, answers, several=True)


INSTRUMENT = fw.Instrument(
    key="customer-satisfaction",
    code="T03",
    title=msg("Customer satisfaction"),
    phases=(fw.Phase.ACQUIRE,),
    needs=(fw.Need.ASK_CUSTOMERS, fw.Need.LOYALTY),
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
    columns=survey_columns("touchpoint", _WORDS.group, msg("Score, 1 to 5"), _HIGHEST),
    options=(GOAL,),
    minimum=20,
    counted=msg("answers"),
    reference=(
        "Wilson, E. B. (1927): Probable Inference, the Law of Succession, and Statistical Inference. Journal of the "
        "American Statistical Association 22; ISO 10004 (monitoring customer satisfaction)."
    ),
    # A bakery's 120 answers: orders by telephone lie clearly behind, the three shops differ by chance only.
    demo=fw.Demo(fw.Firm.POD_DEBEM),
    compute=compute,
)
