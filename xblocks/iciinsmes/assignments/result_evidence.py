"""Results of instruments as evidence of a work: which may be attached where, and attaching one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.evidence import api as evidence
from iciinsmes.evidence.data import ItemData
from iciinsmes.exercises import api as exercises

from .errors import NotEditable
from .models import Assignment, Work
from .rules import EDITABLE, WorkState
from .serializers import version_data
from .subjects import NOTHING, draft_subject
from .tasks import current_task
from .works import may_edit


@dataclass(frozen=True)
class Offer:
    """An assignment that a result may become evidence of; ``attached`` says that the draft has it."""

    usage_key: UsageKey
    title: str
    attached: bool


def attach_result(*, user_id: int, usage_key: UsageKey, result_id: UUID, question: str = "") -> ItemData:
    """Copy an own result into the draft; the second time changes nothing.

    Args:
        user_id: the learner.
        usage_key: the block.
        result_id: a result of this person in the block's course run.
        question: key of the question it belongs to, or empty.

    Raises:
        UnknownAssignment: no learner has opened the block yet.
        NotEditable: the work is handed in or passed.
        UnknownResult: the person has no such result in this course run.
        RuleBroken: the task does not allow results, or there is no room for it.
    """
    version = current_task(usage_key=usage_key)
    if not may_edit(user_id=user_id, usage_key=usage_key):
        raise NotEditable
    found = exercises.own_result(result_id=result_id, owner_id=user_id, course_key=version.course_key)
    content = evidence.result_content(
        result_id=found.id, instrument=found.instrument, is_demo=found.is_demo, result=found.result
    )
    return evidence.add_result(
        owner_id=user_id,
        subject=partial(draft_subject, user_id=user_id, version=version),
        title=found.title,
        content=content,
        rules=version.task.evidence,
        question=question,
    )


def offers_of(*, user_id: int, course_key: CourseKey, result_id: UUID) -> tuple[Offer, ...]:
    """Return the open assignments of the course run that allow results, by title, in three queries."""
    works = {
        usage_key: (WorkState(state), subject)
        for usage_key, state, subject in Work.objects.filter(owner_id=user_id, course_key=course_key).values_list(
            "assignment__usage_key", "state", "subject"
        )
    }
    rows = Assignment.objects.filter(course_key=course_key, current__isnull=False).select_related("current")
    open_ones = [
        (row.usage_key, row.title, subject)
        for row in rows.order_by("title", "id")
        for state, subject in [works.get(row.usage_key, (WorkState.DRAFT, NOTHING))]
        if state in EDITABLE and version_data(row).task.evidence.has_results
    ]
    holding = evidence.drafts_with_result(owner_id=user_id, course_key=course_key, result_id=result_id)
    return tuple(Offer(usage_key, title, subject in holding) for usage_key, title, subject in open_ones)
