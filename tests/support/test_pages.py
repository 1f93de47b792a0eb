"""The pages: a need on a phone, an offer, the directory, the editors' pages, who may what, and what a page costs."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from iciinsmes.audit_log.models import AuditLogEntry
from iciinsmes.platform import Role
from iciinsmes.projects import api as projects
from iciinsmes.projects.data import Decider, GateVerdict
from iciinsmes.self_check import places
from iciinsmes.support import api
from iciinsmes.support.data import SupportArea
from iciinsmes.support.models import SupportContact, SupportEditor, SupportEntry
from tests.people import SME1, person
from tests.support.conftest import offer, reader

NASTY = "<script>alert(1)</script>"


@pytest.fixture
def anna(client, people):
    """Anna's browser."""
    client.force_login(people.anna)
    return client


@pytest.fixture
def dora(client, people):
    """Dora's browser."""
    client.force_login(people.dora)
    return client


def url(name: str, *more) -> str:
    return reverse(f"iciinsmes:{name}", args=[SME1, *more])


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode()))


def fields(entry=None, **values) -> dict:
    """Return what the form of an entry sends."""
    found = {"name": "New offer", "country": "DE", "kind": "loan", "status": "open", **values}
    return {**found, "revision": entry.revision} if entry else found


# Learners


def test_a_need_leads_to_three_offers_with_the_caution_and_the_coach(people, anna):
    for number in range(5):
        offer(people.dora, name=f"Hub {number}", kind="edih")
    offer(people.dora, name="Adviser", contact_name="Ute Berg", answers_in="two days")
    page = text(anna.get(url("support"), {"need": "digital"}))
    assert len(re.findall(r"Hub \d", page)) == 2
    assert "Ute Berg" in page
    assert "answers within two days" in page
    assert "Kirsten Dahlgaard" in page
    assert "Apply before the project starts" in page
    assert "No advice on state aid is given" in page


def test_nonsense_in_the_address_asks_for_nothing(people, anna):
    offer(people.dora)
    assert anna.get(url("support"), {"need": "gold\x00", "stage": "G99"}).status_code == 200
    nonsense = dict.fromkeys(("q", "country", "region", "kind", "need", "stage", "size", "state"), "x\x00" * 400)
    assert anna.get(url("support-directory"), nonsense).status_code == 200
    assert anna.get(url("support-directory"), {"after": "a", "id": "1"}).status_code == 200
    assert anna.get(url("support-entry", uuid4())).status_code == 404


def test_the_directory_begins_with_the_firms_country_and_finds_old_names(people, anna):
    old = offer(people.dora, name="Digital Jetzt", status="ended")
    offer(people.dora, name="Chamber")
    offer(people.piotr, name="Izba", country="PL")
    page = text(anna.get(url("support-directory")))
    assert "Chamber" in page
    assert "Izba" not in page
    assert "Digital Jetzt" not in page
    assert "Izba" in text(anna.get(url("support-directory"), {"country": ""}))
    found = anna.get(url("support-directory"), {"q": "digital jetzt", "country": ""}).content.decode()
    assert url("support-entry", old.id) in found


def test_the_next_page_keeps_what_was_asked_for(people, anna):
    for number in range(25):
        offer(people.dora, name=f"Chamber {number:02}")
    page = anna.get(url("support-directory"), {"q": "chamber", "country": "DE"}).content.decode()
    link = re.search(r'href="(\?[^"]*after=[^"]*)"', page)[1].replace("&amp;", "&")
    second = text(anna.get(url("support-directory") + link))
    assert "Chamber 24" in second
    assert "Chamber 19" not in second


def test_what_editors_write_is_shown_as_text(people, anna):
    made = offer(people.dora, name=NASTY, benefit=NASTY, note=NASTY, contact_name=NASTY, amount=NASTY)
    for address in (url("support-entry", made.id), url("support"), url("support-directory")):
        assert NASTY not in anna.get(address).content.decode()


