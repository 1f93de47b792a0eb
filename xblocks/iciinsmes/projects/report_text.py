"""What a report says before anybody has written in it: paragraphs made from what the project knows (domain.md 4.4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from iciinsmes.lib import dates

from .data import EntryData, Gate, Kind
from .figures import figures_of, token
from .kinds import KINDS
from .labels import DECIDERS as DECIDER_WORDS
from .labels import VERDICTS, brought_in_words, gate_name, value_words
from .record import Record

SECTIONS: Mapping[str, str | Promise] = {
    "firm": gettext_lazy("The firm, and why it began"),
    "goal": gettext_lazy("Goal and KPIs"),
    "insight": gettext_lazy("What customers have told us"),
    "ideas": gettext_lazy("Ideas and decision"),
    "concept": gettext_lazy("Concept and business case"),
    "tests": gettext_lazy("Tests and what they taught"),
    "launch": gettext_lazy("Putting it into practice"),
    "results": pgettext_lazy("section of a report", "Results"),
    "stays": gettext_lazy("What stays"),
    "reflection": gettext_lazy("What I have learned"),
}


def draft_of(section: str, record: Record) -> str:
    """Return the text of a section as the project's data say it now, with its figures as `figures` writes them.

    Args:
        section: a key of `SECTIONS`.
        record: the project.
    """
    figures = {key: token(key, words) for key, words in figures_of(record).items()}
    paragraphs = _WRITERS[section](record, figures)
    return "\n\n".join(paragraph.strip() for paragraph in paragraphs if paragraph and paragraph.strip())


_Figures = Mapping[str, str]


def _firm(record: Record, _figures: _Figures) -> Iterable[str]:
    company = record.company
    about = ", ".join(filter(None, (company.name, company.trade, company.region)))
    yield about + (_(" (%(size)s people).") % {"size": company.size_class} if company.size_class else ".")
    yield _("The project began on %(day)s.") % {"day": dates.long(record.project.started_on)}
    trigger = _words(record, "trigger")
    if trigger:
        yield _("Why it began: %(trigger)s.") % {"trigger": trigger}
    yield _words(record, "trigger_words")
    if domains := _words(record, "domains"):
        yield _("What it changes: %(domains)s.") % {"domains": domains}
    if sponsor := _words(record, "sponsor"):
        yield _("Backed in the firm by: %(sponsor)s.") % {"sponsor": sponsor}
    yield _words(record, "signals")


def _goal(record: Record, figures: _Figures) -> Iterable[str]:
    yield _words(record, "goal")
    if day := _words(record, "goal_on"):
        yield _("By %(day)s.") % {"day": day}
    yield _words(record, "benefit")
    for kpi in record.kpis:
        yield _("%(name)s: from %(start)s to %(goal)s. Source: %(source)s") % {
            "name": kpi.entry.content["name"],
            "start": figures[f"kpi {kpi.number} start"],
            "goal": figures[f"kpi {kpi.number} goal"],
            "source": kpi.entry.content.get("source", "—"),
        }


def _insight(record: Record, figures: _Figures) -> Iterable[str]:
    yield _("Customers heard: %(customers)s, in different ways: %(methods)s.") % {
        "customers": figures["customers"],
        "methods": figures["methods"],
    }
    field = KINDS[Kind.CONTACT].field("method")
    methods = Counter(value_words(field, entry.content["method"]) for entry in record.entries[Kind.CONTACT])
    if methods:
        yield _("How: %(methods)s.") % {"methods": ", ".join(f"{name} ({count})" for name, count in methods.items())}
    insights = record.entries[Kind.INSIGHT]
    if insights:
        yield _("What we have understood (insights: %(count)s):") % {"count": figures["insights"]}
    yield "\n".join(
        _("- %(text)s (from %(count)d sources)")
        % {"text": entry.content["text"], "count": len(entry.content.get("sources", []))}
        for entry in insights
    )


def _ideas(record: Record, figures: _Figures) -> Iterable[str]:
    yield _("Ideas collected: %(ideas)s; from or with customers: %(customers)s.") % {
        "ideas": figures["ideas"],
        "customers": figures["customer ideas"],
    }
    for entry in record.entries[Kind.IDEA]:
        if entry.content.get("decision") == "chosen":
            yield _("We chose: %(title)s. %(why)s") % {
                "title": entry.content["title"],
                "why": entry.content.get("why", ""),
            }
    yield from _decisions(record, (Gate.CHOICE,))


def _concept(record: Record, _figures: _Figures) -> Iterable[str]:
    for key in ("offer", "business_case", "resources", "kill_criteria"):
        if words := _words(record, key):
            yield f"{KINDS[Kind.CHARTER].field(key).label} {words}"
    yield from _decisions(record, (Gate.CONCEPT,))


def _tests(record: Record, figures: _Figures) -> Iterable[str]:
    if record.entries[Kind.TEST]:
        yield _("Tests: %(tests)s; customers in them: %(customers)s.") % {
            "tests": figures["tests"],
            "customers": figures["test customers"],
        }
    for entry in record.entries[Kind.TEST]:
        yield "\n".join(_lines(entry, ("assumption", "method", "threshold", "customers", "result", "decision")))
    yield from _decisions(record, (Gate.TEST,))


def _launch(record: Record, figures: _Figures) -> Iterable[str]:
    yield _("Measures done: %(done)s of %(measures)s.") % {
        "done": figures["measures done"],
        "measures": figures["measures"],
    }
    yield _("Planned were %(planned)s hours, spent were %(spent)s.") % {
        "planned": figures["hours plan"],
        "spent": figures["hours"],
    }
    yield _("Planned were %(planned)s EUR, spent were %(spent)s EUR.") % {
        "planned": figures["euro plan"],
        "spent": figures["euro"],
    }
    yield _words(record, "informed")
    yield from _decisions(record, (Gate.LAUNCH,))


def _results(record: Record, figures: _Figures) -> Iterable[str]:
    for kpi in record.kpis:
        key = f"kpi {kpi.number}"
        yield _("%(name)s: %(start)s at the start, %(goal)s was the goal, %(now)s now. That is %(way)s of the way.") % {
            "name": kpi.entry.content["name"],
            **{each: figures[f"{key} {each}"] for each in ("start", "goal", "now", "way")},
        }
    if record.stopped:
        yield _("The project was stopped. That is a result too: what was learned stands below.")
    yield from _decisions(record, (Gate.RESULTS,))


def _stays(record: Record, _figures: _Figures) -> Iterable[str]:
    yield _words(record, "routine")
    if words := _words(record, "next"):
        yield _("What comes next: %(words)s") % {"words": words}


def _reflection(record: Record, _figures: _Figures) -> Iterable[str]:
    yield _words(record, "learned")


_WRITERS: Mapping[str, Callable[[Record, _Figures], Iterable[str]]] = {
    "firm": _firm,
    "goal": _goal,
    "insight": _insight,
    "ideas": _ideas,
    "concept": _concept,
    "tests": _tests,
    "launch": _launch,
    "results": _results,
    "stays": _stays,
    "reflection": _reflection,
}


def _words(record: Record, key: str) -> str:
    return value_words(KINDS[Kind.CHARTER].field(key), record.charter.get(key))


def _lines(entry: EntryData, keys: Iterable[str]) -> list[str]:
    kind = KINDS[entry.kind]
    return [
        f"{kind.field(key).label} {value_words(kind.field(key), entry.content[key])}"
        for key in keys
        if key in entry.content
    ]


def _decisions(record: Record, gates: Iterable[Gate]) -> Iterable[str]:
    """Return what was decided at gates, by role and without names."""
    for asked in reversed(record.requests):
        if asked.gate in gates and asked.verdict is not None:
            brought_in = brought_in_words() if asked.is_brought_in else ""
            for decision in asked.decisions:
                said = _("%(gate)s, %(who)s, %(day)s: %(verdict)s.") % {
                    "gate": gate_name(asked.gate),
                    "who": DECIDER_WORDS[decision.decider],
                    "day": dates.long(decision.decided_at),
                    "verdict": VERDICTS[decision.verdict],
                }
                yield " ".join(filter(None, (said, brought_in, decision.reason)))
