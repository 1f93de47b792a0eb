"""The files of an instrument: empty, with the rows of its invented firm as an example, or with a table of one's own."""

from __future__ import annotations

from iciinsmes.toolbox.instruments.kit import Instrument, Language, Table, msg, show

from .cells import Cell
from .columns import demo_rows, explained, table_rows, titles
from .spreadsheet_file import spreadsheet_file
from .text_file import text_file

_DATA, _ABOUT = msg("Your data"), msg("About the columns")
_ABOUT_TITLES = (msg("Column"), msg("What it holds"), msg("Needed?"))


def template_text(instrument: Instrument, language: Language, *, with_demo: bool) -> bytes:
    """Return the table as CSV."""
    return text_file(_rows(instrument, language, with_demo), language)


def template_spreadsheet(instrument: Instrument, language: Language, *, with_demo: bool) -> bytes:
    """Return the table as an Excel file, with a second sheet that says what each column holds."""
    about: list[list[Cell]] = [
        [show(title, language) for title in _ABOUT_TITLES],
        *explained(instrument, language),
    ]
    return spreadsheet_file(
        {show(_DATA, language): _rows(instrument, language, with_demo), show(_ABOUT, language): about}
    )


def filled_text(instrument: Instrument, table: Table, language: Language) -> bytes:
    """Return rows as CSV that the intake reads back."""
    return text_file([titles(instrument, language), *table_rows(instrument, table, language)], language)


def filled_spreadsheet(instrument: Instrument, table: Table, language: Language) -> bytes:
    """Return rows as an Excel file that the intake reads back."""
    rows: list[list[Cell]] = [[*titles(instrument, language)], *table_rows(instrument, table, language)]
    return spreadsheet_file({show(_DATA, language): rows})


def _rows(instrument: Instrument, language: Language, with_demo: bool) -> list[list[Cell]]:
    return [[*titles(instrument, language)], *(demo_rows(instrument, language) if with_demo else [])]
