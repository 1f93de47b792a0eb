"""Files that programs write by mistake or strangers on purpose: each is read, or gets its sentence."""

from __future__ import annotations

from contextlib import suppress

import pytest

from iciinsmes.toolbox import api
from iciinsmes.toolbox.errors import UnreadableTable
from iciinsmes.toolbox.table_import import pace
from tests.toolbox.files import X, ods, xlsx, zipped

ROWS = [["customer", "score"], ["C001", 9], ["C002", 7]]
KLINGON = '<?xml version="1.0" encoding="klingon"?>'
STYLES = (
    '<numFmts><numFmt formatCode="yyyy"/></numFmts><cellXfs><xf/><xf/></cellXfs>',
    '<numFmts><numFmt/></numFmts><cellXfs><xf numFmtId="none"/><xf numFmtId=""/></cellXfs>',
    '<cellXfs><xf numFmtId="99999999999999999999"/></cellXfs>',
    "<cellStyles/>",
)


@pytest.mark.parametrize("styles", STYLES)
def test_number_formats_that_are_left_out(styles):
    found = api.open_table(content=xlsx(ROWS, **{"xl/styles.xml": f'<styleSheet xmlns="{X}">{styles}</styleSheet>'}))
    assert [list(row) for row in found.rows] == [["C001", 9.0], ["C002", 7.0]]


@pytest.mark.parametrize(
    "part",
    [
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/sharedStrings.xml",
        "xl/worksheets/sheet1.xml",
    ],
)
@pytest.mark.parametrize("encoding", ["klingon", "utf-32", "shift_jis", "utf-7"])
def test_an_encoding_that_nobody_reads(part, encoding):
    with pytest.raises(UnreadableTable, match="cannot be read"):
        api.open_table(content=xlsx(ROWS, **{part: f'<?xml version="1.0" encoding="{encoding}"?><x>\u00e9</x>'}))


def test_an_encoding_that_nobody_reads_in_ods():
    with pytest.raises(UnreadableTable, match="cannot be read"):
        api.open_table(content=zipped({"content.xml": f"{KLINGON}<x/>"}))


@pytest.mark.parametrize("number", ["1e999999999", "-1e999", "NaN", "inf"])
def test_numbers_without_a_size_are_no_numbers(number):
    instrument = api.find_instrument(name="net-promoter-score")
    cells = f'<row><c t="str"><v>score</v></c></row><row><c><v>{number}</v></c></row><row><c><v>9</v></c></row>'
    for content in (
        xlsx([], sheet=cells),
        ods([["score"], [float(number)], [9]]),
        f"score\n{number}\n9\n".encode(),
    ):
        sheet = api.open_table(content=content)
        intake = api.read_table(instrument=instrument, sheet=sheet, mapping={"score": 0})
        assert len(intake.table) == 1


@pytest.mark.parametrize("place", ['r="%s"', 's="%s"'])
@pytest.mark.parametrize("value", ["9" * 5000, "-1", "x", "", "\u0663"])
def test_places_and_styles_that_are_no_numbers(place, value):
    cells = f'<row {place % value}><c {place % value} t="str"><v>score</v></c></row><row><c><v>9</v></c></row>'
    with suppress(UnreadableTable):
        assert api.open_table(content=xlsx([], sheet=cells))


@pytest.mark.parametrize("sheet", ["<a>" * 5000, '<row r="' + "1" * 2_000_000, "<!--" + "x" * 2_000_000])
def test_elements_that_fill_the_memory_though_the_file_is_small(sheet):
    with pytest.raises(UnreadableTable, match=r"far too much|cannot be read"):
        api.open_table(content=xlsx([], sheet=sheet))


def test_reading_ends_after_its_time():
    content = xlsx([["customer", "score"], *(["C001", 9] for _row in range(2000))])
    with pytest.raises(UnreadableTable, match="takes too long"), pace.gently(seconds=0):
        api.open_table(content=content)
    with pace.gently():
        assert len(api.open_table(content=content).rows) == 2000
