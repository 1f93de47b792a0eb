"""The page of a project: what is wrong and what is next come first, then where it stands, then the parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iciinsmes.lib import dates
from iciinsmes.lib.decimals import written
from iciinsmes.lib.templating import render_to_string

from . import api
from .charts import kpi_chart, kpi_table
from .content import day_of, number_of
from .customers_part import customers_context
from .data import EntryData, Gate, Kind, Light, ProjectPart
from .facts import readings_of
from .gate_part import gates_context
from .kinds import KINDS
from .labels import GATES, PARTS, action_of, check_words, gate_name, light_view, percent, reason_of
from .plan_part import measure_rows, plan_context
from .quick_forms import quick_form, quick_forms
from .rule_data import CheckItem, Finding, KpiFacts
from .shown_parts import (
    charter_url,
    check_url,
    entry_url,
    files_in,
    finding_url,
    line_of,
    new_url,
    part_url,
    short_day,
)

TONES: Mapping[Light, str] = {Light.GREEN: "good", Light.BLUE: "calm", Light.AMBER: "warn", Light.RED: "bad"}
_RANK = {Light.RED.value: 0, Light.AMBER.value: 1, Light.BLUE.value: 2, Light.GREEN.value: 3}
#: So many measures and pieces of evidence stand on the first page; the parts have all.
_FIRST = 5


@dataclass(frozen=True)
class FindingView:
    """What a rule says, with where it is mended; ``until`` is when a condition that is gone stops to count."""

    light: Mapping[str, str]
    rule: str
    reason: str
    action: str
    url: str
    until: str


@dataclass(frozen=True)
class GateView:
    """A gate of the bar: done, now or to come, in a word beside its colour."""

    name: str
    short: str
    state: str
    words: str


@dataclass(frozen=True)
class KpiView:
    """A KPI as a card; every figure is in words of the active language, empty where there is none."""

    id: str
    name: str
    newest: str
    newest_on: str
    way: str
    progress: str
    chart: SafeString
    rows: Sequence[Any]
    url: str
    new_url: str


#: Parts that are a list of one kind of entry.
_LISTS = frozenset({ProjectPart.DIARY, ProjectPart.IDEAS, ProjectPart.TESTS})


def render_part(part: ProjectPart, shown: api.Shown, request: HttpRequest | None = None, **more: Any) -> SafeString:
    """Render a part of a project for pages and blocks.

    Args:
        part: which one; the whole is the overview.
        shown: the project as the reader sees it.
        request: for the tokens of forms; None where a block posts by script.
        more: what a page adds after something was refused: what was typed, and why not.
    """
    context = {**_about(shown, part), **_CONTEXTS[part](shown), **more}
    name = "list" if part in _LISTS else part.value
    return render_to_string(f"iciinsmes/projects/parts/{name}.html", context, request)


def page_context(shown: api.Shown, part: ProjectPart) -> dict[str, Any]:
    """Return what stands around a part on the page of the project."""
    return {
        **_about(shown, part),
        "banner": banner(shown),
        "override": _override(shown),
        "gates": gate_bar(shown),
        "next": next_step(shown),
        "tabs": [(str(PARTS[each]), part_url(shown, each), each is part) for each in ProjectPart],
        "ended": _ended(shown),
    }


def banner(shown: api.Shown) -> dict[str, Any]:
    """Return the worst finding with all others, and the tone of the light that is shown."""
    views = [finding_view(shown, finding) for finding in shown.findings]
    light = shown.project.light
    return {
        "tone": TONES[light],
        "light": light_view(light),
        # What still holds is told before what is over and only holds the light.
        "worst": min(views, key=lambda view: (_RANK[view.light["key"]], bool(view.until)), default=None),
        "findings": views,
        "count": len(views),
    }


def finding_view(shown: api.Shown, finding: Finding) -> FindingView:
    """Return a finding in words."""
    return FindingView(
        light=light_view(finding.light),
        rule=finding.rule.value,
        reason=reason_of(finding),
        action=action_of(finding),
        url=finding_url(shown, finding),
        until=dates.long(finding.until) if finding.until else "",
    )


def gate_bar(shown: api.Shown) -> list[GateView]:
    """Return all gates with what is done, current and to come."""
    return [GateView(gate_name(gate), str(GATES[gate]), *_gate_state(shown, gate)) for gate in Gate]


def _gate_state(shown: api.Shown, gate: Gate) -> tuple[str, str]:
    at = shown.project.gate
    if gate == at and shown.project.ended_on is None:
        return "now", _("now")
    if gate >= at:
        return "todo", _("to come")
    return "done", _("brought in") if gate in shown.facts.brought_in else _("done")


def next_step(shown: api.Shown) -> dict[str, str] | None:
    """Return the first thing that the next gate still asks for, else that the decision can be asked for."""
    if shown.facts.gate is None or shown.project.ended_on is not None:
        return None
    name = gate_name(shown.facts.gate)
    if shown.is_asked:
        words = _("The decision at %(gate)s is asked for.") % {"gate": name}
        return {"words": words, "url": part_url(shown, ProjectPart.GATES), "link": _("See who decides")}
    item = next((item for item in shown.checklist if not item.done), None)
    if item is None:
        words = _("Everything for %(gate)s is there.") % {"gate": name}
        return {"words": words, "url": part_url(shown, ProjectPart.GATES), "link": _("Ask for the decision")}
    words = _("Next for %(gate)s: %(item)s") % {"gate": name, "item": have_words(item)}
    return {"words": words, "url": check_url(shown, item), "link": _("Do it now")}


def have_words(item: CheckItem) -> str:
    """Return what a gate asks for, with how much of it is there."""
    words = check_words(item)
    if item.need <= 1 and not item.have:
        return words
    return _("%(what)s (%(have)s of %(need)s)") % {"what": words, "have": item.have, "need": item.need}


def kpi_view(shown: api.Shown, kpi: EntryData) -> KpiView:
    """Return a KPI with its chart, its table and how far it has come."""
    readings = readings_of(shown.entries).get(str(kpi.id), [])
    facts = next((each for each in shown.facts.kpis if each.id == kpi.id), None)
    unit = str(kpi.content.get("unit", ""))
    last = readings[-1].content if readings else {}
    newest = number_of(last, "value")
    sources = {str(entry.id): str(entry.content["title"]) for entry in shown.entries[Kind.RESULT]}
    return KpiView(
        id=str(kpi.id),
        name=", ".join(filter(None, (kpi.content["name"], unit))),
        newest="" if newest is None else written(newest),
        newest_on=short_day(day_of(last, "on")),
        way=_way(_number(kpi, "baseline"), _number(kpi, "target")),
        progress=_progress(shown, facts),
        chart=kpi_chart(kpi, readings),
        rows=kpi_table(kpi, readings, shown.names, sources),
        url=entry_url(shown, kpi.id),
        new_url=new_url(shown, Kind.READING, kpi=str(kpi.id)),
    )


def _about(shown: api.Shown, part: ProjectPart) -> dict[str, Any]:
    return {
        "shown": shown,
        "project": shown.project,
        "can_change": shown.can_change,
        "course_key": shown.course_key,
        "part": part.value,
        "part_title": str(PARTS[part]),
        "person": shown.user_id,
    }


def _whole(shown: api.Shown) -> dict[str, Any]:
    measures = measure_rows(shown)
    # What is still to be done comes first, the earliest due first.
    first = sorted(measures, key=lambda row: (row.is_done, row.due_on or shown.today.max))
    evidence = [*shown.entries[Kind.CONTACT], *shown.entries[Kind.RESULT]]
    newest = sorted(evidence, key=lambda entry: (entry.content["on"], entry.created_at), reverse=True)[:_FIRST]
    return {
        "kpis": [kpi_view(shown, kpi) for kpi in shown.entries[Kind.KPI]],
        "new_kpi": new_url(shown, Kind.KPI),
        "measures": first[:_FIRST],
        "more_measures": max(len(measures) - _FIRST, 0),
        "plan_url": part_url(shown, ProjectPart.PLAN),
        "evidence": [_piece(shown, entry) for entry in newest],
        "customers_url": part_url(shown, ProjectPart.CUSTOMERS),
        "customers": _customers(shown),
        "quick": quick_forms(shown),
        "last_diary": _last_diary(shown),
        "charter": shown.charter,
        "charter_url": charter_url(shown),
    }


def _piece(shown: api.Shown, entry: EntryData) -> dict[str, Any]:
    line = line_of(shown, entry)
    if entry.kind is Kind.CONTACT:
        method = dict(KINDS[Kind.CONTACT].field("method").choices).get(entry.content["method"], "")
        insight = next(
            (each for each in shown.entries[Kind.INSIGHT] if str(entry.id) in each.content.get("sources", ())), None
        )
        words = [entry.content["customer"], str(method), short_day(day_of(entry.content, "on"))]
        if insight is not None:
            words.append(_("insight: %(text)s") % {"text": insight.content["text"]})
        return {"line": line, "head": f"“{entry.content['words']}”", "about": " · ".join(filter(None, words))}
    words = [str(entry.content["source"]), short_day(day_of(entry.content, "on"))]
    return {"line": line, "head": entry.content["title"], "about": " · ".join(words)}


def _customers(shown: api.Shown) -> str:
    need = shown.rules.thresholds.customers
    return _("%(count)s of %(need)s customers for gate G2") % {"count": shown.facts.customers, "need": need}


def _last_diary(shown: api.Shown) -> str:
    days = [day_of(entry.content, "on") for entry in shown.entries[Kind.DIARY]]
    last = max((day for day in days if day is not None), default=None)
    if last is None:
        return _("no entry yet")
    count = (shown.today - last).days
    if count <= 0:
        return _("last entry today")
    return ngettext("last entry %(count)d day ago", "last entry %(count)d days ago", count) % {"count": count}


def _number(kpi: EntryData, key: str) -> str:
    number = number_of(kpi.content, key)
    return "" if number is None else written(number)


def _way(baseline: str, target: str) -> str:
    words = [_("from %(value)s") % {"value": baseline}] if baseline else []
    return ", ".join([*words, *([_("goal %(value)s") % {"value": target}] if target else [])])


def _progress(shown: api.Shown, kpi: KpiFacts | None) -> str:
    if kpi is None:
        return ""
    found = api.progress_of(facts=shown.facts, kpi=kpi, today=shown.today)
    words = []
    if found.way is not None:
        words.append(_("%(share)s of the way") % {"share": percent(found.way)})
    if found.time is not None:
        words.append(_("%(share)s of the time") % {"share": percent(found.time)})
    return ", ".join(words)


def _override(shown: api.Shown) -> dict[str, str] | None:
    if shown.override is None:
        return None
    return {
        "light": str(light_view(shown.override.light)["words"]),
        "who": shown.name(shown.override.set_by) or _("The coach"),
        "reason": shown.override.reason,
        "until": dates.long(shown.override.until),
    }


def _ended(shown: api.Shown) -> dict[str, Any] | None:
    """Return what came of a project that has ended."""
    if shown.project.ended_on is None:
        return None
    return {
        "stopped": shown.stopped,
        "on": dates.long(shown.project.ended_on),
        "kpis": [kpi_view(shown, kpi) for kpi in shown.entries[Kind.KPI]],
        "learned": (shown.charter.content.get("learned", "") if shown.charter else ""),
        "next": (shown.charter.content.get("next", "") if shown.charter else ""),
        "customers": shown.facts.customers,
        "can_begin": shown.reader.member,
    }


def _charter(shown: api.Shown) -> dict[str, Any]:
    return {
        "line": None if shown.charter is None else line_of(shown, shown.charter),
        "charter_url": charter_url(shown),
        "kind": KINDS[Kind.CHARTER],
    }


def _kpis(shown: api.Shown) -> dict[str, Any]:
    return {
        "kpis": [kpi_view(shown, kpi) for kpi in shown.entries[Kind.KPI]],
        "new_kpi": new_url(shown, Kind.KPI) if len(shown.entries[Kind.KPI]) < KINDS[Kind.KPI].most else "",
        "quick": [quick_form(shown, Kind.READING)] if shown.can_change and shown.entries[Kind.KPI] else [],
    }


def _list(kind: Kind, *, newest_first: bool = False) -> Callable[[api.Shown], dict[str, Any]]:
    def context(shown: api.Shown) -> dict[str, Any]:
        rows = list(shown.entries[kind])
        if newest_first:
            rows.sort(key=lambda entry: (entry.content.get("on", ""), entry.created_at), reverse=True)
        files = files_in(shown, kind)
        return {
            "lines": [line_of(shown, entry, files=files) for entry in rows],
            "kind": KINDS[kind],
            "new_url": new_url(shown, kind),
            "quick": [quick_form(shown, Kind.DIARY)] if kind is Kind.DIARY and shown.can_change else [],
            "last_diary": _last_diary(shown),
        }

    return context


_CONTEXTS: Mapping[ProjectPart, Callable[[api.Shown], dict[str, Any]]] = {
    ProjectPart.WHOLE: _whole,
    ProjectPart.CHARTER: _charter,
    ProjectPart.KPIS: _kpis,
    ProjectPart.PLAN: plan_context,
    ProjectPart.CUSTOMERS: customers_context,
    ProjectPart.IDEAS: _list(Kind.IDEA),
    ProjectPart.TESTS: _list(Kind.TEST),
    ProjectPart.DIARY: _list(Kind.DIARY, newest_first=True),
    ProjectPart.GATES: gates_context,
}
