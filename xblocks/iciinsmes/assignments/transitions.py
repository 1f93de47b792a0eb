"""Moving a work from state to state, the one place where `Work.state` changes, and keeping its life line by line."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import Q
from opaque_keys.edx.keys import UsageKey

from iciinsmes.audit_log import api as audit_log
from iciinsmes.lib import locks
from iciinsmes.platform import host
from iciinsmes.platform.events import Value
from iciinsmes.waiting import api as waiting
from iciinsmes.waiting.data import WaitingFor

from . import rules
from .data import Happening, Task, TaskVersionData, Verb
from .errors import NotEditable, OwnWork, UnknownRound
from .models import Round, Work
from .notifications import tell_about
from .serializers import task_from_json

#: What the host is told of a move, by name of an event; the mentor's confirmation is told with the answer.
_PUBLISHED: Mapping[rules.Event, Sequence[str]] = {
    rules.Event.HAND_IN: ("iciinsmes.work.handed_in",),
    rules.Event.WITHDRAW: ("iciinsmes.work.withdrawn",),
    rules.Event.CONFIRM: (),
    rules.Event.SEND_BACK: ("iciinsmes.work.returned",),
    rules.Event.RELEASE_PASSED: ("iciinsmes.work.released", "iciinsmes.work.passed"),
    rules.Event.RELEASE_REVISE: ("iciinsmes.work.released", "iciinsmes.work.returned"),
    rules.Event.REOPEN: ("iciinsmes.work.reopened",),
    rules.Event.CANCEL: ("iciinsmes.work.reopened",),
    rules.Event.CORRECT_PASSED: ("iciinsmes.work.released", "iciinsmes.work.passed"),
    rules.Event.CORRECT_REVISE: ("iciinsmes.work.released", "iciinsmes.work.returned"),
}


def locked(work_ids: Iterable[int]) -> list[Work]:
    """Return the works, locked in the order of their ids until the end of the transaction.

    By primary key, because a database locks rows as it finds them: by another index that would be in another order.
    """
    return list(locks.locked(Work.objects).filter(id__in=list(work_ids)).order_by("id"))


def locked_rounds(round_id: UUID) -> tuple[list[tuple[Work, Round]], Task]:
    """Return a round and those that were handed in together with it, each with its work, and the task they answer.

    The round that was asked for comes first. The works are locked until the end of the transaction, always in the order
    of their ids, and before anything else: two people who act on the same team or on the same round, its mentor among
    them, wait for each other instead of for ever.

    Args:
        round_id: a round, or the `RoundData.shared_id` of several.

    Raises:
        UnknownRound: there is no such round.
    """
    asked = Q(id=round_id) | Q(team=round_id)
    found = Round.objects.filter(asked).values_list("work_id", "team").first()
    if found is None:
        raise UnknownRound(str(round_id))
    work_id, team = found
    together = Round.objects.filter(id=round_id) if team is None else Round.objects.filter(team=team)
    work_ids = [work_id] if team is None else together.values_list("work_id", flat=True)
    works = {work.id: work for work in locked(work_ids)}
    # Read behind the locks: they may have been taken back in between.
    found_rows = together.select_related("task_version__assignment").order_by("work_id")
    rows = [row for row in found_rows if row.work_id in works]
    for row in rows:
        works[row.work_id].assignment = row.task_version.assignment
    rows.sort(key=lambda row: row.id != round_id)
    if not rows or round_id not in (rows[0].id, team):
        raise UnknownRound(str(round_id))
    return [(works[row.work_id], row) for row in rows], task_from_json(rows[0].task_version.content)


def locked_works(version: TaskVersionData, owner_ids: Collection[int], known: Work | None) -> dict[int, Work]:
    """Return everybody's work on the assignment by owner, made where it is missing and locked in the order of ids.

    Args:
        version: of the assignment.
        owner_ids: whose works.
        known: the work of one of them as it was read before; somebody alone then costs no other look for it.
    """
    own = Work.objects.filter(assignment_id=version.assignment_id, owner_id__in=owner_ids)
    ids = own.values_list("id", flat=True) if known is None or set(owner_ids) != {known.owner_id} else [known.id]
    works = {work.owner_id: work for work in locked(ids)}
    # New works come last, as their ids do.
    for owner_id in sorted(set(owner_ids) - works.keys()):
        Work.objects.get_or_create(
            assignment_id=version.assignment_id, owner_id=owner_id, defaults={"course_key": version.course_key}
        )
    if len(works) < len(owner_ids):
        works = {work.owner_id: work for work in locked(own.values_list("id", flat=True))}
    return works


def not_the_own(rounds: Iterable[tuple[Work, Round]], user_id: int | None) -> None:
    """Let nobody judge the own work.

    Raises:
        OwnWork: one of the works is this person's.
    """
    if user_id is not None and user_id in {work.owner_id for work, _row in rounds}:
        raise OwnWork


def may_move(work: Work, row: Round, event: rules.Event, task: Task) -> bool:
    """Tell whether the event may happen to the work by way of this round, which has to be its newest one."""
    came_from = rules.WorkState(row.came_from)
    after = rules.next_state(rules.WorkState(work.state), event, came_from=came_from, need=task.mentor.need)
    return after is not None and row.number == work.round_count


def lead_queue(rounds: Sequence[tuple[Work, Round]], leaving: Work, *, forgotten: bool = False) -> None:
    """Let another of the works that were handed in together stand in the queue for all before one goes its own way.

    Args:
        rounds: the locked rounds of a team with their works.
        leaving: the work that goes.
        forgotten: whether it goes for good, so that the queue no longer names its owner.
    """
    leader = waiting.first_of(subjects=[row.id for _work, row in rounds])
    if leader is None:
        return
    staying = [(work, row) for work, row in rounds if work.id != leaving.id]
    heirs = [
        (work, row)
        for work, row in staying
        if row.id == leader
        or (row.number == work.round_count and rules.WorkState(work.state) in rules.LIES_WITH_OTHERS)
    ]
    heirs.sort(key=lambda heir: heir[1].id != leader)
    if heirs:
        named = {work.owner_id for work, _row in (staying if forgotten else rounds)}
        heir, row = heirs[0]
        waiting.hand_over(
            subject=leader,
            to=row.id,
            company_id=row.company_id,
            owner_id=heir.owner_id,
            with_ids=named - {heir.owner_id},
        )


def move(
    work: Work,
    event: rules.Event,
    *,
    task: Task,
    usage_key: UsageKey,
    round_id: UUID,
    came_from: rules.WorkState = rules.WorkState.DRAFT,
    enter_queue: Callable[[WaitingFor], None] | None = None,
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
        enter_queue: for a hand-in, lets the round wait for somebody; None where a colleague's round waits for all.
        actor_name: see `tell_about`.
        note: see `tell_about`.

    Raises:
        NotEditable: the table has no such move.
    """
    before = rules.WorkState(work.state)
    after = rules.next_state(before, event, came_from=came_from, need=task.mentor.need)
    if after is None:
        raise NotEditable(f"{before} {event}")
    work.state = after.value
    work.save(update_fields=["state", "round_count", "extra_rounds"])
    waits_for = rules.waiting_for(after, task.mentor.need)
    has_come = False
    if waits_for is WaitingFor.NOBODY:
        waiting.leave(subjects=[round_id])
    elif event is not rules.Event.HAND_IN:
        has_come = waiting.pass_on(subject=round_id, waiting_for=waits_for)
    elif enter_queue is not None:
        enter_queue(waits_for)
        has_come = True
    done = rules.is_complete(after, task.complete_on)
    if done and not rules.is_complete(before, task.complete_on):
        host().complete(user_id=work.owner_id, usage_key=usage_key, fraction=1.0)
    for name in _PUBLISHED[event]:
        publish(name, work, usage_key, round_id)
    tell_about(
        work,
        event,
        round_id=round_id,
        before=before,
        has_come=has_come and waits_for is WaitingFor.STAFF,
        task=task,
        usage_key=usage_key,
        actor_name=actor_name,
        note=note,
    )


