"""The only door to workplace assignments.

Permissions are the caller's to ask (`companies.api`); this room keeps the rules of the work itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.evidence import api as evidence
from iciinsmes.evidence.data import EvidenceData
from iciinsmes.notices import api as notices
from iciinsmes.platform import host
from iciinsmes.review import api as review
from iciinsmes.review.data import AssessmentData

from . import rules
from .data import (
    DraftData,
    GradingData,
    QueueCounts,
    QueueItem,
    QueuePage,
    RoundData,
    RoundFile,
    Task,
    TaskVersionData,
    WorkData,
    task_from_json,
    task_to_json,
)
from .errors import (
    IncompleteWork,
    NotEditable,
    NotReleasable,
    StaleDraft,
    TaskChanged,
    UnknownAssignment,
    UnknownRound,
)
from .models import Assignment, Draft, Round, TaskVersion, Work

__all__ = [
    "assignments_of",
    "current_task",
    "freeze_task",
    "grading",
    "hand_in",
    "may_edit",
    "open_work",
    "queue",
    "queue_counts",
    "release",
    "save_draft",
    "work_of",
]

_OLD = timedelta(days=10)


def freeze_task(*, usage_key: UsageKey, course_key: CourseKey, task: Task) -> TaskVersionData:
    """Make ``task`` the current version of the block's assignment; calling it again with the same task changes nothing.

    Args:
        usage_key: the block.
        course_key: its course run.
        task: what the author wrote.
    """
    content = task_to_json(task)
    content_hash = _hash(content)
    assignment = Assignment.objects.select_related("current").filter(usage_key=usage_key).first()
    if assignment is None or assignment.current is None or assignment.current.content_hash != content_hash:
        assignment = _store_version(usage_key, course_key, task, content, content_hash)
    return _version_data(assignment)


def current_task(*, usage_key: UsageKey) -> TaskVersionData:
    """Return the task version that learners see now.

    Raises:
        UnknownAssignment: no learner has opened the block yet.
    """
    assignment = Assignment.objects.select_related("current").filter(usage_key=usage_key).first()
    if assignment is None or assignment.current is None:
        raise UnknownAssignment(str(usage_key))
    return _version_data(assignment)


def assignments_of(*, course_key: CourseKey) -> list[tuple[UsageKey, str]]:
    """Return key and title of each assignment of the course run that a learner has opened, by title."""
    return list(Assignment.objects.filter(course_key=course_key).order_by("title").values_list("usage_key", "title"))


def may_edit(*, user_id: int, usage_key: UsageKey) -> bool:
    """Tell whether the person's work may be written on now: it is neither handed in nor passed."""
    state = (
        Work.objects.filter(owner_id=user_id, assignment__usage_key=usage_key).values_list("state", flat=True).first()
    )
    return state is None or rules.State(state) in rules.EDITABLE


def open_work(*, user_id: int, usage_key: UsageKey, course_key: CourseKey, task: Task) -> WorkData:
    """Return the person's work on the block, after making ``task`` its current version.

    The same as `freeze_task` and `work_of` one after the other, with fewer queries: this runs whenever a learner opens
    the page.
    """
    content = task_to_json(task)
    content_hash = _hash(content)
    work = _find_work(user_id, usage_key)
    if work is None or work.assignment.current is None or work.assignment.current.content_hash != content_hash:
        version = freeze_task(usage_key=usage_key, course_key=course_key, task=task)
        work = _find_work(user_id, usage_key) if work is not None else None
    else:
        version = _version_data(work.assignment)
    return _work_data(user_id, version, work)


def work_of(*, user_id: int, usage_key: UsageKey) -> WorkData:
    """Return everything about the person's work on the block; an empty draft if nothing was written yet.

    Raises:
        UnknownAssignment: no learner has opened the block yet.
    """
    work = _find_work(user_id, usage_key)
    version = current_task(usage_key=usage_key) if work is None else _version_data(work.assignment)
    return _work_data(user_id, version, work)


