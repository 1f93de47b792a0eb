"""What holds today, what is fresh, whose an entry is, and which three offers fit."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.support.data import (
    STAGES,
    EntryValues,
    Freshness,
    Need,
    OfferState,
    Status,
    SupportArea,
    SupportEntryData,
    SupportKind,
    Want,
)
from iciinsmes.support.referral import KINDS_FOR, MOST_HITS, hits_for
from iciinsmes.support.rules import (
    ZONES,
    days_now,
    freshness_of,
    holds,
    makes_ring,
    may_give,
    overlap,
    state_of,
    today_in,
)

TODAY = date(2026, 3, 15)
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def entry(number: int = 1, **values) -> SupportEntryData:
    """Return an offer that was checked today."""
    found = EntryValues(**{"country": "DE", "kind": "chamber", "name": f"Offer {number}", "status": "open", **values})
    return SupportEntryData(UUID(int=number), found, TODAY, TODAY)


@pytest.mark.parametrize(
    ("age", "fresh"),
    [
        (0, Freshness.FRESH),
        (180, Freshness.FRESH),
        (181, Freshness.VERIFY),
        (365, Freshness.VERIFY),
        (366, Freshness.STALE),
        (-3, Freshness.FRESH),
    ],
)
def test_an_entry_asks_to_be_verified_after_180_days_and_hides_after_365(age, fresh):
    assert freshness_of(TODAY - timedelta(days=age), TODAY) is fresh


def test_no_end_means_open_and_a_day_that_has_passed_closes_and_never_ends():
    assert state_of(entry().values, TODAY) is OfferState.OPEN
    assert state_of(entry(valid_until=TODAY).values, TODAY) is OfferState.OPEN
    assert state_of(entry(valid_until=TODAY - timedelta(days=1)).values, TODAY) is OfferState.CLOSED
    assert state_of(entry(status="window", valid_until=TODAY - timedelta(days=1)).values, TODAY) is OfferState.CLOSED


def test_what_begins_later_says_so_also_where_it_is_closed_now():
    later = TODAY + timedelta(days=1)
    assert state_of(entry(valid_from=later).values, TODAY) is OfferState.LATER
    assert state_of(entry(status="closed", valid_from=later).values, TODAY) is OfferState.LATER
    assert state_of(entry(status="closed").values, TODAY) is OfferState.CLOSED


@given(status=st.sampled_from(Status), since=st.none() | DAYS, until=st.none() | DAYS, today=DAYS)
def test_what_has_ended_stays_ended_and_nothing_ends_by_a_day(status, since, until, today):
    found = state_of(EntryValues(status=status.value, valid_from=since, valid_until=until), today)
    assert (found is OfferState.ENDED) == (status is Status.ENDED)


def test_a_day_changes_at_midnight_of_the_entrys_country():
    late = datetime(2026, 1, 31, 22, 30, tzinfo=UTC)
    assert today_in("DE", late) == date(2026, 1, 31)
    assert today_in("FI", late) == date(2026, 2, 1)
    assert "FI" in days_now(late)[date(2026, 2, 1)]
    assert days_now(datetime(2026, 1, 31, 12, tzinfo=UTC)) == {}


@given(at=st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))
def test_other_days_are_told_for_exactly_the_countries_that_have_them(at):
    usual, others = today_in("", at), days_now(at)
    for country in (*ZONES, "DE"):
        day = next((day for day, countries in others.items() if country in countries), usual)
        assert day == today_in(country, at)


def test_a_country_holds_its_regions_and_a_region_only_itself():
    assert holds(SupportArea("DE"), SupportArea("DE", "Hamburg"))
    assert holds(SupportArea("DE", "hamburg"), SupportArea("DE", "Hamburg"))
    assert not holds(SupportArea("DE", "Hamburg"), SupportArea("DE"))
    assert not holds(SupportArea("DE"), SupportArea("EU"))
    assert not holds(SupportArea("EU"), SupportArea("DE"))
    assert overlap(SupportArea("DE", "Hamburg"), SupportArea("DE"))


def test_a_coordinator_gives_the_own_area_or_one_that_nobody_keeps_and_never_the_union():
    germany = [SupportArea("DE")]
    assert may_give(SupportArea("DE", "Hamburg"), own=germany, held=germany)
    assert may_give(SupportArea("PL"), own=[], held=germany)
    assert not may_give(SupportArea("DE"), own=[], held=[SupportArea("DE", "Hamburg")])
    assert not may_give(SupportArea("DE", "Hamburg"), own=[], held=germany)
    assert not may_give(SupportArea("EU"), own=[SupportArea("EU")], held=[])


def test_a_ring_of_successors_is_found_over_others():
    links: dict[object, list[object]] = {"b": ["c"], "c": ["a"]}
    assert makes_ring("a", "b", links)
    assert makes_ring("a", "a", {})
    assert not makes_ring("a", "b", {"b": ["c"], "c": ["b"]})


# Referral


def names(hits) -> list[str]:
    return [each.values.name for each in hits]


def test_every_need_has_types_and_every_type_helps_with_something():
    assert set(KINDS_FOR) == set(Need)
    assert {kind for kinds in KINDS_FOR.values() for kind in kinds} == set(SupportKind)


def test_types_of_the_need_are_shown_and_needs_that_an_entry_names_go_before_its_type():
    found = [entry(1, kind="edih"), entry(2, kind="loan"), entry(3, kind="loan", needs=("digital",))]
    assert names(hits_for(Want(need="digital"), found, TODAY)) == ["Offer 1", "Offer 3"]
    assert names(hits_for(Want(need="investment"), found, TODAY)) == ["Offer 2"]


def test_stage_goes_before_size_size_before_language_language_before_freshness():
    want = Want(need="talk", stage="G1", size="2-9", language="de")
    old = replace(entry(5), last_checked=TODAY - timedelta(days=200))
    found = [
        old,
        entry(4),
        entry(3, languages=("de",)),
        entry(2, sizes=("2-9",)),
        entry(1, stages=("G1",)),
    ]
    assert names(hits_for(want, found, TODAY)) == ["Offer 1", "Offer 2", "Offer 3"]
    assert names(hits_for(want, [old, entry(4)], TODAY)) == ["Offer 4", "Offer 5"]


def test_what_the_firm_cannot_have_is_left_out():
    want = Want(country="DE", region="Kiel", size="10-49", need="talk")
    gone = [
        entry(1, country="DK"),
        entry(2, region="Hamburg"),
        entry(3, sizes=("1",)),
        entry(4, status="closed"),
        entry(5, status="ended"),
        entry(6, valid_until=TODAY - timedelta(days=1)),
        replace(entry(7), last_checked=TODAY - timedelta(days=366)),
    ]
    assert hits_for(want, gone, TODAY) == ()
    assert names(hits_for(want, [*gone, entry(8, country="EU"), entry(9, region="kiel")], TODAY)) == [
        "Offer 9",
        "Offer 8",
    ]


def test_one_of_three_has_a_person_if_there_is_any():
    machines = [entry(number, kind="loan") for number in range(1, 5)]
    adviser = entry(9, kind="chamber", contact_name="Ute Berg")
    assert names(hits_for(Want(need="investment"), [*machines, adviser], TODAY)) == ["Offer 1", "Offer 2", "Offer 9"]
    banker = entry(8, kind="loan", contact_name="Jan Voss", stages=("G8",))
    want = Want(need="investment", stage="G4")
    assert names(hits_for(want, [*machines, adviser, banker], TODAY)) == ["Offer 1", "Offer 2", "Offer 8"]


@st.composite
def offers(draw) -> list[SupportEntryData]:
    """Offers of two countries and the Union, of any kind."""
    count = draw(st.integers(0, 12))
    return [
        entry(
            number + 1,
            country=draw(st.sampled_from(["DE", "PL", "EU"])),
            kind=draw(st.sampled_from([kind.value for kind in SupportKind])),
            status=draw(st.sampled_from([status.value for status in Status])),
            sizes=tuple(draw(st.sets(st.sampled_from(["1", "2-9"])))),
            stages=tuple(draw(st.sets(st.sampled_from(STAGES), max_size=2))),
            contact_name=draw(st.sampled_from(["", "Ute Berg"])),
        )
        for number in range(count)
    ]


@given(found=offers(), need=st.sampled_from(["", *(need.value for need in Need)]), size=st.sampled_from(["", "1"]))
def test_there_are_never_more_than_three_none_twice_and_a_person_whenever_one_could_be_asked(found, need, size):
    want = Want(country="DE", need=need, size=size, stage="G2")
    hits = hits_for(want, found, TODAY)
    assert len(hits) <= MOST_HITS
    assert len({each.id for each in hits}) == len(hits)
    assert all(each.values.country in ("DE", "EU") and each.values.status not in ("ended", "closed") for each in hits)
    asked = [
        each
        for each in found
        if each.has_person
        and each.values.country in ("DE", "EU")
        and each.values.status not in ("ended", "closed")
        and (not size or not each.values.sizes or size in each.values.sizes)
        and each.values.kind in ("chamber", "een")
    ]
    if asked:
        assert any(each.has_person for each in hits)
    assert hits == hits_for(want, list(reversed(found)), TODAY)
