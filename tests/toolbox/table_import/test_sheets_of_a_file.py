"""Spreadsheets with more than one sheet, hidden rows, formulas without a value, and mistakes in every language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import pytest

from iciinsmes.toolbox import api
from iciinsmes.toolbox.instruments.framework import show
from iciinsmes.toolbox.table_import.languages import PACKS
from tests.toolbox.files import ODS, R, X, xlsx, zipped

PARETO = api.find_instrument(name="T05")
DATA: list[list[object]] = [["cause", "cost"], *(["late", number] for number in range(1, 13))]
Rows = Sequence[Sequence[object]]


def excel(sheets: Mapping[str, Rows]) -> bytes:
    def cell(value: object) -> str:
        if isinstance(value, int | float):
            return f"<c><v>{value}</v></c>"
        return f'<c t="str"><v>{escape(str(value))}</v></c>' if value is not None else "<c/>"

    parts = {
        f"xl/worksheets/sheet{number}.xml": f'<worksheet xmlns="{X}"><sheetData>'
        + "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
        + "</sheetData></worksheet>"
        for number, rows in enumerate(sheets.values(), 1)
    }
    entries = "".join(f'<sheet name="{name}" r:id="r{number}"/>' for number, name in enumerate(sheets, 1))
    links = "".join(
        f'<Relationship Id="r{number}" Target="worksheets/sheet{number}.xml"/>' for number in range(1, len(sheets) + 1)
    )
    return zipped(
        {
            "xl/workbook.xml": f'<workbook xmlns="{X}" xmlns:r="{R}"><sheets>{entries}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f"<Relationships>{links}</Relationships>",
            **parts,
        }
    )


def libre(sheets: Mapping[str, Rows], *, hidden: str = "", visibility: str = "visible") -> bytes:
    def cell(value: object) -> str:
        if isinstance(value, int | float):
            return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
        return f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'

    tables = "".join(
        f'<table:table table:name="{name}" table:style-name="{"off" if name == hidden else "on"}">'
        + "".join(
            f'<table:table-row table:visibility="{visibility if place else "visible"}">'
            f"{''.join(map(cell, row))}</table:table-row>"
            for place, row in enumerate(rows)
        )
        + "</table:table>"
        for name, rows in sheets.items()
    )
    styles = (
        '<office:automatic-styles><style:style style:name="on"><style:table-properties table:display="true"/>'
        '</style:style><style:style style:name="off"><style:table-properties table:display="false"/></style:style>'
        "</office:automatic-styles>"
    )
    space = 'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    body = f"{styles}<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    return zipped({"content.xml": f"<office:document-content {ODS} {space}>{body}</office:document-content>"})


def read(content: bytes):
    return api.read_table(instrument=PARETO, sheet=api.open_table(content=content), mapping={"cause": 0, "cost": 1})


COVERS: dict[str, Rows] = {
    "one cell": [["Auswertung 2026"]],
    "a few cells": [["Auswertung 2026"], ["Stand: Mai"]],
    "names and values": [["Firma", "Muster GmbH"], ["Stand", "Mai 2026"], ["Autor", "xy"]],
    "a small table": [["Jahr", "Anzahl"], ["2025", 12], ["2026", 13]],
    "nothing": [],
}


@pytest.mark.parametrize("make", [excel, libre])
@pytest.mark.parametrize("cover", COVERS.values(), ids=COVERS.keys())
def test_the_table_behind_a_cover_is_found(make, cover):
    found = read(make({"Deckblatt": cover, "Daten": DATA}))
    assert len(found.table) == 12
    assert not cover or [show(note) for note in found.notes] == ["The sheet “Daten” was read, and not: Deckblatt."]


@pytest.mark.parametrize("make", [excel, libre])
def test_other_tables_are_named(make):
    found = read(make({"2026": DATA, "2025": DATA, "About": [["Column", "Holds"], ["cause", "a word"]]}))
    assert len(found.table) == 12
    assert [show(note) for note in found.notes] == ["The sheet “2026” was read, and not: 2025."]


@pytest.mark.parametrize("make", [excel, libre])
def test_words_alone_are_a_table_too(make):
    words: Rows = [["cause", "place"], ["late", "shop"], ["dirty", "shop"], ["late", "van"]]
    found = read(make({"Data": words, "Prices": [["chair", "price"], ["a", 5]]}))
    assert found.table.columns["cause"] == () or len(found.table) + len(found.rows_left_out) == 3


def test_hidden_sheets_are_not_read():
    found = read(libre({"Old": DATA[:5], "Daten": DATA}, hidden="Old"))
    assert len(found.table) == 12
    assert found.notes == ()


def test_hidden_rows_are_read_and_counted():
    rows = '<row><c t="str"><v>cause</v></c></row>' + '<row hidden="1"><c t="str"><v>late</v></c></row>' * 3
    for content in (xlsx([], sheet=rows), libre({"a": [["cause"], ["late"], ["late"], ["late"]]}, visibility="filter")):
        sheet = api.open_table(content=content)
        assert len(sheet.rows) == 3
        assert [show(note) for note in sheet.notes] == ["3 rows are hidden in the file and were read too."]


def test_a_formula_without_a_value_says_so():
    late = '<c t="str"><v>late</v></c>'
    rows = '<row><c t="str"><v>cause</v></c><c t="str"><v>cost</v></c></row>'
    rows += f"<row>{late}<c><f>A1*2</f><v></v></c></row><row>{late}<c><f>A1*2</f></c></row>"
    found = read(xlsx([], sheet=rows))
    assert [problem.line for problem in found.problems] == [2, 3]
    assert all("is a formula without a value" in show(problem.text) for problem in found.problems)


def test_a_formula_without_a_value_in_ods():
    cells = (
        '<table:table-cell office:value-type="string"><text:p>late</text:p></table:table-cell>'
        '<table:table-cell table:formula="of:=[.A1]*2"/>'
    )
    names = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{name}</text:p></table:table-cell>'
        for name in ("cause", "cost")
    )
    rows = f"<table:table-row>{names}</table:table-row><table:table-row>{cells}</table:table-row>"
    content = f'<office:document-content {ODS}><table:table table:name="a">{rows}</table:table>'
    (problem,) = read(zipped({"content.xml": f"{content}</office:document-content>"})).problems
    assert "is a formula without a value" in show(problem.text)


MISTAKES = sorted({mistake for pack in PACKS for mistake in pack.errors})
OTHERS = [
    "#N/B",
    "#VALEUR!",
    "#¡VALOR!",
    "#HODNOTA!",
    "#SAKNAS!",
    "#ZAHL?",
    *[f"{words}502" for pack in PACKS for words in pack.numbered_errors],
    "#n/a",
    " #NV ",
]


@pytest.mark.parametrize("mistake", [*MISTAKES, *OTHERS])
def test_a_mistake_of_a_spreadsheet_is_no_data(mistake):
    text = f"cause;cost\nlate;5\n{mistake};6\nlate;{mistake}\n"
    sheet = api.open_pasted(text=text)
    found = api.read_table(instrument=PARETO, sheet=sheet, mapping={"cause": 0, "cost": 1})
    assert [problem.line for problem in found.problems] == [3, 4]
    assert all("is a mistake in the spreadsheet" in show(problem.text) for problem in found.problems)


@pytest.mark.parametrize("words", ["#1 late", "#door", "Order #12", "#", "number #5!"])
def test_other_words_with_the_sign_are_data(words):
    sheet = api.open_pasted(text=f"cause;cost\n{words};5\n")
    found = api.read_table(instrument=PARETO, sheet=sheet, mapping={"cause": 0, "cost": 1})
    assert found.table.columns["cause"] == (words,)
