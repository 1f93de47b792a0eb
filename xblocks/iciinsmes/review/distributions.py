"""How often each number of points was given for each criterion."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from .data import CriterionKind, rubric_from_json
from .models import Assessment, RubricVersion

_AT_ONCE = 500


@dataclass(frozen=True)
class CriterionCounts:
    """One criterion: how many results gave which points, ascending; levels that nobody was given are there with 0."""

    key: str
    title: str
    possible: Decimal
    counts: tuple[tuple[Decimal, int], ...]

    @property
    def total(self) -> int:
        """How many results gave points here."""
        return sum(count for _points, count in self.counts)

    @property
    def mean(self) -> Decimal | None:
        """The mean of those that gave points; None for nobody."""
        given = sum((points * count for points, count in self.counts), Decimal(0))
        return given / self.total if self.total else None


def distribution_of(*, subjects: QuerySet[Any]) -> tuple[CriterionCounts, ...]:
    """Count the points of released results by criterion, in the order of the newest rubric.

    Results of one rubric are counted together with those of others whose criterion has the same key: an author who
    rewords a title has not made another criterion.

    Args:
        subjects: query for the ids of what was judged, unevaluated.
    """
    given: dict[str, Counter[Decimal]] = {}
    rubric_ids: set[int] = set()
    rows = Assessment.objects.filter(released_subject__in=subjects).values_list("rubric_id", "points")
    for rubric_id, points in rows.iterator(chunk_size=_AT_ONCE):
        rubric_ids.add(rubric_id)
        for key, value in points.items():
            given.setdefault(key, Counter())[Decimal(value)] += 1
    found: dict[str, CriterionCounts] = {}
    for row in RubricVersion.objects.filter(id__in=rubric_ids).order_by("-id"):
        for criterion in rubric_from_json(row.content).criteria:
            if criterion.key in found or not criterion.takes_points:
                continue
            counts = given.get(criterion.key, Counter())
            levels = [level.points for level in criterion.levels] if criterion.kind is CriterionKind.LEVELS else []
            found[criterion.key] = CriterionCounts(
                key=criterion.key,
                title=criterion.title,
                possible=criterion.possible,
                counts=tuple((points, counts[points]) for points in sorted({*levels, *counts})),
            )
    return tuple(found.values())
