"""Saving what is being written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils import timezone
from opaque_keys.edx.keys import UsageKey

from . import rules
from .data import Audience, DraftData, HoursEntry
from .errors import NotEditable, StaleDraft
from .hours_log import log_to_json, total
from .models import Draft, Work
from .serializers import draft_data, version_data
from .tasks import current_task
from .works import draft_of, find_work


def save_draft(
    *,
    user_id: int,
    usage_key: UsageKey,
    answers: Mapping[str, str],
    base_revision: int,
    hours: Decimal | None = None,
    log: Sequence[HoursEntry] | None = None,
    audience: Audience | None = None,
    own_work: bool | None = None,
) -> DraftData:
    """Save what is being written.

    Args:
        user_id: the learner.
        usage_key: the block.
        answers: question key to text; keys the task does not have are ignored, questions that are left out keep what
            was saved. A text is cut at `rules.MAX_ANSWER_CHARS`.
        base_revision: the revision this text started from; 0 if nothing was saved before.
        hours: hours at work so far as one number, or None; only looked at without a ``log``.
        log: the hours line by line.
        audience: whom the learner lets see the hand-in; None keeps what was saved.
        own_work: whether the statement is ticked; None keeps what was saved.

    Returns:
        The draft as saved. Saving what is already there is no conflict and returns it as it is.

    Raises:
        UnknownAssignment: no learner has opened the block yet.
        NotEditable: the work is handed in or passed.
        StaleDraft: another tab or device saved something else in between; nothing was changed.
    """
    return keep_draft(
        user_id=user_id,
        usage_key=usage_key,
        answers=answers,
        base_revision=base_revision,
        hours=hours,
        log=log,
        audience=audience,
        own_work=own_work,
    )[1]


def keep_draft(
    *,
    user_id: int,
    usage_key: UsageKey,
    answers: Mapping[str, str],
    base_revision: int,
    hours: Decimal | None,
    log: Sequence[HoursEntry] | None,
    audience: Audience | None,
    own_work: bool | None,
) -> tuple[Work | None, DraftData]:
    """Do what `save_draft` does; return with it the work as `find_work` read it, None for one that was just made."""
    known = work = find_work(user_id, usage_key)
    if work is None:
        version = current_task(usage_key=usage_key)
        work, _created = Work.objects.get_or_create(
            assignment_id=version.assignment_id, owner_id=user_id, defaults={"course_key": version.course_key}
        )
        draft = None
        task = version.task
    else:
        draft = draft_of(work)
        task = version_data(work.assignment).task
    if rules.WorkState(work.state) not in rules.EDITABLE:
        raise NotEditable(str(usage_key))
    keys = {question.key for question in task.questions}
    wanted = {key: text[: rules.MAX_ANSWER_CHARS] for key, text in answers.items() if key in keys}
    now = timezone.now()
    values = {"answers": wanted, **_hours_columns(draft, hours, log)}
    if audience is not None:
        values["audience"] = audience.value
    if own_work is not None:
        values["own_work"] = own_work
    if draft is None:
        draft, created = Draft.objects.get_or_create(
            work_id=work.id, defaults={**values, "revision": 1, "saved_at": now}
        )
        if created:
            return known, draft_data(draft)
    values["answers"] = {**draft.answers, **wanted}
    if all(getattr(draft, name) == value for name, value in values.items()):
        return known, draft_data(draft)
    # One conditional statement decides between two tabs; a lock would cost two more.
    updated = Draft.objects.filter(pk=draft.pk, revision=base_revision).update(
        **values, revision=base_revision + 1, saved_at=now
    )
    if not updated:
        raise StaleDraft(draft_data(Draft.objects.get(pk=draft.pk)))
    for name, value in {**values, "revision": base_revision + 1, "saved_at": now}.items():
        setattr(draft, name, value)
    return known, draft_data(draft)


def _hours_columns(draft: Draft | None, hours: Decimal | None, log: Sequence[HoursEntry] | None) -> dict[str, object]:
    """Return what the draft keeps of the hours; one number alone says nothing about the lines it is the sum of."""
    if log is not None:
        return {"hours": total(log), "log": log_to_json(log)}
    if draft is not None and draft.hours == hours:
        return {}
    return {"hours": hours, "log": []}
