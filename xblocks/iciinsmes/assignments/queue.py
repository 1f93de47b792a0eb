"""What waits for the staff of a course."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey, UsageKey

from .data import QueueCounts, QueueItem, QueuePage, WaitingFor
from .models import Work
from .rows import is_late, members_of, stored_rounds

_OLD = timedelta(days=10)
_SOMEBODY = [WaitingFor.STAFF.value, WaitingFor.MENTOR.value]


def queue(
    *,
    course_key: CourseKey,
    usage_key: UsageKey | None = None,
    waiting_for: WaitingFor = WaitingFor.STAFF,
    limited_to: QuerySet[Any] | None = None,
    after: str | None = None,
    limit: int = 25,
) -> QueuePage:
    """Return works that wait for somebody, longest waiting first; two queries whatever the size of the course.

    People who handed in together are one item.

    Args:
        course_key: the course run.
        usage_key: only works on this block.
        waiting_for: whose turn it is, the staff's or the mentors'.
        limited_to: only works of these users, unevaluated.
        after: `QueuePage.next_after` of the page before; anything else that is not such a mark starts at the beginning.
        limit: how many items at most.
    """
    rows = Work.objects.filter(course_key=course_key, waiting_for=waiting_for.value, follows=False)
    if usage_key is not None:
        rows = rows.filter(assignment__usage_key=usage_key)
    if limited_to is not None:
        rows = rows.filter(owner__in=limited_to)
    mark = _read_mark(after)
    if mark is not None:
        since, work_id = mark
        # The first condition lets the database begin in the index where the page before ended, not at its beginning.
        rows = rows.filter(waiting_since__gte=since).filter(Q(waiting_since__gt=since) | Q(id__gt=work_id))
    page = list(rows.select_related("assignment").order_by("waiting_since", "id")[: limit + 1])
    more = len(page) > limit
    page = page[:limit]
    newest = {
        (row.work_id, row.number): row for row in stored_rounds().filter(work__in=page).defer("answers", "evidence")
    }
    items = []
    for work in page:
        row = newest[work.id, work.round_count]
        assert work.waiting_since is not None  # noqa: S101 - the filter above
        items.append(
            QueueItem(
                round_id=row.id,
                work_id=work.id,
                owner_id=work.owner_id,
                title=work.assignment.title,
                usage_key=work.assignment.usage_key,
                round_number=row.number,
                waiting_since=work.waiting_since,
                late=is_late(row),
                with_ids=tuple(i for i in members_of(row) if i != work.owner_id),
                company_id=row.company_id,
            )
        )
    next_after = f"{items[-1].waiting_since.isoformat()}_{items[-1].work_id}" if more else None
    return QueuePage(items=tuple(items), next_after=next_after)


def waiting_count(*, usage_key: UsageKey, limited_to: QuerySet[Any] | None = None) -> int:
    """Count the works on this block that wait for the staff, as `queue` lists them; one query."""
    rows = Work.objects.filter(
        assignment__usage_key=usage_key,
        course_key=usage_key.course_key,
        waiting_for=WaitingFor.STAFF.value,
        follows=False,
    )
    return (rows if limited_to is None else rows.filter(owner__in=limited_to)).count()


def queue_counts(*, course_key: CourseKey, limited_to: QuerySet[Any] | None = None) -> QueueCounts:
    """Count the works that wait in the course run, in one query."""
    limits = {} if limited_to is None else {course_key: limited_to}
    return queue_counts_of(course_keys=[course_key], limits=limits)[course_key]


def queue_counts_of(
    *, course_keys: Collection[CourseKey], limits: Mapping[CourseKey, QuerySet[Any]] | None = None
) -> dict[CourseKey, QueueCounts]:
    """Count the works that wait in each of the course runs, in one query for all.

    Args:
        course_keys: the course runs.
        limits: for some of them the only users whose works count, unevaluated.
    """
    staff = Q(waiting_for=WaitingFor.STAFF.value)
    limits = limits or {}
    where = Q(course_key__in=[key for key in course_keys if key not in limits])
    for key, users in limits.items():
        where |= Q(course_key=key, owner__in=users)
    rows = (
        Work.objects.filter(where, waiting_for__in=_SOMEBODY, follows=False)
        .values("course_key")
        .annotate(
            waiting=Count("id", filter=staff),
            old=Count("id", filter=staff & Q(waiting_since__lt=timezone.now() - _OLD)),
            with_mentor=Count("id", filter=~staff),
        )
    )
    found = {
        row["course_key"]: QueueCounts(
            waiting=row["waiting"], older_than_ten_days=row["old"], with_mentor=row["with_mentor"]
        )
        for row in rows
    }
    nothing = QueueCounts(waiting=0, older_than_ten_days=0, with_mentor=0)
    return {key: found.get(key, nothing) for key in course_keys}


def _read_mark(after: str | None) -> tuple[datetime, int] | None:
    if not after:
        return None
    since, _separator, work_id = after.rpartition("_")
    try:
        moment, number = datetime.fromisoformat(since), int(work_id)
    except ValueError:
        return None
    # Only what this room hands out: databases refuse numbers beyond 64 bits.
    return (moment, number) if timezone.is_aware(moment) and 0 < number < 2**63 else None
