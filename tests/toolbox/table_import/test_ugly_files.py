"""Files as firms really have them, each with the same orders or with a clear sentence about what is wrong."""

from __future__ import annotations

import contextlib
import io
import zipfile
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iciinsmes.toolbox import api
from iciinsmes.toolbox.errors import UnreadableTable
from iciinsmes.toolbox.instruments.framework import show
from iciinsmes.toolbox.table_import.sheet import MAX_BYTES, MAX_CELL_CHARS, MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from tests.toolbox.files import ODS, X, ods, xlsx, zipped

RFM = api.find_instrument(name="T13")
WANTED = [("C001", date(2026, 3, 1), 1234.5), ("C002", date(2026, 3, 14), 80.0), ("C001", date(2026, 12, 2), 7.0)]
CELLS: list[list[Any]] = [
    ["C001", date(2026, 3, 1), 1234.5],
    ["C002", date(2026, 3, 14), 80],
    ["C001", date(2026, 12, 2), 7.0],
]
NAMES: list[Any] = ["customer_key", "date", "amount"]


def intake(content: bytes):
    sheet = api.open_table(content=content)
    return api.read_table(instrument=RFM, sheet=sheet, mapping=api.weigh_columns(instrument=RFM, sheet=sheet).mapping)


def rows(content: bytes):
    found = intake(content)
    assert found.problems == ()
    return list(zip(*(found.table.columns[key] for key in ("customer", "date", "amount")), strict=True))


def lines(*texts: str, end: str = "\n") -> str:
    return end.join(texts) + end


ISO = lines("customer_key;date;amount", "C001;2026-03-01;1234.5", "C002;2026-03-14;80", "C001;2026-12-02;7")
GERMAN = lines(
    "Kundennummer;Datum;Betrag", "C001;01.03.2026;1.234,50 €", "C002;14.03.2026;80,00 €", "C001;2.12.26;7,00 €"
)
DANISH = lines(
    "Kunde\tDato\tBeløb", "C001\t01-03-2026\t1.234,50 kr.", "C002\t14-03-2026\t80,-", "C001\t02-12-2026\t7,00"
)
POLISH = lines(
    "Numer klienta;Data;Kwota", "C001;01.03.2026;1 234,50 zł", "C002;14.03.2026;80 zł", "C001;02.12.2026;7,0"
)
HUNGARIAN = lines(
    "Ügyfél;Dátum;Összeg", "C001;2026. 03. 01.;1 234,5 Ft", "C002;2026. 3. 14.;80 Ft", "C001;2026.12.02.;7 Ft"
)
ENGLISH = lines(
    "Customer,Order date,Amount", 'C001,01/03/2026,"1,234.50"', "C002,14/03/2026,80.00", "C001,02/12/2026,7.00"
)

PREFIXED = (
    f'<x:worksheet xmlns:x="{X}"><x:sheetData>'
    + "".join(
        "<x:row>" + "".join(f'<x:c t="str"><x:v>{cell}</x:v></x:c>' for cell in row) + "</x:row>"
        for row in [NAMES, *CELLS]
    )
    + "</x:sheetData></x:worksheet>"
)

EXCEL_ROWS = "".join(
    "<row>" + "".join(f'<c t="str"><v>{cell}</v></c>' for cell in row) + "</row>" for row in [NAMES, *CELLS]
)

NAMES_AGAIN = ISO.partition("\n")[0] + "\n"
ODS_ROWS = "".join(
    "<table:table-row>"
    + "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
    )
    + "</table:table-row>"
    for row in [NAMES, *CELLS]
)

