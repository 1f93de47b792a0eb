"""Finding entries: a page of the directory by filters, one entry, and what may fit a need."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, Q, When
from django.utils import timezone

from iciinsmes.lib.folding import words_of
from iciinsmes.lib.paging import page_of

from .data import EU, DirectoryPage, Filters, Need, OfferState, Status, SupportArea, SupportEntryData, Want
from .errors import UnknownEntry
from .models import SupportEntry
from .referral import KINDS_FOR, MOST_HITS, hits_for
from .rules import HIDE_AFTER, VERIFY_AFTER, days_now, today_in
from .serializers import entries_of

PAGE_SIZE = 20
#: Nobody types more words, and each is a condition.
_MOST_WORDS = 6
#: Editors see the oldest of what they have to check; the list shrinks while they do.
_MOST_TO_CHECK = 50


def find(
    *, filters: Filters, for_learners: bool = True, after: tuple[str, str] | None = None, limit: int = PAGE_SIZE
) -> DirectoryPage:
    """Return a page of entries by name, in one query, and one more where one has ended.

    What has ended is found by its name and by its state, and stands in no other list. Learners do not see what nobody
    has checked for more than a year.

    Args:
        filters: what they are narrowed to.
        for_learners: whether a learner reads them.
        after: where the page before ended.
        limit: entries on a page.
    """
    now = timezone.now()
    rows = SupportEntry.objects.filter(_narrowed(filters, now))
    if for_learners:
        rows = rows.filter(_seen_lately(now) | Q(status=Status.ENDED.value))
    if not filters.text and filters.state != OfferState.ENDED:
        rows = rows.exclude(status=Status.ENDED.value)
    found, is_more = page_of(rows, "name", "id", after=_place(after), limit=limit)
    last = (found[-1].name, str(found[-1].pk)) if is_more else None
    return DirectoryPage(entries_of(found), last)


def entry_here(*, entry_id: UUID) -> SupportEntryData:
    """Return an entry, in one query, and one more if it has ended.

    Raises:
        UnknownEntry: there is none.
    """
    found = entries_of(SupportEntry.objects.filter(pk=entry_id))
    if not found:
        raise UnknownEntry
    return found[0]


def refer(*, want: Want) -> tuple[SupportEntryData, ...]:
    """Return at most three offers that fit, the best first; see `referral.hits_for`. Two queries, however many fit.

    The database hands out the first few in the order of that rule, and the first few with a person, so that a country
    with thousands of offers costs what one with ten costs.
    """
    now = timezone.now()
    rows = SupportEntry.objects.filter(_seen_lately(now), _is_open(now))
    if want.country:
        rows = rows.filter(country__in=(want.country, EU))
    if want.region:
        rows = rows.filter(Q(region="") | Q(region__iexact=want.region))
    if want.size:
        rows = rows.filter(_any_or("sizes", want.size))
    fitting = _helps(want.need) if want.need else Q()
    doors = Q(kind__in=[kind.value for kind in KINDS_FOR[Need.TALK]])
    rows = rows.order_by(*_by_rank(want, now))
    best = list(rows.filter(fitting)[:MOST_HITS])
    if not any(row.contact_name for row in best):
        named = rows.exclude(contact_name="")
        best += named.filter(fitting)[:1] or named.filter(doors)[:1]
    return hits_for(want, entries_of(best), today_in(want.country, now))


def countries_here() -> tuple[str, ...]:
    """Return the countries of which there are entries, in one query."""
    return tuple(SupportEntry.objects.order_by("country").values_list("country", flat=True).distinct())


def to_check(*, areas: Collection[SupportArea]) -> tuple[SupportEntryData, ...]:
    """Return what somebody has to check of these areas, the oldest first: examples, and what is older than 180 days."""
    if not areas:
        return ()
    old = Q(seen_on__lt=today_in("", timezone.now()) - VERIFY_AFTER) | Q(is_example=True)
    rows = SupportEntry.objects.filter(in_areas(areas)).filter(old).exclude(status=Status.ENDED.value)
    return entries_of(rows.order_by("seen_on", "name", "id")[:_MOST_TO_CHECK])


def in_areas(areas: Collection[SupportArea]) -> Q:
    """Return the condition that an entry is in one of the areas."""
    found = Q(pk__in=[])
    for area in areas:
        found |= Q(country=area.country, region__iexact=area.region) if area.region else Q(country=area.country)
    return found


def _narrowed(filters: Filters, now: datetime) -> Q:
    found = Q()
    for word in words_of(filters.text)[:_MOST_WORDS]:
        found &= Q(words__contains=f" {word}")
    if filters.country:
        # What holds in the whole Union holds in each of its countries.
        found &= Q(country__in=(filters.country, EU))
    if filters.region:
        found &= Q(region="") | Q(region__iexact=filters.region)
    if filters.kind:
        found &= Q(kind=filters.kind)
    if filters.need:
        found &= _helps(filters.need)
    for column, value in (("stages", filters.stage), ("sizes", filters.size), ("languages", filters.language)):
        if value:
            found &= _any_or(column, value)
    return found & _in_state(filters.state, now) if filters.state else found


def _helps(need: str) -> Q:
    kinds = [kind.value for kind in KINDS_FOR[Need(need)]]
    return Q(needs__contains=f" {need} ") | Q(needs="", kind__in=kinds)


def _any_or(column: str, value: str) -> Q:
    return Q(**{column: ""}) | Q(**{f"{column}__contains": f" {value} "})


def _in_state(state: str, now: datetime) -> Q:
    """Return `rules.state_of` as a condition; each entry's day is that of its country."""
    ended, past, later = Q(status=Status.ENDED.value), _by_day("valid_until__lt", now), _by_day("valid_from__gt", now)
    if state == OfferState.ENDED:
        return ended
    if state == OfferState.CLOSED:
        return ~ended & (past | Q(status=Status.CLOSED.value) & ~later)
    if state == OfferState.LATER:
        return ~ended & ~past & later
    return Q(status=state) & ~past & ~later


