"""Mails to mentors, each in the mentor's language, and to coaches; they leave when the database has confirmed."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth import get_user_model
from django.utils import timezone, translation
from django.utils.formats import date_format
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies
from iciinsmes.notices import api as notices
from iciinsmes.platform import host

from .data import Matter, RequestData


def invitation(request: RequestData, matter: Matter) -> None:
    """Ask the mentor."""
    _to_mentor("invitation", request, matter)


def reminder(request: RequestData, matter: Matter) -> None:
    """Ask the mentor once more, with the same link."""
    _to_mentor("reminder", request, matter)


def question(request: RequestData, matter: Matter) -> None:
    """Bring the mentor's question to the coaches of the learner's firm, or to the staff of the course run."""
    course_key = CourseKey.from_string(request.course_key)
    receivers = _coaches(request.asked_by, course_key) or host().staff_ids(course_key)
    for user in get_user_model().objects.filter(pk__in=receivers, is_active=True).exclude(email=""):
        _send("question", user.email, host().language(user.pk), request, matter, user_id=user.pk)


def _coaches(learner_id: int, course_key: CourseKey) -> list[int]:
    company = companies.company_of(user_id=learner_id, course_key=course_key)
    if company is None:
        return []
    return [coach.user_id for coach in companies.firm_detail(company_id=company.id, course_key=course_key).coaches]


def _to_mentor(template: str, request: RequestData, matter: Matter) -> None:
    _send(template, request.contact.email, request.contact.language, request, matter)


def _send(
    template: str, to: str, language: str, request: RequestData, matter: Matter, user_id: int | None = None
) -> None:
    with translation.override(language):
        context: dict[str, object] = {
            "title": matter.title,
            "learner": matter.learner,
            "company": matter.company,
            "course": matter.course,
            "mentor": request.contact.name,
            "mentor_email": request.contact.email,
            "question": request.coach_question,
            "address": request.link,
            "handed_in": _day(matter.handed_in_at),
            "until": _day(request.expires_at),
        }
    notices.send_mail(
        to=to,
        language=language,
        template=f"iciinsmes/mentors/mail_{template}.txt",
        context=context,
        course_key=CourseKey.from_string(request.course_key),
        user_id=user_id,
    )


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "DATE_FORMAT")