READABLE = {
    "iso": ISO.encode(),
    "byte order mark": ISO.encode("utf-8-sig"),
    "windows line ends": ISO.replace("\n", "\r\n").encode(),
    "old mac line ends": ISO.replace("\n", "\r").encode(),
    "no line end": ISO.strip().encode(),
    "utf-16 little": "\ufeff".encode("utf-16-le") + ISO.encode("utf-16-le"),
    "utf-16 big": "\ufeff".encode("utf-16-be") + ISO.encode("utf-16-be"),
    "utf-16 with tabs": ISO.replace(";", "\t").encode("utf-16"),
    "tabs": ISO.replace(";", "\t").encode(),
    "bars": ISO.replace(";", "|").encode(),
    "commas": ISO.replace(";", ",").encode(),
    "named delimiter": b"sep=;\r\n" + ISO.encode(),
    "everything quoted": lines(*(";".join(f'"{cell}"' for cell in line.split(";")) for line in ISO.split())).encode(),
    "empty lines": ISO.replace("\n", "\n\n;;\n").encode(),
    "spaces around": ISO.replace(";", " ; ").encode(),
    "more columns at the end": lines(*(f"{line};;" for line in ISO.split())).encode(),
    "time behind the day": ISO.replace("-01;", "-01 13:45:10;").replace("-14;", "-14T08:00;").encode(),
    "german in windows-1252": GERMAN.encode("cp1252"),
    "german in utf-8": GERMAN.encode(),
    "danish in windows-1252": DANISH.encode("cp1252"),
    "polish in windows-1250": POLISH.encode("cp1250"),
    "hungarian in windows-1250": HUNGARIAN.encode("cp1250"),
    "hungarian in utf-8": HUNGARIAN.encode(),
    "english with thousands": ENGLISH.encode(),
    "no-break spaces": POLISH.replace("1 234", "1\u00a0234").encode(),
    "narrow no-break spaces": POLISH.replace("1 234", "1\u202f234").encode(),
    "swiss thousands": ISO.replace("1234.5", "1'234.50").encode(),
    "days as serial numbers": ISO.replace("2026-03-01", "46082").replace("2026-03-14", "46095").encode(),
    "capitals in names": ISO.replace("customer_key;date", "CUSTOMER KEY;Date").encode(),
    "other order": lines(
        "Betrag;Datum;Kunde", "1234,5;1.3.2026;C001", "80;14.3.2026;C002", "7;2.12.2026;C001"
    ).encode(),
    "title lines": ("Umsatzliste\n\nStand: 4.3.2026\n" + ISO).encode(),
    "title lines with empty cells": ("Sales 2026;;\n;;\n" + ISO).encode(),
    "xlsx with a title": xlsx([["Sales 2026"], [], NAMES, *CELLS]),
    "ods with a title": ods([["Sales 2026"], [None], NAMES, *CELLS]),
    "utf-16 little without mark": ISO.encode("utf-16-le"),
    "utf-16 big without mark": ISO.encode("utf-16-be"),
    "polish in iso-8859-2": POLISH.encode("iso-8859-2"),
    "danish of an old cash desk": DANISH.encode("cp850"),
    "mixed line ends": ISO.replace("\n", "\r\n", 1).replace("80\n", "80\r").encode(),
    "line ends in names": ISO.replace("date;", '"date\n(day)";').encode(),
    "tabs within quotes": ISO.replace(";", "\t").replace("C001", '"C001\t"').encode(),
    "marks without width": ISO.replace("C002", "\ufeffC002\u200b").encode(),
    "apostrophes in front": ISO.replace("C001", "'C001").encode(),
    "euros in front": ISO.replace("1234.5", "€ 1234.50").encode(),
    "currency codes": ISO.replace("1234.5", "EUR 1 234,50").encode(),
    "german months": ISO.replace("2026-03-01", "1. März 2026").encode(),
    "german months with weekdays": ISO.replace("2026-03-01", "So., 1. März 2026").encode(),
    "weekdays": ISO.replace("2026-03-01", "So, 01.03.2026").encode(),
    "english months": ISO.replace("2026-03-01", "March 1, 2026").replace("2026-12-02", "2 Dec 2026").encode(),
    "english bank": ISO.replace("2026-03-01", "01-Mar-26").replace("2026-12-02", "02-DEC-26").encode(),
    "polish months": ISO.replace("2026-03-01", "1 mar 2026").replace("2026-12-02", "2 grudnia 2026").encode(),
    "hungarian months": ISO.replace("2026-03-01", "2026. március 1.").replace("2026-12-02", "2026. dec. 2.").encode(),
    "danish months": ISO.replace("2026-03-01", "1. marts 2026").replace("2026-12-02", "2. dec. 2026").encode(),
    "another table beside": lines(*(f"{line};;chair;{row}" for row, line in enumerate(ISO.split()))).encode(),
    "xlsx": xlsx([NAMES, *CELLS]),
    "xlsx with words": xlsx([NAMES, *[[str(cell) for cell in row] for row in CELLS]]),
    "xlsx with empty rows before": xlsx([[], [None], NAMES, *CELLS]),
    "xlsx with filtered rows": xlsx([], sheet=EXCEL_ROWS.replace("<row>", '<row hidden="1">')),
    "xlsx with a million empty rows": xlsx([], sheet=EXCEL_ROWS + '<row r="1048576"><c r="A1048576" s="1"/></row>'),
    "xlsx with merged cells": xlsx([], sheet=EXCEL_ROWS + '</sheetData><mergeCells><mergeCell ref="A1:A2"/>'
                                   "</mergeCells>"
                                   "<sheetData>"),
    "strict xlsx": xlsx([], **{"xl/worksheets/sheet1.xml":
        '<worksheet xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"><sheetData>'
        f"{EXCEL_ROWS}</sheetData></worksheet>"}),
    "xlsx with inline strings": xlsx(
        [],
        sheet='<row><c t="inlineStr"><is><t>customer</t></is></c><c t="str"><v>date</v></c><c t="str"><v>amount</v></c>'
        "</row>"
        '<row><c t="str"><v>C001</v></c><c t="d"><v>2026-03-01T00:00:00</v></c><c><v>1234.5</v></c></row>'
        '<row><c t="str"><v>C002</v></c><c s="1"><v>46095</v></c><c><f>1+1</f><v>80</v></c></row>'
        '<row><c t="str"><v>C001</v></c><c s="1"><v>46358.75</v></c><c><v>7</v></c></row>',
    ),
    "xlsx with prefixes": xlsx([], **{"xl/worksheets/sheet1.xml": PREFIXED}),
    "ods": ods([NAMES, *CELLS]),
    "ods with a million empty rows": ods(
        [],
        body="".join(
            f'<table:table-row><table:table-cell office:value-type="string"><text:p>{key}</text:p></table:table-cell>'
            f'<table:table-cell office:value-type="string"><text:p>{day}</text:p></table:table-cell>'
            f'<table:table-cell office:value-type="string"><text:p>{amount}</text:p></table:table-cell>'
            '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
            for key, day, amount in [NAMES, *[[str(cell) for cell in row] for row in CELLS]]
        )
        + '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>',
    ),
}  # fmt: skip

