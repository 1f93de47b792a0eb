"""The life of a work as one line of events, kept in the trail."""

from __future__ import annotations

from iciinsmes.trail import api as trail

from .data import Happening, Verb
from .models import Work


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
        for entry in trail.entries_of(subject=_subject(work_id), verbs=[verb.value for verb in Verb])
    )


def record(
    work: Work, verb: Verb, *, round_number: int, actor_id: int | None = None, actor_name: str = "", note: str = ""
) -> None:
    """Add a line to the work's life, inside the transaction of what it tells.

    Args:
        work: whose life.
        verb: what happened.
        round_number: the round it happened to.
        actor_id: who did it, for people with an account.
        actor_name: the name that somebody without an account gave.
        note: what the person wrote about it.
    """
    trail.record(
        course_key=work.course_key,
        verb=verb.value,
        actor_id=actor_id,
        actor_name=actor_name,
        person_id=work.owner_id,
        subject=_subject(work.id),
        detail={"round": round_number, "note": note},
    )


def _subject(work_id: int) -> str:
    return f"work:{work_id}"
