"""Reading spreadsheet files."""

from __future__ import annotations

from iciinsmes.toolbox.errors import UnreadableTable

from .archives import damaged, opened
from .excel import excel_rows
from .open_document import open_document_rows
from .sheet import Sheet, SheetMaker


def sheet_from_spreadsheet(content: bytes) -> Sheet:
    """Read the first sheet of an Excel or LibreOffice file.

    Raises:
        UnreadableTable: it is damaged, no spreadsheet, empty or too large.
    """
    with opened(content) as parts:
        if "xl/workbook.xml" in parts:
            rows = excel_rows(parts)
        elif "content.xml" in parts:
            rows = open_document_rows(parts)
        else:
            raise UnreadableTable(damaged())
        maker = SheetMaker()
        for line, cells in rows:
            maker.add(line, cells)
        return maker.sheet()
