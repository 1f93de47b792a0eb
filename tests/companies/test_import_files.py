"""Lists of firms as programs write them: the letters of a text file, and spreadsheets."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from iciinsmes.companies import api
from tests.people import SME1, person

from .conftest import begin, data, is_clear, lines

GERMAN = "Firma;Land\nMüller & Söhne;DE\nBäckerei Jäger, Größe;DE\n"
DANISH = "Virksomhed;Land\nSmørrebrød på Ærø;DK\nÅrhus Træ;DK\n"
POLISH = "Firma;Kraj\nPiekarnia Pod Dębem, żółta;PL\nŚwięta Źródło ćma;PL\n"
HUNGARIAN = "Cég;Ország\nSzőke Szűcs öv;HU\nTűzőgép Üzem;HU\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (text, encoding)
        for text, encodings in {
            GERMAN: "cp1252 cp1250 mac_roman cp850 cp852 utf-8 utf-16 utf-16-le utf-8-sig iso-8859-1",
            DANISH: "cp1252 mac_roman cp850 utf-8 utf-16",
            POLISH: "cp1250 mac_latin2 cp852 iso-8859-2 utf-8 utf-16",
            HUNGARIAN: "cp1250 mac_latin2 cp852 iso-8859-2 utf-8 utf-16",
        }.items()
        for encoding in encodings.split()
    ],
)
@pytest.mark.parametrize("newline", ["\r", "\r\n", "\n"])
def test_letters_of_windows_mac_and_dos_are_found_out(cora, text, encoding, newline):
    planned = lines(cora, text.replace("\n", newline).encode(encoding))
    assert [line.line.company for line in planned] == [row.split(";")[0] for row in text.splitlines()[1:]]
    assert all(is_clear(line) for line in planned)


@pytest.mark.parametrize(
    ("name", "meant", "other"),
    [
        ("Müller", "mac_roman", "cp1250"),
        ("Æbler", "cp1252", "cp1250"),
    ],
)
def test_letters_that_can_mean_two_things_are_shown_and_asked(cora, as_user, name, meant, other):
    content = f"Firma;Land\n{name};DE\nHolz;DE\n".encode(meant)
    import_id = begin(cora, content)
    first, second = data(cora, import_id).plan.lines
    assert first.errors
    assert is_clear(second)
    browser = as_user(cora)
    address = reverse("iciinsmes:firm-import-preview", args=[SME1, import_id])
    page = browser.get(address).content.decode()
    assert name in page
    assert name.encode(meant).decode(other) in page
    browser.post(address, {"reading": meant})
    first, _second = data(cora, import_id).plan.lines
    assert (first.line.company, first.errors) == (name, ())
    browser.post(address)
    assert {firm.company.name for firm in api.company_page(course_key=SME1).rows} == {name, "Holz"}


def test_letters_that_nobody_has_chosen_are_not_imported(cora, as_user):
    import_id = begin(cora, "Firma;Land\nÆbler;DK\nHolz;DE\n".encode("cp1252"))
    as_user(cora).post(reverse("iciinsmes:firm-import-preview", args=[SME1, import_id]))
    assert [firm.company.name for firm in api.company_page(course_key=SME1).rows] == ["Holz"]
    assert [line.number for line in data(cora, import_id).report.skipped] == [2]


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850", "cp1252", "cp1250"])
def test_letters_that_were_chosen_count(cora, encoding):
    (line,) = lines(cora, "Firma;Land\nMüller;DE\n".encode(encoding), encoding)
    assert (line.line.company, line.errors) == ("Müller", ())


def workbook(rows) -> bytes:
    cells = "".join(
        f"<row r='{number}'>"
        + "".join(
            f"<c r='{letter}{number}' t='inlineStr'><is><t>{escape(str(cell))}</t></is></c>"
            if not isinstance(cell, float)
            else f"<c r='{letter}{number}'><v>{cell}</v></c>"
            for letter, cell in zip("ABCDEFGH", row, strict=False)
        )
        + "</row>"
        for number, row in enumerate(rows, start=1)
    )
    sent = io.BytesIO()
    with zipfile.ZipFile(sent, "w") as archive:
        archive.writestr(
            "xl/workbook.xml",
            "<workbook xmlns:r='x'><sheets><sheet name='A' sheetId='1' r:id='rId1'/></sheets></workbook>",
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id='rId1' Target='worksheets/sheet1.xml'/></Relationships>",
        )
        archive.writestr("xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{cells}</sheetData></worksheet>")
    return sent.getvalue()


def open_document(rows) -> bytes:
    body = "".join(
        "<table:table-row>"
        + "".join(
            f"<table:table-cell office:value-type='string'><text:p>{escape(str(cell))}</text:p></table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    sent = io.BytesIO()
    with zipfile.ZipFile(sent, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            "<office:document-content xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' "
            "xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0' "
            "xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'><office:body><office:spreadsheet>"
            f"<table:table table:name='A'>{body}</table:table>"
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return sent.getvalue()


ROWS = [
    ["Participants", "", "", ""],
    ["Firma", "Land", "E-Mail-Adresse", "Größe"],
    ["Dębem", "Polska", "Ewa@example.org", "5"],
]


@pytest.mark.parametrize("write", [workbook, open_document])
def test_spreadsheets_are_read(cora, as_user, write):
    person("ewa", email="ewa@example.org")
    upload = SimpleUploadedFile("firms.xlsx", write(ROWS))
    response = as_user(cora).post(reverse("iciinsmes:firm-import", args=[SME1]), {"file": upload}, follow=True)
    page = response.content.decode()
    assert response.status_code == 200
    assert "1 person joins a firm" in page
    assert "Dębem" in page


def test_numbers_of_a_spreadsheet_are_read_as_written(cora):
    (line,) = lines(cora, workbook([["Firma", "Land", "Größe", "Login"], ["Holz", "DE", 5.0, 17.0]]))
    assert (line.line.size, line.line.username) == ("5", "17")
