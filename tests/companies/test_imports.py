"""Importing firms and members: preview, confirm, report, again."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from iciinsmes.companies import api
from iciinsmes.companies.errors import UnknownCompanyImport
from iciinsmes.companies.models import Company, CompanyImport, CompanyMembership, CompanyRun
from iciinsmes.platform import Role
from tests.campus.everybody import OTHER
from tests.people import SME1, person

HEAD = "company;country;region;trade;size;username;email;first_name;last_name\n"
TABLE = HEAD + (
    "Süd & Söhne;DE;Bonn;bakery;5;;;;\n"
    "Süd & Söhne;;;;;jonas;;Jonas;P\n"
    "TISCHLEREI  NORDLICHT;DE;;;;;ANNA@example.org;Anna;B\n"
    "Ny Firma;Denmark;;;12,5;;nobody@example.org;Bo;<b>\n"
    ";DE;;;;;;;\n"
)


def begin(owner, text: str, course_key=SME1):
    return api.begin_import(owner_id=owner.pk, course_key=course_key, content=text.encode())


def data(owner, import_id):
    return api.get_import(import_id=import_id, owner_id=owner.pk, course_key=SME1)


def confirm(owner, import_id):
    api.confirm_import(import_id=import_id, owner_id=owner.pk, course_key=SME1)
    return data(owner, import_id).report


def only(owner, text: str):
    """Return what is planned for a table of one line."""
    (planned,) = data(owner, begin(owner, HEAD + text + "\n")).plan.lines
    return planned


def test_the_preview_says_what_happens_and_stores_nothing(cora, jonas, nordlicht):
    plan = data(cora, begin(cora, TABLE)).plan
    assert [(line.line.number, line.company, line.member) for line in plan.lines] == [
        (2, "new", ""),
        (3, "known", "joins"),
        (4, "known", "is_member"),
        (5, "new", "no_account"),
        (6, "", ""),
    ]
    assert plan.lines[4].errors == ("Write the name of the firm.",)
    assert plan.lines[3].warnings == ("No account yet. Import again when the account has been created.",)
    assert Company.objects.count() == 1
    assert CompanyMembership.objects.count() == 1


def test_confirming_does_it_and_reports(cora, jonas, nordlicht):
    report = confirm(cora, begin(cora, TABLE))
    assert (report.companies, report.joined, report.unchanged) == (2, 1, 1)
    assert [(line.number, line.person) for line in report.no_account] == [(5, "Bo <b> (nobody@example.org)")]
    assert [(line.number, line.text) for line in report.skipped] == [(6, "Write the name of the firm.")]
    firm = api.company_of(user_id=jonas.pk, course_key=SME1)
    assert (firm.name, firm.country, firm.region, firm.size_class) == ("Süd & Söhne", "DE", "Bonn", "2-9")
    assert Company.objects.get(name="Ny Firma").size_class == "10-49"
    assert CompanyRun.objects.filter(course_key=SME1).count() == 3


def test_twice_is_once(cora, jonas, nordlicht):
    import_id = begin(cora, TABLE)
    confirm(cora, import_id)
    again = confirm(cora, import_id)
    assert again.companies == 2
    second = confirm(cora, begin(cora, TABLE))
    assert (second.companies, second.joined, second.unchanged) == (0, 0, 2)
    assert Company.objects.count() == 3
    assert CompanyMembership.objects.count() == 2


def test_the_plan_is_made_anew_when_it_is_confirmed(cora, anna, jonas, nordlicht):
    import_id = begin(cora, TABLE)
    api.join_company(company_id=nordlicht.id, user_id=jonas.pk, course_key=SME1)
    assert confirm(cora, import_id).joined == 0
    assert api.company_of(user_id=jonas.pk, course_key=SME1) == nordlicht


def test_the_lines_are_dropped_with_the_confirmation(cora, nordlicht):
    import_id = begin(cora, TABLE)
    confirm(cora, import_id)
    assert CompanyImport.objects.get(id=import_id).table["lines"] == []


def test_a_new_table_drops_the_one_before_and_old_ones_of_everybody(cora, db):
    first = begin(cora, TABLE)
    other = begin(person("otto", Role.COORDINATOR, OTHER), TABLE, OTHER)
    second = begin(cora, TABLE)
    assert set(CompanyImport.objects.values_list("id", flat=True)) == {other, second}
    with pytest.raises(UnknownCompanyImport):
        data(cora, first)
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        third = begin(cora, TABLE)
    assert list(CompanyImport.objects.values_list("id", flat=True)) == [third]


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("Nord;XX;;;;;;;", "Choose the country of the firm."),
        ("Nord;;;;;;;;", "Choose the country of the firm."),
        ("Nord;DE;;;250;;;;", "“250” is no size of a small firm. Write 1, 2-9, 10-49 or 50-249."),
        ("Nord;DE;;;;;;Anna;B", "Write a user name or a mail address, so that the person can be found."),
        ("Nord;DE;;;;;two@example.org;;", "Several accounts have this mail address. Use the user name."),
        ("Nord;DE;;;;cora;two@example.org;;", "User name and mail address belong to different accounts."),
        (f"{'x' * 201};DE;;;;;;;", "The name is too long: at most 200 characters."),
    ],
)
def test_errors_are_told_by_line(cora, line, error):
    person("one", email="two@example.org")
    person("two", email="two@example.org")
    assert only(cora, line).errors == (error,)


def test_a_firm_that_is_spelled_differently_is_pointed_out(cora, nordlicht):
    planned = only(cora, "Tischlerei Nordlicht GmbH;DE;;;;;;;")
    assert planned.company == "new"
    assert planned.warnings == ("Perhaps the same firm as “Tischlerei Nordlicht”, spelled differently.",)
    assert only(cora, "Tischlerei Nordlicht GmbH;DK;;;;;;;").warnings == ()


def test_lines_that_contradict_each_other_are_pointed_out(cora, jonas):
    text = HEAD + "A;DE;Bonn;;;jonas;;;\nA;DE;Kiel;;;;;;\nB;DE;;;;jonas;;;\n"
    lines = data(cora, begin(cora, text)).plan.lines
    assert lines[1].warnings == ("A line further up says something else about this firm. The first one counts.",)
    assert lines[2].errors == ("This person is in another firm further up in the table.",)


def test_nobody_is_taken_out_of_a_firm(cora, anna, nordlicht):
    planned = only(cora, "Süd;DE;;;;anna;;;")
    assert planned.member == "elsewhere"
    confirm(cora, begin(cora, HEAD + "Süd;DE;;;;anna;;;\n"))
    assert api.company_of(user_id=anna.pk, course_key=SME1) == nordlicht


def test_an_import_is_its_owners_and_its_runs(cora, as_user):
    import_id = begin(cora, TABLE)
    with pytest.raises(UnknownCompanyImport):
        data(person("clara", Role.COORDINATOR), import_id)
    with pytest.raises(UnknownCompanyImport):
        api.confirm_import(import_id=import_id, owner_id=cora.pk, course_key=OTHER)
    with pytest.raises(UnknownCompanyImport):
        confirm(cora, uuid4())


@pytest.mark.parametrize("number", [3, 400])
def test_queries_of_a_preview_do_not_grow(cora, number, django_assert_num_queries):
    for counter in range(5):
        person(f"p{counter}")
    text = HEAD + "".join(f"Firm {counter};DE;;;;p{counter};;;\n" for counter in range(number))
    import_id = begin(cora, text)
    with django_assert_num_queries(4):
        data(cora, import_id)


def url(name: str, *arguments: object) -> str:
    return reverse(f"iciinsmes:{name}", args=[SME1, *arguments])


def text_of(response) -> str:
    return response.content.decode()


def test_the_whole_way_in_the_browser(as_user, cora, jonas, nordlicht):
    browser = as_user(cora)
    assert "CSV file" in text_of(browser.get(url("firm-import")))
    upload = SimpleUploadedFile("firms.csv", TABLE.encode("cp1252"))
    response = browser.post(url("firm-import"), {"file": upload, "encoding": "auto"}, follow=True)
    page = text_of(response)
    assert "5 lines, letters read as Windows-1252, columns parted by semicolon." in page
    assert "Bo &lt;b&gt; (nobody@example.org)" in page
    assert "New firm." in page
    assert "Import the lines without errors" in page
    page = text_of(browser.post(response.request["PATH_INFO"], follow=True))
    assert "2 new firms" in page
    assert "1 person joined a firm" in page


def test_pasting_and_dropping(as_user, cora):
    browser = as_user(cora)
    response = browser.post(url("firm-import"), {"text": "company\tcountry\nNord\tDE"}, follow=True)
    assert "columns parted by tab" in text_of(response)
    import_id = CompanyImport.objects.get().id
    assert "Nothing was imported." in text_of(browser.post(url("firm-import-cancel", import_id), follow=True))
    assert browser.get(url("firm-import-preview", import_id)).status_code == 404
    assert not Company.objects.exists()


def test_what_cannot_be_read_is_told_and_stays(as_user, cora):
    response = as_user(cora).post(url("firm-import"), {"text": "<i>name"})
    assert response.status_code == 422
    assert "There is no column with the name" in text_of(response)
    assert "&lt;i&gt;name" in text_of(response)
    assert 'aria-invalid="true" aria-describedby="text-wrong"' in text_of(response)


def test_a_file_that_cannot_be_read_is_told_at_its_field_and_the_rest_stays(as_user, cora):
    sent = {"file": SimpleUploadedFile("firms.csv", b"nothing"), "encoding": "cp1250", "text": "company;country"}
    response = as_user(cora).post(url("firm-import"), sent)
    assert response.status_code == 422
    page = text_of(response)
    assert 'aria-describedby="file-hint file-wrong"' in page
    assert 'id="text-wrong"' not in page
    assert '<option value="cp1250" selected>' in page
    assert "company;country</textarea>" in page


def test_a_file_that_is_too_large_is_refused(as_user, cora):
    upload = SimpleUploadedFile("firms.csv", b"company\n" + b"x" * 3_000_000)
    assert "at most 2 MB" in text_of(as_user(cora).post(url("firm-import"), {"file": upload}))


def test_five_thousand_lines_are_imported(cora):
    text = HEAD + "".join(f"Firm {number};DE;;;;;p{number}@example.org;;\n" for number in range(5000))
    report = confirm(cora, begin(cora, text))
    assert (report.companies, len(report.no_account)) == (5000, 5000)
