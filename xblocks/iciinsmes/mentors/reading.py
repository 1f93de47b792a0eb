"""What other rooms ask: who was asked about their subjects, what was answered, what is due."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from uuid import UUID

from django.db.models import Count
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from . import rules
from .data import (
    AnswerData,
    Invitation,
    MentorVerdict,
    RequestData,
    RequestState,
    SignOff,
    TookPlace,
    matter_from_json,
)
from .models import MentorAnswer, MentorRequest
from .serializers import answer_data, request_data


def requests_of(*, subjects: Collection[UUID]) -> dict[UUID, tuple[RequestData, ...]]:
    """Return whom somebody has asked about each subject, newest first, in one query; others are left out."""
    if not subjects:
        return {}
    now = timezone.now()
    found: dict[UUID, list[RequestData]] = {}
    for row in MentorRequest.objects.filter(subject__in=subjects).order_by("-created_at", "-pk"):
        found.setdefault(row.subject, []).append(request_data(row, now))
    return {subject: tuple(requests) for subject, requests in found.items()}


def open_invitations(*, asked_by: Collection[int]) -> tuple[Invitation, ...]:
    """Return what these people have asked mentors by links that still open something, oldest first, in one query."""
    now = timezone.now()
    rows = MentorRequest.objects.filter(asked_by__in=asked_by, state=RequestState.OPEN, expires_at__gt=now)
    return tuple(
        Invitation(request=request_data(row, now), matter=matter_from_json(row.matter), answer=None)
        for row in rows.order_by("created_at", "pk")
    )


def answers_of(*, subjects: Collection[UUID]) -> dict[UUID, AnswerData]:
    """Return the answer about each subject that has one, in one query."""
    if not subjects:
        return {}
    return {row.subject: answer_data(row) for row in MentorAnswer.objects.filter(subject__in=subjects)}


def sign_offs_of(*, subjects: Collection[UUID]) -> dict[UUID, SignOff]:
    """Return requests and answer of every subject given, in two queries for all."""
    requests = requests_of(subjects=subjects)
    answers = answers_of(subjects=subjects)
    return {subject: SignOff(requests.get(subject, ()), answers.get(subject)) for subject in subjects}


def confirmed_owners(*, course_key: CourseKey) -> int:
    """Return how many learners of the run have work of which a mentor has said that it took place; one query."""
    said = MentorAnswer.objects.filter(course_key=course_key, verdict=MentorVerdict.CONFIRMED.value)
    return said.exclude(took_place=TookPlace.NO.value).aggregate(count=Count("owner", distinct=True))["count"]


def due_reminders(*, limit: int = 500) -> tuple[RequestData, ...]:
    """Return open requests by mail that are a week old and were never reminded of, oldest first.

    Further reminders are the learner's to send.
    """
    now = timezone.now()
    rows = MentorRequest.objects.filter(
        state=RequestState.OPEN, expires_at__gt=now, reminders=0, created_at__lte=now - rules.REMINDER_PAUSE
    ).exclude(email="")
    return tuple(request_data(row, now) for row in rows.order_by("created_at")[:limit])


def expiring() -> Iterator[RequestData]:
    """Yield open requests whose link ends within five days, soonest first, so that learners can be told."""
    now = timezone.now()
    rows = MentorRequest.objects.filter(
        state=RequestState.OPEN, expires_at__gt=now, expires_at__lte=now + rules.EXPIRING
    )
    for row in rows.order_by("expires_at").iterator(chunk_size=500):
        yield request_data(row, now)
