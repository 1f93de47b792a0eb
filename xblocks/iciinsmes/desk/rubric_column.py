"""The rubric as the right column shows it: a form while the round waits, the result afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from iciinsmes.lib.decimals import written
from iciinsmes.review.api import score
from iciinsmes.review.data import AssessmentData, Criterion, CriterionKind, PointRange, Rubric

from . import labels
from .forms import GradingForm


@dataclass(frozen=True)
class LevelField:
    """One radio button."""

    value: str
    points: str
    text: str
    is_chosen: bool


@dataclass(frozen=True)
class NumberField:
    """A box for points in a range; all numbers as the browser writes them."""

    value: str
    most: str
    step: str


@dataclass(frozen=True)
class CriterionField:
    """One group of radio buttons, or a box for a number, or neither (``points`` is None); with a comment."""

    id: str
    title: str
    text: str
    points: BoundField | None
    comment: BoundField
    levels: tuple[LevelField, ...]
    number: NumberField | None


@dataclass(frozen=True)
class Version:
    """One version of an assessment in words: title, points and comment of each criterion, and the feedback."""

    lines: tuple[tuple[str, str, str], ...]
    feedback: str


@dataclass(frozen=True)
class Other:
    """What another tab kept in between, and its revision."""

    version: Version
    revision: int
    at: str


@dataclass(frozen=True)
class DraftState:
    """The part of the form that the server answers a save with."""

    base_revision: int | None
    earned: str
    possible: str
    verdict: str
    kept_at: str
    is_unsaved: bool
    errors: tuple[str, ...]
    other: Other | None


@dataclass(frozen=True)
class RubricColumn:
    """The form with what stands in it, and its criteria as the page shows them."""

    form: GradingForm
    criteria: tuple[CriterionField, ...]
    level_count: int
    state: DraftState


def rubric_column(form: GradingForm, *, state: DraftState) -> RubricColumn:
    """Put together the form with what stands in it."""
    criteria = form.rubric.criteria
    return RubricColumn(
        form=form,
        criteria=tuple(_criterion(number, criterion, form) for number, criterion in enumerate(criteria, start=1)),
        level_count=max((len(criterion.levels) for criterion in criteria), default=0),
        state=state,
    )


def draft_state(
    form: GradingForm,
    *,
    kept: AssessmentData | None,
    errors: Sequence[str] = (),
    other: AssessmentData | None = None,
) -> DraftState:
    """Say what the points in the form come to and what is kept of them.

    Args:
        form: what stands in the form.
        kept: the proposal as it was just saved or read; None if the form could not be saved.
        errors: sentences to show beside the sum; the form was not saved.
        other: what another tab kept in between; the form was not saved.
    """
    points = form.points
    result = score(form.rubric, {key: value for key, value in points.items() if value.is_finite()})
    return DraftState(
        base_revision=kept.revision if kept else form.started_from,
        earned=written(result.earned),
        possible=written(result.possible),
        verdict=labels.verdict(result),
        kept_at=labels.moment(kept.updated_at) if kept else "",
        is_unsaved=kept is None and bool(points or form.feedback_text or any(form.comments.values())),
        errors=tuple(errors),
        other=_other(form.rubric, other) if other else None,
    )


def typed_version(form: GradingForm) -> Version:
    """Return what stands in the form, to show beside a result that was faster."""
    return _version(form.rubric, points=form.points, comments=form.comments, feedback=form.feedback_text)


def _criterion(number: int, criterion: Criterion, form: GradingForm) -> CriterionField:
    chosen = form.points.get(criterion.key)
    return CriterionField(
        id=f"criterion-{number}",
        title=criterion.title,
        text=criterion.text,
        points=form.points_field(criterion),
        comment=form.comment_field(criterion),
        levels=tuple(
            LevelField(
                value=f"{level.points:f}",
                points=written(level.points),
                text=level.text,
                is_chosen=level.points == chosen,
            )
            for level in criterion.levels
        ),
        number=_number_field(criterion.range, chosen) if criterion.kind is CriterionKind.RANGE else None,
    )


def _number_field(scale: PointRange, chosen: Decimal | None) -> NumberField:
    return NumberField(
        value=f"{chosen:f}" if chosen is not None and chosen.is_finite() else "",
        most=f"{scale.most:f}",
        step=f"{scale.step:f}",
    )


def _other(rubric: Rubric, other: AssessmentData) -> Other:
    version = _version(rubric, points=other.points, comments=other.comments, feedback=other.feedback)
    return Other(version=version, revision=other.revision, at=labels.moment(other.updated_at))


def _version(rubric: Rubric, *, points: Mapping[str, Decimal], comments: Mapping[str, str], feedback: str) -> Version:
    return Version(
        lines=tuple(
            (criterion.title, level_words(criterion, points.get(criterion.key)), comments.get(criterion.key, ""))
            for criterion in rubric.criteria
        ),
        feedback=feedback,
    )


def version_of(assessment: AssessmentData) -> Version:
    """Return what somebody has proposed."""
    return _version(
        assessment.rubric,
        points=assessment.points,
        comments=assessment.comments,
        feedback=assessment.feedback,
    )


def level_words(criterion: Criterion, points: Decimal | None) -> str:
    """Write the points of one criterion; empty for none."""
    if not criterion.takes_points:
        return _("words only")
    return labels.judged(criterion, points) if points is not None and points.is_finite() else ""
