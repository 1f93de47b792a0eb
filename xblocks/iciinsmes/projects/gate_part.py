"""The gates of a project: what must be there, who decides, what is asked, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from iciinsmes.lib import dates
from iciinsmes.lib.json_data import from_json
from iciinsmes.mentors import api as mentors
from iciinsmes.mentors.data import MentorContact
from iciinsmes.platform import zones
from iciinsmes.support import api as support

from . import api
from .data import DECIDERS, Decider, Gate, GateDecisionData, GateRequestData, GateVerdict
from .labels import DECIDERS as DECIDER_WORDS
from .labels import VERDICTS, brought_in_words, check_words, entry_lines, gate_name, problem_words
from .rule_data import CheckItem
from .shown_parts import Pill, check_url

#: What a verdict looks like; a stop is a success of learning too, not a failure.
_PILLS: Mapping[GateVerdict, tuple[str, str]] = {
    GateVerdict.GO: ("good", "✓"),
    GateVerdict.ITERATE: ("warn", "↺"),
    GateVerdict.STOP: ("calm", "■"),
}


@dataclass(frozen=True)
class CheckView:
    """A line of a checklist, with where it is done."""

    words: str
    is_done: bool
    count: str
    url: str = ""


@dataclass(frozen=True)
class DecisionView:
    """What one decider said."""

    who: str
    decider: str
    pill: Pill
    on: str
    reason: str


@dataclass(frozen=True)
class GateRequestView:
    """A request with its frozen copy, its decisions, and what can be done about it."""

    data: GateRequestData
    title: str
    proposal: str
    asked: str
    pill: Pill
    checks: tuple[CheckView, ...]
    missing: int
    copy: tuple[tuple[str, str], ...]
    decisions: tuple[DecisionView, ...]
    waits_for: tuple[str, ...]
    may_decide: tuple[tuple[str, str], ...] = ()
    has_owner: bool = True
    brought_in: str = ""


def gates_context(shown: api.Shown) -> dict[str, Any]:
    """Return what the template of the gates needs; requests take one query, links of an open one another."""
    requests = api.requests_among(project_id=shown.project.id, entries=shown.entries)
    opened = next((row for row in requests if row.state == "open"), None)
    gate = shown.facts.gate
    place = [shown.course_key, shown.project.id]
    return {
        "gate": None if gate is None else gate_name(gate),
        "checks": [check_view(item, check_url(shown, item)) for item in shown.checklist],
        # Whoever hears of it later has often lost the money: funders pay for nothing that has begun.
        "caution": support.caution() if gate == Gate.GOAL else "",
        "support_url": reverse("iciinsmes:support", args=[shown.course_key]),
        "missing": sum(not item.done for item in shown.checklist),
        "deciders": _deciders(gate, shown),
        "needs_owner": gate is not None and Decider.OWNER in DECIDERS[Gate(gate)],
        "is_learners": gate is not None and DECIDERS[Gate(gate)] == (Decider.LEARNER,),
        "one_person": shown.one_person or len(shown.members) < 1,
        "problem": _ask_problem(shown),
        "open": None if opened is None else request_view(opened, shown),
        "links": [] if opened is None or not shown.can_change else link_parts(shown, opened),
        "earlier": [request_view(row, shown) for row in requests if row.state != "open"],
        "back": _back(shown),
        "verdicts": [(verdict.value, str(VERDICTS[verdict])) for verdict in GateVerdict],
        "ask_url": reverse("iciinsmes:project-gate-ask", args=place),
        "back_url": reverse("iciinsmes:project-gate-back", args=place),
        "is_ended": shown.project.ended_on is not None,
        "brought_in": [gate_name(each) for each in shown.facts.brought_in],
    }


def check_view(item: CheckItem, url: str = "") -> CheckView:
    """Return a line of a checklist in words."""
    count = (
        ""
        if item.need <= 1 and item.have <= 1
        else _("%(have)s of %(need)s")
        % {
            "have": item.have,
            "need": item.need,
        }
    )
    return CheckView(check_words(item), item.done, count, url)


def request_view(row: GateRequestData, shown: api.Shown) -> GateRequestView:
    """Return a request in words, with what this reader may decide."""
    checks = tuple(check_view(from_json(CheckItem, item)) for item in row.snapshot["checklist"])
    may = api.deciders_for(request=row, reader=shown.reader, has_coach=shown.has_coach) if row.state == "open" else ()
    asked_by = shown.name(row.asked_by) or row.asked_label
    day = _day(row.asked_at)
    return GateRequestView(
        data=row,
        title=gate_name(row.gate),
        proposal=str(VERDICTS[row.proposal]),
        asked=_("Asked by %(who)s") % {"who": f"{asked_by}, {day}"}
        if asked_by
        else _("Asked on %(day)s") % {"day": day},
        pill=_state(row),
        checks=checks,
        missing=sum(not check.is_done for check in checks),
        copy=entry_lines(row.snapshot["entries"]),
        decisions=tuple(_decision(each) for each in row.decisions),
        waits_for=tuple(_decider_words(each) for each in row.open_deciders),
        has_owner=Decider.OWNER in row.deciders or Decider.OWNER not in DECIDERS[row.gate],
        brought_in=brought_in_words() if row.is_brought_in else "",
        may_decide=tuple((each.value, _decider_words(each)) for each in may),
    )


def link_parts(
    shown: api.Shown,
    row: GateRequestData,
    *,
    decider: Decider | None = None,
    typed: MentorContact | None = None,
    errors: Mapping[str, str] | None = None,
    notice: str = "",
) -> list[tuple[str, SafeString]]:
    """Return the part that asks by a link, as title and HTML, for each decider who can be asked so and has not decided.

    Args:
        shown: the project.
        row: the open request.
        decider: whose form was sent last; the others show nothing of it.
        typed: what that form holds after it was refused.
        errors: what is wrong with it.
        notice: one sentence on top of it.
    """
    if row.is_outdated:
        return []
    return [
        (
            _decider_words(each),
            mentors.render_part(
                sign_off=sign_off,
                action=reverse(
                    "iciinsmes:project-gate-link", args=[shown.course_key, shown.project.id, row.id, each.value]
                ),
                paper="",
                one_person=shown.one_person,
                person_id=shown.user_id,
                typed=typed if each is decider else None,
                errors=errors if each is decider else None,
                notice=notice if each is decider else "",
                title=_("Ask by a link: %(who)s") % {"who": _decider_words(each)},
                about=_("Who decides needs no account: the link shows what it is about, and takes the answer."),
                place=f"-{each.value}",
            ),
        )
        for each, sign_off in api.links_of(request=row).items()
    ]


def _decider_words(decider: Decider) -> str:
    return str(DECIDER_WORDS[decider])


def _deciders(gate: int | None, shown: api.Shown) -> list[str]:
    """Return who is going to decide at the gate; who has no coach is decided on by a teacher."""
    if gate is None:
        return []
    found = [
        Decider.TEACHER if each is Decider.COACH and not shown.has_coach else each for each in DECIDERS[Gate(gate)]
    ]
    return [_decider_words(each) for each in dict.fromkeys(found)]


def _ask_problem(shown: api.Shown) -> str:
    problems = api.ask_problems_of(shown.facts, shown.rules.thresholds)
    return problem_words(problems[0].value) if problems else ""


def _back(shown: api.Shown) -> list[tuple[int, str]]:
    if not shown.can_change or shown.facts.gate is None:
        return []
    at = Gate(shown.facts.gate)
    return [(gate.value, gate_name(gate)) for gate in Gate if api.may_go_back(at, gate)]


def _state(row: GateRequestData) -> Pill:
    if row.state == "withdrawn":
        return Pill("calm", "○", _("taken back"))
    if row.verdict is not None and row.state == "decided":
        return Pill(*_PILLS[row.verdict], str(VERDICTS[row.verdict]))
    if row.is_outdated:
        return Pill("warn", "▲", _("changed since"))
    return Pill("calm", "◔", _("waits"))


def _decision(row: GateDecisionData) -> DecisionView:
    return DecisionView(
        who=row.name,
        decider=_decider_words(row.decider),
        pill=Pill(*_PILLS[row.verdict], str(VERDICTS[row.verdict])),
        on=_day(row.decided_at),
        reason=row.reason,
    )


def _day(at: Any) -> str:
    return dates.long(at.astimezone(zones.of_site()).date())
