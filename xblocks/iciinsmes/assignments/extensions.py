"""More time: granted to a learner, a firm or everybody, and taken back; what was late and no longer is, is mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.audit_log import api as audit_log
from iciinsmes.companies import api as companies
from iciinsmes.lib.locks import locked as locked_rows
from iciinsmes.lib.paging import moment_mark, page_of, read_moment_mark
from iciinsmes.notices import api as notices
from iciinsmes.notices.data import NoticeKind
from iciinsmes.platform import host, zones
from iciinsmes.review import api as review
from iciinsmes.waiting import api as waiting

from . import notice_kinds, rules
from .data import Verb
from .due_dates import due_dates, of_people
from .errors import NotExcepted, OwnWork, UnknownAssignment
from .grading import book_points
from .models import Assignment, Extension, Round, Work
from .serializers import task_from_json
from .transitions import locked, record

#: The job that looks again at what a firm or everybody has handed in late.
MEND = "assignments.mend_lateness"
_AT_ONCE = 100
MOST_REASON = 1000


class Scope(StrEnum):
    """For whom an extension is."""

    LEARNER = "learner"
    COMPANY = "company"
    ALL = "all"


@dataclass(frozen=True)
class ExtensionData:
    """A later due date; ``owner_id`` or ``company_id`` say for whom, and both are None for everybody.

    ``company`` is the firm's name, empty for none.
    """

    id: UUID
    usage_key: UsageKey
    title: str
    owner_id: int | None
    company_id: int | None
    company: str
    due_at: datetime
    reason: str
    granted_by_id: int | None
    granted_at: datetime
    revoked_at: datetime | None

    @property
    def scope(self) -> Scope:
        """For whom it is."""
        if self.owner_id is not None:
            return Scope.LEARNER
        return Scope.ALL if self.company_id is None else Scope.COMPANY


def common_due_date(*, usage_key: UsageKey) -> datetime | None:
    """Return when work in the block is due for whoever has no extension of the host's."""
    return host().due_date(0, usage_key)


def extend(
    *,
    usage_key: UsageKey,
    course_key: CourseKey,
    by_id: int,
    due_at: datetime,
    reason: str,
    owner_id: int | None = None,
    company_id: int | None = None,
) -> ExtensionData:
    """Grant a later date to a learner, a firm, or with neither to everybody. Permissions are the caller's to ask.

    Asking for the same again returns what was granted, so a double click and two tabs grant one. Who already handed in
    late under the earlier date is late no longer; the trail keeps what stood there.

    Args:
        usage_key: the block.
        course_key: its course run.
        by_id: who of the staff decided it.
        due_at: the date that counts, unless the host has a later one.
        reason: what the learners read.
        owner_id: the learner.
        company_id: the firm.

    Raises:
        UnknownAssignment: the course run has no such assignment.
        OwnWork: nobody grants time to oneself.
        NotExcepted: nothing is due, the date is no later one, or the reason is missing or too long.
    """
    if owner_id == by_id:
        raise OwnWork
    reason = reason.replace("\0", "").strip()
    with transaction.atomic():
        found = locked_rows(Assignment.objects).filter(usage_key=usage_key, course_key=course_key)
        assignment = found.first()
        if assignment is None:
            raise UnknownAssignment(str(usage_key))
        whom = Q(owner_id=owner_id) & Q(company_id=company_id)
        rows = Extension.objects.filter(whom, assignment=assignment, due_at=due_at, revoked_at=None, reason=reason)
        row = rows.select_related("company", "assignment").first()
        if row is not None:
            return _data(row)
        _check(usage_key, owner_id, due_at, reason)
        row = Extension.objects.create(
            assignment=assignment,
            owner_id=owner_id,
            company_id=company_id,
            due_at=due_at,
            reason=reason,
            granted_by_id=by_id,
            granted_at=timezone.now(),
        )
        _record(row, Verb.EXTENDED, by_id)
        tell = _people_of(row)
        _tell(row, notice_kinds.EXTENDED, tell)
        if owner_id is not None:
            mend(str(row.id))
        else:
            host().defer(MEND, str(row.id))
    return _data(row)


