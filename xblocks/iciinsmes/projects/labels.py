"""The words of projects: gates, lights, reasons, actions, checklists, problems, and what stands in an entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from iciinsmes.lib import dates, decimals
from iciinsmes.lib.decimals import written

from .data import Decider, Gate, GateVerdict, Kind, Light, ProjectPart
from .fields import EntryField, FieldKind
from .hours import hours_words, minutes_typed
from .kinds import KINDS
from .rule_data import CheckItem, Finding

_Words = str | Promise

GATES: Mapping[int, _Words] = {
    Gate.START: gettext_lazy("Start"),
    Gate.GOAL: pgettext_lazy("gate", "Goal"),
    Gate.INSIGHT: gettext_lazy("Insight"),
    Gate.IDEAS: gettext_lazy("Ideas"),
    Gate.CHOICE: gettext_lazy("Choice"),
    Gate.CONCEPT: gettext_lazy("Concept"),
    Gate.TEST: gettext_lazy("Test"),
    Gate.LAUNCH: gettext_lazy("Launch"),
    Gate.RESULTS: gettext_lazy("Results"),
}

LIGHTS: Mapping[Light, _Words] = {
    Light.GREEN: pgettext_lazy("light", "On track"),
    Light.BLUE: pgettext_lazy("light", "Paused"),
    Light.AMBER: pgettext_lazy("light", "Amber"),
    Light.RED: pgettext_lazy("light", "Red"),
}

#: A sign beside each word, so that a light needs no colour.
SIGNS: Mapping[Light, str] = {Light.GREEN: "✓", Light.BLUE: "‖", Light.AMBER: "▲", Light.RED: "■"}

PARTS: Mapping[ProjectPart, _Words] = {
    ProjectPart.WHOLE: gettext_lazy("Whole project"),
    ProjectPart.CHARTER: gettext_lazy("Charter"),
    ProjectPart.KPIS: gettext_lazy("KPIs"),
    ProjectPart.PLAN: gettext_lazy("Plan"),
    ProjectPart.CUSTOMERS: gettext_lazy("Customers"),
    ProjectPart.IDEAS: gettext_lazy("Ideas and decisions"),
    ProjectPart.TESTS: gettext_lazy("Tests"),
    ProjectPart.DIARY: gettext_lazy("Diary"),
    ProjectPart.GATES: gettext_lazy("Gates"),
}

DECIDERS: Mapping[Decider, _Words] = {
    Decider.OWNER: gettext_lazy("Owner"),
    Decider.COACH: gettext_lazy("Coach"),
    Decider.LEARNER: gettext_lazy("You"),
    Decider.TEACHER: gettext_lazy("Teacher"),
}

VERDICTS: Mapping[GateVerdict, _Words] = {
    GateVerdict.GO: gettext_lazy("Go on"),
    GateVerdict.ITERATE: gettext_lazy("Work on it"),
    GateVerdict.STOP: gettext_lazy("Stop"),
}

_REASONS: Mapping[str, _Words] = {
    "silent": gettext_lazy("Nothing has happened for %(days)s days."),
    "milestone_overdue": gettext_lazy("“%(title)s” was planned for %(due)s."),
    "milestones_overdue": gettext_lazy("Several milestones are overdue: %(titles)s."),
    "behind": gettext_lazy("%(due)s of the plan is due, %(done)s is done."),
    "no_kpi": gettext_lazy("There is no KPI yet."),
    "kpi_no_baseline": gettext_lazy("“%(name)s” has no value at the start."),
    "kpi_no_target": gettext_lazy("“%(name)s” has no goal."),
    "kpi_no_target_day": gettext_lazy("“%(name)s” has no day for its goal."),
    "kpi_target_is_baseline": gettext_lazy("The goal of “%(name)s” is its value at the start."),
    "kpi_slow": gettext_lazy("“%(name)s” has come %(attainment)s of the way in %(time)s of the time."),
    "kpi_fallen": gettext_lazy("“%(name)s” is worse than at the start (%(attainment)s of the way)."),
    "kpi_unmeasured": gettext_lazy("“%(name)s” has no value since the start, and %(time)s of the time is over."),
    "kpi_no_value": gettext_lazy("“%(name)s” has had no value for %(days)s days."),
    "measures_late": gettext_lazy("%(overdue)s of %(count)s measures overdue: %(titles)s."),
    "measures_open_ended": gettext_lazy("Nobody or no day stands at: %(titles)s."),
    "no_customers": gettext_lazy("No customer has been heard yet."),
    "few_customers": gettext_lazy("%(count)s of %(need)s customers have been heard."),
    "hours_over": gettext_lazy("%(spent)s hours were spent, %(planned)s were planned until today."),
    "cost_over": gettext_lazy("%(spent)s EUR were spent, %(planned)s were planned until today."),
    "hours_early": gettext_lazy("%(spent)s hours were spent before any were planned."),
    "cost_early": gettext_lazy("%(spent)s EUR were spent before any were planned."),
    "risk_open": gettext_lazy("Nothing is done about the risk “%(title)s” (%(score)s of 25)."),
    "milestone_moved": gettext_lazy("“%(title)s” was moved %(moved)s times."),
    "not_agreed": gettext_lazy("The owner has not agreed to the goal."),
    "unanswered": gettext_lazy("%(count)s wait for an answer for %(days)s working days."),
    "paused": gettext_lazy("The project pauses until %(last)s."),
}

_ACTIONS: Mapping[str, _Words] = {
    "write_diary": gettext_lazy("Write two sentences in the diary."),
    "meet_or_move_milestone": gettext_lazy("Reach it, or plan it anew."),
    "review_plan": gettext_lazy("Look at the plan together: what matters most now?"),
    "set_kpi": gettext_lazy("Choose one figure that tells whether customers are better off."),
    "complete_kpi": gettext_lazy("Add what is missing."),
    "enter_value": gettext_lazy("Enter today's value."),
    "change_measures": gettext_lazy("What would move the figure? Change a measure."),
    "finish_measures": gettext_lazy("Finish one, or plan them anew."),
    "assign_measures": gettext_lazy("Say who does it and by when."),
    "ask_customers": gettext_lazy("Log one conversation, even a short one."),
    "check_budget": gettext_lazy("Look at the budget with the owner."),
    "add_measure": gettext_lazy("Decide on a measure against it."),
    "talk_to_coach": gettext_lazy("Talk to your coach about the plan."),
    "ask_owner": gettext_lazy("Ask the owner."),
    "answer": gettext_lazy("Answer the oldest."),
    "go_on": gettext_lazy("Go on when you are ready."),
}

_CHECKS: Mapping[str, _Words] = {
    "trigger": gettext_lazy("Why you begin"),
    "trade": gettext_lazy("Trade and size of the firm"),
    "sponsor": gettext_lazy("Who backs it in the firm"),
    "coach": gettext_lazy("A coach"),
    "confidentiality": gettext_lazy("Who may know of it"),
    "self_check": gettext_lazy("The self-check"),
    "signals": gettext_lazy("Signals of the last 12 months"),
    "goal": gettext_lazy("A goal with a day"),
    "kpis": gettext_lazy("KPIs with unit, value at the start, goal, day and source"),
    "customers": gettext_lazy("Customers heard"),
    "methods": gettext_lazy("Different ways of asking"),
    "insights": gettext_lazy("Insights with two sources each"),
    "ideas": pgettext_lazy("checklist", "Ideas"),
    "customer_ideas": gettext_lazy("Ideas from or with customers"),
    "scored": gettext_lazy("Points for the ideas"),
    "recommendation": gettext_lazy("A chosen idea, with why"),
    "kill_criteria": gettext_lazy("When you would stop"),
    "resources": gettext_lazy("Time and money granted by the owner"),
    "value_proposition": gettext_lazy("What customers get"),
    "assumptions": gettext_lazy("The riskiest assumption"),
    "measures": gettext_lazy("Measures with who, when, effort or cost"),
    "business_case": gettext_lazy("A first business case"),
    "test_cards": gettext_lazy("A test card"),
    "test_customers": gettext_lazy("Real customers in one test"),
    "test_result": gettext_lazy("The result beside what you had fixed before"),
    "test_decision": gettext_lazy("A decision after the test"),
    "measures_done": gettext_lazy("Measures done"),
    "pilots": gettext_lazy("Customers who use it"),
    "costs": gettext_lazy("Hours and costs"),
    "informed": gettext_lazy("How staff were informed and trained"),
    "kpi_values": gettext_lazy("KPIs with a value of today"),
    "learning": gettext_lazy("What you have learned"),
    "routine": gettext_lazy("What stays"),
    "next_project": gettext_lazy("What comes next"),
    "report": gettext_lazy("The final report"),
}

_PROBLEMS: Mapping[str, _Words] = {
    "gate_not_next": gettext_lazy("The project does not stand before this gate."),
    "gate_ended": gettext_lazy("The project has ended."),
    "gate_few_tests": gettext_lazy("Test with enough real customers first."),
    "not_open": gettext_lazy("This request is not open any more."),
    "changed": gettext_lazy(
        "The project has changed since this was asked. Ask again, so that the decision is about what is true now."
    ),
    "no_reason": gettext_lazy("Write a reason."),
    "not_back": gettext_lazy("The project cannot go back there."),
    "pause_no_reason": gettext_lazy("Write a reason."),
    "pause_no_days": gettext_lazy("Choose both days."),
    "pause_turned": gettext_lazy("The last day lies before the first."),
    "pause_too_long": gettext_lazy("A pause can last 60 days at most."),
    "pause_too_many": gettext_lazy("There have been as many pauses as there can be."),
    "pause_overlaps": gettext_lazy("There is a pause on some of these days already."),
    "pause_in_the_past": gettext_lazy("A pause begins today at the earliest."),
    "pause_over": gettext_lazy("This pause is over."),
    "pause_begun": gettext_lazy("This pause has begun. You can end it today."),
    "empty": gettext_lazy("Please fill this in."),
    "long": gettext_lazy("This is too long."),
    "next_on": gettext_lazy("The next talk comes after this one."),
    "until": gettext_lazy("Choose a day from today on, at most 60 days from now."),
    "light": gettext_lazy("Choose one of the answers."),
}

#: What a line of text about an entry begins with, for kinds without a title.
_HEADS: Mapping[Kind, str] = {
    Kind.CHARTER: "title",
    Kind.KPI: "name",
    Kind.READING: "value",
    Kind.SPENT: "on",
    Kind.CONTACT: "customer",
    Kind.INSIGHT: "text",
    Kind.TEST: "assumption",
    Kind.PARTNER: "name",
    Kind.SUPPORT: "name",
    Kind.DIARY: "text",
    Kind.REPORT: "section",
    Kind.EXAM: "on",
}


def gate_name(gate: int) -> str:
    """Return the name of a gate, such as "G2 Insight"; behind the last it is the end."""
    return f"G{gate} {GATES[gate]}" if gate in GATES else _("Finished")


def reason_of(finding: Finding) -> str:
    """Return why a light is not green, as a sentence in the active language."""
    return str(_REASONS[finding.reason]) % _in_words(finding.values)


def action_of(finding: Finding) -> str:
    """Return the one thing that is suggested."""
    return str(_ACTIONS[finding.action]) % _in_words(finding.values)


def check_words(item: CheckItem) -> str:
    """Return what must be there for a gate."""
    return str(_CHECKS[item.key])


def problem_words(key: str) -> str:
    """Return why something cannot be done; see `errors` for who names the key."""
    return str(_PROBLEMS[key])


def head_of(kind: Kind, content: Mapping[str, Any]) -> str:
    """Return what an entry is called in a line."""
    field = KINDS[kind].field(_HEADS.get(kind, "title"))
    return value_words(field, content.get(field.key)) if field.key in content else str(KINDS[kind].title)


def entry_lines(entries: Iterable[Mapping[str, Any]]) -> tuple[tuple[str, str], ...]:
    """Return entries of a snapshot as heading and text, for readers who see nothing else of the project."""
    return tuple(
        (
            f"{KINDS[Kind(entry['kind'])].title}: {head_of(Kind(entry['kind']), entry['content'])}"[:200],
            "\n".join(f"{label}: {words}" for label, words in content_lines(Kind(entry["kind"]), entry["content"])),
        )
        for entry in entries
    )


def content_lines(kind: Kind, content: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return what stands in an entry as label and words, without what refers to other entries, people and files."""
    hidden = (FieldKind.ENTRY, FieldKind.ENTRIES, FieldKind.FILES, FieldKind.PERSON)
    return tuple(
        (str(field.label), value_words(field, content[field.key]))
        for field in KINDS[kind].fields
        if field.key in content and field.kind not in hidden and not field.own
    )


