"""Pure rules of the directory: what holds today, what is fresh, whose an entry is, and what follows an ended one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from .data import EU, EntryValues, Freshness, OfferState, Status, SupportArea, SupportEntryData

#: So long after somebody has looked, an entry asks to be verified; and so long, learners no longer see it.
VERIFY_AFTER = timedelta(days=180)
HIDE_AFTER = timedelta(days=365)

#: At whose midnight days of an entry begin and end; countries that are not here keep the time of Brussels.
ZONES: Mapping[str, str] = {
    "BG": "Europe/Sofia",
    "BY": "Europe/Minsk",
    "CY": "Asia/Nicosia",
    "EE": "Europe/Tallinn",
    "FI": "Europe/Helsinki",
    "GB": "Europe/London",
    "GR": "Europe/Athens",
    "IE": "Europe/Dublin",
    "IS": "Atlantic/Reykjavik",
    "LT": "Europe/Vilnius",
    "LV": "Europe/Riga",
    "MD": "Europe/Chisinau",
    "PT": "Europe/Lisbon",
    "RO": "Europe/Bucharest",
    "TR": "Europe/Istanbul",
    "UA": "Europe/Kyiv",
}
_USUAL_ZONE = "Europe/Brussels"


def today_in(country: str, now: datetime) -> date:
    """Return the day that it is in a country at a moment."""
    return now.astimezone(_zone(ZONES.get(country, _USUAL_ZONE))).date()


def days_now(now: datetime) -> dict[date, frozenset[str]]:
    """Return which other day it is, besides that of Brussels, in which countries; mostly in none."""
    usual, found = today_in("", now), dict[date, set[str]]()
    for country in ZONES:
        day = today_in(country, now)
        if day != usual:
            found.setdefault(day, set()).add(country)
    return {day: frozenset(countries) for day, countries in found.items()}


def state_of(values: EntryValues, today: date) -> OfferState:
    """Return what holds on a day.

    No end means open as long as nobody says otherwise; a day that has passed closes an entry and never ends it, because
    the next round may come.
    """
    if values.status == Status.ENDED:
        return OfferState.ENDED
    if values.valid_until is not None and values.valid_until < today:
        return OfferState.CLOSED
    if values.valid_from is not None and values.valid_from > today:
        return OfferState.LATER
    return OfferState(values.status)


def freshness_of(seen_on: date, today: date) -> Freshness:
    """Return whether it is long ago that somebody has looked: more than 180 days, or more than 365."""
    age = today - seen_on
    if age > HIDE_AFTER:
        return Freshness.STALE
    return Freshness.VERIFY if age > VERIFY_AFTER else Freshness.FRESH


def holds(area: SupportArea, entry: SupportArea) -> bool:
    """Tell whether who keeps the area may edit entries of another one: a country with all its regions, or one region.

    What holds in the whole European Union, and in a whole country, is nobody's who has less.
    """
    if area.country != entry.country:
        return False
    return not area.region or area.region.casefold() == entry.region.casefold()


def overlap(one: SupportArea, other: SupportArea) -> bool:
    """Tell whether an entry could be in both areas."""
    return holds(one, other) or holds(other, one)


def may_give(area: SupportArea, *, own: Collection[SupportArea], held: Collection[SupportArea]) -> bool:
    """Tell whether a coordinator may give an area to somebody.

    Their own one, or one that nobody keeps. What holds in the whole European Union all colleges share, so whoever runs
    the site gives that.

    Args:
        area: what would be given.
        own: what the coordinator keeps.
        held: what anybody keeps.
    """
    if area.country == EU:
        return False
    return any(holds(each, area) for each in own) or not any(overlap(each, area) for each in held)


def makes_ring(entry_id: object, successor_id: object, links: Mapping[object, Collection[object]]) -> bool:
    """Tell whether an entry would follow itself, over any number of others.

    Args:
        entry_id: what has ended.
        successor_id: what shall follow it.
        links: who follows whom already.
    """
    seen, left = set[object](), [successor_id]
    while left:
        here = left.pop()
        if here == entry_id:
            return True
        if here not in seen:
            seen.add(here)
            left.extend(links.get(here, ()))
    return False


def is_for_learners(entry: SupportEntryData, today: date) -> bool:
    """Tell whether learners find the entry in lists; its own address always shows it."""
    return freshness_of(entry.seen_on, today) is not Freshness.STALE


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
