"""The door of the toolbox: instruments by name, reading a learner's table, one run, its charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .charts.render import render
from .errors import UnknownInstrument
from .handouts.figures import figures_text
from .handouts.templates import filled_spreadsheet, filled_text, template_spreadsheet, template_text
from .instruments import INSTRUMENTS
from .instruments.kit import ENGLISH, Chart, Instrument, Language, Result, Table, Text, Value, run
from .intake.files import sheet_from_file
from .intake.mapping import guess_mapping
from .intake.one_row import read_one
from .intake.pace import gently
from .intake.personal import masked
from .intake.reading import written
from .intake.rows import Intake, read_rows
from .intake.sheet import Raw, Sheet
from .intake.text_files import sheet_from_text

__all__ = [
    "all_instruments",
    "cell_words",
    "chart_svg",
    "compute",
    "demo_table",
    "figures_csv",
    "find_instrument",
    "gently",
    "guess_columns",
    "hide_people",
    "open_pasted",
    "open_table",
    "read_row",
    "read_table",
    "table_csv",
    "table_xlsx",
    "template_csv",
    "template_xlsx",
]


def all_instruments() -> tuple[Instrument, ...]:
    """Return the catalogue in its order."""
    return INSTRUMENTS


def find_instrument(*, name: str) -> Instrument:
    """Return an instrument by its key or its code, such as ``net-promoter-score`` or ``T02``.

    Raises:
        UnknownInstrument: there is none.
    """
    for instrument in INSTRUMENTS:
        if name in (instrument.key, instrument.code, instrument.code.lower()):
            return instrument
    raise UnknownInstrument(name)


def open_table(*, content: bytes) -> Sheet:
    """Read a CSV, XLSX or ODS file into raw cells.

    Raises:
        UnreadableTable: it is no table, or too large.
    """
    return sheet_from_file(content)


def open_pasted(*, text: str, delimiter: str = "") -> Sheet:
    """Read a table pasted from a spreadsheet into raw cells.

    Args:
        text: the table.
        delimiter: what parts its columns, where the caller knows.

    Raises:
        UnreadableTable: it is no table, or too large.
    """
    return sheet_from_text(text, delimiter)


def cell_words(*, cell: Raw) -> str:
    """Return a raw cell as somebody would write it; a spreadsheet keeps customer number 17 as 17.0."""
    return "" if cell is None else written(cell)


def guess_columns(
    *, instrument: Instrument, sheet: Sheet, languages: Sequence[Language] = (ENGLISH,)
) -> Mapping[str, int]:
    """Return which column of a sheet holds what, as far as names and cells tell; to be corrected by the learner.

    Templates have the titles of the reader's language: `languages` are those in which titles are known, besides the
    aliases that an instrument declares.
    """
    return guess_mapping(instrument, sheet, languages)


def read_table(
    *, instrument: Instrument, sheet: Sheet, mapping: Mapping[str, int], languages: Sequence[Language] = (ENGLISH,)
) -> Intake:
    """Return the clean rows of a sheet and what is wrong with the others; `languages` as for `guess_columns`."""
    return read_rows(instrument, sheet, mapping, languages)


def hide_people(*, words: str) -> str:
    """Return words without mail addresses, numbers and names as far as the words give them away."""
    return masked(words)


def read_row(
    *, instrument: Instrument, cells: Mapping[str, str], language: Language = ENGLISH
) -> tuple[Mapping[str, Value], Mapping[str, Text]]:
    """Read one row that was typed into a form, as the intake reads a table: what names people is masked or refused.

    Args:
        instrument: says what its columns hold.
        cells: column key to what was typed; other keys are left out.
        language: says what a comma in a number means, and by which titles answers are known.

    Returns:
        The values of all columns without an error, None where an optional one is empty; and what is wrong, by column.
    """
    return read_one(instrument, cells, language)


def table_csv(*, instrument: Instrument, table: Table, language: Language = ENGLISH) -> bytes:
    """Return a table as CSV with the titles of a language; the intake reads it back."""
    return filled_text(instrument, table, language)


def table_xlsx(*, instrument: Instrument, table: Table, language: Language = ENGLISH) -> bytes:
    """Return a table as an Excel file, as `table_csv` does."""
    return filled_spreadsheet(instrument, table, language)


def demo_table(*, instrument: Instrument) -> Table:
    """Return the rows of the invented firm."""
    return Table.of([column.key for column in instrument.columns], instrument.demo.rows())


def template_csv(*, instrument: Instrument, language: Language = ENGLISH, with_demo: bool = False) -> bytes:
    """Return the table to fill in as CSV with the titles of a language, and if wished with the invented firm's rows."""
    return template_text(instrument, language, with_demo=with_demo)


def template_xlsx(*, instrument: Instrument, language: Language = ENGLISH, with_demo: bool = False) -> bytes:
    """Return the table to fill in as an Excel file, as `template_csv` does, and with what each column holds."""
    return template_spreadsheet(instrument, language, with_demo=with_demo)


def figures_csv(*, result: Result, language: Language = ENGLISH) -> bytes:
    """Return the figures of a result with their intervals as CSV."""
    return figures_text(result, language)


def compute(*, instrument: Instrument, table: Table, options: Mapping[str, Value] | None = None) -> Result:
    """Run an instrument on clean rows.

    Raises:
        WrongOption: an option is unknown or out of range.
    """
    return run(instrument, table, options)


def chart_svg(*, chart: Chart, result: Result, language: Language = ENGLISH) -> str:
    """Return a chart of a result as an SVG element."""
    return render(chart, result, language)
