"""What coordinators do with the firms of their course run: list, edit, merge, assign coaches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F, ManyToOneRel, Q, QuerySet
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from iciinsmes.addresses import accounts_meant
from iciinsmes.platform import labels
from iciinsmes.trail import api as trail

from .codes import current_code
from .data import (
    CoachData,
    CoachedCompany,
    CompanyData,
    CompanyForm,
    FirmDetail,
    FirmPage,
    FirmRow,
    MergePreview,
)
from .errors import SameCompany, UnknownCompany, UnknownPerson
from .members import as_members, checked, stays_of
from .models import Company, CompanyCoach, CompanyMembership, CompanyRun, JoinCode
from .rows import company_data, fill
from .signals import merged

PAGE_SIZE = 25


def firms(*, course_key: CourseKey, search: str = "", after: int | None = None, limit: int = PAGE_SIZE) -> FirmPage:
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
    if last is not None:
        rows = rows.filter(Q(name__gt=last) | Q(name=last, id__gt=after))
    found = list(rows.order_by("name", "id")[: limit + 1])
    shown = found[:limit]
    ids = [company.id for company in shown]
    members = _count(CompanyMembership.objects.filter(company_id__in=ids, course_key=course_key, active=True))
    coaches = _count(CompanyCoach.objects.filter(company_id__in=ids, course_key=course_key))
    return FirmPage(
        rows=tuple(FirmRow(company_data(company), members[company.id], coaches[company.id]) for company in shown),
        next_after=ids[-1] if len(found) > limit else None,
    )


def company_names(*, company_ids: Collection[int], course_key: CourseKey) -> dict[int, str]:
    """Return the name of each of these firms that takes part in the run, in one query."""
    return dict(_in_run(course_key).filter(id__in=company_ids).values_list("id", "name"))


def firm_detail(*, company_id: int, course_key: CourseKey) -> FirmDetail:
    """Return a firm of the run with members, former members, coaches and code.

    Raises:
        UnknownCompany: it does not take part in this run.
    """
    company = _company(company_id, course_key)
    rows = list(CompanyCoach.objects.filter(company_id=company_id, course_key=course_key).order_by("id"))
    stays = stays_of(company_id=company_id, course_key=course_key)
    names = labels({row.user_id for row in rows} | {stay.user_id for stay in stays}, course_key)
    members, former = as_members(stays, names)
    return FirmDetail(
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
    company = fill(_company(company_id, course_key), checked(form))
    with transaction.atomic():
        company.save()
        _record("firm_edited", actor_id, company_id, course_key)
    return company_data(company)


def merge_preview(*, gone_id: int, kept_id: int, course_key: CourseKey) -> MergePreview:
    """Return what a merge would move, without moving anything.

    Raises:
        UnknownCompany: one of the two does not take part in this run.
        SameCompany: both are the same.
    """
    gone, kept = _pair(gone_id, kept_id, course_key)
    stays = CompanyMembership.objects.filter(company_id=gone_id, course_key=course_key)
    members = stays.filter(active=True).count()
    kept_before = company_data(kept)
    return MergePreview(
        gone=company_data(gone),
        kept=kept_before,
        filled=company_data(_fill_gaps(kept, gone)),
        members=members,
        former=stays.count() - members,
        coaches=_coaches_to_move(gone_id, kept_id, course_key).count(),
        codes=JoinCode.objects.filter(company_id=gone_id, course_key=course_key).count(),
    )


def merge(*, gone_id: int, kept_id: int, course_key: CourseKey, actor_id: int) -> CompanyData:
    """Move everything of one firm in this run to the other, in one transaction, and return the firm that is kept.

    Other rooms move what is theirs when they hear `signals.merged`. Only this run's part moves: in another run, where
    other people coordinate, the firm stays as it is. A firm of which nothing is left anywhere is deleted.

    Raises:
        UnknownCompany: one of the two does not take part in this run (any more).
        SameCompany: both are the same.
    """
    with transaction.atomic():
        # The locks are taken in the order of ids, so that two merges in opposite directions wait for each other.
        ids = (gone_id, kept_id)
        list(CompanyRun.objects.select_for_update().filter(company_id__in=ids, course_key=course_key).order_by("id"))
        gone, kept = _pair(gone_id, kept_id, course_key)
        _fill_gaps(kept, gone).save()
        CompanyMembership.objects.filter(company_id=gone_id, course_key=course_key).update(company_id=kept_id)
        JoinCode.objects.filter(company_id=gone_id, course_key=course_key).update(company_id=kept_id)
        _coaches_to_move(gone_id, kept_id, course_key).update(company_id=kept_id)
        CompanyCoach.objects.filter(company_id=gone_id, course_key=course_key).delete()
        CompanyRun.objects.filter(company_id=gone_id, course_key=course_key).delete()
        merged.send(sender=Company, gone_id=gone_id, kept_id=kept_id, course_key=course_key)
        # The trail's lines about the firm that goes stay as they were written; this one says what it was called.
        _record("firm_merged", actor_id, kept_id, course_key, detail={"title": gone.name, "gone": gone_id})
        if not _is_anywhere(gone):
            gone.delete()
    return company_data(kept)


def assign_coach(*, company_id: int, course_key: CourseKey, who: str, actor_id: int) -> CoachData:
    """Let the person with this user name or mail address coach the firm; doing it again changes nothing.

    Raises:
        UnknownCompany: the firm does not take part in this run.
        UnknownPerson: there is no such active account, or several.
    """
    company = _company(company_id, course_key)
    user_id = find_account(who=who)
    with transaction.atomic():
        row, is_new = CompanyCoach.objects.get_or_create(company=company, course_key=course_key, user_id=user_id)
        if is_new:
            _record("coach_assigned", actor_id, company_id, course_key, person_id=user_id)
    return CoachData(user_id, labels([user_id], course_key).get(user_id, ""), row.assigned_at)


def remove_coach(*, company_id: int, course_key: CourseKey, user_id: int, actor_id: int) -> None:
    """End that the person coaches the firm.

    Raises:
        UnknownCompany: the firm does not take part in this run.
    """
    company = _company(company_id, course_key)
    with transaction.atomic():
        removed, _by_model = CompanyCoach.objects.filter(
            company=company, course_key=course_key, user_id=user_id
        ).delete()
        if removed:
            _record("coach_removed", actor_id, company_id, course_key, person_id=user_id)


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


def coached(user_id: int, course_key: CourseKey | None) -> tuple[CoachedCompany, ...]:
    """Return the firms that the person coaches in this run, or in all, by name."""
    rows = CompanyCoach.objects.filter(user_id=user_id).select_related("company").order_by("company__name", "id")
    if course_key is not None:
        rows = rows.filter(course_key=course_key)
    return tuple(CoachedCompany(company_data(row.company), str(row.course_key)) for row in rows)


def _record(
    verb: str,
    actor_id: int,
    company_id: int,
    course_key: CourseKey,
    *,
    person_id: int | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Tell the trail what a coordinator did with a firm."""
    trail.record(
        course_key=course_key,
        verb=verb,
        actor_id=actor_id,
        person_id=person_id,
        subject=f"company:{company_id}",
        detail=detail,
    )


