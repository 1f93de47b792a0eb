"""Into a queue, from one to another, and out of it; called in the transaction that moves the subject."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from opaque_keys.edx.keys import CourseKey

from iciinsmes.subjects import Subject

from .data import MentorWord, Progress, QueueItem, WaitingFor
from .items import as_item
from .models import CompanyAllocation, WaitingItem
from .name_index import write_words
from .registry import check_kind


def enter(
    *,
    subject: Subject,
    waiting_for: WaitingFor,
    owner_id: int,
    title: str,
    place: str = "",
    number: int = 0,
    late: bool = False,
    with_ids: Collection[int] = (),
    word: MentorWord = MentorWord.NONE,
    has_question: bool = False,
    since: datetime | None = None,
    is_blind: bool = False,
) -> None:
    """Let a subject wait that does not wait yet; see `pass_on` for one that does.

    Args:
        subject: what waits.
        waiting_for: whose queue it stands in.
        owner_id: whose work it is.
        title: what the queue calls it.
        place: see `QueueItem`, as are the next three.
        number: of the round, or what else repeats.
        late: whether it came in after its deadline.
        with_ids: the others whose work it is too.
        word: where a mentor's word on it stands.
        has_question: whether the owner has asked something that nobody has answered.
        since: when it began to wait; None for now.
        is_blind: whether two are to judge it without knowing of each other.

    Raises:
        UnknownKey: no room has registered this kind of subject.
    """
    check_kind(subject.kind)
    item = WaitingItem.objects.create(
        subject=subject.id,
        kind=subject.kind,
        course_key=subject.course_key,
        company_id=subject.company_id,
        owner_id=owner_id,
        with_ids=sorted(with_ids),
        waiting_for=waiting_for.value,
        since=since or timezone.now(),
        title=title,
        place=place,
        number=number,
        late=late,
        word=word.value,
        has_question=has_question,
        # Who hands in reads the page in the own language; asking the host for it would be one query more.
        language=get_language() or settings.LANGUAGE_CODE,
        is_blind=is_blind,
        allocated_to_id=None if is_blind else _allocated_now(subject, {owner_id, *with_ids}),
    )
    write_words(item)


def pass_on(*, subject: UUID, waiting_for: WaitingFor) -> bool:
    """Let what waits wait for somebody else from now on, who has not looked at it yet.

    Returns:
        Whether it stands in another queue now; no, if it waited for them already or does not wait.
    """
    others = WaitingItem.objects.filter(subject=subject).exclude(waiting_for=waiting_for.value)
    moved = others.update(
        waiting_for=waiting_for.value,
        since=timezone.now(),
        progress=Progress.NEW.value,
        claimed_by=None,
        claimed_until=None,
    )
    return bool(moved)


def note_progress(*, subjects: Collection[UUID], progress: Progress) -> None:
    """Keep how far it has come with what waits; a step back, as when a second person opens it, is none.

    Of what two judge without knowing of each other nothing is kept: it would tell the second of the first.
    """
    before = list(Progress)[: list(Progress).index(progress)]
    rows = WaitingItem.objects.filter(subject__in=subjects, progress__in=before, is_blind=False)
    rows.update(progress=progress.value)


def step_back(*, subject: UUID) -> None:
    """Keep that what could go out is being worked on again."""
    ready = WaitingItem.objects.filter(subject=subject, progress=Progress.READY.value)
    ready.update(progress=Progress.BEGUN.value)


def end_blindness(*, subject: UUID) -> None:
    """Keep that both have judged: from now on it is like everything else that waits."""
    WaitingItem.objects.filter(subject=subject).update(is_blind=False, progress=Progress.BEGUN.value)


def note_word(*, subjects: Collection[UUID], word: MentorWord) -> None:
    """Keep where a mentor's word on these stands now; what does not wait stays as it is."""
    WaitingItem.objects.filter(subject__in=subjects).update(word=word.value)


def note_late(*, subject: UUID, late: bool) -> None:
    """Keep whether it came in after its deadline, after that was moved; what does not wait stays as it is."""
    WaitingItem.objects.filter(subject=subject).update(late=late)


def note_question(*, subjects: Collection[UUID], is_open: bool) -> None:
    """Keep whether the owner of these has asked something that nobody has answered."""
    WaitingItem.objects.filter(subject__in=subjects).update(has_question=is_open)


def leave(*, subjects: Collection[UUID]) -> None:
    """Take subjects out of whatever queue they stand in; what does not wait stays as it is."""
    WaitingItem.objects.filter(subject__in=subjects).delete()


def first_of(*, subjects: Collection[UUID]) -> UUID | None:
    """Return which of the subjects, of which one waits for all, is the one that does; None if none."""
    return WaitingItem.objects.filter(subject__in=subjects).values_list("subject", flat=True).first()


def hand_over(*, subject: UUID, to: UUID, company_id: int | None, owner_id: int, with_ids: Collection[int]) -> None:
    """Let another subject wait in the place of one that goes its own way, since the same moment.

    Args:
        subject: what waits until now.
        to: what waits in its place, or the same, when only its people change.
        company_id: the firm of what waits in its place.
        owner_id: whose work that is.
        with_ids: the others whose work it is too.
    """
    for item in WaitingItem.objects.filter(subject=subject):
        item.subject, item.company_id, item.owner_id, item.with_ids = to, company_id, owner_id, sorted(with_ids)
        item.save(update_fields=["subject", "company", "owner", "with_ids"])
        item.words.all().delete()
        write_words(item)


def go_along(*, user_id: int, company_id: int, course_key: CourseKey, **_more: object) -> None:
    """Hear `companies.signals.first_joined`: what a learner let wait before there was a firm is of the first one."""
    WaitingItem.objects.filter(owner_id=user_id, course_key=course_key, company=None).update(company_id=company_id)


def item_of(*, subject: UUID) -> QueueItem | None:
    """Return one subject that waits, as a queue lists it; None for what does not wait."""
    row = WaitingItem.objects.select_related("company").filter(subject=subject).first()
    return None if row is None else as_item(row)


def _allocated_now(subject: Subject, people: Collection[int]) -> int | None:
    """Return whose a work is when it begins to wait: that of who has its firm, unless it is the person's own."""
    if subject.company_id is None:
        return None
    found = CompanyAllocation.objects.filter(course_key=subject.course_key, company_id=subject.company_id)
    user_id = found.values_list("user_id", flat=True).first()
    return None if user_id in people else user_id
