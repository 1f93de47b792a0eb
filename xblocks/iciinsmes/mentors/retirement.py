"""What the law gives people: a copy of what is kept about them, and its end."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from opaque_keys.edx.keys import CourseKey

from iciinsmes.audit_log import api as audit_log
from iciinsmes.lib.personal_data import PersonalData
from iciinsmes.notices import api as notices
from iciinsmes.platform import host

from .data import RequestState
from .models import MentorAnswer, MentorRequest

_REQUEST = (
    "id", "subject", "course_key", "language", "role", "matter", "state", "created_at", "expires_at", "opened_at",
    "reminded_at", "reminders", "coach_asked_at", "coach_question",
)  # fmt: skip
_ANSWER = (
    "id", "subject", "course_key", "verdict", "took_place", "change", "coach_may_see", "teacher_may_see",
    "course_may_see", "remark", "role", "answered_at", "on_paper", "reason",
)  # fmt: skip
#: Stands where the name of a forgotten mentor stood.
_NOBODY = "…"
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
    """Remove what mentors were asked and said about the person's work, and the mails to them; links end with it.

    What the person signed for others stays, without saying who did: as a coordinator, or as a mentor, who is found by
    the address that was asked.
    """
    with transaction.atomic():
        requests, own, signed = _rows_of(user_id, course_key)
        signed.update(signed_for_by=None)
        own.delete()
        _forget_requests(requests)
        for row in _asked_as_mentor(user_id, course_key):
            _take_mentor_out(row)


def _lines(rows: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for row in rows:
        yield {**row, "course_key": str(row["course_key"])}


def forget(*, subjects: Collection[UUID]) -> None:
    """Remove requests and answers about the subjects, because the subjects themselves are removed."""
    MentorAnswer.objects.filter(subject__in=subjects).delete()
    _forget_requests(MentorRequest.objects.filter(subject__in=subjects))


def _forget_requests(rows: QuerySet[MentorRequest]) -> None:
    """Remove requests with the mails that went to the mentors about them."""
    for row in rows.exclude(email=""):
        # The name as it was written into the mail: the account may have lost or changed it since.
        notices.forget_mails(to=row.email, naming=row.matter["learner"])
    rows.delete()


def _asked_as_mentor(user_id: int, course_key: CourseKey | None) -> QuerySet[MentorRequest]:
    """Return what others asked the person as a mentor, under any address that the host knows the person by."""
    wanted = Q(pk=None)
    for address in host().known_names(user_id):
        if "@" in address:
            wanted |= Q(email__iexact=address)
    rows = MentorRequest.objects.filter(wanted).exclude(asked_by_id=user_id)
    return rows if course_key is None else rows.filter(course_key=course_key)


def _take_mentor_out(row: MentorRequest) -> None:
    """Take name and address of a mentor out of one request; the answer stays, an open request ends."""
    answer = MentorAnswer.objects.filter(request=row).first()
    for name in {row.name, answer.name} if answer else {row.name}:
        notices.forget_actor(name=name, course_key=row.course_key)
        audit_log.forget_actor(name=name, person_id=row.asked_by_id)
    MentorAnswer.objects.filter(request=row).update(name=_NOBODY)
    notices.forget_mails(to=row.email)
    row.name, row.email = _NOBODY, ""
    if row.state == RequestState.OPEN:
        row.state = RequestState.REVOKED
    row.save(update_fields=["name", "email", "state"])


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
