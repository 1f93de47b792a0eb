"""What the board and the matrix share: the order of projects, marks of pages, requests that wait."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, time
from typing import Any

from django.db.models import QuerySet
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.json_data import from_json
from iciinsmes.lib.paging import page_of
from iciinsmes.lib.untrusted import whole_number
from iciinsmes.platform import zones

from .course_rules import rules_of
from .data import GateRequestData
from .days import calendar_of, day_of_site, today
from .models import GateRequest, Project, ProjectRun
from .rule_data import Finding
from .rules.staff_light import working_days
from .serializers import request_data
from .staff_data import AskedData
from .staff_order import ENDED, RANKS

#: The heavy columns: the rules' own, of which these pages want one part at most.
HEAVY = ("project__facts", "project__held")


def page_of_runs(rows: QuerySet[ProjectRun], *, after: str | None, limit: int) -> tuple[list[ProjectRun], str | None]:
    """Return a page of rows, the worst light first and then by the firm's name, and the mark of the next page.

    Two queries, one on the first page; the mark holds a light and an id, because a firm's name has no place in a log.

    Args:
        rows: of projects in runs; their projects are read along.
        after: the mark of the page; what is none begins anew.
        limit: rows on a page.
    """
    ordered = rows.select_related("project__company").defer(*HEAVY)
    page, is_more = page_of(ordered, "place", "id", after=_read_mark(after), limit=limit)
    return page, f"{page[-1].place[:1]}_{page[-1].pk}" if is_more else None


def worst_of(row: Project) -> Finding | None:
    """Return the worst that the rules have said of a project, None for nothing."""
    return from_json(Finding, row.findings[0]) if row.findings else None


class Calendars:
    """Working days and thresholds of course runs, each asked for once."""

    def __init__(self, course_keys: Collection[CourseKey]) -> None:
        self._rules = rules_of(course_keys=course_keys)
        self._calendars: dict[CourseKey, Callable[[date], bool]] = {}

    def limit(self, course_key: CourseKey) -> int:
        """Return after how many working days an answer is late."""
        return self._rules[course_key].thresholds.answer_working_days

    def since(self, course_key: CourseKey, at: datetime) -> int:
        """Return for how many working days something has waited since a moment."""
        if course_key not in self._calendars:
            self._calendars[course_key] = calendar_of(course_key)
        return working_days(day_of_site(at), today(), self._calendars[course_key])


def open_requests(rows: QuerySet[GateRequest]) -> list[tuple[GateRequest, GateRequestData]]:
    """Return open requests with their decisions, the oldest first, without what they are about; two queries.

    The rows know their project and its firm.
    """
    found = rows.filter(state=GateRequest.State.OPEN).select_related("project__company")
    found = found.defer("snapshot", "project__facts", "project__held", "project__findings")
    ordered = found.prefetch_related("decisions").order_by("asked_at", "id")
    return [(row, _light_data(row)) for row in ordered]


def asked_data(row: GateRequest, request: GateRequestData, calendars: Calendars) -> AskedData:
    """Return a request as lists of staff show it."""
    days = calendars.since(request.course_key, request.asked_at)
    return AskedData(
        request_id=request.id,
        project_id=request.project_id,
        course_key=request.course_key,
        title=row.project.title,
        company=row.project.company.name,
        gate=request.gate,
        waits_for=request.open_deciders,
        asked_at=request.asked_at,
        working_days=days,
        is_late=days > calendars.limit(request.course_key),
    )


def since_of(held_on: date, written_at: datetime) -> datetime:
    """Return the moment after which something is news to who has talked on a day: its end, or when it was written."""
    end = datetime.combine(held_on, time.max, tzinfo=zones.of_site())
    return min(written_at, end)


def _read_mark(after: str | None) -> tuple[str, int] | None:
    """Return order and id of a page's last row; a mark of one that is gone begins anew."""
    rank, _separator, key = (after or "").partition("_")
    run_id = whole_number(key)
    if run_id is None or rank not in {*RANKS.values(), ENDED}:
        return None
    # The light may be another one by now, the name is the same.
    place = ProjectRun.objects.filter(id=run_id).values_list("place", flat=True).first()
    return None if place is None else (f"{rank}{place[1:]}", run_id)


def _light_data(row: GateRequest) -> GateRequestData:
    row.__dict__.setdefault("snapshot", {})
    return request_data(row, row.fingerprint)


def of_json(value: Any) -> list[Mapping[str, Any]]:
    """Return a list out of kept JSON; empty for none."""
    return list(value) if isinstance(value, list) else []
