"""Batches of bookings of the German program DATEV: their days have no year, which stands in the first line.

The shape is described at developer.datev.de, "DATEV-Format": day and month of ``Belegdatum`` in four figures or three,
the first day of the business year in the thirteenth field of the first line, debit and credit in a column of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from iciinsmes.toolbox.instruments.framework import msg

from ..sheet import Raw, Sheet

_MARKS = ("EXTF", "DTVF")
_YEAR_BEGINS = 12
_DAY = "Belegdatum"
_SIDE = "Soll/Haben-Kennzeichen"
_DAY_AND_MONTH = re.compile(r"(?P<day>\d{1,2})(?P<month>\d{2})")


def is_datev(first: Sequence[Raw]) -> bool:
    """Tell whether the first line of a file is that of such a batch."""
    return bool(first) and first[0] in _MARKS


def with_years(sheet: Sheet, first: Sequence[Raw]) -> Sheet:
    """Return a sheet whose days have the years that the first line of its file tells."""
    begins = str(first[_YEAR_BEGINS]).removesuffix(".0") if len(first) > _YEAR_BEGINS else ""
    if _DAY in sheet.names and re.fullmatch(r"\d{8}", begins):
        year, month = int(begins[:4]), int(begins[4:6])
        place = sheet.names.index(_DAY)
        rows = [
            [_day(cell, year, month) if index == place else cell for index, cell in enumerate(row)]
            for row in sheet.rows
        ]
        note = msg("“%(column)s” has no years: they were taken from the first line of the file.", column=_DAY)
        sheet = replace(sheet, rows=rows, notes=(*sheet.notes, note))
    if _SIDE in sheet.names and len(set(sheet.column(sheet.names.index(_SIDE)))) > 1:
        note = msg(
            "“%(column)s” tells debit from credit, and the amounts have no sign: take out what is no sale.",
            column=_SIDE,
        )
        sheet = replace(sheet, notes=(*sheet.notes, note))
    return sheet


def _day(cell: Raw, year: int, first_month: int) -> Raw:
    words = str(int(cell)) if isinstance(cell, float) else str(cell or "").strip()
    found = _DAY_AND_MONTH.fullmatch(words)
    if found is None:
        return cell
    month = int(found["month"])
    try:
        return date(year if month >= first_month else year + 1, month, int(found["day"]))
    except ValueError:
        return cell
