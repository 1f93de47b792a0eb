"""Files made to fill the memory: each is refused, within a bound."""

from __future__ import annotations

import io
import tracemalloc
import zipfile

import pytest

from iciinsmes.toolbox import api
from iciinsmes.toolbox.errors import UnreadableTable
from tests.toolbox.files import ODS, X, ods, xlsx, zipped

_MB = 1024 * 1024
_MOST = 150 * _MB


def repeated(start: bytes, block: bytes, megabytes: int, name: str = "xl/worksheets/sheet1.xml") -> bytes:
    """An Excel file with a part of so many megabytes, written in blocks so that the test needs no memory."""
    content = io.BytesIO(xlsx([["customer"], ["C001"]]))
    with zipfile.ZipFile(content) as archive:
        others = {entry: archive.read(entry) for entry in archive.namelist() if entry != name}
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for other, words in others.items():
            archive.writestr(other, words)
        piece = block * (_MB // len(block))
        with archive.open(name, "w", force_zip64=True) as part:
            part.write(start)
            for _each in range(megabytes):
                part.write(piece)
    return content.getvalue()


def lying() -> bytes:
    """A part that says it has a hundred bytes and unpacks to thirty million."""
    content = bytearray(xlsx([], sheet="<row/>" + " " * 30_000_000))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size.to_bytes(4, "little")
    assert size in content
    return bytes(content.replace(size, (100).to_bytes(4, "little")))


LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{step} '{f'&a{step - 1};' * 10}'>" for step in range(1, 12)
)
BOMBS = {
    "a sheet of a gigabyte": lambda: repeated(
        f'<worksheet xmlns="{X}"><sheetData>'.encode(), b'<row><c t="str"><v>x</v></c></row>', 1024
    ),
    "millions of shared strings": lambda: repeated(
        f'<sst xmlns="{X}">'.encode(), b"<si><t>a</t></si>", 40, "xl/sharedStrings.xml"
    ),
    "a size that is a lie": lying,
    "a billion laughs": lambda: xlsx([], prefix=LAUGHS + "]>", sheet='<row><c t="str"><v>&a11;</v></c></row>'),
    "a billion laughs in ods": lambda: zipped(
        {"content.xml": LAUGHS + f"]><office:document-content {ODS}>&a11;</office:document-content>"}
    ),
    "elements within elements": lambda: xlsx([], sheet="<row>" * 300_000),
    "thousands of sheets": lambda: zipped({f"xl/worksheets/sheet{number}.xml": "<x/>" for number in range(2_500)}),
    "a very long line": lambda: b"customer;date\n" + b"C001;" + b"x" * (15 * _MB),
    "a line of commas": lambda: b"a,b\n" + b"x," * (2 * _MB),
    "an attribute without end": lambda: xlsx([], sheet='<row r="' + "1" * 4_000_000),
    "a million cells repeated": lambda: ods(
        [],
        body='<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="string" '
        'table:number-columns-repeated="1000000"><text:p>x</text:p></table:table-cell></table:table-row>',
    ),
}


@pytest.mark.parametrize("made", BOMBS.values(), ids=BOMBS.keys())
def test_a_bomb_does_not_go_off(made):
    content = made()
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableTable):
            api.open_table(content=content)
        assert tracemalloc.get_traced_memory()[1] < len(content) * 4 + _MOST
    finally:
        tracemalloc.stop()
