"""Entries: searched, written, checked, ended and followed, by whoever keeps their area; and who has asked there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iciinsmes.audit_log.models import AuditLogEntry
from iciinsmes.companies import api as companies
from iciinsmes.companies.errors import UnknownPerson
from iciinsmes.support import api, retirement, searching
from iciinsmes.support.data import EntryValues, Filters, Freshness, Helped, OfferState, Status, SupportArea, Want
from iciinsmes.support.entries import new_row
from iciinsmes.support.errors import (
    AreaTaken,
    NotAllowedInDirectory,
    StaleSupportEntry,
    UnknownContact,
    UnknownEntry,
    WrongEntry,
)
from iciinsmes.support.models import SupportChange, SupportContact, SupportEditor, SupportEntry
from iciinsmes.support.referral import hits_for
from iciinsmes.support.rules import freshness_of, state_of, today_in
from iciinsmes.support.serializers import entries_of
from tests.people import SME1, person
from tests.support.conftest import aged, offer, reader, today


def found(*, for_learners=True, **filters) -> list[str]:
    page = api.find(filters=Filters(**filters), for_learners=for_learners)
    return [each.values.name for each in page.entries]


def change(editor, entry, *, following="", **values):
    return api.change_entry(
        reader=reader(editor),
        course_key=SME1,
        entry_id=entry.id,
        revision=entry.revision,
        values=replace(entry.values, **values),
        following=following,
    )


# Searching


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


# Writing


def test_editors_write_in_their_own_area_alone(people):
    with pytest.raises(WrongEntry) as wrong:
        offer(people.dora, country="PL")
    assert set(wrong.value.problems) == {"country"}
    with pytest.raises(WrongEntry):
        offer(people.dora, country="EU")
    with pytest.raises(WrongEntry):
        offer(people.anna)
    polish = offer(people.piotr, country="PL")
    with pytest.raises(NotAllowedInDirectory):
        change(people.dora, polish, name="Mine")
    with pytest.raises(NotAllowedInDirectory):
        api.check_entry(reader=reader(people.dora), course_key=SME1, entry_id=polish.id)
    german = offer(people.dora)
    with pytest.raises(WrongEntry):
        change(people.dora, german, country="PL")
    with pytest.raises(UnknownEntry):
        api.check_entry(reader=reader(people.dora), course_key=SME1, entry_id=uuid4())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "  "),
        ("kind", "magic"),
        ("status", "gone"),
        ("given", "gold"),
        ("sizes", ("7",)),
        ("stages", ("G9",)),
        ("needs", ("money",)),
        ("languages", ("German",)),
        ("url", "javascript:alert(1)"),
        ("source_url", "www.example.org"),
        ("contact_mail", "nobody"),
        ("valid_until", today() - timedelta(days=40_000)),
        ("note", "x" * 4_001),
        ("country", "XX"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(people, field, value):
    with pytest.raises(WrongEntry) as wrong:
        offer(people.dora, valid_from=today(), **{field: value})
    assert set(wrong.value.problems) == {field}


def test_each_change_is_kept_with_who_made_it_but_contacts_are_not_repeated(people):
    made = offer(people.dora)
    changed = change(people.dora, made, name="Chamber", contact_name="Ute Berg", contact_mail="ute@example.org")
    assert changed.revision == made.revision + 1
    line, first = api.history_of(entry_id=made.id)
    assert (first.action, line.action, line.author_id) == ("made", "changed", people.dora.pk)
    assert ("name", "Chamber of Kiel", "Chamber") in line.changes
    assert ("contact_name", "", "") in line.changes
    assert "ute" not in str(SupportChange.objects.values_list("changes", flat=True)).casefold()
    verbs = AuditLogEntry.objects.filter(actor=people.dora).values_list("verb", flat=True)
    assert {"support_entry_made", "support_entry_changed"} <= set(verbs)


def test_a_change_that_is_none_leaves_no_line_and_an_older_page_overwrites_nothing(people):
    made = offer(people.dora)
    assert change(people.dora, made).revision == made.revision
    change(people.dora, made, name="New")
    with pytest.raises(StaleSupportEntry):
        change(people.dora, made, name="Older")
    assert api.entry_here(entry_id=made.id).values.name == "New"


def test_checked_today_renews_the_day_once(people):
    made = offer(people.dora, checked=400)
    SupportEntry.objects.update(is_example=True)
    for _click in range(2):
        checked = api.check_entry(reader=reader(people.dora), course_key=SME1, entry_id=made.id)
    assert checked.last_checked == today()
    assert checked.checked_by == "Dora Stern"
    assert not checked.is_example
    assert freshness_of(checked.seen_on, today()) is Freshness.FRESH
    assert SupportChange.objects.filter(action="checked").count() == 1


def test_an_ended_entry_keeps_its_address_and_leads_to_what_follows_it(people):
    old, new, other = (offer(people.dora, name=name) for name in ("Digital Jetzt", "Centre", "Loan"))
    change(people.dora, old, status="ended", following="Centre\nLoan\n")
    there = api.entry_here(entry_id=old.id)
    assert [name for _id, name in there.successors] == ["Centre", "Loan"]
    with pytest.raises(WrongEntry) as wrong:
        change(people.dora, new, status="ended", following="Digital Jetzt")
    assert set(wrong.value.problems) == {"successors"}
    with pytest.raises(WrongEntry):
        change(people.dora, other, status="ended", following="Nobody knows this")
    change(people.dora, there, following="")
    assert api.entry_here(entry_id=old.id).successors == ()


# Areas


def test_coordinators_give_what_is_theirs_or_nobodys(people):
    api.give_area(reader=reader(people.dora), course_key=SME1, who="tea", area=SupportArea("DE", "Kiel"))
    api.give_area(reader=reader(people.dora), course_key=SME1, who="tea", area=SupportArea("DK"))
    assert reader(people.teacher).areas == (SupportArea("DE", "Kiel"), SupportArea("DK"))
    for area in (SupportArea("PL"), SupportArea("EU")):
        with pytest.raises(AreaTaken):
            api.give_area(reader=reader(people.dora), course_key=SME1, who="tea", area=area)
    with pytest.raises(NotAllowedInDirectory):
        api.give_area(reader=reader(people.teacher), course_key=SME1, who="anna", area=SupportArea("DE", "Kiel"))
    with pytest.raises(UnknownPerson):
        api.give_area(reader=reader(people.dora), course_key=SME1, who="nobody", area=SupportArea("DE"))
    assert offer(people.teacher, region="kiel").values.region == "kiel"
    with pytest.raises(WrongEntry):
        offer(people.teacher)


def test_an_area_is_taken_by_its_editor_by_who_holds_it_and_by_the_own_run(people):
    mine = SupportEditor.objects.get(user=people.piotr)
    with pytest.raises(NotAllowedInDirectory):
        api.take_area(reader=reader(people.teacher), course_key=SME1, editor_id=mine.pk)
    outside = person("outside")
    api.give_area_on_site(who="outside", area=SupportArea("SE"))
    foreign = SupportEditor.objects.get(user=outside)
    with pytest.raises(NotAllowedInDirectory):
        api.take_area(reader=reader(people.dora), course_key=SME1, editor_id=foreign.pk)
    api.take_area(reader=reader(outside), course_key=SME1, editor_id=foreign.pk)
    api.take_area(reader=reader(people.dora), course_key=SME1, editor_id=mine.pk)
    api.take_area(reader=reader(people.dora), course_key=SME1, editor_id=mine.pk)
    assert not SupportEditor.objects.filter(user__in=(outside, people.piotr)).exists()
    assert AuditLogEntry.objects.filter(verb="support_area_taken").count() == 2


def test_who_is_nobody_in_the_run_reads_nothing(people):
    with pytest.raises(NotAllowedInDirectory):
        reader(people.stranger)
    assert api.page_for(user_id=people.stranger.pk, course_key=SME1) == ""
    assert api.page_for(user_id=people.anna.pk, course_key=SME1)
    assert not reader(people.coach).learns


def test_the_coach_is_named_first_and_else_a_teacher_with_the_time_to_an_answer(people):
    adviser = api.adviser_of(reader=reader(people.anna), course_key=SME1)
    assert adviser is not None
    assert (adviser.name, adviser.is_coach, adviser.days) == ("Kirsten Dahlgaard", True, None)
    other = api.adviser_of(reader=reader(people.peer), course_key=SME1)
    assert other is not None
    assert (other.is_coach, other.days) == (False, 10)


# Examples


def test_examples_are_taken_over_once_for_the_own_area_and_marked(people):
    editor = reader(people.dora)
    assert all(each.values.country == "DE" for each in api.missing_examples(areas=editor.areas))
    count = api.take_examples(reader=editor, course_key=SME1)
    assert count > 5
    assert api.take_examples(reader=editor, course_key=SME1) == 0
    assert set(SupportEntry.objects.values_list("country", "is_example")) == {("DE", True)}
    assert not SupportEntry.objects.exclude(contact_name="").exists()
    ended = api.entry_here(entry_id=SupportEntry.objects.get(name="Digital Jetzt").pk)
    assert len(ended.successors) == 2


def test_a_command_takes_over_all_examples_and_gives_the_union(people, capsys):
    call_command("ici_support", "--examples", "--give", "eu", "--to", "tea")
    assert SupportArea("EU") in reader(people.teacher).areas
    assert {"EU", "DE", "DK", "PL", "HU", "BE", "LT"} <= set(api.countries_here())
    assert "edits EU." in capsys.readouterr().out
    for wrong in ([], ["--give", "XX", "--to", "tea"], ["--give", "DE", "--to", "nobody"]):
        with pytest.raises(CommandError):
            call_command("ici_support", *wrong)


# Contacts


def test_two_clicks_are_one_contact_and_colleagues_of_the_firm_see_it(people):
    entry = offer(people.dora)
    for _click in range(2):
        contact = api.log_contact(reader=reader(people.anna), course_key=SME1, entry_id=entry.id)
    assert SupportContact.objects.count() == 1
    assert [each.id for each in api.contacts_of(reader=reader(people.jonas), course_key=SME1)] == [contact.id]
    assert api.contacts_of(reader=reader(people.peer), course_key=SME1) == ()
    for user in (people.teacher, people.coach):
        with pytest.raises(NotAllowedInDirectory):
            api.log_contact(reader=reader(user), course_key=SME1, entry_id=entry.id)
    with pytest.raises(UnknownEntry):
        api.log_contact(reader=reader(people.anna), course_key=SME1, entry_id=uuid4())


def test_the_firm_says_what_came_of_it_and_nobody_else(people):
    entry = offer(people.dora)
    contact = api.log_contact(reader=reader(people.anna), course_key=SME1, entry_id=entry.id)
    place: dict[str, Any] = {"course_key": SME1, "contact_id": contact.id}
    with pytest.raises(UnknownContact):
        api.say_outcome(reader=reader(people.peer), **place, answered=True)
    api.say_outcome(reader=reader(people.jonas), **place, helped=Helped.PARTLY)
    (said,) = api.contacts_of(reader=reader(people.anna), course_key=SME1)
    assert (said.answered, said.helped) == (True, Helped.PARTLY)
    api.say_outcome(reader=reader(people.anna), **place, answered=False)
    (said,) = api.contacts_of(reader=reader(people.anna), course_key=SME1)
    assert (said.answered, said.helped) == (False, Helped.UNSAID)
    api.drop_contact(reader=reader(people.jonas), **place)
    assert SupportContact.objects.exists()
    api.drop_contact(reader=reader(people.anna), **place)
    assert not SupportContact.objects.exists()


def test_figures_count_what_was_noted_by_offer(people):
    first, second = offer(people.dora, name="First"), offer(people.dora, name="Second")
    for user, entry in ((people.anna, first), (people.peer, first), (people.jonas, second)):
        api.log_contact(reader=reader(user), course_key=SME1, entry_id=entry.id)
    row = SupportContact.objects.get(user=people.anna)
    api.say_outcome(reader=reader(people.anna), course_key=SME1, contact_id=row.pk, helped=Helped.YES)
    found = api.referrals_of(course_key=SME1)
    assert [(each.entry, each.contacted, each.answered, each.helped) for each in found] == [
        ("First", 2, 1, 1),
        ("Second", 1, 0, 0),
    ]


def test_contacts_follow_a_merged_firm(people):
    entry = offer(people.dora)
    api.log_contact(reader=reader(people.anna), course_key=SME1, entry_id=entry.id)
    companies.merge(gone_id=people.firm.id, kept_id=people.other.id, course_key=SME1, actor_id=people.dora.pk)
    assert SupportContact.objects.get().company_id == people.other.id
    assert len(api.contacts_of(reader=reader(people.peer), course_key=SME1)) == 1


# What is kept about people


def test_who_is_forgotten_leaves_the_firms_contact_and_the_entry_without_a_name(people):
    entry = offer(people.dora)
    api.log_contact(reader=reader(people.anna), course_key=SME1, entry_id=entry.id)
    api.check_entry(reader=reader(people.dora), course_key=SME1, entry_id=entry.id)
    retirement.forget_person(user_id=people.anna.pk)
    retirement.forget_person(user_id=people.dora.pk)
    row = SupportContact.objects.get()
    assert (row.user_id, row.company_id) == (None, people.firm.id)
    there = api.entry_here(entry_id=entry.id)
    assert (there.checked_by, there.last_checked) == ("", today())
    assert not SupportChange.objects.exclude(author=None).exists()
    assert api.areas_of(user_id=people.dora.pk) == ()


def test_contact_persons_go_from_what_nobody_has_checked_for_long(people):
    old, young = (
        offer(people.dora, name=name, contact_name="Ute Berg", contact_phone="+49 30 1") for name in ("Old", "Young")
    )
    aged(old, 800)
    before = datetime.now(UTC) - timedelta(days=730)
    assert retirement.expire_people(before=before, dry_run=True) == 1
    assert retirement.expire_people(before=before) == 1
    assert api.entry_here(entry_id=old.id).values.contact_phone == ""
    assert api.entry_here(entry_id=young.id).values.contact_name == "Ute Berg"


def test_histories_imports_and_contacts_end_with_their_time(people):
    entry = offer(people.dora)
    api.log_contact(reader=reader(people.anna), course_key=SME1, entry_id=entry.id)
    api.begin_import(reader=reader(people.dora), text="name\tcountry\nA\tDE\n")
    later = datetime.now(UTC) + timedelta(days=1)
    for expire in (retirement.expire_history, retirement.expire_imports, retirement.expire_contacts):
        assert expire(before=later, dry_run=True) == 1
        assert expire(before=later) == 1
        assert expire(before=later) == 0
