"""The staff of a run publishes cases to which their owner has agreed, or refuses them; it changes no word of them."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies
from iciinsmes.lib.locks import locked
from iciinsmes.lib.paging import moment_mark, page_of, read_moment_mark
from iciinsmes.lib.untrusted import read_uuid

from .data import CaseProposal, CaseState
from .errors import StaleCase, UnknownCase, WrongCase
from .models import PracticeCase
from .signals import case_decided
from .stored import proposal_of
from .trail import Verb, record_case

PAGE = 25
_LONGEST_REASON = 2_000
#: What the staff reads word by word; before the owner has agreed only that somebody was asked.
_READABLE = (CaseState.AGREED.value, CaseState.PUBLISHED.value, CaseState.REFUSED.value)


def proposals_of_run(
    *, course_key: CourseKey, user_id: int, after: str = "", limit: int = PAGE
) -> tuple[tuple[CaseProposal, ...], str]:
    """Return a page of the run's cases that this person of its staff may see, newest first, and the next page's mark.

    Permissions are the caller's to ask; who teaches only some learners gets only their firms.
    """
    rows = PracticeCase.objects.filter(course_key=course_key).exclude(state=CaseState.TAKEN_BACK.value)
    users = companies.limited_to(user_id=user_id, course_key=course_key)
    if users is not None:
        rows = rows.exclude(company_id__in=companies.ids_of_others(users=users, course_key=course_key))
    mark = read_moment_mark(after, read_uuid)
    page, is_more = page_of(rows, "-changed_at", "-id", after=mark, limit=limit)
    next_after = moment_mark(page[-1].changed_at, page[-1].pk) if is_more else ""
    return tuple(proposal_of(row) for row in page), next_after


def waiting_count(*, course_key: CourseKey) -> int:
    """Return how many cases of the run wait for its staff, in one query."""
    return PracticeCase.objects.filter(course_key=course_key, state=CaseState.AGREED.value).count()


def case_for_staff(*, case_id: UUID, user_id: int, course_key: CourseKey) -> CaseProposal:
    """Return a case of this run that its owner has agreed to.

    Raises:
        UnknownCase: there is none for this person.
    """
    row = PracticeCase.objects.filter(pk=case_id, course_key=course_key, state__in=_READABLE).first()
    if row is None or not _may_decide(row, user_id):
        raise UnknownCase
    return proposal_of(row)


def publish(*, case_id: UUID, user_id: int, course_key: CourseKey, revision: int) -> CaseProposal:
    """Show the case in the library.

    Args:
        case_id: a case that its owner has agreed to.
        user_id: who publishes: staff of the run, and nobody of the firm.
        course_key: the run.
        revision: of what the person has read.

    Raises:
        UnknownCase: there is none for this person.
        StaleCase: something has happened to it meanwhile.
    """
    with transaction.atomic():
        row = _held(case_id, user_id, course_key)
        if row.state != CaseState.AGREED.value or row.revision != revision:
            raise StaleCase
        row.state, row.published_at = CaseState.PUBLISHED.value, timezone.now()
        return _decided(row, user_id, verb="case_published")


def refuse_case(*, case_id: UUID, user_id: int, course_key: CourseKey, revision: int, reason: str) -> CaseProposal:
    """Do not publish a case, or take a published one out of the library, with a reason that the firm reads.

    Args:
        case_id: a case that its owner has agreed to, published or not.
        user_id: see `publish`.
        course_key: the run.
        revision: of what the person has read.
        reason: why; at most 2,000 characters.

    Raises:
        UnknownCase, StaleCase: see `publish`.
        WrongCase: there is no reason.
    """
    if not reason.strip():
        raise WrongCase({"reason": "required"})
    with transaction.atomic():
        row = _held(case_id, user_id, course_key)
        if row.state not in (CaseState.AGREED.value, CaseState.PUBLISHED.value) or row.revision != revision:
            raise StaleCase
        row.state, row.live, row.published_at = CaseState.REFUSED.value, None, None
        row.reason = reason.strip()[:_LONGEST_REASON]
        return _decided(row, user_id, verb="case_refused")


def may_see_staff_pages(*, user_id: int | None, course_key: CourseKey) -> bool:
    """Tell whether the person publishes cases in this run: its teachers and coordinators."""
    return companies.can_grade(user_id=user_id, course_key=course_key)


def _decided(row: PracticeCase, user_id: int, *, verb: Verb) -> CaseProposal:
    row.decided_by_id, row.changed_at = user_id, timezone.now()
    row.revision += 1
    row.save()
    record_case(row, verb=verb, user_id=user_id)
    transaction.on_commit(partial(case_decided.send, sender=None, case_id=row.pk), robust=True)
    return proposal_of(row)


def _held(case_id: UUID, user_id: int, course_key: CourseKey) -> PracticeCase:
    row = locked(PracticeCase.objects).filter(pk=case_id, course_key=course_key, state__in=_READABLE).first()
    if row is None or not _may_decide(row, user_id):
        raise UnknownCase
    return row


def _may_decide(row: PracticeCase, user_id: int) -> bool:
    """Tell whether it is staff who may see at least one of the firm's people, and nobody of the firm itself."""
    if not companies.can_grade(user_id=user_id, course_key=row.course_key):
        return False
    members = companies.member_ids(company_id=row.company_id, course_key=row.course_key)
    if user_id in members:
        return False
    return not members or any(
        companies.can_grade_of(user_id=user_id, owner_id=member, course_key=row.course_key) for member in members
    )
