"""What is taken out of a site comes into another one as the same project, or not at all."""

from __future__ import annotations

import copy
import csv
import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from iciinsmes.companies import api as companies
from iciinsmes.projects import api
from iciinsmes.projects.data import Decider, GateVerdict, Kind
from iciinsmes.projects.days import today
from iciinsmes.projects.errors import NotAllowedInProject
from iciinsmes.projects.exchange import bundle
from iciinsmes.projects.exchange.reading import MOST_BYTES, BadFile
from iciinsmes.projects.models import Entry, GatePassage, Project
from tests.people import SME1
from tests.projects.conftest import CHARTER, CONTACT, KPI, change, enter, enter_with_file
from tests.projects.test_pages import signed_in, url


@pytest.fixture
def full(people, project):
    """The project with one of everything, its links, its history and its gates."""
    anna, jonas = people.anna, people.jonas
    enter(project, anna, Kind.CHARTER, CHARTER, sponsor="Owner")
    kpi = enter(project, anna, Kind.KPI, KPI)
    enter(project, jonas, Kind.READING, kpi=str(kpi.id), on="2026-11-01", value="-5.5", comment="=1+1")
    measure = enter(project, anna, Kind.MEASURE, title="Notes", person=jonas.pk, hours_planned="1:30", due="2026-12-01")
    change(project, jonas, measure, done=100)
    for day in (1, 2, 3):
        enter(project, anna, Kind.SPENT, on=f"2026-10-0{day}", hours="0:20", measure=str(measure.id), what="+49")
    contact = enter(project, jonas, Kind.CONTACT, CONTACT)
    other = enter(project, jonas, Kind.CONTACT, CONTACT, customer="C015", words="@home, they said")
    insight = enter(project, anna, Kind.INSIGHT, text="Days count.", sources=[str(contact.id), str(other.id)])
    enter(project, anna, Kind.IDEA, title="A promise", origin="customer", insight=str(insight.id), score="4.5")
    milestone = enter(project, anna, Kind.MILESTONE, title="First", due="2026-11-01")
    change(project, anna, milestone, due="2026-12-01")
    gone = enter(project, anna, Kind.DIARY, on="2026-10-01", text="By mistake.")
    who = {"project_id": project, "course_key": SME1}
    api.remove_entry(**who, user_id=anna.pk, entry_id=gone.id, revision=1)
    api.save_section(**who, user_id=anna.pk, section="results", text="Now {{kpi 1 now: 31 %}}.", revision=0)
    asked = api.ask_for_decision(**who, user_id=anna.pk)
    api.decide(
        request_id=asked.id, user_id=people.coach.pk, course_key=SME1, decider=Decider.OWNER, verdict=GateVerdict.GO
    )
    first = today()
    api.declare_pause(**who, user_id=anna.pk, first=first, last=first + timedelta(days=5), reason="Fair")
    talk = api.log_talk(
        **who, user_id=people.coach.pk, held_on=first, about="Talked", notes="Mine alone", agreements=["Call them"]
    )
    api.make_measure(talk_id=talk.id, user_id=people.coach.pk, course_key=SME1, number=0)
    return project


def _file(project):
    return api.project_as_json(project_id=project)


def _as_bytes(file):
    return json.dumps(file).encode()


def _bring(user, file):
    content = file if isinstance(file, bytes) else _as_bytes(file)
    return api.bring_in(user_id=user.pk, course_key=SME1, content=content)


def _without_place(file):
    return {key: value for key, value in file.items() if key != "company"}


def test_out_and_in_again_on_an_empty_site_is_the_same_project(people, full):
    file = _file(full)
    Project.objects.all().delete()
    made = _bring(people.peer, file)
    assert _without_place(_file(made.id)) == _without_place(file)
    assert (made.company_id, made.number, made.gate) == (people.other.id, 1, 1)
    assert GatePassage.objects.get().imported
    assert api.current_project(company_id=people.other.id).id == made.id
    assert {entry.author_label for entry in api.entries_of(project_id=made.id)} >= {"Anna Lindmoor", "Jonas Ahrwald"}
    assert "Mine alone" not in json.dumps(file)


