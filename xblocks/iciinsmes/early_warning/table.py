"""Reading a table of monthly figures that was pasted or uploaded, and what entering it would change."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from iciinsmes.lib.untrusted import read_json
from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.data import Raw, Sheet

from .data import CellChange, MonthCell
from .figures import figures_of, problems_of
from .indicators import INDICATORS
from .labels import QUANTITIES, TITLES, month_words, title_of
from .months import month_in, months_of

PARTS = ("numerator", "denominator", "extra")
MOST_ROWS, MOST_COLUMNS = 5_000, 60
MOST_BYTES = 2 * 1024 * 1024
_CODE = re.compile(r"\s*(e\d{1,2}[cn]?)(?:\W+(.*))?", re.IGNORECASE | re.DOTALL)
_DAY = "day:"
#: How a long table may name its columns, besides the words of the add-on's languages.
_PART_NAMES = {
    "numerator": (
        "numerator",
        "value",
        "cases",
        "zahler",
        "wert",
        "anzahl",
        "taeller",
        "vaerdi",
        "licznik",
        "wartosc",
        "szamlalo",
        "ertek",
    ),
    "denominator": ("denominator", "of", "base", "nenner", "basis", "naevner", "mianownik", "nevezo"),
    "extra": ("extra", "third", "third figure"),
}


@dataclass(frozen=True)
class ColumnUse:
    """A column and what it is taken for: month, indicator, a part, a quantity, a part of an indicator, or nothing.

    ``asks_style`` is set where a number such as 1.250 could be a thousand or a fraction and nothing in the table tells;
    ``example`` is such a number.
    """

    index: int
    name: str
    use: str
    asks_style: bool = False
    style: str = ""
    example: str = ""


@dataclass(frozen=True)
class TableProblem:
    """Why something of a line is left out."""

    line: int
    text: str


@dataclass(frozen=True)
class TableReading:
    """A table as it was understood, and what entering it would change."""

    columns: tuple[ColumnUse, ...]
    changes: tuple[CellChange, ...] = ()
    unchanged: int = 0
    problems: tuple[TableProblem, ...] = ()
    error: str = ""

    @property
    def asks(self) -> bool:
        """Whether the number style of a column is not known."""
        return any(column.asks_style for column in self.columns)


@dataclass
class _Found:
    cells: dict[tuple[str, int], dict[str, Decimal]] = field(default_factory=dict)
    lines: dict[tuple[str, int], int] = field(default_factory=dict)
    problems: list[TableProblem] = field(default_factory=list)


def read_figures(
    *,
    company_id: int,
    sheet: Sheet,
    kept: Sequence[str],
    language: str,
    uses: Mapping[int, str] | None = None,
    styles: Mapping[int, str] | None = None,
) -> TableReading:
    """Understand a table, with a line for each month or for each month and indicator.

    An empty cell changes nothing; what the table does not have stays as it is.

    Args:
        company_id: the firm.
        sheet: the raw table.
        kept: indicators that the firm keeps: a quantity goes to all of these that ask for it.
        language: of the reader.
        uses: what somebody has said a column is, by its index.
        styles: what somebody has said about the decimal sign of a column, by its index.
    """
    sheet = _with_first_line(sheet, language)
    if len(sheet.rows) > MOST_ROWS or len(sheet.names) > MOST_COLUMNS:
        return TableReading((), error=_("This table is too large: at most 5,000 lines and 60 columns."))
    columns = _styled(sheet, _used(sheet, language, uses or {}), styles or {})
    by_use = {column.use: column.index for column in columns if column.use}
    if "month" not in by_use:
        return TableReading(columns, error=_("No column holds months. Say which one does."))
    if not any(_is_figure(column.use) for column in columns):
        return TableReading(columns, error=_("No column holds figures that are known here. Say what the columns hold."))
    if any(column.asks_style for column in columns):
        return TableReading(columns)
    found = _cells(sheet, columns, by_use, kept, language)
    there = {(cell.indicator, cell.month): cell for cell in figures_of(company_id=company_id)}
    changes, unchanged = [], 0
    for (key, month), parts in found.cells.items():
        old = there.get((key, month))
        new = _with(old or MonthCell(key, month), parts)
        wrong = problems_of([new])
        if wrong:
            words = f"{title_of(key)}, {month_words(month)}: {next(iter(wrong.values()))}"
            found.problems.append(TableProblem(found.lines[key, month], words))
        elif old is not None and old.figures == new.figures:
            unchanged += 1
        else:
            changes.append(CellChange(old, new))
    changes.sort(key=lambda change: (change.new.month, list(INDICATORS).index(change.new.indicator)))
    return TableReading(columns, tuple(changes), unchanged, tuple(sorted(found.problems, key=lambda each: each.line)))


def carried(sheet: Sheet) -> str:
    """Write a table so that the page can send it back with the answers to what was asked."""
    rows = [[_DAY + cell.isoformat()[:10] if isinstance(cell, date) else cell for cell in row] for row in sheet.rows]
    return json.dumps({"names": list(sheet.names), "rows": rows, "lines": list(sheet.lines)})


def brought_back(text: str) -> Sheet | None:
    """Read what `carried` wrote; None for anything else."""
    try:
        content = read_json(text)
        names = tuple(str(name) for name in content["names"])
        rows = [[_raw(cell) for cell in row] for row in content["rows"]]
        lines = [int(line) for line in content["lines"]]
    except (KeyError, TypeError, ValueError):
        return None
    return Sheet(names, rows, lines) if len(rows) == len(lines) else None


def use_choices() -> list[tuple[str, str]]:
    """Return what a column may be, as value and words."""
    parts = {"numerator": _("Number, part or value"), "denominator": _("Of how many"), "extra": _("Third figure")}
    return [
        ("", _("is left out")),
        ("month", _("Month")),
        ("indicator", _("Indicator, such as E1")),
        *parts.items(),
        *((key, str(words)) for key, words in QUANTITIES.items()),
    ]


def _with(cell: MonthCell, parts: Mapping[str, Decimal]) -> MonthCell:
    figures = (parts.get(part, before) for part, before in zip(PARTS, cell.figures, strict=True))
    return MonthCell(cell.indicator, cell.month, *figures)


def _raw(cell: Any) -> Raw:
    if isinstance(cell, str) and cell.startswith(_DAY):
        return date.fromisoformat(cell.removeprefix(_DAY))
    if isinstance(cell, bool) or not isinstance(cell, int | float | str | None):
        return None
    return float(cell) if isinstance(cell, int) else cell


def _with_first_line(sheet: Sheet, language: str) -> Sheet:
    """Return a table whose first line is no heading, because a month stands in it, with that line among the rows."""
    if not any(month_in(name, language) is not None for name in sheet.names):
        return sheet
    names = tuple("" for _name in sheet.names)
    return replace(sheet, names=names, rows=[list(sheet.names), *sheet.rows], lines=[sheet.names_line, *sheet.lines])


def _used(sheet: Sheet, language: str, said: Mapping[int, str]) -> list[ColumnUse]:
    allowed = {value for value, _words in use_choices()}
    guessed = _guessed(sheet, language)
    return [
        ColumnUse(index, name, said[index] if said.get(index) in allowed else guessed[index])
        for index, name in enumerate(sheet.names)
    ]


def _guessed(sheet: Sheet, language: str) -> list[str]:
    columns = [sheet.column(index) for index in range(len(sheet.names))]
    counts = [sum(month is not None for month in months_of(cells, language)) for cells in columns]
    uses = ["" for _name in sheet.names]
    if any(counts):
        uses[counts.index(max(counts))] = "month"
    marks = [sum(_indicator_of(cell) is not None for cell in cells) for cells in columns]
    is_long = max(marks, default=0) * 2 > len(sheet.rows)
    if is_long:
        uses[marks.index(max(marks))] = "indicator"
    left = [index for index, use in enumerate(uses) if not use]
    for index in left:
        uses[index] = _part_named(sheet.names[index]) if is_long else _use_named(sheet.names[index])
    if is_long:
        # Columns that say nothing are taken in their order, if there are numbers in them.
        unnamed = [index for index in left if not uses[index] and _has_numbers(columns[index])]
        missing = [part for part in PARTS if part not in uses]
        for part, index in zip(missing, unnamed, strict=False):
            uses[index] = part
    # Nothing is taken from two columns.
    return [use if use not in uses[:index] else "" for index, use in enumerate(uses)]


def _has_numbers(cells: Sequence[Raw]) -> bool:
    return any(toolbox.number(cell, sign) is not None for cell in cells for sign in ".,")


def _part_named(name: str) -> str:
    plain = toolbox.plain_name(name)
    return next((part for part, names in _PART_NAMES.items() if plain in names), "")


def _use_named(name: str) -> str:
    """Return what a heading of a wide table means: a quantity in any language, or a part of an indicator."""
    plain = toolbox.plain_name(name)
    found = _CODE.fullmatch(name)
    if found and found[1].upper() in INDICATORS:
        indicator = INDICATORS[found[1].upper()]
        part = _part_named(found[2] or "numerator") or "numerator"
        named = _quantity_names().get(toolbox.plain_name(found[2] or ""))
        parts = {getattr(indicator, each): each for each in PARTS}
        return f"{indicator.key}.{parts.get(named or '', part)}"
    return _quantity_names().get(plain, "")


@cache
def _quantity_names() -> Mapping[str, str]:
    """Return quantities by their names in all languages of the add-on."""
    names: dict[str, str] = {}
    for code in ("en", *(code for code, _words in settings.LANGUAGES)):
        with translation.override(code):
            for key, words in QUANTITIES.items():
                names.setdefault(toolbox.plain_name(str(words)), key)
    return names


@cache
def _titles() -> Mapping[str, str]:
    """Return indicators by their titles in all languages of the add-on."""
    names: dict[str, str] = {}
    for code in ("en", *(code for code, _words in settings.LANGUAGES)):
        with translation.override(code):
            for key, words in TITLES.items():
                names.setdefault(toolbox.plain_name(str(words)), key)
    return names


def _indicator_of(cell: Raw) -> str | None:
    if not isinstance(cell, str):
        return None
    found = _CODE.fullmatch(cell)
    if found and found[1].upper() in INDICATORS:
        return found[1].upper()
    return _titles().get(toolbox.plain_name(cell))


def _is_figure(use: str) -> bool:
    return use in PARTS or use in QUANTITIES or "." in use


def _styled(sheet: Sheet, columns: Iterable[ColumnUse], said: Mapping[int, str]) -> tuple[ColumnUse, ...]:
    """Find the decimal sign of each column from all its numbers, and else from all other numbers of the table."""
    figures = {
        column.index: [cell for cell in sheet.column(column.index) if cell is not None]
        for column in columns
        if _is_figure(column.use)
    }
    told = {index: _told(cells) for index, cells in figures.items()}
    whole = {sign for sign in told.values() if sign}
    styled = []
    for column in columns:
        doubtful = next((cell for cell in figures.get(column.index, ()) if toolbox.may_be_either(cell)), None)
        sign = said.get(column.index, "") if said.get(column.index) in (",", ".") else ""
        sign = sign or told.get(column.index, "") or (whole.copy().pop() if len(whole) == 1 else "")
        asks = doubtful is not None and not sign
        styled.append(replace(column, style=sign or ".", asks_style=asks, example=str(doubtful or "")))
    return tuple(styled)


def _told(cells: Sequence[Raw]) -> str:
    """Return the sign before decimals that a column itself shows; empty if it could be either."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    signs = {toolbox.signs_of(texts, hint).decimal for hint in (True, False)}
    has_sign = any("," in cell or "." in cell for cell in texts)
    return signs.pop() if has_sign and len(signs) == 1 else ""


