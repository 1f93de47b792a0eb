"""The mentor's word, as it moves a work; asking for it and the links are the business of `mentors`."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from . import rules
from .data import Verb
from .errors import NotAwaited
from .moves import locked_round, move
from .timeline import record


def sign_off(*, round_id: UUID, confirmed: bool, by_name: str, by_id: int | None = None, note: str = "") -> None:
    """Move a work because its mentor confirmed the newest round or sent it back.

    Args:
        round_id: the round that was looked at.
        confirmed: whether the mentor confirms it.
        by_name: the name that the mentor typed.
        by_id: the coordinator who signs for a mentor out of reach, if that is the case.
        note: the mentor's remark, or the coordinator's reason.

    Raises:
        UnknownRound: the learner took the round back.
        NotAwaited: the round is answered or assessed already, is not the newest one, or needs no mentor.
    """
    event = rules.Event.CONFIRM if confirmed else rules.Event.SEND_BACK
    with transaction.atomic():
        work, row, task = locked_round(round_id)
        allowed = rules.next_state(rules.State(work.state), event, need=task.mentor.need)
        if allowed is None or row.number != work.round_count:
            raise NotAwaited(str(round_id))
        move(
            work,
            event,
            task=task,
            usage_key=work.assignment.usage_key,
            round_id=row.id,
            actor_name=by_name,
            note=note,
        )
        verb = Verb.CONFIRMED if confirmed else Verb.SENT_BACK
        record(work, verb, round_number=row.number, actor_id=by_id, actor_name=by_name, note=note)
