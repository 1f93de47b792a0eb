"""People and their firms: registering, joining, leaving."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Value
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.audit_log import api as audit_log
from iciinsmes.lib.locks import locked
from iciinsmes.platform import labels

from .codes import company_by_code, current_code, new_code
from .countries import country_codes
from .data import CompanyData, CompanyForm, MemberData, MembershipData
from .errors import InvalidCompany, TooManyChanges
from .models import Company, CompanyCoach, CompanyMembership, CompanyRun
from .rules import check_company, tidy_form
from .serializers import company_data, fill
from .signals import first_joined, members_changed

#: Stays of one person in one course run; nobody works in so many firms, and nobody may fill the coordinator's list.
MAX_STAYS = 20


def checked(form: CompanyForm) -> CompanyForm:
    """Return the form as it is kept.

    Raises:
        InvalidCompany: a field cannot be kept.
    """
    form = tidy_form(form)
    errors = check_company(form, country_codes())
    if errors:
        raise InvalidCompany(errors)
    return form


def register_company(*, user_id: int, course_key: CourseKey, form: CompanyForm) -> CompanyData:
    """Register a firm with a join code and make the person its first member; a stay in another firm ends.

    Raises:
        InvalidCompany: a field cannot be kept.
        TooManyChanges: the person has been in too many firms.
    """
    form = checked(form)
    with transaction.atomic():
        company = fill(Company(), form)
        company.save()
        CompanyRun.objects.create(company=company, course_key=course_key)
        _record("firm_registered", user_id, company.id, course_key)
        new_code(company_id=company.id, course_key=course_key, actor_id=user_id)
        move_person(user_id=user_id, company_id=company.id, course_key=course_key)
    return company_data(company)


def join_with_code(*, user_id: int, course_key: CourseKey, code: str) -> CompanyData:
    """Make the person a member of the firm that the code opens; a stay in another firm ends.

    Raises:
        UnknownCode: the code opens nothing.
        TooManyGuesses: the person has guessed too often.
        TooManyChanges: the person has been in too many firms.
    """
    company = company_by_code(user_id=user_id, course_key=course_key, code=code)
    with transaction.atomic():
        if move_person(user_id=user_id, company_id=company.id, course_key=course_key):
            _record("code_used", user_id, company.id, course_key)
    return company


def move_person(*, user_id: int, company_id: int, course_key: CourseKey) -> bool:
    """End the person's stay elsewhere and begin one here; tell whether that was so: being here changes nothing."""
    stays = CompanyMembership.objects.filter(user_id=user_id, course_key=course_key)
    with transaction.atomic():
        current = locked(stays).filter(active=True).first()
        if current is not None and current.company_id == company_id:
            return False
        if stays.count() >= MAX_STAYS:
            raise TooManyChanges
        if current is not None:
            _end(current)
        begin_stay(user_id=user_id, company_id=company_id, course_key=course_key)
        _record("firm_joined", user_id, company_id, course_key)
    return True


def begin_stay(*, user_id: int, company_id: int, course_key: CourseKey) -> None:
    """Make the person a member; who is in a firm already stays there. Tells other rooms of a first firm."""
    with transaction.atomic():
        # Two tabs of one person: the second finds the row of the first instead of breaking the constraint.
        stay, is_new = CompanyMembership.objects.get_or_create(
            user_id=user_id, course_key=course_key, active=True, defaults={"company_id": company_id}
        )
        stays = CompanyMembership.objects.filter(user_id=user_id, course_key=course_key)
        if is_new and not stays.exclude(id=stay.id).exists():
            first_joined.send(sender=CompanyMembership, user_id=user_id, company_id=company_id, course_key=course_key)
        if is_new:
            members_changed.send(sender=CompanyMembership, company_id=company_id)


def leave_company(*, user_id: int, course_key: CourseKey) -> CompanyData | None:
    """End the person's stay and return the firm that was left; the stay remains as history."""
    with transaction.atomic():
        current = (
            locked(CompanyMembership.objects)
            .filter(user_id=user_id, course_key=course_key, active=True)
            .select_related("company")
            .first()
        )
        if current is None:
            return None
        _end(current)
    return company_data(current.company)


def company_of(*, user_id: int, course_key: CourseKey) -> CompanyData | None:
    """Return the person's firm in this course run, in one query."""
    row = (
        CompanyMembership.objects.filter(user_id=user_id, course_key=course_key, active=True)
        .select_related("company")
        .first()
    )
    return company_data(row.company) if row else None


def course_keys_of(*, user_id: int) -> tuple[CourseKey, ...]:
    """Return the course runs in which the person belongs to a firm now, the latest stay first, in one query."""
    stays = CompanyMembership.objects.filter(user_id=user_id, active=True).order_by("-since", "-id")
    return tuple(row.course_key for row in stays)


def company_now(*, user_id: int | None, course_key: OuterRef | CourseKey) -> QuerySet[CompanyMembership, int]:
    """Return a query for the id of the person's firm in the course run of an outer row, for a subquery of that row."""
    stays = CompanyMembership.objects.filter(user_id=user_id or 0, course_key=course_key, active=True)
    return stays.values_list("company_id", flat=True)


def companies_held(*, user_ids: Collection[int], course_key: CourseKey) -> dict[int, int]:
    """Return the id of each person's firm for what is made now, in one query; people without a firm are left out.

    Inside a transaction, until whose end nobody of them changes the firm and no merge passes by what is being made.
    """
    stays = locked(CompanyMembership.objects).filter(course_key=course_key, active=True)
    return {stay.user_id: stay.company_id for stay in stays.filter(user_id__in=user_ids).order_by("id")}


