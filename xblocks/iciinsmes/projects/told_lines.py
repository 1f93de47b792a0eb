"""What of a project could be told outside of the firm, line by line: somebody chooses, nothing is told by itself.

A line that may name a person, a customer or the firm says so, so that nobody chooses it without having looked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext as _

from iciinsmes.companies import api as companies
from iciinsmes.platform import host
from iciinsmes.toolbox import api as toolbox

from .data import EntryData, Kind
from .kinds import KINDS
from .labels import value_words
from .record import Record, record_of
from .summary import summary_of

#: Shorter names are words of every day in some language.
_SHORTEST = 3
_WORD = re.compile(r"\w+")


class ToldPart(StrEnum):
    """What a line tells."""

    TRIGGER = "trigger"
    GOAL = "goal"
    FIGURES = "figures"
    INSIGHT = "insight"
    IDEA = "idea"
    TEST = "test"
    RESULT = "result"
    LEARNED = "learned"
    STAYS = "stays"


@dataclass(frozen=True)
class ToldLine:
    """A line of a project's story; ``key`` finds it again while the project is as it is.

    ``may_name`` marks what may name a person, a customer or the firm.
    """

    key: str
    part: ToldPart
    text: str
    may_name: bool


def told_lines(*, project_id: UUID) -> tuple[ToldLine, ...]:
    """Return the lines of a project in the order of its story; who may read it the caller knows.

    Raises:
        UnknownProject: there is none.
    """
    record = record_of(project_id=project_id)
    names = _names(record)
    return tuple(
        ToldLine(key, part, text, may_name=may_name(text, names)) for key, part, text in _lines(record) if text.strip()
    )


def may_name(text: str, names: Iterable[str]) -> bool:
    """Tell whether a text may name somebody: one of these, or what looks like an address or a telephone number.

    Args:
        text: of a line.
        names: of people, customers and firms; each of their words counts if it has three letters or more.
    """
    words = {word.casefold() for word in _WORD.findall(text)}
    wanted = {word.casefold() for name in names for word in _WORD.findall(name) if len(word) >= _SHORTEST}
    return bool(words & wanted) or toolbox.hide_people(text) != text


def _names(record: Record) -> list[str]:
    stays, coaching = companies.people_now(company_id=record.company.id)
    contributors = {entry.author_id for entries in record.entries.values() for entry in entries if entry.author_id}
    people = {member for member, _run in stays} | {coach for coach, _run in coaching} | contributors
    return [
        record.company.name,
        str(record.charter.get("sponsor", "")),
        *host().names(people).values(),
        *(str(entry.content["customer"]) for entry in record.entries[Kind.CONTACT]),
        *(str(entry.content["name"]) for entry in record.entries[Kind.PARTNER]),
    ]


def _lines(record: Record) -> Iterator[tuple[str, ToldPart, str]]:
    trigger = _charter(record, "trigger")
    yield "trigger", ToldPart.TRIGGER, trigger
    yield "trigger_words", ToldPart.TRIGGER, _charter(record, "trigger_words")
    yield "goal", ToldPart.GOAL, _charter(record, "goal")
    for kpi, numbered in zip(summary_of(record, with_words=False).kpis, record.kpis, strict=True):
        text = _("%(name)s: %(start)s at the start, %(goal)s was the goal, %(now)s at the end.") % {
            "name": kpi.name,
            "start": kpi.start or "–",  # noqa: RUF001 - a sign for nothing
            "goal": kpi.goal or "–",  # noqa: RUF001 - a sign for nothing
            "now": kpi.now or "–",  # noqa: RUF001 - a sign for nothing
        }
        way = _("That is %(way)s of the way.") % {"way": kpi.way} if kpi.way else ""
        yield f"kpi:{numbered.entry.id}", ToldPart.FIGURES, " ".join(filter(None, (text, way)))
    for entry in record.entries[Kind.INSIGHT]:
        yield f"insight:{entry.id}", ToldPart.INSIGHT, entry.content["text"]
    for entry in record.entries[Kind.IDEA]:
        if entry.content.get("decision") == "chosen":
            yield f"idea:{entry.id}", ToldPart.IDEA, _sentences(entry, ("title", "why"))
    for entry in record.entries[Kind.TEST]:
        yield f"test:{entry.id}", ToldPart.TEST, _labelled(entry, ("assumption", "method", "threshold", "customers"))
        yield f"result:{entry.id}", ToldPart.RESULT, _outcome(entry)
    yield "learned", ToldPart.LEARNED, _charter(record, "learned")
    yield "routine", ToldPart.STAYS, _charter(record, "routine")


def _charter(record: Record, key: str) -> str:
    return value_words(KINDS[Kind.CHARTER].field(key), record.charter.get(key))


def _sentences(entry: EntryData, keys: Iterable[str]) -> str:
    found = (value_words(KINDS[entry.kind].field(key), entry.content.get(key)).strip() for key in keys)
    return " ".join(text if text.endswith((".", "!", "?")) else f"{text}." for text in found if text)


def _outcome(entry: EntryData) -> str:
    """Return what came out of a test, and below it what was decided."""
    kind, content = KINDS[Kind.TEST], entry.content
    decided = value_words(kind.field("decision"), content.get("decision"))
    lines = (str(content.get("result", "")), f"{kind.field('decision').label}: {decided}" if decided else "")
    return "\n".join(line for line in lines if line.strip())


def _labelled(entry: EntryData, keys: Iterable[str]) -> str:
    kind = KINDS[entry.kind]
    return "\n".join(
        f"{kind.field(key).label} {value_words(kind.field(key), entry.content[key])}"
        for key in keys
        if key in entry.content
    )
