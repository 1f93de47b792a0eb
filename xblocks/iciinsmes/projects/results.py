"""What the projects of a run have come to, as numbers without a firm: lights, and KPIs at several moments.

Nothing is hidden here: whoever shows it elsewhere hides small groups (`lib.suppression`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from opaque_keys.edx.keys import CourseKey

from .aggregates import ENDED, light_counts
from .content import number_of
from .data import Kind
from .models import Entry
from .rules.attainment import attainment

__all__ = ["ENDED", "light_counts", "ways_within"]

#: First and last day, both included; None for no first day.
Span = tuple[date | None, date]


def ways_within(*, course_key: CourseKey, spans: Sequence[Span]) -> list[tuple[Decimal | None, ...]]:
    """Return for each project of the run how far its KPIs had come, by the last value of each span; in two queries.

    Args:
        course_key: the run.
        spans: first and last day of each; a KPI without a value in a span says nothing of it.

    Returns:
        A project's mean of its KPIs for each span: 0 at the baseline, 1 at the goal, None where nothing is known.
    """
    rows = Entry.objects.filter(removed_at=None, project__runs__course_key=course_key).order_by("created_at", "id")
    values: dict[str, list[tuple[str, Mapping[str, Any]]]] = {}
    for content in rows.filter(kind=Kind.READING.value).values_list("content", flat=True):
        values.setdefault(content["kpi"], []).append((content["on"], content))
    found: dict[Any, list[tuple[Decimal | None, ...]]] = {}
    for project_id, kpi_id, kpi in rows.filter(kind=Kind.KPI.value).values_list("project_id", "id", "content"):
        ways = tuple(_way(kpi, values.get(str(kpi_id), []), span) for span in spans)
        found.setdefault(project_id, []).append(ways)
    return [tuple(map(_mean, zip(*ways, strict=True))) for ways in found.values()]


def _way(kpi: Mapping[str, Any], values: Sequence[tuple[str, Mapping[str, Any]]], span: Span) -> Decimal | None:
    first, last = (day.isoformat() if day else "" for day in span)
    # Days as ISO 8601 stand in their order; of two values of one day the later entry counts.
    within = [(on, number, content) for number, (on, content) in enumerate(values) if first <= on <= last]
    if not within:
        return None
    newest = max(within, key=lambda each: each[:2])[2]
    return attainment(number_of(kpi, "baseline"), number_of(kpi, "target"), number_of(newest, "value"))


def _mean(ways: Sequence[Decimal | None]) -> Decimal | None:
    known = [way for way in ways if way is not None]
    return sum(known, Decimal(0)) / len(known) if known else None
