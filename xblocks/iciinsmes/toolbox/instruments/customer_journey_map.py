"""T08: where on their way through the firm customers suffer, and where it matters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .kit import (
    Answer,
    Canvas,
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
    ask_largest,
    msg,
    names,
)
from .kit.words import grouped

#: The ends of all three scales.
_LOW, _BEST = 1, 5

#: Below the middle of the scale customers are rather dissatisfied.
_MIDDLE = 3

_MIN_EVIDENCE = 0.6
_EPSILON = 1e-9


class Step(NamedTuple):
    """One step of the journey: what customers said on scales from 1 to 5, as means of ``n`` rows."""

    name: str
    channel: str
    satisfaction: float
    importance: float
    frequency: float
    has_evidence: bool
    n: int

    @property
    def pain(self) -> float:
        """How much this step hurts, 0 to 100."""
        return pain(self.satisfaction, self.importance, self.frequency)

    @property
    def is_bad(self) -> bool:
        """Whether customers are rather dissatisfied."""
        return self.satisfaction < _MIDDLE - _EPSILON

    @property
    def is_moment_of_truth(self) -> bool:
        """Whether everybody finds the step as important as can be."""
        return self.importance > _BEST - _EPSILON


def pain(satisfaction: float, importance: float, frequency: float) -> float:
    """Return (5 - satisfaction) x importance x frequency, 0 to 100; all three on scales from 1 to 5."""
    return (_BEST - satisfaction) * importance * frequency


def compute(table: Table, options: Settings) -> Result:
    """Weigh every step, and find the one that hurts most."""
    steps = _steps(table)
    worst = sorted(steps, key=lambda step: -step.pain)
    evidence = sum(step.has_evidence for step in steps) / len(steps)
    total = sum(step.pain for step in steps)
    return Result(
        n=len(steps),
        verdict=_verdict(steps, worst),
        figures=(
            Figure("steps", msg("Steps"), len(steps)),
            Figure("highest_pain", msg("Highest pain of a step, of 100"), worst[0].pain, Unit.POINTS),
            Figure(
                "two_worst",
                msg("Part of all pain in the two worst steps"),
                100 * sum(step.pain for step in worst[:2]) / total if total else None,
                Unit.PERCENT,
                n=len(steps),
            ),
            Figure("moments", msg("Moments of truth (importance 5)"), sum(step.is_moment_of_truth for step in steps)),
            Figure("bad_steps", msg("Steps with a satisfaction below 3"), sum(step.is_bad for step in steps)),
            Figure("evidence", msg("Steps with evidence"), 100 * evidence, Unit.PERCENT, n=len(steps)),
        ),
        tables=(_table(steps),),
        charts=(
            Chart(
                ChartKind.LINES,
                msg("How customers feel from step to step; ▲ marks dissatisfaction"),
                table="steps",
                label="step",
                values=("satisfaction",),
                emphasis="bad",
                marks=(Mark("y", _MIDDLE, msg("dissatisfied below")),),
                minimum=_LOW,
                maximum=_BEST,
            ),
            Chart(
                ChartKind.BARS,
                msg("Pain of each step; ▲ marks a moment of truth"),
                table="steps",
                label="step",
                values=("pain",),
                emphasis="moment",
                minimum=0,
            ),
        ),
        conditions=(
            Condition(
                "evidence",
                evidence >= _MIN_EVIDENCE - _EPSILON,
                msg(
                    "Less than 60 %% of the steps rest on evidence. Watch or ask at least two customers, and write "
                    "down where the numbers come from."
                ),
            ),
        ),
        notes=_notes(steps),
        estimates=_pain_by_hand(steps),
        questions=(
            *ask_largest("top_pain", msg("Which step do you work on first?"), [(s.name, s.pain) for s in steps]),
            *_is_lowest_worst(steps, worst),
        ),
        decision=_decision(worst),
    )


def _steps(table: Table) -> list[Step]:
    """Return the steps in the order in which they first come; rows of the same step become their means."""
    channels, evidence = table.texts("channel"), table.texts("evidence")

    def mean(key: str, rows: Sequence[int]) -> float:
        values = table.numbers(key)
        return sum(values[row] for row in rows) / len(rows)

    return [
        Step(
            name,
            next((channels[row] for row in rows if channels[row]), ""),
            mean("satisfaction", rows),
            mean("importance", rows),
            mean("frequency", rows),
            has_evidence=any(evidence[row].strip() for row in rows),
            n=len(rows),
        )
        for name, rows in grouped(table.texts("step")).items()
    ]


def _table(steps: Sequence[Step]) -> ResultTable:
    return ResultTable(
        "steps",
        msg("Steps"),
        (
            Heading("step", msg("Step")),
            Heading("channel", msg("Channel")),
            Heading("satisfaction", msg("Satisfaction")),
            Heading("importance", msg("Importance")),
            Heading("frequency", msg("Frequency")),
            Heading("pain", msg("Pain, 0 to 100")),
            Heading("moment", msg("Moment of truth")),
            Heading("bad", msg("Dissatisfied")),
            Heading("evidence", msg("Evidence")),
        ),
        tuple(
            (
                *(step.name, step.channel, step.satisfaction, step.importance, step.frequency, step.pain),
                *(step.is_moment_of_truth, step.is_bad, step.has_evidence),
            )
            for step in steps
        ),
    )


def _verdict(steps: Sequence[Step], worst: Sequence[Step]) -> Verdict:
    moments = [step for step in worst if step.is_bad and step.is_moment_of_truth]
    if moments:
        text = msg(
            "“%(step)s” is a moment of truth, and customers are dissatisfied there. Nothing on this journey costs you "
            "more trust.",
            step=moments[0].name,
        )
        return Verdict("moment-of-truth-hurts", Level.ATTENTION, text)
    bad = [step for step in worst if step.is_bad]
    if bad:
        text = msg(
            "Customers are dissatisfied in %(bad)s of %(all)s steps. “%(step)s” hurts most.",
            bad=len(bad),
            all=len(steps),
            step=bad[0].name,
        )
        return Verdict("dissatisfied", Level.ATTENTION, text)
    text = msg("No step leaves customers dissatisfied. Ask what would make the important ones special.")
    return Verdict("smooth", Level.GOOD, text)


def _notes(steps: Sequence[Step]) -> tuple[Text, ...]:
    repeated = sum(step.n > 1 for step in steps)
    if not repeated:
        return ()
    return (msg("Steps that stand in several rows, shown as means of these: %(repeated)s.", repeated=repeated),)


def _pain_by_hand(steps: Sequence[Step]) -> tuple[Estimate, ...]:
    """Ask for the first step that hurts at all, which gives nothing away about the worst one."""
    step = next((step for step in steps if step.pain > 0), None)
    if step is None:
        return ()
    text = msg(
        "“%(step)s”: satisfaction %(satisfaction)s, importance %(importance)s, frequency %(frequency)s. How large is "
        "the pain?",
        step=step.name,
        satisfaction=round(step.satisfaction, 2),
        importance=round(step.importance, 2),
        frequency=round(step.frequency, 2),
    )
    slips = (
        Slip(
            step.satisfaction * step.importance * step.frequency,
            msg("You multiplied the satisfaction. What hurts is what is missing to 5."),
        ),
        Slip(
            _BEST - step.satisfaction + step.importance + step.frequency,
            msg("You added the three numbers. Multiply them."),
        ),
        Slip((_BEST - step.satisfaction) * step.importance, msg("The frequency is missing.")),
    )
    return (Estimate("pain", text, step.pain, tolerance=0.5, unit=Unit.POINTS, slips=slips),)


def _is_lowest_worst(steps: Sequence[Step], worst: Sequence[Step]) -> tuple[Question, ...]:
    """Ask whether the lowest point of the curve is also the worst step; not if several are equally low or bad."""
    lowest = sorted(steps, key=lambda step: step.satisfaction)
    if len(steps) < 2 or lowest[0].satisfaction == lowest[1].satisfaction or worst[0].pain == worst[1].pain:
        return ()
    is_same = lowest[0].name == worst[0].name
    rare = msg("A low point that is rare or unimportant can wait. Look at the pain.")
    text = msg("Is the step with the lowest satisfaction also the one with the most pain?")
    yes = Answer(msg("Yes"), is_same, feedback=None if is_same else rare)
    return (Question("lowest_is_worst", text, (yes, Answer(msg("No"), not is_same))),)


def _decision(worst: Sequence[Step]) -> Decision:
    if len(worst) < 2:
        return Decision(msg("Who makes “%(first)s” better, and until when?", first=worst[0].name))
    text = msg(
        "Who makes “%(first)s” and “%(second)s” better, each with one name and one day?",
        first=worst[0].name,
        second=worst[1].name,
    )
    return Decision(text)


def _demo() -> list[tuple[Value, ...]]:
    """The way of a customer to a heat pump: the invoice annoys most, but waiting without a word hurts more."""
    steps: dict[str, tuple[str, float, float, float, str]] = {
        "find us": ("website", 4, 3, 2, "visits, May"),
        "call the first time": ("telephone", 4, 4, 3, "observation 1"),
        "visit at home": ("on site", 5, 5, 2, "observation 1"),
        "read the quote": ("mail", 3, 5, 2, "talk 1"),
        "wait for a date": ("telephone", 2, 5, 5, "talks 1 to 4"),
        "installation": ("on site", 4, 5, 2, "observation 2"),
        "learn how to use it": ("on site", 2.5, 4, 3, "talk 3"),
        "final invoice": ("mail", 1.5, 3, 1, "talk 2"),
        "first winter": ("telephone", 3.5, 4, 2, ""),
    }
    return [(name, *values[:4], values[4] or None) for name, values in steps.items()]


INSTRUMENT = Instrument(
    key="customer-journey-map",
    code="T08",
    title=msg("Customer journey map"),
    phases=(Phase.ACQUIRE, Phase.PROCESS),
    needs=(Need.UNDERSTAND, Need.COMPLAINTS),
    purpose=msg("Find the steps where customers suffer, and where it matters."),
    explanation=(
        msg("Walk the way of a customer through your firm, from the first search to the last invoice, a row a step."),
        msg(
            "Give each step three numbers from 1 to 5, from what customers say or what you see: how satisfied they "
            "are, how important it is to them, how often it happens. Write down where you know it from."
        ),
        msg(
            "Pain is what is missing to full satisfaction, times importance, times frequency: 0 to 100. A step with "
            "the importance 5 is a moment of truth: here customers decide what they think of you."
        ),
    ),
    columns=(
        Column("step", msg("Step"), Kind.WORD, aliases=names.STEP),
        Column(
            "channel",
            msg("Channel"),
            Kind.WORD,
            required=False,
            aliases=("channel", "touchpoint", "kanal", "kontaktpunkt", "csatorna", "kanał"),
        ),
        Column(
            "satisfaction",
            msg("Satisfaction, 1 to 5"),
            Kind.NUMBER,
            aliases=("satisfaction", "sat", "zufriedenheit", "tilfredshed", "elégedettség", "zadowolenie"),
            minimum=_LOW,
            maximum=_BEST,
        ),
        Column(
            "importance",
            msg("Importance, 1 to 5"),
            Kind.NUMBER,
            aliases=(*names.IMPORTANCE, "imp"),
            minimum=_LOW,
            maximum=_BEST,
        ),
        Column(
            "frequency",
            msg("Frequency, 1 to 5"),
            Kind.NUMBER,
            aliases=("frequency", "freq", "häufigkeit", "hyppighed", "gyakoriság", "częstość"),
            minimum=_LOW,
            maximum=_BEST,
        ),
        Column("evidence", msg("How we know"), Kind.WORD, required=False, aliases=names.EVIDENCE),
    ),
    minimum=5,
    counted=msg("steps"),
    reference=(
        "Lemon, K. and Verhoef, P. (2016): Understanding Customer Experience Throughout the Customer Journey. Journal "
        "of Marketing 80(6)."
    ),
    demo=Demo(Firm.EL_SERVICE, _demo),
    compute=compute,
    canvas=Canvas(place="", text="step"),
)