def test_beside_the_first_everything_has_new_ids_and_the_same_links(people, full):
    file = _file(full)
    made = _bring(people.anna, file)
    assert made.number == 2
    again = _file(made.id)
    ids = {old["id"]: new["id"] for old, new in zip(file["entries"], again["entries"], strict=True)}
    assert not set(ids) & set(ids.values())
    text = json.dumps(_without_place(file))
    for name in ("requests", "talks"):
        ids |= {old["id"]: new["id"] for old, new in zip(file[name], again[name], strict=True)}
    for old, new in ids.items():
        text = text.replace(old, new)
    assert json.loads(text) == _without_place(again)
    assert _file(full) == file
    assert api.current_project(company_id=people.firm.id).id == full


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(codec="utf-8"), min_size=1, max_size=60).filter(str.strip),
            st.integers(0, 100),
            st.integers(0, 6_000),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_whatever_was_entered_comes_through(people, project, rows):
    Entry.objects.all().delete()
    for title, done, minutes in rows:
        if title.replace("\x00", "").strip():
            enter(project, people.anna, Kind.MEASURE, title=title, done=done, hours_planned=f"{minutes} min")
    file = _file(project)
    made = _bring(people.anna, file)
    assert [each["content"] for each in _file(made.id)["entries"]] == [each["content"] for each in file["entries"]]


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"", ""),
        (b"no json", ""),
        (b"[]", ""),
        (b"[" * 100_000, ""),
        (b"\xff\xfe", ""),
        (b'{"format": "other"}', ""),
        (b'{"format": "iciinsmes.project", "version": 9}', "version"),
        (b'{"format": "iciinsmes.project", "version": 1}', "entries"),
        (b'{"format": "iciinsmes.project", "version": 1, "x": "\\ud800"}', ""),
        (b"PK\x03\x04 no zip", ""),
        (b" " * (MOST_BYTES + 1), ""),
    ],
)
def test_what_is_no_project_is_refused(people, content, place):
    with pytest.raises(BadFile) as caught:
        _bring(people.anna, content)
    assert caught.value.place == place
    assert not Project.objects.exists()


def _changed(file, path, value):
    found = copy.deepcopy(file)
    *way, last = path
    here = found
    for step in way:
        here = here[step]
    here[last] = value
    return found


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (("entries", 0, "kind"), "poem", "entries 1 → kind"),
        (("entries", 0, "content", "title"), "", "entries 1 → content → title"),
        (("entries", 0, "content"), [], "entries 1 → content"),
        (("entries", 1, "content", "target"), "46", "entries 2 → content → target"),
        (("entries", 0, "created_at"), "yesterday", "entries 1 → created_at"),
        (("entries", 0, "created_at"), "0001-01-01T00:00:00+00:00", "entries 1 → created_at"),
        (("entries", 0, "revision"), True, "entries 1 → revision"),
        (("entries", 0, "id"), "1", "entries 1 → id"),
        (("entries", 2, "content", "kpi"), "00000000-0000-0000-0000-000000000000", "entries 3 → content → kpi"),
        (("entries", 3, "versions", 0, "revision"), 7, "entries 4 → versions 1 → revision"),
        (("entries", 3, "versions", 0, "content", "done"), 101, "entries 4 → versions 1 → content → done"),
        (("requests", 0, "state"), "open", "requests 1 → state"),
        (("requests", 0, "decisions", 0, "verdict"), "win", "requests 1 → decisions 1 → verdict"),
        (("requests", 0, "snapshot", "checklist", 0, "key"), "no such", "requests 1 → snapshot → checklist 1"),
        (
            ("requests", 0, "snapshot", "entries", 0, "content"),
            {},
            "requests 1 → snapshot → entries 1 → content → title",
        ),
        (("passages", 0, "gate"), 9, "passages 1 → gate"),
        (("passages", 0, "request"), "00000000-0000-0000-0000-000000000000", "passages 1 → request"),
        (("pauses", 0, "last_on"), "2020-01-01", "pauses 1 → last_on"),
        (("talks", 0, "agreements", 0, "measure"), "x", "talks 1 → agreements 1 → measure"),
        (("project", "title"), None, "project → title"),
        (("talks", 0, "written_at"), None, "talks 1 → written_at"),
    ],
)
def test_what_is_wrong_is_named_with_its_place_and_leaves_nothing(people, full, path, value, place):
    file = _changed(_file(full), path, value)
    with pytest.raises(BadFile) as caught:
        _bring(people.peer, file)
    assert caught.value.place == place
    assert caught.value.why
    assert Project.objects.count() == 1
    assert Entry.objects.exclude(project_id=full).count() == 0


def test_the_same_entry_twice_and_more_charters_than_one_are_refused(people, full):
    file = _file(full)
    file["entries"].append(file["entries"][0])
    with pytest.raises(BadFile):
        _bring(people.peer, file)
    file["entries"][-1] = {**file["entries"][0], "id": "0" * 31 + "1"}
    with pytest.raises(BadFile):
        _bring(people.peer, file)


def test_only_a_learner_brings_in_and_only_into_the_own_firm(people, full):
    for user in (people.coach, people.teacher, people.cora, people.stranger):
        with pytest.raises(NotAllowedInProject):
            _bring(user, _file(full))
    companies.leave_company(user_id=people.jonas.pk, course_key=SME1)
    with pytest.raises(NotAllowedInProject):
        _bring(people.jonas, _file(full))


