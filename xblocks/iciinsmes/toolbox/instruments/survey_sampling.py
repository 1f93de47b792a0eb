"""T01: how exact was our survey, and how many customers do we invite to the next one?"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from . import framework as fw
from .framework import msg
from .methods.surveys.sampling import Survey, answers_needed, interval_of, margin_of, survey_table, surveys_of

#: Margins in points for which the plan says how many answers they need.
_MARGINS = (3.0, 5.0, 7.5, 10.0, 15.0, 20.0)

_CHART_POINTS = 24

#: No firm has more customers.
_MOST = 10**9


def compute(table: fw.Table, options: fw.Settings) -> fw.Result:
    """Compute the margin of the last survey, and what the next one needs."""
    surveys = surveys_of(table)
    known = surveys[-1].cleared
    wanted, share = options.number("margin") / 100, options.number("share") / 100
    expected = options.maybe_number("response_rate")
    response = expected / 100 if expected is not None else known.response
    needed = answers_needed(wanted, known.customers, share)
    exactness, plan = _exactness(known, needed, share), _plan(known.customers, response, share, wanted)
    title = msg("More answers, smaller margin: plus or minus points")
    marks = (
        *((fw.Mark("x", known.answers, msg("Your last survey")),) if known.answers else ()),
        fw.Mark("x", needed, msg("Needed for the next one")),
    )
    text = msg(
        "The margin knows chance only. Those who did not answer may think otherwise: remind them, and compare who "
        "answered with your list of customers."
    )
    return fw.Result(
        n=known.answers,
        verdict=_verdict(known, wanted, needed, share, response),
        figures=(*_last_figures(known, share), *_next_figures(known, needed, response)),
        tables=(exactness, plan, survey_table(surveys, share)),
        charts=(fw.curves(title, "exactness", "answers", ("margin",), marks),),
        conditions=(_fits(surveys),),
        notes=(text,) if known.answers else (),
        estimates=(*_margin_estimate(known, share), *_invitations_estimate(needed, response)),
        questions=tuple(_is_it_half(known)),
        decision=fw.Decision(
            msg("Whom do you invite next, and how do you reach those who never answer? Write your plan in a sentence.")
        ),
    )


def _fits(surveys: Sequence[Survey]) -> fw.Condition:
    text = msg("More customers answered than were invited, or more were invited than you have. Check your numbers.")
    return fw.Condition("numbers", all(survey.fits for survey in surveys), text)


def _last_figures(known: Survey, share: float) -> Iterator[fw.Figure]:
    if not known.answers:
        return
    margin = 100 * margin_of(known.answers, known.customers, share)
    title = msg("Margin of your last survey, plus or minus")
    yield fw.Figure("margin", title, margin, fw.Unit.POINTS, n=known.answers)
    if known.satisfied is not None:
        found = interval_of(known.satisfied, known.answers, known.customers).percent
        title = msg("Satisfied among all your customers")
        yield fw.interval_figure("satisfied", title, found, fw.Unit.PERCENT, known.answers)
    if known.response is not None:
        yield fw.Figure("response", msg("Of those invited, answered"), 100 * known.response, fw.Unit.PERCENT)


def _next_figures(known: Survey, needed: int, response: float | None) -> Iterator[fw.Figure]:
    yield fw.Figure("needed", msg("Answers needed next time"), needed)
    if response is not None:
        yield fw.Figure("invitations", msg("Invitations needed next time"), _invitations(needed, response))
        if known.customers is not None:
            title = msg("Answers to expect if you invite everybody")
            yield fw.Figure("if_all", title, int(known.customers * response + fw.EPSILON))


def _invitations(needed: int, response: float) -> int:
    return math.ceil(needed / response - fw.EPSILON)


def _exactness(known: Survey, needed: int, share: float) -> fw.ResultTable:
    """Return the margins of so many answers, up to all customers or well beyond what is needed."""
    enough = max(4 * known.answers, 2 * needed, 100)
    last = min(known.customers or enough, enough)
    first = min(5, last)
    steps = {first + round((last - first) * step / _CHART_POINTS) for step in range(_CHART_POINTS + 1)}
    return fw.Rows("exactness", msg("How exact with how many answers"), sorted(steps)).shown(
        fw.Shown("answers", msg("Answers"), lambda answers: answers),
        fw.Shown(
            "margin",
            msg("Plus or minus"),
            lambda answers: 100 * margin_of(answers, known.customers, share),
            fw.Unit.POINTS,
        ),
    )


def _plan(customers: int | None, response: float | None, share: float, wanted: float) -> fw.ResultTable:
    def needed(margin: float) -> int:
        return answers_needed(margin / 100, customers, share)

    return fw.Rows("plan", msg("What the next survey needs"), sorted({*_MARGINS, round(100 * wanted, 6)})).shown(
        fw.Shown("margin", msg("Plus or minus"), lambda margin: margin, fw.Unit.POINTS),
        fw.Shown("answers", msg("Answers"), needed),
        fw.Shown(
            "invitations",
            msg("Invitations"),
            lambda margin: None if response is None else _invitations(needed(margin), response),
        ),
    )


def _verdict(known: Survey, wanted: float, needed: int, share: float, response: float | None) -> fw.Verdict:
    margin = 100 * margin_of(known.answers, known.customers, share) if known.answers else 100.0
    found = {"margin": round(margin, 1), "wanted": round(100 * wanted, 1)}
    # Compared as they are read: 11.03 points are 11.
    if found["margin"] <= found["wanted"]:
        text = msg(
            "Your last survey was exact to plus or minus %(margin)s points. You wanted %(wanted)s: that is enough.",
            **found,
        )
        return fw.Verdict("exact-enough", fw.Level.GOOD, text)
    if known.customers is not None and response is not None and _invitations(needed, response) > known.customers:
        text = msg(
            "Your last survey was exact to plus or minus %(margin)s points only. For %(wanted)s points you need "
            "%(needed)s answers, more than will come if you invite everybody. Make answering easier, remind, or ask "
            "by telephone.",
            needed=needed,
            **found,
        )
        return fw.Verdict("more-must-answer", fw.Level.ATTENTION, text)
    text = msg(
        "Your last survey was exact to plus or minus %(margin)s points only. For %(wanted)s points you need "
        "%(needed)s answers.",
        needed=needed,
        **found,
    )
    return fw.Verdict("ask-more", fw.Level.ATTENTION, text)


def _margin_estimate(known: Survey, share: float) -> Iterator[fw.Estimate]:
    if not known.answers:
        return
    margin = 100 * margin_of(known.answers, known.customers, share)
    uncorrected = 100 * margin_of(known.answers, None, share)
    slips = [
        fw.Slip(2 * margin, msg("That is the whole width. The margin is how far it goes to one side.")),
        fw.Slip(margin / fw.Z, msg("Multiply by 1.96, so that it holds in 95 of 100 cases.")),
    ]
    if known.customers is not None:
        text = msg("You left out the correction: many of your customers answered, so the survey is more exact.")
        slips.insert(0, fw.Slip(uncorrected, text))
    text = msg("Work out the margin of your last survey, for a share of %(share)s %%, in points.", share=100 * share)
    yield fw.Estimate("margin", text, margin, tolerance=0.5, unit=fw.Unit.POINTS, slips=tuple(slips))


def _invitations_estimate(needed: int, response: float | None) -> Iterator[fw.Estimate]:
    if response is None:
        return
    text = msg(
        "You need %(needed)s answers, and %(response)s %% of those invited answer. How many do you invite?",
        needed=needed,
        response=round(100 * response, 1),
    )
    slips = (
        fw.Slip(needed, msg("That is the number of answers. Not everybody answers: invite more.")),
        fw.Slip(needed * response, msg("Divide by the share of those who answer instead of multiplying.")),
    )
    answer = _invitations(needed, response)
    # The text rounds the rate, so whoever works with it may be a little off.
    yield fw.Estimate("invitations", text, answer, tolerance=max(1.0, round(answer / 100, 1)), slips=slips)


def _is_it_half(known: Survey) -> Iterator[fw.Question]:
    if known.satisfied is None:
        return
    found = interval_of(known.satisfied, known.answers, known.customers)
    is_more, is_fewer = found.low > 0.5, found.high < 0.5
    because = msg(
        "Among all customers it may be between %(low)s and %(high)s %%.",
        low=fw.rounded(100 * found.low, 50),
        high=fw.rounded(100 * found.high, 50),
    )
    text = msg(
        "Of %(answers)s answers %(satisfied)s were satisfied. Are more than half of all your customers?",
        answers=known.answers,
        satisfied=known.satisfied,
    )
    answers = [
        (msg("Yes, more than half"), is_more),
        (msg("No, fewer than half"), is_fewer),
        (msg("We cannot know yet"), not (is_more or is_fewer)),
    ]
    yield fw.Question("half", text, fw.choose_one(answers, because))


INSTRUMENT = fw.Instrument(
    key="survey-sampling",
    code="T01",
    title=msg("Survey sampling"),
    phases=(fw.Phase.ACQUIRE,),
    needs=(fw.Need.ASK_CUSTOMERS,),
    purpose=msg("See how exact your last survey was, and how many customers to invite to the next one."),
    explanation=(
        msg("You ask some customers and want to know about all of them. The margin says how far off you may be."),
        msg(
            "Four times as many answers halve the margin. For a firm with few customers there is good news: if half of "
            "80 customers answer, the margin is 11 points instead of 15.5."
        ),
        msg("Not everybody answers. Divide the answers you need by the share that answers: so many you invite."),
        msg("The margin holds only if everybody had the same chance to be asked. Friends and regulars are no sample."),
    ),
    columns=(
        fw.Column("date", msg("Day of the survey"), fw.ValueKind.DATE, required=False),
        fw.number_column(
            "customers", msg("All your customers; empty if very many"), 1, _MOST, whole=True, required=False
        ),
        fw.number_column("invited", msg("Invited"), 1, _MOST, whole=True, required=False),
        fw.number_column("answers", msg("Answers"), 0, _MOST, whole=True),
        fw.number_column("satisfied", msg("Satisfied among those who answered"), 0, _MOST, whole=True, required=False),
    ),
    options=(
        fw.number_option("margin", msg("Next survey: wanted margin in points"), 1, 50, default=10.0),
        fw.number_option(
            "share", msg("Next survey: share you expect in percent; 50 is the safe side"), 1, 99, default=50.0
        ),
        fw.number_option(
            "response_rate", msg("Next survey: how many percent will answer; empty if as last time"), 1, 100
        ),
    ),
    minimum=10,
    counted=msg("answers"),
    reference="Cochran, W. G. (1977): Sampling Techniques, 3rd edition.",
    # A salon with 80 customers asked twice: half of them answered, and still more than half may not be satisfied.
    demo=fw.Demo(fw.Firm.SZEP_HAJ),
    compute=compute,
)