def end_extension(*, extension_id: UUID, course_key: CourseKey, by_id: int) -> ExtensionData | None:
    """Take a later date back for what is handed in from now on; what was handed in under it stays in time.

    Doing it again changes nothing.

    Args:
        extension_id: which.
        course_key: its course run.
        by_id: who of the staff decided it.

    Returns:
        The extension; None where the course run has no such.
    """
    with transaction.atomic():
        rows = locked_rows(Extension.objects).filter(id=extension_id, assignment__course_key=course_key)
        row = rows.first()
        if row is None:
            return None
        if row.owner_id == by_id:
            raise OwnWork
        if row.revoked_at is None:
            row.revoked_at = timezone.now()
            row.save(update_fields=["revoked_at"])
            _record(row, Verb.EXTENSION_ENDED, by_id)
            _tell(row, notice_kinds.EXTENSION_ENDED, _people_of(row))
    return _data(row)


def extension(*, extension_id: UUID, course_key: CourseKey) -> ExtensionData | None:
    """Return an extension of the course run, None for no such."""
    rows = Extension.objects.filter(id=extension_id, assignment__course_key=course_key)
    row = rows.select_related("company", "assignment").first()
    return None if row is None else _data(row)


def extensions_for(*, owner_id: int, usage_key: UsageKey) -> tuple[ExtensionData, ...]:
    """Return what counts for a learner in the block: own, the firm's and everybody's; the latest date first."""
    rows = of_people(Extension.objects.filter(assignment__usage_key=usage_key), [owner_id], usage_key.course_key)
    ids = list(rows.values_list("id", flat=True))
    found = Extension.objects.filter(id__in=ids).select_related("company", "assignment")
    return tuple(map(_data, found.order_by("-due_at", "id")))


def extensions(
    *,
    course_key: CourseKey,
    owners: QuerySet[Work] | None = None,
    after: str | None = None,
    limit: int = 50,
) -> tuple[list[ExtensionData], str | None]:
    """Return a page of the extensions of a course run, the newest first, and the mark of the next page; one query.

    Args:
        course_key: the course run.
        owners: only what these users were granted themselves, unevaluated; None for everything.
        after: mark of the page before.
        limit: on a page.
    """
    rows = Extension.objects.filter(assignment__course_key=course_key).select_related("company", "assignment")
    if owners is not None:
        rows = rows.filter(owner__in=owners)
    mark = read_moment_mark(after, UUID)
    page, more = page_of(rows, "-granted_at", "-id", after=mark, limit=limit)
    return list(map(_data, page)), moment_mark(page[-1].granted_at, page[-1].id) if more else None


def mend(extension_id: str) -> None:
    """Count lateness anew for what was handed in late before this was granted; the job `MEND`.

    Done again it changes nothing: what is no longer late is not looked at.
    """
    row = Extension.objects.select_related("assignment").filter(id=UUID(extension_id)).first()
    if row is None:
        return
    for work_ids in _late_works(row):
        with transaction.atomic():
            works = {work.id: work for work in locked(work_ids)}
            due = due_dates(user_ids=[work.owner_id for work in works.values()], usage_key=row.assignment.usage_key)
            late = Round.objects.filter(work_id__in=works, due_at__isnull=False, handed_in_at__gt=F("due_at"))
            for each in late.select_related("task_version").order_by("work_id", "number"):
                work = works[each.work_id]
                work.assignment = row.assignment
                _mend_round(work, each, due[work.owner_id], row)
    Extension.objects.filter(id=row.id).update(mended_at=timezone.now())


def mend_what_is_left() -> None:
    """Do what a queue has lost; the schedule's part of the job `MEND`."""
    for extension_id in list(Extension.objects.filter(mended_at=None).values_list("id", flat=True)[:_AT_ONCE]):
        mend(str(extension_id))


