"""What lists show of an indicator, kept beside the figures so that they need not be judged again to be listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .data import AlarmReason, Colour, Grain, JudgedPeriod, PeriodState, Segment

#: So many periods are in a small chart: a year of months.
_RECENT = 12


@dataclass(frozen=True)
class Fact:
    """Where an indicator stands: its last period that has ended, judged by the stretch in force.

    ``clean`` is how many clean periods there are in that stretch, ``usable`` whether its chart has limits, ``recent``
    the last values for a small chart, the newest last, None for a gap.
    """

    colour: Colour
    state: PeriodState
    grain: Grain
    period: int
    value: float | None = None
    reasons: tuple[AlarmReason, ...] = ()
    clean: int = 0
    usable: bool = True
    before: float | None = None
    recent: tuple[float | None, ...] = ()


def fact_of(
    judged: Sequence[tuple[Segment, tuple[JudgedPeriod, ...]]], *, usable: bool, before: float | None
) -> Fact | None:
    """Return where an indicator stands; None without any period.

    Args:
        judged: its stretches with their periods.
        usable: whether the chart of the last stretch has limits.
        before: value of the same period a year ago.
    """
    if not judged or not judged[-1][1]:
        return None
    segment, periods = judged[-1]
    ended = [each for each in periods if each.state is not PeriodState.PROVISIONAL]
    last = ended[-1] if ended else periods[-1]
    clean = sum(each.value is not None for each in ended)
    value = None if last.value is None else float(last.value)
    ended = [each for _segment, found in judged for each in found if each.state is not PeriodState.PROVISIONAL]
    return Fact(
        last.colour,
        last.state,
        segment.grain,
        last.point.period,
        value,
        last.reasons,
        clean,
        usable,
        before,
        tuple(None if each.value is None else float(each.value) for each in ended[-_RECENT:]),
    )
