"""The only door to companies, and the permission functions that every page, handler and download asks.

Some teachers see only some learners: those of their cohort, as the host says, or of the firms that they coach.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.platform import STAFF, Role, host

from .codes import company_by_code, new_code, note_shown
from .coordination import (
    assign_coach,
    coach_ids,
    coached,
    coached_ids,
    coaches_by_company,
    company_detail,
    company_names,
    company_page,
    edit_company,
    find_account,
    ids_meant,
    ids_of_run,
    is_coach,
    remove_coach,
    run_coach_ids,
    usual_countries,
)
from .countries import country_choices, country_codes, country_name, read_country
from .data import CoachedCompany, CompanyData
from .forms import size_choices, size_name
from .imports import begin_import, cancel_import, choose_mail_column, choose_reading, confirm_import, get_import
from .members import (
    begin_stay,
    colleagues_of,
    companies_held,
    company_now,
    company_of,
    course_keys_of,
    ids_of_others,
    join_with_code,
    leave_company,
    member_ids,
    members_by_company,
    membership_of,
    new_code_of_own,
    people_now,
    register_company,
)
from .merging import merge, merge_preview, register_company_table
from .models import Company, CompanyCoach, CompanyMembership, CompanyRun
from .serializers import company_data
from .table import ENCODINGS as IMPORT_ENCODINGS
from .table import MAX_BYTES as MAX_IMPORT_BYTES

__all__ = [
    "IMPORT_ENCODINGS",
    "MAX_IMPORT_BYTES",
    "CoachedCompany",
    "CompanyData",
    "assign_coach",
    "begin_import",
    "can_coach",
    "can_coordinate",
    "can_download_reports",
    "can_grade",
    "can_grade_of",
    "can_see_work",
    "can_work",
    "can_work_on",
    "cancel_import",
    "choose_mail_column",
    "choose_reading",
    "coach_ids",
    "coached_companies",
    "coached_ids",
    "coaches_by_company",
    "colleagues_of",
    "companies_by_id",
    "companies_held",
    "companies_of",
    "company_by_code",
    "company_detail",
    "company_names",
    "company_now",
    "company_of",
    "company_page",
    "confirm_import",
    "country_choices",
    "country_codes",
    "country_name",
    "course_keys_of",
    "create_company",
    "edit_company",
    "find_account",
    "get_import",
    "ids_meant",
    "ids_of_others",
    "ids_of_run",
    "is_one_person",
    "is_solo",
    "join_company",
    "join_with_code",
    "leave_company",
    "limited_to",
    "member_ids",
    "members_by_company",
    "membership_of",
    "merge",
    "merge_preview",
    "new_code",
    "new_code_of_own",
    "note_shown",
    "people_now",
    "read_country",
    "register_company",
    "register_company_table",
    "remove_coach",
    "run_coach_ids",
    "size_choices",
    "size_name",
    "staff_of",
    "trades_of",
    "usual_countries",
]


def trades_of(*, course_key: CourseKey, limit: int) -> tuple[str, ...]:
    """Return the trades of the firms of a run in their order, at most so many, in one query."""
    rows = Company.objects.filter(runs__course_key=course_key).exclude(trade="").order_by("trade")
    return tuple(rows.values_list("trade", flat=True).distinct()[:limit])


def companies_by_id(*, company_ids: Collection[int]) -> dict[int, CompanyData]:
    """Return firms by id, in one query; unknown ids are left out."""
    return {company.id: company_data(company) for company in Company.objects.filter(id__in=company_ids)}


def is_one_person(*, company_id: int | None) -> bool:
    """Tell whether it is a firm of one person, in which nobody else could confirm anything; no firm is none."""
    return Company.objects.filter(id=company_id or 0, size_class=Company.SizeClass.SOLO).exists()


def is_solo(*, size_class: str) -> bool:
    """Tell whether this is the size of a firm of one person."""
    return size_class == Company.SizeClass.SOLO


def can_work(*, user_id: int | None, course_key: CourseKey) -> bool:
    """Tell whether the person may draft, upload and hand in work in this course run: its learners only."""
    return user_id is not None and Role.LEARNER in host().roles(user_id, course_key)


def can_work_on(*, user_id: int | None, usage_key: UsageKey) -> bool:
    """Tell whether the person learns in the block's course run and may know the block: it is not hidden or to come."""
    if user_id is None or not can_work(user_id=user_id, course_key=usage_key.course_key):
        return False
    return host().may_open(user_id, usage_key)


def can_grade(*, user_id: int | None, course_key: CourseKey) -> bool:
    """Tell whether the person may see the desk of this course run and grade there: teachers and coordinators."""
    return user_id is not None and bool(STAFF & host().roles(user_id, course_key))


