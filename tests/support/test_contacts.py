"""Who has asked where, what came of it, and what is kept about people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from iciinsmes.companies import api as companies
from iciinsmes.support import api, retirement
from iciinsmes.support.data import Helped
from iciinsmes.support.errors import (
    NotAllowedInDirectory,
    UnknownContact,
    UnknownEntry,
)
from iciinsmes.support.models import SupportChange, SupportContact
from tests.people import SME1
from tests.support.conftest import aged, offer, reader, today


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
