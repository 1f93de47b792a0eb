"""Tables of entries: out and back unchanged, whole or not at all, and nothing is lost, doubled or overwritten."""

from __future__ import annotations

import io
from dataclasses import fields, replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import translation

from iciinsmes.lib.spreadsheet_file import spreadsheet_file
from iciinsmes.lib.table_files import csv_lines
from iciinsmes.support import api
from iciinsmes.support.checking import names
from iciinsmes.support.data import EntryValues
from iciinsmes.support.errors import TableHasProblems, UnknownImport, UnreadableEntries, WrongEntry
from iciinsmes.support.models import SupportEntry, SupportImport
from iciinsmes.support.table import CLEARS, read_day, table_rows
from tests.people import SME1
from tests.support.conftest import offer, reader, today

#: What spreadsheet programs like to damage.
HARD = {
    "contact_phone": "+49 30 12",
    "amount": "-5",
    "share": "030",
    "note": "=SUM(A1)\nand “more”; it's\t'quoted'",
    "benefit": "@home, fast",
    "provider": "'t Huis",
    "sizes": ("2-9", "10-49"),
    "stages": ("G1", "G2"),
    "needs": ("talk", "digital"),
    "languages": ("da", "de"),
    "given": "both",
    "trades": "Łódź Őry",
}


def send(editor, *, text="", content=b""):
    who = reader(editor)
    import_id = api.begin_import(reader=who, text=text, content=content)
    return api.import_here(reader=who, import_id=import_id)


def confirm(editor, data):
    api.confirm_import(reader=reader(editor), course_key=SME1, import_id=data.id)
    return api.import_here(reader=reader(editor), import_id=data.id)


def problems(data) -> list[tuple[int, str]]:
    return [(row.number, " ".join(row.problems)) for row in data.plan.rows if row.problems]


def exported(editor, kind="csv", language="en") -> bytes:
    rows = list(api.taken_out(reader=reader(editor), course_key=SME1, whole=False))
    if kind == "xlsx":
        return spreadsheet_file({"support": rows})
    with translation.override(language):
        return "".join(csv_lines(rows, comes_back=True)).encode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["en", "de"])
def test_what_is_taken_out_comes_back_unchanged(people, kind, language):
    days = {"valid_from": today() - timedelta(days=3), "valid_until": today() + timedelta(days=40)}
    made = offer(people.dora, checked=20, **HARD, **days)
    data = send(people.dora, content=exported(people.dora, kind, language))
    assert problems(data) == []
    assert (data.plan.new, data.plan.changed, len(data.plan.rows)) == (0, 0, 1)
    assert data.ignored == ()
    confirm(people.dora, data)
    assert api.entry_here(entry_id=made.id) == made


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_lost_entry_comes_back_with_all_it_had(people, kind):
    made = offer(people.dora, checked=20, **HARD)
    content = exported(people.dora, kind)
    SupportEntry.objects.all().delete()
    data = send(people.dora, content=content)
    assert problems(data) == []
    confirm(people.dora, data)
    there = api.entry_here(entry_id=made.id)
    note = " ".join(made.values.note.split())
    assert replace(there.values, note=" ".join(there.values.note.split())) == replace(made.values, note=note)
    assert there.last_checked == made.last_checked


def test_every_field_of_an_entry_has_its_column():
    heads = next(iter(table_rows([])))
    assert set(names()) == {each.name for each in fields(EntryValues)} <= set(heads)


def test_an_empty_cell_and_a_missing_column_keep_and_a_dash_clears(people):
    made = offer(people.dora, amount="much", share="half", note="Call first")
    text = f"id\trevision\tamount\tshare\n{made.id}\t{made.revision}\t\t{CLEARS}\n"
    data = confirm(people.dora, send(people.dora, text=text))
    assert data.report == {"new": 0, "changed": 1}
    values = api.entry_here(entry_id=made.id).values
    assert (values.amount, values.share, values.note, values.name) == ("much", "", "Call first", made.values.name)
    (line, _made) = api.history_of(entry_id=made.id)
    assert (line.action, line.changes) == ("imported", (("share", "half", ""),))


