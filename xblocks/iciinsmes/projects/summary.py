"""The owner's one page: what the project is for, what it has cost and brought, and what is to be decided next.

It is for whoever has the link: no names, no diary, and customers' words only where the firm wants that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from iciinsmes.lib.decimals import written

from .charts import kpi_chart, kpi_points, kpi_reached, with_unit
from .content import day_of, number_of
from .data import DECIDERS, Gate, Kind
from .hours import hours_words
from .kinds import KINDS
from .labels import DECIDERS as DECIDER_WORDS
from .labels import gate_name, light_view, percent, value_words
from .record import NumberedKpi, Record

#: More words of customers would not fit on the page.
_MOST_WORDS = 4


@dataclass(frozen=True)
class SummaryKpi:
    """A KPI in words and as a picture."""

    name: str
    start: str
    now: str
    goal: str
    goal_on: date | None
    way: str
    chart: SafeString


@dataclass(frozen=True)
class SpentView:
    """A line of costs: what was planned and what it is, and how much of the plan that is."""

    name: str
    planned: str
    actual: str
    share: str


@dataclass(frozen=True)
class SummaryDecision:
    """The next decision: at which gate, who decides, and since when the owner or others are asked."""

    gate: str
    deciders: str
    asked_on: date | None


@dataclass(frozen=True)
class Summary:
    """What stands on the page."""

    title: str
    company: str
    light: Mapping[str, str]
    goal: str
    goal_on: date | None
    benefit: str
    kpis: tuple[SummaryKpi, ...]
    spent: tuple[SpentView, ...]
    measures: int
    measures_done: int
    customers: int
    pilots: int
    decision: SummaryDecision | None
    stopped: bool
    ended_on: date | None
    words: tuple[str, ...]
    day: date


def summary_of(record: Record, *, with_words: bool) -> Summary:
    """Return the page's content in the active language.

    Args:
        record: the project.
        with_words: whether it shows what customers have said, the newest first.
    """
    charter, contacts = record.charter, record.entries[Kind.CONTACT]
    field = KINDS[Kind.CHARTER].field
    return Summary(
        title=record.project.title,
        company=record.company.name,
        light=light_view(record.project.light),
        goal=value_words(field("goal"), charter.get("goal")),
        goal_on=day_of(charter, "goal_on"),
        benefit=value_words(field("benefit"), charter.get("benefit")),
        kpis=tuple(_kpi(kpi) for kpi in record.kpis),
        spent=spent_views(record),
        measures=len(record.facts.measures),
        measures_done=sum(1 for measure in record.facts.measures if measure.done >= 100),
        customers=record.facts.customers,
        pilots=len({each.content["customer"].casefold() for each in contacts if each.content.get("pilot")}),
        decision=_decision(record),
        stopped=record.stopped,
        ended_on=record.project.ended_on,
        words=tuple(each.content["words"] for each in reversed(contacts))[:_MOST_WORDS] if with_words else (),
        day=record.today,
    )


def _kpi(kpi: NumberedKpi) -> SummaryKpi:
    content = kpi.entry.content
    points = [point for point in kpi_points(kpi.entry, kpi.readings) if point.reading]
    reached = kpi_reached(kpi.entry, kpi.readings)
    start, goal = number_of(content, "baseline"), number_of(content, "target")
    return SummaryKpi(
        name=content["name"],
        start="" if start is None else with_unit(kpi.entry, start),
        now=with_unit(kpi.entry, points[-1].value) if points else "",
        goal="" if goal is None else with_unit(kpi.entry, goal),
        goal_on=day_of(content, "target_on"),
        way="" if reached is None else percent(reached),
        chart=kpi_chart(kpi.entry, kpi.readings),
    )


def spent_views(record: Record) -> tuple[SpentView, ...]:
    """Return hours and costs, planned and actual."""
    spent = record.spent
    return (
        SpentView(
            _("Hours"),
            hours_words(spent.minutes_planned),
            hours_words(spent.minutes),
            _share(Decimal(spent.minutes), Decimal(spent.minutes_planned)),
        ),
        SpentView(_("EUR"), written(spent.cost_planned), written(spent.cost), _share(spent.cost, spent.cost_planned)),
    )


def _share(actual: Decimal, planned: Decimal) -> str:
    return percent(actual / planned) if planned else ""


def _decision(record: Record) -> SummaryDecision | None:
    gate = record.facts.gate
    if gate is None or record.project.ended_on is not None:
        return None
    asked = next((each for each in record.requests if each.state == "open"), None)
    deciders = asked.open_deciders if asked else DECIDERS[Gate(gate)]
    words = {DECIDER_WORDS[each] if each != "learner" else _("Those who work on it") for each in deciders}
    return SummaryDecision(
        gate=gate_name(gate),
        deciders=", ".join(sorted(map(str, words))),
        asked_on=asked.asked_at.date() if asked else None,
    )
