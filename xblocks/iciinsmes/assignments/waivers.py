"""A learner need not do an assignment: it counts as done, and the gradebook goes on as if it were not there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.lib.paging import moment_mark, page_of, read_moment_mark
from iciinsmes.notices import api as notices
from iciinsmes.platform import host

from . import notice_kinds, rules
from .data import Verb, WaiverData
from .errors import NotExcepted, OwnWork, UnknownAssignment
from .extensions import MOST_REASON
from .models import Assignment, Waiver, Work
from .rebooking import book_anew
from .transitions import locked, record


@dataclass(frozen=True)
class GivenWaiver:
    """A waiver as lists of the staff show it."""

    owner_id: int
    usage_key: UsageKey
    title: str
    reason: str
    granted_by_id: int | None
    granted_at: datetime


def waive(*, owner_id: int, usage_key: UsageKey, course_key: CourseKey, by_id: int, reason: str) -> WaiverData:
    """Let a learner off an assignment. Permissions are the caller's to ask; doing it again changes nothing.

    What was written stays. The block counts as done, and the host is told that nothing is asked for: that is not 0.

    Args:
        owner_id: the learner.
        usage_key: the block.
        course_key: its course run.
        by_id: who of the staff decided it.
        reason: what the learner reads.

    Raises:
        UnknownAssignment: the course run has no such assignment.
        OwnWork: nobody lets oneself off.
        NotExcepted: the work waits for somebody or is passed, or the reason is missing or too long.
    """
    if owner_id == by_id:
        raise OwnWork
    reason = reason.replace("\0", "").strip()
    assignment = Assignment.objects.filter(usage_key=usage_key, course_key=course_key).first()
    if assignment is None:
        raise UnknownAssignment(str(usage_key))
    with transaction.atomic():
        Work.objects.get_or_create(assignment=assignment, owner_id=owner_id, defaults={"course_key": course_key})
        (work,) = locked(Work.objects.filter(assignment=assignment, owner_id=owner_id).values_list("id", flat=True))
        there = Waiver.objects.filter(work=work).first()
        if there is not None:
            return WaiverData(there.reason, there.granted_at)
        problems = {}
        if rules.WorkState(work.state) not in rules.EDITABLE:
            problems["work"] = _("This work is handed in or passed. Assess the round, or say that it does not count.")
        if not reason:
            problems["reason"] = _("Say why, so that the learner understands.")
        elif len(reason) > MOST_REASON:
            problems["reason"] = _("At most %(limit)d characters.") % {"limit": MOST_REASON}
        if problems:
            raise NotExcepted(problems)
        row = Waiver.objects.create(work=work, reason=reason, granted_by_id=by_id, granted_at=timezone.now())
        host().excuse(user_id=owner_id, usage_key=usage_key)
        host().complete(user_id=owner_id, usage_key=usage_key, fraction=1.0)
        record(work, Verb.WAIVED, round_number=work.round_count, actor_id=by_id, note=reason)
        _tell(work, assignment, waived=True, detail=reason)
    return WaiverData(row.reason, row.granted_at)


def end_waiver(*, owner_id: int, usage_key: UsageKey, course_key: CourseKey, by_id: int) -> None:
    """Ask for the assignment after all: grade and completion are again what was reached before.

    Doing it again changes nothing.

    Raises:
        OwnWork: it is the own work.
    """
    if owner_id == by_id:
        raise OwnWork
    with transaction.atomic():
        mine = Work.objects.filter(assignment__usage_key=usage_key, course_key=course_key, owner_id=owner_id)
        for work in locked(mine.values_list("id", flat=True)):
            gone, _tables = Waiver.objects.filter(work=work).delete()
            if gone:
                assignment = work.assignment
                book_anew(work)
                record(work, Verb.WAIVER_ENDED, round_number=work.round_count, actor_id=by_id)
                _tell(work, assignment, waived=False, detail="")


def waiver_for(*, owner_id: int, usage_key: UsageKey) -> WaiverData | None:
    """Return why a learner need not do the assignment of a block; None for who has to."""
    row = Waiver.objects.filter(work__owner_id=owner_id, work__assignment__usage_key=usage_key).first()
    return None if row is None else WaiverData(row.reason, row.granted_at)


def waivers(
    *, course_key: CourseKey, owners: QuerySet[Any] | None = None, after: str | None = None, limit: int = 50
) -> tuple[list[GivenWaiver], str | None]:
    """Return a page of the waivers of a course run, the newest first, and the mark of the next page; one query.

    Args:
        course_key: the course run.
        owners: only of these users, unevaluated; None for everybody.
        after: mark of the page before.
        limit: on a page.
    """
    rows = Waiver.objects.filter(work__course_key=course_key).select_related("work__assignment")
    if owners is not None:
        rows = rows.filter(work__owner__in=owners)
    page, more = page_of(rows, "-granted_at", "-id", after=read_moment_mark(after, int), limit=limit)
    found = [
        GivenWaiver(
            owner_id=row.work.owner_id,
            usage_key=row.work.assignment.usage_key,
            title=str(row.work.assignment.shown_title),
            reason=row.reason,
            granted_by_id=row.granted_by_id,
            granted_at=row.granted_at,
        )
        for row in page
    ]
    return found, moment_mark(page[-1].granted_at, page[-1].id) if more else None


def _tell(work: Work, assignment: Assignment, *, waived: bool, detail: str) -> None:
    notices.notify(
        user_id=work.owner_id,
        kind=notice_kinds.WAIVED if waived else notice_kinds.WAIVER_ENDED,
        course_key=work.course_key,
        title=assignment.shown_title,
        address=host().block_url(assignment.usage_key),
        detail=detail,
        subject=f"work:{work.id}",
    )
