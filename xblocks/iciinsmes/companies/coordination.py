"""What coordinators do with the firms of their course run: list, edit, assign coaches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from iciinsmes.audit_log import api as audit_log
from iciinsmes.lib.mail_addresses import accounts_meant
from iciinsmes.lib.paging import page_of
from iciinsmes.platform import labels

from .codes import current_code
from .data import (
    CoachData,
    CoachedCompany,
    CompanyData,
    CompanyDetail,
    CompanyForm,
    CompanyPage,
    CompanyRow,
)
from .errors import UnknownCompany, UnknownPerson
from .members import as_members, checked, stays_of
from .models import Company, CompanyCoach, CompanyMembership, CompanyRun
from .serializers import company_data, fill

PAGE_SIZE = 25


def company_page(
    *, course_key: CourseKey, search: str = "", after: int | None = None, limit: int = PAGE_SIZE
) -> CompanyPage:
    """Return a page of the run's firms by name, with the number of people; four queries for any page of any run.

    Args:
        course_key: the course run.
        search: a part of the name, region or trade; empty for all.
        after: id of the last firm of the page before; one that has gone begins again.
        limit: firms on a page.
    """
    rows = _in_run(course_key)
    if search:
        rows = rows.filter(Q(name__icontains=search) | Q(region__icontains=search) | Q(trade__icontains=search))
    last = Company.objects.filter(id=after).values_list("name", flat=True).first() if after else None
    mark = None if last is None else (last, after)
    shown, is_more = page_of(rows, "name", "id", after=mark, limit=limit)
    ids = [company.id for company in shown]
    members = _count(CompanyMembership.objects.filter(company_id__in=ids, course_key=course_key, active=True))
    coaches = _count(CompanyCoach.objects.filter(company_id__in=ids, course_key=course_key))
    return CompanyPage(
        rows=tuple(CompanyRow(company_data(company), members[company.id], coaches[company.id]) for company in shown),
        next_after=ids[-1] if is_more else None,
    )


def company_names(*, company_ids: Collection[int], course_key: CourseKey) -> dict[int, str]:
    """Return the name of each of these firms that takes part in the run, in one query."""
    return dict(_in_run(course_key).filter(id__in=company_ids).values_list("id", "name"))


def company_detail(*, company_id: int, course_key: CourseKey) -> CompanyDetail:
    """Return a firm of the run with members, former members, coaches and code.

    Raises:
        UnknownCompany: it does not take part in this run.
    """
    company = company_in_run(company_id, course_key)
    rows = list(CompanyCoach.objects.filter(company_id=company_id, course_key=course_key).order_by("id"))
    stays = stays_of(company_id=company_id, course_key=course_key)
    names = labels({row.user_id for row in rows} | {stay.user_id for stay in stays}, course_key)
    members, former = as_members(stays, names)
    return CompanyDetail(
        company=company_data(company),
        members=members,
        former=former,
        coaches=tuple(CoachData(row.user_id, names.get(row.user_id, ""), row.assigned_at) for row in rows),
        code=current_code(company_id=company_id, course_key=course_key),
    )


def edit_company(*, company_id: int, course_key: CourseKey, form: CompanyForm, actor_id: int) -> CompanyData:
    """Change the data of a firm of the run, in the name of ``actor_id``.

    Raises:
        UnknownCompany: it does not take part in this run.
        InvalidCompany: a field cannot be kept.
    """
    company = fill(company_in_run(company_id, course_key), checked(form))
    with transaction.atomic():
        company.save()
        record("firm_edited", actor_id, company_id, course_key)
    return company_data(company)


def assign_coach(*, company_id: int, course_key: CourseKey, who: str, actor_id: int) -> CoachData:
    """Let the person with this user name or mail address coach the firm; doing it again changes nothing.

    Raises:
        UnknownCompany: the firm does not take part in this run.
        UnknownPerson: there is no such active account, or several.
    """
    company = company_in_run(company_id, course_key)
    user_id = find_account(who=who)
    with transaction.atomic():
        row, is_new = CompanyCoach.objects.get_or_create(company=company, course_key=course_key, user_id=user_id)
        if is_new:
            record("coach_assigned", actor_id, company_id, course_key, person_id=user_id)
    return CoachData(user_id, labels([user_id], course_key).get(user_id, ""), row.assigned_at)


def remove_coach(*, company_id: int, course_key: CourseKey, user_id: int, actor_id: int) -> None:
    """End that the person coaches the firm.

    Raises:
        UnknownCompany: the firm does not take part in this run.
    """
    company = company_in_run(company_id, course_key)
    with transaction.atomic():
        removed, _by_model = CompanyCoach.objects.filter(
            company=company, course_key=course_key, user_id=user_id
        ).delete()
        if removed:
            record("coach_removed", actor_id, company_id, course_key, person_id=user_id)


def find_account(*, who: str, active_only: bool = True) -> int:
    """Return the id of the account with this user name or mail address.

    Raises:
        UnknownPerson: there is none, or the mail address belongs to several.
    """
    if not who.strip():
        raise UnknownPerson(_("Write a user name or a mail address."))
    found = accounts_meant(who, active_only=active_only)
    if not found:
        raise UnknownPerson(_("There is no account with this user name or mail address. It has to be created first."))
    if len(found) > 1:
        raise UnknownPerson(_("Several accounts have this mail address. Use the user name."))
    return int(found[0].pk)


def is_coach(user_id: int, company_id: int, course_key: CourseKey) -> bool:
    """Tell whether the person is assigned to the firm in this run."""
    return CompanyCoach.objects.filter(user_id=user_id, company_id=company_id, course_key=course_key).exists()


def coach_ids(*, company_id: int, course_key: CourseKey) -> list[int]:
    """Return the user ids of those who coach the firm in this run, in one query."""
    rows = CompanyCoach.objects.filter(company_id=company_id, course_key=course_key)
    return list(rows.order_by("id").values_list("user_id", flat=True))


def coaches_by_company(*, course_key: CourseKey, company_ids: Collection[int] | None = None) -> dict[int, list[int]]:
    """Return the user ids of those who coach each of these firms in the run, or each firm there is; one query."""
    rows = CompanyCoach.objects.filter(course_key=course_key)
    if company_ids is not None:
        rows = rows.filter(company_id__in=company_ids)
    found: dict[int, list[int]] = {}
    for company_id, user_id in rows.order_by("id").values_list("company_id", "user_id"):
        found.setdefault(company_id, []).append(user_id)
    return found


def coached_ids(*, user_id: int, course_key: CourseKey) -> QuerySet[CompanyCoach, int]:
    """Return a query for the ids of the firms that a person coaches in the run, for a condition of another query."""
    rows = CompanyCoach.objects.filter(user_id=user_id, course_key=course_key)
    return rows.values_list("company_id", flat=True)


def ids_meant(
    *, course_keys: Collection[CourseKey], text: str = "", coach_id: int | None = None, limit: int
) -> list[int]:
    """Return ids of firms of these runs that have a text in their name, or this coach, so many at most; one query."""
    rows = CompanyRun.objects.filter(course_key__in=course_keys)
    if text:
        rows = rows.filter(company__name__icontains=text)
    if coach_id is not None:
        here = CompanyCoach.objects.filter(company=OuterRef("company"), course_key=OuterRef("course_key"))
        rows = rows.filter(Exists(here.filter(user_id=coach_id)))
    return list(rows.order_by("company_id").values_list("company_id", flat=True).distinct()[:limit])


def ids_of_run(*, course_key: CourseKey) -> list[int]:
    """Return the ids of all firms of the run, in one query."""
    rows = CompanyRun.objects.filter(course_key=course_key)
    return list(rows.order_by("company_id").values_list("company_id", flat=True))


def run_coach_ids(*, course_key: CourseKey) -> list[int]:
    """Return the user ids of all who coach a firm in the run, in one query."""
    rows = CompanyCoach.objects.filter(course_key=course_key)
    return list(rows.order_by("user_id").values_list("user_id", flat=True).distinct())


def usual_countries(*, course_keys: Collection[CourseKey]) -> dict[CourseKey, tuple[str, str]]:
    """Return for each run country and region of most of its firms, empty where there is none.

    The region only if all firms of that country share it. One query, whatever the number of runs and firms.
    """
    rows = CompanyRun.objects.filter(course_key__in=course_keys)
    places = rows.values_list("course_key", "company__country", "company__region").annotate(count=Count("id"))
    found: dict[CourseKey, dict[str, dict[str, int]]] = {key: {} for key in course_keys}
    for key, country, region, count in places:
        found[key].setdefault(country, {})[region] = count
    return {key: _usual(countries) for key, countries in found.items()}


def _usual(countries: Mapping[str, Mapping[str, int]]) -> tuple[str, str]:
    """Return the country with most firms, the first of equals; ``countries`` has firms by country and region."""
    if not countries:
        return "", ""
    country = min(countries, key=lambda each: (-sum(countries[each].values()), each))
    regions = list(countries[country])
    return country, regions[0] if len(regions) == 1 else ""


def coached(user_id: int, course_key: CourseKey | None) -> tuple[CoachedCompany, ...]:
    """Return the firms that the person coaches in this run, or in all, by name."""
    rows = CompanyCoach.objects.filter(user_id=user_id)
    if course_key is not None:
        rows = rows.filter(course_key=course_key)
    # As text: to parse a key again and again takes longer than to read the rows.
    texts = rows.annotate(key=Cast("course_key", CharField())).defer("course_key").select_related("company")
    return tuple(CoachedCompany(company_data(row.company), row.key) for row in texts.order_by("company__name", "id"))


def record(
    verb: str,
    actor_id: int,
    company_id: int,
    course_key: CourseKey,
    *,
    person_id: int | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Tell the trail what a coordinator did with a firm."""
    audit_log.record(
        course_key=course_key,
        verb=verb,
        actor_id=actor_id,
        person_id=person_id,
        subject=f"company:{company_id}",
        detail=detail,
    )


def _in_run(course_key: CourseKey) -> QuerySet[Company]:
    return Company.objects.filter(runs__course_key=course_key)


def company_in_run(company_id: int, course_key: CourseKey) -> Company:
    """Return the row of a firm of the run.

    Raises:
        UnknownCompany: it does not take part in this run.
    """
    company = _in_run(course_key).filter(id=company_id).first()
    if company is None:
        raise UnknownCompany
    return company


def _count(rows: QuerySet[CompanyMembership] | QuerySet[CompanyCoach]) -> Counter[int]:
    ids: Iterable[int] = rows.values_list(F("company_id"), flat=True)
    return Counter(ids)
