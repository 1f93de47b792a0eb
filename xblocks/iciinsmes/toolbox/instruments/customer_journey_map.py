"""T08: where on their way through the firm customers suffer, and where it matters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from . import framework as fw
from .framework import msg

#: The ends of all three scales.
_LOW, _BEST = 1, 5

#: Below the middle of the scale customers are rather dissatisfied.
_MIDDLE = 3

_MIN_EVIDENCE = 0.6


class JourneyStep(NamedTuple):
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
        return self.satisfaction < _MIDDLE - fw.EPSILON

    @property
    def is_moment_of_truth(self) -> bool:
        """Whether everybody finds the step as important as can be."""
        return self.importance > _BEST - fw.EPSILON


def pain(satisfaction: float, importance: float, frequency: float) -> float:
    """Return (5 - satisfaction) x importance x frequency, 0 to 100; all three on scales from 1 to 5."""
    return (_BEST - satisfaction) * importance * frequency


def compute(table: fw.Table, options: fw.Settings) -> fw.Result:
    """Weigh every step, and find the one that hurts most."""
    steps = _steps(table)
    worst = sorted(steps, key=lambda step: -step.pain)
    evidence = sum(step.has_evidence for step in steps) / len(steps)
    total = sum(step.pain for step in steps)
    text = msg(
        "Less than 60 %% of the steps rest on evidence. Watch or ask at least two customers, and write "
        "down where the numbers come from."
    )
    repeated = sum(step.n > 1 for step in steps)
    two_worst = 100 * sum(step.pain for step in worst[:2]) / total if total else None
    return fw.Result(
        n=len(steps),
        verdict=_verdict(steps, worst),
        figures=(
            fw.Figure("steps", msg("Steps"), len(steps)),
            fw.Figure("highest_pain", msg("Highest pain of a step, of 100"), worst[0].pain, fw.Unit.POINTS),
            fw.Figure(
                "two_worst", msg("Part of all pain in the two worst steps"), two_worst, fw.Unit.PERCENT, n=len(steps)
            ),
            fw.Figure(
                "moments", msg("Moments of truth (importance 5)"), sum(step.is_moment_of_truth for step in steps)
            ),
            fw.Figure("bad_steps", msg("Steps with a satisfaction below 3"), sum(step.is_bad for step in steps)),
            fw.Figure("evidence", msg("Steps with evidence"), 100 * evidence, fw.Unit.PERCENT, n=len(steps)),
        ),
        tables=(_table(steps),),
        charts=(
            fw.Chart(
                fw.ChartKind.LINES,
                msg("How customers feel from step to step; ▲ marks dissatisfaction"),
                table="steps",
                label="step",
                values=("satisfaction",),
                emphasis="bad",
                marks=(fw.Mark("y", _MIDDLE, msg("dissatisfied below")),),
                minimum=_LOW,
                maximum=_BEST,
            ),
            fw.bars(msg("Pain of each step; ▲ marks a moment of truth"), "steps", "step", "pain", emphasis="moment"),
        ),
        conditions=(fw.Condition("evidence", evidence >= _MIN_EVIDENCE - fw.EPSILON, text),),
        notes=fw.noted(
            msg("Steps that stand in several rows, shown as means of these: %(repeated)s.", repeated=repeated)
        ),
        estimates=tuple(_pain_by_hand(steps)),
        questions=(
            *fw.ask_largest("top_pain", msg("Which step do you work on first?"), [(s.name, s.pain) for s in steps]),
            *_is_lowest_worst(steps, worst),
        ),
        decision=_decision(worst),
    )


def _steps(table: fw.Table) -> list[JourneyStep]:
    """Return the steps in the order in which they first come; rows of the same step become their means."""
    channels, evidence = table.texts("channel"), table.texts("evidence")

    def mean(key: str, rows: Sequence[int]) -> float:
        values = table.numbers(key)
        return sum(values[row] for row in rows) / len(rows)

    return [
        JourneyStep(
            name,
            next((channels[row] for row in rows if channels[row]), ""),
            mean("satisfaction", rows),
            mean("importance", rows),
            mean("frequency", rows),
            has_evidence=any(evidence[row].strip() for row in rows),
            n=len(rows),
        )
        for name, rows in fw.grouped(table.texts("step")).items()
    ]


def _table(steps: Sequence[JourneyStep]) -> fw.ResultTable:
    return fw.Rows("steps", msg("Steps"), steps).shown(
        fw.Shown("step", msg("Step"), lambda step: step.name),
        fw.Shown("channel", msg("Channel"), lambda step: step.channel),
        fw.Shown("satisfaction", msg("Satisfaction"), lambda step: step.satisfaction),
        fw.Shown("importance", msg("Importance"), lambda step: step.importance),
        fw.Shown("frequency", msg("Frequency"), lambda step: step.frequency),
        fw.Shown("pain", msg("Pain, 0 to 100"), lambda step: step.pain),
        fw.Shown("moment", msg("Moment of truth"), lambda step: step.is_moment_of_truth),
        fw.Shown("bad", msg("Dissatisfied"), lambda step: step.is_bad),
        fw.Shown("evidence", msg("Evidence"), lambda step: step.has_evidence),
    )


def _verdict(steps: Sequence[JourneyStep], worst: Sequence[JourneyStep]) -> fw.Verdict:
    moments = [step for step in worst if step.is_bad and step.is_moment_of_truth]
    if moments:
        text = msg(
            "“%(step)s” is a moment of truth, and customers are dissatisfied there. That costs you trust: begin there.",
            step=moments[0].name,
        )
        return fw.Verdict("moment-of-truth-hurts", fw.Level.ATTENTION, text)
    bad = [step for step in worst if step.is_bad]
    if bad:
        text = msg(
            "Customers are dissatisfied in %(bad)s of %(all)s steps. The most pain: %(steps)s.",
            bad=len(bad),
            all=len(steps),
            steps=fw.named([step.name for step in worst if step.pain >= worst[0].pain - fw.EPSILON]),
        )
        return fw.Verdict("dissatisfied", fw.Level.ATTENTION, text)
    text = msg("No step leaves customers dissatisfied. Ask what would make the important ones special.")
    return fw.Verdict("smooth", fw.Level.GOOD, text)


def _pain_by_hand(steps: Sequence[JourneyStep]) -> Iterator[fw.Estimate]:
    """Ask for the first step that hurts at all, which gives nothing away about the worst one."""
    step = next((step for step in steps if step.pain > 0), None)
    if step is None:
        return
    text = msg(
        "“%(step)s”: satisfaction %(satisfaction)s, importance %(importance)s, frequency %(frequency)s. How large is "
        "the pain?",
        step=step.name,
        satisfaction=round(step.satisfaction, 2),
        importance=round(step.importance, 2),
        frequency=round(step.frequency, 2),
    )
    missing, multiplied = _BEST - step.satisfaction, step.satisfaction * step.importance * step.frequency
    slips = (
        fw.Slip(multiplied, msg("You multiplied the satisfaction. What hurts is what is missing to 5.")),
        fw.Slip(missing + step.importance + step.frequency, msg("You added the three numbers. Multiply them.")),
        fw.Slip(missing * step.importance, msg("The frequency is missing.")),
    )
    yield fw.Estimate("pain", text, step.pain, tolerance=0.5, unit=fw.Unit.POINTS, slips=slips)


def _is_lowest_worst(steps: Sequence[JourneyStep], worst: Sequence[JourneyStep]) -> Iterator[fw.Question]:
    """Ask whether the lowest point of the curve is also the worst step; not if several are equally low or bad."""
    lowest = sorted(steps, key=lambda step: step.satisfaction)
    if len(steps) < 2 or lowest[0].satisfaction == lowest[1].satisfaction or worst[0].pain == worst[1].pain:
        return
    is_same = lowest[0].name == worst[0].name
    rare = msg("A low point that is rare or unimportant can wait. Look at the pain.")
    text = msg("Is the step with the lowest satisfaction also the one with the most pain?")
    yes = fw.Answer(msg("Yes"), is_same, feedback=None if is_same else rare)
    yield fw.Question("lowest_is_worst", text, (yes, fw.Answer(msg("No"), not is_same)))


def _decision(worst: Sequence[JourneyStep]) -> fw.Decision:
    if len(worst) < 2:
        return fw.Decision(msg("Who makes “%(first)s” better, and until when?", first=worst[0].name))
    text = msg(
        "Who makes “%(first)s” and “%(second)s” better, each with one name and one day?",
        first=worst[0].name,
        second=worst[1].name,
    )
    return fw.Decision(text)


INSTRUMENT = fw.Instrument(
    key="customer-journey-map",
    code="T08",
    title=msg("Customer journey map"),
    phases=(fw.Phase.ACQUIRE, fw.Phase.PROCESS),
    needs=(fw.Need.UNDERSTAND, fw.Need.COMPLAINTS),
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
        fw.Column("step", msg("Step"), fw.ValueKind.WORD),
        fw.Column("channel", msg("Channel"), fw.ValueKind.WORD, required=False),
        fw.number_column("satisfaction", msg("Satisfaction, 1 to 5"), _LOW, _BEST),
        fw.number_column("importance", msg("Importance, 1 to 5"), _LOW, _BEST),
        fw.number_column("frequency", msg("Frequency, 1 to 5"), _LOW, _BEST),
        fw.Column("evidence", msg("How we know"), fw.ValueKind.WORD, required=False),
    ),
    minimum=5,
    counted=msg("steps"),
    reference=(
        "Lemon, K. and Verhoef, P. (2016): Understanding Customer Experience Throughout the Customer Journey. Journal "
        "of Marketing 80(6)."
    ),
    # The way of a customer to a heat pump: the invoice annoys most, but waiting without a word hurts more.
    demo=fw.Demo(fw.Firm.EL_SERVICE),
    compute=compute,
    canvas=fw.CardLayout(place="", text="step"),
)
