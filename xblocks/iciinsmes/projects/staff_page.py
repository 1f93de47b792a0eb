"""What the pages of staff say, in the reader's words: made from data classes, without a table or a permission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from iciinsmes.lib import dates

from .data import EntryData, Gate, Light, OverrideData, Trigger
from .kinds import KINDS, TRIGGERS
from .labels import LIGHTS, action_of, gate_name, head_of, light_view, reason_of
from .rule_data import Finding
from .staff_data import (
    Aggregate,
    AskedData,
    BoardProject,
    CoachedFirm,
    CoachedFirms,
    MatrixChoices,
    MatrixFilter,
    MatrixRow,
)
from .staff_labels import TABLES, decider_words, group_words, smaller_groups, working_days_words

_HEAD = 90
#: Units of a bar chart: its width, a row, and where bars begin and end.
_CHART, _ROW = 320, 40


@dataclass(frozen=True)
class FilterChoice:
    """One entry of a list to choose from."""

    value: str
    label: str
    is_chosen: bool


def light_of(light: Light, ended_on: date | None, stopped: bool) -> Mapping[str, str]:
    """Return the light of a project for the template part, or that it has ended."""
    if ended_on is None:
        return light_view(light)
    return {"key": "ended", "sign": "●", "words": _("Stopped") if stopped else _("Finished")}


def why(finding: Finding | None, override: OverrideData | None) -> Mapping[str, str]:
    """Return the reason of a light and what is suggested; a light that somebody has set has the reason of that."""
    if override is not None:
        until = dates.long(override.until)
        return {"reason": override.reason, "action": _("Set by the coach until %(day)s.") % {"day": until}}
    if finding is None:
        return {}
    return {"reason": reason_of(finding), "action": action_of(finding)}


def board_card(project: BoardProject) -> Mapping[str, Any]:
    """Return a project of a coach's board."""
    return {
        "project": project,
        "light": light_of(project.light, project.ended_on, project.stopped),
        "gate": gate_name(project.gate),
        "why": {} if project.ended_on else why(project.finding, project.override),
        "changes": [f"{KINDS[kind].plural}: {count}" for kind, count in project.changes.items()],
        "change_count": sum(project.changes.values()),
        "newest": [_news(entry) for entry in project.newest],
        "agreed": [agreed_line(each) for each in project.agreed],
    }


def coached_context(found: CoachedFirms) -> Mapping[str, Any]:
    """Return what the list of a coach's firms shows."""
    return {
        "firms": [
            {
                "firm": each,
                "light": light_of(each.light, each.ended_on, each.stopped),
                "gate": gate_name(each.gate),
                "asked": asked_line(each.asked) if each.asked else None,
                "talk": _talk_words(each),
            }
            for each in found.firms
        ],
        "more_firms": found.total - len(found.firms),
    }


def _talk_words(firm: CoachedFirm) -> str:
    if firm.next_on is not None:
        return _("Next talk on %(day)s") % {"day": dates.long(firm.next_on)}
    if firm.talked_on is not None:
        day = dates.long(firm.talked_on)
        return _("Last talk on %(day)s") % {"day": day}
    return _("No talk yet")


def agreed_line(agreed: Any) -> Mapping[str, Any]:
    """Return what was agreed and what has become of it."""
    done = agreed.done
    if agreed.measure is None:
        state, key = "", ""
    elif done is None:
        state, key = _("the measure was taken out"), "warn"
    elif done >= 100:
        state, key = _("done"), "good"
    else:
        state, key = _("a measure, %(done)s %% done") % {"done": done}, "calm"
    return {"number": agreed.number, "text": agreed.text, "state": state, "key": key, "is_open": agreed.measure is None}


def asked_line(asked: AskedData) -> Mapping[str, Any]:
    """Return a request that waits."""
    return {
        "asked": asked,
        "gate": gate_name(asked.gate),
        "waits": working_days_words(asked.working_days),
        "for": ", ".join(map(decider_words, asked.waits_for)),
    }


def matrix_line(row: MatrixRow) -> Mapping[str, Any]:
    """Return a row of the matrix: a cell a gate, and what waits."""
    return {
        "row": row,
        "light": light_of(row.light, row.ended_on, row.stopped),
        "reason": reason_of(row.finding) if row.finding and row.ended_on is None else "",
        "coaches": ", ".join(row.coaches),
        "cells": [_cell(row, gate) for gate in Gate],
        "asked": asked_line(row.asked) if row.asked else None,
        "waits": working_days_words(row.unanswered.working_days) if row.unanswered else "",
    }