def publish(name: str, work: Work, usage_key: UsageKey, round_id: UUID, **more: Value) -> None:
    """Publish what happened to a round.

    Args:
        name: of the event.
        work: whose work.
        usage_key: the block.
        round_id: the round.
        more: what this event says besides.
    """
    data = {"user_id": work.owner_id, "usage_key": str(usage_key), "round_id": str(round_id), **more}
    host().publish_event(name, data, work.course_key)


def timeline(*, work_id: int) -> tuple[Happening, ...]:
    """Return the life of a work from its beginning, in one query.

    Args:
        work_id: the work, as `GradingData.work_id` names it.
    """
    return tuple(
        Happening(
            verb=entry.verb,
            at=entry.at,
            round_number=int(entry.detail.get("round", 0)),
            actor_id=entry.actor_id,
            actor_name=entry.actor_name,
            note=str(entry.detail.get("note", "")),
        )
        for entry in audit_log.entries_of(subject=_subject(work_id), verbs=[verb.value for verb in Verb])
    )


def record(
    work: Work,
    verb: Verb,
    *,
    round_number: int,
    actor_id: int | None = None,
    actor_name: str = "",
    note: str = "",
    more: Mapping[str, str] | None = None,
) -> None:
    """Add a line to the work's life, inside the transaction of what it tells.

    Args:
        work: whose life.
        verb: what happened.
        round_number: the round it happened to.
        actor_id: who did it, for people with an account.
        actor_name: the name that somebody without an account gave.
        note: what the person wrote about it.
        more: what the trail keeps besides, such as what was there before.
    """
    audit_log.record(
        course_key=work.course_key,
        verb=verb.value,
        actor_id=actor_id,
        actor_name=actor_name,
        person_id=work.owner_id,
        subject=_subject(work.id),
        detail={"round": round_number, "note": note, **(more or {})},
    )


def record_opened(opened: Iterable[tuple[Work, int]], *, actor_id: int) -> None:
    """Add a line to the life of each of these works of one course run: somebody has seen this round of it."""
    by_number: dict[int, list[Work]] = {}
    for work, number in opened:
        by_number.setdefault(number, []).append(work)
    for number, works in by_number.items():
        audit_log.record_about(
            course_key=works[0].course_key,
            verb=Verb.OPENED.value,
            actor_id=actor_id,
            people=[(work.owner_id, _subject(work.id)) for work in works],
            detail={"round": number, "note": ""},
        )


def _subject(work_id: int) -> str:
    return f"work:{work_id}"