def save_draft(
    *, user_id: int, usage_key: UsageKey, answers: Mapping[str, str], hours: Decimal | None, base_revision: int
) -> DraftData:
    """Save what is being written.

    Args:
        user_id: the learner.
        usage_key: the block.
        answers: question key to text; keys the task does not have are ignored, questions that are left out keep what
            was saved. A text is cut at `rules.MAX_ANSWER_CHARS`.
        hours: hours at work so far, or None.
        base_revision: the revision this text started from; 0 if nothing was saved before.

    Returns:
        The draft as saved. Saving what is already there is no conflict and returns it as it is.

    Raises:
        UnknownAssignment: no learner has opened the block yet.
        NotEditable: the work is handed in or passed.
        StaleDraft: another tab or device saved something else in between; nothing was changed.
    """
    work = _find_work(user_id, usage_key)
    if work is None:
        version = current_task(usage_key=usage_key)
        work, _created = Work.objects.get_or_create(
            assignment_id=version.assignment_id, owner_id=user_id, defaults={"course_key": version.course_key}
        )
        draft = None
        task = version.task
    else:
        draft = _draft_of(work)
        task = _version_data(work.assignment).task
    if rules.State(work.state) not in rules.EDITABLE:
        raise NotEditable(str(usage_key))
    known = {question.key for question in task.questions}
    wanted = {key: text[: rules.MAX_ANSWER_CHARS] for key, text in answers.items() if key in known}
    now = timezone.now()
    if draft is None:
        draft, created = Draft.objects.get_or_create(
            work_id=work.id, defaults={"answers": wanted, "hours": hours, "revision": 1, "saved_at": now}
        )
        if created:
            return _draft_data(draft)
    merged = {**draft.answers, **wanted}
    if draft.answers == merged and draft.hours == hours:
        return _draft_data(draft)
    # One conditional statement decides between two tabs; a lock would cost two more.
    updated = Draft.objects.filter(pk=draft.pk, revision=base_revision).update(
        answers=merged, hours=hours, revision=base_revision + 1, saved_at=now
    )
    if not updated:
        raise StaleDraft(_draft_data(Draft.objects.get(pk=draft.pk)))
    return DraftData(answers=merged, hours=hours, revision=base_revision + 1, saved_at=now)


def hand_in(*, user_id: int, usage_key: UsageKey, base_revision: int, version_id: int) -> RoundData:
    """Turn the draft and its files into an immutable round, and mark the block complete for the learner.

    Args:
        user_id: the learner.
        usage_key: the block.
        base_revision: revision of the draft the learner saw.
        version_id: `TaskVersionData.id` the learner saw.

    Raises:
        UnknownAssignment: no learner has opened the block yet.
        NotEditable: the work is already handed in or passed; a double click ends here, with one round stored.
        StaleDraft: the draft was changed elsewhere since.
        TaskChanged: the author changed the task since.
        IncompleteWork: something is missing; nothing was stored.
    """
    version = current_task(usage_key=usage_key)
    if version.id != version_id:
        raise TaskChanged(str(usage_key))
    due_at = host().due_date(user_id, usage_key)
    with transaction.atomic():
        work, _created = Work.objects.select_for_update().get_or_create(
            assignment_id=version.assignment_id, owner_id=user_id, defaults={"course_key": version.course_key}
        )
        state = rules.next_state(rules.State(work.state), rules.Event.HAND_IN)
        if state is None:
            raise NotEditable(str(usage_key))
        draft = Draft.objects.filter(work=work).first()
        if draft is not None and draft.revision != base_revision:
            raise StaleDraft(_draft_data(draft))
        answers = {} if draft is None else {q.key: draft.answers.get(q.key, "") for q in version.task.questions}
        hours = None if draft is None else draft.hours
        files = evidence.keep(owner_id=user_id, usage_key=usage_key)
        problems = rules.problems(version.task, answers=answers, hours=hours, files=files)
        if problems:
            raise IncompleteWork(problems)
        now = timezone.now()
        row = Round.objects.create(
            work=work,
            number=work.round_count + 1,
            task_version_id=version.id,
            handed_in_by_id=user_id,
            handed_in_at=now,
            due_at=due_at,
            answers=answers,
            evidence=[_file_json(file) for file in files],
            hours=hours,
        )
        work.state = state.value
        work.round_count += 1
        work.waiting_since = now
        work.save(update_fields=["state", "round_count", "waiting_since"])
        # A save that was on its way from another tab now finds a newer revision, and tells so instead of vanishing.
        Draft.objects.filter(work=work).update(revision=base_revision + 1)
        host().complete(user_id=user_id, usage_key=usage_key, fraction=1.0)
    return _round_data(row, version.task, None)