def _check(usage_key: UsageKey, owner_id: int | None, due_at: datetime, reason: str) -> None:
    problems = {}
    known = host().due_date(owner_id or 0, usage_key)
    if known is None:
        problems["due_at"] = _("Nothing is due here, so there is nothing to extend.")
    elif due_at <= known:
        with_zone = {"moment": zones.moment(known)}
        problems["due_at"] = _("This is no later date: it is due on %(moment)s already.") % with_zone
    if not reason:
        problems["reason"] = _("Say why, so that the learner understands.")
    elif len(reason) > MOST_REASON:
        problems["reason"] = _("At most %(limit)d characters.") % {"limit": MOST_REASON}
    if problems:
        raise NotExcepted(problems)


def _late_works(row: Extension) -> Iterator[list[int]]:
    """Yield the works that have a late round, some at a time; of a firm's extension `due_dates` knows whose it is."""
    rows = Work.objects.filter(assignment_id=row.assignment_id, rounds__handed_in_at__gt=F("rounds__due_at"))
    if row.owner_id is not None:
        rows = rows.filter(owner_id=row.owner_id)
    after = 0
    while page := list(rows.filter(id__gt=after).order_by("id").values_list("id", flat=True).distinct()[:_AT_ONCE]):
        after = page[-1]
        yield page


def _mend_round(work: Work, each: Round, due_at: datetime | None, row: Extension) -> None:
    if due_at is None or each.due_at is None or due_at <= each.due_at:
        return
    task = task_from_json(each.task_version.content)
    before = {"due_before": each.due_at.isoformat(), "late_percent_before": str(each.late_percent)}
    each.due_at = due_at
    each.late_percent = rules.late_percent(each.handed_in_at, due_at, task.late)
    each.save(update_fields=["due_at", "late_percent"])
    deadline = task.late.deadline(due_at)
    waiting.note_late(subject=each.id, late=deadline is not None and each.handed_in_at > deadline)
    record(work, Verb.IN_TIME, round_number=each.number, actor_id=row.granted_by_id, more=before)
    result = review.released(subjects=[each.id]).get(each.id)
    if result is not None:
        book_points(work, each, result, task)


def _people_of(row: Extension) -> list[int]:
    """Return whom it is told: the learner or the members of the firm; everybody else reads it with the task."""
    if row.owner_id is not None:
        return [row.owner_id]
    if row.company_id is None:
        return []
    return sorted(companies.member_ids(company_id=row.company_id, course_key=row.assignment.course_key))


def _tell(row: Extension, kind: NoticeKind, user_ids: list[int]) -> None:
    due = due_dates(user_ids=user_ids, usage_key=row.assignment.usage_key) if user_ids else {}
    for user_id in user_ids:
        with zones.as_read_by(user_id):
            due_at = due[user_id]
            detail = (
                translation.gettext("It is due on %(moment)s.") % {"moment": zones.moment(due_at)} if due_at else ""
            )
        notices.notify(
            user_id=user_id,
            kind=kind,
            course_key=row.assignment.course_key,
            title=row.assignment.shown_title,
            address=host().block_url(row.assignment.usage_key),
            detail=f"{detail} {row.reason}".strip() if kind is notice_kinds.EXTENDED else detail,
            subject=f"extension:{row.id}",
        )


def _record(row: Extension, verb: Verb, by_id: int) -> None:
    work = None
    if row.owner_id is not None:
        work = Work.objects.filter(assignment_id=row.assignment_id, owner_id=row.owner_id).first()
    audit_log.record(
        course_key=row.assignment.course_key,
        verb=verb.value,
        actor_id=by_id,
        person_id=row.owner_id,
        subject=f"extension:{row.id}" if work is None else f"work:{work.id}",
        detail={
            "round": 0 if work is None else work.round_count,
            "title": row.assignment.title,
            "note": row.reason,
            "due_at": row.due_at.isoformat(),
            "scope": _data(row).scope.value,
        },
    )


def _data(row: Extension) -> ExtensionData:
    return ExtensionData(
        id=row.id,
        usage_key=row.assignment.usage_key,
        title=str(row.assignment.shown_title),
        owner_id=row.owner_id,
        company_id=row.company_id,
        company=row.company.name if row.company else "",
        due_at=row.due_at,
        reason=row.reason,
        granted_by_id=row.granted_by_id,
        granted_at=row.granted_at,
        revoked_at=row.revoked_at,
    )
