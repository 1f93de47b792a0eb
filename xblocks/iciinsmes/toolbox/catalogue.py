"""The catalogue: instruments by the phase in which they help and by what somebody says who needs one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from .collection import all_instruments
from .data import Instrument, Language, show
from .instruments.framework import NEEDS, Firm, Need, Phase, Text, msg

PHASES = {
    Phase.ACQUIRE: msg("Hear your customers"),
    Phase.PROCESS: msg("Make sense of what they say"),
    Phase.REALISE: msg("Change what you offer"),
}
_FIRMS = {
    Firm.NORDLICHT: msg("a joinery with 14 people that builds kitchens"),
    Firm.POD_DEBEM: msg("a bakery with 22 people and three shops"),
    Firm.EL_SERVICE: msg("electricians, 9 people"),
    Firm.SZEP_HAJ: msg("a hairdresser with 5 people"),
}


@dataclass(frozen=True)
class Filter:
    """One link that narrows the catalogue, or takes that back where it is chosen; ``count`` is what it leads to."""

    title: str
    query: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class InstrumentCard:
    """An instrument as the catalogue shows it."""

    key: str
    code: str
    title: str
    purpose: str
    phases: tuple[str, ...]
    needs: tuple[str, ...]
    minimum: int
    counted: str


@dataclass(frozen=True)
class Catalogue:
    """A page of the catalogue: what it can be narrowed by, and what is left."""

    phases: tuple[Filter, ...]
    needs: tuple[Filter, ...]
    cards: tuple[InstrumentCard, ...]
    is_narrowed: bool


def catalogue(phase: str, need: str, language: Language) -> Catalogue:
    """Return the instruments of a phase and a need; words that name none narrow nothing."""
    chosen_phase = next((entry for entry in Phase if entry.value == phase), None)
    chosen_need = next((entry for entry in Need if entry.value == need), None)
    instruments = all_instruments()
    of_phase = [entry for entry in instruments if chosen_phase is None or chosen_phase in entry.phases]
    of_need = [entry for entry in instruments if chosen_need is None or chosen_need in entry.needs]
    return Catalogue(
        phases=tuple(
            Filter(
                title=show(title, language),
                query=_query(None if entry is chosen_phase else entry, chosen_need),
                count=sum(entry in instrument.phases for instrument in of_need),
                is_chosen=entry is chosen_phase,
            )
            for entry, title in PHASES.items()
        ),
        needs=tuple(
            Filter(
                title=show(title, language),
                query=_query(chosen_phase, None if entry is chosen_need else entry),
                count=sum(entry in instrument.needs for instrument in of_phase),
                is_chosen=entry is chosen_need,
            )
            for entry, title in NEEDS.items()
        ),
        cards=tuple(card(entry, language) for entry in of_phase if entry in of_need),
        is_narrowed=bool(chosen_phase or chosen_need),
    )


def cards_by_phase(language: Language) -> tuple[tuple[str, tuple[InstrumentCard, ...]], ...]:
    """Return all instruments below the first phase in which each of them helps, to choose from."""
    return tuple(
        (
            show(title, language),
            tuple(card(entry, language) for entry in all_instruments() if entry.phases[0] is phase),
        )
        for phase, title in PHASES.items()
    )


def card(instrument: Instrument, language: Language) -> InstrumentCard:
    """Return what the catalogue and the instrument's own page say first."""
    return InstrumentCard(
        key=instrument.key,
        code=instrument.code,
        title=show(instrument.title, language),
        purpose=show(instrument.purpose, language),
        phases=_words((PHASES[phase] for phase in instrument.phases), language),
        needs=_words((NEEDS[need] for need in instrument.needs), language),
        minimum=instrument.minimum,
        counted=show(instrument.counted, language),
    )


def firm_words(firm: Firm, language: Language) -> str:
    """Return what an invented firm does."""
    return show(_FIRMS[firm], language)


def _query(phase: Phase | None, need: Need | None) -> str:
    """Return what stands behind the question mark of a link."""
    return urlencode({name: entry.value for name, entry in (("phase", phase), ("need", need)) if entry})


def _words(texts: Iterable[Text], language: Language) -> tuple[str, ...]:
    return tuple(show(text, language) for text in texts)
