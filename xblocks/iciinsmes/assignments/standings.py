"""Where the works of several learners stand, for lists of the staff."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.platform import block_title

from .data import Standing
from .models import Round, Work


def standings(*, user_ids: Collection[int], course_key: CourseKey) -> dict[int, tuple[Standing, ...]]:
    """Return the works of each of these learners by title, in one query; who has not begun is left out."""
    newest = Round.objects.filter(work=OuterRef("id"), number=OuterRef("round_count")).values("id")[:1]
    rows = Work.objects.filter(owner_id__in=user_ids, course_key=course_key).annotate(newest=Subquery(newest))
    found: dict[int, tuple[Standing, ...]] = {}
    columns = ("owner_id", "assignment__title", "state", "round_count", "newest", "assignment__usage_key")
    lines = [
        Standing(owner_id, str(block_title(usage_key, title)), *line)
        for owner_id, title, *line, usage_key in rows.order_by("id").values_list(*columns)
    ]
    for line in sorted(lines, key=lambda each: each.title):
        found[line.owner_id] = (*found.get(line.owner_id, ()), line)
    return found


def not_begun(*, learners: QuerySet[Any], course_key: CourseKey) -> QuerySet[Any]:
    """Return of these accounts those that have no work in the course run, unevaluated."""
    return learners.filter(~Exists(Work.objects.filter(owner=OuterRef("pk"), course_key=course_key)))


def round_ids(*, usage_key: UsageKey, owners: QuerySet[Any] | None = None) -> QuerySet[Any]:
    """Return a query for the ids of all rounds of an assignment, for a condition of another query.

    Args:
        usage_key: the block.
        owners: only the work of these users, unevaluated; None for everybody.
    """
    rows = Round.objects.filter(work__assignment__usage_key=usage_key)
    return (rows if owners is None else rows.filter(work__owner__in=owners)).values("id")
