"""The only door to rubrics and assessments.

An assessment is proposed, saved again as often as its author likes, and released once. Released ones never change.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from iciinsmes.lib.other_languages import with_words

from .corrections import correct, corrected, first_released, subjects_with_result
from .data import (
    AssessmentData,
    Criterion,
    CriterionKind,
    EarlierData,
    Marking,
    PointRange,
    Proposal,
    Readable,
    Rubric,
    RubricLevel,
    Score,
    rubric_from_json,
    rubric_to_json,
)
from .distributions import CriterionCounts, distribution_of
from .errors import (
    AlreadyProposed,
    AlreadyReleased,
    InvalidAssessment,
    InvalidRubric,
    ManyRefused,
    NoProposal,
    ReviewError,
    StaleAssessment,
    UnknownRubric,
)
from .many import propose_many, take_back
from .models import Assessment, EarlierResult, RubricVersion
from .pairs import CriterionAgreement, agreement_of
from .planning import due_for_release, plan_release, unplan
from .proposing import check_outcome, hand_in_proposal, has_marked, not_marked_by_two, take_back_proposal
from .readable import readable
from .retirement import forget_assessor, judged_by
from .rules import assessment_errors, missing_errors, rubric_problems, score
from .serializers import assessment_data, proposed_values
from .signals import forgetting
from .steps import Marks, StaffStep, marks_of

__all__ = [
    "AlreadyProposed",
    "AlreadyReleased",
    "AssessmentData",
    "Criterion",
    "CriterionAgreement",
    "CriterionCounts",
    "CriterionKind",
    "EarlierData",
    "InvalidAssessment",
    "InvalidRubric",
    "ManyRefused",
    "Marking",
    "Marks",
    "NoProposal",
    "PointRange",
    "Proposal",
    "Readable",
    "ReviewError",
    "Rubric",
    "RubricLevel",
    "Score",
    "StaffStep",
    "StaleAssessment",
    "UnknownRubric",
    "agreement_of",
    "assessment_errors",
    "correct",
    "corrected",
    "distribution_of",
    "due_for_release",
    "first_released",
    "forget",
    "forget_assessor",
    "freeze_rubric",
    "hand_in_proposal",
    "has_marked",
    "hold_draft",
    "judged_by",
    "keep_beside",
    "marks_of",
    "missing_errors",
    "not_marked_by_two",
    "plan_release",
    "proposal",
    "proposals",
    "proposals_of",
    "propose",
    "propose_many",
    "readable",
    "release",
    "released",
    "rubric_problems",
    "score",
    "subjects_with_result",
    "take_back",
    "take_back_proposal",
    "unplan",
]


def freeze_rubric(*, rubric: Rubric, others: Mapping[str, Rubric] | None = None) -> int:
    """Keep the rubric for good and return its id; an equal rubric, of whichever block, has the same id.

    Args:
        rubric: what the author wrote.
        others: how it reads in other languages, by code.

    Raises:
        InvalidRubric: nobody could assess with it.
    """
    problems = rubric_problems(rubric)
    if problems:
        raise InvalidRubric(problems)
    words = {language: rubric_to_json(each) for language, each in (others or {}).items()}
    content = with_words(rubric_to_json(rubric), words, texts=("title", "text"), name="A rubric")
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    version, _created = RubricVersion.objects.get_or_create(
        content_hash=hashlib.sha256(canonical.encode()).hexdigest(), defaults={"content": content}
    )
    return version.id


def propose(
    *,
    subject: UUID,
    rubric_id: int,
    assessor_id: int,
    points: Mapping[str, Decimal],
    comments: Mapping[str, str],
    feedback: str,
    base_revision: int | None,
    joint: bool = False,
) -> AssessmentData:
    """Save one person's judgement of a subject as a proposal that only the staff sees.

    Saving what is kept already changes nothing and is never a conflict, so a repeated request is harmless.

    Args:
        subject: what is judged, for example a round.
        rubric_id: what `freeze_rubric` returned for it.
        assessor_id: the person who judges; everybody has one proposal a subject.
        points: criterion key to points of one of its levels or in its range; criteria without a decision are left out.
        comments: criterion key to text; empty texts are left out of what is kept.
        feedback: text to the learner.
        base_revision: the revision this save starts from, None for the first one.
        joint: whether the person has the proposals of others in view; that is a proposal beside the own.

    Returns:
        The proposal as it is kept now, with its new revision.

    Raises:
        UnknownRubric: ``rubric_id`` is not known.
        InvalidAssessment: points or texts do not fit the rubric; nothing was saved.
        StaleAssessment: another tab saved since ``base_revision``; nothing was saved.
        AlreadyProposed: the person was done with it; nothing was saved.
        AlreadyReleased: the subject has its result.
    """
    rubric_row = RubricVersion.objects.filter(pk=rubric_id).first()
    if rubric_row is None:
        raise UnknownRubric(rubric_id)
    rubric = rubric_from_json(rubric_row.content)
    errors = assessment_errors(rubric, points=points, comments=comments, feedback=feedback)
    if errors:
        raise InvalidAssessment(errors)

    own, final = _own_and_released(subject, assessor_id, joint)
    if final is not None:
        raise AlreadyReleased(assessment_data(final))
    values = {
        "rubric_id": rubric_id,
        **proposed_values(rubric, points=points, comments=comments, feedback=feedback),
    }
    if own is None:
        return _create(subject, assessor_id, joint, values)
    if all(getattr(own, name) == value for name, value in values.items()):
        return assessment_data(own)
    if own.proposed_at is not None:
        raise AlreadyProposed(assessment_data(own))
    # What was only begun has revision 0: the page may have been opened before or after that.
    if own.revision != (base_revision or 0):
        raise StaleAssessment(assessment_data(own))
    return _update(own, values)


def hold_draft(*, subject: UUID, rubric_id: int | None, assessor_id: int) -> UUID:
    """Return the id of what the person judges alone, which nobody releases or removes until the end of the transaction.

    Where there is none it is begun, empty and with revision 0, for what belongs to it and is no part of it.

    Args:
        subject: what is judged.
        rubric_id: what `freeze_rubric` returned for it; None where nothing is to be begun.
        assessor_id: whose proposal.

    Raises:
        NoProposal: there is none, and none is to be begun.
        AlreadyProposed: the person was done with it.
        AlreadyReleased: the subject has its result.
    """
    mine = Assessment.objects.filter(subject=subject, assessor_id=assessor_id, joint=False, released_at__isnull=True)
    # A write that changes nothing locks the row in every database.
    if not mine.update(subject=subject):
        _raise_if_released(subject)
        if rubric_id is None:
            raise NoProposal(subject)
        try:
            with transaction.atomic():
                Assessment.objects.create(subject=subject, assessor_id=assessor_id, rubric_id=rubric_id, revision=0)
        except IntegrityError:
            # Two first ones at once; the unique index let one through.
            if not mine.update(subject=subject):
                raise
    _raise_if_released(subject)
    own = mine.select_related("rubric").get()
    if own.proposed_at is not None:
        raise AlreadyProposed(assessment_data(own))
    return own.id


def release(
    *, subject: UUID, assessor_id: int, outcome: str, by_id: int | None = None, joint: bool = False
) -> AssessmentData:
    """Make the person's proposal the subject's one result. Doing it again returns the same result.

    Args:
        subject: what was judged.
        assessor_id: whose proposal becomes the result.
        outcome: ``passed`` or ``revise``.
        by_id: who lets it go out; None for the same person.
        joint: whether it is the person's proposal with others' in view.

    Raises:
        NoProposal: the person has not proposed anything.
        InvalidAssessment: the outcome is unknown, or it is ``passed`` although criteria have no points or the points do
            not pass. ``revise`` needs no points.
        AlreadyReleased: another result was released, by another person or with another outcome.
    """
    own, final = _own_and_released(subject, assessor_id, joint)
    if final is not None:
        return _same_or_raise(final, assessor_id, outcome)
    if own is None:
        raise NoProposal(subject)
    check_outcome(own, outcome)
    try:
        with transaction.atomic():
            moved = Assessment.objects.filter(pk=own.pk, revision=own.revision, released_at__isnull=True).update(
                outcome=outcome,
                released_at=timezone.now(),
                released_subject=subject,
                released_by_id=by_id or assessor_id,
                release_at=None,
            )
    except IntegrityError:
        # The unique index on released_subject: another grader was faster. Anything else is a real fault.
        final = _own_and_released(subject, assessor_id, joint)[1]
        if final is None:
            raise
        return _same_or_raise(final, assessor_id, outcome)
    own, final = _own_and_released(subject, assessor_id, joint)
    if final is not None:
        return assessment_data(final) if moved else _same_or_raise(final, assessor_id, outcome)
    if own is None:
        raise NoProposal(subject)
    raise StaleAssessment(assessment_data(own))


def keep_beside(*, assessment_ids: Collection[UUID], beside: Mapping[str, Any]) -> None:
    """Keep with released assessments what a room above releases with them, so that whoever reads one has it all.

    Args:
        assessment_ids: the assessments; call it inside the transaction that releases them.
        beside: JSON that only the room above understands.
    """
    Assessment.objects.filter(pk__in=assessment_ids, released_at__isnull=False).update(beside=dict(beside))


def released(*, subjects: Collection[UUID]) -> dict[UUID, AssessmentData]:
    """Return the released assessment of each subject that has one, in one query."""
    if not subjects:
        return {}
    rows = Assessment.objects.filter(released_subject__in=subjects).select_related("rubric")
    return {row.subject: assessment_data(row) for row in rows}


def proposal(*, subject: UUID, assessor_id: int, joint: bool = False) -> AssessmentData | None:
    """Return what the person has proposed for the subject and not yet released, or None."""
    row = (
        Assessment.objects.filter(subject=subject, assessor_id=assessor_id, joint=joint, released_at__isnull=True)
        .select_related("rubric")
        .first()
    )
    return None if row is None else assessment_data(row)


def proposals(*, subject: UUID) -> tuple[AssessmentData, ...]:
    """Return everybody's unreleased assessments of the subject, oldest first."""
    rows = Assessment.objects.filter(subject=subject, released_at__isnull=True).select_related("rubric")
    return tuple(assessment_data(row) for row in rows.order_by("created_at", "pk"))


