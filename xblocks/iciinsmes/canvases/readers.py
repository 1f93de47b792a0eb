"""Who may read a canvas and who may change it: its owner, and those whom the owner lets."""

from __future__ import annotations

from iciinsmes.companies.api import can_coach, can_grade, can_work, company_of

from .models import Canvas


def may_read(row: Canvas, user_id: int | None) -> bool:
    """Tell whether the person may read it: who may change it; if the owner lets them, coach and staff of the run.

    The owner may also read it who is staff of the course run by now.
    """
    if user_id is None:
        return False
    if may_edit(row, user_id):
        return True
    is_let = user_id == row.owner_id or row.shared_with_staff
    if is_let and can_grade(user_id=user_id, course_key=row.course_key):
        return True
    return (
        row.shared_with_staff
        and row.company_id is not None
        and can_coach(user_id=user_id, company_id=row.company_id, course_key=row.course_key)
    )


def may_edit(row: Canvas, user_id: int | None) -> bool:
    """Tell whether the person may change it: the owner while a learner of the course run; if shared, colleagues.

    Colleagues are learners of the course run who are in the firm in which it was made.
    """
    if user_id is None or not can_work(user_id=user_id, course_key=row.course_key):
        return False
    if user_id == row.owner_id:
        return True
    if not row.shared_with_firm or row.company_id is None:
        return False
    company = company_of(user_id=user_id, course_key=row.course_key)
    return company is not None and company.id == row.company_id
