"""Handing in, and taking back what nobody has opened."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Exists
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.companies import api as companies
from iciinsmes.evidence import api as evidence
from iciinsmes.evidence.data import EvidenceData, item_to_json
from iciinsmes.lib.locks import locked
from iciinsmes.mentors import api as mentors
from iciinsmes.platform import block_title, host
from iciinsmes.review.data import Marking
from iciinsmes.waiting import api as waiting
from iciinsmes.waiting.data import MentorWord, WaitingFor

from . import notice_kinds, rules
from .data import Audience, CompleteOn, HoursEntry, MentorNeed, RoundData, Task, TaskVersionData, Verb
from .drafts import keep_draft
from .due_dates import due_dates
from .errors import (
    AssignmentError,
    ColleaguesRefused,
    IncompleteWork,
    NoRoundsLeft,
    NotEditable,
    NotWithdrawable,
    StaleDraft,
    TaskChanged,
    TooLate,
    UnknownRound,
    Waived,
)
from .hours_log import log_to_json
from .models import Draft, Round, Waiver, Work
from .serializers import draft_data, round_data, version_data
from .subjects import round_subject
from .tasks import current_task
from .teams import check_colleagues, check_one_company, tell_colleagues
from .transitions import locked_rounds, locked_works, may_move, move, record
from .works import find_work, granted_with


def hand_in(
    *,
    user_id: int,
    usage_key: UsageKey,
    base_revision: int,
    version_id: int,
    colleague_ids: Collection[int] = (),
) -> RoundData:
    """Turn the draft and its evidence into an immutable round, and into one for each colleague who did it too.

    Colleagues keep their own drafts as they are. From here on everybody has an own state, due date and result. That it
    is own work is stated by who hands in, for nobody else.

    Args:
        user_id: the learner.
        usage_key: the block.
        base_revision: revision of the draft the learner saw.
        version_id: `TaskVersionData.id` the learner saw.
        colleague_ids: members of the same firm who did it together with the learner.

    Raises:
        UnknownAssignment: no learner has opened the block yet.
        NotEditable: the work is already handed in or passed; a double click ends here, with one round stored.
        Waived: the learner need not do it.
        NoRoundsLeft: every round that the author allows is used.
        TooLate: the deadline is over, and the author takes nothing later.
        StaleDraft: the draft was changed elsewhere since.
        TaskChanged: the author changed the task since.
        IncompleteWork: something is missing; nothing was stored.
        ColleaguesRefused: a colleague cannot be included; nothing was stored for anybody.
    """
    return _hand_in(
        find_work(user_id, usage_key),
        user_id=user_id,
        usage_key=usage_key,
        base_revision=base_revision,
        version_id=version_id,
        colleague_ids=colleague_ids,
    )


def save_and_hand_in(
    *,
    user_id: int,
    usage_key: UsageKey,
    base_revision: int,
    version_id: int,
    colleague_ids: Collection[int],
    answers: Mapping[str, str],
    hours: Decimal | None,
    log: Sequence[HoursEntry] | None,
    audience: Audience | None,
    own_work: bool | None,
) -> RoundData:
    """Do what `save_draft` and `hand_in` do one after the other, with a query less; what was saved stays saved."""
    known, saved = keep_draft(
        user_id=user_id,
        usage_key=usage_key,
        answers=answers,
        base_revision=base_revision,
        hours=hours,
        log=log,
        audience=audience,
        own_work=own_work,
    )
    return _hand_in(
        known or find_work(user_id, usage_key),
        user_id=user_id,
        usage_key=usage_key,
        base_revision=saved.revision,
        version_id=version_id,
        colleague_ids=colleague_ids,
    )


def _hand_in(
    known: Work | None,
    *,
    user_id: int,
    usage_key: UsageKey,
    base_revision: int,
    version_id: int,
    colleague_ids: Collection[int],
) -> RoundData:
    version = current_task(usage_key=usage_key) if known is None else version_data(known.assignment)
    if version.id != version_id:
        raise TaskChanged(str(usage_key))
    owner_ids = {user_id}
    if colleague_ids:
        owner_ids |= check_colleagues(user_id, version, colleague_ids)
    together = len(owner_ids) > 1
    granted = None
    if known is not None and not together:
        own = granted_with(known)
        granted = {user_id: own} if own else {}
    due = due_dates(user_ids=owner_ids, usage_key=usage_key, granted=granted)
    now = timezone.now()
    with transaction.atomic():
        works = locked_works(version, owner_ids, known)
        held = companies.companies_held(user_ids=owner_ids, course_key=version.course_key)
        if together:
            check_one_company(user_id, owner_ids, held)
        draft, is_waived = _locked_draft(works[user_id])
        _check_open(works[user_id], version.task, due[user_id], now, is_waived=is_waived)
        _check_all_open([work for work in works.values() if work.owner_id != user_id], version.task, due, now)
        if draft is not None and draft.revision != base_revision:
            raise StaleDraft(draft_data(draft))
        content = draft_data(draft)
        answers = {} if draft is None else {q.key: draft.answers.get(q.key, "") for q in version.task.questions}
        items = evidence.items_of(subject=works[user_id].subject)
        files = evidence.keep(subject=works[user_id].subject)
        problems = rules.problems(
            version.task,
            answers=answers,
            hours=content.hours,
            files=files,
            items=items,
            log=content.log,
            own_work=content.own_work,
        )
        if problems:
            raise IncompleteWork(problems)
        team = uuid4() if together else None
        rows = {}
        for owner_id, work in works.items():
            rows[owner_id] = Round.objects.create(
                work=work,
                number=work.round_count + 1,
                task_version_id=version.id,
                handed_in_by_id=user_id,
                handed_in_at=now,
                company_id=held.get(owner_id),
                due_at=due[owner_id],
                answers=answers,
                evidence=[_file_json(file) for file in files],
                items=[item_to_json(item) for item in items],
                hours=content.hours,
                log=log_to_json(content.log),
                audience=content.audience.value,
                own_work=version.task.statement and content.own_work and owner_id == user_id,
                late_percent=rules.late_percent(now, due[owner_id], version.task.late),
                came_from=work.state,
                team=team,
            )
            work.round_count += 1
            leads = owner_id == user_id
            move(
                work,
                rules.Event.HAND_IN,
                task=version.task,
                usage_key=usage_key,
                round_id=rows[owner_id].id,
                enter_queue=partial(_enter_queue, work, rows[user_id], version, works) if leads else None,
            )
            record(work, Verb.HANDED_IN, round_number=work.round_count, actor_id=user_id)
        # A save that was on its way from another tab now finds a newer revision, and tells so instead of vanishing.
        # The statement is made anew for each round.
        Draft.objects.filter(work=works[user_id]).update(revision=base_revision + 1, own_work=False)
        if together:
            title = block_title(usage_key, version.task.title)
            kind = notice_kinds.TEAM_HANDED_IN
            tell_colleagues(works.values(), kind, by_id=user_id, title=title, usage_key=usage_key)
    return round_data(rows[user_id], version.task, None, tuple(sorted(works)) if together else ())


def withdraw(*, user_id: int, usage_key: UsageKey, round_id: UUID) -> None:
    """Take the newest round back as if it had never been handed in; its texts and files are the draft again.

    The rounds of colleagues who did it together are taken back with it.

    Args:
        user_id: the learner who handed it in.
        usage_key: the block.
        round_id: the newest round of the learner's work on it.

    Raises:
        UnknownRound: the person has no such round; the second half of a double click ends here.
        NotWithdrawable: somebody has opened it, a colleague handed it in, or it is not the newest one any more.
    """
    with transaction.atomic():
        rounds, task = locked_rounds(round_id)
        own, own_row = rounds[0]
        if own.owner_id != user_id or own_row.id != round_id or own.assignment.usage_key != usage_key:
            raise UnknownRound(str(round_id))
        if own_row.handed_in_by_id != user_id or not all(
            row.opened_at is None and may_move(work, row, rules.Event.WITHDRAW, task) for work, row in rounds
        ):
            raise NotWithdrawable(str(round_id))
        held = {file["id"] for other in own.rounds.exclude(id=own_row.id) for file in other.evidence}
        evidence.give_back(evidence_ids=[UUID(file["id"]) for file in own_row.evidence if file["id"] not in held])
        mentors.revoke_all(subjects=[own_row.team or own_row.id])
        for work, row in rounds:
            _take_back(work, row, task, by_id=user_id)
        tell_colleagues(
            [work for work, _row in rounds],
            notice_kinds.TEAM_WITHDRAWN,
            by_id=user_id,
            title=own.assignment.shown_title,
            usage_key=own.assignment.usage_key,
        )


def _enter_queue(
    work: Work, row: Round, version: TaskVersionData, together: Collection[int], waiting_for: WaitingFor
) -> None:
    deadline = version.task.late.deadline(row.due_at)
    waiting.enter(
        subject=round_subject(row.id, work.course_key, row.company_id),
        waiting_for=waiting_for,
        owner_id=work.owner_id,
        title=block_title(version.usage_key, version.task.title).own,
        place=str(version.usage_key),
        number=row.number,
        late=deadline is not None and row.handed_in_at > deadline,
        with_ids=[other for other in together if other != work.owner_id],
        has_question=work.question_since is not None,
        is_blind=version.task.marking is Marking.BLIND,
        word=MentorWord.NONE if version.task.mentor.need is MentorNeed.NONE else MentorWord.OPEN,
    )


def _take_back(work: Work, row: Round, task: Task, *, by_id: int) -> None:
    usage_key = work.assignment.usage_key
    work.round_count -= 1
    came_from = rules.WorkState(row.came_from)
    move(work, rules.Event.WITHDRAW, task=task, usage_key=usage_key, round_id=row.id, came_from=came_from)
    record(work, Verb.WITHDRAWN, round_number=row.number, actor_id=by_id)
    row.delete()
    if task.complete_on is CompleteOn.HAND_IN and not work.round_count:
        host().complete(user_id=work.owner_id, usage_key=usage_key, fraction=0.0)


def _locked_draft(work: Work) -> tuple[Draft | None, bool]:
    """Return the draft of a locked work, locked too, and whether the learner need not do it; one query, two without.

    Without the lock a save from another tab could be confirmed before the end, and miss the round. A waiver is written
    behind the work's lock, so that none is missed here.
    """
    waived = Waiver.objects.filter(work=work)
    draft = locked(Draft.objects).filter(work=work).annotate(is_waived=Exists(waived)).first()
    return (None, waived.exists()) if draft is None else (draft, draft.is_waived)


def _check_open(work: Work, task: Task, due_at: datetime | None, now: datetime, *, is_waived: bool) -> None:
    """Make sure that a locked work can be handed in now.

    Raises:
        NotEditable, Waived, NoRoundsLeft, TooLate: see `hand_in`.
    """
    if rules.next_state(rules.WorkState(work.state), rules.Event.HAND_IN) is None:
        raise NotEditable(str(work.id))
    if is_waived:
        raise Waived(str(work.id))
    if rules.rounds_left(task.attempts, work.extra_rounds, work.round_count) == 0:
        raise NoRoundsLeft(str(work.id))
    deadline = task.late.deadline(due_at)
    if not task.late.accept and deadline is not None and now > deadline:
        raise TooLate(deadline)


def _check_all_open(works: Iterable[Work], task: Task, due: Mapping[int, datetime | None], now: datetime) -> None:
    """Make sure that all colleagues can hand in.

    Raises:
        ColleaguesRefused: naming each who cannot.
    """
    works = list(works)
    waived = set(Waiver.objects.filter(work__in=works).values_list("work_id", flat=True)) if works else set()
    reasons: dict[int, AssignmentError] = {}
    for work in works:
        try:
            _check_open(work, task, due[work.owner_id], now, is_waived=work.id in waived)
        except (NotEditable, NoRoundsLeft, TooLate) as error:
            reasons[work.owner_id] = error
    if reasons:
        raise ColleaguesRefused(reasons)


def _file_json(file: EvidenceData) -> dict[str, object]:
    return {
        "id": str(file.id),
        "name": file.name,
        "description": file.description,
        "size": file.size,
        "content_type": file.content_type,
        "question": file.question,
    }


def go_along(*, user_id: int, company_id: int, course_key: CourseKey, **_more: object) -> None:
    """Hear `companies.signals.first_joined`: what a learner did before there was a firm goes along to the first one."""
    alone = Round.objects.filter(work__owner_id=user_id, work__course_key=course_key, company=None)
    alone.update(company_id=company_id)
