"""Works that two people have assessed, and how far they agree on each criterion."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from .agreement import Agreement, agreement
from .data import Criterion, CriterionKind, rubric_from_json
from .models import Assessment

#: The newest works say how people agree now, and a page costs the same however many there are.
_NEWEST = 500


@dataclass(frozen=True)
class CriterionAgreement:
    """How far two agree on one criterion with levels, by the title that it had last."""

    title: str
    found: Agreement


def agreement_of(*, subjects: QuerySet[Any]) -> tuple[CriterionAgreement, ...]:
    """Return for each criterion how far the first two who have judged the same of these subjects alone agree.

    Only what is released counts: before, nobody is told what somebody else thinks. Two queries, over the 500 that were
    released last. Steps of a criterion are told apart by their points: where an author has changed them, it is another
    criterion.

    Args:
        subjects: a query for their ids, unevaluated.
    """
    twice = Assessment.objects.filter(subject__in=subjects).order_by().values("subject")
    people = Count("id", filter=Q(joint=False))
    twice = twice.annotate(people=people, done=Max("released_at")).filter(people__gte=2, done__isnull=False)
    newest = [row["subject"] for row in twice.order_by("-done", "subject")[:_NEWEST]]
    rows = (
        Assessment.objects.filter(subject__in=newest, joint=False)
        .select_related("rubric")
        .order_by("subject", "created_at", "pk")
    )
    titles: dict[tuple[str, tuple[Decimal, ...]], str] = {}
    pairs: dict[tuple[str, tuple[Decimal, ...]], list[tuple[int, int]]] = {}
    for _subject, both in groupby(rows, key=lambda row: row.subject):
        first, second, *_others = both
        if first.rubric_id != second.rubric_id:
            continue
        for criterion in rubric_from_json(first.rubric.content).criteria:
            places = _place(criterion, first), _place(criterion, second)
            if places[0] is not None and places[1] is not None:
                key = criterion.key, tuple(level.points for level in criterion.levels)
                titles[key] = criterion.title
                pairs.setdefault(key, []).append((places[0], places[1]))
    agreed = ((title, agreement(pairs[key])) for key, title in titles.items())
    return tuple(CriterionAgreement(title, found) for title, found in agreed if found is not None)


def _place(criterion: Criterion, row: Assessment) -> int | None:
    """Return which level somebody gave, the lowest being 0; None for none, and where there are no levels."""
    given = row.points.get(criterion.key)
    if criterion.kind is not CriterionKind.LEVELS or given is None:
        return None
    points = Decimal(str(given))
    return next((place for place, level in enumerate(criterion.levels) if level.points == points), None)
