"""Spreadsheet files for tests, written by hand so that they can also be damaged or wicked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date
from html import escape

X = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ODS = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, words in parts.items():
            archive.writestr(name, words)
    return content.getvalue()


def xlsx(rows, *, sheet: str | None = None, prefix: str = "", **parts: str) -> bytes:
    """An Excel file: words as shared strings, days as styled numbers; ``sheet`` replaces the XML of the rows."""
    strings: list[str] = []

    def cell(index: int, line: int, value) -> str:
        place = f'r="{chr(65 + index)}{line}"'
        if value is None:
            return ""
        if isinstance(value, bool):
            return f'<c {place} t="b"><v>{int(value)}</v></c>'
        if isinstance(value, date):
            return f'<c {place} s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
        if isinstance(value, int | float):
            return f"<c {place}><v>{value}</v></c>"
        strings.append(value)
        return f'<c {place} t="s"><v>{len(strings) - 1}</v></c>'

    body = sheet or "".join(
        f'<row r="{line}">{"".join(cell(index, line, value) for index, value in enumerate(row))}</row>'
        for line, row in enumerate(rows, 1)
    )
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f'<workbook xmlns="{X}" xmlns:r="{R}"><sheets>'
            '<sheet name="Hidden" state="hidden" r:id="r9"/>'
            '<sheet name="Data" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="r9" Target="worksheets/none.xml"/>'
            '<Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/styles.xml": f'<styleSheet xmlns="{X}">'
            '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
            "xl/sharedStrings.xml": f'<sst xmlns="{X}">'
            + "".join(f"<si><r><t>{escape(words)}</t></r><rPh><t>ruby</t></rPh></si>" for words in strings)
            + "</sst>",
            "xl/worksheets/sheet1.xml": f'{prefix}<worksheet xmlns="{X}"><sheetData>{body}</sheetData></worksheet>',
            **parts,
        }
    )


def ods(rows, *, body: str | None = None) -> bytes:
    """A LibreOffice file; ``body`` replaces the XML of the rows."""

    def cell(value) -> str:
        if value is None:
            return "<table:table-cell/>"
        if isinstance(value, bool):
            return f'<table:table-cell office:value-type="boolean" office:boolean-value="{str(value).lower()}"/>'
        if isinstance(value, date):
            return f'<table:table-cell office:value-type="date" office:date-value="{value}T00:00:00"/>'
        if isinstance(value, int | float):
            return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
        return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'

    inner = body or "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f"<office:document-content {ODS}><office:body><office:spreadsheet>"
            f'<table:table table:name="Data">{inner}</table:table>'
            '<table:table table:name="Other"><table:table-row><table:table-cell office:value-type="string">'
            "<text:p>not this one</text:p></table:table-cell></table:table-row></table:table>"
            "</office:spreadsheet></office:body></office:document-content>",
        }
    )
