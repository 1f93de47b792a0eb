"""What waits in a course run, a page at a time, and how much it is; the cost does not grow with what waits."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, IntegerField, Min, QuerySet, Subquery
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.paging import moment_mark, page_of, read_moment_mark
from iciinsmes.subjects import Subject

from .data import COUNTED_TO, QueueCounts, QueueItem, QueuePage, WaitingFor
from .models import WaitingItem

_OLD = timedelta(days=10)
#: So many course runs are counted in one statement: three counts each.
_RUNS_AT_ONCE = 50


class _Capped(Subquery):
    """How many rows a query has, counted no further than to one more than `COUNTED_TO`."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) ici_capped)"
    output_field = IntegerField()

    def __init__(self, rows: QuerySet[WaitingItem]) -> None:
        super().__init__(rows.order_by().values("id")[: COUNTED_TO + 1])


def queue(
    *,
    course_key: CourseKey,
    place: str = "",
    waiting_for: WaitingFor = WaitingFor.STAFF,
    limited_to: QuerySet[Any] | None = None,
    after: str | None = None,
    limit: int = 25,
) -> QueuePage:
    """Return what waits for somebody, longest waiting first; one query whatever the size of the course.

    People who handed in together are one item.

    Args:
        course_key: the course run.
        place: only what waits at this one, for example a block.
        waiting_for: whose turn it is.
        limited_to: only what these users own, unevaluated.
        after: `QueuePage.next_after` of the page before; anything else that is not such a mark starts at the beginning.
        limit: how many items at most.
    """
    rows = _waiting(course_key, place, limited_to).filter(waiting_for=waiting_for.value)
    page, more = page_of(rows, "since", "id", after=read_moment_mark(after, _row_id), limit=limit)
    next_after = moment_mark(page[-1].since, page[-1].id) if more else None
    return QueuePage(items=tuple(_item(row) for row in page), next_after=next_after)


def waiting_count(*, course_key: CourseKey, place: str = "", limited_to: QuerySet[Any] | None = None) -> int:
    """Count what waits for the staff as `queue` lists it, up to one more than `COUNTED_TO`; one query."""
    rows = _waiting(course_key, place, limited_to).filter(waiting_for=WaitingFor.STAFF.value)
    return rows[: COUNTED_TO + 1].count()


def queue_counts(*, course_key: CourseKey, limited_to: QuerySet[Any] | None = None) -> QueueCounts:
    """Count what waits in the course run, in one query."""
    limits = {} if limited_to is None else {course_key: limited_to}
    return queue_counts_of(course_keys=[course_key], limits=limits)[course_key]


def queue_counts_of(
    *, course_keys: Collection[CourseKey], limits: Mapping[CourseKey, QuerySet[Any]] | None = None
) -> dict[CourseKey, QueueCounts]:
    """Count what waits in each of the course runs, in one query for all, or for fifty of them where there are more.

    Args:
        course_keys: the course runs.
        limits: for some of them the only users whose work counts, unevaluated.
    """
    found = {}
    every = list(course_keys)
    for begin in range(0, len(every), _RUNS_AT_ONCE):
        keys = every[begin : begin + _RUNS_AT_ONCE]
        counts: dict[str, _Capped] = {}
        for number, key in enumerate(keys):
            waiting = _waiting(key, "", (limits or {}).get(key))
            staff = waiting.filter(waiting_for=WaitingFor.STAFF.value)
            counts[f"all_{number}"] = _Capped(staff)
            counts[f"old_{number}"] = _Capped(staff.filter(since__lt=timezone.now() - _OLD))
            counts[f"mentor_{number}"] = _Capped(waiting.filter(waiting_for=WaitingFor.MENTOR.value))
        # One row of whatever waits carries all counts: without any row, they are all nothing.
        row = WaitingItem.objects.order_by().annotate(**counts).values(*counts).first() or dict.fromkeys(counts, 0)
        for number, key in enumerate(keys):
            found[key] = QueueCounts(
                waiting=row[f"all_{number}"],
                older_than_ten_days=row[f"old_{number}"],
                with_mentor=row[f"mentor_{number}"],
            )
    return found


def waiting_since(
    *,
    course_key: CourseKey,
    waiting_for: WaitingFor = WaitingFor.STAFF,
    limited_to: QuerySet[Any] | None = None,
    limit: int = COUNTED_TO + 1,
) -> list[datetime]:
    """Return since when things wait for somebody in the course run, the longest first; one query over an index.

    Args:
        course_key: the course run.
        waiting_for: whose turn it is.
        limited_to: only what these users own, unevaluated.
        limit: at most so many.
    """
    rows = _waiting(course_key, "", limited_to).filter(waiting_for=waiting_for.value)
    return list(rows.order_by("since", "id").values_list("since", flat=True)[:limit])


def oldest_of_companies(
    *,
    course_key: CourseKey,
    company_ids: Collection[int],
    waiting_for: WaitingFor = WaitingFor.STAFF,
    limited_to: QuerySet[Any] | None = None,
) -> dict[int, tuple[int, datetime]]:
    """Return for each of these firms how much of it waits, and since when the oldest; one query for all.

    Firms of which nothing waits are left out.

    Args:
        course_key: the course run.
        company_ids: the firms, a page of them.
        waiting_for: whose turn it is.
        limited_to: only what these users own, unevaluated.
    """
    rows = _waiting(course_key, "", limited_to).filter(waiting_for=waiting_for.value, company_id__in=company_ids)
    found = rows.order_by().values_list("company_id").annotate(count=Count("id"), oldest=Min("since"))
    return {company_id: (count, oldest) for company_id, count, oldest in found if company_id is not None}


def _waiting(course_key: CourseKey, place: str, limited_to: QuerySet[Any] | None) -> QuerySet[WaitingItem]:
    rows = WaitingItem.objects.filter(course_key=course_key)
    if place:
        rows = rows.filter(place=place)
    return rows if limited_to is None else rows.filter(owner__in=limited_to)


def _item(row: WaitingItem) -> QueueItem:
    return QueueItem(
        subject=Subject(id=row.subject, kind=row.kind, course_key=row.course_key, company_id=row.company_id),
        owner_id=row.owner_id,
        title=row.title,
        waiting_since=row.since,
        place=row.place,
        number=row.number,
        late=row.late,
        with_ids=tuple(row.with_ids),
    )


def _row_id(text: str) -> int | None:
    """Read the number of a row: only what this room hands out, because databases refuse numbers beyond 64 bits."""
    number = int(text)
    return number if 0 < number < 2**63 else None
