"""Figures in the text of a report: each names where it comes from, so that a later one can be offered.

In a text a figure is written as ``{{kpi 1 now: 31 %}}`` and printed as ``31 %``. Whoever edits may move it, delete it
or write something else instead; what is offered later changes this one figure and nothing around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils import translation
from django.utils.formats import get_format

from iciinsmes.lib.decimals import written
from iciinsmes.platform import languages

from .charts import kpi_points, kpi_reached, with_unit
from .content import number_of
from .data import EntryData, Kind
from .hours import hours_words
from .labels import percent
from .record import Record

_TOKEN = re.compile(r"\{\{\s*([a-z0-9 %]{1,40}?)\s*:\s*([^{}]{0,80}?)\s*\}\}")
_NO_BRACES = str.maketrans("{}", "()")
#: In a text that people go on writing there are only the spaces that they can type.
_IN_A_TEXT = str.maketrans("{}\u00a0", "() ")
#: What a figure says that nobody has measured.
_NONE = "—"


@dataclass(frozen=True)
class Token:
    """A figure in a text: from where it comes, what it says, and where it stands in the text."""

    key: str
    words: str
    start: int
    end: int


def tokens_in(text: str) -> Iterator[Token]:
    """Return the figures of a text, in their order."""
    for found in _TOKEN.finditer(text):
        yield Token(found[1], found[2], found.start(), found.end())


def token(key: str, words: str) -> str:
    """Return a figure as it stands in a text."""
    return f"{{{{{key}: {words.translate(_NO_BRACES)}}}}}"


def without_tokens(text: str) -> str:
    """Return the text as it is printed: of each figure only what it says."""
    return _TOKEN.sub(r"\2", text)


def replaced(text: str, key: str, was: str, now: str) -> str:
    """Return the text with the first figure that comes from ``key`` and says ``was`` changed, all else as it is."""
    found = next((each for each in tokens_in(text) if (each.key, each.words) == (key, was)), None)
    return text if found is None else text[: found.start] + token(key, now) + text[found.end :]


def figures_of(record: Record) -> dict[str, str]:
    """Return what each figure says now, in the active language."""
    spent, facts = record.spent, record.facts
    ideas = record.entries[Kind.IDEA]
    found = {
        "customers": str(facts.customers),
        "methods": str(len({entry.content["method"] for entry in record.entries[Kind.CONTACT]})),
        "insights": str(len(record.entries[Kind.INSIGHT])),
        "ideas": str(len(ideas)),
        "customer ideas": str(
            sum(1 for entry in ideas if entry.content["origin"] in ("customer", "with_customer")),
        ),
        "tests": str(len(facts.tests)),
        "test customers": str(sum(test.customers for test in facts.tests)),
        "measures": str(len(facts.measures)),
        "measures done": str(sum(1 for measure in facts.measures if measure.done >= 100)),
        "hours plan": hours_words(spent.minutes_planned),
        "hours": hours_words(spent.minutes),
        "euro plan": written(spent.cost_planned),
        "euro": written(spent.cost),
    }
    for kpi in record.kpis:
        points = [point for point in kpi_points(kpi.entry, kpi.readings) if point.reading]
        values = {
            "start": number_of(kpi.entry.content, "baseline"),
            "goal": number_of(kpi.entry.content, "target"),
            "now": points[-1].value if points else None,
        }
        found |= {f"kpi {kpi.number} {key}": _value(kpi.entry, value) for key, value in values.items()}
        reached = kpi_reached(kpi.entry, kpi.readings)
        found[f"kpi {kpi.number} way"] = _NONE if reached is None else percent(reached)
    return {key: words.translate(_IN_A_TEXT).strip() for key, words in found.items()}


def figures_in_all_languages(record: Record) -> Mapping[str, frozenset[str]]:
    """Return for each figure what it says now in any language, so that another decimal sign is no other figure.

    Thousands stand apart or not, for texts that were written when they did not; see `says_one_of` for spaces.
    """
    found: dict[str, set[str]] = {}
    for code in {*(code for code, _name in languages.offered()), translation.get_language() or "en"}:
        with translation.override(code):
            between = re.escape(get_format("THOUSAND_SEPARATOR").translate(_IN_A_TEXT))
            for key, words in figures_of(record).items():
                together = re.sub(rf"(?<=\d){between}(?=\d{{3}})", "", words)
                found.setdefault(key, set()).update(map(_without_space, (words, together)))
    return {key: frozenset(words) for key, words in found.items()}


def says_one_of(words: str, known: frozenset[str]) -> bool:
    """Tell whether words of a text are among those of `figures_in_all_languages`, however a percent sign stands."""
    return _without_space(words) in known


def _without_space(words: str) -> str:
    return re.sub(r"\s+%", "%", words.translate(_IN_A_TEXT))


def _value(kpi: EntryData, value: Decimal | None) -> str:
    return _NONE if value is None else with_unit(kpi, value)
