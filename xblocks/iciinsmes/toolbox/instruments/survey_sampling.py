"""T01: how exact was our survey, and how many customers do we invite to the next one?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from .kit import (
    Answer,
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
    Unit,
    Value,
    Verdict,
    msg,
    names,
)
from .kit.sampling import answers_needed, interval_of, margin_of
from .kit.statistics import Z
from .kit.surveys import Survey, survey_table, surveys_of

#: Margins in points for which the plan says how many answers they need.
_MARGINS = (3.0, 5.0, 7.5, 10.0, 15.0, 20.0)

_CHART_POINTS = 24

#: No firm has more customers.
_MOST = 10**9

#: A rounding error must not ask for one more answer.
_EPSILON = 1e-9


def compute(table: Table, options: Settings) -> Result:
    """Compute the margin of the last survey, and what the next one needs."""
    surveys = surveys_of(table)
    known = surveys[-1].cleared
    wanted, share = options.number("margin") / 100, options.number("share") / 100
    expected = options.maybe_number("response_rate")
    response = expected / 100 if expected is not None else known.response
    needed = answers_needed(wanted, known.customers, share)
    exactness, plan = _exactness(known, needed, share), _plan(known.customers, response, share, wanted)
    return Result(
        n=known.answers,
        verdict=_verdict(known, wanted, needed, response),
        figures=(*_last_figures(known), *_next_figures(known, needed, response)),
        tables=(exactness, plan, survey_table(surveys)),
        charts=(
            Chart(
                ChartKind.CURVES,
                msg("More answers, smaller margin: plus or minus points"),
                table="exactness",
                label="answers",
                values=("margin",),
                marks=(
                    *((Mark("x", known.answers, msg("Your last survey")),) if known.answers else ()),
                    Mark("x", needed, msg("Needed for the next one")),
                ),
                minimum=0,
            ),
        ),
        conditions=(_fits(surveys),),
        notes=(
            (
                msg(
                    "The margin knows chance only. Those who did not answer may think otherwise: remind them, and "
                    "compare who answered with your list of customers."
                ),
            )
            if known.answers
            else ()
        ),
        estimates=(*_margin_estimate(known), *_invitations_estimate(needed, response)),
        questions=_is_it_half(known),
        decision=Decision(
            msg("Whom do you invite next, and how do you reach those who never answer? Write your plan in a sentence.")
        ),
    )


def _fits(surveys: Sequence[Survey]) -> Condition:
    text = msg("More customers answered than were invited, or more were invited than you have. Check your numbers.")
    return Condition("numbers", all(survey.fits for survey in surveys), text)


def _last_figures(known: Survey) -> tuple[Figure, ...]:
    if not known.answers:
        return ()
    margin = 100 * margin_of(known.answers, known.customers)
    figures = [Figure("margin", msg("Margin of your last survey, plus or minus"), margin, Unit.POINTS, n=known.answers)]
    if known.satisfied is not None:
        found = interval_of(known.satisfied, known.answers, known.customers)
        value, low, high = (100 * number for number in found)
        title = msg("Satisfied among all your customers")
        figures.append(Figure("satisfied", title, value, Unit.PERCENT, low, high, known.answers))
    if known.response is not None:
        title = msg("Of those invited, answered")
        figures.append(Figure("response", title, 100 * known.response, Unit.PERCENT))
    return tuple(figures)


def _next_figures(known: Survey, needed: int, response: float | None) -> tuple[Figure, ...]:
    figures = [Figure("needed", msg("Answers needed next time"), needed)]
    if response is not None:
        figures.append(Figure("invitations", msg("Invitations needed next time"), _invitations(needed, response)))
        if known.customers is not None:
            title = msg("Answers to expect if you invite everybody")
            figures.append(Figure("if_all", title, int(known.customers * response + _EPSILON)))
    return tuple(figures)


def _invitations(needed: int, response: float) -> int:
    return math.ceil(needed / response - _EPSILON)


def _exactness(known: Survey, needed: int, share: float) -> ResultTable:
    """Return the margins of so many answers, up to all customers or well beyond what is needed."""
    enough = max(4 * known.answers, 2 * needed, 100)
    last = min(known.customers or enough, enough)
    first = min(5, last)
    steps = {first + round((last - first) * step / _CHART_POINTS) for step in range(_CHART_POINTS + 1)}
    return ResultTable(
        "exactness",
        msg("How exact with how many answers"),
        (Heading("answers", msg("Answers")), Heading("margin", msg("Plus or minus"), Unit.POINTS)),
        tuple((answers, 100 * margin_of(answers, known.customers, share)) for answers in sorted(steps)),
    )


def _plan(customers: int | None, response: float | None, share: float, wanted: float) -> ResultTable:
    rows = []
    for margin in sorted({*_MARGINS, round(100 * wanted, 6)}):
        needed = answers_needed(margin / 100, customers, share)
        rows.append((margin, needed, _invitations(needed, response) if response is not None else None))
    return ResultTable(
        "plan",
        msg("What the next survey needs"),
        (
            Heading("margin", msg("Plus or minus"), Unit.POINTS),
            Heading("answers", msg("Answers")),
            Heading("invitations", msg("Invitations")),
        ),
        tuple(rows),
    )


def _verdict(known: Survey, wanted: float, needed: int, response: float | None) -> Verdict:
    margin = 100 * margin_of(known.answers, known.customers) if known.answers else 100.0
    found = {"margin": round(margin, 1), "wanted": round(100 * wanted, 1)}
    # Compared as they are read: 11.03 points are 11.
    if found["margin"] <= found["wanted"]:
        text = msg(
            "Your last survey was exact to plus or minus %(margin)s points. You wanted %(wanted)s: that is enough.",
            **found,
        )
        return Verdict("exact-enough", Level.GOOD, text)
    if known.customers is not None and response is not None and _invitations(needed, response) > known.customers:
        text = msg(
            "Your last survey was exact to plus or minus %(margin)s points only. For %(wanted)s points you need "
            "%(needed)s answers, more than will come if you invite everybody. Make answering easier, remind, or ask "
            "by telephone.",
            needed=needed,
            **found,
        )
        return Verdict("more-must-answer", Level.ATTENTION, text)
    text = msg(
        "Your last survey was exact to plus or minus %(margin)s points only. For %(wanted)s points you need "
        "%(needed)s answers.",
        needed=needed,
        **found,
    )
    return Verdict("ask-more", Level.ATTENTION, text)


def _margin_estimate(known: Survey) -> tuple[Estimate, ...]:
    if not known.answers:
        return ()
    margin = 100 * margin_of(known.answers, known.customers)
    uncorrected = 100 * margin_of(known.answers, None)
    slips = [
        Slip(2 * margin, msg("That is the whole width. The margin is how far it goes to one side.")),
        Slip(margin / Z, msg("Multiply by 1.96, so that it holds in 95 of 100 cases.")),
    ]
    if known.customers is not None:
        text = msg("You left out the correction: many of your customers answered, so the survey is more exact.")
        slips.insert(0, Slip(uncorrected, text))
    return (
        Estimate(
            "margin",
            msg("Work out the margin of your last survey, for a share of one half, in points."),
            margin,
            tolerance=0.5,
            unit=Unit.POINTS,
            slips=tuple(slips),
        ),
    )


def _invitations_estimate(needed: int, response: float | None) -> tuple[Estimate, ...]:
    if response is None:
        return ()
    text = msg(
        "You need %(needed)s answers, and %(response)s %% of those invited answer. How many do you invite?",
        needed=needed,
        response=round(100 * response, 1),
    )
    slips = (
        Slip(needed, msg("That is the number of answers. Not everybody answers: invite more.")),
        Slip(needed * response, msg("Divide by the share of those who answer instead of multiplying.")),
    )
    answer = _invitations(needed, response)
    # The text rounds the rate, so whoever works with it may be a little off.
    return (Estimate("invitations", text, answer, tolerance=max(1.0, round(answer / 100, 1)), slips=slips),)


def _is_it_half(known: Survey) -> tuple[Question, ...]:
    if known.satisfied is None:
        return ()
    found = interval_of(known.satisfied, known.answers, known.customers)
    is_more, is_fewer = found.low > 0.5, found.high < 0.5
    because = msg(
        "Among all customers it may be between %(low)s and %(high)s %%.",
        low=round(100 * found.low, 1),
        high=round(100 * found.high, 1),
    )
    text = msg(
        "Of %(answers)s answers %(satisfied)s were satisfied. Are more than half of all your customers?",
        answers=known.answers,
        satisfied=known.satisfied,
    )
    return (
        Question(
            "half",
            text,
            (
                Answer(msg("Yes, more than half"), is_more, because),
                Answer(msg("No, fewer than half"), is_fewer, because),
                Answer(msg("We cannot know yet"), not (is_more or is_fewer), because),
            ),
        ),
    )


def _demo() -> list[tuple[Value, ...]]:
    """A salon with 80 customers asked twice: half of them answered, and still more than half may not be satisfied."""
    return [(date(2025, 10, 6), 78, 60, 22, 15), (date(2026, 4, 13), 80, 64, 40, 24)]


INSTRUMENT = Instrument(
    key="survey-sampling",
    code="T01",
    title=msg("Survey sampling"),
    phases=(Phase.ACQUIRE,),
    needs=(Need.ASK_CUSTOMERS,),
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
        Column("date", msg("Day of the survey"), Kind.DATE, required=False, aliases=names.DATE),
        Column(
            "customers",
            msg("All your customers; empty if very many"),
            Kind.INTEGER,
            required=False,
            aliases=("kunden", "kunder", "ügyfelek", "vevők", "klienci"),
            minimum=1,
            maximum=_MOST,
        ),
        Column(
            "invited",
            msg("Invited"),
            Kind.INTEGER,
            required=False,
            aliases=("sent", "eingeladen", "inviteret", "meghívott", "zaproszeni"),
            minimum=1,
            maximum=_MOST,
        ),
        Column(
            "answers",
            msg("Answers"),
            Kind.INTEGER,
            aliases=("answered", "antworten", "svar", "válaszok", "odpowiedzi"),
            minimum=0,
            maximum=_MOST,
        ),
        Column(
            "satisfied",
            msg("Satisfied among those who answered"),
            Kind.INTEGER,
            required=False,
            aliases=("zufrieden", "tilfredse", "elégedett", "zadowoleni"),
            minimum=0,
            maximum=_MOST,
        ),
    ),
    options=(
        Option("margin", msg("Next survey: wanted margin in points"), Kind.NUMBER, default=10.0, minimum=1, maximum=50),
        Option(
            "share",
            msg("Next survey: share you expect in percent; 50 is the safe side"),
            Kind.NUMBER,
            default=50.0,
            minimum=1,
            maximum=99,
        ),
        Option(
            "response_rate",
            msg("Next survey: how many percent will answer; empty if as last time"),
            Kind.NUMBER,
            minimum=1,
            maximum=100,
        ),
    ),
    minimum=10,
    counted=msg("answers"),
    reference="Cochran, W. G. (1977): Sampling Techniques, 3rd edition.",
    demo=Demo(Firm.SZEP_HAJ, _demo),
    compute=compute,
)
