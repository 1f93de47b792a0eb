"""The life of a work, put into order for its learner and the staff."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from django.utils.translation import gettext as _

from .data import Happening, RoundData, Verb

Shown = TypeVar("Shown")

#: What the rounds of the page tell themselves, with their texts.
_TOLD_BY_ROUNDS = frozenset({Verb.HANDED_IN.value, Verb.PASSED.value, Verb.REVISE.value})


@dataclass(frozen=True)
class LifeLine(Generic[Shown]):
    """One line: a round that was handed in, the result of one, or an event with title, person and note."""

    at: datetime
    title: str
    who: str = ""
    note: str = ""
    round: Shown | None = None
    result: Shown | None = None


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
