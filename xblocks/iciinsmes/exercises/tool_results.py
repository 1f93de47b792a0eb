"""Results that were computed from a learner's data, and their life outside of the exercise."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from opaque_keys.edx.keys import CourseKey

from iciinsmes.audit_log import api as audit_log

from .data import ResultData, ResultLine
from .errors import InUse, UnknownResult
from .models import Attempt, ToolResult
from .permissions import may_read_result, may_share_with_company
from .serializers import result_data, result_line


def results_of(*, owner_id: int, course_key: CourseKey) -> tuple[ResultLine, ...]:
    """Return the person's results in the course run, newest first, in one query."""
    rows = ToolResult.objects.filter(owner_id=owner_id, course_key=course_key, revealed_at__isnull=False)
    return tuple(result_line(row) for row in rows.defer("content").order_by("-created_at", "id"))


def own_result(*, result_id: UUID, owner_id: int, course_key: CourseKey) -> ResultData:
    """Return a result of the person in this course run.

    Raises:
        UnknownResult: there is none, or it was not shown yet.
    """
    row = _shown(result_id)
    if row.owner_id != owner_id or row.course_key != course_key:
        raise UnknownResult
    return result_data(row)


def read_result(*, result_id: UUID, reader_id: int | None) -> ResultData:
    """Return a result for somebody who may see it; the trail keeps who else than the owner did.

    Raises:
        UnknownResult: there is no such result, or not for this person.
    """
    row = _shown(result_id)
    if not may_read_result(row, reader_id):
        raise UnknownResult
    if row.owner_id != reader_id:
        audit_log.record(
            course_key=row.course_key,
            verb="result_read",
            actor_id=reader_id,
            person_id=row.owner_id,
            subject=f"result:{row.id}",
        )
    return result_data(row)


def share_result(*, result_id: UUID, owner_id: int, for_company: bool, for_staff: bool) -> None:
    """Say who else may read it: colleagues of the firm, unless the owner has left it, coach and teachers.

    Raises:
        UnknownResult: no such result of this person.
    """
    row = _own(result_id, owner_id)
    row.for_company, row.for_staff = for_company and (row.for_company or may_share_with_company(row)), for_staff
    row.save(update_fields=["for_company", "for_staff"])


def remove_result(*, result_id: UUID, owner_id: int) -> None:
    """Remove a result for good.

    Raises:
        UnknownResult: no such result of this person.
        InUse: it belongs to an attempt.
    """
    row = _own(result_id, owner_id)
    if Attempt.objects.filter(result=row).exists():
        raise InUse
    row.delete()


def expire_results(*, before: datetime, dry_run: bool = False) -> int:
    """Remove the results made before this moment with their attempts, return how many; ``dry_run`` only counts."""
    rows = ToolResult.objects.filter(created_at__lt=before)
    count = rows.count()
    if not dry_run:
        rows.delete()
    return count


def _shown(result_id: UUID) -> ToolResult:
    row = ToolResult.objects.select_related("data_version").filter(pk=result_id, revealed_at__isnull=False).first()
    if row is None:
        raise UnknownResult
    return row


def _own(result_id: UUID, owner_id: int) -> ToolResult:
    row = _shown(result_id)
    if row.owner_id != owner_id:
        raise UnknownResult
    return row
