"""All of a project in one piece, as report, summary and export tell of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from iciinsmes.companies import api as companies
from iciinsmes.companies.data import CompanyData
from iciinsmes.lib.json_data import from_json

from .content import minutes_of, number_of
from .data import EntryData, EntryHistory, GateRequestData, Kind, ProjectData
from .days import today
from .entries import entries_of, histories_of
from .errors import UnknownProject
from .facts import ByKind, by_kind, readings_of
from .gate_reading import requests_of
from .models import Project
from .rule_data import Facts
from .serializers import project_data


@dataclass(frozen=True)
class NumberedKpi:
    """A KPI with its values; its number counts all that the project ever had, so that it never changes."""

    number: int
    entry: EntryData
    readings: tuple[EntryData, ...]


@dataclass(frozen=True)
class Spent:
    """Hours, in minutes, and euros: planned for all measures, and spent."""

    minutes_planned: int
    minutes: int
    cost_planned: Decimal
    cost: Decimal


@dataclass(frozen=True)
class Record:
    """A project with everything in it; ``measures`` are those ever planned, with all that they were."""

    project: ProjectData
    company: CompanyData
    stopped: bool
    facts: Facts
    entries: ByKind
    kpis: tuple[NumberedKpi, ...]
    measures: tuple[EntryHistory, ...]
    requests: tuple[GateRequestData, ...]
    today: date

    @property
    def charter(self) -> dict[str, Any]:
        """What stands in the charter; empty before it is written."""
        return next((dict(entry.content) for entry in self.entries[Kind.CHARTER]), {})

    @property
    def spent(self) -> Spent:
        """Hours and costs, planned and spent."""
        measures, spent = self.entries[Kind.MEASURE], self.entries[Kind.SPENT]
        return Spent(
            minutes_planned=sum(minutes_of(entry.content, "hours_planned") for entry in measures),
            minutes=sum(minutes_of(entry.content, "hours") for entry in spent),
            cost_planned=sum(
                (number_of(entry.content, "cost_planned") or Decimal(0) for entry in measures), Decimal(0)
            ),
            cost=sum((number_of(entry.content, "cost") or Decimal(0) for entry in spent), Decimal(0)),
        )


def record_of(*, project_id: UUID) -> Record:
    """Return the project with everything in it, in a fixed number of queries; who may read it the caller knows.

    Raises:
        UnknownProject: there is none.
    """
    row = Project.objects.filter(id=project_id).first()
    if row is None:
        raise UnknownProject
    entries = by_kind(entries_of(project_id=project_id))
    histories = histories_of(project_id=project_id, kinds=[Kind.KPI, Kind.MEASURE])
    readings = readings_of(entries)
    kpis = [each.entry for each in histories if each.entry.kind is Kind.KPI]
    return Record(
        project=project_data(row),
        company=companies.companies_by_id(company_ids=[row.company_id])[row.company_id],
        stopped=row.stopped,
        facts=from_json(Facts, row.facts),
        entries=entries,
        kpis=tuple(
            NumberedKpi(number, entry, tuple(readings.get(str(entry.id), ())))
            for number, entry in enumerate(kpis, 1)
            if entry.removed_at is None
        ),
        measures=tuple(each for each in histories if each.entry.kind is Kind.MEASURE),
        requests=requests_of(project_id=project_id),
        today=today(),
    )
