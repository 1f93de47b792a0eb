"""Reading spreadsheet files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from iciinsmes.toolbox.errors import UnreadableTable
from iciinsmes.toolbox.instruments.framework import Text, msg

from ..sheet import Sheet, filled
from .archives import NamedTable, damaged, opened
from .excel import excel_tables
from .open_document import open_document_tables
from .sheet_maker import SheetMaker, is_figure

#: A sheet with fewer rows may be a cover before the table.
_FEW_ROWS = 10
_TIMES_MORE = 3
_LOOK_AT_ROWS = 30


@dataclass(frozen=True)
class _Found:
    name: str
    sheet: Sheet

    @property
    def is_data(self) -> bool:
        """Whether there are rows below names, with a number or a day in some of them."""
        rows = self.sheet.rows[:_LOOK_AT_ROWS]
        return any(is_figure(cell) for row in rows for cell in filled(row))


def sheet_from_spreadsheet(content: bytes) -> Sheet:
    """Read an Excel or LibreOffice file: the first sheet, or the first that holds a table where that is only a cover.

    Raises:
        UnreadableTable: it is damaged, no spreadsheet, empty or too large.
    """
    with opened(content) as parts:
        if "xl/workbook.xml" in parts:
            tables = excel_tables(parts)
        elif "content.xml" in parts:
            tables = open_document_tables(parts)
        else:
            raise UnreadableTable(damaged())
        return _best(tables)


def _best(tables: Iterator[NamedTable]) -> Sheet:
    best: _Found | None = None
    problem: UnreadableTable | None = None
    others: list[str] = []
    for table in tables:
        is_sure = best is not None and best.is_data and len(best.sheet.rows) >= _FEW_ROWS
        try:
            found = _Found(table.name, _read(table, _LOOK_AT_ROWS if is_sure else None))
        except UnreadableTable as error:
            problem = problem or error
            continue
        if best is None or (not is_sure and found.is_data and _is_better(found, best)):
            if best:
                others.append(best.name)
            best = found
        elif found.is_data:
            others.append(found.name)
    if best is None:
        raise problem or UnreadableTable(msg("The table is empty."))
    if not others:
        return best.sheet
    text = msg("The sheet “%(name)s” was read, and not: %(others)s.", name=best.name, others=", ".join(others))
    return replace(best.sheet, notes=(text, *best.sheet.notes))


def _is_better(found: _Found, best: _Found) -> bool:
    return len(found.sheet.rows) >= len(best.sheet.rows) * (_TIMES_MORE if best.is_data else 1)


def _read(table: NamedTable, most: int | None) -> Sheet:
    maker = SheetMaker()
    for line, cells in islice(table.rows, most):
        maker.add(line, cells)
    sheet = maker.sheet(start=table.start)
    notes: tuple[Text, ...] = sheet.notes
    if table.hidden:
        notes = (*notes, msg("%(count)s rows are hidden in the file and were read too.", count=len(table.hidden)))
    return replace(sheet, notes=notes)