def proposals_of(*, subjects: Collection[UUID]) -> dict[UUID, tuple[AssessmentData, ...]]:
    """Return the same for each of several subjects that has any, in one query."""
    found: dict[UUID, tuple[AssessmentData, ...]] = {}
    rows = Assessment.objects.filter(subject__in=subjects, released_at__isnull=True).select_related("rubric")
    for row in rows.order_by("created_at", "pk"):
        found[row.subject] = (*found.get(row.subject, ()), assessment_data(row))
    return found


def forget(*, subjects: Collection[UUID]) -> None:
    """Remove every assessment of the subjects, released ones too, because the subjects themselves are removed."""
    rows = Assessment.objects.filter(subject__in=subjects)
    with transaction.atomic():
        if ids := list(rows.values_list("id", flat=True)):
            forgetting.send(sender=Assessment, assessment_ids=ids)
        rows.delete()
        EarlierResult.objects.filter(subject__in=subjects).delete()


def _raise_if_released(subject: UUID) -> None:
    final = Assessment.objects.filter(released_subject=subject).select_related("rubric").first()
    if final is not None:
        raise AlreadyReleased(assessment_data(final))


def _own_and_released(subject: UUID, assessor_id: int, joint: bool) -> tuple[Assessment | None, Assessment | None]:
    """Return the person's row and the released row of the subject, in one query; both may be the same row."""
    rows = list(Assessment.objects.filter(subject=subject).select_related("rubric"))
    own = next((row for row in rows if row.assessor_id == assessor_id and row.joint == joint), None)
    final = next((row for row in rows if row.released_at is not None), None)
    return own, final