def queue(
    *, course_key: CourseKey, usage_key: UsageKey | None = None, after: str | None = None, limit: int = 25
) -> QueuePage:
    """Return works that wait for the staff, longest waiting first; two queries whatever the size of the course.

    Args:
        course_key: the course run.
        usage_key: only works on this block.
        after: `QueuePage.next_after` of the page before; anything else that is not such a mark starts at the beginning.
        limit: how many items at most.
    """
    rows = Work.objects.filter(course_key=course_key, state=rules.State.HANDED_IN.value)
    if usage_key is not None:
        rows = rows.filter(assignment__usage_key=usage_key)
    mark = _read_mark(after)
    if mark is not None:
        since, work_id = mark
        rows = rows.filter(Q(waiting_since__gt=since) | Q(waiting_since=since, id__gt=work_id))
    page = list(rows.select_related("assignment").order_by("waiting_since", "id")[: limit + 1])
    more = len(page) > limit
    page = page[:limit]
    newest = {
        (row.work_id, row.number): row
        for row in Round.objects.filter(work__in=page).only("id", "work_id", "number", "handed_in_at", "due_at")
    }
    items = []
    for work in page:
        row = newest[work.id, work.round_count]
        assert work.waiting_since is not None  # noqa: S101 - handed-in works always have it
        items.append(
            QueueItem(
                round_id=row.id,
                work_id=work.id,
                owner_id=work.owner_id,
                title=work.assignment.title,
                usage_key=work.assignment.usage_key,
                round_number=row.number,
                waiting_since=work.waiting_since,
                late=row.due_at is not None and row.handed_in_at > row.due_at,
            )
        )
    next_after = f"{items[-1].waiting_since.isoformat()}_{items[-1].work_id}" if more else None
    return QueuePage(items=tuple(items), next_after=next_after)


def queue_counts(*, course_key: CourseKey) -> QueueCounts:
    """Count the works that wait for the staff of the course run, in one query."""
    counts = Work.objects.filter(course_key=course_key, state=rules.State.HANDED_IN.value).aggregate(
        waiting=Count("id"), old=Count("id", filter=Q(waiting_since__lt=timezone.now() - _OLD))
    )
    return QueueCounts(waiting=counts["waiting"], older_than_ten_days=counts["old"])


def grading(*, round_id: UUID) -> GradingData:
    """Return a round with everything a grader needs beside it, in three queries.

    Raises:
        UnknownRound: there is no such round.
    """
    row = Round.objects.select_related("work__assignment__current", "task_version").filter(id=round_id).first()
    if row is None:
        raise UnknownRound(str(round_id))
    earlier = list(
        Round.objects.filter(work_id=row.work_id, number__lt=row.number)
        .select_related("task_version")
        .order_by("number")
    )
    released = review.released(subjects=[row.id, *(other.id for other in earlier)])
    return GradingData(
        round=_round_data(row, task_from_json(row.task_version.content), released.get(row.id)),
        owner_id=row.work.owner_id,
        state=row.work.state,
        version=TaskVersionData(
            id=row.task_version_id,
            assignment_id=row.work.assignment_id,
            usage_key=row.work.assignment.usage_key,
            course_key=row.work.course_key,
            task=task_from_json(row.task_version.content),
            rubric_id=row.task_version.rubric_id,
        ),
        earlier=tuple(
            _round_data(other, task_from_json(other.task_version.content), released.get(other.id)) for other in earlier
        ),
    )


def release(*, round_id: UUID, assessor_id: int, outcome: str) -> AssessmentData:
    """Release the assessor's proposal for the round: the learner sees it, and the grade is booked.

    State, assessment and grade change together or not at all; the mail to the learner leaves afterwards. Releasing the
    same proposal again returns it and changes nothing.

    Args:
        round_id: the newest round of a work.
        assessor_id: whose proposal it is.
        outcome: ``passed`` or ``revise``.

    Raises:
        UnknownRound: there is no such round.
        NotReleasable: the work does not wait for an assessment of this round.
        review.errors.ReviewError: the proposal is missing, incomplete, or another one was released.
    """
    with transaction.atomic():
        row = Round.objects.select_related("task_version").filter(id=round_id).first()
        if row is None:
            raise UnknownRound(str(round_id))
        work = Work.objects.select_for_update().get(id=row.work_id)
        already = review.released(subjects=[round_id]).get(round_id)
        if already is not None and already.assessor_id == assessor_id and already.outcome == outcome:
            return already
        event = rules.Event.RELEASE_PASSED if outcome == "passed" else rules.Event.RELEASE_REVISE
        state = rules.next_state(rules.State(work.state), event)
        if state is None or row.number != work.round_count:
            raise NotReleasable(str(round_id))
        assessment = review.release(subject=round_id, assessor_id=assessor_id, outcome=outcome)
        work.state = state.value
        work.waiting_since = None
        work.save(update_fields=["state", "waiting_since"])
        assignment = Assignment.objects.get(id=work.assignment_id)
        weight = task_from_json(row.task_version.content).weight
        host().book_grade(
            user_id=work.owner_id,
            usage_key=assignment.usage_key,
            earned=assessment.earned * weight / assessment.possible,
            possible=weight,
        )
        transaction.on_commit(
            lambda: notices.tell_result(
                user_id=work.owner_id,
                course_key=work.course_key,
                title=assignment.title,
                address=host().block_url(assignment.usage_key),
                outcome=outcome,
            )
        )
    return assessment


