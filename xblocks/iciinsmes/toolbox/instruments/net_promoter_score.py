"""T02: would they recommend us? Share of 9 and 10 minus share of 0 to 6, with the interval that belongs to it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from . import framework as fw
from .framework import msg

#: From these answers on, of 0 to 10, people are promoters and passives.
_PROMOTER, _PASSIVE = 9, 7

#: Added to promoters and to detractors for the error of a wave, twice as many to passives (Rocks 2016).
_ADDED = 0.75

#: Segments and waves with fewer answers are not looked at on their own: their interval would span the whole scale.
_MINIMUM_GROUP = 5


class PromoterScore(NamedTuple):
    """A net promoter score in points, -100 to 100, its standard error and the ends of its interval."""

    n: int
    value: float
    error: float
    low: float
    high: float
    promoters: int
    detractors: int

    @property
    def careful_error(self) -> float:
        """The standard error, or if larger that with three answers added, one of each kind but more passives.

        It is above 0 where all agree, too: twenty promoters in a row do not mean that there is nobody else.
        """
        n = self.n + 4 * _ADDED
        return max(self.error, 100 * _error((self.promoters + _ADDED) / n, (self.detractors + _ADDED) / n, n))


class ScoreChange(NamedTuple):
    """The second score minus the first with its interval, in standard errors, and how likely it is by chance.

    ``p`` is below 0.05 if and only if the interval does not hold 0.
    """

    difference: fw.Interval
    z: float
    p: float

    @property
    def is_proven(self) -> bool:
        """Whether chance explains the change in fewer than 5 of 100 cases."""
        return not self.difference.low <= 0 <= self.difference.high


def net_promoter_score(scores: Sequence[int]) -> PromoterScore:
    """Return the score of at least one answer, 0 to 10 each.

    The interval is the score interval for the difference of two shares of the same answers (Tango 1998): it holds also
    for few answers, and where nearly all are of one kind.
    """
    n = len(scores)
    promoters = sum(score >= _PROMOTER for score in scores)
    detractors = sum(score < _PASSIVE for score in scores)
    value = (promoters - detractors) / n

    def distance(supposed: float) -> float:
        """Standard errors from a supposed score up to the one found; the errors are those it would have."""
        deviation = value - supposed
        linear = (2 * n - promoters + detractors) * supposed - promoters - detractors
        root = math.sqrt(linear**2 + 8 * n * detractors * supposed * (1 - supposed))
        # Twice the share of detractors that makes the answers likeliest, if the supposed score were the true one.
        twice_detractors = (root - linear) / (2 * n)
        error = math.sqrt(max(twice_detractors + supposed * (1 - supposed), 0.0) / n)
        return deviation / error if error else math.copysign(math.inf, deviation)

    low, high = (100 * fw.edge(distance, value, end) for end in (-1.0, 1.0))
    return PromoterScore(
        n, 100 * value, 100 * _error(promoters / n, detractors / n, n), low, high, promoters, detractors
    )


def _error(promoters: float, detractors: float, n: float) -> float:
    """Return the standard error of the difference of both shares, 0 to 1, among so many answers."""
    return math.sqrt(max(promoters + detractors - (promoters - detractors) ** 2, 0.0) / n)


def change(first: PromoterScore, second: PromoterScore) -> ScoreChange:
    """Compare two waves of answers from different people."""
    error = math.hypot(first.careful_error, second.careful_error)
    value = second.value - first.value
    half = fw.Z_EXACT * error
    return ScoreChange(
        fw.Interval(value, max(-200.0, value - half), min(200.0, value + half)),
        value / error,
        fw.two_sided_p(value / error),
    )


def compute(table: fw.Table, options: fw.Settings) -> fw.Result:
    """Compute the score of all answers, of segments and of two waves."""
    scores = table.integers("score")
    total = net_promoter_score(scores)
    waves = _waves(table, options.maybe_date("wave_from"))
    earlier = options.maybe_number("earlier")
    title = msg("Net promoter score and where the true one lies")
    text = msg("The waves are compared only if both have at least %(least)s answers with a date.", least=_MINIMUM_GROUP)
    return fw.Result(
        n=total.n,
        verdict=_verdict(total),
        figures=(
            fw.Figure("nps", msg("Net promoter score"), total.value, fw.Unit.POINTS, total.low, total.high, total.n),
            *_change_figures(waves),
        ),
        tables=(_groups(scores), _scores(table, total, waves)),
        charts=(fw.ranges(title, "scores", "group", "score", lowest=-100, highest=100),),
        notes=(text,) if options.maybe_date("wave_from") and not waves else (),
        estimates=(_estimate(scores, total),),
        questions=(_classify(scores), *_has_changed(waves, total, earlier)),
        decision=fw.Decision(
            msg("What annoys those who would not recommend you? Write one action for each reason they name.")
        ),
    )


def _waves(table: fw.Table, wave_from: date | None) -> tuple[PromoterScore, PromoterScore] | None:
    """Return the score before a day and from it on; None if one of them has too few answers."""
    if wave_from is None:
        return None
    dated = [(day, score) for day, score in zip(table.maybe_dates("date"), table.integers("score"), strict=True) if day]
    before = [score for day, score in dated if day < wave_from]
    after = [score for day, score in dated if day >= wave_from]
    if min(len(before), len(after)) < _MINIMUM_GROUP:
        return None
    return net_promoter_score(before), net_promoter_score(after)


def _change_figures(waves: tuple[PromoterScore, PromoterScore] | None) -> Iterator[fw.Figure]:
    if waves is None:
        return
    found = change(*waves)
    yield fw.interval_figure("change", msg("Change since the first wave"), found.difference, fw.Unit.POINTS)
    yield fw.Figure("change_z", msg("Change in standard errors (z)"), found.z, decimals=2)
    yield fw.Figure("change_p", msg("Chance of such a change without any cause (p)"), found.p, decimals=3)


def _groups(scores: Sequence[int]) -> fw.ResultTable:
    counts = Counter("promoter" if score >= _PROMOTER else "passive" if score >= _PASSIVE else "" for score in scores)
    titles = {
        "promoter": msg("Promoters, 9 and 10"),
        "passive": msg("Passives, 7 and 8"),
        "": msg("Detractors, 0 to 6"),
    }
    return fw.Rows("groups", msg("The numbers"), titles).shown(
        fw.Shown("group", msg("Group"), lambda group: titles[group]),
        fw.Shown("answers", msg("Answers"), lambda group: counts[group]),
        fw.Shown("share", msg("Share"), lambda group: 100 * counts[group] / len(scores), fw.Unit.PERCENT),
    )


def _scores(table: fw.Table, total: PromoterScore, waves: tuple[PromoterScore, PromoterScore] | None) -> fw.ResultTable:
    named: list[tuple[fw.Text | str, PromoterScore]] = [(msg("All answers"), total)]
    if waves:
        named += [(msg("First wave"), waves[0]), (msg("Second wave"), waves[1])]
    named += sorted(_segments(table).items(), key=lambda entry: entry[1].value)
    return fw.Rows("scores", msg("Scores with their intervals"), named).shown(
        fw.Shown("group", msg("Group"), lambda entry: entry[0]),
        fw.Shown("answers", msg("Answers"), lambda entry: entry[1].n),
        fw.Shown("score", msg("Score"), lambda entry: entry[1].value, fw.Unit.POINTS),
        fw.Shown("low", msg("From"), lambda entry: entry[1].low, fw.Unit.POINTS),
        fw.Shown("high", msg("To"), lambda entry: entry[1].high, fw.Unit.POINTS),
    )


def _segments(table: fw.Table) -> Mapping[str, PromoterScore]:
    members: dict[str, list[int]] = {}
    for segment, score in zip(table.texts("segment"), table.integers("score"), strict=True):
        if segment:
            members.setdefault(segment, []).append(score)
    return {name: net_promoter_score(scores) for name, scores in members.items() if len(scores) >= _MINIMUM_GROUP}


def _verdict(total: PromoterScore) -> fw.Verdict:
    found = {"n": total.n, "low": fw.rounded(total.low, 0), "high": fw.rounded(total.high, 0)}
    if total.low > 0:
        text = msg(
            "With %(n)s answers the true score lies somewhere between %(low)s and %(high)s. Enough to say that more "
            "customers recommend you than warn others.",
            **found,
        )
        return fw.Verdict("more-promoters", fw.Level.GOOD, text)
    if total.high < 0:
        text = msg(
            "With %(n)s answers the true score lies somewhere between %(low)s and %(high)s. More customers warn others "
            "than recommend you: read what they write first.",
            **found,
        )
        return fw.Verdict("more-detractors", fw.Level.ATTENTION, text)
    text = msg(
        "With %(n)s answers the true score lies somewhere between %(low)s and %(high)s. That is not enough to say "
        "whether more customers recommend you or warn others.",
        **found,
    )
    return fw.Verdict("open", fw.Level.NEUTRAL, text)


def _estimate(scores: Sequence[int], total: PromoterScore) -> fw.Estimate:
    n = len(scores)
    eights = 100 * (sum(score >= 8 for score in scores) - sum(score < _PASSIVE for score in scores)) / n
    sixes = 100 * (sum(score >= _PROMOTER for score in scores) - sum(score < 6 for score in scores)) / n
    text = msg("Work out the net promoter score of your answers.")
    slips = (
        fw.Slip(eights, msg("You counted the eights as promoters. Only nine and ten count.")),
        fw.Slip(sixes, msg("You left out the sixes. They are detractors, too.")),
    )
    return fw.Estimate("nps", text, total.value, tolerance=1, unit=fw.Unit.POINTS, slips=slips)


def _classify(scores: Sequence[int]) -> fw.Question:
    """Ask which of five different scores count; the highest and lowest, and those beside the borders if they occur."""
    found = set(scores)
    borders = [score for score in (9, 8, 7, 6, 10, 0, 5, 4, 3, 2, 1) if score in found][:5]
    text = msg("Which of these answers are from promoters?")
    answers = fw.choose_one([(str(score), score >= _PROMOTER) for score in sorted(borders, reverse=True)])
    return fw.Question("classify", text, answers, several=True, before=True)


def _has_changed(
    waves: tuple[PromoterScore, PromoterScore] | None, total: PromoterScore, earlier: float | None
) -> Iterator[fw.Question]:
    if waves:
        is_proven = change(*waves).is_proven
        before, now = waves[0].value, waves[1].value
        text = msg("Your first wave had a score of %(score)s. Did it change?", score=round(before, 1))
    elif earlier is not None:
        is_proven = not total.low <= earlier <= total.high
        before, now = earlier, total.value
        text = msg(
            "Your earlier score was %(score)s. Did it change? Take it as exact, as if all customers had answered then.",
            score=round(before, 1),
        )
    else:
        return
    because = (
        msg("The difference is larger than chance explains.")
        if is_proven
        else msg("The difference lies within what chance explains.")
    )
    answers = [
        (msg("Yes, we became better"), is_proven and now > before),
        (msg("Yes, we became worse"), is_proven and now < before),
        (msg("We cannot know yet"), not is_proven),
    ]
    yield fw.Question("changed", text, fw.choose_one(answers, because))


INSTRUMENT = fw.Instrument(
    key="net-promoter-score",
    code="T02",
    title=msg("Net promoter score"),
    phases=(fw.Phase.ACQUIRE,),
    needs=(fw.Need.ASK_CUSTOMERS, fw.Need.LOYALTY),
    purpose=msg("See whether customers would recommend you, and whether that changes."),
    explanation=(
        msg("Ask one question: how likely is it, from 0 to 10, that you recommend us? And then: why?"),
        msg(
            "Nine and ten are promoters, seven and eight passives, zero to six detractors. The score is the share of "
            "promoters minus the share of detractors, between -100 and 100."
        ),
        msg("A small firm has few answers, so the score is rough. Forty answers mean plus or minus 23 points."),
    ),
    columns=(
        fw.Column("customer", msg("Customer number"), fw.ValueKind.KEY, required=False),
        fw.Column("date", msg("Day of the answer"), fw.ValueKind.DATE, required=False),
        fw.number_column("score", msg("Score, 0 to 10"), 0, 10, whole=True),
        fw.Column("comment", msg("Reason"), fw.ValueKind.FREE_TEXT, required=False),
        fw.Column("segment", msg("Group of customers"), fw.ValueKind.WORD, required=False),
    ),
    options=(
        fw.Option("wave_from", msg("First day of the second wave"), fw.ValueKind.DATE),
        fw.number_option("earlier", msg("Your earlier score"), -100, 100),
    ),
    minimum=30,
    counted=msg("answers"),
    reference="Reichheld, F. (2003): The One Number You Need to Grow. Harvard Business Review 81(12).",
    # Forty answers of spring and forty of autumn: 27.5 and 45 points, and still no proof of a change.
    demo=fw.Demo(fw.Firm.EL_SERVICE, options={"wave_from": date(2026, 9, 1)}),
    compute=compute,
)
