"""Tables as an Excel file (XLSX), with no more in it than every spreadsheet program needs; written row by row."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from html import escape
from itertools import chain, islice
from typing import IO

from .untrusted import is_formula

#: What stands in a cell of a file that is handed out; a moment has the zone in which it is read taken away.
Cell = str | int | float | Decimal | date | None

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

#: Cell styles by their place in the file's list: plain, a day and a moment as the reader's country writes them, bold,
#: and a text that stays one when somebody edits its cell.
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5">'
    '<xf xfId="0"/><xf xfId="0" numFmtId="14" applyNumberFormat="1"/><xf xfId="0" fontId="1" applyFont="1"/>'
    '<xf xfId="0" numFmtId="22" applyNumberFormat="1"/><xf xfId="0" quotePrefix="1"/>'
    "</cellXfs></styleSheet>"
)
_DAY, _BOLD, _MOMENT, _QUOTED = 1, 2, 3, 4
_FIRST_DAY = date(1899, 12, 30)
_SECONDS_A_DAY = 86_400
#: Rows by which the width of columns is chosen.
_LOOK_AT_ROWS = 50
_MAX_NAME = 31
#: Characters of a cell: with more, Excel calls the file damaged.
_MAX_TEXT = 32_767
#: What may not stand in XML at all.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def spreadsheet_file(sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> bytes:
    """Return an Excel file; see `write_spreadsheet`."""
    content = io.BytesIO()
    write_spreadsheet(content, sheets)
    return content.getvalue()


def write_spreadsheet(target: IO[bytes], sheets: Mapping[str, Iterable[Sequence[Cell]]]) -> None:
    """Write an Excel file, of which only some rows are in memory.

    Args:
        target: an open file.
        sheets: name to rows, the first of which is set in bold; what Excel does not allow in names is left out.
    """
    numbers = range(1, len(sheets) + 1)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
            for number in numbers
        )
        + "</Types>",
        "_rels/.rels": _links({"r1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>'
        + "".join(
            f'<sheet name="{escape(_name(name))}" sheetId="{number}" r:id="r{number}"/>'
            for number, name in enumerate(sheets, 1)
        )
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _links(
            {f"r{number}": ("worksheet", f"worksheets/sheet{number}.xml") for number in numbers}
            | {"styles": ("styles", "styles.xml")}
        ),
        "xl/styles.xml": _STYLES,
    }
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, words in parts.items():
            archive.writestr(name, _HEAD + words)
        for number, rows in enumerate(sheets.values(), 1):
            with archive.open(f"xl/worksheets/sheet{number}.xml", "w", force_zip64=True) as part:
                part.write(_HEAD.encode())
                part.writelines(piece.encode() for piece in _sheet(rows))


def _links(targets: Mapping[str, tuple[str, str]]) -> str:
    entries = (
        f'<Relationship Id="{key}" Type="{_LINKS}/{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(entries)}</Relationships>'


def _name(name: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", name)[:_MAX_NAME]


def _sheet(rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    rest = iter(rows)
    first = list(islice(rest, _LOOK_AT_ROWS))
    columns = max(map(len, first), default=1)
    widths = [
        min(max([len(str(row[index])) for row in first if index < len(row)], default=8) + 3, 70)
        for index in range(columns)
    ]
    cols = "".join(f'<col min="{i}" max="{i}" width="{width}" customWidth="1"/>' for i, width in enumerate(widths, 1))
    yield f'<worksheet xmlns="{_MAIN}"><cols>{cols}</cols><sheetData>'
    for line, row in enumerate(chain(first, rest), 1):
        yield f'<row r="{line}">{"".join(_cell(cell, is_bold=line == 1) for cell in row)}</row>'
    yield "</sheetData></worksheet>"


def _cell(cell: Cell, *, is_bold: bool) -> str:
    if cell is None:
        return "<c/>"
    if isinstance(cell, str):
        style = _BOLD if is_bold else _QUOTED if is_formula(cell) else 0
        text = escape(_NO_XML.sub("", cell)[:_MAX_TEXT])
        mark = f' s="{style}"' if style else ""
        return f'<c t="inlineStr"{mark}><is><t xml:space="preserve">{text}</t></is></c>'
    if isinstance(cell, datetime):
        seconds = cell.hour * 3600 + cell.minute * 60 + cell.second
        return f'<c s="{_MOMENT}"><v>{(cell.date() - _FIRST_DAY).days + seconds / _SECONDS_A_DAY}</v></c>'
    if isinstance(cell, date):
        return f'<c s="{_DAY}"><v>{(cell - _FIRST_DAY).days}</v></c>'
    return f"<c><v>{cell:f}</v></c>" if isinstance(cell, Decimal) else f"<c><v>{cell!r}</v></c>"
