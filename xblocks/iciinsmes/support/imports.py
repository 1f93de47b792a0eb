"""Tables of entries: kept as sent, planned, and brought in whole or not at all; and taken out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from iciinsmes.audit_log import api as audit_log
from iciinsmes.lib.json_data import from_json, to_json
from iciinsmes.lib.locks import locked
from iciinsmes.lib.spreadsheet_file import Cell
from iciinsmes.lib.untrusted import read_uuid, whole_number

from .areas import covers
from .checking import tidied
from .data import EntryValues, ImportData, ImportPlan, PlannedRow, Reader, SentTable, SupportArea, TableRow
from .entries import follow, keep_history, new_row, not_one, successors_named, write_row, wrong_in
from .errors import TableHasProblems, UnknownImport
from .models import SupportEntry, SupportImport
from .retirement import expire_imports
from .rules import today_in
from .searching import in_areas
from .serializers import differences, entries_of, values_of
from .table import apply_cells, no_day, pieces_of, read_day, read_table, table_rows

_LONGEST_NAME = 120
_AT_ONCE = 500


@dataclass(frozen=True)
class _Known:
    """What is there: rows by id, and names by country and region in lower case."""

    rows: dict[UUID, SupportEntry]
    names: frozenset[tuple[str, str, str]]
    all_names: frozenset[str]


def begin_import(*, reader: Reader, content: bytes = b"", text: str = "") -> UUID:
    """Read a table and keep it until it is confirmed; what the person sent before is dropped.

    Raises:
        UnreadableImport: it is no table of entries, or too large.
    """
    table = read_table(content=content, text=text)
    days: int | None = settings.ICIINSMES_KEEP_IMPORTS_DAYS  # type: ignore[misc] # set in plugin_settings
    with transaction.atomic():
        if days is not None:
            expire_imports(before=timezone.now() - timedelta(days=days))
        SupportImport.objects.filter(owner_id=reader.user_id).delete()
        row = SupportImport.objects.create(owner_id=reader.user_id, table=to_json(table), created_at=timezone.now())
    return row.pk


def import_here(*, reader: Reader, import_id: UUID) -> ImportData:
    """Return an import with its plan as of now, or with what came of it; three queries for any size.

    Raises:
        UnknownImport: the person has no such import.
    """
    row = SupportImport.objects.filter(pk=import_id, owner_id=reader.user_id).first()
    if row is None:
        raise UnknownImport
    table = from_json(SentTable, row.table)
    plan = None if row.confirmed_at else _plan(reader, table)
    return ImportData(row.pk, table.ignored, plan, row.report)


def confirm_import(*, reader: Reader, course_key: CourseKey, import_id: UUID) -> None:
    """Bring in all lines of a table, or none; a second time changes nothing.

    Raises:
        UnknownImport: the person has no such import.
        TableHasProblems: a line cannot be brought in.
        WrongEntry: a line names what follows an entry, and that would go round in a ring.
    """
    with transaction.atomic():
        row = locked(SupportImport.objects).filter(pk=import_id, owner_id=reader.user_id).first()
        if row is None:
            raise UnknownImport
        if row.confirmed_at:
            return
        table = from_json(SentTable, row.table)
        plan = _plan(reader, table)
        if plan.problems:
            raise TableHasProblems
        _bring_in(plan, reader.user_id)
        row.confirmed_at = timezone.now()
        row.report = {"new": plan.new, "changed": plan.changed}
        row.table = to_json(replace(table, rows=()))
        row.save()
        audit_log.record(
            course_key=course_key,
            verb="support_imported",
            actor_id=reader.user_id,
            subject=f"support_import:{row.pk}",
            detail={"support_new": plan.new, "support_changed": plan.changed},
        )


def cancel_import(*, reader: Reader, import_id: UUID) -> None:
    """Drop a table that was sent."""
    SupportImport.objects.filter(pk=import_id, owner_id=reader.user_id).delete()


def taken_out(*, reader: Reader, course_key: CourseKey, whole: bool) -> Iterator[Sequence[Cell]]:
    """Return the lines of a table that comes back, made while they are read; the audit log tells who took it.

    Args:
        reader: who takes it.
        course_key: the run, in whose audit log it stands.
        whole: all entries; else those that the person keeps up to date.
    """
    rows = SupportEntry.objects.all() if whole else SupportEntry.objects.filter(in_areas(reader.areas))
    audit_log.record(
        course_key=course_key, verb="support_taken", actor_id=reader.user_id, subject="support_table:directory"
    )
    ids = list(rows.order_by("country", "region", "name", "id").values_list("pk", flat=True))
    pages = (ids[place : place + _AT_ONCE] for place in range(0, len(ids), _AT_ONCE))
    return table_rows(entry for page in pages for entry in _in_order(page))


def _in_order(ids: list[UUID]) -> Iterator[Any]:
    found = {entry.id: entry for entry in entries_of(SupportEntry.objects.filter(pk__in=ids))}
    return (found[each] for each in ids if each in found)


def _plan(reader: Reader, table: SentTable) -> ImportPlan:
    ids = {found for row in table.rows if (found := read_uuid(row.cells.get("id", ""))) is not None}
    names = list(SupportEntry.objects.filter(in_areas(reader.areas)).values_list("pk", "country", "region", "name"))
    known = _Known(
        {row.pk: row for row in SupportEntry.objects.filter(pk__in=ids)},
        frozenset((country, region.casefold(), name.casefold()) for _pk, country, region, name in names),
        frozenset(name for _pk, _country, _region, name in names)
        | {row.cells["name"] for row in table.rows if row.cells.get("name")}
        | set(SupportEntry.objects.filter(name__in=_followers(table)).values_list("name", flat=True)),
    )
    planned: list[PlannedRow] = []
    seen: set[object] = set()
    for row in table.rows:
        made = _planned(reader, row, known)
        key = made.entry_id or (made.values.country, made.values.region.casefold(), made.values.name.casefold())
        if key in seen:
            made = replace(made, problems=(*made.problems, _("The table has this entry twice.")))
        seen.add(key)
        planned.append(made)
    return ImportPlan(tuple(planned))


def _followers(table: SentTable) -> set[str]:
    return {name for row in table.rows for name in pieces_of(row.cells.get("successors", ""))}


def _planned(reader: Reader, row: TableRow, known: _Known) -> PlannedRow:
    cells, problems = row.cells, list[str]()
    entry_id = read_uuid(cells.get("id", ""))
    there = known.rows.get(entry_id) if entry_id else None
    if cells.get("id") and entry_id is None:
        problems.append(_("This id is none. Leave it empty for a new entry."))
    before = EntryValues() if there is None else values_of(there)
    values, wrong = apply_cells(before, cells)
    values = tidied(values)
    if there is not None and not covers(reader.areas, SupportArea(there.country, there.region)):
        problems.append(_("This entry is in a country or region that is not yours to edit."))
    else:
        # What stands in the cell is said before what would follow from its being empty.
        problems += {**wrong_in(values), **wrong}.values()
        if "country" not in wrong and not covers(reader.areas, SupportArea(values.country, values.region)):
            problems.append(_("This country or region is not yours to edit."))
    last_checked, said = _last_checked(cells, there, values.country)
    problems += said
    checked_by = (cells.get("checked_by") or (there.checked_by if there else ""))[:_LONGEST_NAME]
    followers = pieces_of(cells["successors"]) if cells.get("successors") else None
    problems += [not_one(name) for name in followers or () if name not in known.all_names and name != "-"]
    changes = list(differences(before, values))
    if there is not None and (last_checked, checked_by) != (there.last_checked, there.checked_by):
        changes.append(("last_checked", str(there.last_checked or ""), str(last_checked or "")))
    if there is None and (values.country, values.region.casefold(), values.name.casefold()) in known.names:
        problems.append(_("There is an entry with this name already. Take the table out and change its line there."))
    if there is not None and changes and whole_number(cells.get("revision")) != there.revision:
        problems.append(_("Somebody has changed this entry since the table was taken out. Take it out anew."))
    return PlannedRow(
        number=row.number,
        name=values.name,
        entry_id=entry_id,
        is_new=there is None,
        values=values,
        last_checked=last_checked,
        checked_by=checked_by,
        changes=tuple(changes),
        successors=followers,
        problems=tuple(problems),
    )


def _last_checked(cells: dict[str, str], there: SupportEntry | None, country: str) -> tuple[date | None, list[str]]:
    before = there.last_checked if there else None
    text = cells.get("last_checked", "").strip()
    if not text:
        return before, []
    day = read_day(text)
    if day is None:
        return before, [no_day(text)]
    if day > today_in(country, timezone.now()):
        return before, [_("Nobody can have checked it in the future.")]
    return day, []


def _bring_in(plan: ImportPlan, author_id: int) -> None:
    made: list[tuple[SupportEntry, PlannedRow]] = []
    there = {
        row.pk: row
        for row in locked(SupportEntry.objects).filter(pk__in=[each.entry_id for each in plan.rows if each.entry_id])
    }
    for planned in plan.rows:
        checked: dict[str, Any] = {"last_checked": planned.last_checked, "checked_by": planned.checked_by}
        if planned.is_new:
            today = today_in(planned.values.country, timezone.now())
            row = new_row(planned.values, found_on=today, entry_id=planned.entry_id, **checked)
            keep_history(row, author_id, "imported", [])
        else:
            row = there[planned.entry_id] if planned.entry_id else SupportEntry()
            if planned.changes:
                row.is_example = row.is_example and planned.last_checked is None
                row.last_checked, row.checked_by = planned.last_checked, planned.checked_by
                write_row(row, planned.values)
                keep_history(row, author_id, "imported", planned.changes)
        made.append((row, planned))
    for row, planned in made:
        if planned.successors is not None:
            names = [] if planned.successors == ("-",) else planned.successors
            changes = follow(row, successors_named(row.pk, row.country, names))
            if changes:
                keep_history(row, author_id, "imported", changes)
