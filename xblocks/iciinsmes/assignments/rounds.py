"""Handing in, and taking back what nobody has opened."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from opaque_keys.edx.keys import UsageKey

from iciinsmes.evidence import api as evidence
from iciinsmes.evidence.data import EvidenceData, item_to_json
from iciinsmes.mentors import api as mentors
from iciinsmes.platform import host

from . import rules
from .data import CompleteOn, RoundData, Task, Verb
from .errors import (
    IncompleteWork,
    NoRoundsLeft,
    NotEditable,
    NotWithdrawable,
    StaleDraft,
    TaskChanged,
    TooLate,
    UnknownRound,
)
from .hours_log import log_to_json
from .models import Draft, Round, Work
from .moves import locked_round, move
from .rows import draft_data, round_data
from .tasks import current_task
from .timeline import record


def hand_in(*, user_id: int, usage_key: UsageKey, base_revision: int, version_id: int) -> RoundData:
    """Turn the draft and its evidence into an immutable round.

    Args:
        user_id: the learner.
        usage_key: the block.
        base_revision: revision of the draft the learner saw.
        version_id: `TaskVersionData.id` the learner saw.

    Raises:
        UnknownAssignment: no learner has opened the block yet.
        NotEditable: the work is already handed in or passed; a double click ends here, with one round stored.
        NoRoundsLeft: every round that the author allows is used.
        TooLate: the deadline is over, and the author takes nothing later.
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
        came_from = rules.State(work.state)
        if rules.next_state(came_from, rules.Event.HAND_IN) is None:
            raise NotEditable(str(usage_key))
        if rules.rounds_left(version.task.attempts, work.extra_rounds, work.round_count) == 0:
            raise NoRoundsLeft(str(usage_key))
        now = timezone.now()
        _check_deadline(version.task, due_at, now)
        # Locked, so that a save from another tab cannot be confirmed between here and the end, and miss the round.
        draft = Draft.objects.select_for_update().filter(work=work).first()
        if draft is not None and draft.revision != base_revision:
            raise StaleDraft(draft_data(draft))
        content = draft_data(draft)
        answers = {} if draft is None else {q.key: draft.answers.get(q.key, "") for q in version.task.questions}
        items = evidence.items_of(owner_id=user_id, usage_key=usage_key)
        files = evidence.keep(owner_id=user_id, usage_key=usage_key)
        problems = rules.problems(
            version.task,
            answers=answers,
            hours=content.hours,
            files=files,
            items=items,
            log=content.log,
            own_work=content.own_work,
        )
        if problems:
            raise IncompleteWork(problems)
        row = Round.objects.create(
            work=work,
            number=work.round_count + 1,
            task_version_id=version.id,
            handed_in_by_id=user_id,
            handed_in_at=now,
            due_at=due_at,
            answers=answers,
            evidence=[_file_json(file) for file in files],
            items=[item_to_json(item) for item in items],
            hours=content.hours,
            log=log_to_json(content.log),
            audience=content.audience.value,
            own_work=version.task.statement and content.own_work,
            late_percent=rules.late_percent(now, due_at, version.task.late),
            came_from=came_from.value,
        )
        work.round_count += 1
        move(work, rules.Event.HAND_IN, task=version.task, usage_key=usage_key, round_id=row.id)
        # A save that was on its way from another tab now finds a newer revision, and tells so instead of vanishing.
        # The statement is made anew for each round.
        Draft.objects.filter(work=work).update(revision=base_revision + 1, own_work=False)
        record(work, Verb.HANDED_IN, round_number=row.number, actor_id=user_id)
    return round_data(row, version.task, None)


def withdraw(*, user_id: int, usage_key: UsageKey, round_id: UUID) -> None:
    """Take the newest round back as if it had never been handed in; its texts and files are the draft again.

    Args:
        user_id: the learner.
        usage_key: the block.
        round_id: the newest round of the learner's work on it.

    Raises:
        UnknownRound: the person has no such round; the second half of a double click ends here.
        NotWithdrawable: somebody has opened it, or it is not the newest one any more.
    """
    with transaction.atomic():
        work, row, task = locked_round(round_id)
        if work.owner_id != user_id or work.assignment.usage_key != usage_key:
            raise UnknownRound(str(round_id))
        came_from = rules.State(row.came_from)
        if row.opened_at is not None or row.number != work.round_count:
            raise NotWithdrawable(str(round_id))
        if rules.next_state(rules.State(work.state), rules.Event.WITHDRAW, came_from=came_from) is None:
            raise NotWithdrawable(str(round_id))
        work.round_count -= 1
        move(work, rules.Event.WITHDRAW, task=task, usage_key=usage_key, round_id=row.id, came_from=came_from)
        held = {file["id"] for other in work.rounds.exclude(id=row.id) for file in other.evidence}
        evidence.give_back(evidence_ids=[UUID(file["id"]) for file in row.evidence if file["id"] not in held])
        record(work, Verb.WITHDRAWN, round_number=row.number, actor_id=user_id)
        mentors.revoke_all(subjects=[row.id])
        row.delete()
        if task.complete_on is CompleteOn.HAND_IN and not work.round_count:
            host().complete(user_id=user_id, usage_key=usage_key, fraction=0.0)


def _check_deadline(task: Task, due_at: datetime | None, now: datetime) -> None:
    deadline = task.late.deadline(due_at)
    if not task.late.accept and deadline is not None and now > deadline:
        raise TooLate(deadline)


def _file_json(file: EvidenceData) -> dict[str, object]:
    return {
        "id": str(file.id),
        "name": file.name,
        "description": file.description,
        "size": file.size,
        "content_type": file.content_type,
        "question": file.question,
    }