def test_a_contact_is_noted_asked_about_and_taken_back_by_clicks(people, anna):
    made = offer(people.dora)
    for _click in range(2):
        assert anna.post(url("support-contacted", made.id)).status_code == 302
    contact = SupportContact.objects.get()
    assert "Did you get an answer?" in text(anna.get(url("support")))
    anna.post(url("support-outcome", contact.pk), {"said": "answered"})
    assert "Did it help?" in text(anna.get(url("support-entry", made.id)))
    back = anna.post(url("support-outcome", contact.pk), {"said": "yes", "back": url("support-directory")})
    assert back.url == url("support-directory")
    contact.refresh_from_db()
    assert (contact.answered, contact.helped) == (True, "yes")
    away = anna.post(url("support-outcome", contact.pk), {"said": "no", "back": "https://evil.example/"})
    assert away.url == url("support")
    anna.post(url("support-outcome", contact.pk), {"said": "nonsense"})
    anna.post(url("support-outcome", contact.pk), {"said": "drop"})
    assert not SupportContact.objects.exists()


def test_another_firm_neither_sees_nor_answers(people, client):
    made = offer(people.dora)
    contact = api.log_contact(reader=reader(people.anna), course_key=SME1, entry_id=made.id)
    client.force_login(people.peer)
    assert "Did you get an answer?" not in text(client.get(url("support-entry", made.id)))
    assert client.post(url("support-outcome", contact.id), {"said": "yes"}).status_code == 404


def test_pages_cost_the_same_with_one_offer_and_with_many(people, anna, django_assert_max_num_queries):
    for number in range(40):
        offer(people.dora, name=f"Chamber {number:02}", status="ended" if number == 7 else "open")
    anna.get(url("support"))
    with django_assert_max_num_queries(20):
        anna.get(url("support"), {"need": "talk"})
    with django_assert_max_num_queries(16):
        anna.get(url("support-directory"), {"q": "chamber", "country": "DE"})


# Ways from other rooms


def test_advice_of_the_self_check_and_the_project_lead_to_the_directory(people, client):
    address = places.address_of(code="SD", user_id=people.anna.pk, course_key=SME1)
    assert address == url("support")
    assert places.address_of(code="SD", user_id=people.stranger.pk, course_key=SME1) == ""
    client.force_login(people.anna)
    project = projects.open_project(user_id=people.anna.pk, course_key=SME1)
    page = client.get(reverse("iciinsmes:project", args=[SME1, project.id])).content.decode()
    assert url("support") in page


@pytest.mark.parametrize("gate", [0, 1, 2])
def test_the_caution_stands_at_the_first_gate_and_not_when_it_is_too_late(people, client, gate):
    client.force_login(people.anna)
    project = projects.open_project(user_id=people.anna.pk, course_key=SME1)
    who: dict[str, Any] = {"project_id": project.id, "user_id": people.anna.pk, "course_key": SME1}
    for _passed in range(gate):
        asked = projects.ask_for_decision(**who, has_owner=False)
        said: dict[str, Any] = {"decider": Decider.COACH, "verdict": GateVerdict.GO, "reason": "Yes"}
        projects.decide(request_id=asked.id, user_id=people.coach.pk, course_key=SME1, **said)
    page = text(client.get(reverse("iciinsmes:project-part", args=[SME1, project.id, "gates"])))
    assert ("Apply before the project starts" in page) == (gate == 1)


def test_the_stage_of_the_firms_project_sorts_what_fits(people):
    projects.open_project(user_id=people.anna.pk, course_key=SME1)
    offer(people.dora, name="A later one", stages=("G7",))
    offer(people.dora, name="B for the start", stages=("G0",))
    want = api.want_of(reader=reader(people.anna), course_key=SME1)
    assert want.stage == "G0"
    assert [each.values.name for each in api.refer(want=want)] == ["B for the start", "A later one"]


# Editors


def test_who_edits_nothing_reads_the_desk_and_reaches_no_form(people, client):
    made = offer(people.dora)
    client.force_login(people.teacher)
    assert "You read all entries and edit none" in text(client.get(url("support-desk")))
    for name, more in (("support-new", []), ("support-edit", [made.id]), ("support-import", [])):
        assert client.get(url(name, *more)).status_code == 404
    assert client.post(url("support-checked", made.id)).status_code == 404
    assert client.get(url("support-history", made.id)).status_code == 200
    client.force_login(people.anna)
    assert client.get(url("support-desk")).status_code == 404
    assert client.get(url("support-history", made.id)).status_code == 404
    assert client.get(url("support-out", "csv")).status_code == 404


def test_an_editor_of_another_country_cannot_change_an_entry_by_its_address(people, client):
    made = offer(people.dora)
    client.force_login(people.piotr)
    assert client.get(url("support-edit", made.id)).status_code == 404
    assert client.post(url("support-edit", made.id), fields(made)).status_code == 404
    assert client.post(url("support-checked", made.id)).status_code == 404
    assert client.post(url("support-new"), fields()).status_code == 422


