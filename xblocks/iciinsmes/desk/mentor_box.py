"""The mentor's word beside the work that is graded: what was answered, or who is asked, and whether one may sign."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from iciinsmes.assignments.data import GradingData, MentorNeed
from iciinsmes.companies.api import can_coordinate
from iciinsmes.mentors import api as mentors
from iciinsmes.mentors.data import AnswerData, RequestData

_HANDED_IN = "handed_in"


@dataclass(frozen=True)
class MentorBox:
    """What the desk shows; ``answer`` has only words for teachers, ``sign_url`` is empty for who may not."""

    is_required: bool
    answer: AnswerData | None
    waiting: tuple[RequestData, ...]
    sign_url: str


def mentor_box(data: GradingData, *, user_id: int) -> MentorBox | None:
    """Return the mentor's word on the round, in two queries; None where no mentor has a say."""
    need = data.round.task.mentor.need
    if need is MentorNeed.NONE:
        return None
    subject = data.round.shared_id
    found = mentors.sign_offs_of(subjects=[subject])[subject]
    return MentorBox(
        is_required=need is MentorNeed.REQUIRED,
        answer=found.answer.seen_by("teacher") if found.answer else None,
        waiting=tuple(request for request in found.requests if request.link),
        sign_url=(
            reverse("iciinsmes:desk-sign", args=[data.version.course_key, data.round.id])
            if may_sign(data, user_id=user_id)
            else ""
        ),
    )


def may_sign(data: GradingData, *, user_id: int) -> bool:
    """Tell whether the person may sign for the mentor of the round now: coordinators, for the work of others."""
    return (
        data.state == _HANDED_IN
        and data.round.task.mentor.need is not MentorNeed.NONE
        and user_id not in (data.owner_id, *data.round.member_ids)
        and can_coordinate(user_id=user_id, course_key=data.version.course_key)
    )
