"""A project as tables for a spreadsheet, one file a kind, in the reader's language: headings, decimals, separators.

Numbers stay numbers and days days in every program; a text that a program would run as a formula is made harmless.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from iciinsmes.lib.spreadsheet_file import Cell, spreadsheet_file
from iciinsmes.lib.table_files import csv_lines

from ..charts import MINUS, kpi_table
from ..coaching import talks_of
from ..data import EntryData, Kind
from ..days import day_of_site
from ..fields import EntryField, FieldKind
from ..figures import without_tokens
from ..hours import minutes_typed
from ..kinds import KINDS
from ..labels import DECIDERS, VERDICTS, gate_name, head_of, light_view, value_words
from ..pauses import pauses_of
from ..record import Record
from .take_out import FILES, PERSON, NamesInFiles, files_and_people

Table = list[list[Cell]]


def tables_of(record: Record) -> dict[str, Table]:
    """Return the tables by the name of their file, each with a row of headings; empty ones are left out."""
    people, files = files_and_people(project_id=record.project.id)
    names = NamesInFiles(people, files)
    lookup = {str(each.id): each for rows in record.entries.values() for each in rows}
    found: dict[str, Table] = {"project": _overview(record)}
    for kind, rows in record.entries.items():
        if kind is Kind.READING:
            found[kind.value] = _readings(record, names)
        elif rows:
            found[kind.value] = _entries(kind, rows, names, lookup)
    found["gates"] = _gates(record)
    found["pauses"] = _pauses(record.project.id)
    found["talks"] = _talks(record.project.id)
    return {name: rows for name, rows in found.items() if len(rows) > 1}


def csv_text(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table as CSV, as spreadsheet programs of the active language open it with a double click."""
    return "".join(csv_lines(rows)).encode()


def spreadsheet(tables: Mapping[str, Table]) -> bytes:
    """Return the tables as an Excel file, a sheet each: a text is a text there, whatever it begins with."""
    return spreadsheet_file(tables)


def _overview(record: Record) -> Table:
    spent = record.spent
    rows: list[tuple[str, Cell]] = [
        (_("Project"), record.project.title),
        (_("Firm"), record.company.name),
        (_("Begun on"), record.project.started_on),
        (_("Ended on"), record.project.ended_on),
        (_("Gate"), gate_name(record.project.gate)),
        (_("Light"), light_view(record.project.light)["words"]),
        (_("Hours planned"), _hours(spent.minutes_planned)),
        (_("Hours spent"), _hours(spent.minutes)),
        (_("Cost planned, EUR"), spent.cost_planned),
        (_("Cost, EUR"), spent.cost),
        (_("Customers heard"), record.facts.customers),
    ]
    return [["", ""], *([name, value] for name, value in rows)]


def _hours(minutes: int) -> Decimal:
    """Return hours with two decimals: of a sum they are exact enough, of each entry they would not be."""
    return round(Decimal(minutes) / 60, 2)


def _entries(kind: Kind, rows: Iterable[EntryData], names: NamesInFiles, lookup: Mapping[str, EntryData]) -> Table:
    fields = [field for field in KINDS[kind].fields if not (field.own and kind is Kind.REPORT)]
    headings = [heading for field in fields for heading in _headings(field)]
    table: Table = [[_("Number"), *headings, _("By"), _("Entered on"), _("Changed on")]]
    for number, entry in enumerate(rows, 1):
        cells = [cell for field in fields for cell in _cells(field, entry, names, lookup)]
        table.append(
            [
                number,
                *cells,
                names.of(entry.author_id, entry.author_label),
                day_of_site(entry.created_at),
                day_of_site(entry.changed_at),
            ]
        )
    return table


def _headings(field: EntryField) -> list[str]:
    label = str(field.label)
    return [label, _("%(label)s, minutes") % {"label": label}] if field.kind is FieldKind.HOURS else [label]


