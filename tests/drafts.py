"""The subject that evidence of a learner's draft belongs to, also where no task is frozen."""

from __future__ import annotations

from opaque_keys.edx.keys import UsageKey

from iciinsmes.assignments.models import Assignment, Work
from iciinsmes.assignments.subjects import work_subject
from iciinsmes.subjects import Subject


def draft(user_id: int, usage_key: UsageKey) -> Subject:
    """Return the subject of the person's draft on the block; the work is made if there is none."""
    course_key = usage_key.course_key
    block = {"course_key": course_key, "title": "A task"}
    assignment, _new = Assignment.objects.get_or_create(usage_key=usage_key, defaults=block)
    work, _new = Work.objects.get_or_create(
        assignment=assignment, owner_id=user_id, defaults={"course_key": course_key}
    )
    return work_subject(work)
