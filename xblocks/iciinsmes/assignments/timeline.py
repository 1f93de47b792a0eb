"""The life of a work: kept line by line in the audit log, and put into order for its learner and the staff."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from django.utils.translation import gettext as _

from iciinsmes.audit_log import api as audit_log

from .data import Happening, LifeLine, RoundData, Shown, Verb
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


#: What the rounds of the page tell themselves, with their texts.
_TOLD_BY_ROUNDS = frozenset({Verb.HANDED_IN.value, Verb.PASSED.value, Verb.REVISE.value})


def history(
    rounds: Iterable[tuple[RoundData, Shown]], timeline: Iterable[Happening], who: Callable[[Happening], str]
) -> tuple[LifeLine[Shown], ...]:
    """Put rounds, their results and the other events into one order, oldest first.

    Args:
        rounds: each round with what the page shows of it.
        timeline: the work's events.
        who: names the person of an event for the reader of the page.
    """
    lines: list[LifeLine[Shown]] = []
    for data, shown in rounds:
        title = _("Round %(number)s handed in") % {"number": data.number}
        lines.append(LifeLine(at=data.handed_in_at, title=title, round=shown))
        if data.assessment is not None:
            passed = data.assessment.outcome == "passed"
            title = _("Teacher: passed") if passed else _("Teacher: another round")
            at = data.assessment.released_at or data.assessment.updated_at
            lines.append(LifeLine(at=at, title=title, result=shown))
    lines += [
        LifeLine(at=event.at, title=title_of(event), who=who(event), note=event.note)
        for event in timeline
        if event.verb not in _TOLD_BY_ROUNDS
    ]
    return tuple(sorted(lines, key=lambda line: line.at))


def title_of(event: Happening) -> str:
    """Say in a few words what happened."""
    titles = {
        Verb.HANDED_IN: _("Round %(number)s handed in"),
        Verb.WITHDRAWN: _("Round %(number)s taken back"),
        Verb.OPENED: _("Round %(number)s opened"),
        Verb.MENTOR_ASKED: _("Mentor asked"),
        Verb.MENTOR_REMINDED: _("Mentor reminded"),
        Verb.LINK_OPENED: _("Mentor opened the link"),
        Verb.LINK_REVOKED: _("Link for the mentor made invalid"),
        Verb.COACH_ASKED: _("Mentor asks the coach"),
        Verb.CONFIRMED: _("Mentor: confirmed"),
        Verb.SENT_BACK: _("Mentor: sent back"),
        Verb.PASSED: _("Teacher: passed"),
        Verb.REVISE: _("Teacher: another round"),
        Verb.REOPENED: _("Another round granted"),
        Verb.EXTENDED: _("More time granted"),
        Verb.EXTENSION_ENDED: _("Later date taken back"),
        Verb.IN_TIME: _("Round %(number)s: lateness counted anew"),
        Verb.WAIVED: _("Need not be done"),
        Verb.WAIVER_ENDED: _("To be done after all"),
        Verb.CORRECTED: _("Result of round %(number)s changed"),
        Verb.CANCELLED: _("Round %(number)s does not count"),
    }
    return titles[Verb(event.verb)] % {"number": event.round_number}