def _cells(
    sheet: Sheet, columns: Sequence[ColumnUse], by_use: Mapping[str, int], kept: Sequence[str], language: str
) -> _Found:
    found = _Found()
    months = months_of(sheet.column(by_use["month"]), language)
    figures = [column for column in columns if _is_figure(column.use)]
    raw = {column.index: sheet.column(column.index) for column in figures}
    marks = sheet.column(by_use["indicator"]) if "indicator" in by_use else None
    for place, month in enumerate(months):
        line = sheet.lines[place]
        filled = [column for column in figures if _is_filled(raw[column.index][place])]
        if not filled:
            continue
        if month is None:
            words = str(sheet.column(by_use["month"])[place] or "")
            found.problems.append(TableProblem(line, _("“%(cell)s” is no month.") % {"cell": words[:40]}))
            continue
        named = None if marks is None else _indicator_of(marks[place])
        if marks is not None and named is None:
            words = str(marks[place] or "")
            found.problems.append(TableProblem(line, _("“%(cell)s” is no indicator.") % {"cell": words[:40]}))
            continue
        for column in filled:
            cell = raw[column.index][place]
            number = toolbox.number(cell, column.style)
            if number is None:
                found.problems.append(TableProblem(line, _("“%(cell)s” is no number.") % {"cell": str(cell)[:40]}))
                continue
            for key, part in _targets(column.use, named, kept):
                _put(found, key, month, part, Decimal(repr(number)), line)
    return found


def _targets(use: str, named: str | None, kept: Sequence[str]) -> list[tuple[str, str]]:
    """Return which parts of which indicators a column fills."""
    if "." in use:
        key, _dot, part = use.partition(".")
        return [(key, part)]
    if use in PARTS:
        return [(named, use)] if named else []
    if named:
        return [(named, part) for part in PARTS if getattr(INDICATORS[named], part) == use]
    return [(key, part) for key in kept for part in PARTS if getattr(INDICATORS[key], part) == use]


def _put(found: _Found, key: str, month: int, part: str, value: Decimal, line: int) -> None:
    parts = found.cells.setdefault((key, month), {})
    found.lines.setdefault((key, month), line)
    value = round(value, 4)
    if part in parts and parts[part] != value:
        words = _("%(what)s, %(month)s, stands there twice with different figures.")
        found.problems.append(TableProblem(line, words % {"what": title_of(key), "month": month_words(month)}))
        return
    parts[part] = value


def _is_filled(cell: Raw) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip(" -\u2013\u00a0")))
