"""Which offers fit a need: at most three, the best first, one of them with a person. Pure.

The table of needs and types is that of the specification of the programme; its reasons are in the decision 0056.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from .data import EU, Freshness, Need, OfferState, SupportEntryData, SupportKind, Want
from .rules import freshness_of, state_of

#: More than three and nobody reads them: small firms have no time to learn the landscape.
MOST_HITS = 3

#: Which types help with which need.
KINDS_FOR: Mapping[Need, tuple[SupportKind, ...]] = {
    Need.TALK: (SupportKind.CHAMBER, SupportKind.EEN),
    Need.SKILLS: (SupportKind.TRAINING,),
    Need.CUSTOMERS: (SupportKind.CHAMBER, SupportKind.STUDENTS, SupportKind.CLUSTER),
    Need.FEASIBILITY: (SupportKind.STUDENTS, SupportKind.INNOVATION_GRANT),
    Need.PROTOTYPE: (SupportKind.VOUCHER, SupportKind.INNOVATION_GRANT, SupportKind.TAX),
    Need.INVESTMENT: (SupportKind.INVESTMENT_GRANT, SupportKind.LOAN),
    Need.DIGITAL: (SupportKind.EDIH, SupportKind.VOUCHER),
    Need.PROTECTION: (SupportKind.PATENT,),
    Need.ABROAD: (SupportKind.EEN, SupportKind.EXPORT),
}
#: Who can be asked anything, where nobody has a name for the need itself.
_FIRST_DOORS = KINDS_FOR[Need.TALK]
_OPEN_STATES = frozenset({OfferState.OPEN, OfferState.WINDOW, OfferState.LATER, OfferState.UNKNOWN})
#: From the best to the worst.
_STATES = (OfferState.OPEN, OfferState.WINDOW, OfferState.UNKNOWN, OfferState.LATER)


def hits_for(want: Want, entries: Iterable[SupportEntryData], today: date) -> tuple[SupportEntryData, ...]:
    """Return what fits best, at most three.

    What the firm cannot have is left out: another country or region, another size, what is closed, ended, or too long
    unchecked. The rest is sorted by stage, size, language and freshness; what is nearer goes first among equals. If
    none of the three has a person's name, the last one gives way to the best one that has, of the same need or else of
    those who can be asked anything.

    Args:
        want: who asks for what; without a need everything fits.
        entries: offers that there are.
        today: the day on which it is asked.
    """
    open_now = [entry for entry in entries if _is_possible(want, entry, today)]
    fitting = sorted((each for each in open_now if _is_for_need(want, each)), key=lambda each: _rank(want, each, today))
    best = fitting[:MOST_HITS]
    if any(each.has_person for each in best):
        return tuple(best)
    doors = sorted((each for each in open_now if each.values.kind in _FIRST_DOORS), key=lambda e: _rank(want, e, today))
    person = next((each for each in (*fitting, *doors) if each.has_person), None)
    return tuple(best) if person is None else (*best[: MOST_HITS - 1], person)


def _is_possible(want: Want, entry: SupportEntryData, today: date) -> bool:
    values = entry.values
    is_here = values.country == EU or not want.country or values.country == want.country
    is_region = not values.region or not want.region or values.region.casefold() == want.region.casefold()
    is_size = not values.sizes or not want.size or want.size in values.sizes
    is_fresh = freshness_of(entry.seen_on, today) is not Freshness.STALE
    return is_here and is_region and is_size and is_fresh and state_of(values, today) in _OPEN_STATES


def _is_for_need(want: Want, entry: SupportEntryData) -> bool:
    """Tell whether the entry helps: by the needs that it names itself, or by its type where it names none."""
    if not want.need:
        return True
    if entry.values.needs:
        return want.need in entry.values.needs
    return entry.values.kind in KINDS_FOR[Need(want.need)]


def _rank(want: Want, entry: SupportEntryData, today: date) -> tuple[object, ...]:
    """Return what entries are sorted by, the smallest first."""
    values = entry.values
    return (
        _fit(want.stage, values.stages),
        _fit(want.size, values.sizes),
        _fit(want.language, values.languages),
        freshness_of(entry.seen_on, today) is not Freshness.FRESH,
        _STATES.index(state_of(values, today)),
        values.country == EU,
        not values.region,
        not entry.has_person,
        values.name.casefold(),
        str(entry.id),
    )


def _fit(wanted: str, there: tuple[str, ...]) -> int:
    """Return 0 for what is named, 1 for what is for all, 2 for what is for others."""
    if not there:
        return 1
    return 0 if wanted in there else 2
