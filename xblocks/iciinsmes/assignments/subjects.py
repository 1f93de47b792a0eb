"""Subjects of this room: what files, mentors, assessments and queues know of it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.subjects import Subject
from iciinsmes.waiting import api as waiting
from iciinsmes.waiting.data import QueueItem

from .data import ROUND, WORK, TaskVersionData
from .models import Work
from .rules import EDITABLE, WorkState
from .tasks import assignments_of
from .transitions import locked

#: Stands for the subject of a draft that does not exist: nothing belongs to it.
NOTHING = UUID(int=0)


def round_subject(round_id: UUID, course_key: CourseKey, company_id: int | None) -> Subject:
    """Return the subject that a round is."""
    return Subject(id=round_id, kind=ROUND, course_key=course_key, company_id=company_id)


def work_subject(work: Work) -> Subject:
    """Return the subject that a work is, to which its evidence belongs; a draft belongs to no firm yet."""
    return Subject(id=work.subject, kind=WORK, course_key=work.course_key)


@dataclass(frozen=True)
class FoundDraft:
    """A person's draft on a block: the subject of its evidence, and whether it may be written on now."""

    work_id: int | None
    subject: UUID
    editable: bool


def draft_of(*, user_id: int, usage_key: UsageKey) -> FoundDraft:
    """Return the person's draft on the block, in one query; one that was not begun may be written on."""
    found = Work.objects.filter(owner_id=user_id, assignment__usage_key=usage_key)
    row = found.values_list("id", "subject", "state").first()
    if row is None:
        return FoundDraft(work_id=None, subject=NOTHING, editable=True)
    work_id, subject, state = row
    return FoundDraft(work_id=work_id, subject=subject, editable=WorkState(state) in EDITABLE)


def draft_subject(*, user_id: int, version: TaskVersionData, found: FoundDraft | None = None) -> Subject:
    """Return the subject of the person's draft, which is begun by this where there is none.

    Call it inside the transaction that adds to it, before other locks: until its end nobody clears the work away.

    Args:
        user_id: the person.
        version: of the assignment.
        found: what `draft_of` has found, for one query less.
    """
    own = Work.objects.filter(assignment_id=version.assignment_id, owner_id=user_id)
    work_id = own.values_list("id", flat=True).first() if found is None else found.work_id
    works = [] if work_id is None else locked([work_id])
    if not works:
        # One statement, whoever else begins it in this moment.
        fresh = Work(assignment_id=version.assignment_id, owner_id=user_id, course_key=version.course_key)
        Work.objects.bulk_create([fresh], ignore_conflicts=True)
        works = list(own)
    return work_subject(works[0])


def register_subjects() -> None:
    """Say how a waiting round is opened and called."""
    waiting.register_kind(kind=ROUND, words=gettext_lazy("Assignments"), address=_address, label=_label, places=_places)


def _address(item: QueueItem) -> str:
    return reverse("iciinsmes:desk-round", args=[item.subject.course_key, item.subject.id])


def _label(item: QueueItem) -> str:
    return _("round %(number)s") % {"number": item.number}


def _places(course_key: CourseKey | None) -> list[tuple[str, str]]:
    if course_key is None:
        return []
    return [(str(usage_key), title) for usage_key, title in assignments_of(course_key=course_key)]
