"""Forms of entries: what is typed is kept, read in the page's language, entered once, and never written over unseen."""

from __future__ import annotations

import json
import re
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from PIL import Image

from iciinsmes.companies import api as companies
from iciinsmes.projects import api
from iciinsmes.projects.data import Kind
from tests.people import SME1
from tests.projects.conftest import CHARTER, CONTACT, KPI, change, enter
from tests.projects.test_pages import signed_in, url


def entries(project, kind):
    return api.entries_of(project_id=project, kinds=[kind])


def in_german(client):
    client.cookies["django_language"] = "de"
    return client


def picture():
    image, content = Image.new("RGB", (40, 30), "red"), BytesIO()
    exif = image.getexif()
    exif[0x8825] = {1: "N", 2: (52.0, 31.0, 0.0), 3: "E", 4: (13.0, 24.0, 0.0)}
    image.save(content, "jpeg", exif=exif)
    return SimpleUploadedFile("late.jpg", content.getvalue(), content_type="image/jpeg")


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_form_that_takes_what_it_shows(people, project, kind):
    client = signed_in(people.anna)
    page = client.get(url(project, "project-entry-new", kind.value))
    assert page.status_code == 200
    assert 'name="entry_id"' in page.content.decode()


def test_decimals_are_read_in_german(people, project):
    kpi = enter(project, people.anna, Kind.KPI, KPI)
    client = in_german(signed_in(people.anna))
    new = url(project, "project-entry-new", "reading")
    typed = {"entry_id": str(uuid4()), "kpi": str(kpi.id), "on": "2026-10-01", "value": "2,5"}
    assert client.post(new, typed).status_code == 302
    (reading,) = entries(project, Kind.READING)
    assert reading.content["value"] == "2.5"
    with translation.override("de"):
        page = client.get(url(project, "project-entry", reading.id)).content.decode()
    assert 'value="2,5"' in page


def test_what_could_mean_two_things_is_asked_back_once(people, project):
    kpi = enter(project, people.anna, Kind.KPI, KPI)
    client = in_german(signed_in(people.anna))
    new = url(project, "project-entry-new", "reading")
    typed = {"entry_id": str(uuid4()), "kpi": str(kpi.id), "on": "2026-10-01", "value": "1.234"}
    page = client.post(new, typed)
    assert page.status_code == 422
    assert entries(project, Kind.READING) == ()
    assert "1.234" in page.content.decode()
    confirmed = re.search(r'name="confirmed" value="([^"]+)"', page.content.decode())
    assert confirmed is not None
    other = client.post(new, {**typed, "value": "2.345", "confirmed": confirmed[1]})
    assert other.status_code == 422
    assert client.post(new, {**typed, "confirmed": confirmed[1]}).status_code == 302
    (reading,) = entries(project, Kind.READING)
    assert reading.content["value"] == "1234"


def test_a_value_that_stands_is_not_asked_back_when_something_else_changes(people, project):
    kpi = enter(project, people.anna, Kind.KPI, {**KPI, "baseline": "1.234", "target": "0.5"})
    sent = {"name": "Other", "direction": "down", "baseline": "1.234", "target": "0.5", "revision": "1"}
    assert signed_in(people.anna).post(url(project, "project-entry", kpi.id), sent).status_code == 302


def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(people, project):
    client = signed_in(people.anna)
    sent = {"entry_id": str(uuid4()), "title": "Driver notes", "cost_planned": "many", "done": "140"}
    page = client.post(url(project, "project-entry-new", "measure"), sent)
    assert page.status_code == 422
    for words in ("Write a number.", 'value="Driver notes"', 'value="many"', 'value="140"', sent["entry_id"]):
        assert words in page.content.decode()


def test_saving_twice_enters_once(people, project):
    client = signed_in(people.anna)
    sent = {"entry_id": str(uuid4()), "text": "We began.", "on": "2026-10-01"}
    for _time in range(2):
        assert client.post(url(project, "project-entry-new", "diary"), sent).status_code == 302
    assert len(entries(project, Kind.DIARY)) == 1


def test_two_who_change_the_same_kpi_see_both_texts(people, project):
    kpi = enter(project, people.anna, Kind.KPI, KPI)
    change(project, people.anna, kpi, name="Late kitchens", source="ERP")
    client = signed_in(people.jonas)
    mine = {**KPI, "name": "Late orders", "revision": "1"}
    page = client.post(url(project, "project-entry", kpi.id), mine)
    text = page.content.decode()
    assert page.status_code == 409
    assert "Anna Lindmoor" in text
    for words in ("Late kitchens", "Late orders", "ERP", "Order book"):
        assert words in text
    # What Jonas has not touched is Anna's unless he says otherwise; what both changed is his.
    assert re.search(r'name="choose-source" value="theirs"\s+checked', text)
    assert re.search(r'name="choose-name" value="mine"\s+checked', text)
    chosen = {**mine, "revision": "2", "choose-name": "mine", "choose-source": "theirs"}
    assert client.post(url(project, "project-entry", kpi.id), chosen).status_code == 302
    (after,) = entries(project, Kind.KPI)
    assert (after.content["name"], after.content["source"]) == ("Late orders", "ERP")


