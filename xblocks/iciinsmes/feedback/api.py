"""The only door to what an assessment says beside its points. Who may grade or read is the caller's to ask.

Comments and files belong to one person's assessment of a subject. Before that is released they are rows here, which
pages ask for with the id of the reader's own draft; with the release they become a part of it that does not change.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from iciinsmes.evidence import api as evidence
from iciinsmes.review import api as review
from iciinsmes.review.data import AssessmentData
from iciinsmes.subjects import Subject

from .data import FEEDBACK, FILE_RULES, MAX_QUOTE, MAX_REMARKS, MAX_TEXT, Anchor, FeedbackData, GivenFile, RemarkData
from .errors import StaleRemark, UnknownRemark, WrongRemark
from .models import FeedbackFile, Remark
from .rules import found_at, plain, stretches
from .serializers import from_json, to_json

__all__ = [
    "FILE_RULES",
    "add",
    "change",
    "draft_files",
    "draft_of",
    "files_subject",
    "forget",
    "found_at",
    "given",
    "plain",
    "remove",
    "seal",
    "stretches",
    "subjects_with",
]


def draft_of(*, assessment_ids: Sequence[UUID]) -> FeedbackData:
    """Return the comments of assessments that are not released, in one query; those of several are counted anew."""
    rows = [_data(row) for row in Remark.objects.filter(assessment_id__in=assessment_ids).order_by("number", "id")]
    if len(assessment_ids) > 1:
        rows = [replace(row, number=number) for number, row in enumerate(rows, 1)]
    return FeedbackData(remarks=tuple(rows))


def given(*, assessment: AssessmentData | None) -> FeedbackData:
    """Return what an assessment was released with, without a query; nothing before that."""
    return from_json(assessment.beside) if assessment and assessment.released_at else FeedbackData()


def add(*, subject: UUID, rubric_id: int, assessor_id: int, anchor: Anchor, text: str) -> RemarkData:
    """Keep a comment in the person's assessment of a subject, which is begun by it where there is none.

    The same words at the same place are one comment, so a repeated request is harmless.

    Args:
        subject: what is judged.
        rubric_id: of the assessment, should it be begun now.
        assessor_id: whose comment it is.
        anchor: a place that the subject has, as its room has found it.
        text: up to `MAX_TEXT` characters.

    Raises:
        WrongRemark: it is empty or too long, the passage is, or there are too many.
        review.errors.AlreadyReleased: the subject has its result.
    """
    text = _words(text)
    if len(anchor.quote) > MAX_QUOTE:
        raise WrongRemark(_("Mark a shorter passage, of at most %(count)d characters.") % {"count": MAX_QUOTE})
    with transaction.atomic():
        assessment_id = review.hold_draft(subject=subject, rubric_id=rubric_id, assessor_id=assessor_id)
        rows = Remark.objects.filter(assessment_id=assessment_id)
        columns = {name: getattr(anchor, name) for name in ("place", "target", "page", "start", "quote")}
        same = rows.filter(**columns, text=text).first()
        if same is not None:
            return _data(same)
        if rows.count() >= MAX_REMARKS:
            raise WrongRemark(_("There are %(count)d comments already. Remove one first.") % {"count": MAX_REMARKS})
        last = rows.aggregate(last=Max("number"))["last"] or 0
        row = Remark.objects.create(assessment_id=assessment_id, number=last + 1, text=text, **columns)
    return _data(row)


def change(*, subject: UUID, assessor_id: int, remark_id: UUID, text: str, base_revision: int) -> RemarkData:
    """Write an own comment anew; saving what stands there already changes nothing.

    Args:
        subject: what is judged.
        assessor_id: whose comment it is.
        remark_id: which.
        text: the new words.
        base_revision: the revision that the page started from.

    Raises:
        UnknownRemark: there is no such comment of this person.
        WrongRemark: the words are empty or too long.
        StaleRemark: another tab has changed it since.
        review.errors.AlreadyReleased: the subject has its result.
    """
    text = _words(text)
    with transaction.atomic():
        row = _own(subject, assessor_id, remark_id)
        if row.text == text:
            return _data(row)
        rows = Remark.objects.filter(pk=row.pk, revision=base_revision)
        if not rows.update(text=text, revision=F("revision") + 1):
            raise StaleRemark(_data(row))
        row.text, row.revision = text, base_revision + 1
    return _data(row)


def remove(*, subject: UUID, assessor_id: int, remark_id: UUID) -> None:
    """Remove an own comment; doing it again changes nothing.

    Raises:
        review.errors.AlreadyReleased: the subject has its result.
    """
    with transaction.atomic():
        try:
            _own(subject, assessor_id, remark_id).delete()
        except UnknownRemark:
            return


def files_subject(*, subject: UUID, rubric_id: int, assessor_id: int, course_key: CourseKey) -> Subject:
    """Return what the person's files for the learner belong to; the assessment is begun by it where there is none.

    Call it inside the transaction that adds to it.

    Raises:
        review.errors.AlreadyReleased: the subject has its result.
    """
    assessment_id = review.hold_draft(subject=subject, rubric_id=rubric_id, assessor_id=assessor_id)
    return Subject(id=assessment_id, kind=FEEDBACK, course_key=course_key)


def draft_files(*, assessment_id: UUID) -> tuple[evidence.EvidenceData, ...]:
    """Return the files that a person has added to the own assessment and not released yet, oldest first."""
    return evidence.files_of(subject=assessment_id)


def seal(
    *, assessment_id: UUID, copies: Collection[UUID], course_key: CourseKey, others: Collection[UUID] = ()
) -> None:
    """Let an assessment stand with its comments and files as they are; call it in the transaction that releases it.

    Args:
        assessment_id: what is released.
        copies: assessments that say the same to colleagues who handed in together; what they said before goes.
        course_key: the course run.
        others: what colleagues proposed before and the result was made from; what they say goes out with it.
    """
    ids = [assessment_id, *copies]
    sources = [assessment_id, *others]
    said = draft_of(assessment_ids=sources)
    kept = [file for source in sources for file in evidence.keep(subject=source)]
    files = tuple(GivenFile(file.id, file.name, file.description, file.size, file.content_type) for file in kept)
    Remark.objects.filter(assessment_id__in=[*ids, *others]).delete()
    for subject in evidence.with_files(subjects=copies) if copies else ():
        evidence.forget(subject=subject)
    if said.remarks or files:
        review.keep_beside(assessment_ids=ids, beside=to_json(replace(said, files=files)))
    FeedbackFile.objects.bulk_create(
        FeedbackFile(assessment_id=key, file=file.id, owner_id=file.owner_id, course_key=course_key)
        for key in (*ids, *others)
        for file in kept
    )


def subjects_with(*, file_id: UUID) -> tuple[UUID, ...]:
    """Return the subjects whose result was released with this file, in one query; nothing before a release."""
    rows = FeedbackFile.objects.filter(file=file_id)
    return tuple(rows.values_list("assessment__subject", flat=True))


def forget(*, assessment_ids: Collection[UUID]) -> None:
    """Remove comments and files of assessments that are removed; call it before, in the same transaction.

    A file that a colleague's result was released with as well stays with that one.
    """
    given = FeedbackFile.objects.filter(assessment_id__in=assessment_ids)
    ids = list(given.values_list("file", flat=True))
    given.delete()
    staying = FeedbackFile.objects.filter(file__in=ids) if ids else FeedbackFile.objects.none()
    heirs = {
        row.file: (row.owner_id, Subject(id=row.assessment_id, kind=FEEDBACK, course_key=row.course_key))
        for row in staying
    }
    if heirs:
        evidence.hand_over(heirs=heirs)
    for subject in evidence.with_files(subjects=assessment_ids):
        evidence.forget(subject=subject)
    Remark.objects.filter(assessment_id__in=assessment_ids).delete()


def _words(text: str) -> str:
    text = plain(text).replace("\x00", "").strip()
    if not text:
        raise WrongRemark(_("Write what you want to say here."))
    if len(text) > MAX_TEXT:
        raise WrongRemark(_("A comment may have %(count)d characters.") % {"count": MAX_TEXT})
    return text


def _own(subject: UUID, assessor_id: int, remark_id: UUID) -> Remark:
    """Return the person's comment, with its assessment held until the end of the transaction."""
    assessment_id = review.hold_draft(subject=subject, rubric_id=None, assessor_id=assessor_id)
    row = Remark.objects.filter(pk=remark_id, assessment_id=assessment_id).first()
    if row is None:
        raise UnknownRemark(str(remark_id))
    return row


def _data(row: Remark) -> RemarkData:
    anchor = Anchor(place=row.place, target=row.target, page=row.page, start=row.start, quote=row.quote)
    return RemarkData(id=row.id, number=row.number, anchor=anchor, text=row.text, revision=row.revision)
