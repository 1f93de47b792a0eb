"""Saving what is being written."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils import timezone
from opaque_keys.edx.keys import UsageKey

from . import rules
from .data import DraftData
from .errors import NotEditable, StaleDraft
from .models import Draft, Work
from .rows import draft_data, version_data
from .tasks import current_task
from .works import draft_of, find_work


def save_draft(
    *, user_id: int, usage_key: UsageKey, answers: Mapping[str, str], hours: Decimal | None, base_revision: int
) -> DraftData:
    """Save what is being written.

    Args:
        user_id: the learner.
        usage_key: the block.
        answers: question key to text; keys the task does not have are ignored, questions that are left out keep what
            was saved. A text is cut at `rules.MAX_ANSWER_CHARS`.
        hours: hours at work so far, or None.
        base_revision: the revision this text started from; 0 if nothing was saved before.

    Returns:
        The draft as saved. Saving what is already there is no conflict and returns it as it is.

    Raises:
        UnknownAssignment: no learner has opened the block yet.
        NotEditable: the work is handed in or passed.
        StaleDraft: another tab or device saved something else in between; nothing was changed.
    """
    work = find_work(user_id, usage_key)
    if work is None:
        version = current_task(usage_key=usage_key)
        work, _created = Work.objects.get_or_create(
            assignment_id=version.assignment_id, owner_id=user_id, defaults={"course_key": version.course_key}
        )
        draft = None
        task = version.task
    else:
        draft = draft_of(work)
        task = version_data(work.assignment).task
    if rules.State(work.state) not in rules.EDITABLE:
        raise NotEditable(str(usage_key))
    known = {question.key for question in task.questions}
    wanted = {key: text[: rules.MAX_ANSWER_CHARS] for key, text in answers.items() if key in known}
    now = timezone.now()
    if draft is None:
        draft, created = Draft.objects.get_or_create(
            work_id=work.id, defaults={"answers": wanted, "hours": hours, "revision": 1, "saved_at": now}
        )
        if created:
            return draft_data(draft)
    merged = {**draft.answers, **wanted}
    if draft.answers == merged and draft.hours == hours:
        return draft_data(draft)
    # One conditional statement decides between two tabs; a lock would cost two more.
    updated = Draft.objects.filter(pk=draft.pk, revision=base_revision).update(
        answers=merged, hours=hours, revision=base_revision + 1, saved_at=now
    )
    if not updated:
        raise StaleDraft(draft_data(Draft.objects.get(pk=draft.pk)))
    return DraftData(answers=merged, hours=hours, revision=base_revision + 1, saved_at=now)
