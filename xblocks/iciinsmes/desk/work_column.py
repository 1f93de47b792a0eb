"""A handed-in round as the middle column shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.api import ShownRound
from iciinsmes.assignments.data import GradingData, Happening, LifeLine, RoundData, Task

from .differences import ChangeKind, differences
from .people import People


@dataclass(frozen=True)
class WorkColumn:
    """A round with its task, its learner, the rounds before it, newest first, and the life of the work so far.

    ``waits_for_mentor`` says that it cannot pass yet; ``reopens`` that another round may be granted.
    """

    who: str
    learner: str
    together: str
    is_gone: bool
    task: Task
    instructions: SafeString
    round: ShownRound
    deadline: datetime | None
    earlier: tuple[ShownRound, ...]
    has_changes: bool
    life: tuple[LifeLine[ShownRound], ...]
    waits_for_mentor: bool
    reopens: bool


def work_column(data: GradingData, timeline: Sequence[Happening], people: People) -> WorkColumn:
    """Put together what a grader reads, with changes against the round before marked."""
    company, learner = people.company(data.round.company_id), people.name(data.owner_id)
    before = data.earlier[-1] if data.earlier else None
    shown = _round(data.round, before, people)
    earlier = tuple(_round(row, None, people) for row in reversed(data.earlier))
    return WorkColumn(
        who=company or learner,
        learner=learner if company else "",
        together=people.listed(user_id for user_id in data.round.member_ids if user_id != data.owner_id),
        is_gone=data.owner_id in people.gone,
        task=data.round.task,
        instructions=assignments.safe_html(data.round.task.instructions),
        round=shown,
        deadline=data.round.deadline,
        earlier=earlier,
        has_changes=any(answer.is_changed for answer in shown.answers),
        life=assignments.history(
            [*zip(data.earlier, reversed(earlier), strict=True), (data.round, shown)],
            timeline,
            lambda event: event.actor_name or (people.name(event.actor_id) if event.actor_id else ""),
        ),
        waits_for_mentor=data.waits_for_mentor,
        reopens=data.is_newest,
    )


def marked(old: str, new: str) -> SafeString:
    """Return ``new`` as HTML, with what was added and removed since ``old`` in ``ins`` and ``del``.

    Screen readers rarely announce these elements, so the words are there too.
    """
    texts = {
        ChangeKind.SAME: "{}",
        ChangeKind.ADDED: '<ins><span class="unseen">{added} </span>{text}<span class="unseen"> {end}</span></ins>',
        ChangeKind.REMOVED: '<del><span class="unseen">{removed} </span>{text}<span class="unseen"> {end}</span></del>',
    }
    spoken = {"added": _("[added:"), "removed": _("[removed:"), "end": "]"}
    return format_html_join(
        "",
        "{}",
        (
            (
                piece.text
                if piece.kind is ChangeKind.SAME
                else format_html(texts[piece.kind], text=piece.text, **spoken),
            )
            for piece in differences(old, new)
        ),
    )


def _round(row: RoundData, before: RoundData | None, people: People) -> ShownRound:
    shown = assignments.shown_round(row, before, name_of=people.name)
    return replace(
        shown,
        answers=tuple(
            replace(answer, text=marked(answer.before, answer.text)) if answer.is_changed else answer
            for answer in shown.answers
        ),
    )
