"""A learner's work as a whole: found in as few queries as the page needs."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.evidence import api as evidence
from iciinsmes.evidence.data import EvidenceData, ItemData
from iciinsmes.mentors import api as mentors
from iciinsmes.platform import host
from iciinsmes.review import api as review
from iciinsmes.waiting import api as waiting

from . import rules
from .data import RoundData, Task, TaskVersionData, WaiverData, WorkData
from .due_dates import Granted, granted_to, later_of, newest_grant, reason_of
from .models import Assignment, Draft, Extension, Round, Work
from .serializers import draft_data, frozen_content, stored_round, stored_rounds, version_data
from .subjects import draft_of as find_draft
from .talks import forget_talks, talk_of
from .tasks import current_task, freeze_task, hash_of
from .teams import heirs_of, locked_teams
from .transitions import lead_queue, timeline


def may_edit(*, user_id: int, usage_key: UsageKey) -> bool:
    """Tell whether the person's work may be written on now: it is neither handed in nor passed."""
    return find_draft(user_id=user_id, usage_key=usage_key).editable


def states_of(*, user_id: int, course_key: CourseKey | None = None) -> dict[UsageKey, str]:
    """Return where each of the person's works stands, by block, in one query; blocks without a work are left out.

    Args:
        user_id: whose works.
        course_key: only this course run; None for all of them.
    """
    works = Work.objects.filter(owner_id=user_id)
    if course_key is not None:
        works = works.filter(course_key=course_key)
    rows = works.values_list("assignment__usage_key", "state")
    return {usage_key: state for usage_key, state in rows if usage_key is not None}


def open_work(
    *,
    user_id: int,
    usage_key: UsageKey,
    course_key: CourseKey,
    task: Task,
    due_at: datetime | None,
    others: Mapping[str, Task] | None = None,
) -> WorkData:
    """Return the person's work on the block, after making ``task`` its current version.

    The same as `freeze_task` and `work_of` one after the other, with less work for the database: this runs whenever a
    learner opens the page. Where nothing was written yet, only the assignment is read.

    Args:
        user_id: the learner.
        usage_key: the block.
        course_key: its course run.
        task: what the author wrote.
        due_at: when it is due for the learner.
        others: how the task reads in other languages, by code.
    """
    wanted = hash_of(frozen_content(task, others or {}, name=str(usage_key)))
    found, round_count, has_grants = _opened(user_id, usage_key)
    if found is None or found.current is None or found.current.content_hash != wanted:
        version = freeze_task(usage_key=usage_key, course_key=course_key, task=task, others=others)
    else:
        version = version_data(found)
    work, rounds = _begun_work(user_id, usage_key, round_count, has_grants=has_grants)
    return _work_data(user_id, version, work, rounds, due_at, has_grants=has_grants)


def work_of(*, user_id: int, usage_key: UsageKey) -> WorkData:
    """Return everything about the person's work on the block; an empty draft if nothing was written yet.

    Raises:
        UnknownAssignment: no learner has opened the block yet.
    """
    work, rounds = _work_and_rounds(user_id, usage_key)
    version = current_task(usage_key=usage_key) if work is None else version_data(work.assignment)
    if rounds and rules.WorkState(rounds[-1].work.state) not in rules.EDITABLE:
        # The date that counted is kept with what was handed in.
        return _work_data(user_id, version, work, rounds, rounds[-1].due_at)
    return _work_data(user_id, version, work, rounds, host().due_date(user_id, usage_key))


def clear_work(*, user_id: int, usage_key: UsageKey) -> None:
    """Remove the person's work on the block for good: draft, rounds, their assessments, and all files.

    The person finds an empty draft afterwards. Grade and completion are the host's. Colleagues who handed in together
    with the person keep their rounds, and the files in them.
    """
    with transaction.atomic():
        work = find_work(user_id, usage_key)
        teams = locked_teams([work.id]) if work is not None else []
        evidence.hand_over(heirs=heirs_of(teams, user_id))
        for rounds in teams:
            lead_queue(rounds, next(mine for mine, _row in rounds if mine.owner_id == user_id), forgotten=True)
        if work is not None:
            evidence.forget(subject=work.subject)
            forget_talks([work.subject])
            subjects = list(work.rounds.values_list("id", flat=True))
            review.forget(subjects=subjects)
            waiting.leave(subjects=subjects)
            left_alone = [rounds[0][1].team for rounds in teams if len(rounds) == 1]
            mentors.forget(subjects=[*subjects, *filter(None, left_alone)])
            work.delete()


def rounds_by_id(*, round_ids: Collection[UUID]) -> dict[UUID, RoundData]:
    """Return rounds without their results, in one query."""
    return {row.id: stored_round(row, {}) for row in stored_rounds().filter(id__in=round_ids)}


def passed_rounds(*, user_id: int, course_key: CourseKey) -> tuple[tuple[UsageKey, RoundData], ...]:
    """Return the round with which each passed work of the person was passed, with its block, in one query."""
    rows = (
        stored_rounds()
        .filter(
            work__owner_id=user_id,
            work__course_key=course_key,
            work__state=rules.WorkState.PASSED,
        )
        .select_related("work__assignment")
        .order_by("number")
    )
    newest = {row.work_id: row for row in rows}
    found = [(row.work.assignment.usage_key, stored_round(row, {})) for row in newest.values()]
    return tuple((usage_key, row) for usage_key, row in found if usage_key)


