"""Telling people about mentors: learners that a link ends soon, coaches that a mentor asks."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies
from iciinsmes.mentors import api as mentors
from iciinsmes.mentors.data import Matter, RequestData
from iciinsmes.notices import api as notices
from iciinsmes.platform import host, zones

from . import notice_kinds
from .models import Round
from .rules import WorkState


def tell_of_expiring_links() -> None:
    """Tell learners whose work still waits that a mentor's link ends within five days, at most once a week."""
    for request in mentors.expiring():
        _tell_of_end(request)


def tell_of_question(request: RequestData, matter: Matter) -> None:
    """Tell the coaches of the round's firm, without any the staff of the course run, what a mentor asks.

    Args:
        request: with the question.
        matter: what the mentor reads.
    """
    row = _rounds(request).first()
    if row is None:
        return
    course_key = row.work.course_key
    owner_id = row.work.owner_id
    for user_id in _coaches(row, course_key) or companies.staff_of(course_key=course_key, learner_id=owner_id):
        is_staff = companies.can_grade_of(user_id=user_id, owner_id=owner_id, course_key=course_key)
        desk = reverse("iciinsmes:desk-round", args=[course_key, row.id])
        with zones.as_read_by(user_id):
            detail = _question(request, matter)
        notices.notify(
            user_id=user_id,
            kind=notice_kinds.MENTOR_ASKS_COACH,
            course_key=course_key,
            title=row.work.assignment.shown_title,
            address=desk if is_staff else reverse("iciinsmes:inbox"),
            actor_name=request.contact.name,
            detail=detail,
            subject=str(row.id),
        )


def _coaches(row: Round, course_key: CourseKey) -> list[int]:
    return [] if row.company_id is None else companies.coach_ids(company_id=row.company_id, course_key=course_key)


def _question(request: RequestData, matter: Matter) -> str:
    """Return whose work it is, what the mentor wants to know, and where the answer goes, as the reader reads it."""
    until = zones.moment(request.expires_at)
    if request.contact.email:
        answer = translation.gettext(
            "Please answer to %(mentor_email)s. The link to confirm stays open until %(until)s."
        ) % {"mentor_email": request.contact.email, "until": until}
    else:
        answer = translation.gettext(
            "There is no mail address of the mentor; %(learner)s can put you in touch. "
            "The link to confirm stays open until %(until)s."
        ) % {"learner": matter.learner, "until": until}
    who = f"{matter.learner} ({matter.company})" if matter.company else matter.learner
    return "\n".join((who, request.coach_question, answer))


def _rounds(request: RequestData) -> QuerySet[Round]:
    """Return the learner's round that a mentor was asked about, if it is still there."""
    asked = Q(id=request.subject) | Q(team=request.subject)
    return Round.objects.filter(asked, work__owner_id=request.asked_by).select_related("work__assignment")


def _tell_of_end(request: RequestData) -> None:
    row = _rounds(request).filter(work__state=WorkState.HANDED_IN.value).first()
    if row is None or not companies.can_work(user_id=request.asked_by, course_key=row.work.course_key):
        return
    notices.remind(
        user_id=request.asked_by,
        kind=notice_kinds.LINK_EXPIRING,
        course_key=row.work.course_key,
        title=row.work.assignment.shown_title,
        address=host().block_url(row.work.assignment.usage_key),
        actor_name=request.contact.name,
        subject=str(row.id),
    )
