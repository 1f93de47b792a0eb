"""A handed-in round as the middle column shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.data import GradingData, Happening, HoursEntry, LifeLine, RoundData, RoundFile, Task
from iciinsmes.evidence.data import EvidenceData, ItemData
from iciinsmes.review.data import AssessmentData

from . import words
from .differences import Kind, differences
from .people import People

#: Kinds of images for which the evidence room makes previews.
_PREVIEWS = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})


@dataclass(frozen=True)
class Item:
    """A link, a note or a table; ``is_new`` if the round before has it not at all or otherwise."""

    data: ItemData
    is_new: bool


@dataclass(frozen=True)
class Answer:
    """A question with what was answered; in ``text`` changes since the round before are marked."""

    title: str
    text: SafeString
    is_changed: bool
    files: tuple[File, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True)
class File:
    """A file with its addresses; ``preview_url`` is empty for what is no image."""

    name: str
    about: str
    kind: str
    size: str
    url: str
    view_url: str
    preview_url: str
    is_sound: bool
    is_new: bool


@dataclass(frozen=True)
class Line:
    """A criterion of a released assessment; ``points`` and ``level`` are empty where none were given."""

    title: str
    points: str
    level: str
    takes_points: bool
    comment: str


@dataclass(frozen=True)
class Assessed:
    """A released assessment as anybody reads it."""

    has_passed: bool
    points: str
    lines: tuple[Line, ...]
    feedback: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Round:
    """One hand-in; ``lost`` says how many percent of its points lateness took, empty for none.

    ``files`` and ``items`` are those that belong to no question, ``gone`` names all that the round before had and this
    one has not; ``audience`` is who may see it.
    """

    number: int
    handed_in_at: datetime
    is_late: bool
    lost: str
    hours: str
    answers: tuple[Answer, ...]
    files: tuple[File, ...]
    items: tuple[Item, ...]
    gone: tuple[str, ...]
    log: tuple[HoursEntry, ...]
    own_work: bool
    audience: str
    assessed: Assessed | None


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
    round: Round
    deadline: datetime | None
    earlier: tuple[Round, ...]
    has_changes: bool
    life: tuple[LifeLine[Round], ...]
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


def assessed(assessment: AssessmentData, people: People) -> Assessed:
    """Put a released assessment into words."""
    lines = []
    for criterion in assessment.rubric.criteria:
        given = assessment.points.get(criterion.key)
        lines.append(
            Line(
                title=criterion.title,
                points="" if given is None else words.points(given, criterion.possible),
                level=criterion.level(given),
                takes_points=criterion.takes_points,
                comment=assessment.comments.get(criterion.key, ""),
            )
        )
    return Assessed(
        has_passed=assessment.outcome == "passed",
        points=words.points(assessment.earned, assessment.possible),
        lines=tuple(lines),
        feedback=assessment.feedback,
        by=people.name(assessment.assessor_id),
        at=assessment.released_at or assessment.updated_at,
    )


def marked(old: str, new: str) -> SafeString:
    """Return ``new`` as HTML, with what was added and removed since ``old`` in ``ins`` and ``del``.

    Screen readers rarely announce these elements, so the words are there too.
    """
    texts = {
        Kind.SAME: "{}",
        Kind.ADDED: '<ins><span class="unseen">{added} </span>{text}<span class="unseen"> {end}</span></ins>',
        Kind.REMOVED: '<del><span class="unseen">{removed} </span>{text}<span class="unseen"> {end}</span></del>',
    }
    spoken = {"added": _("[added:"), "removed": _("[removed:"), "end": "]"}
    return format_html_join(
        "",
        "{}",
        (
            (piece.text if piece.kind is Kind.SAME else format_html(texts[piece.kind], text=piece.text, **spoken),)
            for piece in differences(old, new)
        ),
    )


def _round(row: RoundData, before: RoundData | None, people: People) -> Round:
    rest = _pieces(row, before, "")
    return Round(
        number=row.number,
        handed_in_at=row.handed_in_at,
        is_late=row.late,
        lost=words.number(row.late_percent) if row.late_percent else "",
        hours="" if row.hours is None else words.number(row.hours),
        answers=tuple(
            _answer(
                question.title,
                row.answers.get(question.key, ""),
                before.answers.get(question.key, "") if before else None,
                _pieces(row, before, question.key),
            )
            for question in row.task.questions
        ),
        files=rest[0],
        items=rest[1],
        gone=_gone(row, before) if before else (),
        log=row.log,
        own_work=row.own_work,
        audience=row.audience.value,
        assessed=assessed(row.assessment, people) if row.assessment else None,
    )


def _gone(row: RoundData, before: RoundData) -> tuple[str, ...]:
    """Name what the round before has and this one has not."""
    kept = {file.id for file in row.files} | {item.id for item in row.items}
    return (
        *(file.name for file in before.files if file.id not in kept),
        *(_name(item) for item in before.items if item.id not in kept),
    )


def _name(item: ItemData) -> str:
    """Name a link, a note or a table as it is called where it stands."""
    if item.kind == "note":
        return f"{_('Observation')}, {item.label}"
    return item.label or _("Table")


def _pieces(row: RoundData, before: RoundData | None, question: str) -> tuple[tuple[File, ...], tuple[Item, ...]]:
    """Return the evidence of one question, or with an empty key that of none; new is what the round before lacks."""
    known = {piece.id for piece in before.files} if before else set()
    seen = {(item.id, item.revision) for item in before.items} if before else set()
    place = assignments.place_of(row.task, question, row.files, row.items)
    return (
        tuple(_file(file, is_new=before is not None and file.id not in known) for file in place.files),
        tuple(
            Item(data=item, is_new=before is not None and (item.id, item.revision) not in seen) for item in place.items
        ),
    )


def _answer(title: str, text: str, old: str | None, pieces: tuple[tuple[File, ...], tuple[Item, ...]]) -> Answer:
    is_changed = old is not None and old != text
    return Answer(
        title=title,
        text=marked(old or "", text) if is_changed else format_html("{}", text),
        is_changed=is_changed,
        files=pieces[0],
        items=pieces[1],
    )


def _file(file: EvidenceData | RoundFile, *, is_new: bool) -> File:
    url = reverse("iciinsmes:evidence-file", args=[file.id, file.name])
    has_preview = file.content_type in _PREVIEWS
    return File(
        name=file.name,
        about=file.description,
        kind=PurePath(file.name).suffix.lstrip(".").upper() or _("File"),
        size=filesizeformat(file.size),
        url=url,
        view_url=f"{url}?view=1" if has_preview else url,
        preview_url=f"{url}?size=small" if has_preview else "",
        is_sound=file.is_sound,
        is_new=is_new,
    )
