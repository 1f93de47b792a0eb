"""What somebody downloads and fills in is understood when it comes back, in whichever language."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date

import pytest
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from iciinsmes.lib.spreadsheet_file import Cell, spreadsheet_file
from iciinsmes.toolbox import api
from iciinsmes.toolbox.data import Language
from iciinsmes.toolbox.downloads.text_file import text_file
from iciinsmes.toolbox.language import known_languages, reader_language
from tests.toolbox.pages import every_instrument, every_language

MAKERS = [api.template_csv, api.template_xlsx]
GERMAN = Language(point=",")


def read(instrument, content):
    sheet = api.open_table(content=content)
    languages = known_languages()
    mapping = api.weigh_columns(instrument=instrument, sheet=sheet, languages=languages).mapping
    return mapping, api.read_table(instrument=instrument, sheet=sheet, mapping=mapping, languages=languages)


@every_instrument
@every_language
@pytest.mark.parametrize("make", MAKERS, ids=["csv", "xlsx"])
def test_the_rows_of_the_demo_come_back_as_they_were(instrument, code, make):
    with translation.override(code):
        language = reader_language()
        content = make(instrument=instrument, language=language, with_demo=True)
    # Whoever reads it back may use the site in another language.
    mapping, intake = read(instrument, content)
    assert mapping == {column.key: index for index, column in enumerate(instrument.columns)}
    assert intake.problems == ()
    demo = api.demo_table(instrument=instrument, language=language)
    for column in instrument.columns:
        wanted = [None if value == "" else value for value in demo.columns[column.key]]
        assert [None if value == "" else value for value in intake.table.columns[column.key]] == wanted


@every_instrument
@every_language
@pytest.mark.parametrize("make", MAKERS, ids=["csv", "xlsx"])
def test_an_empty_template_names_every_column(instrument, code, make):
    with translation.override(code):
        content = make(instrument=instrument, language=reader_language())
    mapping, intake = read(instrument, content)
    assert mapping == {column.key: index for index, column in enumerate(instrument.columns)}
    assert len(intake.table) == 0


def test_a_text_file_is_written_as_the_country_does():
    rows: list[list[Cell]] = [["Zeit, in Stunden", "Tag"], [1.125, date(2026, 3, 4)], [-1234.5, None], [3.0, "=1+1"]]
    content = text_file(rows, GERMAN)
    assert content.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")) == [
        ["Zeit, in Stunden", "Tag"],
        ["1,1250", "2026-03-04"],
        ["-1234,5", ""],
        ["3", "'=1+1"],
    ]


@example([1.0, 1.0, -0.5, -0.5, 1.0], ",")
@example([1.0, 1.0, 1.0, 1.0, 4.0], ".")
@given(st.lists(st.floats(-1e9, 1e9).map(lambda value: round(value, 3)), min_size=1), st.sampled_from(",."))
def test_any_numbers_come_back(numbers, point):
    instrument = api.find_instrument(name="T13")
    rows: list[list[Cell]] = [["Customer number", "Day of the order", "Amount"]]
    rows += [["C1", date(2026, 1, 1), value] for value in numbers]
    for content in (text_file(rows, Language(point=point)), spreadsheet_file({"x": rows})):
        assert list(read(instrument, content)[1].table.columns["amount"]) == numbers


def test_a_spreadsheet_is_one_that_programs_open():
    rows: list[list[Cell]] = [["Grund & <Ort>", "Tag"], ["a", date(2026, 3, 4)]]
    content = spreadsheet_file({"Deine Daten: 1/2 [und] noch viel mehr davon": rows, "Über": [["x"]]})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        trees = {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}
    names = [sheet.get("name") for sheet in trees["xl/workbook.xml"].iter("{*}sheet")]
    assert len(names[0]) <= 31
    assert not set("[]:*?/\\") & set(names[0])
    types = {part.get("PartName") for part in trees["[Content_Types].xml"].iter("{*}Override")}
    links = {f"/xl/{link.get('Target')}" for link in trees["xl/_rels/workbook.xml.rels"]}
    assert types == links | {"/xl/workbook.xml"}
    assert types <= {f"/{name}" for name in trees}


def test_a_second_sheet_says_what_each_column_holds():
    instrument = api.find_instrument(name="T02")
    with zipfile.ZipFile(io.BytesIO(api.template_xlsx(instrument=instrument))) as archive:
        text = archive.read("xl/worksheets/sheet2.xml").decode()
    assert "Score, 0 to 10" in text
    assert "a whole number, 0 to 10" in text
    assert "may stay empty" in text