def _create(subject: UUID, assessor_id: int, joint: bool, values: Mapping[str, object]) -> AssessmentData:
    try:
        with transaction.atomic():
            row = Assessment.objects.create(subject=subject, assessor_id=assessor_id, joint=joint, **values)
    except IntegrityError:
        # Two tabs made their first save at once; the unique index let one through.
        current = proposal(subject=subject, assessor_id=assessor_id, joint=joint)
        if current is None:
            raise
        raise StaleAssessment(current) from None
    return assessment_data(row)


def _update(own: Assessment, values: Mapping[str, object]) -> AssessmentData:
    """Write over the revision that was read, and only over that one."""
    unchanged = Assessment.objects.filter(pk=own.pk, revision=own.revision)
    moved = unchanged.filter(released_at__isnull=True, proposed_at__isnull=True).update(
        **values, revision=own.revision + 1, updated_at=timezone.now()
    )
    current = Assessment.objects.select_related("rubric").get(pk=own.pk)
    if moved:
        return assessment_data(current)
    if current.released_at is not None:
        raise AlreadyReleased(assessment_data(current))
    if current.proposed_at is not None:
        raise AlreadyProposed(assessment_data(current))
    raise StaleAssessment(assessment_data(current))


def _same_or_raise(final: Assessment, assessor_id: int, outcome: str) -> AssessmentData:
    """Return the result when it is the person's own decision, which a second click repeats."""
    if final.assessor_id == assessor_id and final.outcome == outcome:
        return assessment_data(final)
    raise AlreadyReleased(assessment_data(final))
