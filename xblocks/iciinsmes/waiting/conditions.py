"""What a queue is narrowed to, as conditions of a query."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from opaque_keys.edx.keys import CourseKey

from .data import NOBODY_ID, Narrowing
from .models import WaitingItem


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
