"""The plan of a project: measures, milestones, risks, hours and costs, partners, support, and pauses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from iciinsmes.lib import dates
from iciinsmes.lib.decimals import written

from . import api
from .content import day_of, minutes_of, number_of
from .data import Kind, PauseData
from .hours import hours_words
from .kinds import KINDS
from .labels import head_of
from .shown_parts import Pill, line_of, measure_pill, new_url, short_day, total, total_minutes, who_does


@dataclass(frozen=True)
class MeasureRow:
    """A measure in the table; hours are spent and planned."""

    id: str
    title: str
    who: str
    due: str
    due_on: date | None
    hours: str
    cost: str
    pill: Pill
    blocked: str
    is_done: bool


@dataclass(frozen=True)
class PauseView:
    """A pause with what can still be done about it."""

    data: PauseData
    days: str
    who: str
    is_running: bool
    is_over: bool


def measure_rows(shown: api.Shown) -> list[MeasureRow]:
    """Return all measures in the order in which they were made."""
    rows = []
    for entry in shown.entries[Kind.MEASURE]:
        spent = [each for each in shown.entries[Kind.SPENT] if each.content.get("measure") == str(entry.id)]
        content = entry.content
        rows.append(
            MeasureRow(
                id=str(entry.id),
                title=content["title"],
                who=who_does(shown, entry),
                due=short_day(day_of(content, "due")),
                due_on=day_of(content, "due"),
                hours=_of(hours_words(total_minutes(spent, "hours")), _planned_hours(content)),
                cost=_of(written(total(spent, "cost")), _planned(content, "cost_planned")),
                pill=measure_pill(shown, entry),
                blocked=str(content.get("blocked", "")),
                is_done=content.get("done", 0) >= 100,
            )
        )
    return rows


def plan_context(shown: api.Shown) -> dict[str, Any]:
    """Return what the template of the plan needs; reads the pauses in one query more."""
    return {
        "measures": measure_rows(shown),
        "milestones": [_milestone(shown, entry) for entry in shown.entries[Kind.MILESTONE]],
        "risks": sorted((_risk(shown, entry) for entry in shown.entries[Kind.RISK]), key=lambda row: -row["score"]),
        "spent": [line_of(shown, entry) for entry in reversed(shown.entries[Kind.SPENT])],
        "sum_hours": hours_words(total_minutes(shown.entries[Kind.SPENT], "hours")),
        "sum_cost": written(total(shown.entries[Kind.SPENT], "cost")),
        "planned_hours": hours_words(total_minutes(shown.entries[Kind.MEASURE], "hours_planned")),
        "planned_cost": written(total(shown.entries[Kind.MEASURE], "cost_planned")),
        "lists": [
            (KINDS[kind], [line_of(shown, entry) for entry in shown.entries[kind]], new_url(shown, kind))
            for kind in (Kind.PARTNER, Kind.SUPPORT)
        ],
        "new_measure": new_url(shown, Kind.MEASURE),
        "new_milestone": new_url(shown, Kind.MILESTONE),
        "new_risk": new_url(shown, Kind.RISK),
        "new_spent": new_url(shown, Kind.SPENT),
        **pauses_context(shown),
    }


def pauses_context(shown: api.Shown) -> dict[str, Any]:
    """Return the pauses, how many there may still be, and how many of their days are used."""
    pauses = api.pauses_of(project_id=shown.project.id)
    use = api.pause_use_of(shown.facts.pauses, shown.rules.thresholds)
    return {
        "pauses": [_pause(shown, pause) for pause in pauses],
        "pause_words": _("%(number)s of %(most)s pauses, %(days)s days")
        % {"number": use.number, "most": use.number + use.left, "days": use.days},
        "can_pause": shown.can_change and use.left > 0,
        "pause_days": shown.rules.thresholds.pause_days,
    }


def _pause(shown: api.Shown, pause: PauseData) -> PauseView:
    return PauseView(
        data=pause,
        days=_("%(first)s to %(last)s") % {"first": dates.long(pause.first_on), "last": dates.long(pause.last_on)},
        who=shown.name(pause.declared_by),
        is_running=pause.first_on <= shown.today <= pause.last_on,
        is_over=pause.last_on < shown.today,
    )


def _milestone(shown: api.Shown, entry: Any) -> dict[str, Any]:
    content = entry.content
    due, done = day_of(content, "due"), day_of(content, "done_on")
    if done is not None:
        pill = Pill("good", "✓", _("reached"))
    elif due is not None and due < shown.today:
        pill = Pill("warn", "▲", _("overdue"))
    else:
        pill = Pill("calm", "○", _("planned"))
    return {
        "id": str(entry.id),
        "title": content["title"],
        "due": short_day(due),
        "original": short_day(day_of(content, "original")),
        "moved": content.get("moved", 0),
        "done": short_day(done),
        "pill": pill,
    }


def _risk(shown: api.Shown, entry: Any) -> dict[str, Any]:
    content = entry.content
    measure = shown.entry(content["measure"]) if "measure" in content else None
    score = content["probability"] * content["impact"]
    limits = shown.rules.thresholds
    if measure is not None or score < limits.risk_amber:
        pill = Pill("calm", "○", _("in hand") if measure is not None else _("small"))
    elif score >= limits.risk_red:
        pill = Pill("bad", "■", _("nothing done"))
    else:
        pill = Pill("warn", "▲", _("nothing done"))
    return {
        "id": str(entry.id),
        "title": content["title"],
        "score": score,
        "measure": "" if measure is None else head_of(Kind.MEASURE, measure.content),
        "who": who_does(shown, entry),
        "pill": pill,
    }


def _planned(content: Any, key: str) -> str:
    number = number_of(content, key)
    return "" if number is None else written(number)


def _planned_hours(content: Any) -> str:
    return hours_words(minutes_of(content, "hours_planned")) if "hours_planned" in content else ""


def _of(spent: str, planned: str) -> str:
    if not planned:
        return "" if spent == "0" else spent
    return f"{spent} / {planned}"
