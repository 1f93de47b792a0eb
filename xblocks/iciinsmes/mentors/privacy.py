"""What the law gives people: a copy of what is kept about them, and its end."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from opaque_keys.edx.keys import CourseKey

from iciinsmes.personal import PersonalData

from .models import MentorAnswer, MentorRequest

_REQUEST = (
    "id", "subject", "course_key", "language", "role", "matter", "state", "created_at", "expires_at", "opened_at",
    "reminded_at", "reminders", "coach_asked_at", "coach_question",
)  # fmt: skip
_ANSWER = (
    "id", "subject", "course_key", "verdict", "took_place", "change", "coach_may_see", "teacher_may_see",
    "course_may_see", "remark", "role", "answered_at", "on_paper", "reason",
)  # fmt: skip
_SIGNED = ("id", "course_key", "verdict", "answered_at", "on_paper", "reason")


def export_person(*, user_id: int, course_key: CourseKey | None = None) -> PersonalData:
    """Return what is kept about the person as a learner, and what the person signed for others, without their names.

    Args:
        user_id: the person.
        course_key: only this course run; None for all.
    """
    requests, own, signed = _rows_of(user_id, course_key)
    return PersonalData(
        tables={
            "mentor_requests": _lines(requests.order_by("created_at").values(*_REQUEST)),
            "mentor_answers": _lines(own.order_by("answered_at").values(*_ANSWER)),
            "mentor_answers_signed_for_others": _lines(signed.order_by("answered_at").values(*_SIGNED)),
        }
    )


def forget_person(*, user_id: int, course_key: CourseKey | None = None) -> None:
    """Remove what mentors were asked and said about the person's work; links end with it.

    What the person signed for others stays, without saying who did.
    """
    with transaction.atomic():
        requests, own, signed = _rows_of(user_id, course_key)
        signed.update(signed_for_by=None)
        own.delete()
        requests.delete()


def _lines(rows: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for row in rows:
        yield {**row, "course_key": str(row["course_key"])}


def forget(*, subjects: Collection[UUID]) -> None:
    """Remove requests and answers about the subjects, because the subjects themselves are removed."""
    MentorAnswer.objects.filter(subject__in=subjects).delete()
    MentorRequest.objects.filter(subject__in=subjects).delete()


def _rows_of(
    user_id: int, course_key: CourseKey | None
) -> tuple[QuerySet[MentorRequest], QuerySet[MentorAnswer], QuerySet[MentorAnswer]]:
    """Return what the person asked, answers about the person's work, and answers that the person signed for others."""
    run = {} if course_key is None else {"course_key": course_key}
    return (
        MentorRequest.objects.filter(asked_by_id=user_id, **run),
        MentorAnswer.objects.filter(owner_id=user_id, **run),
        MentorAnswer.objects.filter(signed_for_by_id=user_id, **run),
    )
