"""T30: where digital tools could help, by six dimensions or, in short, by twelve technologies."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from statistics import fmean
from typing import NamedTuple

from . import framework as fw
from .framework import msg

#: The dimensions of the Digital Maturity Assessment of the European Digital Innovation Hubs (JRC).
DIMENSIONS = {
    "strategy": msg("Strategy"),
    "readiness": msg("Readiness: equipment and tools"),
    "people": msg("People and skills"),
    "data": msg("Data"),
    "automation": msg("Automation and AI"),
    "green": msg("Green use of digital tools"),
}

#: What Eurostat's Digital Intensity Index counted in 2023; the list changes a little from year to year.
TECHNOLOGIES = {
    "internet": msg("More than half of the staff use the internet at work"),
    "broadband": msg("Internet by cable with at least 30 Mbit/s"),
    "cloud": msg("Cloud services that you pay for"),
    "advanced-cloud": msg("Cloud for accounting, customers, security, databases or own software"),
    "social-media": msg("A social medium"),
    "two-social-media": msg("Two or more social media"),
    "erp": msg("Software that joins orders, stock and accounts (ERP)"),
    "crm": msg("Software about customers (CRM)"),
    "analytics": msg("Data analysed, by you or for you"),
    "ai": msg("Artificial intelligence"),
    "online-sales": msg("At least 1 %% of sales ordered online"),
    "web-shop": msg("Over 1 %% of sales by web, over a tenth of that to consumers"),
}


class Band(NamedTuple):
    """A band up to and with ``end``."""

    end: int
    key: str
    level: fw.Level
    title: fw.Text
    advice: fw.Text


#: By the mean of the dimensions, in points of 100.
BANDS = (
    Band(25, "basic", fw.Level.ATTENTION, msg("basic"), msg("Basic: a small step brings a lot here.")),
    Band(
        50, "average", fw.Level.NEUTRAL, msg("average"), msg("Average: build on what works, and close the largest gap.")
    ),
    Band(
        75,
        "moderately-advanced",
        fw.Level.GOOD,
        msg("moderately advanced"),
        msg("Moderately advanced: use your data for what customers need."),
    ),
    Band(100, "advanced", fw.Level.GOOD, msg("advanced"), msg("Advanced: keep it up, and show others how.")),
)

#: By the number of technologies; from the second on the basic level of the EU is reached.
INTENSITIES = (
    Band(
        3,
        "intensity-very-low",
        fw.Level.ATTENTION,
        msg("very low"),
        msg("Very low digital intensity; four are the basic level."),
    ),
    Band(6, "intensity-low", fw.Level.NEUTRAL, msg("low"), msg("Low digital intensity; the basic level is reached.")),
    Band(9, "intensity-high", fw.Level.GOOD, msg("high"), msg("High digital intensity.")),
    Band(12, "intensity-very-high", fw.Level.GOOD, msg("very high"), msg("Very high digital intensity.")),
)


def band_of(bands: Sequence[Band], reached: float) -> Band:
    """Return the band of points that are not above the last one's end; rounded as people do, a half goes up."""
    points = math.floor(reached + 0.5)
    return next(band for band in bands if points <= band.end)