def can_grade_of(*, user_id: int | None, owner_id: int, course_key: CourseKey) -> bool:
    """Tell whether the person may see and grade this learner's work: staff, but not teachers limited to others."""
    if user_id is None or not can_grade(user_id=user_id, course_key=course_key):
        return False
    limit = limited_to(user_id=user_id, course_key=course_key)
    return limit is None or limit.filter(id=owner_id).exists()


def limited_to(*, user_id: int, course_key: CourseKey) -> QuerySet[Any] | None:
    """Return the only users whose work a teacher of the course run may see, unevaluated; None for no such limit.

    Where the course gives teachers their own firms, who coaches some of them sees the people of these; who coaches none
    sees all, as coordinators do.
    """
    limit = host().limited_to(user_id, course_key)
    if not host().teachers_by_company(course_key) or not _only_teaches(user_id, course_key):
        return limit
    firms = CompanyCoach.objects.filter(user_id=user_id, course_key=course_key).values_list("company_id", flat=True)
    own = list(firms)
    if not own:
        return limit
    people = CompanyMembership.objects.filter(course_key=course_key, active=True, company_id__in=own).values("user_id")
    return (get_user_model().objects.all() if limit is None else limit).filter(id__in=people)


def staff_of(*, course_key: CourseKey, learner_id: int | None) -> list[int]:
    """Return the user ids of teachers and coordinators who may see this learner's work, ascending; all for None."""
    staff = host().staff_ids(course_key, learner_id=learner_id)
    if learner_id is None or not host().teachers_by_company(course_key):
        return staff
    firms: dict[int, set[int]] = {}
    rows = CompanyCoach.objects.filter(course_key=course_key, user_id__in=staff)
    for coach_id, company_id in rows.values_list("user_id", "company_id"):
        firms.setdefault(coach_id, set()).add(company_id)
    stays = CompanyMembership.objects.filter(user_id=learner_id, course_key=course_key, active=True)
    own = set(stays.values_list("company_id", flat=True))
    return [
        user_id
        for user_id in staff
        if user_id not in firms or firms[user_id] & own or not _only_teaches(user_id, course_key)
    ]


def can_download_reports(*, user_id: int | None, course_key: CourseKey) -> bool:
    """Tell whether the person may download reports on the course run: coordinators, and researchers where there are."""
    return user_id is not None and host().may_have_reports(user_id, course_key)


def can_coordinate(*, user_id: int | None, course_key: CourseKey) -> bool:
    """Tell whether the person may see and change all firms of this course run: its coordinators only."""
    return user_id is not None and Role.COORDINATOR in host().roles(user_id, course_key)


def can_coach(*, user_id: int | None, company_id: int, course_key: CourseKey) -> bool:
    """Tell whether the person coaches this firm in this course run; coaches see its project and grade nothing."""
    return user_id is not None and is_coach(user_id, company_id, course_key)


def coached_companies(*, user_id: int, course_key: CourseKey | None = None) -> tuple[CoachedCompany, ...]:
    """Return the firms that the person coaches, by name, in one query; without a course run, those of all runs."""
    return coached(user_id, course_key)


def can_see_work(*, user_id: int | None, owner_id: int, course_key: CourseKey) -> bool:
    """Tell whether the person may read work and files of ``owner_id`` in this course run.

    The owner may while being a learner of the run; teachers and coordinators of the run may, see `can_grade_of`;
    nobody else.
    """
    if user_id == owner_id:
        return can_work(user_id=user_id, course_key=course_key) or can_grade(user_id=user_id, course_key=course_key)
    return can_grade_of(user_id=user_id, owner_id=owner_id, course_key=course_key)


def create_company(
    *, name: str, country: str, region: str = "", trade: str = "", size_class: str = "2-9"
) -> CompanyData:
    """Register a firm.

    Args:
        name: the firm's own name, 1 to 200 characters.
        country: ISO 3166-1 alpha-2 code.
        region: free text.
        trade: free text.
        size_class: a value of `Company.SizeClass`.
    """
    company = Company.objects.create(
        name=name, country=country.upper(), region=region, trade=trade, size_class=size_class
    )
    return company_data(company)


def join_company(*, company_id: int, user_id: int, course_key: CourseKey) -> None:
    """Make the person an active member of the firm in this course run; who is in a firm already stays there."""
    CompanyRun.objects.get_or_create(company_id=company_id, course_key=course_key)
    begin_stay(user_id=user_id, company_id=company_id, course_key=course_key)


def companies_of(*, user_ids: Collection[int], course_key: CourseKey) -> dict[int, CompanyData]:
    """Return each person's active firm in this course run, in one query; people without a firm are left out."""
    rows = CompanyMembership.objects.filter(user_id__in=user_ids, course_key=course_key, active=True).select_related(
        "company"
    )
    return {row.user_id: company_data(row.company) for row in rows}


def _only_teaches(user_id: int, course_key: CourseKey) -> bool:
    roles = host().roles(user_id, course_key)
    return Role.TEACHER in roles and Role.COORDINATOR not in roles
