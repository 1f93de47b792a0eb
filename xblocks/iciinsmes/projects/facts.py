"""A project's entries as the rules see them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from .content import day_of, minutes_of, number_of
from .data import EntryData, Kind
from .days import day_of_site
from .kinds import INTERVALS, REAL_DIARY
from .rule_data import Checked, Facts, KpiFacts, MeasureFacts, MilestoneFacts, PauseFacts, RiskFacts, TestFacts

#: What counts as a real change (R1), besides gates: values, measures, what customers said and what was made of it.
_REAL = frozenset(
    {Kind.KPI, Kind.READING, Kind.MEASURE, Kind.CONTACT, Kind.INSIGHT, Kind.IDEA, Kind.TEST, Kind.RESULT, Kind.DIARY}
)
_USUAL_INTERVAL = INTERVALS["month"]

ByKind = Mapping[Kind, list[EntryData]]


def by_kind(entries: Iterable[EntryData]) -> ByKind:
    """Return the entries by their kind, in their order; every kind is there."""
    found: dict[Kind, list[EntryData]] = {kind: [] for kind in Kind}
    for entry in entries:
        found[entry.kind].append(entry)
    return found


def facts_of(
    entries: ByKind,
    *,
    started: date,
    planned: Mapping[int, date],
    passed: Mapping[int, date],
    pauses: Iterable[PauseFacts],
    members: Collection[int],
    owner_agreed: bool,
    moved_on: date | None = None,
    ended_on: date | None = None,
    brought_in: Collection[int] = (),
) -> Facts:
    """Return what the rules see; nothing in it depends on today.

    Args:
        entries: of the project, see `by_kind`.
        started: the project's first day.
        planned: gate to the day by which it is planned.
        passed: gate to the day on which it was passed.
        pauses: declared ones.
        members: user ids of who is in the firm now: whoever has left owns nothing.
        owner_agreed: the owner's yes at G1.
        moved_on: the day on which a gate was asked for or decided last.
        ended_on: when the project ended.
        brought_in: of the passed gates, those that came in a file.
    """
    measures = _measures(entries[Kind.MEASURE], members)
    # Measures hold the plan: what was spent on something else is compared with none.
    planned_for = [entry for entry in entries[Kind.SPENT] if "measure" in entry.content]
    changes = [day_of_site(entry.changed_at) for kind in _REAL for entry in entries[kind] if _is_real(entry)]
    return Facts(
        started=started,
        planned=dict(planned),
        passed=dict(passed),
        changed_on=max([*changes, *([moved_on] if moved_on else [])], default=None),
        kpis=_kpis(entries),
        measures=measures,
        milestones=tuple(map(_milestone, entries[Kind.MILESTONE])),
        risks=_risks(entries[Kind.RISK], {measure.id for measure in measures}),
        tests=tuple(map(_test, entries[Kind.TEST])),
        pauses=tuple(pauses),
        customers=len({entry.content["customer"].casefold() for entry in entries[Kind.CONTACT]}),
        hours=Decimal(sum(minutes_of(entry.content, "hours") for entry in planned_for)) / 60,
        cost=sum((number_of(entry.content, "cost") or Decimal(0) for entry in planned_for), Decimal(0)),
        owner_agreed=owner_agreed,
        ended_on=ended_on,
        brought_in=tuple(sorted(brought_in)),
    )


def checked_of(entries: ByKind, *, trade: bool, coach: bool, report: bool, self_check: bool) -> Checked:
    """Return what the checklists of the gates look at beyond the facts.

    Args:
        entries: of the project.
        trade: whether the firm's trade and size are known.
        coach: whether the firm has a coach.
        report: whether the final report was written.
        self_check: whether somebody of the firm has sent a self-check.
    """
    charter: Mapping[str, Any] = entries[Kind.CHARTER][0].content if entries[Kind.CHARTER] else {}
    ideas = entries[Kind.IDEA]
    return Checked(
        trigger="trigger" in charter,
        trade=trade,
        sponsor="sponsor" in charter,
        coach=coach,
        confidentiality="confidentiality" in charter,
        self_check=self_check or bool(charter.get("self_check")),
        signals="signals" in charter,
        goal="goal" in charter and "goal_on" in charter,
        methods=len({entry.content["method"] for entry in entries[Kind.CONTACT]}),
        insights=sum(1 for entry in entries[Kind.INSIGHT] if len(entry.content.get("sources", [])) > 1),
        ideas=len(ideas),
        customer_ideas=sum(1 for entry in ideas if entry.content["origin"] in ("customer", "with_customer")),
        scored=any("score" in entry.content for entry in ideas),
        recommendation=any(entry.content.get("decision") == "chosen" and entry.content.get("why") for entry in ideas),
        kill_criteria="kill_criteria" in charter,
        resources="resources" in charter,
        value_proposition="offer" in charter,
        assumptions=any(entry.content.get("risky") for entry in entries[Kind.TEST]),
        business_case="business_case" in charter,
        pilots=len(
            {entry.content["customer"].casefold() for entry in entries[Kind.CONTACT] if entry.content.get("pilot")}
        ),
        costs=bool(entries[Kind.SPENT]),
        informed="informed" in charter,
        learning="learned" in charter,
        routine="routine" in charter,
        next_project="next" in charter,
        report=report,
    )


def readings_of(entries: ByKind) -> dict[str, list[EntryData]]:
    """Return the values of each KPI by its id as text, by day; of two of one day the later entry counts last."""
    found: dict[str, list[EntryData]] = {}
    for entry in sorted(entries[Kind.READING], key=lambda each: (each.content["on"], each.created_at, str(each.id))):
        found.setdefault(entry.content["kpi"], []).append(entry)
    return found


def planned_days(runs: Iterable[tuple[date, Mapping[int, int]]]) -> dict[int, date]:
    """Return by when each gate is planned: the last day of its week in the latest run that plans it.

    Args:
        runs: for each course run its first day for the firm and the weeks of its gates (from 1), the earliest first.
    """
    return {
        gate: begins + timedelta(weeks=week) - timedelta(days=1)
        for begins, weeks in runs
        for gate, week in weeks.items()
    }


def _is_real(entry: EntryData) -> bool:
    return entry.kind is not Kind.DIARY or len(entry.content["text"]) >= REAL_DIARY


def _kpis(entries: ByKind) -> tuple[KpiFacts, ...]:
    readings = readings_of(entries)
    return tuple(_kpi(entry, readings.get(str(entry.id), [])) for entry in entries[Kind.KPI])


def _kpi(entry: EntryData, readings: list[EntryData]) -> KpiFacts:
    content, last = entry.content, readings[-1].content if readings else {}
    return KpiFacts(
        id=entry.id,
        name=content["name"],
        rising=content["direction"] == "up",
        baseline=number_of(content, "baseline"),
        baseline_on=day_of(content, "baseline_on"),
        target=number_of(content, "target"),
        target_on=day_of(content, "target_on"),
        interval_days=INTERVALS.get(content.get("interval", ""), _USUAL_INTERVAL),
        last=number_of(last, "value"),
        last_on=day_of(last, "on"),
        has_source="source" in content,
        has_unit="unit" in content,
    )


def _measures(entries: Iterable[EntryData], members: Collection[int]) -> tuple[MeasureFacts, ...]:
    return tuple(
        MeasureFacts(
            id=entry.id,
            title=entry.content["title"],
            has_owner=entry.content.get("person") in members
            or ("role" in entry.content and "person" not in entry.content),
            due=day_of(entry.content, "due"),
            start=day_of(entry.content, "start"),
            done=entry.content.get("done", 0),
            blocked="blocked" in entry.content,
            effort="hours_planned" in entry.content or "cost_planned" in entry.content,
            hours_planned=Decimal(minutes_of(entry.content, "hours_planned")) / 60,
            cost_planned=number_of(entry.content, "cost_planned") or Decimal(0),
        )
        for entry in entries
    )


def _milestone(entry: EntryData) -> MilestoneFacts:
    content = entry.content
    due = date.fromisoformat(content["due"])
    return MilestoneFacts(
        id=entry.id,
        title=content["title"],
        due=due,
        original=day_of(content, "original") or due,
        weight=content.get("weight", 1),
        done_on=day_of(content, "done_on"),
        moved=content.get("moved", 0),
    )


def _risks(entries: Iterable[EntryData], measures: Collection[UUID]) -> tuple[RiskFacts, ...]:
    return tuple(
        RiskFacts(
            id=entry.id,
            title=entry.content["title"],
            score=entry.content["probability"] * entry.content["impact"],
            has_measure="measure" in entry.content and UUID(entry.content["measure"]) in measures,
        )
        for entry in entries
    )


def _test(entry: EntryData) -> TestFacts:
    content = entry.content
    return TestFacts(
        id=entry.id,
        customers=content.get("customers", 0),
        has_threshold="threshold" in content,
        has_result="result" in content,
        decided="decision" in content,
    )