def _is_open(now: datetime) -> Q:
    """Return the condition that an offer may be had now or later, or that nobody knows."""
    past, later = _by_day("valid_until__lt", now), _by_day("valid_from__gt", now)
    return ~Q(status=Status.ENDED.value) & ~past & (~Q(status=Status.CLOSED.value) | later)


def _by_rank(want: Want, now: datetime) -> tuple[Case | str, ...]:
    """Return the order of `referral.hits_for` for the database."""
    verify = today_in("", now) - VERIFY_AFTER
    states = (
        When(_by_day("valid_from__gt", now), then=3),
        When(status=Status.OPEN.value, then=0),
        When(status=Status.WINDOW.value, then=1),
    )
    return (
        _fit("stages", want.stage),
        _fit("sizes", want.size),
        _fit("languages", want.language),
        Case(When(seen_on__gte=verify, then=0), default=1),
        Case(*states, default=2),
        Case(When(country=EU, then=1), default=0),
        Case(When(region="", then=1), default=0),
        Case(When(contact_name="", then=1), default=0),
        "name",
        "id",
    )


def _fit(column: str, value: str) -> Case:
    named = [When(**{f"{column}__contains": f" {value} "}, then=0)] if value else []
    return Case(*named, When(**{column: ""}, then=1), default=2)


def _by_day(condition: str, now: datetime) -> Q:
    """Return the condition on the day of each entry's country; never unknown, so that it can be turned round."""
    others = days_now(now)
    elsewhere = [country for countries in others.values() for country in countries]
    found = Q(**{condition: today_in("", now)}) & ~Q(country__in=elsewhere)
    for day, countries in others.items():
        found |= Q(**{condition: day}, country__in=countries)
    column = condition.partition("__")[0]
    return Q(**{f"{column}__isnull": False}) & found


def _seen_lately(now: datetime) -> Q:
    first: date = today_in("", now) - HIDE_AFTER
    return Q(seen_on__gte=first)


def _place(after: tuple[str, str] | None) -> tuple[str, UUID] | None:
    return None if after is None else (after[0], UUID(after[1]))
