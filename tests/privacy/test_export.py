"""The zip: everything of the person, nobody else in it, safe names, a text in the reader's language."""

from __future__ import annotations

import json
import uuid
import zipfile
from typing import Any

import pytest
from django.core.files.storage import storages
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.audit_log import api as audit_log
from iciinsmes.audit_log.models import AuditLogEntry
from iciinsmes.evidence.models import EvidenceFile
from iciinsmes.lib.archives import MAX_NAME, safe_name
from iciinsmes.lib.personal_data import sources
from iciinsmes.privacy import api as privacy
from tests.people import SME1

from .conftest import OTHER
from .deeds import CANARY
from .traces import traces_of


def contents(person: Any, **more: Any) -> dict[str, bytes]:
    archive = privacy.export(**{"user_id": person.pk, "asked_by": person.pk, "language": "en", **more})
    with archive, zipfile.ZipFile(archive) as unpacked:
        assert unpacked.testzip() is None
        return {name: unpacked.read(name) for name in unpacked.namelist()}


def tables(person: Any, room: str, **more: Any) -> Any:
    return json.loads(contents(person, **more)[f"{room}.json"])


@pytest.mark.django_db
def test_it_has_one_json_a_room_the_files_and_a_text(everything):
    found = contents(everything["anna"])
    assert set(found) == {
        "README.txt",
        f"files/{CANARY}.csv",
        f"files/{CANARY} 1.csv",
        "files/plan.csv",
        "files/plan (2).csv",
        *(f"{source.name}.json" for source in sources()),
    }
    assert found[f"files/{CANARY}.csv"] == CANARY.encode()
    text = found["README.txt"].decode()
    assert "Annegret Quellbrunn" in text
    assert all(f"{source.name}.json" in text for source in sources())


@pytest.mark.django_db
def test_it_has_what_the_person_wrote_and_was_told(everything):
    works = tables(everything["anna"], "assignments")
    assert sorted(work["state"] for work in works["works"]) == ["draft", "passed"]
    (handed_in,) = works["rounds"]
    assert handed_in["answers"]["remark"] == CANARY
    assert handed_in["result"]["feedback"] == f"{CANARY} well done"
    assert handed_in["result"]["points"] == {"Completeness": "2", "Finding": "3"}
    firms = tables(everything["anna"], "companies")
    assert [row["firm"] for row in firms["memberships"]] == ["Werkstatt"]
    assert [row["firm"] for row in firms["coached"]] == ["Werkstatt"]
    assert len(firms["imports"]) == 1
    assert len(tables(everything["anna"], "review")["assessments_written"]) == 3
    exercises = tables(everything["anna"], "exercises")
    assert [row["title"] for row in exercises["data_sets"]] == [CANARY]
    assert exercises["exercise_attempts"][0]["answers"]["words"] == CANARY
    assert exercises["tool_results"][0]["result"]["n"] == 3
    assert [row["complete"] for row in tables(everything["anna"], "evidence")["files"]] == [True, False, True, True]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["anna", "bo", "tea", "cora"])
def test_nobody_else_is_in_it(everything, name):
    text = b"\n".join(contents(everything[name]).values()).decode().casefold()
    others = [person for other, person in everything.items() if other != name]
    assert [trace for person in others for trace in traces_of(person) if trace.casefold() in text] == []


@pytest.mark.django_db
def test_one_course_run_only(everything):
    found = contents(everything["anna"], course_key=OTHER)
    assert CANARY not in b"\n".join(found.values()).decode()
    assert "Course: course-v1:ICI+OTHER+2026" in found["README.txt"].decode()
    assert CANARY in b"\n".join(contents(everything["anna"], course_key=SME1).values()).decode()


@pytest.mark.django_db
def test_files_of_one_name_are_both_in_it_and_names_are_safe(everything):
    row = EvidenceFile.objects.get(state="stored", subject_kind="work")
    for name in (f"{CANARY}.CSV", "../../etc/passwd", "con.csv"):
        row.pk, row.name = uuid.uuid4(), name
        row.save(force_insert=True)
    names = sorted(name for name in contents(everything["anna"]) if name.startswith("files/") and " 1." not in name)
    own = ["files/_con.csv", f"files/{CANARY} (2).CSV", f"files/{CANARY}.csv", "files/passwd"]
    assert names == [*own, "files/plan (2).csv", "files/plan.csv"]


@pytest.mark.django_db
def test_a_file_that_is_gone_is_told_and_the_rest_is_there(everything):
    row = EvidenceFile.objects.get(state="stored", subject_kind="work")
    storages["iciinsmes"].delete(row.storage_name)
    found = contents(everything["anna"])
    assert "could not be read any more" in found["README.txt"].decode()
    assert "assignments.json" in found


@pytest.mark.django_db
def test_an_empty_person_gets_an_empty_zip(people):
    found = contents(people["stranger"])
    assert json.loads(found["evidence.json"]) == {"files": [], "items": []}


@pytest.mark.django_db
def test_many_rows_are_read_one_after_the_other(people, django_assert_num_queries):
    anna = people["anna"]
    contents(anna)
    for length in (1, 300):
        rows = [AuditLogEntry(course_key=SME1, verb="work_opened", person=anna, subject="x") for _row in range(length)]
        AuditLogEntry.objects.bulk_create(rows)
        with django_assert_num_queries(63):  # one for each table
            contents(anna, course_key=SME1)


@pytest.mark.django_db
def test_the_trail_tells_who_has_got_it(everything):
    contents(everything["anna"], asked_by=everything["cora"].pk, course_key=SME1)
    (entry,) = audit_log.page_of(course_key=SME1, verb="data_exported").entries
    assert (entry.actor_id, entry.person_id) == (everything["cora"].pk, everything["anna"].pk)


NAMES = st.text(max_size=300) | st.sampled_from(
    ["", ".", "..", "/", "con", "NUL.txt", "a/b\\c.csv", "x" * 400 + ".pdf"]
)


@given(name=NAMES, others=st.lists(NAMES, max_size=4))
def test_names_are_safe_whatever_they_were(name, others):
    taken: set[str] = set()
    for each in (*others, name):
        safe = safe_name(each, taken)
        assert safe.lower() not in taken
        taken.add(safe.lower())
        assert 0 < len(safe) <= MAX_NAME
        assert not set(safe) & set('/\\:*?"<>|\x00\n\r')
        assert safe.strip(" .") == safe
        assert safe.split(".")[0].lower() not in {"con", "nul", "aux", "prn"}


def test_letters_and_extensions_stay():
    assert safe_name("Pod Dębem: równość.pdf", ()) == "Pod Dębem_ równość.pdf"
    assert safe_name("x" * 300 + ".jpeg", ()).endswith("x.jpeg")
