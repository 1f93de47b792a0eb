"""Attempts at the exercises of a course run, as its staff lists them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from opaque_keys.edx.keys import CourseKey, UsageKey

from .data import AttemptLine, AttemptPage
from .models import Attempt, Exercise
from .paging import LIMIT, page_of
from .settings_json import settings_from_json


def exercises_of(*, course_key: CourseKey) -> tuple[tuple[UsageKey, str], ...]:
    """Return key and title of each exercise of the course run that a learner has opened, by title, in one query."""
    rows = Exercise.objects.filter(course_key=course_key)
    return tuple(sorted(((row.usage_key, row.settings["title"]) for row in rows), key=lambda pair: pair[1]))


def attempts_of_course(
    *,
    course_key: CourseKey,
    usage_key: UsageKey | None = None,
    limited_to: QuerySet[Any] | None = None,
    after: str | None = None,
    limit: int = LIMIT,
) -> AttemptPage:
    """Return attempts that are done, last ones first, in one query; who may read them is the caller's to ask.

    Args:
        course_key: the course run.
        usage_key: only attempts at this exercise.
        limited_to: only attempts of these users, unevaluated.
        after: ``next_after`` of the page before; anything else starts at the beginning.
        limit: how many lines at most.
    """
    rows = Attempt.objects.filter(exercise__course_key=course_key, finished_at__isnull=False)
    if usage_key is not None:
        rows = rows.filter(exercise__usage_key=usage_key)
    if limited_to is not None:
        rows = rows.filter(owner__in=limited_to)
    rows = rows.select_related("exercise", "result").defer("result__content", "answers")
    page, next_after = page_of(rows, after, limit, "finished_at")
    return AttemptPage(tuple(map(_line, page)), next_after)


def _line(row: Attempt) -> AttemptLine:
    assert row.finished_at is not None  # noqa: S101 - the filter above
    settings = settings_from_json(row.settings)
    return AttemptLine(
        owner_id=row.owner_id,
        company_id=row.result.company_id,
        title=settings.title,
        number=row.number,
        points=row.points,
        possible=settings.weight,
        is_demo=row.result.is_demo,
        finished_at=row.finished_at,
        result_id=row.result_id if row.result.graded or row.result.for_staff else None,
    )
