"""Importing firms and members: kept as sent, planned, confirmed, reported."""

from __future__ import annotations

from dataclasses import asdict, astuple
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.trail import api as trail

from .countries import country_codes
from .data import Account, ImportData, ImportReport, Known, Plan, PlannedLine, ReportLine, Table, TableLine
from .errors import UnknownImport
from .models import Company, CompanyImport, CompanyMembership, CompanyRun
from .persons import expire_imports
from .plan import make_plan
from .rows import fill
from .table import read_table


def begin_import(*, owner_id: int, course_key: CourseKey, content: bytes, encoding: str = "auto") -> UUID:
    """Read a table and keep it until it is confirmed; what the person sent before for this run is dropped.

    Raises:
        UnreadableTable: it is no table of firms, or too large.
    """
    table = read_table(content, encoding)
    with transaction.atomic():
        days: int | None = settings.ICIINSMES_KEEP_IMPORTS_DAYS  # type: ignore[misc] # set in plugin_settings
        if days is not None:
            expire_imports(before=timezone.now() - timedelta(days=days))
        CompanyImport.objects.filter(owner_id=owner_id, course_key=course_key).delete()
        row = CompanyImport.objects.create(owner_id=owner_id, course_key=course_key, table=table_to_json(table))
    return row.id


def get_import(*, import_id: UUID, owner_id: int, course_key: CourseKey) -> ImportData:
    """Return the import with its plan as of now, or with its report; five queries for any size.

    Raises:
        UnknownImport: the person has no such import in this run.
    """
    row = _row(import_id, owner_id, course_key)
    table = _table_from_json(row.table)
    report = _report_from_json(row.report) if row.report is not None else None
    plan = None if report else make_plan(table, _known(table, course_key), country_codes())
    return ImportData(row.id, table.encoding, table.delimiter, table.ignored, plan, report)


def confirm_import(*, import_id: UUID, owner_id: int, course_key: CourseKey) -> None:
    """Do what the plan says, all or nothing; doing it twice, or importing the table again, changes nothing more.

    Raises:
        UnknownImport: the person has no such import in this run.
    """
    with transaction.atomic():
        # Claims the import before anything is read: of two clicks at once one goes on.
        open_row = CompanyImport.objects.filter(
            id=import_id, owner_id=owner_id, course_key=course_key, confirmed_at__isnull=True
        )
        if not open_row.update(confirmed_at=timezone.now()):
            _row(import_id, owner_id, course_key)
            return
        row = _row(import_id, owner_id, course_key)
        table = _table_from_json(row.table)
        plan = make_plan(table, _known(table, course_key), country_codes())
        firms = _apply(plan, course_key)
        row.report = asdict(_report(plan))
        row.table = {**row.table, "lines": []}
        row.save(update_fields=["report", "table"])
        trail.record(
            course_key=course_key,
            verb="firms_imported",
            actor_id=owner_id,
            subject=f"import:{row.id}",
            detail={"firms": len(plan.new_firms), "joined": len(plan.joins)},
        )
        trail.record_about(
            course_key=course_key,
            verb="firm_joined",
            actor_id=owner_id,
            people=[(user_id, f"company:{company_id}") for user_id, company_id in firms],
        )


def cancel_import(*, import_id: UUID, owner_id: int, course_key: CourseKey) -> None:
    """Drop an import; one that was confirmed loses its report only."""
    CompanyImport.objects.filter(id=import_id, owner_id=owner_id, course_key=course_key).delete()


def table_to_json(table: Table) -> dict[str, Any]:
    """Return the table as it is kept."""
    return {**asdict(table), "lines": [astuple(line) for line in table.lines]}


def _table_from_json(kept: dict[str, Any]) -> Table:
    lines = tuple(TableLine(*values) for values in kept["lines"])
    return Table(lines, kept["encoding"], kept["delimiter"], tuple(kept["ignored"]))


def _row(import_id: UUID, owner_id: int, course_key: CourseKey) -> CompanyImport:
    row = CompanyImport.objects.filter(id=import_id, owner_id=owner_id, course_key=course_key).first()
    if row is None:
        raise UnknownImport
    return row


def _known(table: Table, course_key: CourseKey) -> Known:
    firms = Company.objects.filter(runs__course_key=course_key).order_by("id").values_list("id", "name", "country")
    usernames = {line.username for line in table.lines if line.username}
    emails = {line.email.lower() for line in table.lines if line.email}
    users = (
        get_user_model()
        .objects.annotate(lower_email=Lower("email"))
        .filter(Q(username__in=usernames) | Q(lower_email__in=emails), is_active=True)
        .order_by("pk")
    )
    accounts = tuple(Account(*values) for values in users.values_list("pk", "username", "email"))
    stays = CompanyMembership.objects.filter(
        course_key=course_key, active=True, user_id__in=[account.user_id for account in accounts]
    )
    return Known(tuple(firms), accounts, dict(stays.values_list("user_id", "company_id")))


def _apply(plan: Plan, course_key: CourseKey) -> list[tuple[int, int]]:
    """Make the firms and the members; return the person and the firm of each member."""
    ids = {}
    for key, form in plan.new_firms.items():
        # One by one: MySQL does not return the ids of rows that are created together.
        company = fill(Company(), form)
        company.save()
        ids[key] = company.id
    CompanyRun.objects.bulk_create(
        [CompanyRun(company_id=company_id, course_key=course_key) for company_id in ids.values()], batch_size=500
    )
    joined = [(user_id, ids[target] if isinstance(target, tuple) else target) for user_id, target in plan.joins]
    members = [
        CompanyMembership(company_id=company_id, user_id=user_id, course_key=course_key)
        for user_id, company_id in joined
    ]
    # Who has joined a firm in this very moment stays there.
    CompanyMembership.objects.bulk_create(members, batch_size=500, ignore_conflicts=True)
    return joined


def _report(plan: Plan) -> ImportReport:
    return ImportReport(
        firms=len(plan.new_firms),
        joined=len(plan.joins),
        unchanged=plan.count(member="is_member") + plan.count(member="elsewhere"),
        no_account=tuple(_report_line(line, "") for line in plan.lines if line.member == "no_account"),
        skipped=tuple(_report_line(line, " ".join(line.errors)) for line in plan.lines if line.errors),
    )


def _report_line(planned: PlannedLine, text: str) -> ReportLine:
    return ReportLine(planned.line.number, planned.line.company[:200], planned.line.person[:200], text)


def _report_from_json(kept: dict[str, Any]) -> ImportReport:
    lists = {name: tuple(ReportLine(**line) for line in kept[name]) for name in ("no_account", "skipped")}
    return ImportReport(kept["firms"], kept["joined"], kept["unchanged"], **lists)
