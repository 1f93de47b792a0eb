"""A rubric as learners read it: before the work what is looked at, afterwards what was reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from iciinsmes.lib.decimals import written
from iciinsmes.review.data import AssessmentData, Criterion, CriterionKind, Rubric


@dataclass(frozen=True)
class RubricLine:
    """A criterion; ``levels`` with a mark at the one that was reached, or ``words`` where there are none."""

    title: str
    text: str
    levels: tuple[tuple[str, str, bool], ...]
    words: str
    comment: str


@dataclass(frozen=True)
class RubricView:
    """All criteria, and how many columns the widest one needs beside its title."""

    lines: tuple[RubricLine, ...]
    columns: int


def rubric_view(rubric: Rubric, assessment: AssessmentData | None = None) -> RubricView:
    """Put a rubric into words, with the result of an assessment where there is one."""
    points = assessment.points if assessment else {}
    comments = assessment.comments if assessment else {}
    return RubricView(
        lines=tuple(_line(criterion, points, comments) for criterion in rubric.criteria),
        columns=max([1, *(len(criterion.levels) for criterion in rubric.criteria)]),
    )


def _line(criterion: Criterion, points: Mapping[str, Decimal], comments: Mapping[str, str]) -> RubricLine:
    given = points.get(criterion.key)
    return RubricLine(
        title=criterion.title,
        text=criterion.text,
        levels=tuple((written(level.points), level.text, level.points == given) for level in criterion.levels),
        words="" if criterion.kind is CriterionKind.LEVELS else _words(criterion, given),
        comment=comments.get(criterion.key, ""),
    )


def _words(criterion: Criterion, given: Decimal | None) -> str:
    if criterion.kind is CriterionKind.FEEDBACK:
        return _("A comment, no points.")
    scale = criterion.range
    if given is None:
        values = {"most": written(scale.most), "least": written(scale.pass_points)}
        return _("0 to %(most)s points; %(least)s are enough.") % values
    return _("%(earned)s of %(possible)s points") % {"earned": written(given), "possible": written(scale.most)}
