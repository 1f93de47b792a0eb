"""Telling people of gates: coaches and staff that a decision waits for them, members that there is one."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies
from iciinsmes.notices import api as notices
from iciinsmes.platform import host

from .data import Decider
from .models import GateRequest
from .notice_kinds import GATE_ASKED, GATE_DECIDED, GATE_WAITS
from .serializers import request_data


def tell_of_request(*, request_id: UUID, **_more: object) -> None:
    """Hear `signals.gate_asked`: tell the firm's coaches, or the run's staff where they decide."""
    asked = _request(request_id)
    if asked is None or asked.state != GateRequest.State.OPEN:
        return
    deciders = request_data(asked, asked.fingerprint).open_deciders
    firm, course_key = asked.project.company, asked.course_key
    if Decider.COACH in deciders:
        coaches = companies.coach_ids(company_id=firm.pk, course_key=course_key)
        outsiders = {user_id for user_id in coaches if not host().roles(user_id, course_key)}
        _ask(asked, outsiders, firm.name, reverse("iciinsmes:projects-coached"))
        _ask(asked, set(coaches) - outsiders, firm.name, _page(asked))
    if Decider.TEACHER in deciders:
        notices.notify_many(
            user_ids=companies.staff_of(course_key=course_key, learner_id=asked.asked_by_id),
            kind=GATE_WAITS,
            course_key=course_key,
            title=asked.project.title,
            address=_page(asked),
            actor_name=firm.name,
            subject=_subject(asked.pk),
        )


def tell_of_decision(*, request_id: UUID, **_more: object) -> None:
    """Hear `signals.gate_decided`: tell the members of the firm who learn in the run, except who decided alone."""
    asked = _request(request_id)
    if asked is None:
        return
    course_key: CourseKey = asked.course_key
    decided_by = {decision.decided_by_id for decision in asked.decisions.all()}
    members = companies.member_ids(company_id=asked.project.company_id, course_key=course_key) - decided_by
    people = host().people(members, course_key)
    for kind in (GATE_ASKED, GATE_WAITS):
        notices.take_back(kind=kind, subject=_subject(asked.pk))
    notices.notify_many(
        user_ids=[user_id for user_id, person in people.items() if person.takes_part],
        kind=GATE_DECIDED,
        course_key=course_key,
        title=asked.project.title,
        address=_page(asked),
        subject=_subject(asked.pk),
    )


def _ask(asked: GateRequest, user_ids: set[int], firm: str, address: str) -> None:
    if user_ids:
        notices.notify_many(
            user_ids=user_ids,
            kind=GATE_ASKED,
            course_key=asked.course_key,
            title=asked.project.title,
            address=address,
            actor_name=firm,
            subject=_subject(asked.pk),
        )


def _request(request_id: UUID) -> GateRequest | None:
    rows = GateRequest.objects.select_related("project__company").defer("snapshot", "project__facts")
    return rows.prefetch_related("decisions").filter(id=request_id).first()


def _page(asked: GateRequest) -> str:
    return f"{reverse('iciinsmes:project', args=[asked.course_key, asked.project_id])}#gates"


def _subject(request_id: UUID) -> str:
    return f"gate:{request_id}"
