"""A released result is replaced by another one, for a reason; the earlier one is kept as it was."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from iciinsmes.lib.locks import locked

from .data import AssessmentData, EarlierData, Rubric, rubric_from_json
from .errors import InvalidAssessment, NoProposal, StaleAssessment, UnknownRubric
from .models import Assessment, EarlierResult, RubricVersion
from .rules import assessment_errors, missing_errors, score
from .serializers import assessment_data, proposed_values

_KEPT = ("rubric_id", "assessor_id", "points", "comments", "feedback", "outcome", "earned", "possible", "released_at")


def correct(
    *,
    subject: UUID,
    rubric_id: int,
    assessor_id: int,
    points: Mapping[str, Decimal],
    comments: Mapping[str, str],
    feedback: str,
    outcome: str,
    reason: str,
    base: int,
) -> AssessmentData:
    """Put another result in the place of the released one. Until then everybody reads the one that is there.

    Doing the same again returns what is there, so a double click replaces it once.

    Args:
        subject: what was judged.
        rubric_id: of the rubric that it is judged with now; another one than before where the author changed it.
        assessor_id: who decides now.
        points: criterion key to points.
        comments: criterion key to text.
        feedback: text to the learner.
        outcome: ``passed`` or ``revise``.
        reason: what the learner reads beside the new result; not empty.
        base: `AssessmentData.revision` of the result that the page showed.

    Raises:
        UnknownRubric: ``rubric_id`` is not known.
        InvalidAssessment: points, texts, outcome or reason do not fit; nothing was changed.
        NoProposal: there is no released result.
        StaleAssessment: somebody else replaced it since; nothing was changed.
    """
    rubric_row = RubricVersion.objects.filter(pk=rubric_id).first()
    if rubric_row is None:
        raise UnknownRubric(rubric_id)
    rubric = rubric_from_json(rubric_row.content)
    _check(rubric, points, comments, feedback, outcome, reason)
    kept = proposed_values(rubric, points=points, comments=comments, feedback=feedback)
    values = {**kept, "rubric_id": rubric_id, "outcome": outcome}
    with transaction.atomic():
        rows = list(locked(Assessment.objects).filter(subject=subject).order_by("created_at", "pk"))
        final = next((row for row in rows if row.released_at is not None), None)
        if final is None:
            raise NoProposal(subject)
        if final.assessor_id == assessor_id and _same(final, values):
            return assessment_data(final)
        if final.revision != base:
            raise StaleAssessment(assessment_data(final))
        now = timezone.now()
        before = {name: getattr(final, name) for name in _KEPT}
        EarlierResult.objects.create(
            subject=subject, replaced_at=now, replaced_by_id=assessor_id, reason=reason.strip(), **before
        )
        own = final if final.assessor_id == assessor_id else _joint_of(rows, assessor_id)
        if own is None or own.pk != final.pk:
            # Everybody's judgement stays what it was: the earlier one is no longer the result, that is all.
            final.released_at = final.released_subject = None
            final.outcome = Assessment.Outcome.UNDECIDED
            final.save()
        own = own or Assessment(subject=subject, assessor_id=assessor_id, joint=True)
        own.beside = final.beside
        for name, value in values.items():
            setattr(own, name, value)
        own.revision = final.revision + 1
        own.released_at, own.released_subject, own.released_by_id = now, subject, assessor_id
        own.save()
    return assessment_data(Assessment.objects.select_related("rubric").get(pk=own.pk))


def _joint_of(rows: Sequence[Assessment], assessor_id: int) -> Assessment | None:
    """Return what the person has judged with others' judgements in view; what was judged alone stays as it is."""
    return next((row for row in rows if row.assessor_id == assessor_id and row.joint), None)


def corrected(*, subjects: Collection[UUID]) -> dict[UUID, tuple[EarlierData, ...]]:
    """Return the results that others have replaced, newest first, in one query; subjects without any are left out."""
    found: dict[UUID, tuple[EarlierData, ...]] = {}
    if not subjects:
        return found
    rows = EarlierResult.objects.filter(subject__in=subjects).select_related("rubric")
    for row in rows.order_by("-replaced_at", "-pk"):
        found[row.subject] = (*found.get(row.subject, ()), _earlier(row))
    return found


def first_released(*, subjects: Collection[UUID]) -> dict[UUID, datetime]:
    """Return when each subject first had a result, in two queries; those without one are left out."""
    now = Assessment.objects.filter(released_subject__in=subjects).values_list("subject", "released_at")
    found = {subject: at for subject, at in now if at is not None}
    before = EarlierResult.objects.filter(subject__in=subjects).values_list("subject", "released_at")
    for subject, at in before:
        found[subject] = min(at, found.get(subject, at))
    return found


def subjects_with_result() -> QuerySet[Any]:
    """Return a query for the ids of what has a result, for a condition of another query."""
    return Assessment.objects.filter(released_subject__isnull=False).values("released_subject")


def _check(
    rubric: Rubric,
    points: Mapping[str, Decimal],
    comments: Mapping[str, str],
    feedback: str,
    outcome: str,
    reason: str,
) -> None:
    errors = assessment_errors(rubric, points=points, comments=comments, feedback=feedback)
    if not reason.strip():
        errors = {**errors, "reason": _("Say why, so that the learner understands.")}
    if outcome not in (Assessment.Outcome.PASSED, Assessment.Outcome.REVISE):
        errors = {**errors, "outcome": _("Choose between a pass and another round.")}
    if not errors and outcome == Assessment.Outcome.PASSED:
        errors = missing_errors(rubric, points)
        if not errors and not score(rubric, points).passes:
            errors = {"outcome": _("These points do not pass. Change them, or ask for another round.")}
    if errors:
        raise InvalidAssessment(errors)


def _same(row: Assessment, values: Mapping[str, object]) -> bool:
    before = {**{name: getattr(row, name) for name in values}, "points": _numbers(row.points)}
    return before == {**values, "points": _numbers(values["points"])}


def _numbers(points: object) -> dict[str, Decimal]:
    return {key: Decimal(value) for key, value in dict(points).items()}  # type: ignore[call-overload]


def _earlier(row: EarlierResult) -> EarlierData:
    return EarlierData(
        assessment=AssessmentData(
            id=UUID(int=row.pk),
            subject=row.subject,
            rubric=rubric_from_json(row.rubric.content),
            assessor_id=row.assessor_id,
            points={key: Decimal(value) for key, value in row.points.items()},
            comments=dict(row.comments),
            feedback=row.feedback,
            outcome=str(row.outcome),
            earned=row.earned,
            possible=row.possible,
            revision=0,
            updated_at=row.released_at,
            released_at=row.released_at,
            rubric_id=row.rubric_id,
        ),
        replaced_at=row.replaced_at,
        replaced_by_id=row.replaced_by_id,
        reason=row.reason,
    )
