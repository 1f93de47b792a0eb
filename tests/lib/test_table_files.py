"""Rows as files for spreadsheet programs: what a country writes, what a program must not run, and the way back."""

from __future__ import annotations

import csv
import io
import tracemalloc
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.lib.spreadsheet_file import spreadsheet_file, write_spreadsheet
from iciinsmes.lib.table_files import XLSX, csv_lines, table_response
from iciinsmes.lib.untrusted import guarded, is_formula, unguarded
from iciinsmes.toolbox import api as toolbox

ROWS = [
    ["Name", "Change", "Day", "Moment"],
    ["Anna", Decimal("-5.50"), date(2026, 3, 1), datetime(2026, 3, 1, 14, 5)],
    ["=1+1", -5, None, None],
]


@pytest.mark.parametrize(("language", "delimiter", "change"), [("en", ",", "-5.50"), ("de", ";", "-5,50")])
def test_csv_is_written_as_the_reader_writes(language, delimiter, change):
    with translation.override(language):
        lines = csv_lines(ROWS)
    # Sent later, when another language is active.
    with translation.override("pl"):
        text = "".join(lines)
    assert text.startswith("\ufeff")
    found = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter))
    assert found[1] == ["Anna", change, "2026-03-01", "2026-03-01 14:05"]
    assert found[2] == ["'=1+1", "-5", "", ""]


def test_excel_gets_numbers_days_and_moments_and_texts_that_stay_texts():
    response = table_response({"A": ROWS}, filename="x", kind=XLSX)
    content = b"".join(response.streaming_content)
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert "<v>-5.50</v>" in sheet
    assert '<c t="inlineStr" s="4"><is><t xml:space="preserve">=1+1</t></is></c>' in sheet
    read = toolbox.open_table(content=content, as_written=True)
    assert read.rows[0] == ["Anna", -5.5, datetime(2026, 3, 1), datetime(2026, 3, 1, 14, 5)]


@given(st.text(alphabet="'=+-@\t 5a\uff1d", max_size=8))
def test_a_guarded_text_is_no_formula_and_comes_back(text):
    assert not is_formula(guarded(text))
    assert unguarded(guarded(text)) == text
    if is_formula(text):
        # Excel keeps it as text without an apostrophe, and a program may save that as CSV.
        assert unguarded(text) == text


def test_a_sign_before_a_number_comes_back_only_where_that_is_wanted():
    assert "".join(csv_lines([["+49"]])) == "\ufeff+49\r\n"
    assert "".join(csv_lines([["+49"]], comes_back=True)) == "\ufeff'+49\r\n"


def test_a_long_sheet_is_never_in_the_memory():
    def rows():
        for number in range(20_000):
            yield [f"{number} " + "a comment that goes on " * 10, number]

    class Nowhere(io.RawIOBase):
        size = 0

        def writable(self):
            return True

        def write(self, data):
            self.size += len(data)
            return len(data)

        def tell(self):
            return self.size

    tracemalloc.start()
    write_spreadsheet(Nowhere(), {"A": rows()})
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2_000_000


def test_what_excel_takes_for_damage_is_left_out():
    sheet = zipfile.ZipFile(io.BytesIO(spreadsheet_file({"a": [["x\x00y"]]}))).read("xl/worksheets/sheet1.xml")
    assert b">xy<" in sheet
