"""T30: where digital tools could help, by six dimensions or, in short, by twelve technologies."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from .kit import (
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
    choose_one,
    msg,
)
from .kit.digital import BANDS, DIMENSIONS, INTENSITIES, TECHNOLOGIES, band_of


def compute(table: Table, options: Settings) -> Result:
    """Average the dimensions, count the technologies, and find the weakest dimension."""
    scores = _scores(table)
    means = {key: math.fsum(values) / len(values) for key, values in scores.items()}
    used = _used(table)
    conditions = _conditions(means, used, _without_answer(table))
    is_full = len(means) == len(DIMENSIONS)
    return Result(
        # A technology is a smaller answer than a dimension: two of them weigh as much.
        n=max(len(means), len(used) // 2),
        verdict=_by_dimensions(means) if is_full else _by_technologies(used),
        figures=(*_dimension_figures(means, is_full=is_full), *_technology_figures(used)),
        tables=(_dimension_table(scores, means), _technology_table(used), _count_table(used)),
        charts=(*_dimension_charts(means), *_technology_charts(used)),
        conditions=conditions,
        estimates=(*_mean_by_hand(means), *_count_by_hand(used)),
        questions=_questions(means, used),
        decision=Decision(msg("What is your next step within three months? Write what, who and by when.")),
    )


def _scores(table: Table) -> dict[str, list[float]]:
    """Return the scores of each dimension, in the order of the declaration; several people may have scored."""
    scores = table.maybe_numbers("score")
    found: dict[str, list[float]] = {str(choice.value): [] for choice in DIMENSIONS}
    for key, score in zip(table.texts("item"), scores, strict=True):
        if key in found and score is not None:
            found[key].append(score)
    return {key: values for key, values in found.items() if values}


def _used(table: Table) -> dict[str, bool]:
    """Return whether each technology with an answer is used; if people disagree, somebody uses it."""
    found: dict[str, bool] = {}
    for key, used in zip(table.texts("item"), table.maybe_flags("used"), strict=True):
        if used is not None:
            found[key] = used or found.get(key, False)
    return {key: found[key] for choice in TECHNOLOGIES if (key := str(choice.value)) in found}


def _without_answer(table: Table) -> int:
    dimensions = {choice.value for choice in DIMENSIONS}
    rows = zip(table.texts("item"), table.maybe_numbers("score"), table.maybe_flags("used"), strict=True)
    return sum((score if key in dimensions else used) is None for key, score, used in rows)


def _title(key: str) -> Text:
    return next(choice.title for choice in (*DIMENSIONS, *TECHNOLOGIES) if choice.value == key)


def _mean(means: Mapping[str, float]) -> float:
    return math.fsum(means.values()) / len(means)


def _weakest(means: Mapping[str, float]) -> list[str]:
    """Return the dimensions with the lowest score; several if they are equal."""
    lowest = min(means.values(), default=0.0)
    return [key for key, mean in means.items() if mean == lowest]


def _by_dimensions(means: Mapping[str, float]) -> Verdict:
    mean = _mean(means)
    band = band_of(BANDS, mean)
    text = msg(
        "%(mean)s of 100 points. %(advice)s Your weakest dimension: %(weakest)s.",
        mean=round(mean, 1),
        advice=band.advice,
        weakest=_title(_weakest(means)[0]),
    )
    return Verdict(band.key, band.level, text)


def _by_technologies(used: Mapping[str, bool]) -> Verdict:
    count = sum(used.values())
    band = band_of(INTENSITIES, count)
    return Verdict(
        band.key, band.level, msg("%(count)s of 12 technologies. %(advice)s", count=count, advice=band.advice)
    )


def _dimension_figures(means: Mapping[str, float], *, is_full: bool) -> tuple[Figure, ...]:
    if not means:
        return ()
    mean, spread = _mean(means), max(means.values()) - min(means.values())
    return (
        Figure("mean", msg("Mean of the dimensions"), mean, Unit.POINTS, n=len(means)),
        Figure("band", msg("Band"), band_of(BANDS, mean).title if is_full else None),
        Figure("weakest", msg("Weakest dimension"), _title(_weakest(means)[0])),
        Figure("spread", msg("From the weakest to the strongest"), spread, Unit.POINTS),
    )


def _technology_figures(used: Mapping[str, bool]) -> tuple[Figure, ...]:
    if not used:
        return ()
    count, is_full = sum(used.values()), len(used) == len(TECHNOLOGIES)
    return (
        Figure("technologies", msg("Technologies used, of 12"), count, n=len(used)),
        Figure("intensity", msg("Digital intensity"), band_of(INTENSITIES, count).title if is_full else None),
    )


def _dimension_table(scores: Mapping[str, Sequence[float]], means: Mapping[str, float]) -> ResultTable:
    weakest = _weakest(means)
    return ResultTable(
        "dimensions",
        msg("Dimensions"),
        (
            Heading("dimension", msg("Dimension")),
            Heading("score", msg("Points of 100"), Unit.POINTS),
            Heading("people", msg("Scored by")),
            Heading("weakest", msg("Weakest")),
        ),
        tuple((_title(key), mean, len(scores[key]), key in weakest) for key, mean in means.items()),
    )


def _technology_table(used: Mapping[str, bool]) -> ResultTable:
    return ResultTable(
        "technologies",
        msg("Technologies"),
        (Heading("technology", msg("Technology")), Heading("used", msg("In use"))),
        tuple((_title(key), is_used) for key, is_used in used.items()),
    )


def _count_table(used: Mapping[str, bool]) -> ResultTable:
    count = sum(used.values())
    rows = ((msg("In use"), count), (msg("Not in use"), len(used) - count)) if used else ()
    headings = (Heading("answer", msg("Technologies")), Heading("count", msg("How many")))
    return ResultTable("intensity", msg("Digital intensity"), headings, rows)


def _dimension_charts(means: Mapping[str, float]) -> tuple[Chart, ...]:
    if not means:
        return ()
    profile = Chart(
        ChartKind.RADAR,
        msg("Your profile"),
        table="dimensions",
        label="dimension",
        values=("score",),
        minimum=0,
        maximum=100,
    )
    ranked = Chart(
        ChartKind.BARS,
        msg("Points of each dimension"),
        table="dimensions",
        label="dimension",
        values=("score",),
        emphasis="weakest",
        minimum=0,
        maximum=100,
    )
    return (profile, ranked)


def _technology_charts(used: Mapping[str, bool]) -> tuple[Chart, ...]:
    if not used:
        return ()
    return (
        Chart(
            ChartKind.BARS,
            msg("Technologies in use"),
            table="intensity",
            label="answer",
            values=("count",),
            minimum=0,
            maximum=len(TECHNOLOGIES),
        ),
    )


def _conditions(means: Mapping[str, float], used: Mapping[str, bool], without: int) -> tuple[Condition, ...]:
    is_complete = len(means) == len(DIMENSIONS) or len(used) == len(TECHNOLOGIES)
    return (
        Condition(
            "complete",
            is_complete,
            msg("Answer all six dimensions with points, or all twelve technologies with yes or no."),
        ),
        Condition(
            "answered",
            not without,
            msg("Lines without an answer: %(lines)s. Dimensions take points, technologies yes or no.", lines=without),
        ),
    )


def _mean_by_hand(means: Mapping[str, float]) -> tuple[Estimate, ...]:
    if len(means) < 2:
        return ()
    total, mean = math.fsum(means.values()), _mean(means)
    ordered = sorted(means.values())
    slips = (
        Slip(total, msg("That is the sum. Divide it by the number of dimensions.")),
        Slip((ordered[0] + ordered[-1]) / 2, msg("That is the middle of the lowest and the highest. Add up all.")),
    )
    text = msg("Work out the mean of your dimensions.")
    return (Estimate("mean", text, mean, tolerance=0.6, unit=Unit.POINTS, slips=slips),)


def _count_by_hand(used: Mapping[str, bool]) -> tuple[Estimate, ...]:
    if not used:
        return ()
    count = sum(used.values())
    slips = (
        Slip(len(used) - count, msg("Those are the ones you do not use.")),
        Slip(100 * count / len(TECHNOLOGIES), msg("That is the share in percent. The index counts technologies.")),
    )
    text = msg("How many points does your firm have in the Digital Intensity Index, one for each technology?")
    return (Estimate("technologies", text, count, tolerance=0.5, slips=slips),)


def _questions(means: Mapping[str, float], used: Mapping[str, bool]) -> tuple[Question, ...]:
    weakest = _weakest(means)
    answers = choose_one([(_title(key), key in weakest) for key in means])
    is_basic = sum(used.values()) > INTENSITIES[0].end
    return (
        Question("weakest", msg("Which dimension is the weakest?"), answers, several=len(weakest) > 1),
        Question(
            "basic_level",
            msg("Does your firm reach the basic level, four technologies?"),
            choose_one([(msg("Yes"), is_basic), (msg("No"), not is_basic)]) if used else (),
        ),
    )


def _demo() -> list[tuple[Value, ...]]:
    """A workshop full of machines: equipment is good, but nobody uses the data, and each sees that differently."""
    owner = {"strategy": 55.0, "readiness": 70.0, "people": 50.0, "data": 35.0, "automation": 30.0, "green": 45.0}
    office = {"strategy": 40.0, "readiness": 60.0, "people": 40.0, "data": 20.0, "automation": 24.0, "green": 40.0}
    yes = ("internet", "broadband", "cloud", "social-media", "erp")
    scored = [(key, score, None) for person in (owner, office) for key, score in person.items()]
    return [*scored, *((str(choice.value), None, choice.value in yes) for choice in TECHNOLOGIES)]


INSTRUMENT = Instrument(
    key="digital-maturity",
    code="T30",
    title=msg("Digital maturity check"),
    phases=(Phase.ACQUIRE, Phase.REALISE),
    needs=(Need.DIGITAL,),
    purpose=msg("See where digital tools would help your firm most."),
    explanation=(
        msg(
            "Six dimensions get 0 to 100 points each: strategy, readiness, people, data, automation, green. Take the "
            "points of the official test of the European Digital Innovation Hubs, or your own honest guess. Several "
            "people may score: their means count."
        ),
        msg("The mean tells your band, and the weakest dimension where a small step brings most."),
        msg(
            "Short of time? Answer yes or no for twelve technologies. This is the Digital Intensity Index of Eurostat: "
            "four are the basic level."
        ),
        msg("The official test: https://european-digital-innovation-hubs.ec.europa.eu"),
    ),
    columns=(
        Column(
            "item",
            msg("Dimension or technology"),
            Kind.CHOICE,
            aliases=("dimension", "technology", "technologie", "teknologi", "dimenzió", "technológia", "wymiar"),
            choices=(*DIMENSIONS, *TECHNOLOGIES),
        ),
        Column(
            "score",
            msg("Dimension: points, 0 to 100"),
            Kind.NUMBER,
            required=False,
            aliases=("points", "punkte", "point", "pont", "pontszám", "punkty", "wynik"),
            minimum=0,
            maximum=100,
        ),
        Column(
            "used",
            msg("Technology: in use?"),
            Kind.YES_NO,
            required=False,
            aliases=(
                *("in use", "yes no", "genutzt", "ja nein", "i brug", "ja nej", "használjuk", "igen nem", "używamy"),
                "tak nie",
            ),
        ),
    ),
    minimum=6,
    counted=msg("dimensions with points (two technologies count as one)"),
    reference=(
        "European Commission, Joint Research Centre (2022-2024): Digital Maturity Assessment for SMEs; Eurostat: "
        "Digital Intensity Index (isoc_e_dii), 2023; Technologies 2025, 13, 541."
    ),
    demo=Demo(Firm.NORDLICHT, _demo),
    compute=compute,
)
