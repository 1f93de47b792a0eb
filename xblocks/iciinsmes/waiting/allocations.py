"""Whose of the staff what waits is: a single work, or all work of a firm, also what begins to wait later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from opaque_keys.edx.keys import CourseKey

from .data import WaitingFor
from .models import CompanyAllocation, WaitingItem


def allocate(*, subject: UUID, user_id: int | None) -> bool:
    """Allocate one work that waits to somebody, or to nobody; tell whether that was so.

    Nobody's own work, and nothing that two judge without knowing of each other.
    """
    rows = WaitingItem.objects.filter(subject=subject, is_blind=False)
    if user_id is not None:
        rows = rows.exclude(owner_id=user_id)
    return bool(rows.update(allocated_to=user_id))


def allocate_companies(*, course_key: CourseKey, to: Mapping[int, int | None]) -> None:
    """Allocate all work of firms, now and later, each to one person or to nobody.

    Args:
        course_key: the course run.
        to: user id by firm, None for nobody.
    """
    by_user: dict[int | None, list[int]] = defaultdict(list)
    for company_id, user_id in to.items():
        by_user[user_id].append(company_id)
    with transaction.atomic():
        # Two who allocate at once meet here: rows of the other are written over, not refused.
        CompanyAllocation.objects.bulk_create(
            (
                CompanyAllocation(course_key=course_key, company_id=company_id, user_id=user_id)
                for company_id, user_id in sorted(to.items())
                if user_id is not None
            ),
            ignore_conflicts=True,
        )
        for user_id, company_ids in by_user.items():
            held = CompanyAllocation.objects.filter(course_key=course_key, company_id__in=company_ids)
            if user_id is None:
                held.delete()
            else:
                held.update(user_id=user_id)
            rows = WaitingItem.objects.filter(course_key=course_key, company_id__in=company_ids, is_blind=False)
            rows.update(allocated_to=user_id)
            if user_id is not None:
                own = rows.filter(Q(owner_id=user_id) | Q(words__user_id=user_id)).values_list("id", flat=True)
                rows.filter(id__in=list(own)).update(allocated_to=None)


def allocate_works_of(*, course_key: CourseKey, to: Mapping[int, int]) -> None:
    """Allocate what waits of learners without a firm, by owner: only what waits now."""
    by_user: dict[int, list[int]] = defaultdict(list)
    for owner_id, user_id in to.items():
        by_user[user_id].append(owner_id)
    for user_id, owner_ids in by_user.items():
        alone = WaitingItem.objects.filter(course_key=course_key, company=None, owner_id__in=owner_ids, is_blind=False)
        alone.exclude(owner_id=user_id).update(allocated_to=user_id)


def company_allocations(*, course_key: CourseKey, company_ids: Collection[int] | None = None) -> dict[int, int]:
    """Return by firm whose its work is, in one query; firms of nobody are left out."""
    rows = CompanyAllocation.objects.filter(course_key=course_key)
    if company_ids is not None:
        rows = rows.filter(company_id__in=company_ids)
    return dict(rows.values_list("company_id", "user_id"))


def works_by_company(*, course_key: CourseKey, owners: QuerySet[Any] | None = None) -> dict[int, int]:
    """Count what waits for the staff of each firm, in one query; firms of which nothing waits are left out.

    Args:
        course_key: the course run.
        owners: only the work of these users, unevaluated.
    """
    rows = _for_staff(course_key, owners).exclude(company=None)
    return {key: count for key, count in rows.values_list("company_id").annotate(count=Count("id")) if key is not None}


def works_without_company(*, course_key: CourseKey, owners: QuerySet[Any] | None = None) -> dict[int, int]:
    """Count what waits for the staff of each learner without a firm, in one query."""
    rows = _for_staff(course_key, owners).filter(company=None)
    return dict(rows.values_list("owner_id").annotate(count=Count("id")))


def allocated_ids(*, course_key: CourseKey) -> set[int]:
    """Return to whom firms or works of the course run are allocated."""
    works = WaitingItem.objects.filter(course_key=course_key).exclude(allocated_to=None).order_by()
    firms = CompanyAllocation.objects.filter(course_key=course_key)
    return {
        *works.values_list("allocated_to_id", flat=True).distinct(),
        *firms.values_list("user_id", flat=True).distinct(),
    }


def runs_with_allocations() -> list[CourseKey]:
    """Return the course runs in which anything is allocated to anybody."""
    works = WaitingItem.objects.exclude(allocated_to=None).order_by().values_list("course_key", flat=True).distinct()
    firms = CompanyAllocation.objects.order_by().values_list("course_key", flat=True).distinct()
    return sorted({key for key in (*works, *firms) if key is not None}, key=str)


def let_go(*, course_key: CourseKey, user_id: int) -> tuple[int, int]:
    """Let what is allocated to somebody, and in the person's hand, be nobody's; return how many firms and works."""
    with transaction.atomic():
        rows = WaitingItem.objects.filter(course_key=course_key)
        rows.filter(claimed_by=user_id).update(claimed_by=None, claimed_until=None)
        works = rows.filter(allocated_to=user_id).update(allocated_to=None)
        firms, _by_table = CompanyAllocation.objects.filter(course_key=course_key, user_id=user_id).delete()
    return firms, works


def move_allocation(*, gone_id: int, kept_id: int, course_key: CourseKey) -> None:
    """Let the firm that is kept stay with who has it, or get who had the one that goes."""
    rows = CompanyAllocation.objects.filter(course_key=course_key)
    if rows.filter(company_id=kept_id).exists():
        rows.filter(company_id=gone_id).delete()
    else:
        rows.filter(company_id=gone_id).update(company_id=kept_id)


def _for_staff(course_key: CourseKey, owners: QuerySet[Any] | None) -> QuerySet[WaitingItem]:
    rows = WaitingItem.objects.filter(
        course_key=course_key, waiting_for=WaitingFor.STAFF.value, is_blind=False
    ).order_by()
    return rows if owners is None else rows.filter(owner__in=owners)
