"""Telling people about works: the staff that one waits, learners that one is due."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone, translation
from opaque_keys.edx.keys import UsageKey

from iciinsmes.companies import api as companies
from iciinsmes.notices import api as notices
from iciinsmes.platform import Title, block_title, host, zones
from iciinsmes.waiting.data import WaitingFor

from . import notice_kinds, rules
from .data import Task
from .due_dates import due_dates
from .models import Work
from .tasks import current_task

#: What a learner is told; own doings are no news.
_LEARNERS_KIND = {
    rules.Event.CONFIRM: notice_kinds.SIGNED,
    rules.Event.SEND_BACK: notice_kinds.SENT_BACK,
    rules.Event.RELEASE_PASSED: notice_kinds.PASSED,
    rules.Event.RELEASE_REVISE: notice_kinds.REVISE,
    rules.Event.REOPEN: notice_kinds.REOPENED,
    rules.Event.CANCEL: notice_kinds.CANCELLED,
    rules.Event.CORRECT_PASSED: notice_kinds.CORRECTED,
    rules.Event.CORRECT_REVISE: notice_kinds.CORRECTED,
}

#: Learners are reminded when a work is due within this time.
DUE_SOON = timedelta(days=3)
_PAGE = 200


def tell_about(
    work: Work,
    event: rules.Event,
    *,
    round_id: UUID,
    before: rules.WorkState,
    has_come: bool,
    task: Task,
    usage_key: UsageKey,
    actor_name: str = "",
    note: str = "",
) -> None:
    """Tell the staff and the learner about a move, in its transaction.

    Args:
        work: as it is after the move.
        event: what happened.
        round_id: the newest round.
        before: where the work stood.
        has_come: whether it has just come to the staff, and stands there itself, not a colleague's for all.
        task: what the round answers.
        usage_key: the block.
        actor_name: who did it, as the learner may read it.
        note: what was said about it; the learner reads it in a mail too.
    """
    waited = rules.waiting_for(before, task.mentor.need) is WaitingFor.STAFF
    if has_come:
        _tell_staff(work, round_id, block_title(usage_key, task.title))
    elif waited and event in (rules.Event.WITHDRAW, rules.Event.SEND_BACK):
        notices.take_back(kind=notice_kinds.HANDED_IN, subject=str(round_id))
    kind = _LEARNERS_KIND.get(event)
    if kind is not None:
        notices.notify(
            user_id=work.owner_id,
            kind=kind,
            course_key=work.course_key,
            title=block_title(usage_key, task.title),
            address=host().block_url(usage_key),
            actor_name=actor_name,
            detail=note,
            subject=str(round_id),
        )


def _tell_staff(work: Work, round_id: UUID, title: Title) -> None:
    notices.notify_many(
        user_ids=companies.staff_of(course_key=work.course_key, learner_id=work.owner_id),
        kind=notice_kinds.HANDED_IN,
        course_key=work.course_key,
        title=title,
        address=reverse("iciinsmes:desk-round", args=[work.course_key, round_id]),
        actor_id=work.owner_id,
        subject=str(round_id),
    )


def remind_due_soon() -> None:
    """Remind learners of works that they have begun, not handed in, and that are due within three days.

    Each at most once a week for a work. Learners without a draft are not reminded: hosts cannot tell cheaply who they
    are.
    """
    now = timezone.now()
    begun = Work.objects.exclude(draft=None, round_count=0).filter(waiver=None)
    editable = begun.filter(state__in=[state.value for state in rules.EDITABLE]).select_related("assignment")
    after = 0
    # By key, because what is written meanwhile must not disturb the reading.
    while page := list(editable.filter(id__gt=after).order_by("id")[:_PAGE]):
        after = page[-1].id
        owners: dict[UsageKey, list[int]] = {}
        for work in page:
            owners.setdefault(work.assignment.usage_key, []).append(work.owner_id)
        due = {key: due_dates(user_ids=owner_ids, usage_key=key) for key, owner_ids in owners.items()}
        for work in page:
            due_at = due[work.assignment.usage_key][work.owner_id]
            if due_at is not None and now < due_at <= now + DUE_SOON:
                _remind(work, due_at)


def _remind(work: Work, due_at: datetime) -> None:
    task = current_task(usage_key=work.assignment.usage_key).task
    left = rules.rounds_left(task.attempts, work.extra_rounds, work.round_count)
    if left == 0 or not companies.can_work(user_id=work.owner_id, course_key=work.course_key):
        return
    with zones.as_read_by(work.owner_id):
        detail = translation.gettext("It is due on %(moment)s.") % {"moment": zones.moment(due_at)}
    notices.remind(
        user_id=work.owner_id,
        kind=notice_kinds.DUE_SOON,
        course_key=work.course_key,
        title=work.assignment.shown_title,
        address=host().block_url(work.assignment.usage_key),
        subject=f"work:{work.id}",
        detail=detail,
    )
