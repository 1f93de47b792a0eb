"""T26: a prototype tried by customers, against a threshold that was set before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from . import framework as fw
from .framework import msg
from .methods.experiments import trial_report as report
from .methods.experiments.trials import QUESTIONS, first_day, half_answered, read_problems, read_tasks, read_trials

_MEASURES = {
    "success": msg("Customers who managed everything, in percent"),
    "sus": msg("System Usability Scale, in points"),
    "disappointed": msg("Customers who would be very disappointed without it, in percent"),
}

_GO = msg("Go: build it")
_ITERATE = msg("Iterate: change it and test again")
_STOP = msg("Stop: keep what you learned")
_RANKINGS = {"reached": (_GO, _ITERATE, _STOP), "missed": (_STOP, _ITERATE, _GO)}


def compute(table: fw.Table, options: fw.Settings) -> fw.Result:
    """Measure success, usability and disappointment, and compare one of them with the threshold."""
    trials, tasks, problems = read_trials(table), read_tasks(table), read_problems(table)
    measures = report.read_measures(trials)
    chosen = next(measure for measure in measures if measure.key == options.text("measure"))
    threshold, first = options.maybe_number("threshold"), first_day(table.maybe_dates("date"))
    state = _state(chosen, threshold)
    half = half_answered(table)
    text = msg("Rows with some, but not all ten answers on usability, left out there: %(rows)s.", rows=half)
    return fw.Result(
        n=len(trials),
        verdict=_verdict(state, chosen, threshold),
        figures=tuple(report.trial_figures(measures, len(trials))),
        tables=(
            _card(options, chosen, threshold, first),
            report.measure_table(measures),
            report.task_table(tasks),
            report.problem_table(problems, len(trials)),
        ),
        charts=report.trial_charts(problems),
        conditions=tuple(_conditions(threshold, options.maybe_date("threshold_day"), first)),
        notes=fw.noted(text),
        estimates=(*report.usability_by_hand(trials), *report.success_by_hand(trials, tasks)),
        questions=(*_is_reached(state), report.hardest(tasks), report.most_customers(measures[0])),
        decision=fw.Decision(
            msg("What do you do with the prototype?"), _RANKINGS.get(state, (_ITERATE, _GO, _STOP)), consistent=1
        ),
    )


def _state(chosen: report.Measure, threshold: float | None) -> str:
    """Return how the result stands to the threshold; ``close`` if the true value may well be above it."""
    if chosen.value is None:
        return "not-measured"
    if threshold is None:
        return "no-threshold"
    if chosen.value >= threshold - fw.EPSILON:
        return "reached"
    return "close" if chosen.high is None or chosen.high >= threshold else "missed"


def _verdict(state: str, chosen: report.Measure, threshold: float | None) -> fw.Verdict:
    if chosen.value is None:
        text = msg("“%(measure)s” was not measured. Choose another measure, or ask for it.", measure=chosen.title)
        return fw.Verdict(state, fw.Level.ATTENTION, text)
    found: Mapping[str, fw.Text | float] = {
        "measure": chosen.title,
        "value": fw.rounded(chosen.value, *([] if threshold is None else [threshold])),
    }
    if threshold is None:
        text = msg(
            "%(measure)s: %(value)s. You named no threshold, so any result would please. Set one before the next test.",
            **found,
        )
        return fw.Verdict(state, fw.Level.NEUTRAL, text)
    if state == "reached" and chosen.low is not None and chosen.low < threshold:
        text = msg(
            "%(measure)s: %(value)s, your threshold was %(threshold)s. Reached in this test; of all customers it may "
            "be less, for few were asked. Go on, and keep measuring.",
            threshold=threshold,
            **found,
        )
        return fw.Verdict(state, fw.Level.GOOD, text)
    if state == "reached":
        text = msg(
            "%(measure)s: %(value)s, your threshold was %(threshold)s. Reached: go on.", threshold=threshold, **found
        )
        return fw.Verdict(state, fw.Level.GOOD, text)
    if state == "close":
        text = msg(
            "%(measure)s: %(value)s, your threshold was %(threshold)s. Not reached, but so few people cannot rule it "
            "out. Mend the worst problem and test again.",
            threshold=threshold,
            **found,
        )
        return fw.Verdict(state, fw.Level.NEUTRAL, text)
    text = msg(
        "%(measure)s: %(value)s, your threshold was %(threshold)s. Clearly missed: do not build it like this.",
        threshold=threshold,
        **found,
    )
    return fw.Verdict(state, fw.Level.ATTENTION, text)


def _card(options: fw.Settings, chosen: report.Measure, threshold: float | None, first: date | None) -> fw.ResultTable:
    day = options.maybe_date("threshold_day")
    return fw.ResultTable(
        "card",
        msg("Test card"),
        (fw.Heading("part", msg("Part")), fw.Heading("content", msg("Content"))),
        (
            (msg("We believe that"), options.text("hypothesis") or None),
            (msg("To check that, we measure"), _MEASURES[chosen.key]),
            (msg("We are right if it reaches"), threshold),
            (msg("Set on"), fw.day_text(day) if day else None),
            (msg("First test on"), fw.day_text(first) if first else None),
            (msg("We found"), chosen.value),
        ),
    )


def _conditions(threshold: float | None, day: date | None, first: date | None) -> Iterator[fw.Condition]:
    yield fw.Condition("threshold", threshold is not None, msg("Name the threshold, and the day on which you set it."))
    text = msg("Write the day of each test, to show that the threshold was first.")
    yield fw.Condition("dated", first is not None, text)
    text = msg("The threshold has to be set before the day of the first test. Else the result decides what counts.")
    yield fw.Condition("threshold-first", day is not None and (first is None or day < first), text)


def _is_reached(state: str) -> Iterator[fw.Question]:
    if state not in ("not-measured", "no-threshold"):
        is_reached = state == "reached"
        text = msg("Did the test reach your threshold?")
        yield fw.Question("reached", text, fw.yes_or_no(is_reached))


#: What is believed and what would prove it, written down before there are any data (Bland and Osterwalder 2019).
_TEST_CARD = fw.CardLayout(
    place="part",
    text="text",
    layout=(("belief", "test"), ("measure", "threshold")),
    title=msg("Test card"),
    purpose=msg("Write down what you believe, and from when on you are right, before you test."),
    columns=(
        fw.choice_column(
            "part",
            msg("Part of the test card"),
            {
                "belief": msg("We believe that"),
                "test": msg("To find out, we"),
                "measure": msg("We measure"),
                "threshold": msg("We are right if"),
            },
        ),
        fw.Column("text", msg("In a sentence"), fw.ValueKind.FREE_TEXT),
        fw.Column("day", msg("Written down on"), fw.ValueKind.DATE, required=False),
    ),
)

INSTRUMENT = fw.Instrument(
    key="prototype-test",
    code="T26",
    title=msg("Prototype test"),
    phases=(fw.Phase.REALISE,),
    needs=(fw.Need.TEST,),
    purpose=msg("Learn from five customers whether it works, before you build it."),
    explanation=(
        msg("Write a test card first: what you believe, what you measure, and from which number on you go ahead."),
        msg("Let at least five customers do real tasks with a sketch, a sample or a page. Watch, and do not help."),
        msg(
            "Then ask the ten questions of the System Usability Scale (68 is average, 80 good) and how disappointed "
            "they would be without it. If 40 %% say “very”, many will want it."
        ),
        msg("Five people meet most problems, not all. Sort them by severity x frequency, mend the first, test again."),
    ),
    columns=(
        fw.Column("user", msg("Customer"), fw.ValueKind.KEY),
        fw.Column("date", msg("Day of the test"), fw.ValueKind.DATE, required=False),
        fw.Column("task", msg("Task"), fw.ValueKind.WORD),
        fw.Column("success", msg("Managed?"), fw.ValueKind.YES_NO),
        fw.number_column("seconds", msg("Seconds"), 0, required=False),
        *(
            fw.number_column(
                key, msg("Usability question %(number)s, 1 to 5", number=number), 1, 5, whole=True, required=False
            )
            for number, key in enumerate(QUESTIONS, 1)
        ),
        fw.choice_column(
            "disappointed",
            msg("Disappointed without it"),
            {"very": msg("very"), "somewhat": msg("somewhat"), "not": msg("not")},
            required=False,
        ),
        fw.Column("problem", msg("Problem"), fw.ValueKind.WORD, required=False),
        fw.number_column("severity", msg("Severity, 1 slight to 4 nothing works"), 1, 4, whole=True, required=False),
    ),
    options=(
        fw.Option("hypothesis", msg("We believe that"), fw.ValueKind.FREE_TEXT),
        fw.choice_option("measure", msg("What decides"), _MEASURES),
        fw.number_option("threshold", msg("Threshold, 0 to 100"), 0, 100),
        fw.Option("threshold_day", msg("Day on which you set the threshold"), fw.ValueKind.DATE),
    ),
    minimum=5,
    counted=msg("customers"),
    reference=(
        "Ries, E. (2011): The Lean Startup; Brooke, J. (1996): SUS; Agresti, A., Coull, B. (1998); Nielsen, J., "
        "Landauer, T. (1993)."
    ),
    # Booking a heat-pump check on the phone: people like it, but half of them lose their way at the photo.
    demo=fw.Demo(
        fw.Firm.EL_SERVICE,
        options={
            "hypothesis": "Customers book the yearly check of their heat pump on the phone, without a call.",
            "threshold": 80.0,
            "threshold_day": date(2026, 4, 1),
        },
    ),
    compute=compute,
    canvas=_TEST_CARD,
)
