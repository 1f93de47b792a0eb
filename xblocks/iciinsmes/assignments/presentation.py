"""A handed-in round as pages show it: the learner's page, the desk, the gallery and the printed page show the same.

Their templates share the parts in `rounds/`. So does the mentor's page, which shows a copy of its own: `mentors.data`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import PurePath
from uuid import UUID

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from iciinsmes.evidence import api as evidence
from iciinsmes.evidence.data import EvidenceData, ItemData
from iciinsmes.evidence.kinds import PAGED, can_show
from iciinsmes.feedback.data import FeedbackData, GivenFile
from iciinsmes.lib.decimals import written
from iciinsmes.review.data import AssessmentData, Criterion

from .data import HoursEntry, RoundData, RoundFile, Task, TaskQuestion
from .remarks import ShownRemark, at, highlighted
from .rubric_view import RubricView, rubric_view


@dataclass(frozen=True)
class ShownFile:
    """A file with its addresses.

    ``preview_url`` is empty for what is no picture that can be shown, ``read_url`` for what cannot be read in place.
    ``is_paged`` says that it has pages, ``remarks`` are an assessor's comments on it.
    """

    id: UUID
    name: str
    description: str
    kind: str
    size: str
    url: str
    view_url: str
    preview_url: str
    read_url: str
    is_sound: bool
    is_new: bool
    is_paged: bool
    remarks: tuple[ShownRemark, ...] = ()


@dataclass(frozen=True)
class ShownItem:
    """A link, a note, a table or a result of an instrument."""

    data: ItemData
    is_new: bool
    remarks: tuple[ShownRemark, ...] = ()


@dataclass(frozen=True)
class ShownEvidence:
    """The evidence of one question, or of none; a piece is new if the round before had it not at all or otherwise."""

    files: tuple[ShownFile, ...]
    items: tuple[ShownItem, ...]

    def __bool__(self) -> bool:
        """Tell whether there is any."""
        return bool(self.files or self.items)


@dataclass(frozen=True)
class ShownAnswer:
    """A question with what was answered and the evidence that stands there.

    ``is_changed`` if the round before had another answer, which is ``before``. ``key`` is that of the question,
    ``text`` has the passages marked that ``remarks`` are about.
    """

    key: str
    title: str
    text: str
    evidence: ShownEvidence
    before: str
    is_changed: bool
    remarks: tuple[ShownRemark, ...] = ()


@dataclass(frozen=True)
class ShownCriterion:
    """A criterion of a released assessment; ``points`` and ``level`` are empty where none were given."""

    title: str
    points: str
    level: str
    takes_points: bool
    comment: str


@dataclass(frozen=True)
class ShownResult:
    """A released assessment: criterion by criterion, and beside all levels of its rubric.

    ``by`` is empty where readers do not learn who it was; ``files`` are what the assessor gave the learner with it.
    """

    has_passed: bool
    points: str
    earned: str
    possible: str
    criteria: tuple[ShownCriterion, ...]
    rubric: RubricView
    feedback: str
    by: str
    at: datetime
    files: tuple[ShownFile, ...] = ()


@dataclass(frozen=True)
class ShownRound:
    """One hand-in; ``lost`` says how many percent of its points lateness took, empty for none.

    ``evidence`` is what belongs to no question, ``gone`` names all that the round before had and this one has not;
    ``audience`` is who may see it; ``is_cancelled`` says that it does not count.
    """

    id: UUID
    number: int
    handed_in_at: datetime
    is_late: bool
    lost: str
    hours: str
    answers: tuple[ShownAnswer, ...]
    evidence: ShownEvidence
    file_count: int
    item_count: int
    gone: tuple[str, ...]
    log: tuple[HoursEntry, ...]
    own_work: bool
    audience: str
    result: ShownResult | None
    is_cancelled: bool = False


def shown_round(
    row: RoundData,
    before: RoundData | None = None,
    *,
    name_of: Callable[[int | None], str] | None = None,
    said: FeedbackData | None = None,
) -> ShownRound:
    """Put together what pages show of a round, without a query.

    Args:
        row: the round.
        before: the round before it, where the reader wants to know what has changed.
        name_of: names an assessor, where the reader may know who it was.
        said: an assessor's comments and files, where the reader may see them: released ones, or the own ones.
    """
    said = said or FeedbackData()
    return ShownRound(
        id=row.id,
        number=row.number,
        handed_in_at=row.handed_in_at,
        is_late=row.late,
        lost=written(row.late_percent) if row.late_percent else "",
        hours="" if row.hours is None else written(row.hours),
        answers=tuple(_answer(question, row, before, said) for question in row.task.questions),
        evidence=_evidence(row, before, "", said),
        file_count=len(row.files),
        item_count=len(row.items),
        gone=() if before is None else _gone(row, before),
        log=row.log,
        own_work=row.own_work,
        audience=row.audience.value,
        result=None if row.assessment is None else shown_result(row.assessment, name_of, said),
        is_cancelled=row.cancelled_at is not None,
    )


def points_text(earned: Decimal, possible: Decimal) -> str:
    """Write a sum of points."""
    return _("%(earned)s of %(possible)s") % {"earned": written(earned), "possible": written(possible)}


def _answer(question: TaskQuestion, row: RoundData, before: RoundData | None, said: FeedbackData) -> ShownAnswer:
    text = row.answers.get(question.key, "")
    old = "" if before is None else before.answers.get(question.key, "")
    remarks = at(said, "answer", question.key)
    return ShownAnswer(
        key=question.key,
        title=question.title,
        text=highlighted(text, said, question.key) if remarks else text,
        evidence=_evidence(row, before, question.key, said),
        before=old,
        is_changed=before is not None and old != text,
        remarks=remarks,
    )


def _evidence(row: RoundData, before: RoundData | None, question: str, said: FeedbackData) -> ShownEvidence:
    """Return the evidence of one question, or with an empty key that of none."""
    place = place_of(row.task, question, row.files, row.items)
    files = {file.id for file in before.files} if before else set()
    items = {(item.id, item.revision) for item in before.items} if before else set()
    return ShownEvidence(
        files=tuple(
            shown_file(
                file,
                is_new=before is not None and file.id not in files,
                remarks=at(said, "file", str(file.id)),
            )
            for file in place.files
        ),
        items=tuple(
            ShownItem(
                data=item,
                is_new=before is not None and (item.id, item.revision) not in items,
                remarks=at(said, "item", str(item.id)),
            )
            for item in place.items
        ),
    )


def shown_file(
    file: EvidenceData | RoundFile | GivenFile, *, is_new: bool = False, remarks: tuple[ShownRemark, ...] = ()
) -> ShownFile:
    """Return a file with its addresses, without a query."""
    url = reverse("iciinsmes:evidence-file", args=[file.id, file.name])
    has_preview = can_show(file.content_type)
    return ShownFile(
        id=file.id,
        name=file.name,
        description=file.description,
        kind=PurePath(file.name).suffix.lstrip(".").upper() or _("File"),
        size=filesizeformat(file.size),
        url=url,
        view_url=f"{url}?view=1" if has_preview else url,
        preview_url=f"{url}?size=small" if has_preview else "",
        read_url=reverse("iciinsmes:evidence-reading", args=[file.id]) if evidence.can_read(file.content_type) else "",
        is_sound=file.is_sound,
        is_new=is_new,
        is_paged=file.content_type == PAGED,
        remarks=remarks,
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


def shown_result(
    assessment: AssessmentData, name_of: Callable[[int | None], str] | None, said: FeedbackData | None = None
) -> ShownResult:
    """Put together what pages show of a result, without a query; ``name_of`` and ``said`` as in `shown_round`."""
    said = said or FeedbackData()
    return ShownResult(
        has_passed=assessment.outcome == "passed",
        points=points_text(assessment.earned, assessment.possible),
        earned=written(assessment.earned),
        possible=written(assessment.possible),
        criteria=tuple(
            _criterion(criterion, assessment.points.get(criterion.key), assessment.comments.get(criterion.key, ""))
            for criterion in assessment.rubric.criteria
        ),
        rubric=rubric_view(assessment.rubric, assessment),
        feedback=assessment.feedback,
        by="" if name_of is None else name_of(assessment.assessor_id),
        at=assessment.released_at or assessment.updated_at,
        files=tuple(shown_file(file) for file in said.files),
    )


def _criterion(criterion: Criterion, given: Decimal | None, comment: str) -> ShownCriterion:
    return ShownCriterion(
        title=criterion.title,
        points="" if given is None else points_text(given, criterion.possible),
        level=criterion.level(given),
        takes_points=criterion.takes_points,
        comment=comment,
    )


@dataclass(frozen=True)
class EvidencePlace:
    """What is handed in, or is going to be, for one question; ``question`` is its key, empty for the whole work."""

    question: str
    files: tuple[EvidenceData | RoundFile, ...]
    items: tuple[ItemData, ...]


def place_of(
    task: Task, question: str, files: Collection[EvidenceData | RoundFile], items: Collection[ItemData]
) -> EvidencePlace:
    """Return what belongs to one question; pieces of questions that are gone belong to the whole work."""
    keys = {known.key for known in task.questions}

    def belongs(piece: EvidenceData | RoundFile | ItemData) -> bool:
        return (piece.question if piece.question in keys else "") == question

    return EvidencePlace(
        question=question,
        files=tuple(file for file in files if belongs(file)),
        items=tuple(item for item in items if belongs(item)),
    )