def _hash(content: Mapping[str, object]) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _store_version(
    usage_key: UsageKey, course_key: CourseKey, task: Task, content: dict[str, object], content_hash: str
) -> Assignment:
    with transaction.atomic():
        assignment, _created = Assignment.objects.select_for_update().get_or_create(
            usage_key=usage_key, defaults={"course_key": course_key, "title": task.title}
        )
        version, _created = TaskVersion.objects.get_or_create(
            assignment=assignment,
            content_hash=content_hash,
            defaults={"content": content, "rubric_id": review.freeze_rubric(rubric=task.rubric)},
        )
        assignment.title = task.title
        assignment.current = version
        assignment.save(update_fields=["title", "current"])
    return assignment


def _find_work(user_id: int, usage_key: UsageKey) -> Work | None:
    return (
        Work.objects.select_related("draft", "assignment__current")
        .filter(owner_id=user_id, assignment__usage_key=usage_key)
        .first()
    )


def _draft_of(work: Work) -> Draft | None:
    return work.draft if hasattr(work, "draft") else None


def _version_data(assignment: Assignment) -> TaskVersionData:
    if assignment.current is None:
        raise UnknownAssignment(str(assignment.usage_key))
    return TaskVersionData(
        id=assignment.current.id,
        assignment_id=assignment.id,
        usage_key=assignment.usage_key,
        course_key=assignment.course_key,
        task=task_from_json(assignment.current.content),
        rubric_id=assignment.current.rubric_id,
    )


def _draft_data(draft: Draft | None) -> DraftData:
    if draft is None:
        return DraftData(answers={}, hours=None, revision=0, saved_at=None)
    return DraftData(answers=dict(draft.answers), hours=draft.hours, revision=draft.revision, saved_at=draft.saved_at)


def _work_data(user_id: int, version: TaskVersionData, work: Work | None) -> WorkData:
    state = rules.State.DRAFT if work is None else rules.State(work.state)
    rounds: list[Round] = []
    if work is not None and work.round_count:
        rounds = list(work.rounds.select_related("task_version").order_by("number"))
    released = review.released(subjects=[row.id for row in rounds]) if rounds else {}
    files: tuple[EvidenceData, ...] = ()
    if state in rules.EDITABLE:
        files = evidence.files_of(owner_id=user_id, usage_key=version.usage_key)
    return WorkData(
        owner_id=user_id,
        state=state.value,
        version=version,
        draft=_draft_data(None if work is None else _draft_of(work)),
        files=files,
        rounds=tuple(
            _round_data(row, task_from_json(row.task_version.content), released.get(row.id)) for row in rounds
        ),
        due_at=host().due_date(user_id, version.usage_key),
    )


def _round_data(row: Round, task: Task, assessment: AssessmentData | None) -> RoundData:
    return RoundData(
        id=row.id,
        number=row.number,
        task=task,
        answers=dict(row.answers),
        files=tuple(
            RoundFile(
                id=UUID(file["id"]),
                name=file["name"],
                description=file["description"],
                size=file["size"],
                content_type=file["content_type"],
            )
            for file in row.evidence
        ),
        hours=row.hours,
        handed_in_at=row.handed_in_at,
        due_at=row.due_at,
        assessment=assessment,
    )


def _file_json(file: EvidenceData) -> dict[str, object]:
    return {
        "id": str(file.id),
        "name": file.name,
        "description": file.description,
        "size": file.size,
        "content_type": file.content_type,
    }


def _read_mark(after: str | None) -> tuple[datetime, int] | None:
    if not after:
        return None
    since, _separator, work_id = after.rpartition("_")
    try:
        return datetime.fromisoformat(since), int(work_id)
    except ValueError:
        return None