def _tables(project, language):
    with translation.override(language):
        zipped = zipfile.ZipFile(api.write_bundle(project_id=project))
    found = {}
    for name in zipped.namelist():
        if name.endswith(".csv") and "/" not in name:
            text = zipped.read(name)
            assert text.startswith(b"\xef\xbb\xbf")
            sign = ";" if language == "de" else ","
            found[name.removesuffix(".csv")] = list(csv.reader(io.StringIO(text.decode("utf-8-sig")), delimiter=sign))
    return found, zipped


@pytest.mark.parametrize(
    ("language", "value", "score", "hours"), [("en", "-5.5", "4.5", "1.00"), ("de", "-5,5", "4,5", "1,00")]
)
def test_tables_open_right_in_every_language(people, full, language, value, score, hours):
    tables, _zipped = _tables(full, language)
    readings = [row for row in tables["reading"] if value in row]
    assert len(readings) == 1
    assert "'=1+1" in readings[0]
    assert "166\u00a0%" in readings[0]
    assert score in tables["idea"][1]
    assert hours in [row[1] for row in tables["project"]]
    assert [row[3:5] for row in tables["spent"][1:]] == [["0:20", "20"]] * 3
    assert tables["spent"][1][6] == "+49"
    assert "'@home, they said" in tables["contact"][2]
    assert tables["insight"][1][2] == "C014; C015"
    assert tables["measure"][1][3] == "Jonas Ahrwald"
    assert "Now 31 %." in tables["report"][1]
    assert len(tables["talks"]) == 2
    assert len({len(row) for rows in tables.values() for row in rows if rows is tables["measure"]}) == 1


def test_the_bundle_holds_the_file_that_comes_in_again(people, full):
    _tables_found, zipped = _tables(full, "en")
    assert json.loads(zipped.read("project.json")) == _file(full)
    made = _bring(people.peer, api.write_bundle(project_id=full).read())
    assert made.title == "Kitchens on the promised day"


def test_the_bundle_holds_an_excel_file_in_which_nothing_runs(people, full):
    enter(full, people.anna, Kind.CONTACT, CONTACT, words="=cmd|'/c calc'!A1\x0b")
    _found, zipped = _tables(full, "de")
    with zipfile.ZipFile(io.BytesIO(zipped.read("project.xlsx"))) as book:
        sheets = [etree.fromstring(book.read(name)) for name in book.namelist() if "/worksheets/" in name]
        names = {each.get("name") for each in etree.fromstring(book.read("xl/workbook.xml")).iter("{*}sheet")}
    assert names == set(_found)
    cells = [cell for sheet in sheets for cell in sheet.iter("{*}c")]
    assert not [cell for cell in cells if cell.find("{*}f") is not None]
    texts = {cell.findtext(".//{*}t") for cell in cells if cell.get("t") == "inlineStr"}
    assert {"=1+1", "@home, they said", "=cmd|'/c calc'!A1"} <= texts
    numbers = {cell.findtext("{*}v") for cell in cells if cell.get("t") is None}
    assert {"-5.5", "4.5"} <= numbers


def test_the_bundle_holds_the_files_and_says_which_have_no_room(people, full, monkeypatch):
    enter_with_file(full, people.anna, "late.csv", b"day;late\n1;2\n", on="2026-09-20")
    enter_with_file(full, people.jonas, "late.csv", b"day;late\n1;3\n", on="2026-09-20")
    _found, zipped = _tables(full, "en")
    first, second = (f"files/contact {number}, 2026-09-20, late.csv" for number in (4, 3))
    assert [row[0] for row in _found["contact"] if row[-3] == "Jonas Ahrwald" and "late.csv" in row] == ["4"]
    assert zipped.read(first) == b"day;late\n1;3\n"
    assert zipped.read(second) == b"day;late\n1;2\n"
    assert "README.txt" not in zipped.namelist()
    monkeypatch.setattr(bundle, "MOST_BYTES", 15)
    _found, zipped = _tables(full, "en")
    assert second not in zipped.namelist()
    assert zipped.read(first) == b"day;late\n1;3\n"
    assert "late.csv" in zipped.read("README.txt").decode()
    page = signed_in(people.anna).get(url(full, "project-exchange")).content.decode()
    assert "has no room in the bundle" in page


def test_a_bundle_that_unpacks_to_more_than_it_may_is_refused(people):
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("project.json", b" " * (MOST_BYTES + 10))
    with pytest.raises(BadFile):
        _bring(people.anna, found.getvalue())
