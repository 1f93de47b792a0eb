"""The rubric as the right column shows it: a form while the round waits, the result afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from iciinsmes.lib.decimals import written
from iciinsmes.review.api import score
from iciinsmes.review.data import AssessmentData, Criterion, CriterionKind, PointRange, Rubric

from . import labels
from .forms import COMMENTS, POINTS, GradingForm


@dataclass(frozen=True)
class LevelField:
    """One radio button."""

    value: str
    points: str
    text: str
    is_chosen: bool


@dataclass(frozen=True)
class NumberField:
    """A box for points in a range; all numbers as the browser writes them, ``words`` as people do."""

    value: str
    most: str
    step: str
    words: str


@dataclass(frozen=True)
class CriterionField:
    """One group of radio buttons, or a box for a number, or neither; with a comment."""

    id: str
    title: str
    text: str
    points_name: str
    comment_name: str
    levels: tuple[LevelField, ...]
    number: NumberField | None
    takes_points: bool
    comment: str
    error: str
    comment_error: str


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
    """The whole form."""

    criteria: tuple[CriterionField, ...]
    level_count: int
    feedback: str
    feedback_error: str
    outcome_error: str
    error_count: int
    state: DraftState


def rubric_column(
    rubric: Rubric, form: GradingForm, *, state: DraftState, errors: Mapping[str, str] | None = None
) -> RubricColumn:
    """Put together the form with what stands in it and a sentence beside each field that was refused."""
    errors = errors or {}
    return RubricColumn(
        criteria=tuple(
            _criterion(number, criterion, form, errors) for number, criterion in enumerate(rubric.criteria, start=1)
        ),
        level_count=max((len(criterion.levels) for criterion in rubric.criteria), default=0),
        feedback=form.feedback,
        feedback_error=errors.get("feedback", ""),
        outcome_error=errors.get("outcome", ""),
        error_count=len(errors),
        state=state,
    )


def draft_state(
    rubric: Rubric,
    form: GradingForm,
    *,
    kept: AssessmentData | None,
    errors: Mapping[str, str] | None = None,
    other: AssessmentData | None = None,
) -> DraftState:
    """Say what the points in the form come to and what is kept of them.

    Args:
        rubric: what is judged by.
        form: what stands in the form.
        kept: the proposal as it was just saved or read; None if the form could not be saved.
        errors: sentences by field to show beside the sum; the form was not saved.
        other: what another tab kept in between; the form was not saved.
    """
    result = score(rubric, {key: value for key, value in form.points.items() if value.is_finite()})
    return DraftState(
        base_revision=kept.revision if kept else form.base_revision,
        earned=written(result.earned),
        possible=written(result.possible),
        verdict=labels.verdict(result),
        kept_at=labels.moment(kept.updated_at) if kept else "",
        is_unsaved=kept is None and bool(form.points or form.feedback or any(form.comments.values())),
        errors=tuple((errors or {}).values()),
        other=_other(rubric, other) if other else None,
    )


def typed_version(rubric: Rubric, form: GradingForm) -> Version:
    """Return what stands in the form, to show beside a result that was faster."""
    return _version(rubric, points=form.points, comments=form.comments, feedback=form.feedback)


def _criterion(number: int, criterion: Criterion, form: GradingForm, errors: Mapping[str, str]) -> CriterionField:
    chosen = form.points.get(criterion.key)
    points_name, comment_name = POINTS + criterion.key, COMMENTS + criterion.key
    return CriterionField(
        id=f"criterion-{number}",
        title=criterion.title,
        text=criterion.text,
        points_name=points_name,
        comment_name=comment_name,
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
        takes_points=criterion.takes_points,
        comment=form.comments.get(criterion.key, ""),
        error=errors.get(points_name, ""),
        comment_error=errors.get(comment_name, ""),
    )


def _number_field(scale: PointRange, chosen: Decimal | None) -> NumberField:
    words_for = {"most": written(scale.most), "least": written(scale.pass_points)}
    return NumberField(
        value=f"{chosen:f}" if chosen is not None and chosen.is_finite() else "",
        most=f"{scale.most:f}",
        step=f"{scale.step:f}",
        words=_("of %(most)s, passes with %(least)s") % words_for,
    )


def _other(rubric: Rubric, other: AssessmentData) -> Other:
    version = _version(rubric, points=other.points, comments=other.comments, feedback=other.feedback)
    return Other(version=version, revision=other.revision, at=labels.moment(other.updated_at))


def _version(rubric: Rubric, *, points: Mapping[str, Decimal], comments: Mapping[str, str], feedback: str) -> Version:
    return Version(
        lines=tuple(
            (criterion.title, _level(criterion, points.get(criterion.key)), comments.get(criterion.key, ""))
            for criterion in rubric.criteria
        ),
        feedback=feedback,
    )


def _level(criterion: Criterion, points: Decimal | None) -> str:
    if not criterion.takes_points:
        return _("words only")
    return labels.judged(criterion, points) if points is not None and points.is_finite() else ""
