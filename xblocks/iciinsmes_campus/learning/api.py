"""The only door to who learns where, and what was achieved: roles, completion, grades, tracking events."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.crypto import salted_hmac
from edx_django_utils.cache import RequestCache
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.platform import Role

from .data import CourseMembershipData, Earned, InvalidGrade, LearningError
from .models import Completion, Grade, Membership, TrackingEvent
from .retirement import courses_of, expire_events, export_person, forget_person
from .rules import fraction_done
from .state import StatePlace, merge_state, read_states, upsert

__all__ = [
    "CourseMembershipData",
    "Earned",
    "InvalidGrade",
    "LearningError",
    "StatePlace",
    "all_completions",
    "anonymous_id",
    "book_grade",
    "complete",
    "complete_many",
    "completions",
    "completions_of_many",
    "courses_of",
    "enrol",
    "excuse",
    "expire_events",
    "export_person",
    "extend_due",
    "forget_person",
    "forget_result",
    "fraction_done",
    "grades",
    "grades_of_many",
    "learners",
    "leave",
    "log_event",
    "members",
    "membership_of",
    "memberships_of",
    "merge_state",
    "read_states",
    "roles_of",
    "staff_ids",
    "user_for_anonymous_id",
    "with_membership",
]

_CENT = Decimal("0.01")


def memberships_of(user_id: int) -> tuple[CourseMembershipData, ...]:
    """Return all courses of one person, in the order of joining; one query a request, however often it is asked."""
    cache = RequestCache("campus.memberships")
    found = cache.get_cached_response(user_id)
    if found.is_found:
        cached: tuple[CourseMembershipData, ...] = found.value
        return cached
    rows = tuple(_data(row) for row in Membership.objects.filter(user_id=user_id).order_by("id"))
    cache.set(user_id, rows)
    return rows


def membership_of(*, user_id: int, course_key: CourseKey) -> CourseMembershipData | None:
    """Return what the person is in this course run, or None for a stranger."""
    return next((row for row in memberships_of(user_id) if row.course_key == course_key), None)


def roles_of(user_id: int, course_key: CourseKey) -> frozenset[Role]:
    """Return the person's roles in the course run; empty for a stranger. Cached for the request."""
    row = membership_of(user_id=user_id, course_key=course_key)
    return frozenset({row.role}) if row else frozenset()


def anonymous_id(user_id: int, course_key: CourseKey | None = None) -> str:
    """Return the id under which a third party may know the person: one a course run, or one for all.

    It cannot be traced back without the campus' secret.
    """
    message = f"{user_id}/{course_key or ''}"
    return salted_hmac("iciinsmes_campus.learning.anonymous-id", message, algorithm="sha256").hexdigest()[:32]


def user_for_anonymous_id(anonymous: str, course_key: CourseKey) -> int | None:
    """Return the member of the course run whose id for third parties this is; slow, because a hash has no way back."""
    members = Membership.objects.filter(course_key=course_key).values_list("user_id", flat=True)
    return next((user_id for user_id in members if anonymous_id(user_id, course_key) == anonymous), None)


def with_membership(users: QuerySet[Any], course_key: CourseKey) -> QuerySet[Any]:
    """Return the accounts with two marks, in the same query.

    ``takes_part`` tells whether somebody is a member of the course run, ``has_namesake`` whether another member has the
    same name.
    """
    members = Membership.objects.filter(course_key=course_key)
    namesakes = members.filter(user__first_name=OuterRef("first_name"), user__last_name=OuterRef("last_name")).exclude(
        user=OuterRef("pk")
    )
    return users.annotate(takes_part=Exists(members.filter(user=OuterRef("pk"))), has_namesake=Exists(namesakes))


def learners(course_key: CourseKey) -> QuerySet[Any]:
    """Return the accounts of the course run's learners, unevaluated."""
    members = Membership.objects.filter(course_key=course_key, role=Role.LEARNER.value)
    return get_user_model().objects.filter(pk__in=members.values("user"))


def enrol(*, user_id: int, course_key: CourseKey, role: Role = Role.LEARNER) -> None:
    """Give the person this role in the course run; a role the person had there before is replaced."""
    upsert(
        Membership(user_id=user_id, course_key=course_key, role=role.value),
        unique=("user", "course_key"),
        changed=("role",),
    )
    _forget(user_id)


