"""What the page of a report shows beside its text: charts, tables and the list of evidence, all from the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from . import api
from .burn_down import BurnDown, burn_down, burn_down_chart, figure
from .charts import KpiRow, day_words, kpi_chart, kpi_table
from .content import day_of
from .data import Kind
from .kinds import KINDS
from .labels import value_words
from .summary import SpentView, spent_views
from .timeline import Station, stations_of, timeline_chart


@dataclass(frozen=True)
class KpiPart:
    """A KPI: its picture beside its table."""

    name: str
    chart: SafeString
    rows: tuple[KpiRow, ...]


@dataclass(frozen=True)
class BurnRow:
    """A row of the table beside the burn-down, in words."""

    on: str
    scope: str
    left: str
    added: str
    done: str
    reopened: str


@dataclass(frozen=True)
class Evidence:
    """A line of the annex."""

    kind: str
    on: str
    what: str
    source: str


@dataclass(frozen=True)
class Around:
    """Everything around the text."""

    kpis: tuple[KpiPart, ...]
    spent: tuple[SpentView, ...]
    burn: BurnDown
    burn_chart: SafeString
    burn_rows: tuple[BurnRow, ...]
    stations: tuple[Station, ...]
    timeline: SafeString
    evidence: tuple[Evidence, ...]


def around(record: api.Record, names: Mapping[int, str]) -> Around:
    """Return what stands around the text of a report.

    Args:
        record: the project.
        names: user id to name of who has entered values.
    """
    burn = burn_down(record.measures, record.today)
    stations = stations_of(record.facts)
    sources = {str(each.id): each.content["title"] for each in record.entries[Kind.RESULT]}
    return Around(
        kpis=tuple(
            KpiPart(
                each.entry.content["name"],
                kpi_chart(each.entry, each.readings),
                kpi_table(each.entry, each.readings, names, sources),
            )
            for each in record.kpis
        ),
        spent=spent_views(record),
        burn=burn,
        burn_chart=burn_down_chart(burn),
        burn_rows=tuple(
            BurnRow(day_words(day.on), *map(figure, (day.scope, day.left, day.added, day.done, day.reopened)))
            for day in burn.days
        ),
        stations=stations,
        timeline=timeline_chart(stations, record.today),
        evidence=tuple(_evidence(record)),
    )


def _evidence(record: api.Record) -> list[Evidence]:
    method = KINDS[Kind.CONTACT].field("method")
    found = [
        Evidence(
            _("Customer"), _day(each.content), each.content["customer"], value_words(method, each.content["method"])
        )
        for each in record.entries[Kind.CONTACT]
    ]
    found += [
        Evidence(_("Evidence"), _day(each.content), each.content["title"], each.content["source"])
        for each in record.entries[Kind.RESULT]
    ]
    found += [
        Evidence(_("Test"), _day(each.content), each.content["assumption"], each.content.get("method", ""))
        for each in record.entries[Kind.TEST]
    ]
    return found


def _day(content: Mapping[str, object]) -> str:
    day = day_of(content, "on")
    return "" if day is None else day_words(day)
