"""A table that a learner brings with a form: a file, pasted cells, or typed ones. Nothing of it is stored here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePath

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from iciinsmes.lib import dates
from iciinsmes.lib.turns import Busy, Turns
from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.api import known_languages, reader_language
from iciinsmes.toolbox.data import Column, Guess, ImportedTable, Instrument, Sheet, TakenColumn, msg, show
from iciinsmes.toolbox.errors import UnreadableTable

from .data import DataSource

#: Rows of the grid to type into, and how many a learner may ask for; who has more has a spreadsheet.
GRID_ROWS, MAX_GRID_ROWS = 6, 60

#: One table at a time in one process; the pages of others come first.
_reading = Turns(waiting=1)

_CELL = "cell-"
_COLUMN = "column-"


@dataclass(frozen=True)
class Brought:
    """A table as it came in: the raw cells, which column is which, what could be read, and how it may be called.

    ``guess`` has the columns that are sure or that the learner chose. ``to_turn`` is what the form sends to get a line
    for each answer, empty where the table cannot be turned; ``is_turned`` says that it was.
    """

    source: DataSource
    sheet: Sheet
    guess: Guess
    taken: tuple[TakenColumn, ...]
    intake: ImportedTable
    title: str
    to_turn: str
    is_turned: bool


def read_brought(instrument: Instrument, request: HttpRequest) -> Brought:
    """Return what the form brings; columns as the learner corrected them, or else as they are guessed.

    Raises:
        UnreadableTable: there is nothing, or it is no table.
    """
    try:
        with _reading, toolbox.gently():
            return _read(instrument, request)
    except Busy as error:
        busy = msg("Many tables are being read just now. Nothing is lost: wait a moment and try again.")
        raise UnreadableTable(busy) from error


def _read(instrument: Instrument, request: HttpRequest) -> Brought:
    source, sheet, title = _sheet(instrument, request)
    languages = known_languages()
    turned = toolbox.turn_table(instrument=instrument, sheet=sheet, languages=languages)
    to_turn = fingerprint(sheet) if turned else ""
    # What was chosen for another table before would mislead.
    is_turned = turned is not None and request.POST.get("turned") == to_turn
    if turned is not None and is_turned:
        sheet = turned.sheet
    guess = toolbox.weigh_columns(instrument=instrument, sheet=sheet, languages=languages)
    guess = replace(guess, mapping=guess.sure)
    if request.POST.get("corrected") == fingerprint(sheet):
        guess = Guess(_corrected(instrument, request, len(sheet.names)))
    intake = toolbox.read_table(instrument=instrument, sheet=sheet, mapping=guess.mapping, languages=languages)
    taken = toolbox.show_columns(instrument=instrument, sheet=sheet, guess=guess, intake=intake, languages=languages)
    if turned is not None and is_turned:
        intake = replace(intake, notes=(turned.note, *intake.notes))
    title = toolbox.hide_people(words=request.POST.get("title", "").strip()[:200] or title)
    return Brought(source, sheet, guess, taken, intake, title, to_turn, is_turned)


def fingerprint(sheet: Sheet) -> str:
    """Return what tells two tables with other columns apart."""
    return "|".join(name.replace("|", "/") for name in sheet.names)


def field_of(column: Column) -> str:
    """Return the name of the form's field that says where a column is."""
    return _COLUMN + column.key


def grid(instrument: Instrument, request: HttpRequest | None) -> list[list[tuple[str, str]]]:
    """Return the grid to type into: for each row its cells, as name of the field and what stands there."""
    rows = GRID_ROWS if request is None else min(_number(request.POST.get("grid-rows")) or GRID_ROWS, MAX_GRID_ROWS)
    return [
        [
            (name, "" if request is None else request.POST.get(name, ""))
            for name in (f"{_CELL}{row}-{column.key}" for column in instrument.columns)
        ]
        for row in range(rows)
    ]


def _sheet(instrument: Instrument, request: HttpRequest) -> tuple[DataSource, Sheet, str]:
    today = dates.short(timezone.localdate())
    upload = request.FILES.get("file")
    if upload is not None:
        name = PurePath((upload.name or "").replace("\\", "/")).stem
        return DataSource.FILE, toolbox.open_table(content=upload.read()), name[:200]
    pasted = request.POST.get("pasted", "")
    if pasted.strip():
        return DataSource.PASTED, toolbox.open_pasted(text=pasted), _("Pasted %(day)s") % {"day": today}
    typed = [[cell.strip() for _name, cell in row] for row in grid(instrument, request)]
    filled = [(line, row) for line, row in enumerate(typed, 1) if any(row)]
    if not filled:
        raise UnreadableTable(msg("Choose a file, paste cells of a spreadsheet, or type a few lines."))
    sheet = Sheet(
        names=tuple(show(column.title, reader_language()) for column in instrument.columns),
        rows=[row for _line, row in filled],
        lines=[line for line, _row in filled],
        comma_is_decimal=reader_language().point == ",",
    )
    return DataSource.TYPED, sheet, _("Typed %(day)s") % {"day": today}


def _corrected(instrument: Instrument, request: HttpRequest, count: int) -> dict[str, int]:
    chosen = {column.key: request.POST.get(field_of(column), "") for column in instrument.columns}
    numbers = {key: _number(index) for key, index in chosen.items() if index == "0" or _number(index)}
    return {key: index for key, index in numbers.items() if index < count}


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 4 else 0
