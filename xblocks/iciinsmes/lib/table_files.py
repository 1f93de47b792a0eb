"""Rows as the file that the reader's spreadsheet program opens: CSV as the reader's country writes it, or Excel.

Numbers stay numbers and days days in every program; a text that a program would run is made harmless.
"""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import translation
from django.utils.formats import get_format

from .spreadsheet_file import Cell, write_spreadsheet
from .untrusted import BYTE_ORDER_MARK, guarded

#: Kinds of files, by the ending of their name.
CSV, XLSX = "csv", "xlsx"
_XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: A sign before a number that no program takes for a formula: there is nothing to compute.
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:\s?%)?")
#: Lines that are sent at once: one by one they would cost more than they are.
_LINES_AT_ONCE = 100


def csv_lines(rows: Iterable[Sequence[Cell]], *, comes_back: bool = False) -> Iterator[str]:
    """Yield rows as CSV in the active language: semicolons where a comma stands before decimals.

    The byte order mark in front has Excel read it as UTF-8. Rows are made while they are sent, when the request's
    language is no longer active, so it is taken along.

    Args:
        rows: the first are headings.
        comes_back: whether the table is read again: a program would save the text "+5" as the number 5, so that is
            guarded too, and `unguarded` finds it as it was.
    """
    language = translation.get_language()
    comma = get_format("DECIMAL_SEPARATOR") == ","
    return _lines(iter(rows), language, comma=comma, comes_back=comes_back)


def _lines(rows: Iterator[Sequence[Cell]], language: str | None, *, comma: bool, comes_back: bool) -> Iterator[str]:
    text = io.StringIO()
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text, delimiter=";" if comma else ",")
    is_more = True
    while is_more:
        with translation.override(language):
            for _number in range(_LINES_AT_ONCE):
                row = next(rows, None)
                if row is None:
                    is_more = False
                    break
                writer.writerow([_written(cell, comma=comma, comes_back=comes_back) for cell in row])
        yield text.getvalue()
        text.seek(0)
        text.truncate()


def table_response(
    sheets: Mapping[str, Iterable[Sequence[Cell]]], *, filename: str, kind: str = CSV, comes_back: bool = False
) -> HttpResponseBase:
    """Answer with a table as a file to save.

    Args:
        sheets: name to rows, the first of which are headings; CSV has only the first sheet. Rows may be made while they
            are written, and only some of them are in memory.
        filename: without the ending.
        kind: `CSV` or `XLSX`.
        comes_back: see `csv_lines`.
    """
    response: HttpResponseBase
    if kind == XLSX:
        target: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
        write_spreadsheet(target, sheets)
        target.seek(0)
        response = FileResponse(target, as_attachment=True, filename=f"{filename}.xlsx", content_type=_XLSX_TYPE)
    else:
        rows = next(iter(sheets.values()))
        response = StreamingHttpResponse(csv_lines(rows, comes_back=comes_back), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{filename}.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _written(cell: Cell, *, comma: bool, comes_back: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell if not comes_back and _NUMBER.fullmatch(cell) else guarded(cell)
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, date):
        return cell.isoformat()
    text = f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
    return text.replace(".", ",") if comma else text
