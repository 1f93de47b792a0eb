"""A handed-in round as the middle column shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.api import LifeLine, ShownRound
from iciinsmes.assignments.data import GradingData, Happening, Task
from iciinsmes.feedback.api import plain
from iciinsmes.feedback.data import FeedbackData

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


def work_column(
    data: GradingData, timeline: Sequence[Happening], people: People, said: Mapping[UUID, FeedbackData]
) -> WorkColumn:
    """Put together what a grader reads, with changes against the round before marked.

    Args:
        data: the round.
        timeline: what happened.
        people: their names.
        said: comments that the grader may see, by id of the round.
    """
    company, learner = people.company(data.round.company_id), people.name(data.owner_id)
    shown = current_round(data, said.get(data.round.id), people)
    earlier = tuple(
        assignments.shown_round(row, name_of=people.name, said=said.get(row.id)) for row in reversed(data.earlier)
    )
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


def marked(old: str, new: str, said: FeedbackData | None = None, question: str = "") -> SafeString:
    """Return ``new`` as HTML, with what was added and removed since ``old`` in ``ins`` and ``del``.

    Screen readers rarely announce these elements, so the words are there too. Passages that comments are about are
    marked as well.

    Args:
        old: the answer of the round before.
        new: the answer.
        said: comments of the grader.
        question: key of the question.
    """
    texts = {
        ChangeKind.SAME: "{}",
        ChangeKind.ADDED: '<ins><span class="unseen">{added} </span>{text}<span class="unseen"> {end}</span></ins>',
        ChangeKind.REMOVED: '<del><span class="unseen">{removed} </span>{text}<span class="unseen"> {end}</span></del>',
    }
    spoken = {"added": _("[added:"), "removed": _("[removed:"), "end": "]"}
    new, parts, at = plain(new), [], 0
    for piece in differences(plain(old), new):
        words: SafeString | str = piece.text
        if piece.kind is not ChangeKind.REMOVED:
            words = assignments.highlighted(new, said or FeedbackData(), question, at, at + len(piece.text))
            at += len(piece.text)
        parts.append(words if piece.kind is ChangeKind.SAME else format_html(texts[piece.kind], text=words, **spoken))
    return format_html_join("", "{}", ((part,) for part in parts))


def current_round(data: GradingData, said: FeedbackData | None, people: People | None = None) -> ShownRound:
    """Return the round that is judged, with what changed since the one before and the grader's comments marked."""
    before = data.earlier[-1] if data.earlier else None
    shown = assignments.shown_round(data.round, before, name_of=people.name if people else None, said=said)
    return replace(
        shown,
        answers=tuple(
            replace(answer, text=marked(answer.before, data.round.answers.get(answer.key, ""), said, answer.key))
            if answer.is_changed
            else answer
            for answer in shown.answers
        ),
    )