def compute(table: fw.Table, options: fw.Settings) -> fw.Result:
    """Average the dimensions, count the technologies, and find the weakest dimension."""
    scores = _scores(table)
    means = {key: fmean(values) for key, values in scores.items()}
    used = _used(table)
    conditions = tuple(_conditions(means, used, _without_answer(table)))
    is_full = len(means) == len(DIMENSIONS)
    return fw.Result(
        # A technology is a smaller answer than a dimension: two of them weigh as much.
        n=max(len(means), len(used) // 2),
        verdict=_by_dimensions(means) if is_full else _by_technologies(used),
        figures=(*_dimension_figures(means, is_full=is_full), *_technology_figures(used)),
        tables=(_dimension_table(scores, means), _technology_table(used), _count_table(used)),
        charts=(*_dimension_charts(means), *_technology_charts(used)),
        conditions=conditions,
        estimates=(*_mean_by_hand(means), *_count_by_hand(used)),
        questions=tuple(_questions(means, used)),
        decision=fw.Decision(msg("What is your next step within three months? Write what, who and by when.")),
    )


def _scores(table: fw.Table) -> dict[str, list[float]]:
    """Return the scores of each dimension, in the order of the declaration; several people may have scored."""
    scores = table.maybe_numbers("score")
    found: dict[str, list[float]] = {key: [] for key in DIMENSIONS}
    for key, score in zip(table.texts("item"), scores, strict=True):
        if key in found and score is not None:
            found[key].append(score)
    return {key: values for key, values in found.items() if values}


def _used(table: fw.Table) -> dict[str, bool]:
    """Return whether each technology with an answer is used; if people disagree, somebody uses it."""
    found: dict[str, bool] = {}
    for key, used in zip(table.texts("item"), table.maybe_flags("used"), strict=True):
        if used is not None:
            found[key] = used or found.get(key, False)
    return {key: found[key] for key in TECHNOLOGIES if key in found}


def _without_answer(table: fw.Table) -> int:
    rows = zip(table.texts("item"), table.maybe_numbers("score"), table.maybe_flags("used"), strict=True)
    return sum((score if key in DIMENSIONS else used) is None for key, score, used in rows)


def _weakest(means: Mapping[str, float]) -> list[str]:
    """Return the dimensions with the lowest score; several if they are equal."""
    lowest = min(means.values(), default=0.0)
    return [key for key, mean in means.items() if mean == lowest]


def _by_dimensions(means: Mapping[str, float]) -> fw.Verdict:
    band = band_of(BANDS, fmean(means.values()))
    # From a half on the next band begins: 25.46 must not be read as 25.5.
    mean = fw.rounded(fmean(means.values()), *(entry.end + 0.5 for entry in BANDS))
    weakest = _weakest(means)
    if len(weakest) == len(means):
        text = msg("%(mean)s of 100 points. %(advice)s All dimensions are equal.", mean=mean, advice=band.advice)
        return fw.Verdict(band.key, band.level, text)
    text = msg(
        "%(mean)s of 100 points. %(advice)s Your weakest dimension: %(weakest)s.",
        mean=mean,
        advice=band.advice,
        weakest=fw.with_commas([DIMENSIONS[key] for key in weakest]),
    )
    return fw.Verdict(band.key, band.level, text)


def _by_technologies(used: Mapping[str, bool]) -> fw.Verdict:
    count = sum(used.values())
    band = band_of(INTENSITIES, count)
    text = msg("%(count)s of 12 technologies. %(advice)s", count=count, advice=band.advice)
    return fw.Verdict(band.key, band.level, text)


def _dimension_figures(means: Mapping[str, float], *, is_full: bool) -> Iterator[fw.Figure]:
    if not means:
        return
    mean, spread = fmean(means.values()), max(means.values()) - min(means.values())
    yield fw.Figure("mean", msg("Mean of the dimensions"), mean, fw.Unit.POINTS, n=len(means))
    yield fw.Figure("band", msg("Band"), band_of(BANDS, mean).title if is_full else None)
    yield fw.Figure("weakest", msg("Weakest dimension"), fw.with_commas([DIMENSIONS[key] for key in _weakest(means)]))
    yield fw.Figure("spread", msg("From the weakest to the strongest"), spread, fw.Unit.POINTS)


def _technology_figures(used: Mapping[str, bool]) -> Iterator[fw.Figure]:
    if used:
        count, is_full = sum(used.values()), len(used) == len(TECHNOLOGIES)
        yield fw.Figure("technologies", msg("Technologies used, of 12"), count, n=len(used))
        yield fw.Figure("intensity", msg("Digital intensity"), band_of(INTENSITIES, count).title if is_full else None)


def _dimension_table(scores: Mapping[str, Sequence[float]], means: Mapping[str, float]) -> fw.ResultTable:
    weakest = _weakest(means)
    return fw.Rows("dimensions", msg("Dimensions"), means).shown(
        fw.Shown("dimension", msg("Dimension"), lambda key: DIMENSIONS[key]),
        fw.Shown("score", msg("Points of 100"), lambda key: means[key], fw.Unit.POINTS),
        fw.Shown("people", msg("Scored by"), lambda key: len(scores[key])),
        fw.Shown("weakest", msg("Weakest"), lambda key: key in weakest),
    )


def _technology_table(used: Mapping[str, bool]) -> fw.ResultTable:
    return fw.Rows("technologies", msg("Technologies"), used).shown(
        fw.Shown("technology", msg("Technology"), lambda key: TECHNOLOGIES[key]),
        fw.Shown("used", msg("In use"), lambda key: used[key]),
    )


def _count_table(used: Mapping[str, bool]) -> fw.ResultTable:
    count = sum(used.values())
    rows = ((msg("In use"), count), (msg("Not in use"), len(used) - count)) if used else ()
    headings = (fw.Heading("answer", msg("Technologies")), fw.Heading("count", msg("How many")))
    return fw.ResultTable("intensity", msg("Digital intensity"), headings, rows)


def _dimension_charts(means: Mapping[str, float]) -> Iterator[fw.Chart]:
    if means:
        title, table, label = msg("Your profile"), "dimensions", "dimension"
        yield fw.Chart(fw.ChartKind.RADAR, title, table, label, ("score",), minimum=0, maximum=100)
        yield fw.bars(msg("Points of each dimension"), table, label, "score", emphasis="weakest", highest=100)


def _technology_charts(used: Mapping[str, bool]) -> Iterator[fw.Chart]:
    if used:
        yield fw.bars(msg("Technologies in use"), "intensity", "answer", "count", highest=len(TECHNOLOGIES))


def _conditions(means: Mapping[str, float], used: Mapping[str, bool], without: int) -> Iterator[fw.Condition]:
    is_complete = len(means) == len(DIMENSIONS) or len(used) == len(TECHNOLOGIES)
    text = msg("Answer all six dimensions with points, or all twelve technologies with yes or no.")
    yield fw.Condition("complete", is_complete, text)
    text = msg("Lines without an answer: %(lines)s. Dimensions take points, technologies yes or no.", lines=without)
    yield fw.Condition("answered", not without, text)


def _mean_by_hand(means: Mapping[str, float]) -> Iterator[fw.Estimate]:
    if len(means) < 2:
        return
    total, mean = math.fsum(means.values()), fmean(means.values())
    ordered = sorted(means.values())
    slips = (
        fw.Slip(total, msg("That is the sum. Divide it by the number of dimensions.")),
        fw.Slip((ordered[0] + ordered[-1]) / 2, msg("That is the middle of the lowest and the highest. Add up all.")),
    )
    text = msg("Work out the mean of your dimensions.")
    yield fw.Estimate("mean", text, mean, tolerance=0.6, unit=fw.Unit.POINTS, slips=slips)


def _count_by_hand(used: Mapping[str, bool]) -> Iterator[fw.Estimate]:
    if not used:
        return
    count = sum(used.values())
    slips = (
        fw.Slip(len(used) - count, msg("Those are the ones you do not use.")),
        fw.Slip(100 * count / len(TECHNOLOGIES), msg("That is the share in percent. The index counts technologies.")),
    )
    text = msg("How many points does your firm have in the Digital Intensity Index, one for each technology?")
    yield fw.Estimate("technologies", text, count, tolerance=0.5, slips=slips)


def _questions(means: Mapping[str, float], used: Mapping[str, bool]) -> Iterator[fw.Question]:
    weakest = _weakest(means)
    answers = fw.choose_one([(DIMENSIONS[key], key in weakest) for key in means])
    is_basic = sum(used.values()) > INTENSITIES[0].end
    yield fw.Question("weakest", msg("Which dimension is the weakest?"), answers, several=len(weakest) > 1)
    text = msg("Does your firm reach the basic level, four technologies?")
    yield fw.Question("basic_level", text, fw.yes_or_no(is_basic) if used else ())


INSTRUMENT = fw.Instrument(
    key="digital-maturity",
    code="T30",
    title=msg("Digital maturity check"),
    phases=(fw.Phase.ACQUIRE, fw.Phase.REALISE),
    needs=(fw.Need.DIGITAL,),
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
        fw.choice_column("item", msg("Dimension or technology"), {**DIMENSIONS, **TECHNOLOGIES}),
        fw.number_column("score", msg("Dimension: points, 0 to 100"), 0, 100, required=False),
        fw.Column("used", msg("Technology: in use?"), fw.ValueKind.YES_NO, required=False),
    ),
    minimum=6,
    counted=msg("dimensions with points (two technologies count as one)"),
    reference=(
        "European Commission, Joint Research Centre (2022-2024): Digital Maturity Assessment for SMEs; Eurostat: "
        "Digital Intensity Index (isoc_e_dii), 2023; Technologies 2025, 13, 541."
    ),
    # A workshop full of machines: equipment is good, but nobody uses the data, and each sees that differently.
    demo=fw.Demo(fw.Firm.NORDLICHT),
    compute=compute,
)
