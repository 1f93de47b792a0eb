"""The result of a table."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from iciinsmes.toolbox.charts.render import chart_svg
from iciinsmes.toolbox.collection import find_instrument
from iciinsmes.toolbox.data import ImportedTable, Result, Sheet, TakenColumn
from iciinsmes.toolbox.errors import UnreadableTable
from iciinsmes.toolbox.instruments.framework import Instrument, Text, demo_table, msg, result_to_json, show
from iciinsmes.toolbox.instruments.framework import run as compute
from iciinsmes.toolbox.table_import.columns.mapping import weigh_columns
from iciinsmes.toolbox.table_import.columns.naming import misfits, named_columns, not_found
from iciinsmes.toolbox.table_import.columns.turning import turn_table
from iciinsmes.toolbox.table_import.rows.all_rows import read_table
from iciinsmes.toolbox.table_import.rows.options import read_option
from iciinsmes.toolbox.table_import.rows.understood import show_columns
from iciinsmes.toolbox.table_import.tidying.lines import open_table

from .files import MOST_BYTES, read_file
from .printing import printed_intake, printed_result

_NOTHING, _DONE = 1, 0


def run(options: argparse.Namespace) -> int:
    """Print the result of a table, and before it what was understood of the table."""
    instrument = find_instrument(name=options.name)
    chosen = {key: read_option(instrument, key, words) for key, words in map(_pair, options.option)}
    taken: Sequence[TakenColumn] = ()
    if options.file == "demo":
        intake = ImportedTable(demo_table(instrument=instrument))
        chosen = {**instrument.demo.options, **chosen}
    else:
        taken, intake = _read(instrument, options)
    result = compute(instrument, intake.table, chosen)
    if options.charts:
        _write_charts(result, options.charts)
    if options.json:
        print(json.dumps(_as_json(instrument, taken, intake, result), indent=2))
    else:
        print("\n".join([*printed_intake(taken, intake), *printed_result(result)]))
    return _NOTHING if instrument.columns and not len(intake.table) else _DONE


def _pair(words: str) -> tuple[str, str]:
    key, _sign, value = words.partition("=")
    return key, value


def _read(instrument: Instrument, options: argparse.Namespace) -> tuple[Sequence[TakenColumn], ImportedTable]:
    with read_file(Path(options.file)) as content:
        sheet = open_table(content=content, most_bytes=MOST_BYTES)
        return _read_sheet(instrument, sheet, options)


def _read_sheet(
    instrument: Instrument, sheet: Sheet, options: argparse.Namespace
) -> tuple[Sequence[TakenColumn], ImportedTable]:
    notes: tuple[Text, ...] = ()
    turned = turn_table(instrument=instrument, sheet=sheet)
    if options.turn:
        if turned is None:
            raise UnreadableTable(msg("This table cannot be turned: its headings do not name at least two questions."))
        sheet, notes = turned.sheet, (turned.note,)
    guess = weigh_columns(instrument=instrument, sheet=sheet)
    guess = guess.corrected(named_columns(instrument, sheet, options.column))
    intake = read_table(instrument=instrument, sheet=sheet, mapping=guess.mapping)
    if intake.missing:
        raise UnreadableTable(not_found(sheet, guess, intake.missing, can_be_turned=turned is not None))
    taken = show_columns(instrument=instrument, sheet=sheet, guess=guess, intake=intake)
    return taken, replace(intake, notes=(*notes, *misfits(sheet, guess, instrument.columns), *intake.notes))


def _as_json(
    instrument: Instrument, taken: Sequence[TakenColumn], intake: ImportedTable, result: Result
) -> dict[str, object]:
    return {
        "instrument": instrument.key,
        "mapping": {entry.column.key: {"column": entry.heading, "number": entry.number} for entry in taken},
        "open": {entry.column.key: [heading for _number, heading in entry.rivals] for entry in taken if entry.rivals},
        "rows_used": intake.rows_used,
        "rows_left_out": [
            {"row": left.row, "reasons": [show(reason) for reason in left.reasons]} for left in intake.rows_left_out
        ],
        "intake": [show(note) for note in intake.notes],
        **result_to_json(result),
    }


def _write_charts(result: Result, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number, chart in enumerate(result.charts, 1):
        path = folder / f"{number}-{chart.kind}.svg"
        path.write_text(chart_svg(chart=chart, result=result), encoding="utf-8")
