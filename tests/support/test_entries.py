"""Entries: written, checked, ended and followed by whoever keeps their area; areas, and examples to begin with."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from iciinsmes.audit_log.models import AuditLogEntry
from iciinsmes.companies.errors import UnknownPerson
from iciinsmes.support import api
from iciinsmes.support.data import Freshness, SupportArea
from iciinsmes.support.errors import (
    AreaTaken,
    NotAllowedInDirectory,
    StaleSupportEntry,
    UnknownEntry,
    WrongEntry,
)
from iciinsmes.support.models import SupportChange, SupportEditor, SupportEntry
from iciinsmes.support.rules import freshness_of
from tests.people import SME1, person
from tests.support.conftest import offer, reader, today


def change(editor, entry, *, following="", **values):
    return api.change_entry(
        reader=reader(editor),
        course_key=SME1,
        entry_id=entry.id,
        revision=entry.revision,
        values=replace(entry.values, **values),
        following=following,
    )


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
