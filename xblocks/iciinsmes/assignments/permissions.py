"""Who may read what was handed in: one answer for pages and files."""

from __future__ import annotations

from uuid import UUID

from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies.api import can_coach, can_coordinate, can_grade, can_see_work
from iciinsmes.feedback import api as feedback
from iciinsmes.subjects import Subject

from .data import Audience, RoundData
from .models import Round


def can_read_round(*, user_id: int | None, round_data: RoundData, owner_id: int, course_key: CourseKey) -> bool:
    """Tell whether the person may read texts and files of a round.

    The owner may while taking part in the course run. Coordinators may. What the learner keeps to the coach may be read
    by the coaches of the firm in which it was done, other rounds by all teachers. The gallery is no matter of this
    function: it shows its own pages.

    Args:
        user_id: who wants to read.
        round_data: the round.
        owner_id: whose it is.
        course_key: its course run.
    """
    return _may_read(user_id, owner_id, course_key, round_data.audience, round_data.company_id)


def may_open_file(*, user_id: int, evidence_id: UUID, owner_id: int, subject: Subject) -> bool | None:
    """Tell `evidence` whether the person may open a file that a round holds; None if none does.

    Who handed in together with the owner of the file has it in a round of the own.
    """
    wanted = str(evidence_id)
    rows = Round.objects.filter(work__assignment__works__subject=subject.id, work__owner_id__in={user_id, owner_id})
    holding = [
        row
        for row in rows.select_related("work").defer("answers")
        if any(file["id"] == wanted for file in row.evidence)
    ]
    if not holding:
        return None
    return any(
        _may_read(user_id, row.work.owner_id, row.work.course_key, Audience(row.audience), row.company_id)
        for row in holding
    )


def may_open_feedback(*, user_id: int, evidence_id: UUID, owner_id: int, subject: Subject) -> bool:
    """Tell `evidence` whether the person may open a file that an assessor has added for a learner.

    Before the release it is the assessor's alone; afterwards who may read the round may open it.
    """
    rounds = feedback.subjects_with(file_id=evidence_id)
    if not rounds:
        return user_id == owner_id and can_grade(user_id=user_id, course_key=subject.course_key)
    return any(
        _may_read(user_id, row.work.owner_id, row.work.course_key, Audience(row.audience), row.company_id)
        for row in Round.objects.filter(id__in=rounds).select_related("work").defer("answers", "evidence", "items")
    )


def may_open_result(*, user_id: int, result_id: UUID, owner_id: int, course_key: CourseKey) -> bool:
    """Tell `exercises` whether the person may read a round that holds a copy of a result.

    Who handed in together with its owner has it in a round of the own.
    """
    wanted = str(result_id)
    rows = Round.objects.filter(work__course_key=course_key, work__owner_id__in={user_id, owner_id}).exclude(items=[])
    return any(
        _may_read(user_id, row.work.owner_id, course_key, Audience(row.audience), row.company_id)
        for row in rows.select_related("work").defer("answers", "evidence")
        if any(item["kind"] == "result" and item["content"]["result_id"] == wanted for item in row.items)
    )


def _may_read(
    user_id: int | None, owner_id: int, course_key: CourseKey, audience: Audience, company_id: int | None
) -> bool:
    if user_id is None:
        return False
    if user_id == owner_id or audience is not Audience.COACH:
        return can_see_work(user_id=user_id, owner_id=owner_id, course_key=course_key)
    if can_coordinate(user_id=user_id, course_key=course_key):
        return True
    return company_id is not None and can_coach(user_id=user_id, company_id=company_id, course_key=course_key)
