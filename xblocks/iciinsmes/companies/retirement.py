"""What this room keeps about one person: handed out, removed, and dropped when it is old."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.locks import locked
from iciinsmes.lib.mail_addresses import address_key
from iciinsmes.lib.personal_data import PersonalData
from iciinsmes.platform import host

from .data import TableLine
from .models import Company, CompanyCoach, CompanyImport, CompanyMembership, CompanyRun


def export_person(*, user_id: int, course_key: CourseKey | None = None) -> PersonalData:
    """Return the person's stays in firms, the firms coached, and when tables were imported.

    What the tables said is left out: it is about others.

    Args:
        user_id: the person.
        course_key: only this course run; None for all.
    """
    stays, coached, imports = _rows(user_id, course_key)
    return PersonalData(
        tables={
            "memberships": (
                {**_company(row), "active": bool(row.active), "since": row.since, "until": row.until}
                for row in stays.select_related("company").order_by("id").iterator()
            ),
            "coached": (
                {**_company(row), "since": row.assigned_at}
                for row in coached.select_related("company").order_by("id").iterator()
            ),
            "imports": (
                {"course": str(row.course_key), "sent_at": row.created_at, "confirmed_at": row.confirmed_at}
                for row in imports.order_by("created_at").iterator()
            ),
        }
    )


def forget_person(*, user_id: int, course_key: CourseKey | None = None) -> None:
    """Remove the person from firms, and from tables that others have sent.

    Stays, coachings and own imports are removed: without the person they say nothing. The firm stays, because it is
    not the person; only a firm of one person, which is that person, goes with its last member.
    """
    with transaction.atomic():
        stays, coached, imports = _rows(user_id, course_key)
        places = {(row.company_id, row.course_key) for row in stays}
        for rows in (stays, coached, imports):
            rows.delete()
        for company_id, run in places:
            _remove_empty_solo(company_id, run)
        _take_out_of_imports(host().known_names(user_id), course_key)


def expire_stays(*, before: datetime, dry_run: bool = False) -> int:
    """Remove stays that ended before this moment and return how many; ``dry_run`` only counts them."""
    rows = CompanyMembership.objects.filter(until__lt=before)
    return rows.count() if dry_run else rows.delete()[0]


def expire_imports(*, before: datetime, dry_run: bool = False) -> int:
    """Remove imports sent before this moment and return how many; ``dry_run`` only counts them."""
    rows = CompanyImport.objects.filter(created_at__lt=before)
    return rows.count() if dry_run else rows.delete()[0]


def _rows(
    user_id: int, course_key: CourseKey | None
) -> tuple[QuerySet[CompanyMembership], QuerySet[CompanyCoach], QuerySet[CompanyImport]]:
    place: dict[str, Any] = {} if course_key is None else {"course_key": course_key}
    return (
        CompanyMembership.objects.filter(user_id=user_id, **place),
        CompanyCoach.objects.filter(user_id=user_id, **place),
        CompanyImport.objects.filter(owner_id=user_id, **place),
    )


def _company(row: CompanyMembership | CompanyCoach) -> dict[str, Any]:
    return {"course": str(row.course_key), "firm": row.company.name, "country": row.company.country}


def _remove_empty_solo(company_id: int, course_key: CourseKey) -> None:
    """Take a firm of one person out of the run it has no people in, and delete it if it is in no other."""
    company = Company.objects.filter(id=company_id, size_class=Company.SizeClass.SOLO).first()
    if company is None or company.memberships.filter(course_key=course_key).exists():
        return
    if company.coaches.filter(course_key=course_key).exists():
        return
    CompanyRun.objects.filter(company_id=company_id, course_key=course_key).delete()
    company.codes.filter(course_key=course_key).delete()
    if not company.runs.exists() and not company.memberships.exists():
        company.delete()


def _take_out_of_imports(known_as: frozenset[str], course_key: CourseKey | None) -> None:
    """Drop the lines that name the person; imports are few, because they are kept for days only."""
    rows = CompanyImport.objects.all() if course_key is None else CompanyImport.objects.filter(course_key=course_key)
    for row in locked(rows).order_by("created_at"):
        table = _table_without(row.table, known_as)
        report = _without(row.report, known_as)
        if table != row.table or report != row.report:
            row.table, row.report = table, report
            row.save(update_fields=["table", "report"])


def _table_without(table: Mapping[str, Any], known_as: frozenset[str]) -> dict[str, Any]:
    """Return the table without the lines that name the person in any reading, nor what is asked about them."""
    readings = table.get("readings", [])
    every = [*table["lines"], *(line for _encoding, lines in readings for line in lines)]
    gone = {line[0] for line in every if _names(line, known_as)}
    return {
        **table,
        "lines": [line for line in table["lines"] if line[0] not in gone],
        "readings": [[encoding, [line for line in lines if line[0] not in gone]] for encoding, lines in readings],
        "mail_columns": [
            {
                **column,
                "cells": [
                    [number, words]
                    for number, words in column["cells"]
                    if number not in gone and not any(name in words.casefold() for name in known_as)
                ],
            }
            for column in table.get("mail_columns", [])
        ],
    }


def _without(report: Mapping[str, Any] | None, known_as: frozenset[str]) -> dict[str, Any] | None:
    if report is None:
        return None
    return {name: _kept(value, known_as) if isinstance(value, list) else value for name, value in report.items()}


def _kept(lines: list[Mapping[str, Any]], known_as: frozenset[str]) -> list[Mapping[str, Any]]:
    """Return the lines of a report that do not name the person; rather one too few, for nothing depends on them."""
    return [line for line in lines if not any(name in str(line["person"]).casefold() for name in known_as)]


def _names(cells: list[Any], known_as: frozenset[str]) -> bool:
    line = TableLine(*cells)
    who = (line.username, line.email, f"{line.first_name} {line.last_name}")
    return any(text.strip().casefold() in known_as for text in who) or address_key(line.email) in map(
        address_key, known_as
    )
