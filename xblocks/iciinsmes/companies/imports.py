"""Importing firms and members: kept as sent, planned, confirmed, reported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, astuple, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.audit_log import api as audit_log
from iciinsmes.lib.json_data import from_json, to_json
from iciinsmes.lib.locks import locked
from iciinsmes.lib.mail_addresses import accounts_known_as, addresses_in, tidy_address

from .data import (
    Account,
    CompanyImportData,
    CompanyTable,
    ImportReport,
    Known,
    MailColumn,
    OtherReading,
    Plan,
    PlannedLine,
    ReportLine,
    TableLine,
)
from .errors import UnknownCompanyImport
from .models import Company, CompanyImport, CompanyMembership, CompanyRun
from .plan import make_plan
from .retirement import expire_imports
from .serializers import fill
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


def get_import(*, import_id: UUID, owner_id: int, course_key: CourseKey) -> CompanyImportData:
    """Return the import with its plan as of now, or with its report; five queries for any size.

    Raises:
        UnknownCompanyImport: the person has no such import in this run.
    """
    row = _row(import_id, owner_id, course_key)
    table = _table_from_json(row.table)
    report = from_json(ImportReport, row.report) if row.report is not None else None
    plan = None if report else make_plan(table, _known(table, course_key))
    return CompanyImportData(row.id, table, plan, report)


def confirm_import(*, import_id: UUID, owner_id: int, course_key: CourseKey) -> None:
    """Do what the plan says, all or nothing; doing it twice, or importing the table again, changes nothing more.

    Raises:
        UnknownCompanyImport: the person has no such import in this run.
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
        plan = make_plan(table, _known(table, course_key))
        companies = _apply(plan, course_key)
        row.report = to_json(_report(plan))
        row.table = {**row.table, "lines": [], "readings": [], "mail_columns": []}
        row.save(update_fields=["report", "table"])
        audit_log.record(
            course_key=course_key,
            verb="firms_imported",
            actor_id=owner_id,
            subject=f"import:{row.id}",
            detail={"firms": len(plan.new_companies), "joined": len(plan.joins)},
        )
        audit_log.record_about(
            course_key=course_key,
            verb="firm_joined",
            actor_id=owner_id,
            people=[(user_id, f"company:{company_id}") for user_id, company_id in companies],
        )


def cancel_import(*, import_id: UUID, owner_id: int, course_key: CourseKey) -> None:
    """Drop an import; one that was confirmed loses its report only."""
    CompanyImport.objects.filter(id=import_id, owner_id=owner_id, course_key=course_key).delete()


def choose_reading(*, import_id: UUID, owner_id: int, course_key: CourseKey, encoding: str) -> None:
    """Answer how the letters of the table are to be read; an answer to no open question changes nothing.

    Raises:
        UnknownCompanyImport: the person has no such import in this run.
    """

    def chosen(table: CompanyTable) -> CompanyTable:
        if encoding == table.encoding:
            return replace(table, readings=())
        found = [reading for reading in table.readings if reading.encoding == encoding]
        if not found:
            return table
        other = {line.number: line for line in found[0].lines}
        lines = tuple(other.get(line.number, line) for line in table.lines)
        return replace(table, lines=lines, encoding=encoding, readings=())

    _answer(import_id, owner_id, course_key, chosen)


def choose_mail_column(*, import_id: UUID, owner_id: int, course_key: CourseKey, heading: str) -> None:
    """Answer which of the columns in question holds the mail addresses; an empty heading says that none does.

    Raises:
        UnknownCompanyImport: the person has no such import in this run.
    """

    def chosen(table: CompanyTable) -> CompanyTable:
        cells = {
            number: words
            for column in table.mail_columns
            if column.heading == heading
            for number, words in column.cells
            if len(addresses_in(words)) == 1 or not heading
        }
        if heading and not cells:
            return table
        lines = tuple(
            replace(line, email=tidy_address(cells[line.number])) if line.number in cells else line
            for line in table.lines
        )
        ignored = tuple(name for name in table.ignored if name != heading)
        return replace(table, lines=lines, ignored=ignored, mail_columns=())

    _answer(import_id, owner_id, course_key, chosen)


def table_to_json(table: CompanyTable) -> dict[str, Any]:
    """Return the table as it is kept."""
    readings = [[reading.encoding, [astuple(line) for line in reading.lines]] for reading in table.readings]
    return {**asdict(table), "lines": [astuple(line) for line in table.lines], "readings": readings}


def _table_from_json(kept: dict[str, Any]) -> CompanyTable:
    """Return the table; what was sent before there were questions has none."""
    return CompanyTable(
        lines=_lines_from_json(kept["lines"]),
        encoding=kept["encoding"],
        delimiter=kept["delimiter"],
        ignored=tuple(kept["ignored"]),
        readings=tuple(OtherReading(encoding, _lines_from_json(lines)) for encoding, lines in kept.get("readings", ())),
        mail_columns=tuple(
            MailColumn(column["heading"], column["line"], tuple((number, words) for number, words in column["cells"]))
            for column in kept.get("mail_columns", ())
        ),
    )


def _lines_from_json(kept: list[list[Any]]) -> tuple[TableLine, ...]:
    return tuple(TableLine(*values) for values in kept)


def _answer(
    import_id: UUID, owner_id: int, course_key: CourseKey, change: Callable[[CompanyTable], CompanyTable]
) -> None:
    """Change what is kept of a table that is not imported yet."""
    with transaction.atomic():
        rows = locked(CompanyImport.objects).filter(owner_id=owner_id, course_key=course_key)
        row = rows.filter(id=import_id).first()
        if row is None:
            raise UnknownCompanyImport
        if row.confirmed_at is None:
            row.table = table_to_json(change(_table_from_json(row.table)))
            row.save(update_fields=["table"])


def _row(import_id: UUID, owner_id: int, course_key: CourseKey) -> CompanyImport:
    row = CompanyImport.objects.filter(id=import_id, owner_id=owner_id, course_key=course_key).first()
    if row is None:
        raise UnknownCompanyImport
    return row


def _known(table: CompanyTable, course_key: CourseKey) -> Known:
    companies = Company.objects.filter(runs__course_key=course_key).order_by("id").values_list("id", "name", "country")
    addresses = {words for line in table.lines for words in (line.email, line.username) if "@" in words}
    users = accounts_known_as(usernames=[line.username for line in table.lines], addresses=addresses)
    rows = users.filter(is_active=True).order_by("pk").values_list("pk", "username", "email")
    accounts = tuple(Account(*values) for values in rows)
    stays = CompanyMembership.objects.filter(
        course_key=course_key, active=True, user_id__in=[account.user_id for account in accounts]
    )
    return Known(tuple(companies), accounts, dict(stays.values_list("user_id", "company_id")))


def _apply(plan: Plan, course_key: CourseKey) -> list[tuple[int, int]]:
    """Make the firms and the members; return the person and the firm of each member."""
    ids = {}
    for key, form in plan.new_companies.items():
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
        companies=len(plan.new_companies),
        joined=len(plan.joins),
        unchanged=plan.count(member="is_member") + plan.count(member="elsewhere"),
        no_account=tuple(_report_line(line, "") for line in plan.lines if line.member == "no_account"),
        skipped=tuple(_report_line(line, " ".join(line.errors)) for line in plan.lines if line.errors),
    )


def _report_line(planned: PlannedLine, text: str) -> ReportLine:
    return ReportLine(planned.line.number, planned.line.company[:200], planned.line.person[:200], text)
