"""What people enter is kept with its author and every earlier version, and nobody overwrites unseen."""

from __future__ import annotations

from uuid import uuid4

import pytest

from iciinsmes.companies import api as companies
from iciinsmes.projects import api
from iciinsmes.projects.data import Kind
from iciinsmes.projects.errors import (
    NotAllowedInProject,
    StaleEntry,
    TooManyEntries,
    UnknownProject,
    UnknownProjectEntry,
    WrongContent,
)
from tests.people import SME1
from tests.projects.conftest import CHARTER, CONTACT, KPI, change, enter


def test_members_share_one_project_and_each_entry_keeps_its_author(people, project):
    assert api.open_project(user_id=people.jonas.pk, course_key=SME1).id == project
    enter(project, people.anna, Kind.DIARY, on="2026-10-01", text="We began.")
    enter(project, people.jonas, Kind.CONTACT, CONTACT)
    found = {entry.kind: entry.author_id for entry in api.entries_of(project_id=project)}
    assert found == {Kind.DIARY: people.anna.pk, Kind.CONTACT: people.jonas.pk}


def test_the_charter_names_the_project(people, project):
    enter(project, people.anna, Kind.CHARTER, CHARTER)
    assert api.open_project(user_id=people.anna.pk, course_key=SME1).title == "Kitchens on the promised day"
    with pytest.raises(TooManyEntries):
        enter(project, people.jonas, Kind.CHARTER, CHARTER)


def test_who_is_slower_sees_both_texts_and_loses_nothing(people, project):
    entry = enter(project, people.anna, Kind.DIARY, on="2026-10-01", text="We began.")
    changed = change(project, people.anna, entry, text="We began on Monday.")
    with pytest.raises(StaleEntry) as caught:
        change(project, people.jonas, entry, text="We began on Tuesday.")
    assert caught.value.entry.content["text"] == "We began on Monday."
    after = change(project, people.jonas, changed, text="We began on Tuesday.")
    versions = api.versions_of(project_id=project, entry_id=entry.id)
    assert [(each.content["text"], each.changed_by) for each in versions] == [
        ("We began.", people.anna.pk),
        ("We began on Monday.", people.anna.pk),
        ("We began on Tuesday.", people.jonas.pk),
    ]
    assert after.author_id == people.anna.pk


def test_saving_the_same_again_is_no_change(people, project):
    entry = enter(project, people.anna, Kind.DIARY, on="2026-10-01", text="We began.")
    assert change(project, people.jonas, entry).revision == 1


def test_what_a_device_sends_twice_is_entered_once(people, project):
    given = {"project_id": project, "user_id": people.anna.pk, "course_key": SME1, "kind": Kind.CONTACT}
    entry_id = uuid4()
    first = api.add_entry(**given, content=CONTACT, entry_id=entry_id)
    assert api.add_entry(**given, content=CONTACT, entry_id=entry_id) == first
    with pytest.raises(UnknownProjectEntry):
        api.add_entry(**{**given, "user_id": people.jonas.pk}, content=CONTACT, entry_id=entry_id)


def test_a_removed_entry_comes_back(people, project):
    entry = enter(project, people.anna, Kind.CONTACT, CONTACT)
    who = {"project_id": project, "user_id": people.jonas.pk, "course_key": SME1, "entry_id": entry.id}
    api.remove_entry(**who, revision=1)
    assert api.entries_of(project_id=project) == ()
    assert [each.id for each in api.removed_entries(project_id=project)] == [entry.id]
    back = api.bring_back_entry(**who)
    assert back.content == entry.content
    assert api.bring_back_entry(**who) == back


def test_a_milestone_remembers_when_it_was_planned_first(people, project):
    entry = enter(project, people.anna, Kind.MILESTONE, title="First kitchen", due="2026-11-01")
    later = change(project, people.anna, entry, due="2026-12-01")
    assert (later.content["original"], later.content["moved"]) == ("2026-11-01", 1)
    assert change(project, people.anna, later, title="The first kitchen").content["moved"] == 1


def test_customers_have_pseudonyms_and_contacts_are_masked(people, project):
    for name in ("Petra Müller", "petra@example.org", "0171 2345678"):
        with pytest.raises(WrongContent) as caught:
            enter(project, people.anna, Kind.CONTACT, CONTACT, customer=name)
        assert list(caught.value.errors) == ["customer"]
    entry = enter(project, people.anna, Kind.CONTACT, CONTACT, words="Call me: +49 171 2345678")
    assert "2345678" not in entry.content["words"]


@pytest.mark.parametrize(
    ("kind", "content", "wrong"),
    [
        (Kind.KPI, {**KPI, "target": "46"}, "target"),
        (Kind.KPI, {**KPI, "direction": "up"}, "target"),
        (Kind.KPI, {**KPI, "baseline": "many"}, "baseline"),
        (Kind.MEASURE, {"title": "Notes", "done": "101"}, "done"),
        (Kind.MEASURE, {"title": "Notes", "done": "10.5"}, "done"),
        (Kind.MEASURE, {"title": "Notes", "start": "2026-12-02", "due": "2026-12-01"}, "due"),
        (Kind.MEASURE, {"title": ""}, "title"),
        (Kind.MEASURE, {"title": "x" * 201}, "title"),
        (Kind.MILESTONE, {"title": "Kitchen", "due": "0206-01-01"}, "due"),
        (Kind.RISK, {"title": "Fire", "probability": "6", "impact": "1"}, "probability"),
        (Kind.SPENT, {"on": "2026-10-01"}, "hours"),
        (Kind.READING, {"kpi": str(uuid4()), "on": "2026-10-01", "value": "3"}, "kpi"),
        (Kind.IDEA, {"title": "Notes", "origin": "heaven"}, "origin"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(people, project, kind, content, wrong):
    with pytest.raises(WrongContent) as caught:
        enter(project, people.anna, kind, content)
    assert list(caught.value.errors) == [wrong]


def test_a_measure_belongs_to_somebody_of_the_firm_and_stays_with_who_leaves(people, project):
    with pytest.raises(WrongContent):
        enter(project, people.anna, Kind.MEASURE, title="Notes", person=people.peer.pk)
    entry = enter(project, people.anna, Kind.MEASURE, title="Notes", person=people.jonas.pk)
    companies.leave_company(user_id=people.jonas.pk, course_key=SME1)
    kept = change(project, people.anna, entry, done=50)
    assert kept.content["person"] == people.jonas.pk
    assert change(project, people.anna, kept, person=people.anna.pk).content["person"] == people.anna.pk


def test_nobody_else_gets_in(people, project):
    for user in (people.peer, people.stranger):
        with pytest.raises(UnknownProject):
            api.read_project(project_id=project, user_id=user.pk, course_key=SME1)
        with pytest.raises(UnknownProject):
            enter(project, user, Kind.CONTACT, CONTACT)
    for user in (people.coach, people.teacher):
        api.read_project(project_id=project, user_id=user.pk, course_key=SME1)
        with pytest.raises(NotAllowedInProject):
            enter(project, user, Kind.CONTACT, CONTACT)


def test_who_leaves_the_firm_has_written_and_reads_no_more(people, project):
    enter(project, people.jonas, Kind.CONTACT, CONTACT)
    companies.leave_company(user_id=people.jonas.pk, course_key=SME1)
    with pytest.raises(UnknownProject):
        api.read_project(project_id=project, user_id=people.jonas.pk, course_key=SME1)
    (entry,) = api.entries_of(project_id=project)
    assert entry.author_id == people.jonas.pk