def membership_of(*, user_id: int, course_key: CourseKey) -> MembershipData | None:
    """Return the person's firm with its members and its code; None for a person without one."""
    company = company_of(user_id=user_id, course_key=course_key)
    if company is None:
        return None
    members, _former = members_of(company_id=company.id, course_key=course_key)
    return MembershipData(
        company=company, members=members, code=current_code(company_id=company.id, course_key=course_key)
    )


def member_ids(*, company_id: int, course_key: CourseKey | None = None) -> set[int]:
    """Return the user ids of those who are in the firm now, in a course run or in any, in one query."""
    stays = CompanyMembership.objects.filter(company_id=company_id, active=True)
    if course_key is not None:
        stays = stays.filter(course_key=course_key)
    return set(stays.values_list("user_id", flat=True))


def people_now(*, company_id: int) -> tuple[tuple[tuple[int, CourseKey], ...], tuple[tuple[int, CourseKey], ...]]:
    """Return who is in the firm now and who coaches it, each with the course run, in one query."""
    mine = {"company_id": company_id}
    stays = CompanyMembership.objects.filter(active=True, **mine).values_list("user_id", "course_key", Value(0))
    coaches = CompanyCoach.objects.filter(**mine).values_list("user_id", "course_key", Value(1))
    people = sorted(stays.union(coaches, all=True), key=lambda row: row[2])
    return (
        tuple((user_id, key) for user_id, key, coaching in people if not coaching),
        tuple((user_id, key) for user_id, key, coaching in people if coaching),
    )


def members_by_company(*, company_ids: Collection[int], course_key: CourseKey) -> dict[int, list[int]]:
    """Return the user ids of those who are in each of these firms now, in the run; one query."""
    stays = CompanyMembership.objects.filter(company_id__in=company_ids, course_key=course_key, active=True)
    found: dict[int, list[int]] = {}
    for company_id, user_id in stays.order_by("id").values_list("company_id", "user_id"):
        found.setdefault(company_id, []).append(user_id)
    return found


def ids_of_others(*, users: QuerySet[Any], course_key: CourseKey) -> QuerySet[CompanyMembership, int]:
    """Return a query for the ids of the run's firms that have members now, none of whom is among these users.

    A condition of another query: what a teacher of some learners does not see.

    Args:
        users: unevaluated, see `Host.limited_to`.
        course_key: the run.
    """
    stays = CompanyMembership.objects.filter(course_key=course_key, active=True)
    own = stays.filter(user_id__in=users.values("id")).values("company_id")
    return stays.exclude(company_id__in=own).values_list("company_id", flat=True)


def colleagues_of(*, user_id: int, course_key: CourseKey) -> tuple[MemberData, ...]:
    """Return the other active members of the person's firm in this course run, longest stay first, in two queries."""
    stays = CompanyMembership.objects.filter(course_key=course_key, active=True)
    company_ids = stays.filter(user_id=user_id).values("company_id")
    rows = list(stays.filter(company_id__in=company_ids).exclude(user_id=user_id).order_by("since", "id"))
    names = labels({row.user_id for row in rows}, course_key)
    return tuple(MemberData(row.user_id, names.get(row.user_id, ""), row.since) for row in rows)


def new_code_of_own(*, user_id: int, course_key: CourseKey) -> bool:
    """Make a new join code for the person's own firm; False for a person without one."""
    company = company_of(user_id=user_id, course_key=course_key)
    if company is None:
        return False
    new_code(company_id=company.id, course_key=course_key, actor_id=user_id)
    return True


def members_of(*, company_id: int, course_key: CourseKey) -> tuple[tuple[MemberData, ...], tuple[MemberData, ...]]:
    """Return members and former members, each longest stay first; the number of queries does not grow with them."""
    rows = stays_of(company_id=company_id, course_key=course_key)
    return as_members(rows, labels({row.user_id for row in rows}, course_key))


def stays_of(*, company_id: int, course_key: CourseKey) -> list[CompanyMembership]:
    """Return all stays in the firm, longest first."""
    return list(CompanyMembership.objects.filter(company_id=company_id, course_key=course_key).order_by("since", "id"))


def as_members(
    rows: Iterable[CompanyMembership], names: Mapping[int, str]
) -> tuple[tuple[MemberData, ...], tuple[MemberData, ...]]:
    """Return members and former members of these stays, in their order."""
    stays = [(row.active, MemberData(row.user_id, names.get(row.user_id, ""), row.since, row.until)) for row in rows]
    return (
        tuple(stay for active, stay in stays if active),
        tuple(stay for active, stay in stays if not active),
    )


def _end(stay: CompanyMembership) -> None:
    stay.active = None
    stay.until = timezone.now()
    stay.save(update_fields=["active", "until"])
    members_changed.send(sender=CompanyMembership, company_id=stay.company_id)
    _record("firm_left", stay.user_id, stay.company_id, stay.course_key)


def _record(verb: str, user_id: int, company_id: int, course_key: CourseKey) -> None:
    """Tell the trail what a person did about the own firm."""
    audit_log.record(
        course_key=course_key, verb=verb, actor_id=user_id, person_id=user_id, subject=f"company:{company_id}"
    )
