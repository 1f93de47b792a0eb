"""T26: a prototype tried by customers, against a threshold that was set before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from .kit import (
    Choice,
    Column,
    Condition,
    Decision,
    Demo,
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
    Table,
    Text,
    Value,
    Verdict,
    choose_one,
    msg,
    names,
)
from .kit.test_card import TEST_CARD
from .kit.trial_report import (
    Measure,
    hardest,
    measure_table,
    most_customers,
    problem_table,
    read_measures,
    success_by_hand,
    task_table,
    trial_charts,
    trial_figures,
    usability_by_hand,
)
from .kit.trials import QUESTIONS, first_day, half_answered, read_problems, read_tasks, read_trials

#: Room for rounding where a share in percent is compared with a threshold.
_EPSILON = 1e-9

_MEASURES = (
    Choice("success", msg("Customers who managed everything, in percent")),
    Choice("sus", msg("System Usability Scale, in points")),
    Choice("disappointed", msg("Customers who would be very disappointed without it, in percent")),
)

_GO = msg("Go: build it")
_ITERATE = msg("Iterate: change it and test again")
_STOP = msg("Stop: keep what you learned")
_RANKINGS = {
    "reached": (_GO, _ITERATE, _STOP),
    "missed": (_STOP, _ITERATE, _GO),
}


def compute(table: Table, options: Settings) -> Result:
    """Measure success, usability and disappointment, and compare one of them with the threshold."""
    trials, tasks, problems = read_trials(table), read_tasks(table), read_problems(table)
    measures = read_measures(trials)
    chosen = next(measure for measure in measures if measure.key == options.text("measure"))
    threshold, first = options.maybe_number("threshold"), first_day(table.maybe_dates("date"))
    state = _state(chosen, threshold)
    return Result(
        n=len(trials),
        verdict=_verdict(state, chosen, threshold),
        figures=trial_figures(measures, len(trials)),
        tables=(
            _card(options, chosen, threshold, first),
            measure_table(measures),
            task_table(tasks),
            problem_table(problems, len(trials)),
        ),
        charts=trial_charts(problems),
        conditions=_conditions(threshold, options.maybe_date("threshold_day"), first),
        notes=_notes(half_answered(table)),
        estimates=(*usability_by_hand(trials), *success_by_hand(trials, tasks)),
        questions=(*_is_reached(state), hardest(tasks), most_customers(measures[0])),
        decision=Decision(
            msg("What do you do with the prototype?"), _RANKINGS.get(state, (_ITERATE, _GO, _STOP)), consistent=1
        ),
    )


def _state(chosen: Measure, threshold: float | None) -> str:
    """Return how the result stands to the threshold; ``close`` if the true value may well be above it."""
    if chosen.value is None:
        return "not-measured"
    if threshold is None:
        return "no-threshold"
    if chosen.value >= threshold - _EPSILON:
        return "reached"
    return "close" if chosen.high is None or chosen.high >= threshold else "missed"


def _verdict(state: str, chosen: Measure, threshold: float | None) -> Verdict:
    if chosen.value is None:
        text = msg("“%(measure)s” was not measured. Choose another measure, or ask for it.", measure=chosen.title)
        return Verdict(state, Level.ATTENTION, text)
    found: Mapping[str, Text | float] = {"measure": chosen.title, "value": round(chosen.value, 1)}
    if threshold is None:
        text = msg(
            "%(measure)s: %(value)s. You named no threshold, so any result would please. Set one before the next test.",
            **found,
        )
        return Verdict(state, Level.NEUTRAL, text)
    if state == "reached":
        text = msg(
            "%(measure)s: %(value)s, your threshold was %(threshold)s. Reached: go on.", threshold=threshold, **found
        )
        return Verdict(state, Level.GOOD, text)
    if state == "close":
        text = msg(
            "%(measure)s: %(value)s, your threshold was %(threshold)s. Not reached, but so few people cannot rule it "
            "out. Mend the worst problem and test again.",
            threshold=threshold,
            **found,
        )
        return Verdict(state, Level.NEUTRAL, text)
    text = msg(
        "%(measure)s: %(value)s, your threshold was %(threshold)s. Clearly missed: customers do not need it like this.",
        threshold=threshold,
        **found,
    )
    return Verdict(state, Level.ATTENTION, text)


def _card(options: Settings, chosen: Measure, threshold: float | None, first: date | None) -> ResultTable:
    day = options.maybe_date("threshold_day")
    return ResultTable(
        "card",
        msg("Test card"),
        (Heading("part", msg("Part")), Heading("content", msg("Content"))),
        (
            (msg("We believe that"), options.text("hypothesis") or None),
            (msg("To check that, we measure"), next(each.title for each in _MEASURES if each.value == chosen.key)),
            (msg("We are right if it reaches"), threshold),
            (msg("Set on"), day.isoformat() if day else None),
            (msg("First test on"), first.isoformat() if first else None),
            (msg("We found"), chosen.value),
        ),
    )


def _conditions(threshold: float | None, day: date | None, first: date | None) -> tuple[Condition, ...]:
    return (
        Condition("threshold", threshold is not None, msg("Name the threshold, and the day on which you set it.")),
        Condition("dated", first is not None, msg("Write the day of each test, to show that the threshold was first.")),
        Condition(
            "threshold-first",
            day is not None and (first is None or day < first),
            msg("The threshold has to be set before the day of the first test. Else the result decides what counts."),
        ),
    )


def _notes(half: int) -> tuple[Text, ...]:
    if not half:
        return ()
    return (msg("Rows with some, but not all ten answers on usability, left out there: %(rows)s.", rows=half),)


def _is_reached(state: str) -> tuple[Question, ...]:
    if state in ("not-measured", "no-threshold"):
        return ()
    is_reached = state == "reached"
    text = msg("Did the test reach your threshold?")
    return (Question("reached", text, choose_one([(msg("Yes"), is_reached), (msg("No"), not is_reached)])),)


def _demo() -> list[tuple[Value, ...]]:
    """Booking a heat-pump check on the phone: people like it, but half of them lose their way at the photo."""
    tasks = (("find the price", 40), ("choose a day", 55), ("send a photo of the pump", 130))
    problem = ("photo button not seen", "waits for a call instead", "")
    rows: list[tuple[Value, ...]] = []
    for person in range(6):
        answers = [(4 + (person + index) % 2) if index % 2 == 0 else (1 + (person + index) % 3) for index in range(10)]
        for place, (task, seconds) in enumerate(tasks):
            success = place < 2 or person % 2 == 0
            is_last = place == len(tasks) - 1
            rows.append(
                (
                    f"C{person + 1:03}",
                    date(2026, 4, 8) + timedelta(days=person // 2),
                    task,
                    success,
                    float(seconds + person * 7 % 20),
                    *(answers if is_last else [None] * 10),
                    ("very", "somewhat", "very", "not", "very", "somewhat")[person] if is_last else None,
                    "" if success else problem[person // 2 % 2],
                    None if success else 3 - person // 2 % 2,
                )
            )
    return rows


INSTRUMENT = Instrument(
    key="prototype-test",
    code="T26",
    title=msg("Prototype test"),
    phases=(Phase.REALISE,),
    needs=(Need.TEST,),
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
        Column("user", msg("Customer"), Kind.KEY, aliases=("user_key", "user", *names.CUSTOMER, *names.PERSON)),
        Column("date", msg("Day of the test"), Kind.DATE, required=False, aliases=names.DATE),
        Column("task", msg("Task"), Kind.WORD, aliases=("aufgabe", "opgave", "feladat", "zadanie")),
        Column(
            "success",
            msg("Managed?"),
            Kind.YES_NO,
            aliases=("done", "managed", "geschafft", "erfolg", "lykkedes", "sikerült", "siker", "udało się", "sukces"),
        ),
        Column(
            "seconds",
            msg("Seconds"),
            Kind.NUMBER,
            required=False,
            aliases=("time", "sekunden", "zeit", "sekunder", "tid", "másodperc", "idő", "sekundy", "czas"),
            minimum=0,
        ),
        *(
            Column(
                key,
                msg("Usability question %(number)s, 1 to 5", number=number),
                Kind.INTEGER,
                required=False,
                aliases=(f"sus {number}", f"sus_{number}"),
                minimum=1,
                maximum=5,
            )
            for number, key in enumerate(QUESTIONS, 1)
        ),
        Column(
            "disappointed",
            msg("Disappointed without it"),
            Kind.CHOICE,
            required=False,
            aliases=("dis", "enttäuscht", "skuffet", "csalódott", "rozczarowany"),
            choices=(
                Choice("very", msg("very"), ("very disappointed", "sehr", "meget", "nagyon", "bardzo")),
                Choice("somewhat", msg("somewhat"), ("etwas", "lidt", "kicsit", "trochę")),
                Choice("not", msg("not"), ("not disappointed", "nicht", "ikke", "nem", "nie")),
            ),
        ),
        Column(
            "problem",
            msg("Problem"),
            Kind.WORD,
            required=False,
            aliases=("hindernis", "problemer", "probléma", "trudność"),
        ),
        Column(
            "severity",
            msg("Severity, 1 slight to 4 nothing works"),
            Kind.INTEGER,
            required=False,
            aliases=("schwere", "alvor", "súlyosság", "waga problemu"),
            minimum=1,
            maximum=4,
        ),
    ),
    options=(
        Option("hypothesis", msg("We believe that"), Kind.FREE_TEXT),
        Option("measure", msg("What decides"), Kind.CHOICE, default="success", choices=_MEASURES),
        Option("threshold", msg("Threshold, 0 to 100"), Kind.NUMBER, minimum=0, maximum=100),
        Option("threshold_day", msg("Day on which you set the threshold"), Kind.DATE),
    ),
    minimum=5,
    counted=msg("customers"),
    reference=(
        "Ries, E. (2011): The Lean Startup; Brooke, J. (1996): SUS; Agresti, A., Coull, B. (1998); Nielsen, J., "
        "Landauer, T. (1993)."
    ),
    demo=Demo(
        Firm.EL_SERVICE,
        _demo,
        options=(
            ("hypothesis", "Customers book the yearly check of their heat pump on the phone, without a call."),
            ("threshold", 80.0),
            ("threshold_day", date(2026, 4, 1)),
        ),
    ),
    compute=compute,
    canvas=TEST_CARD,
)
