"""Proposals of many subjects at once: saved together or not at all, and taken back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from iciinsmes.lib.locks import locked

from .data import AssessmentData, Proposal, Readable, Rubric, rubric_from_json
from .errors import (
    AlreadyProposed,
    AlreadyReleased,
    InvalidAssessment,
    ManyRefused,
    ReviewError,
    StaleAssessment,
    UnknownRubric,
)
from .models import Assessment, RubricVersion
from .readable import BATCH, readable
from .rules import assessment_errors
from .serializers import assessment_data, proposed_values
from .signals import forgetting


def propose_many(*, assessor_id: int, proposals: Collection[Proposal]) -> dict[UUID, AssessmentData]:
    """Save one person's judgements of many subjects, all of them or none; by the same rules as `api.propose`.

    Args:
        assessor_id: the person who judges.
        proposals: at most one a subject.

    Returns:
        The proposals as they are kept now, by subject.

    Raises:
        ManyRefused: some cannot be saved, each for a reason that `api.propose` names too; nothing was saved.
    """
    rubrics = {
        row.id: rubric_from_json(row.content)
        for row in RubricVersion.objects.filter(id__in={each.rubric_id for each in proposals})
    }
    with transaction.atomic():
        known = readable(subjects=[each.subject for each in proposals], user_id=assessor_id)
        refused: dict[UUID, ReviewError] = {}
        fresh: list[Assessment] = []
        kept: dict[UUID, AssessmentData] = {}
        for each in proposals:
            before = known.get(each.subject, Readable())
            try:
                rubric = _checked(each, rubrics.get(each.rubric_id), before)
                if before.own is None:
                    fresh.append(_new(each, rubric, assessor_id))
                else:
                    kept[each.subject] = _changed(each, rubric, before.own)
            except ReviewError as error:
                refused[each.subject] = error
        if refused:
            raise ManyRefused(refused)
        _create(fresh, assessor_id)
    return {**kept, **{row.subject: assessment_data(row, rubrics[row.rubric_id]) for row in fresh}}


def take_back(*, assessor_id: int, revisions: Mapping[UUID, int]) -> frozenset[UUID]:
    """Remove the person's proposals that are still as they were at these revisions, and return of which subjects.

    Args:
        assessor_id: whose proposals.
        revisions: the revision of the proposal, by subject.
    """
    taken: set[UUID] = set()
    ids = sorted(revisions)
    with transaction.atomic():
        for start in range(0, len(ids), BATCH):
            rows = Assessment.objects.filter(assessor_id=assessor_id, joint=False, proposed_at=None, released_at=None)
            mine = list(locked(rows).filter(subject__in=ids[start : start + BATCH]).only("id", "subject", "revision"))
            same = [row for row in mine if row.revision == revisions[row.subject]]
            if same:
                forgetting.send(sender=Assessment, assessment_ids=[row.pk for row in same])
            Assessment.objects.filter(pk__in=[row.pk for row in same]).delete()
            taken |= {row.subject for row in same}
    return frozenset(taken)


def _checked(each: Proposal, rubric: Rubric | None, before: Readable) -> Rubric:
    """Return the rubric of a proposal that may be saved."""
    if rubric is None:
        raise UnknownRubric(each.rubric_id)
    errors = assessment_errors(rubric, points=each.points, comments=each.comments, feedback=each.feedback)
    if errors:
        raise InvalidAssessment(errors)
    if before.released is not None:
        raise AlreadyReleased(before.released)
    return rubric


def _new(each: Proposal, rubric: Rubric, assessor_id: int) -> Assessment:
    values = proposed_values(rubric, points=each.points, comments=each.comments, feedback=each.feedback)
    return Assessment(subject=each.subject, assessor_id=assessor_id, rubric_id=each.rubric_id, **values)


def _changed(each: Proposal, rubric: Rubric, own: AssessmentData) -> AssessmentData:
    """Write over the revision that was read, and only over that one; what is the same already is left alone."""
    values = proposed_values(rubric, points=each.points, comments=each.comments, feedback=each.feedback)
    if (own.points, own.comments, own.feedback) == (each.points, values["comments"], each.feedback):
        return own
    if own.proposed_at is not None:
        raise AlreadyProposed(own)
    if own.revision != (each.base_revision or 0):
        raise StaleAssessment(own)
    now, rows = (
        timezone.now(),
        Assessment.objects.filter(pk=own.id, revision=own.revision, released_at=None, proposed_at=None),
    )
    if not rows.update(**values, rubric_id=each.rubric_id, revision=own.revision + 1, updated_at=now):
        raise StaleAssessment(own)
    return replace(
        own,
        rubric=rubric,
        points=dict(each.points),
        comments=values["comments"],
        feedback=each.feedback,
        earned=values["earned"],
        possible=values["possible"],
        revision=own.revision + 1,
        updated_at=now,
    )


def _create(fresh: Collection[Assessment], assessor_id: int) -> None:
    try:
        with transaction.atomic():
            Assessment.objects.bulk_create(fresh, batch_size=BATCH)
    except IntegrityError:
        # Another tab of the same person has begun one of them in this moment.
        now = readable(subjects=[row.subject for row in fresh], user_id=assessor_id)
        stale = {subject: StaleAssessment(each.own) for subject, each in now.items() if each.own is not None}
        if not stale:
            raise
        raise ManyRefused(stale) from None
