"""The files of an instrument: empty, with the rows of its invented firm as an example, or with a table of one's own."""

from __future__ import annotations

from iciinsmes.lib.spreadsheet_file import Cell, spreadsheet_file
from iciinsmes.toolbox.instruments.framework import ENGLISH, Instrument, Language, Table, demo_table, msg, show

from .columns import explained, table_rows, titles
from .text_file import text_file

_DATA, _ABOUT = msg("Your data"), msg("About the columns")
_ABOUT_TITLES = (msg("Column"), msg("What it holds"), msg("Needed?"))


def template_csv(*, instrument: Instrument, language: Language = ENGLISH, with_demo: bool = False) -> bytes:
    """Return the table to fill in as CSV with the titles of a language, and if wished with the invented firm's rows."""
    return text_file(_rows(instrument, language, with_demo), language)


def template_xlsx(*, instrument: Instrument, language: Language = ENGLISH, with_demo: bool = False) -> bytes:
    """Return what `template_csv` does as an Excel file, with a second sheet that says what each column holds."""
    about: list[list[Cell]] = [
        [show(title, language) for title in _ABOUT_TITLES],
        *explained(instrument, language),
    ]
    return spreadsheet_file(
        {show(_DATA, language): _rows(instrument, language, with_demo), show(_ABOUT, language): about}
    )


def table_csv(*, instrument: Instrument, table: Table, language: Language = ENGLISH) -> bytes:
    """Return a table as CSV with the titles of a language, which is read back as it was."""
    return text_file([titles(instrument, language), *table_rows(instrument, table, language)], language)


def table_xlsx(*, instrument: Instrument, table: Table, language: Language = ENGLISH) -> bytes:
    """Return a table as an Excel file, as `table_csv` does."""
    rows: list[list[Cell]] = [[*titles(instrument, language)], *table_rows(instrument, table, language)]
    return spreadsheet_file({show(_DATA, language): rows})


def _rows(instrument: Instrument, language: Language, with_demo: bool) -> list[list[Cell]]:
    demo = demo_table(instrument=instrument, language=language)
    return [[*titles(instrument, language)], *(table_rows(instrument, demo, language) if with_demo else [])]
