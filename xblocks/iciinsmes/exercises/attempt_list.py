"""Attempts at the exercises of a course run, as its staff lists them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.lib.json_data import from_json
from iciinsmes.lib.paging import moment_mark, page_of, read_moment_mark
from iciinsmes.platform import block_title

from .data import AttemptLine, AttemptPage, ExerciseSettings
from .models import Attempt, Exercise
from .shared import LIMIT


def exercises_of(*, course_key: CourseKey) -> tuple[tuple[UsageKey, str], ...]:
    """Return key and title of each exercise of the course run that a learner has opened, by title, in one query."""
    rows = Exercise.objects.filter(course_key=course_key)
    titled = ((row.usage_key, str(block_title(row.usage_key, row.settings["title"]))) for row in rows)
    return tuple(sorted(titled, key=lambda pair: pair[1]))


def first_and_best(*, course_key: CourseKey) -> list[tuple[Decimal, Decimal]]:
    """Return of each learner of the run who has finished an exercise the mean result of first and of best attempts.

    Results are parts of the points that there were, 0 to 1. In one query; nobody is named and nothing is hidden.
    """
    rows = Attempt.objects.filter(exercise__course_key=course_key, finished_at__isnull=False, points__isnull=False)
    columns = ("owner_id", "exercise_id", "points", "settings__weight")
    found: dict[int, dict[int, list[Decimal]]] = {}
    for owner_id, exercise_id, points, weight in rows.order_by("number").values_list(*columns):
        if possible := Decimal(str(weight)):
            found.setdefault(owner_id, {}).setdefault(exercise_id, []).append(points / possible)
    return [
        (_mean([tries[0] for tries in each.values()]), _mean([max(tries) for tries in each.values()]))
        for each in found.values()
    ]


def exercises_by_instrument(*, course_key: CourseKey) -> dict[str, UsageKey]:
    """Return an exercise of the course run that a learner has opened by the key of its instrument, in one query."""
    rows = Exercise.objects.filter(course_key=course_key).order_by("-id")
    return {row.settings["instrument"]: row.usage_key for row in rows}


def tools_used(
    *, owner_ids: Collection[int], course_key: CourseKey, instruments: Collection[str]
) -> dict[int, dict[str, bool]]:
    """Return with which of these instruments each learner has finished an exercise of the course run, in one query.

    Args:
        owner_ids: the learners; who has finished none is left out.
        course_key: the course run.
        instruments: keys of instruments.

    Returns:
        by learner and instrument, whether it was done with own data at least once, and not only with the demo's.
    """
    rows = Attempt.objects.filter(
        owner_id__in=owner_ids,
        exercise__course_key=course_key,
        finished_at__isnull=False,
        result__instrument__in=instruments,
    )
    found: dict[int, dict[str, bool]] = {}
    columns = ("owner_id", "result__instrument", "result__is_demo")
    for owner_id, instrument, is_demo in rows.order_by().values_list(*columns).distinct():
        used = found.setdefault(owner_id, {})
        used[instrument] = used.get(instrument, False) or not is_demo
    return found


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
    page, is_more = page_of(rows, "-finished_at", "pk", after=read_moment_mark(after, UUID), limit=limit)
    lines = tuple(map(_line, page))
    return AttemptPage(lines, moment_mark(lines[-1].finished_at, page[-1].pk) if is_more else None)


def _mean(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values)


def _line(row: Attempt) -> AttemptLine:
    assert row.finished_at is not None  # noqa: S101 - the filter above
    settings = from_json(ExerciseSettings, row.settings)
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