def matrix_form(narrowed: MatrixFilter, choices: MatrixChoices) -> Mapping[str, Any]:
    """Return what the matrix can be narrowed to, with what it is narrowed to."""
    chosen_light = narrowed.light.value if narrowed.light else ""
    chosen_gate = "" if narrowed.gate is None else str(narrowed.gate)
    chosen_trigger = narrowed.trigger.value if narrowed.trigger else ""
    chosen_coach = str(narrowed.coach_id or "")
    return {
        "text": narrowed.text,
        "selects": [
            ("light", _("Light"), _choices(((each.value, str(LIGHTS[each])) for each in Light), chosen_light)),
            ("gate", _("Gate"), _choices(((str(each), gate_name(each)) for each in range(10)), chosen_gate)),
            ("coach", _("Coach"), _choices(((str(key), name) for key, name in choices.coaches), chosen_coach)),
            (
                "trigger",
                _("Why it began"),
                _choices(((key, str(words)) for key, words in TRIGGERS.items()), chosen_trigger),
            ),
            ("trade", _("Trade"), _choices(((trade, trade) for trade in choices.trades), narrowed.trade)),
        ],
    }


def read_filter(given: Mapping[str, str]) -> MatrixFilter:
    """Read what an address narrows the matrix to; whatever means nothing narrows to nothing."""
    gate, coach = given.get("gate", ""), given.get("coach", "")
    return MatrixFilter(
        light=Light(given["light"]) if given.get("light") in set(Light) else None,
        gate=int(gate) if gate.isascii() and gate.isdigit() and int(gate[:3]) <= len(Gate) else None,
        coach_id=int(coach) if coach.isascii() and coach.isdigit() and len(coach) < 10 else None,
        trigger=Trigger(given["trigger"]) if given.get("trigger") in set(Trigger) else None,
        trade=given.get("trade", "")[:120].replace("\0", ""),
        text=given.get("q", "")[:200].replace("\0", "").strip(),
    )


def filter_query(narrowed: MatrixFilter) -> str:
    """Return the filter as the part of an address behind the question mark, empty for none."""
    values = {
        "light": narrowed.light.value if narrowed.light else "",
        "gate": "" if narrowed.gate is None else str(narrowed.gate),
        "coach": str(narrowed.coach_id or ""),
        "trigger": narrowed.trigger.value if narrowed.trigger else "",
        "trade": narrowed.trade,
        "q": narrowed.text,
    }
    return urlencode({key: value for key, value in values.items() if value})


def aggregate_view(table: Aggregate) -> Mapping[str, Any]:
    """Return a table of counts with its bars; what is hidden has neither a number nor a bar."""
    groups = [(group_words(table.name, group.key), group.count) for group in table.groups]
    if table.unnamed and groups:
        groups.append((smaller_groups(table.unnamed), None))
    most = max((count or 0 for _words, count in groups), default=0) or 1
    lines = [
        {
            "words": words,
            "count": count,
            "top": number * _ROW,
            "name_at": number * _ROW + 13,
            "bar_at": number * _ROW + 18,
            "count_at": number * _ROW + 30,
            "width": round((count or 0) / most * (_CHART - 60)),
            "behind": round((count or 0) / most * (_CHART - 60)) + 6,
        }
        for number, (words, count) in enumerate(groups)
    ]
    return {
        "name": table.name,
        "title": str(TABLES[table.name]),
        "lines": lines,
        "is_hidden": all(count is None for _words, count in groups),
        "height": len(lines) * _ROW,
        "described": "; ".join(
            f"{line['words']}: {_('hidden') if line['count'] is None else line['count']}" for line in lines
        ),
    }


def _news(entry: EntryData) -> Mapping[str, Any]:
    head = head_of(entry.kind, entry.content)
    return {
        "kind": str(KINDS[entry.kind].title),
        "words": head if len(head) <= _HEAD else f"{head[:_HEAD].rstrip()}…",
        "at": entry.changed_at,
    }


def _cell(row: MatrixRow, gate: Gate) -> Mapping[str, Any]:
    passed = row.passed.get(gate.value)
    is_here = row.gate == gate.value and row.ended_on is None
    state = "passed" if passed else "asked" if is_here and row.asked else "here" if is_here else ""
    return {
        "gate": gate_name(gate.value),
        "number": gate.value,
        "passed": passed,
        "brought_in": gate.value in row.brought_in,
        "state": state,
    }


def _choices(pairs: Any, chosen: str) -> list[FilterChoice]:
    return [FilterChoice(value, str(label), value == chosen) for value, label in pairs]
