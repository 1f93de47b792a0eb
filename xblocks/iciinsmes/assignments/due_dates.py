"""When work is due for a learner: by the host, its own extensions included, or by a later date granted here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from functools import cache

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.platform import host

from .models import Extension


@dataclass(frozen=True)
class Granted:
    """The latest date that was granted to a learner here, and why."""

    due_at: datetime
    reason: str


def due_dates(
    *, user_ids: Collection[int], usage_key: UsageKey, granted: Mapping[int, Granted] | None = None
) -> dict[int, datetime | None]:
    """Return when work in the block is due for each of these people; one query beside the host's.

    Args:
        user_ids: the people.
        usage_key: the block.
        granted: what `granted_to` says of them, where that was read before.
    """
    found = host().due_dates(user_ids, usage_key)
    granted = granted_to(user_ids, usage_key) if granted is None else granted
    return {user_id: later_of(due_at, granted.get(user_id)) for user_id, due_at in found.items()}


def due_date(*, user_id: int, usage_key: UsageKey) -> datetime | None:
    """Return when work in the block is due for this person; see `due_dates`."""
    return later_of(host().due_date(user_id, usage_key), granted_to([user_id], usage_key).get(user_id))


def granted_dates(*, user_id: int, course_key: CourseKey) -> dict[UsageKey, datetime]:
    """Return what was granted to a person here, by block, in one query; pages of a whole course run ask so."""
    rows = of_people(Extension.objects.filter(assignment__course_key=course_key), [user_id], course_key)
    found: dict[UsageKey, datetime] = {}
    for usage_key, due_at in rows.values_list("assignment__usage_key", "due_at"):
        if usage_key is not None:
            found[usage_key] = max(due_at, found.get(usage_key, due_at))
    return found


def granted_to(user_ids: Collection[int], usage_key: UsageKey) -> dict[int, Granted]:
    """Return the latest date granted to each of these people for the block, in one query; who has none is left out."""
    rows = of_people(Extension.objects.filter(assignment__usage_key=usage_key), user_ids, usage_key.course_key)
    found: dict[int, Granted] = {}
    columns = ("owner_id", "company__memberships__user_id", "due_at", "reason")
    for owner_id, member_id, due_at, reason in rows.order_by("due_at").values_list(*columns):
        one = owner_id or member_id
        for user_id in user_ids if one is None else (one,):
            found[user_id] = Granted(due_at, reason)
    return found


@cache
def newest_grant(work: str = "") -> Mapping[str, Subquery]:
    """Return two columns for another query: the latest date granted to the owner of a work, and why.

    Built once, because filters across tables are slow to build; `annotate` copies what it takes.

    Args:
        work: how the other query comes to the work, such as ``work__``; empty for a query of works.
    """
    member = {
        "company__memberships__user_id": OuterRef(f"{work}owner_id"),
        "company__memberships__course_key": OuterRef(f"{work}course_key"),
    }
    rows = Extension.objects.filter(
        Q(owner_id=OuterRef(f"{work}owner_id")) | Q(owner=None, company=None) | Q(_stayed(), owner=None, **member),
        assignment_id=OuterRef(f"{work}assignment_id"),
        revoked_at=None,
    ).order_by("-due_at")
    return {
        "granted_due": Subquery(rows.values("due_at")[:1]),
        "granted_why": Subquery(rows.values("reason")[:1]),
    }


def later_of(due_at: datetime | None, granted: Granted | None) -> datetime | None:
    """Return the later of the host's date and one granted here; where nothing is due, more time changes nothing."""
    return due_at if due_at is None or granted is None else max(due_at, granted.due_at)


def days_later(due_at: datetime, days: int, zone: tzinfo) -> datetime:
    """Return the same time of day so many days later, in a zone whose clocks may be changed in between.

    Args:
        due_at: an aware moment.
        days: how many.
        zone: by whose clocks.
    """
    local = due_at.astimezone(zone)
    # Python adds days by the clock on the wall, which is what people mean by a week.
    return local + timedelta(days=days)


def reason_of(granted: Granted | None, due_at: datetime | None) -> str:
    """Return why the date that counts is later than the host's; empty where it is not."""
    return granted.reason if granted is not None and granted.due_at == due_at else ""


def of_people(rows: QuerySet[Extension], user_ids: Collection[int], course_key: CourseKey) -> QuerySet[Extension]:
    """Return the extensions of these people: their own, everybody's, and those of firms while they were members.

    A firm's is for who was a member at any time since it was granted.
    """
    stays = Q(
        _stayed(),
        company__memberships__user_id__in=user_ids,
        company__memberships__course_key=course_key,
    )
    return rows.filter(Q(owner_id__in=user_ids) | Q(owner=None, company=None) | Q(stays, owner=None), revoked_at=None)


def _stayed() -> Q:
    return Q(company__memberships__until=None) | Q(company__memberships__until__gte=F("granted_at"))
