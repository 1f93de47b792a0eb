"""Decisions at a gate by a link without an account: the room of mentors asks and takes the answer, this one follows."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies
from iciinsmes.mentors import api as mentors
from iciinsmes.mentors import errors as mentors_errors
from iciinsmes.mentors import signals
from iciinsmes.mentors.data import AnswerData, Matter, MentorContact, MentorVerdict, RequestData, SignOff
from iciinsmes.platform import host
from iciinsmes.subjects import Subject

from .data import GATE, Decider, GateRequestData, GateVerdict
from .errors import UnknownProject, WrongGate
from .gates import decide_by_link
from .labels import entry_lines, gate_name
from .models import GateRequest, Project
from .projects import changing

#: Who may be asked by a link.
BY_LINK = (Decider.OWNER, Decider.COACH)


def listen() -> None:
    """Connect the receivers."""
    signals.answered.connect(_answered)


def ask_by_link(
    *, request_id: UUID, user_id: int, course_key: CourseKey, decider: Decider, contact: MentorContact
) -> RequestData:
    """Ask somebody without an account for the decision, by mail or by a link that is shown.

    Args:
        request_id: an open request.
        user_id: a member of the firm.
        course_key: the run in which the request was made.
        decider: owner or coach, one of those who have not decided yet.
        contact: of the person, as typed.

    Raises:
        UnknownProject, NotAllowed, HasEnded: see `projects.changing`.
        WrongGate: nobody in this role is asked.
        mentors.errors.MentorsError: see `mentors.request_sign_off`.
    """
    asked = GateRequest.objects.filter(id=request_id, course_key=course_key).first()
    if asked is None or decider not in BY_LINK or decider.value not in asked.deciders:
        raise UnknownProject
    with changing(asked.project_id, user_id, course_key) as row:
        asked.refresh_from_db()
        if asked.state != GateRequest.State.OPEN or asked.decisions.filter(decider=decider.value).exists():
            raise WrongGate("not_open")
        members = companies.member_ids(company_id=row.company_id, course_key=course_key)
        return mentors.request_sign_off(
            subject=Subject(
                id=asked.owner_subject if decider is Decider.OWNER else asked.coach_subject,
                kind=GATE,
                course_key=course_key,
                company_id=row.company_id,
            ),
            asked_by=user_id,
            contact=contact,
            matter=_matter(asked, row, user_id),
            together=members - {user_id},
            one_person=companies.is_one_person(company_id=row.company_id),
        )


def links_of(*, request: GateRequestData) -> dict[Decider, SignOff]:
    """Return whom members have asked by a link for those who have not decided yet, in one query."""
    wanted = {each: request.link_subjects[each] for each in request.open_deciders if each in BY_LINK}
    found = mentors.requests_of(subjects=wanted.values())
    # Whoever has answered has decided, so that there is no answer to read.
    return {decider: SignOff(found.get(subject, ()), None) for decider, subject in wanted.items()}


def _matter(asked: GateRequest, row: Project, user_id: int) -> Matter:
    """Return what is decided on, as the person at the link reads it: the frozen copy in words."""
    stop = asked.proposal == GateVerdict.STOP.value
    company = companies.companies_by_id(company_ids=[row.company_id]).get(row.company_id)
    return Matter(
        title=f"{gate_name(asked.gate)}: {row.title}",
        learner=host().names([user_id]).get(user_id, ""),
        company=company.name if company else "",
        course=host().course(asked.course_key).title,
        handed_in_at=asked.asked_at,
        purpose=_("The firm proposes to stop the project. Confirm if you agree.")
        if stop
        else _(
            "The firm asks you to let the project go on. Confirm if you agree; send it back if something is missing."
        ),
        answers=(
            *(((_("Why"), asked.reason),) if asked.reason else ()),
            *entry_lines(asked.snapshot["entries"]),
        ),
    )


def _answered(answer: AnswerData, *, user_id: int | None = None, **_more: object) -> None:
    if answer.subject_kind != GATE:
        return
    asked = (
        GateRequest.objects.filter(owner_subject=answer.subject).first()
        or GateRequest.objects.filter(coach_subject=answer.subject).first()
    )
    if asked is None:
        raise mentors_errors.AnswerNotAwaited
    if user_id is not None and user_id in companies.member_ids(company_id=asked.project.company_id):
        raise mentors_errors.OwnSignOff
    try:
        decide_by_link(
            request_id=asked.pk,
            decider=Decider.OWNER if asked.owner_subject == answer.subject else Decider.COACH,
            name=answer.name,
            agrees=answer.verdict == MentorVerdict.CONFIRMED,
            reason="\n".join(filter(None, (answer.change, answer.remark, answer.reason))),
            user_id=answer.signed_for_by,
        )
    except (UnknownProject, WrongGate) as error:
        raise mentors_errors.AnswerNotAwaited from error