def _in_run(course_key: CourseKey) -> QuerySet[Company]:
    return Company.objects.filter(runs__course_key=course_key)


def _company(company_id: int, course_key: CourseKey) -> Company:
    company = _in_run(course_key).filter(id=company_id).first()
    if company is None:
        raise UnknownCompany
    return company


def _pair(gone_id: int, kept_id: int, course_key: CourseKey) -> tuple[Company, Company]:
    if gone_id == kept_id:
        raise SameCompany
    return _company(gone_id, course_key), _company(kept_id, course_key)


def _fill_gaps(kept: Company, gone: Company) -> Company:
    """Take over what the kept firm does not say; what both say stays as the kept firm says it."""
    kept.region = kept.region or gone.region
    kept.trade = kept.trade or gone.trade
    return kept


def _is_anywhere(company: Company) -> bool:
    """Tell whether anything at all still points to the firm: in another run, or in a room that does not listen."""
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: company}).exists()
        for relation in Company._meta.get_fields(include_hidden=True)
        if isinstance(relation, ManyToOneRel)
    )


def _coaches_to_move(gone_id: int, kept_id: int, course_key: CourseKey) -> QuerySet[CompanyCoach]:
    """Return the coaches that the kept firm does not have yet."""
    # A list, because MySQL cannot update a table that the same statement reads.
    there = list(
        CompanyCoach.objects.filter(company_id=kept_id, course_key=course_key).values_list("user_id", flat=True)
    )
    return CompanyCoach.objects.filter(company_id=gone_id, course_key=course_key).exclude(user_id__in=there)


def _count(rows: QuerySet[CompanyMembership] | QuerySet[CompanyCoach]) -> Counter[int]:
    ids: Iterable[int] = rows.values_list(F("company_id"), flat=True)
    return Counter(ids)
