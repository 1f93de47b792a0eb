"""Cases as pages show them: cards, one in full, and what the library can be narrowed to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from iciinsmes.projects.kinds import TRIGGERS
from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.errors import UnknownInstrument

from .data import SIZES, Case, CaseChoices, CaseFilter, Content
from .labels import (
    PARTS,
    PHASES,
    country_words,
    instrument_choices,
    instrument_words,
    phase_words,
    size_words,
    trigger_words,
)

_LONGEST = 100


@dataclass(frozen=True)
class CaseView:
    """A case in words of the active language.

    ``firm`` is the name where the owner wants it to be read, ``lines`` are headings with their texts, ``tools``
    instruments with the addresses of their pages, ``lang`` the language of the texts where the page has another one.
    """

    key: str
    title: str
    firm: str
    about: str
    country: str
    trade: str
    size: str
    phase: str
    trigger: str
    monday: str
    lines: tuple[tuple[str, tuple[str, ...]], ...]
    tools: tuple[tuple[str, str], ...]
    lang: str
    is_invented: bool
    is_firms: bool
    source: str


@dataclass(frozen=True)
class LibrarySelect:
    """A field by which the library is narrowed."""

    name: str
    label: str
    options: tuple[tuple[str, str, bool], ...]


def case_view(case: Case) -> CaseView:
    """Return a case in words."""
    content = case.content
    return CaseView(
        key=case.key,
        title=content.title,
        firm=content.firm,
        about=content.about,
        country=country_words(content.country),
        trade=content.trade,
        size=size_words(content.size),
        phase=phase_words(content.phase),
        trigger=trigger_words(content.trigger),
        monday=content.monday,
        lines=_sections(content),
        tools=tuple((instrument_words(code), _tool_address(code)) for code in content.instruments),
        lang="" if _is_read(content.language) else content.language,
        is_invented=case.is_invented,
        is_firms=case.is_firms,
        source=case.source,
    )


def content_view(content: Content) -> CaseView:
    """Return in words what a firm's case would look like."""
    return case_view(Case("", content, is_firms=True))


def filter_from(asked: QueryDict) -> CaseFilter:
    """Return to what an address narrows the library; nonsense narrows to nothing that is there."""
    return CaseFilter(**{name: asked.get(name, "").strip()[:_LONGEST] for name in asdict(CaseFilter())})


def query_of(narrowed: CaseFilter, **more: str) -> str:
    """Return the address's part behind the question mark; empty for everything."""
    return urlencode({name: value for name, value in {**asdict(narrowed), **more}.items() if value})


def selects_of(narrowed: CaseFilter, found: CaseChoices) -> tuple[LibrarySelect, ...]:
    """Return the fields by which the library is narrowed, with what is chosen."""
    triggers = [(key, str(words)) for key, words in TRIGGERS.items()]
    phases = [(key, str(words)) for key, words in PHASES.items()]
    countries = sorted(((code, country_words(code)) for code in found.countries), key=lambda each: each[1].casefold())
    return (
        _select("country", _("Country"), countries, narrowed.country),
        _select("trade", _("Trade"), [(trade, trade) for trade in found.trades], narrowed.trade),
        _select("size", _("Size of the firm"), [(size, size_words(size)) for size in SIZES], narrowed.size),
        _select("trigger", _("What started it"), triggers, narrowed.trigger),
        _select("phase", _("Phase"), phases, narrowed.phase),
        _select("instrument", _("Instrument"), instrument_choices(), narrowed.instrument),
    )


def chips_of(narrowed: CaseFilter) -> list[tuple[str, str]]:
    """Return what the library is narrowed to, in words, each with the query that takes it back."""
    words: Mapping[str, Callable[[str], str]] = {
        "country": country_words,
        "size": size_words,
        "trigger": trigger_words,
        "phase": phase_words,
        "instrument": instrument_words,
    }
    return [
        (words.get(name, str)(value) or value, query_of(replace(narrowed, **{name: ""})))
        for name, value in asdict(narrowed).items()
        if value
    ]


def cards_context(cases: Iterable[Case], course_key: CourseKey, *, block: str = "") -> dict[str, Any]:
    """Return the context of a list of cards.

    Args:
        cases: what is listed.
        course_key: the run in which they are read.
        block: the block that lists them, so that it can be done from the page of a case.
    """
    return {
        "cards": [case_view(case) for case in cases],
        "course_key": course_key,
        "card_query": f"?{urlencode({'block': block})}" if block else "",
    }


def _select(name: str, label: str, options: Iterable[tuple[str, str]], chosen: str) -> LibrarySelect:
    everything = ("", _("All"), not chosen)
    return LibrarySelect(name, label, (everything, *((value, words, value == chosen) for value, words in options)))


def _sections(content: Content) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the lines below their headings; several of a kind stand together."""
    found: dict[str, list[str]] = {}
    for part in PARTS:
        texts = [line.text for line in content.lines if line.part is part]
        if texts:
            found.setdefault(str(PARTS[part]), []).extend(texts)
    return tuple((heading, tuple(texts)) for heading, texts in found.items())


def _tool_address(code: str) -> str:
    try:
        return reverse("iciinsmes:toolbox-instrument", args=[toolbox.find_instrument(name=code).key])
    except (UnknownInstrument, NoReverseMatch):
        # Studio has none of the add-on's pages.
        return ""


def _is_read(language: str) -> bool:
    return (get_language() or "").partition("-")[0] == language.partition("-")[0]
