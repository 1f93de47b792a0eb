"""How much waits, without counting further than people read; the cost does not grow with what waits."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, IntegerField, Min, QuerySet, Subquery
from opaque_keys.edx.keys import CourseKey

from .data import CHOICES_COUNTED_TO, COUNTED_TO, Narrowing, QueueCounts, WaitingFor
from .models import WaitingItem
from .pages import of_course
from .unions import union_of

#: So many course runs are counted in one statement: three counts each.
_RUNS_AT_ONCE = 50


class _Capped(Subquery):
    """How many rows a query has, counted no further than to one more than `COUNTED_TO`."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) ici_capped)"
    output_field = IntegerField()

    def __init__(self, rows: QuerySet[WaitingItem]) -> None:
        super().__init__(rows.order_by().values("id")[: COUNTED_TO + 1])


def waiting_count(*, course_key: CourseKey, place: str = "", limited_to: QuerySet[Any] | None = None) -> int:
    """Count what waits for the staff as `queue` lists it, up to one more than `COUNTED_TO`; one query."""
    rows = of_course(course_key, Narrowing(place=place), limited_to)
    return rows[: COUNTED_TO + 1].count()


def queue_counts(
    *, course_key: CourseKey, overdue_before: datetime, limited_to: QuerySet[Any] | None = None
) -> QueueCounts:
    """Count what waits in the course run, in one query."""
    limits = {} if limited_to is None else {course_key: limited_to}
    return queue_counts_of(overdue_before={course_key: overdue_before}, limits=limits)[course_key]


def queue_counts_of(
    *, overdue_before: Mapping[CourseKey, datetime], limits: Mapping[CourseKey, QuerySet[Any]] | None = None
) -> dict[CourseKey, QueueCounts]:
    """Count what waits in each of the course runs, in one query for all, or for fifty of them where there are more.

    Args:
        overdue_before: the course runs, each with the moment before which what waits for the staff is overdue.
        limits: for some of them the only users whose work counts, unevaluated.
    """
    found: dict[CourseKey, QueueCounts] = {}
    every = list(overdue_before.items())
    for begin in range(0, len(every), _RUNS_AT_ONCE):
        some = every[begin : begin + _RUNS_AT_ONCE]
        counts: dict[str, Subquery] = {}
        for number, (key, moment) in enumerate(some):
            limited_to = (limits or {}).get(key)
            staff = of_course(key, Narrowing(), limited_to)
            counts[f"all_{number}"] = _Capped(staff)
            counts[f"old_{number}"] = _Capped(staff.filter(since__lt=moment))
            counts[f"oldest_{number}"] = Subquery(staff.order_by("since", "id").values("since")[:1])
            with_mentor = of_course(key, Narrowing(waiting_for=WaitingFor.MENTOR), limited_to)
            counts[f"mentor_{number}"] = _Capped(with_mentor)
        # One row of whatever waits carries all counts: without any row, they are all nothing.
        row = WaitingItem.objects.order_by().annotate(**counts).values(*counts).first()
        if row is None:
            found |= {key: QueueCounts(0, 0, 0) for key, _moment in some}
            continue
        for number, (key, _moment) in enumerate(some):
            found[key] = QueueCounts(
                waiting=row[f"all_{number}"],
                overdue=row[f"old_{number}"],
                with_mentor=row[f"mentor_{number}"],
                oldest=row[f"oldest_{number}"],
            )
    return found


def choice_counts(
    *, course_key: CourseKey, choices: Sequence[Narrowing], limited_to: QuerySet[Any] | None = None
) -> list[int]:
    """Count what waits in a course run by each of these, up to one more than `CHOICES_COUNTED_TO`; one query for all.

    Args:
        course_key: the course run.
        choices: each by one condition, for which there is an index; names of people are not counted.
        limited_to: only what these users own, unevaluated.
    """
    rows = [of_course(course_key, choice, limited_to)[: CHOICES_COUNTED_TO + 1] for choice in choices]
    counts = dict.fromkeys(range(len(rows)), 0)
    counts.update(union_of(rows))
    return list(counts.values())


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
    rows = of_course(course_key, Narrowing(waiting_for=waiting_for, company_ids=company_ids), limited_to)
    found = rows.order_by().values_list("company_id").annotate(count=Count("id"), oldest=Min("since"))
    return {company_id: (count, oldest) for company_id, count, oldest in found if company_id is not None}


def oldest_of_owners(
    *, course_key: CourseKey, owner_ids: Collection[int], waiting_for: WaitingFor = WaitingFor.STAFF
) -> dict[tuple[int, str], datetime]:
    """Return since when the oldest of what these people own waits, by owner and place; one query for all.

    Args:
        course_key: the course run.
        owner_ids: a page of them.
        waiting_for: whose turn it is.
    """
    rows = of_course(course_key, Narrowing(waiting_for=waiting_for), None).filter(owner_id__in=owner_ids)
    found = rows.order_by().values_list("owner_id", "place").annotate(oldest=Min("since"))
    return {(owner_id, place): oldest for owner_id, place, oldest in found}
