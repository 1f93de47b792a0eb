"""What control charts warn of: points beyond limits, long runs on the bad side, and steady worsening."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from ..data import AlarmReason, AlarmRule, Chart, Colour, Limits, Point
from .limits import ACTION, WARNING, is_beyond, variance_at

#: Eight in a row on the bad side (Western Electric), six steadily worse (Nelson).
RUN, TREND = 8, 6

#: A judged point with its value; None ends every run.
Valued = tuple[Point, Fraction] | None


def chart_reasons(
    judged: Sequence[Valued], place: int, limits: Limits, chart: Chart, is_up_bad: bool
) -> Iterator[AlarmReason]:
    """Yield what the chart says about a period, the worst first.

    Only periods behind the baseline are looked at, the period itself and those before it, so that a verdict never
    changes with what comes later.

    Args:
        judged: the periods behind the baseline, None where one has no verdict.
        place: which of them.
        limits: of the segment; usable.
        chart: how they were found.
        is_up_bad: which side is the bad one.
    """
    here = judged[place]
    if here is None:
        return

    def beyond(index: int, sigmas: int) -> bool:
        found = judged[index] if index >= 0 else None
        if found is None:
            return False
        variance = variance_at(limits, chart, found[0])
        return variance is not None and is_beyond(found[1], limits, variance, sigmas, is_up_bad)

    run = _run_length(judged, place, limits, is_up_bad)
    is_warning = beyond(place, WARNING)
    figures = {"value": float(here[1]), "centre": float(limits.centre or 0)}
    if beyond(place, ACTION):
        yield AlarmReason(AlarmRule.BEYOND_3, Colour.RED, figures)
    if run >= RUN:
        yield AlarmReason(AlarmRule.RUN, Colour.RED, {"count": run, **figures})
    if is_warning and not beyond(place, ACTION):
        yield AlarmReason(AlarmRule.BEYOND_2, Colour.AMBER, figures)
    if is_steadily_worse(judged, place, is_up_bad):
        yield AlarmReason(AlarmRule.TREND, Colour.AMBER, {"count": TREND, **figures})
    if is_warning and (beyond(place - 1, WARNING) or beyond(place - 2, WARNING)):
        yield AlarmReason(AlarmRule.AGAIN, Colour.GREEN, figures)


def is_steadily_worse(judged: Sequence[Valued], place: int, is_up_bad: bool, count: int = TREND) -> bool:
    """Tell whether so many periods in a row, this one the last, are each strictly worse than the one before."""
    if place < count - 1:
        return False
    window = judged[place - count + 1 : place + 1]
    values = [each[1] for each in window if each is not None]
    if len(values) < count:
        return False
    return all((after > before) if is_up_bad else (after < before) for before, after in pairwise(values))


def _run_length(judged: Sequence[Valued], place: int, limits: Limits, is_up_bad: bool) -> int:
    centre, length = limits.centre or Fraction(0), 0
    for index in range(place, -1, -1):
        found = judged[index]
        if found is None or not ((found[1] > centre) if is_up_bad else (found[1] < centre)):
            break
        length += 1
    return length