def leave(*, user_id: int, course_key: CourseKey) -> None:
    """End the person's membership of the course run; results stay."""
    Membership.objects.filter(user_id=user_id, course_key=course_key).delete()
    _forget(user_id)


def extend_due(*, user_id: int, usage_key: UsageKey, until: datetime | None) -> None:
    """Give one member an own due date for a block, or take it back.

    Args:
        user_id: a member of the block's course run; for anyone else nothing happens.
        usage_key: the block, or a unit, subsection or section above it.
        until: the moment with its time zone; None removes the extension.

    Raises:
        LearningError: if ``until`` has no time zone.
    """
    if until is not None and until.tzinfo is None:
        raise LearningError("A due date needs a time zone.")
    for row in Membership.objects.filter(user_id=user_id, course_key=usage_key.course_key):
        extensions = {key: value for key, value in row.extensions.items() if key != str(usage_key)}
        if until is not None:
            extensions[str(usage_key)] = until.astimezone(UTC).isoformat()
        row.extensions = extensions
        row.save(update_fields=["extensions"])
    _forget(user_id)


def members(*, course_key: CourseKey, role: Role = Role.LEARNER, after: int = 0, limit: int = 50) -> tuple[int, ...]:
    """Return user ids of the course run's members with this role, ascending, a page at a time.

    Args:
        course_key: the course run.
        role: which members.
        after: the last user id of the page before.
        limit: at most so many.
    """
    rows = Membership.objects.filter(course_key=course_key, role=role.value, user_id__gt=after)
    return tuple(rows.order_by("user_id").values_list("user_id", flat=True)[:limit])


def staff_ids(course_key: CourseKey) -> list[int]:
    """Return the user ids of the course run's teachers and coordinators, ascending."""
    rows = Membership.objects.filter(course_key=course_key, role__in=[Role.TEACHER.value, Role.COORDINATOR.value])
    return list(rows.order_by("user_id").values_list("user_id", flat=True))


def complete(*, user_id: int, usage_key: UsageKey, fraction: float) -> None:
    """Record that the person has completed ``fraction`` (0 to 1) of the block; a later call replaces it."""
    complete_many(user_id=user_id, usage_keys=[usage_key], fraction=fraction)


def complete_many(*, user_id: int, usage_keys: Collection[UsageKey], fraction: float = 1.0) -> None:
    """Record the same completion for several blocks in one statement.

    Raises:
        LearningError: if ``fraction`` is not between 0 and 1.
    """
    if not 0.0 <= fraction <= 1.0:
        raise LearningError(f"Completion must be between 0 and 1, not {fraction}.")
    rows = [
        Completion(user_id=user_id, course_key=key.course_key, usage_key=key, fraction=fraction) for key in usage_keys
    ]
    if rows:
        upsert(*rows, unique=("user", "course_key", "usage_key"), changed=("fraction", "updated_at"))


def completions(*, user_id: int, course_key: CourseKey) -> dict[UsageKey, float]:
    """Return how much of each block the person has done in the course run; blocks never touched are left out."""
    rows = Completion.objects.filter(user_id=user_id, course_key=course_key)
    return {key: fraction for key, fraction in rows.values_list("usage_key", "fraction") if key is not None}


def all_completions(*, user_id: int) -> dict[UsageKey, float]:
    """Return how much of each block the person has done in all course runs, in one query."""
    rows = Completion.objects.filter(user_id=user_id)
    return {key: fraction for key, fraction in rows.values_list("usage_key", "fraction") if key is not None}


def completions_of_many(
    *, user_ids: Collection[int], course_key: CourseKey, usage_keys: Collection[UsageKey]
) -> dict[int, dict[UsageKey, float]]:
    """Return how much of these blocks of one course run several people have done, in one query."""
    result: dict[int, dict[UsageKey, float]] = {user_id: {} for user_id in user_ids}
    rows = Completion.objects.filter(course_key=course_key, user_id__in=user_ids, usage_key__in=usage_keys)
    for user_id, key, fraction in rows.values_list("user_id", "usage_key", "fraction"):
        if key is not None:
            result[user_id][key] = fraction
    return result


