"""When somebody is done with a judgement that goes out later, or by way of somebody else."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from .data import AssessmentData
from .errors import AlreadyProposed, AlreadyReleased, InvalidAssessment, NoProposal, StaleAssessment
from .models import Assessment
from .rules import missing_errors, score
from .serializers import assessment_data


def hand_in_proposal(*, subject: UUID, assessor_id: int, outcome: str, joint: bool = False) -> AssessmentData:
    """Keep that somebody is done: the judgement stays as it is until it is released or taken back.

    Doing it again returns the same.

    Args:
        subject: what was judged.
        assessor_id: who judged it.
        outcome: ``passed`` or ``revise``.
        joint: whether it is the person's judgement with others' in view.

    Raises:
        NoProposal: the person has not judged it.
        InvalidAssessment: see `release`.
        AlreadyProposed: with another outcome.
        AlreadyReleased: the subject has its result.
        StaleAssessment: another tab saved in this moment.
    """
    own = _row(subject, assessor_id, joint)
    if Assessment.objects.filter(released_subject=subject).exists():
        raise AlreadyReleased(
            assessment_data(Assessment.objects.select_related("rubric").get(released_subject=subject))
        )
    if own is None:
        raise NoProposal(subject)
    if own.proposed_at is not None:
        if own.outcome == outcome:
            return assessment_data(own)
        raise AlreadyProposed(assessment_data(own))
    check_outcome(own, outcome)
    unchanged = Assessment.objects.filter(pk=own.pk, revision=own.revision)
    moved = unchanged.filter(released_at=None, proposed_at=None).update(outcome=outcome, proposed_at=timezone.now())
    current = _row(subject, assessor_id, joint)
    if current is None:
        raise NoProposal(subject)
    if not moved:
        raise StaleAssessment(assessment_data(current))
    return assessment_data(current)


def take_back_proposal(*, subject: UUID, assessor_id: int, joint: bool = False) -> bool:
    """Let somebody go on working on what was proposed and is not released; tell whether it was proposed."""
    rows = Assessment.objects.filter(subject=subject, assessor_id=assessor_id, joint=joint, released_at=None)
    return bool(
        rows.exclude(proposed_at=None).update(
            proposed_at=None, outcome=Assessment.Outcome.UNDECIDED, release_at=None, released_by=None
        )
    )


def has_marked(*, subjects: Collection[UUID], assessor_id: int) -> frozenset[UUID]:
    """Return those of the subjects that the person is done with, in one query."""
    rows = Assessment.objects.filter(subject__in=subjects, assessor_id=assessor_id).exclude(proposed_at=None)
    return frozenset(rows.values_list("subject", flat=True))


def not_marked_by_two(*, subjects: Collection[UUID]) -> frozenset[UUID]:
    """Return those of the subjects without a result that fewer than two are done with, in one query."""
    rows = Assessment.objects.filter(subject__in=subjects).order_by()
    done = Count("id", filter=Q(proposed_at__isnull=False, joint=False))
    found = rows.values_list("subject").annotate(done=done, ended=Max("released_at"))
    known = {subject for subject, count, ended in found if count > 1 or ended is not None}
    return frozenset(subjects) - known


def check_outcome(own: Assessment, outcome: str) -> None:
    """Make sure that a judgement may end so.

    Raises:
        InvalidAssessment: see `release`.
    """
    if outcome not in (Assessment.Outcome.PASSED, Assessment.Outcome.REVISE):
        raise InvalidAssessment({"outcome": _("Choose between a pass and another round.")})
    if outcome != Assessment.Outcome.PASSED:
        return
    data = assessment_data(own)
    missing = missing_errors(data.rubric, data.points)
    if missing:
        raise InvalidAssessment(missing)
    if not score(data.rubric, data.points).passes:
        raise InvalidAssessment({"outcome": _("These points do not pass. Change them, or ask for another round.")})


def _row(subject: UUID, assessor_id: int, joint: bool) -> Assessment | None:
    rows = Assessment.objects.filter(subject=subject, assessor_id=assessor_id, joint=joint)
    return rows.select_related("rubric").first()
