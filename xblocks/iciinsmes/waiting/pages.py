"""What waits, narrowed and a page at a time; the cost does not grow with what waits.

By one condition a page is a range of one index, begun where the page before ended. There is no index for every pair of
conditions, so by several a window is looked through: the longest waiting by the first of them. What lies behind it is
the next page.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q, QuerySet
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.paging import moment_mark, page_of, read_moment_mark, rows_behind

from .data import NOBODY_ID, Narrowing, QueuePage
from .items import as_item
from .models import WaitingItem
from .name_index import items_called
from .unions import union_of

#: So many are looked through for a page by several conditions; more cannot be named one by one in every database.
WINDOW = 900

_Mark = tuple[datetime, int]


def queue(
    *,
    course_key: CourseKey,
    narrowed: Narrowing | None = None,
    limited_to: QuerySet[Any] | None = None,
    after: str | None = None,
    limit: int = 25,
) -> QueuePage:
    """Return what waits in a course run, longest waiting first; one query, or two where there are several conditions.

    People who handed in together are one item.

    Args:
        course_key: the course run.
        narrowed: to what; None for everything that waits for the staff.
        limited_to: only what these users own, unevaluated.
        after: `QueuePage.next_after` of the page before; anything else that is not such a mark starts at the beginning.
        limit: how many items at most.
    """
    limits = {} if limited_to is None else {course_key: limited_to}
    return queue_across(course_keys=[course_key], narrowed=narrowed, limits=limits, after=after, limit=limit)


def queue_across(
    *,
    course_keys: Collection[CourseKey],
    narrowed: Narrowing | None = None,
    limits: Mapping[CourseKey, QuerySet[Any]] | None = None,
    after: str | None = None,
    limit: int = 25,
) -> QueuePage:
    """Return what waits in several course runs as one queue; two or three queries, whatever their number.

    Args:
        course_keys: the course runs.
        narrowed: to what; None for everything that waits for the staff.
        limits: for some of the runs the only users whose work is listed, unevaluated.
        after: as in `queue`.
        limit: how many items at most.
    """
    to = narrowed or Narrowing()
    mark = read_moment_mark(after, _row_id)
    limits = limits or {}
    if to.text:
        return _called(to, course_keys, limits, mark, limit)
    ranges, others = _ranges(to, course_keys, limits)
    if len(ranges) == 1 and not others:
        return _page(*page_of(ranges[0].select_related("company"), "since", "id", after=mark, limit=limit))
    size = max(WINDOW // max(len(ranges), 1), limit + 1) if others else limit + 1
    ids, end = _window([rows_behind(rows, "since", "id", after=mark) for rows in ranges], size)
    page, more = page_of(_with_firms(*others, id__in=ids), "since", "id", limit=limit)
    if more or end is None:
        return _page(page, more)
    return QueuePage(items=tuple(map(as_item, page)), next_after=moment_mark(*end), is_cut=bool(others))


def of_course(
    course_key: CourseKey, narrowed: Narrowing, limited_to: QuerySet[Any] | None = None
) -> QuerySet[WaitingItem]:
    """Return what waits in a course run, unevaluated; names of people are not looked at."""
    rows = turn_of(course_key, narrowed, limited_to).filter(*conditions(narrowed))
    return rows if narrowed.company_ids is None else rows.filter(company_id__in=narrowed.company_ids)


def turn_of(course_key: CourseKey, narrowed: Narrowing, limited_to: QuerySet[Any] | None) -> QuerySet[WaitingItem]:
    """Return what waits for whom and since when, whatever else it is narrowed to: the beginning of each index."""
    rows = WaitingItem.objects.filter(course_key=course_key, waiting_for=narrowed.waiting_for.value)
    if narrowed.since_before is not None:
        rows = rows.filter(since__lt=narrowed.since_before[course_key])
    return rows if limited_to is None else rows.filter(owner__in=limited_to)


def conditions(narrowed: Narrowing) -> list[Q]:
    """Return the other conditions, for each of which there is an index; that which leaves the least comes first.

    Firms are several ranges of one index, so they are not among them.
    """
    found = []
    if narrowed.place:
        found.append(Q(place=narrowed.place))
    if narrowed.allocated_to is not None:
        found.append(Q(allocated_to=None if narrowed.allocated_to == NOBODY_ID else narrowed.allocated_to))
    if narrowed.word is not None:
        found.append(Q(word=narrowed.word.value))
    if narrowed.progress is not None:
        found.append(Q(progress=narrowed.progress.value))
    if narrowed.language:
        found.append(Q(language=narrowed.language))
    if narrowed.late:
        found.append(Q(late=True))
    if narrowed.kind:
        found.append(Q(kind=narrowed.kind))
    return found


def _ranges(
    to: Narrowing, course_keys: Collection[CourseKey], limits: Mapping[CourseKey, QuerySet[Any]]
) -> tuple[list[QuerySet[WaitingItem]], list[Q]]:
    """Return what one index holds in order, a range a course run or firm, and the conditions that are left."""
    turns = [turn_of(key, to, limits.get(key)) for key in course_keys]
    others = conditions(to)
    if to.company_ids is not None:
        return [turn.filter(company_id=firm) for turn in turns for firm in to.company_ids], others
    first, *others = others or [Q()]
    return [turn.filter(first) for turn in turns], others


def _called(
    to: Narrowing,
    course_keys: Collection[CourseKey],
    limits: Mapping[CourseKey, QuerySet[Any]],
    mark: _Mark | None,
    limit: int,
) -> QueuePage:
    """Return a page of what people with a name have handed in."""
    ids, is_cut = items_called(to.text, course_keys)
    found = Q(pk__in=())
    for key in course_keys:
        here = Q(course_key=key)
        if key in limits:
            here &= Q(owner__in=limits[key])
        if to.since_before is not None:
            here &= Q(since__lt=to.since_before[key])
        found |= here
    rows = _with_firms(found, *conditions(to), id__in=ids, waiting_for=to.waiting_for.value)
    if to.company_ids is not None:
        rows = rows.filter(company_id__in=to.company_ids)
    page, more = page_of(rows, "since", "id", after=mark, limit=limit)
    return _page(page, more, is_cut=is_cut)


def _with_firms(*conditions: Q, **columns: Any) -> QuerySet[WaitingItem]:
    return WaitingItem.objects.select_related("company").filter(*conditions, **columns)


def _window(ranges: list[QuerySet[WaitingItem]], size: int) -> tuple[list[int], _Mark | None]:
    """Return the ids of the longest waiting of all ranges, in order, and where it ends if there are more behind it."""
    found: dict[int, list[_Mark]] = {}
    for number, since, row_id in union_of([rows[:size] for rows in ranges], "since", "id"):
        found.setdefault(number, []).append((_moment(since), row_id))
    # Behind the end of a range that goes on, nobody knows what comes next.
    ends = [max(rows) for rows in found.values() if len(rows) == size]
    every = sorted(row for rows in found.values() for row in rows)
    known = [row for row in every if not ends or row <= min(ends)]
    shown = known[:WINDOW]
    return [row_id for _since, row_id in shown], shown[-1] if ends or len(known) > WINDOW else None


def _moment(value: datetime | str) -> datetime:
    """Read a moment as a database hands it out beside Django: without its zone, which is UTC, and by some as text."""
    return (datetime.fromisoformat(value) if isinstance(value, str) else value).replace(tzinfo=UTC)


def _page(page: list[WaitingItem], more: bool, *, is_cut: bool = False) -> QueuePage:
    next_after = moment_mark(page[-1].since, page[-1].id) if more else None
    return QueuePage(items=tuple(map(as_item, page)), next_after=next_after, is_cut=is_cut)


def _row_id(text: str) -> int | None:
    """Read the number of a row: only what this room hands out, because databases refuse numbers beyond 64 bits."""
    number = int(text)
    return number if 0 < number < 2**63 else None
