"""What this room keeps about one person: handed out, taken out of what is the firm's, and dropped when it is old."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.personal_data import PersonalData

from .models import (
    Alarm,
    MonthFigure,
    MonthFigureVersion,
    WarningBlockDone,
    Watch,
    WatchBaseline,
)
from .rules.periods import first_day


def courses_of(*, user_id: int) -> Collection[CourseKey]:
    """Return the course runs of firms of whose figures the person has typed some, and those of blocks done."""
    firms = MonthFigure.objects.filter(author_id=user_id).values_list("watch__company__runs__course_key", flat=True)
    blocks = WarningBlockDone.objects.filter(user_id=user_id).values_list("block__course_key", flat=True)
    return {key for key in (*firms.distinct(), *blocks) if key is not None}


def export_person(*, user_id: int, course_key: CourseKey | None = None) -> PersonalData:
    """Return what the person has typed, answered and decided.

    Args:
        user_id: the person.
        course_key: only firms that take part in this course run, and its blocks; None for all.
    """
    of_firm = _of_run(course_key)
    limits = WatchBaseline.objects.filter(made_by_id=user_id, **of_firm).order_by("id")
    choices = Watch.objects.filter(tells_by_id=user_id, **_of_run(course_key, "company")).order_by("id")
    blocks = WarningBlockDone.objects.filter(user_id=user_id, **_of_block(course_key)).select_related("block")
    return PersonalData(
        tables={
            "warning_figures": _figures(user_id, of_firm),
            "warning_figures_before": _versions(user_id, _of_run(course_key, "figure__watch__company")),
            "warning_limits": (
                {"indicator": row.indicator, "from": first_day(row.first_month), "reason": row.reason}
                for row in limits.iterator()
            ),
            "warning_alarms": _alarms(user_id, of_firm),
            "warning_choices": (
                {"tells_coach": row.tells_coach, "since": row.tells_since} for row in choices.iterator()
            ),
            "warning_blocks": (
                {"block": str(row.block.usage_key), "done_at": row.done_at} for row in blocks.order_by("id").iterator()
            ),
        }
    )


def forget_person(*, user_id: int, course_key: CourseKey | None = None) -> None:
    """Take the person out: figures, limits and alarms stay the firm's, without a name.

    Args:
        user_id: the person.
        course_key: only firms that take part in this course run, and its blocks; None for all.
    """
    of_firm = _of_run(course_key)
    with transaction.atomic():
        WarningBlockDone.objects.filter(user_id=user_id, **_of_block(course_key)).delete()
        MonthFigure.objects.filter(author_id=user_id, **of_firm).update(author=None)
        versions = MonthFigureVersion.objects.filter(author_id=user_id, **_of_run(course_key, "figure__watch__company"))
        versions.update(author=None)
        WatchBaseline.objects.filter(made_by_id=user_id, **of_firm).update(made_by=None)
        Alarm.objects.filter(answered_by_id=user_id, **of_firm).update(answered_by=None)
        Alarm.objects.filter(closed_by_id=user_id, **of_firm).update(closed_by=None)
        Watch.objects.filter(tells_by_id=user_id, **_of_run(course_key, "company")).update(tells_by=None)


def expire(*, before: datetime, dry_run: bool = False) -> int:
    """Remove what firms watch of which nobody has changed anything since, and return of how many firms."""
    rows = Watch.objects.filter(changed_at__lt=before)
    count = rows.count()
    if not dry_run:
        rows.delete()
    return count


def _of_run(course_key: CourseKey | None, path: str = "watch__company") -> dict[str, Any]:
    """Return the condition that a row's firm takes part in this run; none for all runs."""
    # Ids first: MySQL updates no table through a join.
    if course_key is None:
        return {}
    firms = Watch.objects.filter(company__runs__course_key=course_key).values_list("company_id", flat=True)
    return {f"{path}_id__in": list(firms)}


def _of_block(course_key: CourseKey | None) -> dict[str, Any]:
    return {} if course_key is None else {"block__course_key": course_key}


def _figures(user_id: int, of_firm: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for row in MonthFigure.objects.filter(author_id=user_id, **of_firm).order_by("month", "indicator").iterator():
        yield {**_cell(row.indicator, row.month, row), "changed_at": row.changed_at}


def _versions(user_id: int, of_firm: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    rows = MonthFigureVersion.objects.filter(author_id=user_id, **of_firm).select_related("figure").order_by("id")
    for row in rows.iterator():
        yield {**_cell(row.figure.indicator, row.figure.month, row), "until": row.until}


def _cell(indicator: str, month: int, row: MonthFigure | MonthFigureVersion) -> dict[str, Any]:
    return {
        "month": f"{first_day(month):%Y-%m}",
        "indicator": indicator,
        "numerator": row.numerator,
        "denominator": row.denominator,
        "extra": row.extra,
    }


def _alarms(user_id: int, of_firm: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    rows = Alarm.objects.filter(answered_by_id=user_id) | Alarm.objects.filter(closed_by_id=user_id)
    rows = rows.filter(**of_firm)
    for row in rows.order_by("raised_at", "id").iterator():
        yield {
            "indicator": row.indicator,
            "colour": row.colour,
            "cause": row.cause if row.answered_by_id == user_id else "",
            "action": row.action if row.answered_by_id == user_id else "",
            "due": row.due if row.answered_by_id == user_id else None,
            "answered_at": row.answered_at if row.answered_by_id == user_id else None,
            "note": row.note if row.closed_by_id == user_id else "",
            "closed_at": row.closed_at if row.closed_by_id == user_id else None,
        }
