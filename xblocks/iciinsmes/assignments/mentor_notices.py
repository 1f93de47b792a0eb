"""Telling people about mentors: learners that a link ends soon."""

from __future__ import annotations

from django.db.models import Q

from iciinsmes.companies import api as companies
from iciinsmes.mentors import api as mentors
from iciinsmes.mentors.data import RequestData
from iciinsmes.notices import api as notices
from iciinsmes.platform import host

from .models import Round
from .rules import State


def tell_of_expiring_links() -> None:
    """Tell learners whose work still waits that a mentor's link ends within five days, at most once a week."""
    for request in mentors.expiring():
        _tell_of_end(request)


def _tell_of_end(request: RequestData) -> None:
    asked = Q(id=request.subject) | Q(team=request.subject)
    rounds = Round.objects.filter(asked, work__owner_id=request.asked_by, work__state=State.HANDED_IN.value)
    row = rounds.select_related("work__assignment").first()
    if row is None or not companies.can_work(user_id=request.asked_by, course_key=row.work.course_key):
        return
    notices.remind(
        user_id=request.asked_by,
        kind=notices.Kind.LINK_EXPIRING,
        course_key=row.work.course_key,
        title=row.work.assignment.title,
        address=host().block_url(row.work.assignment.usage_key),
        actor_name=request.contact.name,
        subject=str(row.id),
    )