def test_an_entry_is_removed_and_brought_back_with_its_history(people, project):
    entry = enter(project, people.anna, Kind.CONTACT, CONTACT)
    client = signed_in(people.jonas)
    gone = client.post(url(project, "project-entry-remove", entry.id), {"revision": "1"})
    assert "Bring it back" in client.get(gone["Location"]).content.decode()
    assert "C014" in client.get(url(project, "project-removed")).content.decode()
    client.post(url(project, "project-entry-back", entry.id))
    assert len(entries(project, Kind.CONTACT)) == 1
    (back,) = entries(project, Kind.CONTACT)
    change(project, people.jonas, back, words="Something else")
    page = client.get(url(project, "project-entry-history", entry.id)).content.decode()
    for words in ("Anna Lindmoor", "Jonas Ahrwald", "I took a day off", "Something else"):
        assert words in page


def test_what_was_changed_meanwhile_is_not_removed(people, project):
    entry = enter(project, people.anna, Kind.CONTACT, CONTACT)
    change(project, people.anna, entry, words="Something else")
    signed_in(people.jonas).post(url(project, "project-entry-remove", entry.id), {"revision": "1"})
    assert len(entries(project, Kind.CONTACT)) == 1


def test_a_photo_comes_with_the_words_and_without_its_place(people, project):
    client = signed_in(people.anna)
    sent = {**CONTACT, "entry_id": str(uuid4()), "files": picture()}
    assert client.post(url(project, "project-entry-new", "contact"), sent).status_code == 302
    (contact,) = entries(project, Kind.CONTACT)
    (file,) = contact.content["files"]
    where = f"/iciinsmes/evidence/{file}/late.jpg"
    answer = signed_in(people.jonas).get(where)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert not Image.open(BytesIO(content)).getexif().get_ifd(0x8825)
    assert signed_in(people.coach).get(where).status_code == 200
    assert signed_in(people.peer).get(where).status_code == 404


def test_a_file_comes_in_pieces_and_belongs_to_the_entry_once_it_is_saved(people, project):
    client, entry_id, content = signed_in(people.anna), uuid4(), b"day;late\n1;2\n"
    begun = client.post(
        url(project, "project-file-begin", entry_id), {"name": "late.csv", "size": len(content), "sha256": ""}
    ).json()
    client.post(f"{begun['urls']['chunk']}?offset=0", content, content_type="application/octet-stream")
    done = client.post(begun["urls"]["finish"]).json()
    assert "late.csv" in done["html"]
    client.post(url(project, "project-entry-new", "contact"), {**CONTACT, "entry_id": str(entry_id)})
    (contact,) = entries(project, Kind.CONTACT)
    assert contact.content["files"] == [done["id"]]
    other = signed_in(people.peer).post(url(project, "project-file-begin", entry_id), {"name": "x.csv", "size": 3})
    assert other.status_code == 404
    client.post(url(project, "project-file-remove", entry_id, done["id"]))
    assert api.files_of(project_id=project) == {}


@pytest.mark.parametrize("who", ["peer", "stranger", "coach", "teacher"])
def test_nobody_else_enters_or_changes_anything(people, project, who):
    entry = enter(project, people.anna, Kind.CONTACT, CONTACT)
    client = signed_in(getattr(people, who))
    assert client.post(url(project, "project-entry-new", "diary"), {"text": "x", "on": "2026-10-01"}).status_code == 404
    assert client.post(url(project, "project-entry", entry.id), {**CONTACT, "revision": "1"}).status_code == 404
    assert client.post(url(project, "project-entry-remove", entry.id), {"revision": "1"}).status_code == 404
    assert len(api.entries_of(project_id=project)) == 1


def test_who_has_left_the_firm_enters_nothing(people, project):
    companies.leave_company(user_id=people.jonas.pk, course_key=SME1)
    answer = signed_in(people.jonas).post(url(project, "project-entry-new", "diary"), {"text": "x", "on": "2026-10-01"})
    assert answer.status_code == 404


def test_a_device_gets_an_answer_that_it_understands(people, project):
    client = signed_in(people.anna)
    new = url(project, "project-entry-new", "contact")
    sent = {**CONTACT, "entry_id": str(uuid4()), "customer": "Petra Müller"}
    refused = client.post(new, sent, headers={"ICI-Queue": "1"})
    assert refused.status_code == 422
    assert list(json.loads(refused.content)["problems"]) == ["customer"]
    taken = client.post(new, {**sent, "customer": "C014"}, headers={"ICI-Queue": "1"})
    assert (taken.status_code, taken.json()["id"]) == (201, sent["entry_id"])


def test_what_one_person_kept_is_not_entered_by_another(people, project):
    client = signed_in(people.jonas)
    sent = {"entry_id": str(uuid4()), "text": "Anna's words", "on": "2026-10-01"}
    headers = {"ICI-Queue": "1", "ICI-Person": str(people.anna.pk)}
    answer = client.post(url(project, "project-entry-new", "diary"), sent, headers=headers)
    assert (answer.status_code, answer["ICI-Here"]) == (403, "other")
    assert api.entries_of(project_id=project) == ()


def test_the_charter_is_written_once(people, project):
    client = signed_in(people.anna)
    new = url(project, "project-entry-new", "charter")
    assert client.post(new, {**CHARTER, "entry_id": str(uuid4())}).status_code == 302
    again = signed_in(people.jonas).post(new, {**CHARTER, "entry_id": str(uuid4()), "goal": "Mine"})
    assert again.status_code == 422
    assert "Mine" in again.content.decode()