def book_grade(
    *,
    user_id: int,
    usage_key: UsageKey,
    earned: Decimal | float,
    possible: Decimal | float,
    only_if_higher: bool = False,
) -> None:
    """Put a result into the person's gradebook; safe when several requests book at once.

    Args:
        user_id: whose result it is.
        usage_key: the block.
        earned: points, weight applied.
        possible: points that could be earned, weight applied.
        only_if_higher: keep an earlier result that is a greater share of its points.

    Raises:
        InvalidGrade: if a number is not finite or nothing can be earned.
    """
    points = _points(earned, "earned")
    of = _points(possible, "possible")
    if of <= 0:
        raise InvalidGrade("A grade needs points that can be earned.")
    row = Grade(user_id=user_id, course_key=usage_key.course_key, usage_key=usage_key, earned=points, possible=of)
    if only_if_higher:
        # One conditional statement instead of read-compare-write: nobody can slip in between.
        booked = Grade.objects.filter(user_id=user_id, course_key=usage_key.course_key, usage_key=usage_key)
        # Multiplied crosswise, because SQLite divides whole numbers like whole numbers.
        lower = booked.annotate(share=F("earned") * of).filter(share__lt=F("possible") * points)
        better = {"earned": points, "possible": of, "updated_at": datetime.now(UTC)}
        if not lower.update(**better):
            Grade.objects.bulk_create([row], ignore_conflicts=True)
            # Somebody may have booked the first result in between, and a lower one.
            lower.update(**better)
        return
    upsert(row, unique=("course_key", "user", "usage_key"), changed=("earned", "possible", "updated_at"))


def excuse(*, user_id: int, usage_key: UsageKey) -> None:
    """Keep that the person need not earn anything in the block: a row of which nothing is possible."""
    row = Grade(user_id=user_id, course_key=usage_key.course_key, usage_key=usage_key, earned=0, possible=0)
    upsert(row, unique=("course_key", "user", "usage_key"), changed=("earned", "possible", "updated_at"))


def forget_result(*, user_id: int, usage_key: UsageKey) -> None:
    """Take grade and completion of the block from the person, if there are any."""
    for table in (Grade, Completion):
        table._default_manager.filter(user_id=user_id, course_key=usage_key.course_key, usage_key=usage_key).delete()


def grades(*, user_id: int, course_key: CourseKey) -> dict[UsageKey, Earned]:
    """Return the person's points in each graded block of the course run."""
    return grades_of_many(user_ids=[user_id], course_key=course_key).get(user_id, {})


def grades_of_many(*, user_ids: Collection[int], course_key: CourseKey) -> dict[int, dict[UsageKey, Earned]]:
    """Return the points of several people in the course run, in one query."""
    result: dict[int, dict[UsageKey, Earned]] = {user_id: {} for user_id in user_ids}
    rows = Grade.objects.filter(course_key=course_key, user_id__in=user_ids)
    for user_id, key, earned, possible in rows.values_list("user_id", "usage_key", "earned", "possible"):
        if key is not None:
            result[user_id][key] = Earned(earned=earned, possible=possible)
    return result


def log_event(
    *, user_id: int | None, course_key: CourseKey, usage_key: UsageKey | None, name: str, data: Mapping[str, Any]
) -> None:
    """Append what a block reported, or what happened outside of blocks, to the log of the course run."""
    TrackingEvent.objects.create(
        user_id=user_id, course_key=course_key, usage_key=usage_key, name=name[:255], data=dict(data)
    )


def _points(value: Decimal | float, what: str) -> Decimal:
    try:
        points = Decimal(str(value))
        if not points.is_finite():
            raise InvalidGrade(f"Points {what} are no number: {value!r}.")
        return points.quantize(_CENT, rounding=ROUND_HALF_UP)
    except InvalidOperation as error:
        raise InvalidGrade(f"Points {what} are no number: {value!r}.") from error


def _data(row: Membership) -> CourseMembershipData:
    return CourseMembershipData(
        user_id=row.user_id,
        course_key=row.course_key,
        role=Role(row.role),
        extensions={key: datetime.fromisoformat(value) for key, value in row.extensions.items()},
    )


def _forget(user_id: int) -> None:
    RequestCache("campus.memberships").delete(user_id)
