"""What this room keeps about one person: handed out, and removed but for what others must be able to check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.personal_data import PersonalData

from .models import Attendance, Certificate, CertificateRun, CertificateStanding, TeacherWord


def export_person(*, user_id: int, course_key: CourseKey | None = None) -> PersonalData:
    """Return the person's certificates, sessions and what teachers have confirmed.

    Args:
        user_id: the person.
        course_key: only this course run; None for all.
    """
    here = _of_run(course_key)
    sessions = Attendance.objects.filter(learner_id=user_id, **_of_run(course_key, "session__course_key"))
    words = TeacherWord.objects.filter(learner_id=user_id, **here).order_by("shown_on", "id")
    return PersonalData(
        tables={
            "certificates": _certificates(user_id, here),
            "attendance": (
                {
                    "course": str(row.session.course_key),
                    "day": row.session.held_on,
                    "session": row.session.title,
                    "made_up_for": row.is_replaced,
                    "note": row.note,
                }
                for row in sessions.select_related("session").order_by("session__held_on", "id").iterator()
            ),
            "confirmed": (
                {"course": str(row.course_key), "criterion": row.criterion, "shown_on": row.shown_on}
                for row in words.iterator()
            ),
        }
    )


def forget_person(*, user_id: int, course_key: CourseKey | None = None) -> None:
    """Remove the person; of an issued certificate stay sheet, number and code, without name and account.

    Args:
        user_id: the person.
        course_key: only this course run; None for all.
    """
    here = _of_run(course_key)
    with transaction.atomic():
        sessions = Attendance.objects.filter(learner_id=user_id)
        if course_key is not None:
            sessions = sessions.filter(session__course_key=course_key)
        Attendance.objects.filter(pk__in=list(sessions.values_list("pk", flat=True))).delete()
        TeacherWord.objects.filter(learner_id=user_id, **here).delete()
        CertificateStanding.objects.filter(learner_id=user_id, **here).delete()
        Certificate.objects.filter(learner_id=user_id, **here).update(
            name="", earlier_names=[], learner=None, shows_name=False, reason=""
        )
        # As one of the staff.
        marked = Attendance.objects.filter(marked_by_id=user_id, **_of_run(course_key, "session__course_key"))
        Attendance.objects.filter(pk__in=list(marked.values_list("pk", flat=True))).update(marked_by=None)
        TeacherWord.objects.filter(said_by_id=user_id, **here).update(said_by=None)
        Certificate.objects.filter(issued_by_id=user_id, **here).update(issued_by=None)
        Certificate.objects.filter(revoked_by_id=user_id, **here).update(revoked_by=None)
        CertificateRun.objects.filter(changed_by_id=user_id, **here).update(changed_by=None)


def expire_attendance(*, before: datetime, dry_run: bool = False) -> int:
    """Remove who was in sessions held before this moment and what was confirmed before; return how many rows."""
    sessions = Attendance.objects.filter(session__held_on__lt=before.date())
    words = TeacherWord.objects.filter(said_at__lt=before)
    standings = CertificateStanding.objects.filter(looked_at__lt=before)
    count = sessions.count() + words.count()
    if not dry_run:
        sessions.delete()
        words.delete()
        standings.delete()
    return count


def expire_certificates(*, before: datetime, dry_run: bool = False) -> int:
    """Remove what was issued before this moment, return how many; ``dry_run`` only counts."""
    rows = Certificate.objects.filter(issued_at__lt=before)
    count = rows.count()
    if not dry_run:
        rows.delete()
    return count


def _of_run(course_key: CourseKey | None, path: str = "course_key") -> dict[str, Any]:
    return {} if course_key is None else {path: course_key}


def _certificates(user_id: int, here: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    rows = Certificate.objects.filter(learner_id=user_id, **here).order_by("issued_at", "id")
    for row in rows.iterator():
        yield {
            "course": str(row.course_key),
            "number": row.number,
            "code": row.code,
            "name": row.name,
            "earlier_names": row.earlier_names,
            "shows_name": row.shows_name,
            "sheet": row.sheet,
            "issued_at": row.issued_at,
            "corrected_at": row.corrected_at,
            "revoked_at": row.revoked_at,
            "reason": row.reason,
        }