def find_work(user_id: int, usage_key: UsageKey, *, has_grants: bool = True) -> Work | None:
    """Return the person's work with draft, assignment, task version and what was granted, in one query; or None.

    There is none before the first save. Where nothing was granted to anybody, ``has_grants`` saves to look for it.
    """
    works = Work.objects.filter(owner_id=user_id, assignment__usage_key=usage_key)
    found: Work | None = (
        works.select_related("draft", "waiver", "assignment__current")
        .annotate(**newest_grant() if has_grants else {})
        .first()
    )
    return found


def draft_of(work: Work) -> Draft | None:
    """Return the work's draft as `find_work` read it, or None."""
    return work.draft if hasattr(work, "draft") else None


def waiver_of(work: Work | None) -> WaiverData | None:
    """Return the waiver of a work as `find_work` read it, or None."""
    if work is None or not hasattr(work, "waiver"):
        return None
    return WaiverData(work.waiver.reason, work.waiver.granted_at)


def _opened(user_id: int, usage_key: UsageKey) -> tuple[Assignment | None, int | None, bool]:
    """Return the assignment, the person's rounds of it, and whether anything was granted there, in one cheap query.

    The number of rounds is None where there is no work.
    """
    own = Work.objects.filter(owner_id=user_id, assignment_id=OuterRef("id")).values("round_count")
    granted = Extension.objects.filter(assignment_id=OuterRef("id"), revoked_at=None)
    rows = Assignment.objects.select_related("current").filter(usage_key=usage_key)
    found: Any = rows.annotate(own_rounds=Subquery(own[:1]), has_grants=Exists(granted)).first()
    return (None, None, False) if found is None else (found, found.own_rounds, found.has_grants)


def _begun_work(
    user_id: int, usage_key: UsageKey, round_count: int | None, *, has_grants: bool
) -> tuple[Work | None, list[Round]]:
    """Return the work and its rounds, oldest first, where `_opened` has counted them; no query without a work."""
    if round_count is None:
        return None, []
    if not round_count:
        work = find_work(user_id, usage_key, has_grants=has_grants)
        if work is not None and not work.round_count:
            return work, []
    # There are rounds, or the work was handed in between the two queries.
    return _work_and_rounds(user_id, usage_key, has_grants=has_grants)


def _work_and_rounds(user_id: int, usage_key: UsageKey, *, has_grants: bool = True) -> tuple[Work | None, list[Round]]:
    """Return what `find_work` does and the rounds, oldest first: one query where there are rounds, else two."""
    rounds: list[Round] = list(
        stored_rounds()
        .filter(work__owner_id=user_id, work__assignment__usage_key=usage_key)
        .annotate(**newest_grant("work__") if has_grants else {})
        .select_related("work__draft", "work__waiver", "work__assignment__current")
        .order_by("number")
    )
    if rounds:
        return rounds[-1].work, rounds
    work = find_work(user_id, usage_key, has_grants=has_grants)
    if work is not None and work.round_count:
        # Handed in between the two queries.
        return _work_and_rounds(user_id, usage_key, has_grants=has_grants)
    return work, rounds


def granted_with(row: Work | Round) -> Granted | None:
    """Return the latest date that was granted to the person, from a work or a round that was read with it."""
    read = vars(row)
    return None if read["granted_due"] is None else Granted(read["granted_due"], read["granted_why"])


def _granted(user_id: int, usage_key: UsageKey, work: Work | None, rounds: Sequence[Round]) -> Granted | None:
    """Return the latest date that was granted to the person; no query where there is a work."""
    row = rounds[-1] if rounds else work
    return granted_to([user_id], usage_key).get(user_id) if row is None else granted_with(row)


def _work_data(
    user_id: int,
    version: TaskVersionData,
    work: Work | None,
    rounds: Sequence[Round],
    due_at: datetime | None,
    *,
    has_grants: bool = True,
) -> WorkData:
    state = rules.WorkState.DRAFT if work is None else rules.WorkState(work.state)
    # What has just been handed in has no result yet.
    assessed = rounds[:-1] if state is rules.WorkState.HANDED_IN else rounds
    released = review.released(subjects=[row.id for row in assessed])
    is_asked = due_at is not None and has_grants and state in rules.EDITABLE
    granted = _granted(user_id, version.usage_key, work, rounds) if is_asked else None
    due_at = later_of(due_at, granted)
    files: tuple[EvidenceData, ...] = ()
    items: tuple[ItemData, ...] = ()
    if work is not None and state in rules.EDITABLE:
        files = evidence.files_of(subject=work.subject)
        items = evidence.items_of(subject=work.subject)
    return WorkData(
        owner_id=user_id,
        state=state.value,
        version=version,
        draft=draft_data(None if work is None else draft_of(work)),
        files=files,
        items=items,
        rounds=tuple(stored_round(row, released) for row in rounds),
        due_at=due_at,
        rounds_left=rules.rounds_left(
            version.task.attempts, work.extra_rounds if work else 0, work.round_count if work else 0
        ),
        withdrawable=state is rules.WorkState.HANDED_IN
        and rounds[-1].opened_at is None
        and rounds[-1].handed_in_by_id == user_id,
        timeline=timeline(work_id=work.id) if work is not None and rounds else (),
        extension_reason=reason_of(granted, due_at),
        waiver=waiver_of(work),
        talk=talk_of(work),
    )
