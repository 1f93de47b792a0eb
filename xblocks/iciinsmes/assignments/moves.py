"""Moving a work from state to state: the one place where `Work.state` changes."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from opaque_keys.edx.keys import UsageKey

from iciinsmes.platform import host

from . import rules
from .data import Task
from .errors import NotEditable, UnknownRound
from .models import Round, Work
from .task_json import task_from_json
from .telling import tell_about


def locked_round(round_id: UUID) -> tuple[Work, Round, Task]:
    """Return a round, its work locked until the end of the transaction, and the task it answers.

    Raises:
        UnknownRound: there is no such round.
    """
    work_id = Round.objects.filter(id=round_id).values_list("work_id", flat=True).first()
    if work_id is None:
        raise UnknownRound(str(round_id))
    work = Work.objects.select_for_update().get(id=work_id)
    # Read behind the lock: it may have been taken back in between.
    row = Round.objects.select_related("task_version").filter(id=round_id).first()
    if row is None:
        raise UnknownRound(str(round_id))
    return work, row, task_from_json(row.task_version.content)


def move(
    work: Work,
    event: rules.Event,
    *,
    task: Task,
    usage_key: UsageKey,
    round_id: UUID,
    came_from: rules.State = rules.State.DRAFT,
    actor_name: str = "",
    note: str = "",
) -> None:
    """Move a locked work, put it into the queue or out of it, and tell host and people about it.

    Args:
        work: locked, with changed fields of its own not yet saved.
        event: what happened; the caller has made sure that it may.
        task: what the newest round answers.
        usage_key: the block.
        round_id: the newest round.
        came_from: for a withdrawal, where the work stood before.
        actor_name: see `tell_about`.
        note: see `tell_about`.

    Raises:
        NotEditable: the table has no such move.
    """
    before = rules.State(work.state)
    after = rules.next_state(before, event, came_from=came_from, need=task.mentor.need)
    if after is None:
        raise NotEditable(f"{before} {event}")
    work.state = after.value
    waiting_for = rules.waiting_for(after, task.mentor.need).value
    if not waiting_for:
        work.waiting_since = None
    elif waiting_for != work.waiting_for:
        work.waiting_since = timezone.now()
    work.waiting_for = waiting_for
    work.save(update_fields=["state", "round_count", "waiting_for", "waiting_since", "extra_rounds"])
    done = rules.is_complete(after, task.complete_on)
    if done and not rules.is_complete(before, task.complete_on):
        host().complete(user_id=work.owner_id, usage_key=usage_key, fraction=1.0)
    tell_about(
        work,
        event,
        round_id=round_id,
        before=before,
        task=task,
        usage_key=usage_key,
        actor_name=actor_name,
        note=note,
    )
