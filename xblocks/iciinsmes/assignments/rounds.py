"""Handing in."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from opaque_keys.edx.keys import UsageKey

from iciinsmes.evidence import api as evidence
from iciinsmes.evidence.data import EvidenceData
from iciinsmes.platform import host

from . import rules
from .data import RoundData
from .errors import IncompleteWork, NotEditable, StaleDraft, TaskChanged
from .models import Draft, Round, Work
from .rows import draft_data, round_data
from .tasks import current_task


def hand_in(*, user_id: int, usage_key: UsageKey, base_revision: int, version_id: int) -> RoundData:
    """Turn the draft and its files into an immutable round, and mark the block complete for the learner.

    Args:
        user_id: the learner.
        usage_key: the block.
        base_revision: revision of the draft the learner saw.
        version_id: `TaskVersionData.id` the learner saw.

    Raises:
        UnknownAssignment: no learner has opened the block yet.
        NotEditable: the work is already handed in or passed; a double click ends here, with one round stored.
        StaleDraft: the draft was changed elsewhere since.
        TaskChanged: the author changed the task since.
        IncompleteWork: something is missing; nothing was stored.
    """
    version = current_task(usage_key=usage_key)
    if version.id != version_id:
        raise TaskChanged(str(usage_key))
    due_at = host().due_date(user_id, usage_key)
    with transaction.atomic():
        work, _created = Work.objects.select_for_update().get_or_create(
            assignment_id=version.assignment_id, owner_id=user_id, defaults={"course_key": version.course_key}
        )
        state = rules.next_state(rules.State(work.state), rules.Event.HAND_IN)
        if state is None:
            raise NotEditable(str(usage_key))
        draft = Draft.objects.filter(work=work).first()
        if draft is not None and draft.revision != base_revision:
            raise StaleDraft(draft_data(draft))
        answers = {} if draft is None else {q.key: draft.answers.get(q.key, "") for q in version.task.questions}
        hours = None if draft is None else draft.hours
        files = evidence.keep(owner_id=user_id, usage_key=usage_key)
        problems = rules.problems(version.task, answers=answers, hours=hours, files=files)
        if problems:
            raise IncompleteWork(problems)
        now = timezone.now()
        row = Round.objects.create(
            work=work,
            number=work.round_count + 1,
            task_version_id=version.id,
            handed_in_by_id=user_id,
            handed_in_at=now,
            due_at=due_at,
            answers=answers,
            evidence=[_file_json(file) for file in files],
            hours=hours,
        )
        work.state = state.value
        work.round_count += 1
        work.waiting_since = now
        work.save(update_fields=["state", "round_count", "waiting_since"])
        # A save that was on its way from another tab now finds a newer revision, and tells so instead of vanishing.
        Draft.objects.filter(work=work).update(revision=base_revision + 1)
        host().complete(user_id=user_id, usage_key=usage_key, fraction=1.0)
    return round_data(row, version.task, None)


def _file_json(file: EvidenceData) -> dict[str, object]:
    return {
        "id": str(file.id),
        "name": file.name,
        "description": file.description,
        "size": file.size,
        "content_type": file.content_type,
    }
