"""Searching the directory: words, filters, states, and the three offers that fit best."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iciinsmes.support import api, searching
from iciinsmes.support.data import EntryValues, Filters, OfferState, Status, SupportArea, Want
from iciinsmes.support.entries import new_row
from iciinsmes.support.models import SupportEntry
from iciinsmes.support.referral import hits_for
from iciinsmes.support.rules import state_of, today_in
from iciinsmes.support.serializers import entries_of
from tests.people import SME1
from tests.support.conftest import offer, reader, today


def found(*, for_learners=True, **filters) -> list[str]:
    page = api.find(filters=Filters(**filters), for_learners=for_learners)
    return [each.values.name for each in page.entries]


def test_words_are_found_from_their_beginning_without_accents_and_in_old_names(people):
    offer(people.dora, name="Förderung für Bäcker", former_names="Digital Jetzt")
    offer(people.piotr, country="PL", name="Ścieżka SMART")
    assert found(text="forder") == ["Förderung für Bäcker"]
    assert found(text="digital JETZT") == ["Förderung für Bäcker"]
    assert found(text="sciezka") == ["Ścieżka SMART"]
    assert found(text="rderung") == []
    assert found(text="%_'\"") == found()


def test_a_country_shows_what_holds_in_the_whole_union_too_and_a_region_what_holds_in_the_country(people):
    offer(people.dora, name="A of Kiel", region="Kiel")
    offer(people.dora, name="B of Hamburg", region="Hamburg")
    offer(people.dora, name="C of Germany")
    offer(people.eva, name="D of the Union", country="EU")
    offer(people.piotr, name="E of Poland", country="PL")
    assert found(country="DE") == ["A of Kiel", "B of Hamburg", "C of Germany", "D of the Union"]
    assert found(country="DE", region="kiel") == ["A of Kiel", "C of Germany", "D of the Union"]


def test_empty_sizes_stages_and_languages_mean_all(people):
    offer(people.dora, name="All")
    offer(people.dora, name="Small", sizes=("2-9",), stages=("G1", "G2"), languages=("de",))
    assert found(size="10-49") == ["All"]
    assert found(size="2-9", stage="G2", language="de") == ["All", "Small"]
    assert found(stage="G3") == ["All"]


def test_learners_do_not_see_what_nobody_has_checked_for_a_year_and_editors_do(people):
    offer(people.dora, name="Old", checked=366)
    offer(people.dora, name="Young", checked=365)
    assert found() == ["Young"]
    assert found(for_learners=False) == ["Old", "Young"]
    assert [each.values.name for each in api.to_check(areas=[SupportArea("DE")])] == ["Old", "Young"]
    assert api.to_check(areas=[SupportArea("PL")]) == ()
    assert api.to_check(areas=[]) == ()


def test_what_has_ended_is_found_by_its_name_alone_at_any_age(people):
    offer(people.dora, name="Digital Jetzt", status="ended", checked=2_000)
    assert found() == []
    assert found(text="jetzt") == ["Digital Jetzt"]
    assert found(state="ended") == ["Digital Jetzt"]


def test_pages_follow_each_other_without_losing_namesakes(people):
    for number in range(7):
        offer(people.dora, name="Chamber", region=f"R{number}")
    seen, after = [], None
    for _page in range(9):
        page = api.find(filters=Filters(), after=after, limit=2)
        seen += [each.id for each in page.entries]
        after = page.next_after
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 7


@pytest.mark.django_db
@given(
    status=st.sampled_from(Status),
    since=st.none() | st.integers(-2, 2),
    until=st.none() | st.integers(-2, 2),
    country=st.sampled_from(["DE", "FI", "GB"]),
    hour=st.integers(0, 23),
)
def test_the_filter_by_state_says_what_the_rule_says_at_every_hour(status, since, until, country, hour):
    now = datetime(2026, 5, 10, hour, 30, tzinfo=UTC)
    days = [None if each is None else now.date() + timedelta(days=each) for each in (since, until)]
    values = EntryValues(
        country=country, kind="loan", name="x", status=status.value, valid_from=days[0], valid_until=days[1]
    )
    SupportEntry.objects.all().delete()
    new_row(values, found_on=now.date())
    holds = [
        state for state in OfferState if SupportEntry.objects.filter(searching._in_state(state.value, now)).exists()
    ]
    assert holds == [state_of(values, today_in(country, now))]


def test_a_search_costs_one_query_and_one_more_for_what_has_ended(people, django_assert_num_queries):
    for number in range(30):
        offer(people.dora, name=f"Chamber {number:02}", status="ended" if number == 3 else "open")
    with django_assert_num_queries(1):
        api.find(filters=Filters(country="DE", need="talk", stage="G1", size="2-9", language="de", state="open"))
    with django_assert_num_queries(2):
        api.find(filters=Filters(text="chamber"))
    with django_assert_num_queries(3):
        api.refer(want=Want(country="DE", size="2-9", need="talk", stage="G1", language="de"))


def test_a_referral_knows_the_firms_country_and_size(people):
    offer(people.dora, name="For one", sizes=("1",))
    offer(people.dora, name="For ten", sizes=("10-49",), contact_name="Ute Berg")
    offer(people.piotr, name="Polish", country="PL")
    want = api.want_of(reader=reader(people.anna), course_key=SME1, need="talk", stage="nonsense", language="de-at")
    assert want == Want(country="DE", region="Kiel", size="10-49", language="de", need="talk", stage="")
    assert [each.values.name for each in api.refer(want=want)] == ["For ten"]


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(data=st.data())
def test_the_database_finds_the_three_that_the_rule_finds_among_all(data):
    SupportEntry.objects.all().delete()
    some = st.sampled_from
    for number in range(data.draw(st.integers(0, 9))):
        days = data.draw(some([None, -1, 1]))
        values = EntryValues(
            country=data.draw(some(["DE", "PL", "EU"])),
            region=data.draw(some(["", "Kiel", "Hamburg"])),
            kind=data.draw(some(["chamber", "loan", "edih"])),
            name=f"Offer {number}",
            status=data.draw(some(Status)).value,
            sizes=data.draw(some([(), ("1",), ("2-9",)])),
            stages=data.draw(some([(), ("G1",), ("G7",)])),
            languages=data.draw(some([(), ("de",)])),
            needs=data.draw(some([(), ("digital",)])),
            contact_name=data.draw(some(["", "Ute Berg"])),
            valid_until=None if days is None else today() + timedelta(days=days),
        )
        new_row(values, found_on=today() - timedelta(days=data.draw(some([0, 200, 400]))))
    want = Want(
        country="DE",
        region=data.draw(some(["", "kiel"])),
        size=data.draw(some(["", "1"])),
        language="de",
        need=data.draw(some(["", "talk", "digital", "investment"])),
        stage=data.draw(some(["", "G1"])),
    )
    assert api.refer(want=want) == hits_for(want, entries_of(SupportEntry.objects.all()), today())
