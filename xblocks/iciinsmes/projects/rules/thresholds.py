"""Every number that the rules go by, in one place for each course run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from iciinsmes.lib.json_data import from_json, to_json

#: No number of days makes sense beyond ten years, nor any other number here.
_MOST = 3650
#: The lights are looked at once for each day of holding that was missed.
_MOST_HOLD = 31
_SHARES = ("behind_amber", "behind_red", "kpi_from_time", "kpi_amber_pace", "kpi_red_pace", "late_amber", "late_red")
#: What turns a light where it is reached would always be reached at 0.
_ABOVE_ZERO = ("overdue_red_count", "behind_amber", "risk_amber", "moved_amber")
#: What turns amber first, with what turns red: the first is never beyond the second.
_RISING = (
    ("silence_amber_days", "silence_red_days"),
    ("overdue_amber_days", "overdue_red_days"),
    ("behind_amber", "behind_red"),
    ("kpi_red_pace", "kpi_amber_pace"),
    ("late_amber", "late_red"),
    ("spent_amber", "spent_red"),
    ("risk_amber", "risk_red"),
    ("moved_amber", "moved_red"),
)


@dataclass(frozen=True)
class Thresholds:
    """The numbers of the rules R1 to R12; days are whole days, shares lie between 0 and 1.

    R1: more days than these without a real change; an entry of the diary counts from ``diary_chars`` characters.
    R2: more days than these after a milestone's day, or so many milestones overdue at once.
    R3: the share of milestones due lies this much or more above the share done.
    R4: more than so many intervals without a value; from ``kpi_from_time`` of the time on, attainment below these
    shares of the time's share; below ``kpi_red_fall`` it is called worse than at the start.
    R5: a larger share of the measures with a date than these is overdue.
    R6: fewer customers than ``customers``; G6 waits for ``test_customers``.
    R7: more than so many times what was planned to date.
    R8: a risk of this score or a higher one without measure.
    R9: a milestone moved so often or more often.
    R11: more working days than these without an answer.
    R12: days of one pause, and pauses of one project.
    ``hold_days``: whole days for which a condition is gone before the light is better.

    Raises:
        ValueError: a number makes no sense, or amber comes later than red; its arguments are the fields' names.
    """

    silence_amber_days: int = 14
    silence_red_days: int = 28
    diary_chars: int = 30
    overdue_amber_days: int = 0
    overdue_red_days: int = 14
    overdue_red_count: int = 2
    behind_amber: Decimal = Decimal("0.10")
    behind_red: Decimal = Decimal("0.25")
    kpi_missed_intervals: int = 2
    kpi_from_time: Decimal = Decimal("0.5")
    kpi_amber_pace: Decimal = Decimal("0.6")
    kpi_red_pace: Decimal = Decimal("0.3")
    kpi_red_fall: Decimal = Decimal("-0.1")
    late_amber: Decimal = Decimal("0.25")
    late_red: Decimal = Decimal("0.50")
    customers: int = 5
    test_customers: int = 5
    spent_amber: Decimal = Decimal("1.10")
    spent_red: Decimal = Decimal("1.25")
    risk_amber: int = 8
    risk_red: int = 15
    moved_amber: int = 2
    moved_red: int = 3
    answer_working_days: int = 10
    pause_days: int = 60
    pauses: int = 2
    hold_days: int = 7

    def __post_init__(self) -> None:
        wrong = _wrong_fields(self)
        if wrong:
            raise ValueError(*wrong)


def thresholds_from_json(content: Mapping[str, Any]) -> Thresholds:
    """Read what `thresholds_to_json` wrote; whatever is missing is as usual.

    Raises:
        TypeError: something has a type that it cannot have.
        ValueError: see `Thresholds`, or a number is none.
    """
    return from_json(Thresholds, content)


def thresholds_to_json(thresholds: Thresholds) -> dict[str, Any]:
    """Return what differs from the usual numbers, as JSON, so that a better usual number reaches every course."""
    return {
        each.name: to_json(getattr(thresholds, each.name))
        for each in fields(thresholds)
        if getattr(thresholds, each.name) != each.default
    }


def _wrong_fields(thresholds: Thresholds) -> tuple[str, ...]:
    values = {each.name: getattr(thresholds, each.name) for each in fields(thresholds)}
    fall = values.pop("kpi_red_fall")
    wrong = [name for name, value in values.items() if not 0 <= value <= _largest(name)]
    wrong += [name for pair in _RISING if values[pair[0]] > values[pair[1]] for name in pair]
    if not -_MOST <= fall <= 0:
        wrong.append("kpi_red_fall")
    wrong += [name for name in _ABOVE_ZERO if not values[name]]
    return tuple(dict.fromkeys(wrong))


def _largest(name: str) -> int:
    if name in _SHARES:
        return 1
    return _MOST_HOLD if name == "hold_days" else _MOST


#: What holds where a course run says nothing else.
STANDARD = Thresholds()
