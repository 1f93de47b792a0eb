"""T02: would they recommend us? Share of 9 and 10 minus share of 0 to 6, with the interval that belongs to it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from .kit import (
    Answer,
    Chart,
    ChartKind,
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
from .kit.statistics import Z, two_sided_p

_PROMOTER, _PASSIVE = 9, 7

#: Segments with fewer answers are not shown on their own: their interval would span the whole scale.
_MINIMUM_SEGMENT = 5


class Score(NamedTuple):
    """A net promoter score in points, -100 to 100, and its standard error."""

    n: int
    value: float
    error: float

    @property
    def low(self) -> float:
        """Lower end of the interval."""
        return max(-100.0, self.value - Z * self.error)

    @property
    def high(self) -> float:
        """Upper end of the interval."""
        return min(100.0, self.value + Z * self.error)


def net_promoter_score(scores: Sequence[int]) -> Score:
    """Return the score of at least one answer, 0 to 10 each."""
    n = len(scores)
    promoters = sum(score >= _PROMOTER for score in scores) / n
    detractors = sum(score < _PASSIVE for score in scores) / n
    variance = promoters + detractors - (promoters - detractors) ** 2
    return Score(n, 100 * (promoters - detractors), 100 * math.sqrt(variance / n))


def compute(table: Table, options: Settings) -> Result:
    """Compute the score of all answers, of segments and of two waves."""
    scores = table.integers("score")
    total = net_promoter_score(scores)
    waves = _waves(table, options.maybe_date("wave_from"))
    earlier = options.maybe_number("earlier")
    return Result(
        n=total.n,
        verdict=_verdict(total),
        figures=(
            Figure("nps", msg("Net promoter score"), total.value, Unit.POINTS, total.low, total.high, total.n),
            *_change_figures(waves),
        ),
        tables=(_groups(scores), _scores(table, total, waves)),
        charts=(
            Chart(
                ChartKind.RANGES,
                msg("Net promoter score and where the true one lies"),
                table="scores",
                label="group",
                values=("score",),
                low="low",
                high="high",
                minimum=-100,
                maximum=100,
            ),
        ),
        notes=(msg("The waves are compared only if both have answers with a date."),)
        if options.maybe_date("wave_from") and not waves
        else (),
        estimates=(_estimate(scores, total),),
        questions=(_classify(scores), *_has_changed(waves, total, earlier)),
        decision=Decision(
            msg("What annoys those who would not recommend you? Write one action for each reason they name."),
        ),
    )


def _waves(table: Table, wave_from: date | None) -> tuple[Score, Score] | None:
    """Return the score before a day and from it on; None if one of them has no answers."""
    if wave_from is None:
        return None
    dated = [(day, score) for day, score in zip(table.maybe_dates("date"), table.integers("score"), strict=True) if day]
    before = [score for day, score in dated if day < wave_from]
    after = [score for day, score in dated if day >= wave_from]
    return (net_promoter_score(before), net_promoter_score(after)) if before and after else None


def difference_z(first: Score, second: Score) -> float:
    """Return how many standard errors the second score lies above the first; 0 if nobody disagrees in either."""
    error = math.hypot(first.error, second.error)
    return (second.value - first.value) / error if error else 0.0


def _change_figures(waves: tuple[Score, Score] | None) -> tuple[Figure, ...]:
    if waves is None:
        return ()
    change = waves[1].value - waves[0].value
    half = Z * math.hypot(waves[0].error, waves[1].error)
    z = difference_z(*waves)
    return (
        Figure("change", msg("Change since the first wave"), change, Unit.POINTS, change - half, change + half),
        Figure("change_z", msg("Change in standard errors (z)"), z, decimals=2),
        Figure("change_p", msg("Chance of such a change without any cause (p)"), two_sided_p(z), decimals=3),
    )


def _groups(scores: Sequence[int]) -> ResultTable:
    counts = Counter("promoter" if score >= _PROMOTER else "passive" if score >= _PASSIVE else "" for score in scores)
    rows = (
        (msg("Promoters, 9 and 10"), counts["promoter"]),
        (msg("Passives, 7 and 8"), counts["passive"]),
        (msg("Detractors, 0 to 6"), counts[""]),
    )
    return ResultTable(
        "groups",
        msg("The numbers"),
        (
            Heading("group", msg("Group")),
            Heading("answers", msg("Answers")),
            Heading("share", msg("Share"), Unit.PERCENT),
        ),
        tuple((title, count, 100 * count / len(scores)) for title, count in rows),
    )


def _scores(table: Table, total: Score, waves: tuple[Score, Score] | None) -> ResultTable:
    named: list[tuple[Text | str, Score]] = [(msg("All answers"), total)]
    if waves:
        named += [(msg("First wave"), waves[0]), (msg("Second wave"), waves[1])]
    named += sorted(_segments(table).items(), key=lambda entry: entry[1].value)
    return ResultTable(
        "scores",
        msg("Scores with their intervals"),
        (
            Heading("group", msg("Group")),
            Heading("answers", msg("Answers")),
            Heading("score", msg("Score"), Unit.POINTS),
            Heading("low", msg("From"), Unit.POINTS),
            Heading("high", msg("To"), Unit.POINTS),
        ),
        tuple((name, score.n, score.value, score.low, score.high) for name, score in named),
    )


def _segments(table: Table) -> Mapping[str, Score]:
    members: dict[str, list[int]] = {}
    for segment, score in zip(table.texts("segment"), table.integers("score"), strict=True):
        if segment:
            members.setdefault(segment, []).append(score)
    return {name: net_promoter_score(scores) for name, scores in members.items() if len(scores) >= _MINIMUM_SEGMENT}


def _verdict(total: Score) -> Verdict:
    found = {"n": total.n, "low": round(total.low, 1), "high": round(total.high, 1)}
    if total.low > 0:
        text = msg(
            "With %(n)s answers the true score lies somewhere between %(low)s and %(high)s. Enough to say that more "
            "customers recommend you than warn others.",
            **found,
        )
        return Verdict("more-promoters", Level.GOOD, text)
    if total.high < 0:
        text = msg(
            "With %(n)s answers the true score lies somewhere between %(low)s and %(high)s. More customers warn others "
            "than recommend you: read what they write first.",
            **found,
        )
        return Verdict("more-detractors", Level.ATTENTION, text)
    text = msg(
        "With %(n)s answers the true score lies somewhere between %(low)s and %(high)s. That is not enough to say "
        "whether more customers recommend you or warn others.",
        **found,
    )
    return Verdict("open", Level.NEUTRAL, text)


def _estimate(scores: Sequence[int], total: Score) -> Estimate:
    n = len(scores)
    eights = 100 * (sum(score >= 8 for score in scores) - sum(score < _PASSIVE for score in scores)) / n
    sixes = 100 * (sum(score >= _PROMOTER for score in scores) - sum(score < 6 for score in scores)) / n
    return Estimate(
        "nps",
        msg("Work out the net promoter score of your answers."),
        total.value,
        tolerance=1,
        unit=Unit.POINTS,
        slips=(
            Slip(eights, msg("You counted the eights as promoters. Only nine and ten count.")),
            Slip(sixes, msg("You left out the sixes. They are detractors, too.")),
        ),
    )


def _classify(scores: Sequence[int]) -> Question:
    """Ask which of five different scores count; the highest and lowest, and those beside the borders if they occur."""
    found = set(scores)
    borders = [score for score in (9, 8, 7, 6, 10, 0, 5, 4, 3, 2, 1) if score in found][:5]
    return Question(
        "classify",
        msg("Which of these answers are from promoters?"),
        choose_one([(str(score), score >= _PROMOTER) for score in sorted(borders, reverse=True)]),
        several=True,
        before=True,
    )


def _has_changed(waves: tuple[Score, Score] | None, total: Score, earlier: float | None) -> tuple[Question, ...]:
    if waves:
        is_proven = abs(difference_z(*waves)) > Z
        before, now = waves[0].value, waves[1].value
        text = msg("Your first wave had a score of %(score)s. Did it change?", score=round(before, 1))
    elif earlier is not None:
        is_proven = not total.low <= earlier <= total.high
        before, now = earlier, total.value
        text = msg("Your earlier score was %(score)s. Did it change?", score=round(before, 1))
    else:
        return ()
    because = (
        msg("The difference is larger than chance explains.")
        if is_proven
        else msg("The difference lies within what chance explains.")
    )
    return (
        Question(
            "changed",
            text,
            (
                Answer(msg("Yes, we became better"), is_proven and now > before, because),
                Answer(msg("Yes, we became worse"), is_proven and now < before, because),
                Answer(msg("We cannot know yet"), not is_proven, because),
            ),
        ),
    )


def _demo() -> list[tuple[Value, ...]]:
    """Forty answers of spring and forty of autumn: 27.5 and 45 points, and still no proof of a change."""
    first = [10] * 8 + [9] * 10 + [8] * 9 + [7] * 6 + [6] * 3 + [5] * 2 + [3, 0]
    second = [10] * 12 + [9] * 10 + [8] * 10 + [7] * 4 + [6] * 2 + [4, 2]
    kinds = ("new building", "heat pump", "repair", "repair")
    return [
        (f"C{index:03}", start + timedelta(days=index * 7 % 40), score, "", kinds[index % 4])
        for start, scores in ((date(2026, 3, 2), first), (date(2026, 9, 1), second))
        for index, score in enumerate(scores, 1)
    ]


INSTRUMENT = Instrument(
    key="net-promoter-score",
    code="T02",
    title=msg("Net promoter score"),
    phases=(Phase.ACQUIRE,),
    needs=(Need.ASK_CUSTOMERS, Need.LOYALTY),
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
        Column(
            "customer",
            msg("Customer number"),
            Kind.KEY,
            required=False,
            aliases=names.CUSTOMER,
        ),
        Column(
            "date",
            msg("Day of the answer"),
            Kind.DATE,
            required=False,
            aliases=names.DATE,
        ),
        Column(
            "score",
            msg("Score, 0 to 10"),
            Kind.INTEGER,
            aliases=("nps", *names.SCORE),
            minimum=0,
            maximum=10,
        ),
        Column(
            "comment",
            msg("Reason"),
            Kind.FREE_TEXT,
            required=False,
            aliases=names.COMMENT,
        ),
        Column(
            "segment",
            msg("Group of customers"),
            Kind.WORD,
            required=False,
            aliases=names.SEGMENT,
        ),
    ),
    options=(
        Option("wave_from", msg("First day of the second wave"), Kind.DATE),
        Option("earlier", msg("Your earlier score"), Kind.NUMBER, minimum=-100, maximum=100),
    ),
    minimum=30,
    counted=msg("answers"),
    reference="Reichheld, F. (2003): The One Number You Need to Grow. Harvard Business Review 81(12).",
    demo=Demo(Firm.EL_SERVICE, _demo, options=(("wave_from", date(2026, 9, 1)),)),
    compute=compute,
)