def test_an_offer_is_written_changed_and_checked(people, dora):
    answer = dora.post(url("support-new"), fields(sizes=["1", "2-9"], stages=["G1"], valid_until="2031-05-01"))
    assert answer.status_code == 302
    row = SupportEntry.objects.get()
    assert (row.sizes, row.stages, row.valid_until.year) == (" 1 2-9 ", " G1 ", 2031)
    page = dora.get(url("support-edit", row.pk)).content.decode()
    assert 'value="2031-05-01"' in page
    entry = api.entry_here(entry_id=row.pk)
    assert dora.post(url("support-edit", row.pk), fields(entry, name="Renamed")).status_code == 302
    stale = dora.post(url("support-edit", row.pk), fields(entry, name="Too late"))
    assert stale.status_code == 409
    assert 'value="Too late"' in stale.content.decode()
    assert dora.post(url("support-checked", row.pk)).status_code == 302
    history = text(dora.get(url("support-history", row.pk)))
    assert "Renamed" in history
    assert "Dora Stern" in history


def test_what_is_wrong_is_said_at_its_field_and_stays_typed(people, dora):
    answer = dora.post(url("support-new"), fields(name="", url="example.org", valid_from="someday"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="someday"' in page
    assert 'id="id-valid_from-wrong"' in page
    again = dora.post(url("support-new"), fields(name="", url="example.org")).content.decode()
    assert 'id="id-name-wrong"' in again
    assert 'value="example.org"' in again
    assert not SupportEntry.objects.exists()


def test_examples_wait_on_the_desk_until_they_are_taken_over(people, dora):
    assert "example" in text(dora.get(url("support-desk")))
    dora.post(url("support-examples"))
    page = text(dora.get(url("support-desk")))
    assert "ZIM" in page
    assert "Take the examples over" not in page
    assert AuditLogEntry.objects.filter(verb="support_examples_taken").count() == 1


def test_a_coordinator_gives_and_takes_a_region(people, dora):
    given = {"who": "tea", "country": "DE", "region": "Kiel"}
    assert dora.post(url("support-editors"), given).status_code == 302
    row = SupportEditor.objects.get(user=people.teacher)
    assert dora.post(url("support-editors"), {**given, "country": "PL"}).status_code == 422
    assert dora.post(url("support-editors"), {**given, "country": "EU"}).status_code == 422
    nobody = dora.post(url("support-editors"), {**given, "who": NASTY})
    assert nobody.status_code == 422
    assert NASTY not in nobody.content.decode()
    assert "Kiel" in text(dora.get(url("support-editors")))
    assert dora.post(url("support-editor-take", row.pk)).status_code == 302
    assert dora.post(url("support-editor-take", row.pk)).status_code == 302
    assert not SupportEditor.objects.filter(user=people.teacher).exists()


def test_an_editor_without_a_role_in_the_run_reaches_the_desk(people, client):
    person("guest")
    api.give_area_on_site(who="guest", area=SupportArea("SE"))
    client.force_login(SupportEditor.objects.get(country="SE").user)
    assert client.get(url("support-desk")).status_code == 200
    assert client.get(url("support-new")).status_code == 200


def test_staff_see_which_offers_help_and_what_leaves_hides_small_groups(people, client):
    made, rare = offer(people.dora), offer(people.dora, name="Rare")
    for number in range(12):
        user = person(f"learner{number}", Role.LEARNER)
        contact = api.log_contact(reader=reader(user), course_key=SME1, entry_id=made.id)
        if number < 6:
            api.say_outcome(reader=reader(user), course_key=SME1, contact_id=contact.id, answered=True)
    api.log_contact(reader=reader(people.anna), course_key=SME1, entry_id=rare.id)
    client.force_login(people.teacher)
    report = reverse("iciinsmes:desk-report", args=[SME1, "support"])
    page = text(client.get(report))
    assert re.search(r"Rare .{0,60} 1 0 0", page)
    file = b"".join(client.get(report, {"as": "csv"}).streaming_content).decode()
    rows = {line.split(",")[0]: line.strip().split(",") for line in file.splitlines()}
    assert rows["Rare"][2:] == ["hidden", "hidden", "hidden"]
    client.force_login(people.anna)
    assert client.get(report).status_code == 404