REFUSED = {
    "nothing": (b"", "empty"),
    "blank lines": (b"\n\n  \n", "empty"),
    "no names": (b"1;2026-03-01;5\n2;2026-03-02;6\n", "must name the columns"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "not a table"),
    "a web page as xls": (b"\xef\xbb\xbf\n <TABLE><tr><td>a</td></tr></TABLE>", "not a table"),
    "excel 2003 xml": (b'<?xml version="1.0"?><Workbook/>', "not a table"),
    "json": (b'[{"customer": "C001"}]', "not a table"),
    "a pdf": (b"%PDF-1.7 ...", "not a table"),
    "a rar": (b"Rar!\x1a\x07\x00aaa", "not a table"),
    "apple numbers": (zipped({"Index/Document.iwa": "x"}), "cannot be read"),
    "a word document": (zipped({"word/document.xml": "<x/>"}), "cannot be read"),
    "binary excel": (zipped({"xl/workbook.bin": "x"}), "cannot be read"),
    "a password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1EncryptedPackage", "password"),
    "a web page": (b"<html><table></table></html>", "not a table"),
    "binary": (b"a;b\n\x00\x01;2\n", "not a table"),
    "half a letter": (b"\xff\xfea\x00;", "end of the file"),
    "an open quotation mark": (b'a;b\n"x;' + b"y" * 140_000, "quotation mark"),
    "old excel": (b"\xd0\xcf\x11\xe0" + b"\x00" * 100, "old Excel"),
    "too large": (b"a;b\n" + b" " * MAX_BYTES, "too large"),
    "too many rows": (b"a;b\n" + b"1;2\n" * (MAX_ROWS + 1), "rows"),
    "too many cells": (b"name" + b";x" * 999 + b"\n" + (b"a" + b";" * 999 + b"\n") * (MAX_CELLS // 1000), "cells"),
    "too many columns": (b";".join([b"a"] * (MAX_COLUMNS + 1)), "columns"),
    "a zip of something else": (zipped({"hello.txt": "hello"}), "cannot be read"),
    "half a spreadsheet": (xlsx([NAMES, *CELLS])[:900], "cannot be read"),
    "broken xml": (xlsx([], sheet="<row><c>"), "cannot be read"),
    "no number where one should be": (xlsx([], sheet='<row r="x"><c><v>1</v></c></row>'), "must name the columns"),
    "a bomb": (xlsx([], sheet="<row/>" + " " * 60_000_000), "unpack to far too much"),
    "a row that never ends": (xlsx([], sheet="<row>" + '<c t="n"><v>1</v></c>' * 200_000 + "</row>"), "columns"),
    "cells far to the right": (xlsx([], sheet='<row><c r="XFD1" t="str"><v>x</v></c></row>'), "columns"),
    "ods with a full million rows": (
        ods([], body='<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
            'office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'),
        "rows",
    ),
}  # fmt: skip


NAMED = {
    "a sum at the end": (ISO + "Summe;;1321.5\n", [(5, "row of totals")]),
    "a polish sum": (ISO + "Razem:;;1321.5\n", [(5, "row of totals")]),
    "a second table below": (ISO + "\n\nproduct;price\nchair;soon\n", [(7, "not a day"), (7, "is empty"),
                                                                    (8, "not a day"), (8, "is empty")]),
    "names once more": (ISO + NAMES_AGAIN, [(5, "once more")]),
    "another decimal sign in one cell": (ISO.replace("1234.5", "1234,5") + "C9;2026-01-01;7.25\nC8;2026-01-01;7.5\n",
                                         [(2, "not a number")]),
    "error cells as text": (ISO.replace("80", "#N/A"), [(3, "mistake in the spreadsheet")]),
    "no value": (ISO.replace("80", "n/a"), [(3, "is empty")]),
    "a day that does not exist": (GERMAN.replace("14.03.2026", "31.02.2026"), [(3, "not a day")]),
    "a comma in a number between commas": (ISO.replace(";", ",").replace("1234.5", "1234,5"), [(2, "more cells")]),
    "a novel in a cell": (ISO.replace("80", "x" * (MAX_CELL_CHARS + 1)), [(3, "letters")]),
    "a semicolon in a text": (
        ISO.replace("C002", "Berg; Co"),
        [(3, "not a day"), (3, "not a number"), (3, "more cells")],
    ),
    "line ends within quotes": (ISO.replace("C002", '"C\n002"').replace("2026-12-02", "soon"), [(5, "not a day")]),
    "xlsx with error cells": (
        xlsx([], sheet=EXCEL_ROWS + '<row><c t="str"><v>C003</v></c><c s="1"><v>46082</v></c>'
                                    '<c t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'),
        [(5, "“#DIV/0!” is a mistake")],
    ),
    "xlsx with a time instead of a day": (xlsx([NAMES, *CELLS, ["C003", 0.5, 7]]), [(5, "not a day")]),
    "ods with covered cells": (
        ods([], body=ODS_ROWS + '<table:table-row><table:table-cell office:value-type="string"><text:p>C003</text:p>'
            '</table:table-cell><table:covered-table-cell table:number-columns-repeated="2"/></table:table-row>'),
        [(5, "is empty"), (5, "is empty")],
    ),
    "ods with repeated cells": (
        ods([], body=ODS_ROWS + '<table:table-row><table:table-cell office:value-type="float" office:value="7" '
            'table:number-columns-repeated="3"/></table:table-row>'),
        [(5, "not a day")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "wanted"), NAMED.values(), ids=NAMED.keys())
def test_the_line_is_named_of(content, wanted):
    found = intake(content if isinstance(content, bytes) else content.encode())
    assert [problem.line for problem in found.problems] == [line for line, _words in wanted]
    assert all(words in show(problem.text) for problem, (_line, words) in zip(found.problems, wanted, strict=True))
    assert len(found.table) >= 2


def test_days_of_two_countries_are_refused_as_a_whole():
    found = intake(GERMAN.replace("14.03.2026", "03/25/2026").encode())
    assert [problem.line for problem in found.problems] == [2, 3, 4]
    assert all("may be two days" in show(problem.text) for problem in found.problems)


def test_amounts_in_brackets_are_below_zero():
    assert rows(ISO.replace("1234.5", "(1 234,56 zł)").encode())[0][2] == -1234.56


@pytest.mark.parametrize("content", READABLE.values(), ids=READABLE.keys())
def test_the_same_orders_come_out_of(content):
    assert rows(content) == WANTED


@pytest.mark.parametrize(("content", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_a_clear_sentence_for(content, reason):
    with pytest.raises(UnreadableTable) as refused:
        intake(content)
    assert reason in show(refused.value.text)


@pytest.mark.parametrize("content", [xlsx([NAMES, *CELLS]), ods([NAMES, *CELLS])], ids=["xlsx", "ods"])
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_damage_gives_a_sentence_and_never_a_crash(content, data):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    part = bytes(parts[name])
    start = data.draw(st.integers(0, len(part)))
    patch = data.draw(
        st.sampled_from([b"", b"-5", b"1e999", b"nan", b"ZZZZ9", b"<row>", b"\x00"]) | st.binary(max_size=4)
    )
    parts[name] = part[:start] + patch + part[start + data.draw(st.integers(0, 12)) :]
    with contextlib.suppress(UnreadableTable):
        intake(zipped(parts))


@pytest.mark.parametrize("name", ["xlsx", "ods"])
def test_entities_and_files_of_the_server_are_not_read(name, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    doctype = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}"><!ENTITY a "aaaaaaaaaa">]>'
    if name == "xlsx":
        content = xlsx([], prefix=doctype, sheet='<row><c t="str"><v>a&e;&a;</v></c></row>')
    else:
        cell = '<table:table-cell office:value-type="string"><text:p>a&e;</text:p></table:table-cell>'
        row = f"<table:table-row>{cell}</table:table-row>"
        content = zipped({"content.xml": f'{doctype}<office:document-content {ODS}><table:table>{row}</table:table>'
                                         "</office:document-content>"})  # fmt: skip
    with pytest.raises(UnreadableTable):
        api.open_table(content=content)
