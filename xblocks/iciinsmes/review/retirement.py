"""What this room keeps about one person as an assessor. What is said about a person's own work goes with that work."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.personal_data import PersonalData

from .models import Assessment, EarlierResult
from .signals import forgetting


def export_person(*, user_id: int, course_key: CourseKey | None = None) -> PersonalData:
    """Return the assessments that the person has written, without whose work they are about.

    Assessments know no course run, so one course run's export has none of them.

    Args:
        user_id: the person.
        course_key: a course run; None for everything.
    """
    return PersonalData(tables={"assessments_written": _written(user_id) if course_key is None else ()})


def forget_person(*, user_id: int, course_key: CourseKey | None = None) -> None:
    """Take the person's name off the results that were released, and remove what was only proposed.

    A result is the learner's and stays as it is; it then says that somebody without an account gave it. Assessments
    know no course run: `forget_assessor` does the same for the subjects of one.
    """
    if course_key is None:
        _forget(user_id)


def forget_assessor(*, user_id: int, subjects: Collection[UUID]) -> None:
    """Do the same as `forget_person` with these subjects only."""
    _forget(user_id, subject__in=subjects)


def judged_by(*, user_id: int) -> tuple[UUID, ...]:
    """Return the subjects that the person has assessed or let go out, in one query."""
    rows = Assessment.objects.filter(Q(assessor_id=user_id) | Q(released_by_id=user_id))
    return tuple(rows.values_list("subject", flat=True))


def _forget(user_id: int, **which: Any) -> None:
    rows = Assessment.objects.filter(assessor_id=user_id, **which)
    let_out = Assessment.objects.filter(released_by_id=user_id, **which)
    with transaction.atomic():
        # What the person has planned waits for somebody again.
        let_out.filter(released_at__isnull=True).update(release_at=None)
        let_out.update(released_by=None)
        proposed = rows.filter(released_at__isnull=True)
        if ids := list(proposed.values_list("id", flat=True)):
            forgetting.send(sender=Assessment, assessment_ids=ids)
        proposed.delete()
        rows.update(assessor=None)
        _forget_earlier(user_id, **which)


def _forget_earlier(user_id: int, **which: Any) -> None:
    EarlierResult.objects.filter(assessor_id=user_id, **which).update(assessor=None)
    EarlierResult.objects.filter(replaced_by_id=user_id, **which).update(replaced_by=None)


def _written(user_id: int) -> Iterator[Mapping[str, Any]]:
    for row in Assessment.objects.filter(assessor_id=user_id).order_by("created_at").iterator():
        yield {
            "written_at": row.created_at,
            "released_at": row.released_at,
            "points": row.points,
            "comments": row.comments,
            "feedback": row.feedback,
            "outcome": row.outcome,
            "released_with": row.beside,
        }
    for earlier in EarlierResult.objects.filter(assessor_id=user_id).order_by("released_at", "pk").iterator():
        yield {
            "written_at": earlier.released_at,
            "released_at": earlier.released_at,
            "points": earlier.points,
            "comments": earlier.comments,
            "feedback": earlier.feedback,
            "outcome": earlier.outcome,
        }