def value_words(field: EntryField, value: Any) -> str:
    """Return a value of kept content as a reader of the active language writes it; empty for none."""
    if value is None:
        return ""
    if field.kind in (FieldKind.NUMBER, FieldKind.COUNT):
        return written(Decimal(str(value)))
    if field.kind is FieldKind.HOURS:
        return hours_words(minutes_typed(value) or 0)
    if field.kind is FieldKind.DAY:
        return dates.long(date.fromisoformat(value))
    if field.kind is FieldKind.CHOICE:
        return str(dict(field.choices).get(value, value))
    if field.kind is FieldKind.CHOICES:
        words = dict(field.choices)
        return ", ".join(str(words.get(each, each)) for each in value)
    if field.kind is FieldKind.YES_NO:
        return _("yes") if value else _("no")
    return str(value)


def percent(share: Decimal | float | str) -> str:
    """Return a share (1 is the whole) in whole percent."""
    return decimals.percent(round(Decimal(str(share)) * 100))


def _in_words(values: Mapping[str, Any]) -> dict[str, str]:
    """Return the values of a sentence as a reader of the active language writes them."""
    return {key: _value(key, value) for key, value in values.items()}


def _value(key: str, value: Any) -> str:
    # What people call something is no number, even if it reads like one: "1e999999999" would fill the memory.
    if key in ("name", "title", "titles", "blocked"):
        return str(value)
    if key in ("attainment", "time") or (key in ("due", "done") and _is_number(value)):
        return percent(value)
    if key in ("due", "last", "since"):
        return dates.long(date.fromisoformat(str(value)))
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return written(Decimal(str(value))) if _is_number(value) else str(value)


def _is_number(value: Any) -> bool:
    try:
        Decimal(str(value))
    except ArithmeticError:
        return False
    return True


def brought_in_words() -> str:
    """Return what is said beside a decision that came in a file."""
    return _("Brought in with a file: nobody here has decided it.")


def light_view(light: Light) -> Mapping[str, str]:
    """Return a light for the template part ``projects/light.html``: its key, its sign and its word."""
    return {"key": light.value, "sign": SIGNS[light], "words": str(LIGHTS[light])}
