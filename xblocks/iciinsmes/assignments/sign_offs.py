"""The mentor's word, as it moves a work; asking for it and the links are the business of `mentors`."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from iciinsmes.waiting import api as waiting
from iciinsmes.waiting.data import MentorWord

from . import rules
from .data import Verb
from .errors import NotAwaited, UnknownRound
from .signals import confirmed_gate
from .transitions import locked_rounds, may_move, move, not_the_own, publish, record


def awaits_word(*, round_id: UUID) -> bool:
    """Tell whether a mentor's word on the round is still awaited; inside a transaction, until whose end it stays so.

    Args:
        round_id: the round, or its `RoundData.shared_id`.
    """
    try:
        rounds, task = locked_rounds(round_id)
    except UnknownRound:
        return False
    return any(may_move(work, row, rules.Event.CONFIRM, task) for work, row in rounds)


def sign_off(*, round_id: UUID, confirmed: bool, by_name: str, by_id: int | None = None, note: str = "") -> None:
    """Move a work because its mentor confirmed the newest round or sent it back.

    The word counts for everybody who handed in together.

    Args:
        round_id: the round that was looked at, or its `RoundData.shared_id`.
        confirmed: whether the mentor confirms it.
        by_name: the name that the mentor typed.
        by_id: the coordinator who signs for a mentor out of reach, if that is the case.
        note: the mentor's remark, or the coordinator's reason.

    Raises:
        UnknownRound: the learner took the round back.
        OwnWork: the person who signs is one of those whose work it is.
        NotAwaited: the round is answered or assessed already, is not the newest one, or needs no mentor.
    """
    event = rules.Event.CONFIRM if confirmed else rules.Event.SEND_BACK
    with transaction.atomic():
        rounds, task = locked_rounds(round_id)
        not_the_own(rounds, by_id)
        awaited = [(work, row) for work, row in rounds if may_move(work, row, event, task)]
        if not awaited or (rounds[0] not in awaited and rounds[0][1].id == round_id):
            raise NotAwaited(str(round_id))
        verb = Verb.CONFIRMED if confirmed else Verb.SENT_BACK
        for work, row in awaited:
            publish(
                "iciinsmes.mentor.answered",
                work,
                work.assignment.usage_key,
                row.id,
                confirmed=confirmed,
                by_staff=by_id is not None,
            )
            move(
                work,
                event,
                task=task,
                usage_key=work.assignment.usage_key,
                round_id=row.id,
                actor_name=by_name,
                note=note,
            )
            record(work, verb, round_number=row.number, actor_id=by_id, actor_name=by_name, note=note)
        if confirmed:
            waiting.note_word(subjects=[row.id for _work, row in rounds], word=MentorWord.CONFIRMED)
        if confirmed and task.gate:
            work, row = awaited[0]
            confirmed_gate.send(
                sender=None,
                gate=int(task.gate),
                company_id=row.company_id,
                course_key=work.course_key,
                user_id=work.owner_id,
                name=by_name,
                note=note,
            )