def test_rows_of_foreign_areas_and_the_union_are_refused_even_with_a_right_id(people):
    polish = offer(people.piotr, country="PL")
    union = offer(people.eva, country="EU")
    lines = [f"{each.id}\t1\tStolen\t" for each in (polish, union)] + ["\t\tNew\tPL", "\t\tNew too\tEU"]
    data = send(people.dora, text="id\trevision\tname\tcountry\n" + "\n".join(lines))
    assert [number for number, _text in problems(data)] == [2, 3, 4, 5]
    with pytest.raises(TableHasProblems):
        confirm(people.dora, data)
    assert not SupportEntry.objects.filter(name__in=("Stolen", "New", "New too")).exists()


def test_one_wrong_line_keeps_all_out(people):
    data = send(people.dora, text="name\tcountry\ttype of support\nGood\tDE\tloan\nBad\tDE\tmagic\n")
    assert [number for number, _text in problems(data)] == [3]
    with pytest.raises(TableHasProblems):
        confirm(people.dora, data)
    assert not SupportEntry.objects.exists()


def test_a_change_made_here_since_the_table_was_taken_out_is_a_conflict(people):
    made = offer(people.dora)
    content = exported(people.dora).replace(b"Somebody comes", b"Nobody comes")
    api.check_entry(reader=reader(people.dora), course_key=SME1, entry_id=made.id)
    data = send(people.dora, content=content)
    assert "taken out" in problems(data)[0][1]
    with pytest.raises(TableHasProblems):
        confirm(people.dora, data)


def test_a_change_between_the_preview_and_the_click_is_a_conflict_too(people):
    made = offer(people.dora)
    data = send(people.dora, content=exported(people.dora).replace(b"Somebody comes", b"Nobody comes"))
    assert problems(data) == []
    api.check_entry(reader=reader(people.dora), course_key=SME1, entry_id=made.id)
    with pytest.raises(TableHasProblems):
        confirm(people.dora, data)


def test_nothing_is_doubled_merged_or_deleted(people):
    offer(people.dora)
    offer(people.dora, name="Other")
    text = "name\tcountry\tkind\nchamber of kiel\tDE\tloan\nTwin\tDE\tloan\ntwin\tDE\tloan\n"
    assert [number for number, _text in problems(send(people.dora, text=text))] == [2, 4]
    data = send(people.dora, text="name\tcountry\tkind\nThird\tDE\tloan\n")
    for _click in range(2):
        done = confirm(people.dora, data)
    assert done.report == {"new": 1, "changed": 0}
    assert SupportEntry.objects.count() == 3


def test_headings_types_and_countries_are_understood_in_every_language(people):
    data = send(people.dora, text="name\tcountry\tkind\tneeds\tstatus\nA\tDeutschland\tLoan or guarantee\ttalk\topen\n")
    assert problems(data) == []
    values = data.plan.rows[0].values
    assert (values.country, values.kind, values.needs, values.status) == ("DE", "loan", ("talk",), "open")


def test_what_follows_an_entry_comes_with_the_table_and_a_ring_takes_all_back(people):
    text = "name\tcountry\tkind\tstatus\tsuccessors\nOld\tDE\tloan\tended\tNew\nNew\tDE\tloan\topen\t\n"
    confirm(people.dora, send(people.dora, text=text))
    old = SupportEntry.objects.get(name="Old")
    assert [name for _id, name in api.entry_here(entry_id=old.pk).successors] == ["New"]
    text = f"id\trevision\tsuccessors\n{SupportEntry.objects.get(name='New').pk}\t1\tOld\n"
    with pytest.raises(WrongEntry):
        confirm(people.dora, send(people.dora, text=text))
    text = "name\tcountry\tkind\tsuccessors\nLast\tDE\tloan\tNobody knows this\n"
    assert len(problems(send(people.dora, text=text))) == 1


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-03-01", (2026, 3, 1)),
        ("2026-03-01 00:00:00", (2026, 3, 1)),
        ("1.3.2026", (2026, 3, 1)),
        ("01/03/2026", (2026, 3, 1)),
        ("2026. 03. 01.", (2026, 3, 1)),
        ("2026-02-30", None),
        ("soon", None),
    ],
)
def test_days_are_read_as_many_programs_write_them(written, day):
    found = read_day(written)
    assert (None if found is None else (found.year, found.month, found.day)) == day


