"""Who may read a data set or a result: its owner, and those whom the owner lets."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies.api import can_coach, can_grade, can_grade_of, can_work, company_of
from iciinsmes.lib.registry import Registry

from .models import DataSet, ToolResult


class ResultHolder(Protocol):
    """A room's answer to whether a person may see a result that it holds."""

    def __call__(self, *, user_id: int, result_id: UUID, owner_id: int, course_key: CourseKey) -> bool:
        """Return whether something that holds the result may be read by the person."""


_RULES: Registry[ResultHolder] = Registry("rule for results")


def register_access_rule(*, kind: str, holder: ResultHolder) -> None:
    """Ask this holder too; called while the app starts.

    Args:
        kind: of the subjects that hold copies of results, as `Subject.kind` has it.
        holder: what is asked.

    Raises:
        DoubledKey: there is another one for this kind.
    """
    _RULES.add(kind, holder)


def may_read(row: DataSet | ToolResult, user_id: int | None) -> bool:
    """Tell whether the person may read it by the owner's own word.

    The owner may while taking part in the course run; with the one mark colleagues of the firm in which it was made,
    while they are in it; with the other its coach and the staff of the course run.
    """
    course_key = row.course_key
    if user_id is None:
        return False
    if user_id == row.owner_id:
        return can_work(user_id=user_id, course_key=course_key) or can_grade(user_id=user_id, course_key=course_key)
    if row.for_staff and can_grade_of(user_id=user_id, owner_id=row.owner_id, course_key=course_key):
        return True
    if row.company_id is None:
        return False
    if row.for_staff and can_coach(user_id=user_id, company_id=row.company_id, course_key=course_key):
        return True
    if not row.for_company or not can_work(user_id=user_id, course_key=course_key):
        return False
    company = company_of(user_id=user_id, course_key=course_key)
    return company is not None and company.id == row.company_id


def may_share_with_company(row: DataSet | ToolResult) -> bool:
    """Tell whether the owner is in the firm in which it was made; nobody shares anew with a firm that has been left."""
    company = company_of(user_id=row.owner_id, course_key=row.course_key)
    return company is not None and company.id == row.company_id


def may_read_result(row: ToolResult, user_id: int | None) -> bool:
    """Tell whether the person may read a result: also staff if it is graded, and readers of what it is evidence in."""
    if may_read(row, user_id):
        return True
    if user_id is None:
        return False
    if row.graded and can_grade_of(user_id=user_id, owner_id=row.owner_id, course_key=row.course_key):
        return True
    return any(
        holder(user_id=user_id, result_id=row.id, owner_id=row.owner_id, course_key=row.course_key)
        for holder in _RULES.values()
    )
