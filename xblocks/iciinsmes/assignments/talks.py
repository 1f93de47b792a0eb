"""Threads about works: who speaks, who is told, and that a question is open in the queue."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import F
from django.urls import reverse

from iciinsmes.companies.api import can_grade_of, can_work_on, staff_of
from iciinsmes.notices import api as notices
from iciinsmes.threads import api as threads
from iciinsmes.threads.data import SILENCE, Side, Speaker, ThreadData
from iciinsmes.waiting import api as waiting

from .data import WORK
from .models import Round, Work
from .subjects import work_subject


def register_talks() -> None:
    """Let works be talked about."""
    threads.register_kind(kind=WORK, speaker_of=speaker_of, tell=tell, note=note)


def speaker_of(user_id: int, subject: UUID) -> Speaker | None:
    """Return what the person may do in the thread of a work: its learner, and who grades that learner's work.

    Colleagues who handed in together and still stand there together speak in one: what is written goes to the thread of
    each of them.
    """
    work = Work.objects.select_related("assignment").filter(subject=subject).first()
    if work is None:
        return None
    together = list(_together(work))
    members = {work.owner_id, *(owner_id for owner_id, _subject in together)}
    usage_key = work.assignment.usage_key
    if user_id == work.owner_id and can_work_on(user_id=user_id, usage_key=usage_key):
        side = Side.LEARNER
    elif user_id not in members and can_grade_of(user_id=user_id, owner_id=work.owner_id, course_key=work.course_key):
        side = Side.STAFF
    else:
        return None
    return Speaker(
        side=side,
        subject=work_subject(work),
        title=str(work.assignment.shown_title),
        others=tuple(key for _owner_id, key in together),
        with_ids=tuple(sorted(members - {user_id} if side is Side.LEARNER else members)),
    )


def tell(*, subject: UUID, side: Side, author_id: int) -> None:
    """Tell the staff that a learner has written, or a learner that the staff has."""
    work = Work.objects.select_related("assignment").filter(subject=subject).first()
    if work is None:
        return
    key, title = f"thread:{subject}", work.assignment.shown_title
    if side is Side.LEARNER:
        members = {work.owner_id, *(owner_id for owner_id, _subject in _together(work))}
        notices.take_back(kind=threads.QUESTION, subject=key)
        notices.notify_many(
            user_ids=set(staff_of(course_key=work.course_key, learner_id=work.owner_id)) - members,
            kind=threads.QUESTION,
            course_key=work.course_key,
            title=title,
            address=_staffs_address(work),
            actor_id=author_id,
            subject=key,
        )
        return
    notices.notify_many(
        user_ids=[work.owner_id],
        kind=threads.ANSWER,
        course_key=work.course_key,
        title=title,
        address=reverse("iciinsmes:thread", args=[WORK, work.subject]),
        actor_id=author_id,
        subject=key,
    )


def forget_talks(subjects: Collection[UUID]) -> None:
    """Remove the threads of works that are removed, and what people were told of them."""
    threads.forget(subjects=subjects)
    notices.forget_subjects(subjects=[f"thread:{subject}" for subject in subjects])


def note(subject: UUID, state: ThreadData) -> None:
    """Copy how the thread stands to the work, and to the queue that a question has no answer."""
    Work.objects.filter(subject=subject).update(
        message_count=state.count, question_since=state.question_since, has_answer=state.last_side is Side.STAFF
    )
    rounds = Round.objects.filter(work__subject=subject, number=F("work__round_count"))
    waiting.note_question(subjects=list(rounds.values_list("id", flat=True)), is_open=state.question_since is not None)


def talk_of(work: Work | None) -> ThreadData:
    """Return how the thread of a work stands, without a query."""
    if work is None or not work.message_count:
        return SILENCE
    last = Side.STAFF if work.has_answer else Side.LEARNER
    return ThreadData(count=work.message_count, question_since=work.question_since, last_side=last)


def _together(work: Work) -> Collection[tuple[int, UUID]]:
    """Return owner and subject of the other works whose newest round was handed in together with this one's newest."""
    newest = Round.objects.filter(work=work, number=work.round_count).values_list("team", flat=True).first()
    if newest is None:
        return ()
    rows = Round.objects.filter(team=newest, number=F("work__round_count")).exclude(work=work)
    return list(rows.order_by("work_id").values_list("work__owner_id", "work__subject"))


def _staffs_address(work: Work) -> str:
    newest = Round.objects.filter(work=work, number=work.round_count).values_list("id", flat=True).first()
    if newest is None:
        return reverse("iciinsmes:thread", args=[WORK, work.subject])
    return reverse("iciinsmes:desk-round", args=[work.course_key, newest]) + "#thread"