def test_nobody_has_checked_in_the_future_and_a_day_that_is_none_is_said(people):
    later = today() + timedelta(days=1)
    text = f"name\tcountry\tkind\tlast_checked\tvalid until\nA\tDE\tloan\t{later}\t\nB\tDE\tloan\t\tnever\n"
    assert [number for number, _text in problems(send(people.dora, text=text))] == [2, 3]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("", b""),
        ("  \n ", b""),
        ("colour\tsize\nred\t1", b""),
        ("name\tcountry\n", b""),
        ("name\tName of the offer\nA\tB", b""),
        ("", b"PK\x03\x04 no spreadsheet"),
        ("", b"%PDF-1.7"),
        ("x" * (2 * 1024 * 1024 + 1), b""),
    ],
)
def test_what_is_no_table_of_entries_says_so(people, text, content):
    with pytest.raises(UnreadableEntries):
        send(people.dora, text=text, content=content)


def test_a_table_is_its_senders_alone_and_an_id_that_is_none_is_said(people):
    data = send(people.dora, text="id\tname\tcountry\tkind\nabc\tA\tDE\tloan\n")
    assert "id" in problems(data)[0][1]
    with pytest.raises(UnknownImport):
        api.import_here(reader=reader(people.piotr), import_id=data.id)
    with pytest.raises(UnknownImport):
        confirm(people.piotr, data)
    api.cancel_import(reader=reader(people.piotr), import_id=data.id)
    assert SupportImport.objects.filter(pk=data.id).exists()
    with pytest.raises(UnknownImport):
        api.import_here(reader=reader(people.dora), import_id=uuid4())


def test_a_preview_of_many_lines_costs_what_one_line_costs(people, django_assert_num_queries):
    lines = "".join(f"Offer {number}\tDE\tloan\n" for number in range(300))
    data = send(people.dora, text=f"name\tcountry\tkind\n{lines}")
    who = reader(people.dora)
    # The table, and the names that are there; ids and successors are asked for only where the table names some.
    with django_assert_num_queries(2):
        api.import_here(reader=who, import_id=data.id)
    assert data.plan.new == 300


def test_an_example_that_a_table_checks_is_none_any_more(people):
    made = offer(people.dora)
    SupportEntry.objects.update(is_example=True)
    text = f"id\trevision\tlast_checked\tchecked_by\n{made.id}\t{made.revision}\t{today()}\tOffice 3\n"
    confirm(people.dora, send(people.dora, text=text))
    there = api.entry_here(entry_id=made.id)
    assert (there.is_example, there.checked_by, there.last_checked) == (False, "Office 3", today())


def test_a_table_by_the_browser_is_shown_first_and_brought_in_by_a_click(people, client):
    client.force_login(people.dora)
    upload = io.BytesIO("name;country;kind\nZażółć;DE;loan\n".encode("cp1250"))
    upload.name = "offers.csv"
    answer = client.post(reverse("iciinsmes:support-import", args=[SME1]), {"file": upload})
    assert answer.status_code == 302
    assert "Zażółć" in client.get(answer.url).content.decode()
    assert not SupportEntry.objects.exists()
    assert client.post(answer.url).status_code == 302
    assert SupportEntry.objects.get().name == "Zażółć"
    assert "New entries: 1" in client.get(answer.url).content.decode()
    taken = client.get(reverse("iciinsmes:support-out", args=[SME1, "csv"]))
    assert "Zażółć" in b"".join(taken.streaming_content).decode()