def _cells(field: EntryField, entry: EntryData, names: NamesInFiles, lookup: Mapping[str, EntryData]) -> list[Cell]:
    value = entry.content.get(field.key)
    if field.kind is FieldKind.HOURS:
        return [value, minutes_typed(value) if value else None]
    if field.kind is FieldKind.PERSON:
        return [names.of(value, entry.content.get(PERSON, ""))]
    if field.kind is FieldKind.FILES:
        return ["; ".join(names.content(entry.kind, entry.content).get(FILES, []))]
    return [_WRITERS.get(field.kind, _words)(field, value, lookup)]


def _words(field: EntryField, value: Any, _lookup: Mapping[str, EntryData]) -> Cell:
    words = value_words(field, value)
    return without_tokens(words) if field.key == "text" else words


def _number(_field: EntryField, value: Any, _lookup: Mapping[str, EntryData]) -> Cell:
    return None if value is None else Decimal(str(value))


def _day(_field: EntryField, value: Any, _lookup: Mapping[str, EntryData]) -> Cell:
    return None if value is None else date.fromisoformat(value)


def _named(_field: EntryField, value: Any, lookup: Mapping[str, EntryData]) -> Cell:
    ids = value if isinstance(value, list) else [value]
    found = [lookup[each] for each in ids if each in lookup]
    return "; ".join(head_of(each.kind, each.content) for each in found)


_WRITERS: Mapping[FieldKind, Callable[[EntryField, Any, Mapping[str, EntryData]], Cell]] = {
    FieldKind.NUMBER: _number,
    FieldKind.COUNT: _number,
    FieldKind.DAY: _day,
    FieldKind.ENTRY: _named,
    FieldKind.ENTRIES: _named,
}


def _readings(record: Record, names: NamesInFiles) -> Table:
    """Return the values of KPIs with what pages show beside them, so that a file says the same."""
    table: Table = [
        [
            _("KPI"),
            _("Unit"),
            _("Day"),
            str(KINDS[Kind.READING].field("value").label),
            _("Change"),
            _("Of the way"),
            _("Comment"),
            _("Source"),
            _("By"),
        ]
    ]
    for kpi in record.kpis:
        for row in kpi_table(kpi.entry, kpi.readings):
            if row.is_gap or row.on is None:
                continue
            by = row.reading or kpi.entry
            value = kpi.entry.content["baseline"] if row.reading is None else row.reading.content["value"]
            table.append(
                [
                    kpi.entry.content["name"],
                    kpi.entry.content.get("unit", ""),
                    row.on,
                    Decimal(value),
                    row.change.replace(MINUS, "-"),
                    row.attainment,
                    row.comment,
                    row.source,
                    names.of(by.author_id, by.author_label),
                ]
            )
    return table


def _pauses(project_id: UUID) -> Table:
    table: Table = [[_("First day"), _("Last day"), _("Reason")]]
    for each in pauses_of(project_id=project_id):
        table.append([each.first_on, each.last_on, each.reason])
    return table


def _talks(project_id: UUID) -> Table:
    """Return the talks without their notes, which are the coach's own."""
    table: Table = [[_("Day"), _("About"), _("Agreements"), _("Next talk")]]
    for each in talks_of(project_id=project_id, limit=500):
        table.append([each.held_on, each.about, "; ".join(one.text for one in each.agreements), each.next_on])
    return table


def _gates(record: Record) -> Table:
    table: Table = [[_("Gate"), _("Asked on"), _("State"), _("Who"), _("Decision"), _("Name"), _("Day"), _("Reason")]]
    states = {"open": _("open"), "decided": _("decided"), "withdrawn": _("withdrawn")}
    for asked in reversed(record.requests):
        state = states[asked.state]
        if asked.is_brought_in:
            state = _("%(state)s, brought in") % {"state": state}
        first: list[Cell] = [gate_name(asked.gate), day_of_site(asked.asked_at), state]
        if not asked.decisions:
            table.append([*first, "", "", "", "", asked.reason])
        for said in asked.decisions:
            day = day_of_site(said.decided_at)
            table.append(
                [*first, str(DECIDERS[said.decider]), str(VERDICTS[said.verdict]), said.name, day, said.reason]
            )
    return table
